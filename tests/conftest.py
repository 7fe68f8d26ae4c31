"""What tests of every kind share."""

from one_browser import browser

__all__ = ["browser"]
