"""T50: a number means the same typed on the page and in the workbook, and is read in no time."""

import time
from decimal import Decimal

import pytest
from django import forms
from django.core.exceptions import ValidationError

from kaohe.quantity import NotANumber, write_number
from kaohe.rubric.model import Indicator
from kaohe_web.numbers import NumberInput, typed_number
from kaohe_web.pages.filing.fields import field_of
from sheets.desk import RATE as MEASURED
from sheets.desk import Desk, filing

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
    *(
        "2147483648",
        "0.0000001",
        "10⁻⁷",
        "0.1234567890123",
        ".5",
        "5.",
        "1 2",
        "①",
        "½",
        "Ⅷ",
        "五",
        "10²",
        "1¹",
    ),
    *("0x1F", "1/2", "=1", "\u200b93", "9\u202e3", "93。5", "93．5", "93·5"),
]
FORM = "填报表"
MILLISECONDS = 1_000_000


def on_the_page(field: forms.Field, typed: str) -> str | None:
    """What the page makes of it: the digits that are kept, or ``None`` if it refuses."""
    try:
        found = field.clean(typed)
    except ValidationError:
        return None
    return "" if found is None else write_number(found)


def in_the_workbook(row: str, column: str, typed: str) -> str | None:
    """The same in a cell that holds it as text."""
    desk = Desk.of_filing(filing())
    at = desk.put(FORM, row, column, typed, shown="@")
    if desk.mistakes():
        assert list(desk.mistakes()) == [at]
        return None
    return str(desk.read().values[tuple(row.split("/"))][column])


@pytest.mark.parametrize("typed", TYPED, ids=lambda typed: ascii(typed)[:20])
def test_T50_a_rate_means_the_same_on_the_page_and_in_the_workbook(typed: str) -> None:
    field = field_of(Indicator(MEASURED.id, MEASURED.title, MEASURED.unit))
    found = on_the_page(field, typed)
    fault = MEASURED.unit.fault(Decimal(found)) if found else None
    assert in_the_workbook(f"indicator/{MEASURED.id}", "value", typed) == (None if fault else found)


@pytest.mark.parametrize("typed", TYPED, ids=lambda typed: ascii(typed)[:20])
def test_T50_a_score_means_the_same_on_the_page_and_in_the_workbook(typed: str) -> None:
    found = on_the_page(NumberInput(), typed)
    possible = found if found and 0 <= Decimal(found) <= Decimal("2.5") else None
    assert in_the_workbook("part/G2.1", "self_score", typed) == possible


def test_T50_no_text_takes_long_to_be_read_or_refused() -> None:
    for typed in (*TYPED, "9" * 1_000_000, "," * 100_000, "1,234" * 20_000, "%" * 100_000):
        began = time.process_time_ns()
        try:
            typed_number(typed)
        except NotANumber as refusal:
            assert len(str(refusal)) < 200
        assert time.process_time_ns() - began < 10 * MILLISECONDS
