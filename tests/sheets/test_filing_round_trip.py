"""Out, through another program, and in again: what was held is read, to the last digit."""

import io
from decimal import Decimal

import pytest
from hypothesis import HealthCheck, assume, given, settings
from hypothesis import strategies as st
from openpyxl import load_workbook

from counts import count
from kaohe.quantity import write_number
from kaohe_web.sheets.filing import FilingSheet, PartRow, filing_form, read_filing, write_filing
from kaohe_web.sheets.merge import Standing, merge
from kaohe_web.sheets.preview import preview
from kaohe_web.sheets.read import read_issue
from kaohe_web.sheets.texts import tidy
from sheets.desk import FILE, SECRET, Desk, filing, issue, part, written

CASES = settings(
    max_examples=count(full=400, reduced=25),
    deadline=None,
    suppress_health_check=[HealthCheck.too_slow],
)
WORDS = ("=1+1", "+86", "-5", "@某", "'x", "\t=1", "3-5", "007", "1E5", "{=1}", "TRUE", "#REF!")
TEXTS = st.text(st.characters(exclude_characters="\u200b"), max_size=60) | st.sampled_from(WORDS)


@st.composite
def numbers(draw: st.DrawFn, digits: int) -> Decimal:
    """A number between 0 and 100 with up to so many digits after the point."""
    places = draw(st.integers(0, digits))
    return Decimal(draw(st.integers(0, 100 * 10**places))).scaleb(-places)


def through(data: bytes) -> bytes:
    """The file as another program saves it without changing anything."""
    target = io.BytesIO()
    load_workbook(io.BytesIO(data)).save(target)
    return target.getvalue()


def test_an_untouched_workbook_changes_nothing() -> None:
    target = io.BytesIO()
    write_filing(filing(), target, secret=SECRET)
    filled = read_filing(through(target.getvalue()), FILE, filing(), secret=SECRET)
    found = preview(filing_form(filing()), filled)
    assert (found.rows, found.errors, found.warnings, found.stale) == ((), (), (), False)
    assert found.merge.writes() == ()


def test_it_is_read_straight_from_the_writer_too() -> None:
    filled = read_filing(written(filing_form(filing())), FILE, filing(), secret=SECRET)
    held = filing_form(filing()).held()
    assert {key: filled.values[key] for key in held} == {k: h.values for k, h in held.items()}


def test_the_workbook_remembers_values_and_row_versions() -> None:
    filled = Desk.of_filing().read()
    held = filled.issued.base["part", "G2.1"]
    assert (held.version, held.values) == (
        7,
        {"self_score": "2.4", "lost_reason": "比满分线低 1.3 个百分点", "note": ""},
    )
    assert filled.issued.base["indicator", "vegetable_pass_rate"].version == 4
    assert filled.issued.base["entry", "17"].version == 2
    assert filled.issued.issue == issue()


def test_whose_a_workbook_is_can_be_asked_before_it_is_read() -> None:
    assert read_issue(Desk.of_filing().saved(), FILE, secret=SECRET) == issue()


@CASES
@given(score=numbers(12), reason=TEXTS, note=TEXTS)
def test_numbers_and_texts_survive_to_the_last_sign(score: Decimal, reason: str, note: str) -> None:
    assume("_x" not in reason + note)  # openpyxl reads this escape of Excel's and forgets it
    row = PartRow("A", "一条", ("1",), Decimal(100), "", 1, score, reason, note)
    sheet = FilingSheet(issue(), (row,))
    filled = read_filing(through(written(filing_form(sheet))), FILE, sheet, secret=SECRET)
    wanted = {
        "self_score": write_number(score),
        "lost_reason": tidy(reason),
        "note": tidy(note),
    }
    assert filled.values["part", "A"] == wanted
    assert filled.issued.base["part", "A"].values == wanted


@pytest.mark.parametrize("text", ["_x000D_", "_x005F_", "_x0000_后", "甲\r\n乙"])
def test_texts_that_look_like_escapes_of_workbooks_survive(text: str) -> None:
    row = PartRow("A", "一条", ("1",), Decimal(100), "", 1, note=text)
    sheet = FilingSheet(issue(), (row,))
    filled = read_filing(written(filing_form(sheet)), FILE, sheet, secret=SECRET)
    assert filled.values["part", "A"]["note"] == tidy(text)
    assert preview(filing_form(sheet), filled).rows == ()


@CASES
@given(numbers(11))
def test_what_is_typed_in_another_program_is_read_by_its_digits(score: Decimal) -> None:
    desk = Desk.of_filing(filing(rows=(part("M9", points=Decimal(100)),)))
    desk.put("填报表", "part/M9", "self_score", score)
    assert desk.read().values["part", "M9"]["self_score"] == write_number(score)


@pytest.mark.parametrize(
    ("typed", "shown", "read"),
    [
        ("０.５", "@", "0.5"),
        ("　0.50　", "@", "0.5"),
        (Decimal("0.1"), "General", "0.1"),
        (Decimal("0.10000000000000001"), "General", "0.1"),
        (1, "General", "1"),
        (0, "General", "0"),
    ],
)
def test_a_self_score_is_understood_however_it_is_typed(
    typed: object, shown: str, read: str
) -> None:
    desk = Desk.of_filing()
    desk.put("填报表", "part/M9", "self_score", typed, shown=shown)
    assert desk.read().values["part", "M9"]["self_score"] == read


@pytest.mark.parametrize(
    ("typed", "shown"),
    [("９３．５％", "@"), ("93.5%", "@"), (Decimal("0.935"), "0.0%"), (Decimal("93.5"), "General")],
)
def test_a_rate_is_understood_however_it_is_typed(typed: object, shown: str) -> None:
    desk = Desk.of_filing()
    desk.put("填报表", "indicator/vegetable_pass_rate", "value", typed, shown=shown)
    filled = desk.read()
    assert filled.values["indicator", "vegetable_pass_rate"]["value"] == "93.5"
    assert filled.warnings == []


def test_a_rate_typed_as_a_fraction_is_doubted_and_taken_as_it_is() -> None:
    desk = Desk.of_filing()
    at = desk.put("填报表", "indicator/vegetable_pass_rate", "value", Decimal("0.932"))
    filled = desk.read()
    assert filled.values["indicator", "vegetable_pass_rate"]["value"] == "0.932"
    assert filled.warnings == [f"{at}: 填的是 0.932，按 0.932% 计；如果是 93.2%，请填 93.2"]


def test_last_years_value_is_filled_in_only_where_it_is_asked_for() -> None:
    desk = Desk.of_filing()
    desk.put("填报表", "indicator/tourism_campaign_count", "before", 2)
    at = desk.put("填报表", "part/M9", "value", 5)
    assert desk.mistakes() == {at: "这一格（灰色）不用填；请清空"}
    desk.put("填报表", "part/M9", "value", None)
    assert desk.read().values["indicator", "tourism_campaign_count"]["before"] == "2"


def test_a_grade_is_chosen_by_its_name_and_kept_by_its_place() -> None:
    desk = Desk.of_filing()
    assert desk.cell("填报表", "indicator/outside_grade", "value").value == "良好"
    desk.put("填报表", "indicator/outside_grade", "value", "优秀")
    (row,) = preview(desk.form, desk.read()).rows
    assert (row.title, row.what) == ("上级考核等级（示例）", "本年值")
    assert (row.before, row.after, row.standing) == ("良好", "优秀", Standing.FILE)
    assert merge({}, {}, {}).changes == ()
    (write,) = preview(desk.form, desk.read()).merge.writes()
    assert (write.key, write.version, dict(write.values)) == (
        ("indicator", "outside_grade"),
        1,
        {"value": "1"},
    )


def test_rows_and_columns_that_were_moved_are_still_found() -> None:
    desk = Desk.of_filing()
    desk.sheet("填报表").insert_rows(4)
    desk.sheet("填报表").insert_cols(2)
    desk.sheet("填报表").title = "改了名的表"
    assert preview(desk.form, desk.read()).rows == ()


def test_the_same_sheet_gives_the_same_bytes() -> None:
    assert written(filing_form(filing())) == written(filing_form(filing()))
