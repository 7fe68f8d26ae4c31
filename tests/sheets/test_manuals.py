"""What the code shows of itself in its docstrings, runs."""

import doctest
from importlib import import_module

import pytest

SHOWN = ("contact_fields", "csv_text", "keys", "merge", "model", "table", "texts")


@pytest.mark.parametrize("module", SHOWN)
def test_the_examples_of_a_module_hold(module: str) -> None:
    found = doctest.testmod(import_module(f"kaohe_web.sheets.{module}"))
    assert (found.failed, found.attempted > 0) == (0, True)
