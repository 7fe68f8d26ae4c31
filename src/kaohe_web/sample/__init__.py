"""A sample city half-way through its year, made by the same actions that people take (示例)."""
