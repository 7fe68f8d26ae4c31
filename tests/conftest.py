"""What tests of every kind share."""

import pytest

from one_browser import browser

__all__ = ["browser"]


@pytest.hookimpl(trylast=True)
def pytest_collection_modifyitems(items: list[pytest.Item]) -> None:
    """Begin with what takes longest, so that nobody waits for it at the end."""
    items.sort(key=lambda item: "/journeys/" not in item.path.as_posix())
