"""T50: a number means the same typed on the page and in the workbook, and is read in no time."""

import time
from collections.abc import Iterator
from contextlib import contextmanager

import pytest
from django import forms
from django.core.exceptions import ValidationError

from kaohe.location import Location
from kaohe.nodes import Mistakes
from kaohe.quantity import UNITS, NotANumber, Unit, write_number
from kaohe.rubric.model import Indicator
from kaohe.rules.base import IndicatorId
from kaohe.workbook.cells import Cell, Holds
from kaohe_web.numbers import NumberInput, typed_number
from kaohe_web.pages.filing.fields import field_of
from kaohe_web.sheets.kinds import Number

TYPED = [
    *(
        "NaN",
        "Infinity",
        "-inf",
        "1E+999999",
        "1e3",
        "1_000",
        "١٢",
        "９４．５",
        "９４．５％",
        "94.5%",
    ),
    *("94.5%%", "−5", "－5", "-5", "+5", "1，234.5", "1,234.5", "9" * 5_000, "-0", "0", " 94.50 "),
    *("2147483648", "0.0000001", "10⁻⁷", "0.1234567890123", ".5", "5.", "1 2", "①", "½", "Ⅷ", "五"),
    *("0x1F", "1/2", "=1", "\u200b93", "9\u202e3", "93。5", "93．5", "93·5", "10²", "1¹", "³"),
]
KEPT = {
    "percent": {
        "９４．５": "94.5",
        "９４．５％": "94.5",
        "94.5%": "94.5",
        "-0": "0",
        "0": "0",
        " 94.50 ": "94.5",
        "0.0000001": "0.0000001",
        "93．5": "93.5",
    },
    "amount": {
        "９４．５": "94.5",
        "−5": "-5",
        "－5": "-5",
        "-5": "-5",
        "-0": "0",
        "0": "0",
        " 94.50 ": "94.5",
        "2147483648": "2147483648",
        "0.0000001": "0.0000001",
        "93．5": "93.5",
    },
}
"""What is kept of them, by the unit; everything else is refused."""

MILLISECONDS = 1_000_000


def on_the_page(field: forms.Field, unit: Unit, typed: str) -> str | None:
    """What the page makes of it: the digits that are kept, or ``None`` if it refuses."""
    try:
        found = field.clean(typed)
    except ValidationError:
        return None
    return None if unit.fault(found) else write_number(found)


def in_the_workbook(unit: Unit, typed: str) -> str | None:
    """The same of a cell that holds it as text."""
    mistakes = Mistakes()
    found = Number(unit).read(Cell(Holds.TEXT, typed), Location("表.xlsx", "A1"), mistakes)
    assert (found is None) == bool(mistakes.found)
    return found


@pytest.mark.parametrize("typed", TYPED, ids=lambda typed: ascii(typed)[:20])
@pytest.mark.parametrize("name", KEPT)
def test_T50_a_value_means_the_same_on_the_page_and_in_the_workbook(name: str, typed: str) -> None:
    unit = UNITS[name]
    field = field_of(Indicator(IndicatorId("x"), "示例", unit))
    expected = KEPT[name].get(typed)
    assert (on_the_page(field, unit, typed), in_the_workbook(unit, typed)) == (expected, expected)


@pytest.mark.parametrize("typed", TYPED, ids=lambda typed: ascii(typed)[:20])
def test_T50_a_score_means_the_same_as_an_amount(typed: str) -> None:
    assert on_the_page(NumberInput(), UNITS["amount"], typed) == KEPT["amount"].get(typed)


@contextmanager
def soon() -> Iterator[None]:
    """Within ten milliseconds of this process's own time."""
    began = time.process_time_ns()
    yield
    assert time.process_time_ns() - began < 10 * MILLISECONDS


@pytest.mark.parametrize(
    "typed",
    [*TYPED, "9" * 1_000_000, "," * 100_000, "1,234" * 20_000, "%" * 100_000],
    ids=lambda typed: ascii(typed)[:20],
)
def test_T50_no_text_takes_long_to_be_read_or_refused(typed: str) -> None:
    with soon():
        try:
            found = write_number(typed_number(typed))
        except NotANumber:
            found = None
    assert found == KEPT["amount"].get(typed)
