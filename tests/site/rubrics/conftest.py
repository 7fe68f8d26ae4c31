"""What tests of rubrics share: a database in which every transaction is committed."""

from results.conftest import committed, trail_goes_too

__all__ = ["committed", "trail_goes_too"]
