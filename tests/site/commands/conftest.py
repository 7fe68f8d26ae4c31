"""Installations for the tests of this folder."""

from processes import empty, filled, original, original_backup

__all__ = ["empty", "filled", "original", "original_backup"]
