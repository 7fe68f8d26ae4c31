"""What the template offers to the officials who fill it in."""

import io
import re
from decimal import Decimal
from pathlib import Path

import pytest
from openpyxl import load_workbook
from openpyxl.worksheet.worksheet import Worksheet

from kaohe.reading.writer import fingerprint
from kaohe.rubric.model import Rubric
from kaohe.rules.base import Award, IndicatorId
from kaohe.scoring.observations import Dataset, Observations
from kaohe.workbook.book import CannotWrite
from kaohe.workbook.template import write_template
from workbook.desk import Desk, members, template

SHEETS = ["填写说明", "单位", "指标值", "目标值", "评审得分", "登记", "否决", "参考值", "_kaohe"]


def one(**known: object) -> Dataset:
    return Dataset((Observations("u1", "双台子区", "盘锦市", **known),))  # type: ignore[arg-type]  # as told


def texts(sheet: Worksheet) -> list[str]:
    return [str(cell.value) for row in sheet.iter_rows() for cell in row if cell.value is not None]


def test_there_is_a_sheet_for_each_kind_of_input(seed: Rubric) -> None:
    book = load_workbook(io.BytesIO(template(seed)))
    assert book.sheetnames == SHEETS
    assert book["_kaohe"].sheet_state == "veryHidden"


def test_there_are_only_the_sheets_that_the_rubric_needs(county: Rubric, graded: Rubric) -> None:
    book = load_workbook(io.BytesIO(template(county)))
    assert book.sheetnames == [*SHEETS[:4], "上年值", *SHEETS[4:]]
    book = load_workbook(io.BytesIO(template(graded)))
    assert book.sheetnames == [
        "填写说明",
        "单位",
        "指标值",
        "目标值",
        "评审得分",
        "参考值",
        "_kaohe",
    ]


def test_the_hidden_signature_names_the_edition(seed: Rubric) -> None:
    sheet = load_workbook(io.BytesIO(template(seed)))["_kaohe"]
    signed = {sheet.cell(row, 1).value: sheet.cell(row, 2).value for row in range(1, 5)}
    assert signed == {
        "kaohe": "workbook",
        "format": "1",
        "rubric": seed.id,
        "fingerprint": fingerprint(seed),
    }


@pytest.mark.parametrize("data", [None, one(awards={"M9": Award(Decimal("0.5"), "缺")})])
def test_equal_rubric_and_data_make_equal_bytes(seed: Rubric, data: Dataset | None) -> None:
    assert template(seed, data) == template(seed, data)


def test_a_path_and_a_stream_get_the_same_bytes(seed: Rubric, tmp_path: Path) -> None:
    write_template(seed, tmp_path / "one.xlsx", slots=3)
    write_template(seed, str(tmp_path / "two.xlsx"), slots=3)
    assert (tmp_path / "one.xlsx").read_bytes() == template(seed)
    assert (tmp_path / "two.xlsx").read_bytes() == template(seed)


def test_every_part_has_a_row_and_every_unit_three_columns(seed: Rubric) -> None:
    sheet = load_workbook(io.BytesIO(template(seed)))["评审得分"]
    rows = [cell.value for cell in sheet["A"] if cell.value and ":" not in str(cell.value)]
    assert rows == [part.id for part in seed.all_parts()]
    keys = [cell.value for cell in sheet[1] if cell.value]
    slots = [f"{kind}:{slot}" for slot in (1, 2, 3) for kind in ("points", "state", "reason")]
    assert keys == ["kaohe:points", *slots]


def test_every_indicator_has_a_value_and_a_state(seed: Rubric) -> None:
    sheet = load_workbook(io.BytesIO(template(seed)))["指标值"]
    keys = [cell.value for cell in sheet[1] if cell.value]
    columns = [f"{kind}:{name}" for name in seed.indicators for kind in ("value", "state")]
    assert keys == ["kaohe:values", *columns]


def test_the_head_of_an_indicator_says_what_it_expects(seed: Rubric) -> None:
    sheet = load_workbook(io.BytesIO(template(seed)))["指标值"]
    assert [sheet.cell(row, 4).value for row in range(4, 8)] == [
        "制造业产品质量合格率",
        "第 1、2 条",
        "百分数，0–100，填 93.2 或 93.2%，报送 2 位小数",
        "市质监局",
    ]


def test_only_input_cells_can_be_changed(desk: Desk) -> None:
    for kind in ("units", "values", "targets", "points", "entries", "vetoes", "references"):
        assert desk.sheet(kind).protection.sheet is True
        assert desk.sheet(kind).protection.password is None
    unlocked = {
        ("units", "1", "name"): True,
        ("values", "1", "value:vegetable_pass_rate"): True,
        ("values", "1", "state:vegetable_pass_rate"): True,
        ("points", "M9", "points:1"): True,
        ("points", "G2.2", "points:1"): True,
        ("points", "G2.1", "points:1"): False,
        ("points", "G2.1", "state:1"): True,
        ("entries", "1", "name"): True,
    }
    found = {place: not desk.cell(*place).protection.locked for place in unlocked}
    assert found == unlocked
    head = desk.sheet("values")["D4"]
    assert head.protection.locked is True


def test_unit_names_are_carried_over_with_their_last_value(seed: Rubric) -> None:
    data = template(seed, one())
    formulas = load_workbook(io.BytesIO(data))
    shown = load_workbook(io.BytesIO(data), data_only=True)
    row = next(c.row for c in formulas["指标值"]["A"] if str(c.value) == "1")
    place = f"C{row}"
    assert formulas["指标值"][place].value == '=IF(单位!C5="","",单位!C5)'
    assert shown["指标值"][place].value == "双台子区"
    assert shown["评审得分"]["H4"].value == "双台子区"


def test_keys_are_hidden_and_heads_stay_in_view(desk: Desk) -> None:
    for kind in ("units", "values", "targets", "points", "entries", "vetoes", "references"):
        sheet = desk.sheet(kind)
        assert sheet.row_dimensions[1].hidden is True
        assert sheet.column_dimensions["A"].hidden is True
        assert sheet.freeze_panes is not None
        assert sheet.print_title_rows is not None
        assert sheet.page_setup.orientation == "landscape"
        assert sheet.page_setup.paperSize == 9


def rules_of(sheet: Worksheet, place: str) -> tuple[str, str | None, str | None, str | None]:
    (rule,) = [rule for rule in sheet.data_validations.dataValidation if place in rule.cells]
    return rule.type or "", rule.formula1, rule.formula2, rule.errorStyle


def test_cells_offer_and_check_what_they_expect(desk: Desk, county: Rubric) -> None:
    def rule(kind: str, row: str, column: str) -> tuple[str, str | None, str | None, str | None]:
        return rules_of(desk.sheet(kind), desk.cell(kind, row, column).coordinate)

    assert rule("values", "1", "value:vegetable_pass_rate") == ("decimal", "0", "100", "warning")
    assert rule("values", "1", "value:tourism_campaign_count") == ("whole", "0", None, "warning")
    assert rule("values", "1", "state:vegetable_pass_rate")[:2] == ("list", '"待定,无此项"')
    assert rule("points", "M20", "points:2")[:3] == ("decimal", "0", "0.5")
    assert rule("entries", "1", "unit")[:2] == ("list", "单位!$C$5:$C$6")
    assert rule("entries", "1", "level")[:2] == ("list", '"国家级,省级,市级"')
    assert rule("references", "1", "indicator")[:2] == (
        "list",
        '"' + ",".join(i.title for i in desk.rubric.indicators.values()) + '"',
    )
    other = Desk(county)
    levels = rules_of(other.sheet("points"), other.cell("points", "B1", "points:1").coordinate)
    assert levels[:2] == ("list", '"20,12,0"')
    binary = rules_of(other.sheet("points"), other.cell("points", "C1", "points:1").coordinate)
    assert binary[:2] == ("list", '"5,0"')
    kinds = rules_of(other.sheet("units"), other.cell("units", "1", "type").coordinate)
    assert kinds[:2] == ("list", '"县,区,开发区"')


def test_a_long_drop_down_is_kept_on_the_hidden_sheet(county: Rubric) -> None:
    from dataclasses import replace  # noqa: PLC0415 -- only this test makes another rubric

    titles = {
        name: replace(indicator, title=f"{indicator.title}，{'很长的名称' * 10}")
        for name, indicator in county.indicators.items()
    }
    desk = Desk(replace(county, indicators=titles))
    place = desk.cell("references", "1", "indicator").coordinate
    (column,) = re.findall(
        r"_kaohe!\$([A-Z])\$1:\$\1\$8", str(rules_of(desk.sheet("references"), place)[1])
    )
    assert [cell.value for cell in desk.book["_kaohe"][column]][:8] == [
        i.title for i in titles.values()
    ]


@pytest.mark.parametrize(
    ("number", "written"),
    [
        ("93.20", '<c r="{}" s="{}"><v>93.2</v></c>'),
        ("0.1", '<c r="{}" s="{}"><v>0.1</v></c>'),
        ("99.9999999999999", '<c r="{}" s="{}"><v>99.9999999999999</v></c>'),
    ],
)
def test_numbers_are_written_by_their_digits(seed: Rubric, number: str, written: str) -> None:
    data = one(values={IndicatorId("vegetable_pass_rate"): Decimal(number)})
    desk = Desk(seed, data)
    place = desk.cell("values", "1", "value:vegetable_pass_rate").coordinate
    xml = members(template(seed, data, 2))["xl/worksheets/sheet3.xml"].decode()
    (found,) = re.findall(rf'<c r="{place}" s="(\d+)"><v>', xml)
    assert written.format(place, found) in xml


def test_a_number_that_excel_would_cut_is_written_as_text(seed: Rubric) -> None:
    data = one(values={IndicatorId("vegetable_pass_rate"): Decimal("93.123456789012345")})
    desk = Desk(seed, data)
    cell = desk.cell("values", "1", "value:vegetable_pass_rate")
    assert (cell.value, cell.data_type) == ("93.123456789012345", "s")


def test_what_begins_like_a_formula_is_text(seed: Rubric) -> None:
    for text in ("=1+1", "+1", "-1", "@a", "＝1"):
        desk = Desk(seed, one(awards={"M9": Award(Decimal(1), text)}))
        xml = members(template(seed, one(awards={"M9": Award(Decimal(1), text)}), 2))
        place = desk.cell("points", "M9", "reason:1").coordinate
        assert re.search(
            rf'<c r="{place}" s="\d+" t="s">', xml["xl/worksheets/sheet5.xml"].decode()
        )


def test_the_guide_says_how_to_have_it_scored(seed: Rubric) -> None:
    told = texts(load_workbook(io.BytesIO(template(seed)))["填写说明"])
    assert told[0] == "双台子区政府质量工作专项考核评分细则"
    assert told[1] == (
        "考核年度：2016-2017　　满分：100 分　　细则编号：shuangtaizi-2017　　版次指纹："
        f"{fingerprint(seed)[7:19]}"
    )
    scored = "7. 计分：kaohe score shuangtaizi-2017 这个文件.xlsx；或把文件交给考核办统一计分。"
    assert scored in told


def test_rows_have_a_height_and_may_still_grow(seed: Rubric) -> None:
    xml = members(template(seed))["xl/worksheets/sheet5.xml"].decode()
    assert 'ht="' in xml
    assert "customHeight" not in xml


def test_too_many_units_are_refused(seed: Rubric) -> None:
    with pytest.raises(CannotWrite, match="最多容纳 500 个单位，而这里要 501 个"):
        write_template(seed, io.BytesIO(), slots=501)


def test_a_text_that_no_cell_can_hold_is_refused(seed: Rubric) -> None:
    with pytest.raises(CannotWrite, match="评审得分!J20: 文字超过 32767 个字符"):
        template(seed, one(awards={"M9": Award(Decimal(1), "长" * 32_768)}))


def test_a_place_that_cannot_be_written_is_said(seed: Rubric, tmp_path: Path) -> None:
    with pytest.raises(CannotWrite, match="写不了这个文件"):
        write_template(seed, tmp_path / "没有的文件夹" / "一.xlsx")
