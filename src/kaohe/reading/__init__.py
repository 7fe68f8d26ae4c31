"""YAML ⇄ rubric: every mistake at once with line and column, and a canonical text to compare by."""
