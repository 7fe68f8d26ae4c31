"""Assignments, marking, conferences, visits, draws."""
