"""The marker that says which of the forms R1–R24 of scoring rules an example shows."""

import pytest


def pytest_configure(config: pytest.Config) -> None:
    config.addinivalue_line("markers", "form(*codes): the forms of scoring rules, R1 to R24, shown")
