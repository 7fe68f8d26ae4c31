"""How many random cases a test runs: few by default, all that is promised in ``make test-full``."""

import os
from typing import TypeVar

T = TypeVar("T")

FULL = os.environ.get("KAOHE_TEST_COUNTS") == "full"


def count(*, full: T, reduced: T) -> T:
    """The number of cases for this run, or the cases themselves."""
    return full if FULL else reduced
