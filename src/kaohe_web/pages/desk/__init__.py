"""The desk: what I must do, by when; messages; the language; health."""
