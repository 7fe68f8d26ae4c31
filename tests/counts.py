"""How many random cases a test runs: few by default, all that is promised in ``make test-full``."""

import os

FULL = os.environ.get("KAOHE_TEST_COUNTS") == "full"


def count(*, full: int, reduced: int) -> int:
    """The number of cases for this run."""
    return full if FULL else reduced
