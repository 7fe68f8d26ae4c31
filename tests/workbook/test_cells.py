"""How cells are read out of the XML that Excel, WPS, LibreOffice and others write."""

from decimal import Decimal

import pytest

from kaohe.workbook.cells import Cell, Holds, SheetCells, read_cells, read_digits
from kaohe.workbook.labels import Labels
from kaohe.workbook.number_formats import Shows, shown_by
from workbook.desk import one_sheet

STYLES = (
    '<numFmts><numFmt numFmtId="164" formatCode="0.0%"/>'
    '<numFmt numFmtId="165" formatCode="yyyy&quot;年&quot;m&quot;月&quot;d&quot;日&quot;"/>'
    '</numFmts><cellXfs><xf numFmtId="0"/><xf numFmtId="9"/><xf numFmtId="164"/>'
    '<xf numFmtId="14"/><xf numFmtId="31"/><xf numFmtId="165"/></cellXfs>'
)


def sheet_of(rows: str, **parts: str) -> SheetCells:
    (sheet,) = read_cells(one_sheet(rows, **parts), "x.xlsx")
    return sheet


def cell_of(xml: str, **parts: str) -> Cell | None:
    rows = f"<sheetData><row>{xml}</row></sheetData>"
    return sheet_of(rows, styles=STYLES, **parts).cells.get((0, 0))


@pytest.mark.parametrize(
    ("xml", "cell"),
    [
        ("<c><v>93.2</v></c>", Cell(Holds.NUMBER, "93.2")),
        ("<c><v>93.200000000000003</v></c>", Cell(Holds.NUMBER, "93.2")),
        ("<c><v>0.10000000000000001</v></c>", Cell(Holds.NUMBER, "0.1")),
        ("<c><v>9.3200000000000003E1</v></c>", Cell(Holds.NUMBER, "93.2")),
        ("<c><v>1E-12</v></c>", Cell(Holds.NUMBER, "0.000000000001")),
        ("<c><v>-0</v></c>", Cell(Holds.NUMBER, "0")),
        ('<c s="1"><v>0.93200000000000005</v></c>', Cell(Holds.NUMBER, "93.2", percent=True)),
        ('<c s="2"><v>1</v></c>', Cell(Holds.NUMBER, "100", percent=True)),
        ('<c s="3"><v>42886</v></c>', Cell(Holds.DAY, "2017-05-31")),
        ('<c s="4"><v>42886.75</v></c>', Cell(Holds.DAY, "2017-05-31")),
        ('<c s="5"><v>1</v></c>', Cell(Holds.DAY, "1900-01-01")),
        ('<c t="d"><v>2017-05-31T00:00:00</v></c>', Cell(Holds.DAY, "2017-05-31")),
        ('<c t="b"><v>1</v></c>', Cell(Holds.BOOLEAN, "TRUE")),
        ('<c t="e"><v>#REF!</v></c>', Cell(Holds.ERROR, "#REF!")),
        ('<c t="str"><f>A2</f><v>甲</v></c>', Cell(Holds.TEXT, "甲", formula=True)),
        ('<c t="str"><f>A2</f><v></v></c>', None),
        ("<c><f>A2</f></c>", Cell(Holds.NOT_COMPUTED, "", formula=True)),
        ("<c><f>A2</f><v></v></c>", Cell(Holds.NOT_COMPUTED, "", formula=True)),
        ("<c><f>A2</f><v>3</v></c>", Cell(Holds.NUMBER, "3", formula=True)),
        ('<c t="inlineStr"><is><t>甲</t></is></c>', Cell(Holds.TEXT, "甲")),
        (
            '<c t="inlineStr"><is><r><t>甲</t></r><r><t>乙</t></r></is></c>',
            Cell(Holds.TEXT, "甲乙"),
        ),
        ('<c t="inlineStr"><is><t>  </t></is></c>', None),
        ('<c s="1"/>', None),
        ("<c><v/></c>", None),
        ("<c><v>1e999999999</v></c>", Cell(Holds.TEXT, "1e999999999")),
        ("<c><v>1E+300</v></c>", Cell(Holds.TEXT, "1E+300")),
        ("<c><v>NaN</v></c>", Cell(Holds.TEXT, "NaN")),
        ("<c><v>1_000</v></c>", Cell(Holds.TEXT, "1_000")),
        ('<c s="99"><v>3</v></c>', Cell(Holds.NUMBER, "3")),
    ],
)
def test_a_cell_is_what_it_shows(xml: str, cell: Cell | None) -> None:
    assert cell_of(xml) == cell


def test_shared_texts_are_joined_and_their_phonetic_guides_left_out() -> None:
    strings = (
        "<si><r><t>双台</t></r><r><t>子区</t></r><rPh><t>shuang</t></rPh></si>"
        "<si><t>a_x000D_b_x005F_x0041_</t></si>"
    )
    assert cell_of('<c t="s"><v>0</v></c>', strings=strings) == Cell(Holds.TEXT, "双台子区")
    assert cell_of('<c t="s"><v>1</v></c>', strings=strings) == Cell(Holds.TEXT, "a\rb_x0041_")


def test_the_1904_calendar_is_understood() -> None:
    cell = cell_of('<c s="3"><v>41424</v></c>', workbook='<workbookPr date1904="1"/>')
    assert cell == Cell(Holds.DAY, "2017-05-31")


def test_rows_and_cells_need_not_say_where_they_stand() -> None:
    sheet = sheet_of(
        "<sheetData><row><c><v>1</v></c><c><v>2</v></c></row>"
        '<row r="5"><c r="C5"><v>3</v></c><c><v>4</v></c></row>'
        "<row><c><v>5</v></c></row></sheetData>"
    )
    assert {place: cell.text for place, cell in sheet.cells.items()} == {
        (0, 0): "1",
        (0, 1): "2",
        (4, 2): "3",
        (4, 3): "4",
        (5, 0): "5",
    }


def test_what_is_merged_and_hidden_is_told() -> None:
    sheet = sheet_of(
        '<cols><col min="2" max="3" hidden="1"/></cols>'
        '<sheetData><row r="2" hidden="1"><c><v>1</v></c></row></sheetData>'
        '<mergeCells><mergeCell ref="A1:B2"/></mergeCells>'
    )
    assert (sheet.merged, sheet.hidden_rows) == ([(0, 0, 1, 1)], {1})
    assert (sheet.hidden_columns, sheet.hidden) == ([(1, 2)], False)


@pytest.mark.parametrize(
    ("code", "shows"),
    [
        ("General", Shows.PLAIN),
        ("G/通用格式", Shows.PLAIN),
        ("0.00E+00", Shows.PLAIN),
        ("0.0%", Shows.PERCENT),
        ('0"%"', Shows.PLAIN),
        (r"0\%", Shows.PLAIN),
        ("[Red]0.0", Shows.PLAIN),
        ("[$-804]yyyy-mm-dd", Shows.DAY),
        ("[h]:mm", Shows.DAY),
        ('0"天"', Shows.PLAIN),
        ("_ * #,##0.00_ ", Shows.PLAIN),
    ],
)
def test_a_format_shows_a_percentage_a_day_or_a_number(code: str, shows: Shows) -> None:
    assert shown_by(code) is shows


def test_digits_are_kept_as_excel_keeps_them() -> None:
    assert read_digits("0.1234567890123455") == Decimal("0.123456789012346")
    assert read_digits("0.1234567890123445") == Decimal("0.123456789012344")


def test_a_label_stands_for_one_thing_or_for_none() -> None:
    labels = Labels({"a": "甲", "b": "乙", "c": "乙", "甲": "丙"})
    assert [labels.of(name) for name in ("a", "b", "c", "甲", "z")] == ["a", "b", "c", "丙", "z"]
    assert [labels.find(text) for text in ("甲", "乙", "b", "丙", "丁")] == [
        "a",
        None,
        "b",
        "甲",
        None,
    ]
