"""Rubric editions as they were adopted: immutable, named by fingerprint."""
