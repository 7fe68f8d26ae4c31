"""Labels that somebody typed over: they must not say another unit than the one that counts."""

import pytest

from workbook.desk import FILE, Desk, changed

RATE = "value:vegetable_pass_rate"
COLUMNS = {
    "values": RATE,
    "targets": "target:manufacturing_pass_rate",
}


@pytest.fixture
def two(desk: Desk) -> Desk:
    """A template with two units filled in."""
    desk.unit("2", "兴隆台区")
    return desk


def said(typed: str, what: str = "行") -> str:
    return (
        f"这里写的是“{typed}”，而这一{what}是“单位”表中“双台子区”（u01）的，填的数都算它的；"
        f"请照“单位”表改回来，别的单位的数请移到它自己的{what}"
    )


@pytest.mark.parametrize("kind", ["values", "targets"])
def test_another_unit_in_the_labels_of_a_row_is_named(two: Desk, kind: str) -> None:
    sheet, cell = two.sheet(kind), two.cell(kind, "1", COLUMNS[kind])
    cell.value = 95
    sheet.cell(cell.row, 2).value = "u02"
    sheet.cell(cell.row, 3).value = "兴隆台区"
    assert two.mistakes() == {
        f"{FILE}:{sheet.title}!B{cell.row}": said("u02"),
        f"{FILE}:{sheet.title}!C{cell.row}": said("兴隆台区"),
    }


def test_a_name_that_no_unit_has_is_named_too(two: Desk) -> None:
    row = two.cell("values", "1", RATE).row
    two.sheet("values").cell(row, 3).value = "大洼区"
    assert two.mistakes() == {f"{FILE}:指标值!C{row}": said("大洼区")}


def test_the_right_unit_may_be_typed(two: Desk) -> None:
    row = two.cell("values", "1", RATE).row
    two.sheet("values").cell(row, 2).value = "双台子区"
    two.sheet("values").cell(row, 3).value = "u01"
    head = two.cell("points", "M9", "points:1")
    two.sheet("points").cell(4, head.column).value = "双台子区"
    assert two.mistakes() == {}


def test_another_unit_over_the_columns_of_points_is_named(two: Desk) -> None:
    column = two.cell("points", "M9", "points:1").column
    head = two.sheet("points").cell(4, column)
    assert str(head.value).startswith("=IF(")
    head.value = "兴隆台区"
    at = f"{FILE}:评审得分!{head.coordinate}"
    assert two.mistakes() == {at: said("兴隆台区", "列")}


def test_what_a_formula_shows_may_be_out_of_date(two: Desk) -> None:
    row = two.cell("values", "1", RATE).row
    formula = rf'(<c r="C{row}"[^>]*?)(><f>[^<]*</f>)<v[^<]*(?:/>|</v>)'
    stale = r'\1 t="str"\2<v>兴隆台区</v>'
    two.raw.append(changed("xl/worksheets/sheet3.xml", formula, stale))
    assert two.mistakes() == {}
