"""The pages people meet: they ask queries, call actions, and answer in HTML."""
