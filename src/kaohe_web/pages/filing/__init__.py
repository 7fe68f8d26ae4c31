"""Targets, filing clause by clause, checking, the data provider's grid, workbooks, papers."""
