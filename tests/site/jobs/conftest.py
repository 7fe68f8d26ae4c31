"""Installations for the tests of this folder."""

from processes import filled, original

__all__ = ["filled", "original"]
