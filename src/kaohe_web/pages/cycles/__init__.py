"""Rubric editions and the frame of a year."""
