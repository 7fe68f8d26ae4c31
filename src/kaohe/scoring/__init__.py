"""The exact engine: observations in, scores with their reasons out."""
