"""What can be wrong with a workbook as a whole: another's, an older one, moved, merged, hidden."""

from collections.abc import Callable
from dataclasses import replace

import pytest

from kaohe.nodes import Mistaken
from kaohe.reading.reader import read_rubric
from kaohe.reading.writer import write_rubric
from kaohe.rubric.interpretation import choose
from kaohe.rubric.model import Rubric
from kaohe.scoring.observations import Observations
from workbook.desk import FILE, Desk

DeskFor = Callable[[Rubric], Desk]
WHOLE = f"{FILE}:整个文件"
RATE = "value:vegetable_pass_rate"
ANEW = "请用 kaohe template 重新生成数据表，再把数据粘贴过去"


def only(desk: Desk) -> Observations:
    (unit,) = desk.data().units
    return unit


def refusal(desk: Desk, rubric: Rubric) -> list[str]:
    desk.rubric = rubric
    with pytest.raises(Mistaken) as caught:
        desk.read()
    return [str(mistake) for mistake in caught.value.mistakes]


def test_a_foreign_workbook_is_recognised(desk: Desk) -> None:
    del desk.book["_kaohe"]
    said = "不是由 kaohe template 生成的数据表"
    do = "请用 kaohe template shuangtaizi-2017 -o 数据表.xlsx 生成，再把数据填进去"
    assert desk.mistakes() == {WHOLE: f"{said}；{do}"}


def test_a_workbook_of_another_rubric_is_recognised(desk: Desk, county: Rubric) -> None:
    said = "是按“shuangtaizi-2017”生成的数据表，而现在用的是“example-county”"
    assert refusal(desk, county) == [f"{WHOLE}: {said}；请换数据表或换评分细则"]


def test_a_workbook_of_an_older_edition_is_recognised(desk: Desk, seed: Rubric) -> None:
    newer = replace(seed, title=seed.title + "（修订）")
    said = "是按评分细则的另一个版次生成的，条目或规则已经改过"
    do = "请用 kaohe template shuangtaizi-2017 重新生成数据表，再把数据粘贴过去"
    assert refusal(desk, newer) == [f"{WHOLE}: {said}；{do}"]


def test_an_equal_rubric_from_other_text_is_the_same_edition(desk: Desk, seed: Rubric) -> None:
    desk.rubric = read_rubric(write_rubric(seed), "again.yaml")
    assert desk.mistakes() == {}


def test_another_reading_for_one_run_is_the_same_edition(desk: Desk, seed: Rubric) -> None:
    desk.rubric = choose(seed, {"G3-fifth": "more-than"})
    assert desk.mistakes() == {}


def test_a_workbook_of_another_version_is_recognised(desk: Desk) -> None:
    hidden = desk.book["_kaohe"]
    assert (hidden["A2"].value, hidden["B2"].value) == ("format", "1")
    hidden["B2"] = "2"
    do = "请用 kaohe template shuangtaizi-2017 重新生成数据表，再把数据粘贴过去"
    assert desk.mistakes() == {WHOLE: f"是另一个版本的 kaohe 生成的数据表；{do}"}


def test_a_missing_sheet_is_named(desk: Desk) -> None:
    del desk.book["目标值"]
    said = f"缺少“目标值”表（或它隐藏的标记被删掉了）；{ANEW}"
    assert desk.mistakes() == {f"{FILE}:目标值": said}


def test_a_renamed_sheet_is_still_found(desk: Desk) -> None:
    desk.put("values", "1", RATE, 95)
    desk.sheet("values").title = "改过的名字"
    assert list(only(desk).values.values()) == [95]


def test_a_copied_sheet_is_named(desk: Desk) -> None:
    copy = desk.book.copy_worksheet(desk.sheet("values"))
    said = "与“指标值”表是同一张（复制出来的）；请删去多余的一张"
    assert desk.mistakes() == {f"{FILE}:{copy.title}": said}


def test_a_lost_column_and_a_lost_row_are_named(desk: Desk) -> None:
    cell = desk.cell("values", "1", RATE)
    desk.sheet("values").cell(1, cell.column).value = None
    desk.sheet("points").cell(desk.cell("points", "M9", "points:1").row, 1).value = None
    found = desk.mistakes()
    column = f"缺少“蔬菜监测合格率”这一列（标记 {RATE} 不见了）；{ANEW}"
    assert found[f"{FILE}:指标值"] == column
    assert found[f"{FILE}:评审得分"].startswith("缺少“M9 质量安全进绩效评价")
    assert len(found) == 2


def test_a_copied_key_is_named(desk: Desk) -> None:
    sheet = desk.sheet("values")
    row = desk.cell("values", "2", RATE).row
    sheet.cell(row + 1, 1).value = "2"
    said = f"隐藏的标记“2”有两处（行或列被复制过）；{ANEW}"
    assert desk.mistakes() == {f"{FILE}:指标值!A{row + 1}": said}


def test_empty_rows_above_everything_do_not_matter(desk: Desk) -> None:
    desk.put("values", "1", RATE, 95)
    for name in ("指标值", "评审得分"):
        desk.book[name].merged_cells.ranges.clear()
        desk.book[name].insert_rows(1, 3)
    assert list(only(desk).values.values()) == [95]


def test_leading_empty_columns_do_not_matter(desk: Desk) -> None:
    desk.put("values", "1", RATE, 95)
    desk.sheet("values").merged_cells.ranges.clear()
    desk.sheet("values").insert_cols(1, 2)
    assert list(only(desk).values.values()) == [95]


def test_what_stands_outside_the_rows_of_the_template_is_named(desk: Desk) -> None:
    below = desk.cell("values", "2", RATE)
    desk.sheet("values").cell(below.row + 1, below.column).value = 91
    at = f"{FILE}:指标值!{below.column_letter}{below.row + 1}"
    said = f"填在了模板以外的行里，读不到归属；请把它移到模板的行内，或{ANEW}"
    assert desk.mistakes() == {at: said}


def test_what_stands_outside_the_columns_of_the_template_is_named(desk: Desk) -> None:
    row = desk.cell("values", "1", RATE).row
    at = {}
    for name, cell in (("指标值", f"Z{row}"), ("单位", "H5"), ("评审得分", "ZZ9"), ("登记", "K64")):
        desk.book[name][cell] = 95
        at[f"{FILE}:{name}!{cell}"] = (
            f"填在了模板以外的列里，读不到是哪一项；请把它移到模板的列内，或{ANEW}"
        )
    assert desk.mistakes() == at


def test_heads_and_labels_are_not_input(desk: Desk) -> None:
    sheet = desk.sheet("values")
    last = desk.cell("values", "2", RATE).row
    sheet["Z2"] = "盘锦市考核办"
    sheet.cell(last + 2, 2).value = "制表人：张三"
    assert desk.mistakes() == {}


def test_merged_cells_over_input_are_named(desk: Desk) -> None:
    first, second = desk.cell("values", "1", RATE), desk.cell("values", "2", RATE)
    block = f"{first.coordinate}:{second.coordinate}"
    desk.sheet("values").merge_cells(block)
    said = f"{block} 合并了单元格，只有左上角一格读得到；请取消合并，每格各填各的"
    assert desk.mistakes() == {f"{FILE}:指标值!{first.coordinate}": said}


def test_input_in_hidden_rows_columns_and_sheets_is_read_and_warned_of(desk: Desk) -> None:
    desk.put("values", "1", RATE, 95)
    cell = desk.cell("values", "1", RATE)
    sheet = desk.sheet("values")
    sheet.row_dimensions[cell.row].hidden = True
    sheet.column_dimensions[cell.column_letter].hidden = True
    sheet.sheet_state = "hidden"
    where = f"{FILE}:指标值"
    assert list(only(desk).values.values()) == [95]
    assert desk.read()[1] == [
        f"{where}: 这张表被隐藏了，其中的数据照常读入；请确认无误",
        f"{where}: 第 {cell.row} 行被隐藏了，其中的数据照常读入；请确认无误",
        f"{where}: {cell.column_letter} 列被隐藏了，其中的数据照常读入；请确认无误",
    ]
