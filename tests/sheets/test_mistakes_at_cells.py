"""Every mistake at its sheet and cell, all at once; what people do to workbooks (T12)."""

import datetime as dt
from dataclasses import replace
from decimal import Decimal

import pytest

from kaohe.nodes import MOST_MISTAKES
from kaohe_web.sheets.model import Rejected
from sheets.desk import FILE, Desk, filing, part

ANEW = "请在系统里重新下载这张表，再把数据粘贴过去"
SHEET, AWARDS = "填报表", "登记"


def test_two_bad_cells_are_told_together_each_with_its_address() -> None:
    desk = Desk.of_filing()
    one = desk.put(SHEET, "part/G2.1", "self_score", "待查")
    other = desk.put(SHEET, "part/M9", "self_score", 3)
    assert (one, other) == (f"{FILE}:填报表!K7", f"{FILE}:填报表!K11")
    assert desk.mistakes() == {
        one: "“待查”不是数字；还没有自评就留空",
        other: "3 大于 1；分数应在 0–1 之间，请核对数值和单位",
    }


@pytest.mark.parametrize(
    ("typed", "message"),
    [
        ("-0.1", "-0.1 小于 0；请核对数值和单位"),
        ("1,000", "“1,000”带有千分号；请去掉，只写数字"),
        ("约0.5", "“约0.5”不是普通十进制数；请写成 93.2 这样的数字"),
        ("50%", "“50%”：这一项不是百分数；请去掉百分号，核对数值"),
        ("NaN", "“NaN”不是数字；还没有自评就留空"),
        ("１２", "12 大于 1；分数应在 0–1 之间，请核对数值和单位"),
        ("1E-3", "“1E-3”不是普通十进制数；请写成 93.2 这样的数字"),
        (True, "这里要填数，而单元格是 TRUE；请直接填数"),
        ("=1/3", "公式还没有算出结果；请在 Excel 或 WPS 中打开这个文件保存一次，或直接填数"),
        ("#REF!", "单元格是错误值 #REF!；请改正公式或直接填数"),
        ("#DIV/0!", "单元格是错误值 #DIV/0!；请改正公式或直接填数"),
    ],
)
def test_T12_what_is_no_score_is_told_at_its_cell(typed: object, message: str) -> None:
    desk = Desk.of_filing()
    at = desk.put(SHEET, "part/M9", "self_score", typed)
    found = desk.mistakes()
    assert list(found) == [at]
    assert found[at].startswith(message)


def test_T12_a_date_where_a_number_is_asked_for_is_told_as_one() -> None:
    desk = Desk.of_filing()
    at = desk.put(SHEET, "part/M9", "self_score", dt.date(2017, 1, 5), shown="yyyy-mm-dd")
    assert desk.mistakes() == {
        at: "这里要填数，而单元格是日期（2017-01-05）；请把格式改成“常规”后重新填数"
    }


def test_T12_formulas_and_error_values_in_texts_are_told_too() -> None:
    desk = Desk.of_filing()
    places = [
        desk.put(SHEET, "part/M9", "lost_reason", "=A1"),
        desk.put(SHEET, "part/M9", "note", "#NAME?"),
    ]
    assert list(desk.mistakes()) == places


def test_T12_a_merged_block_over_cells_to_fill_is_told() -> None:
    desk = Desk.of_filing()
    desk.sheet(SHEET).merge_cells("K7:L7")
    assert desk.mistakes() == {
        f"{FILE}:填报表!K7": ("K7:L7 合并了单元格，只有左上角一格读得到；请取消合并，每格各填各的")
    }


def test_T12_hidden_rows_columns_and_sheets_are_read_and_said_so() -> None:
    desk = Desk.of_filing()
    desk.put(SHEET, "part/M9", "self_score", 1)
    desk.sheet(SHEET).row_dimensions[11].hidden = True
    desk.sheet(SHEET).column_dimensions["L"].hidden = True
    desk.sheet(AWARDS).sheet_state = "hidden"
    filled = desk.read()
    assert filled.values["part", "M9"]["self_score"] == "1"
    assert filled.warnings[:2] == [
        f"{FILE}:填报表: 第 11 行被隐藏了，其中的数据照常读入；请确认无误",
        f"{FILE}:填报表: L 列被隐藏了，其中的数据照常读入；请确认无误",
    ]
    assert f"{FILE}:登记: 这张表被隐藏了，其中的数据照常读入；请确认无误" in filled.warnings


def test_T12_empty_rows_above_shift_addresses_and_nothing_else() -> None:
    desk = Desk.of_filing()
    desk.sheet(SHEET).insert_rows(1, 5)
    assert desk.mistakes() == {}
    desk.sheet(SHEET)["K12"].value = "待查"
    assert list(desk.mistakes()) == [f"{FILE}:填报表!K12"]


def test_what_stands_outside_the_form_is_told() -> None:
    desk = Desk.of_filing()
    desk.sheet(SHEET)["P7"].value = "另写的"
    desk.sheet(SHEET)["D40"].value = "下面写的"
    found = desk.mistakes()
    assert set(found) == {f"{FILE}:填报表!P7", f"{FILE}:填报表!D40"}
    assert all(message.endswith(ANEW) for message in found.values())


def test_a_lost_row_a_lost_column_and_a_lost_sheet_are_told() -> None:
    desk = Desk.of_filing()
    desk.sheet(SHEET).delete_rows(7)
    assert desk.mistakes() == {
        f"{FILE}:填报表": f"缺少“蔬菜监测合格率”这一行（标记 part/G2.1 不见了）；{ANEW}"
    }
    desk = Desk.of_filing()
    desk.sheet(SHEET).delete_cols(11)
    assert desk.mistakes() == {
        f"{FILE}:填报表": f"缺少“自评得分”这一列（标记 self_score 不见了）；{ANEW}"
    }
    desk = Desk.of_filing()
    desk.book.remove(desk.sheet(SHEET))
    assert desk.mistakes() == {
        f"{FILE}:填报表": f"缺少“填报表”表（或它隐藏的标记被删掉了）；{ANEW}"
    }


def test_a_copied_sheet_is_told() -> None:
    desk = Desk.of_filing()
    copied = desk.book.copy_worksheet(desk.sheet(SHEET))
    message = "与“填报表”表是同一张（复制出来的）；请删去多余的一张"
    assert desk.mistakes() == {f"{FILE}:{copied.title}": message}


def test_a_label_that_was_typed_over_is_told() -> None:
    desk = Desk.of_filing()
    at = desk.put(SHEET, "part/M9", "title", "企业首席质量官")
    assert desk.mistakes() == {
        at: (
            "这里写的是“企业首席质量官”，而这一行是“示例条目：安全责任落实”，填的数都算它的；"
            "请照原样改回来，别的数请移到它自己的行"
        )
    }


def test_too_long_a_text_and_an_unseen_sign_are_told() -> None:
    desk = Desk.of_filing()
    one = desk.put(SHEET, "part/M9", "lost_reason", "长" * 2_001)
    other = desk.put(SHEET, "part/M9", "note", "看不见\u200b的")
    assert desk.mistakes() == {
        one: "有 2001 个字，超过 2000 个；请缩短",
        other: "文字里有看不见的字符 U+200B；请删去它，重新键入",
    }


def test_a_state_is_one_of_three_words() -> None:
    desk = Desk.of_filing()
    row = "indicator/tourism_campaign_count"
    at = desk.put(SHEET, row, "state", "不适用")
    assert desk.mistakes() == {
        at: "“不适用”不行；这一栏只能选“无此项”、“待定”、“见说明”，有数就不用选"
    }
    desk.put(SHEET, row, "state", "待定")
    assert desk.read().values["indicator", "tourism_campaign_count"]["state"] == "pending"


def test_a_number_and_a_state_that_denies_it_contradict() -> None:
    desk = Desk.of_filing()
    at = desk.put(SHEET, "indicator/vegetable_pass_rate", "state", "无此项")
    assert desk.mistakes() == {at: "既填了数，又选了“无此项”，互相矛盾；请只留一样"}


def test_a_state_that_points_at_the_remark_needs_one() -> None:
    desk = Desk.of_filing()
    desk.put(SHEET, "indicator/vegetable_pass_rate", "state", "见说明")
    at = f"{FILE}:填报表!M6"
    assert desk.mistakes() == {at: "选了“见说明”，而“备注”是空的；请写明情况"}
    desk.put(SHEET, "indicator/vegetable_pass_rate", "note", "第三季度改了抽样办法")
    assert desk.mistakes() == {}


def test_lost_points_without_a_reason_are_warned_of() -> None:
    desk = Desk.of_filing()
    desk.put(SHEET, "part/M9", "self_score", Decimal("0.5"))
    assert desk.read().warnings == [
        f"{FILE}:填报表!L11: 自评没有得满分，而失分原因是空的；报审前请补上"
    ]


def test_an_award_lacks_what_it_needs() -> None:
    desk = Desk.of_filing()
    desk.put(AWARDS, "entry/+2", "name", "示例名牌")
    desk.put(AWARDS, "entry/+2", "indicator", "地理标志（示例）")
    level = desk.put(AWARDS, "entry/+2", "level", "市级")
    day = desk.put(AWARDS, "entry/+2", "on_day", "去年")
    document = desk.cell(AWARDS, "entry/+2", "document").coordinate
    assert desk.mistakes() == {
        level: "“地理标志（示例）”没有这一级；可用的有：国家级",
        day: "“去年”不是日期；请写成 2017-05-31",
        f"{FILE}:登记!{document}": "没有填“证明文件及文号”；没有的不能计数，请补上，或清空这一行",
    }


@pytest.mark.parametrize(
    ("typed", "shown"),
    [
        (dt.date(2017, 6, 1), "yyyy-mm-dd"),
        (42887, 'yyyy"年"m"月"d"日"'),
        ("2017-06-01", "@"),
        ("2017.6.1", "@"),
        ("２０１７年６月１日", "@"),
        (20170601, "General"),
        ("20170601", "@"),
    ],
)
def test_T12_a_day_is_understood_however_it_is_kept(typed: object, shown: str) -> None:
    desk = Desk.of_filing()
    desk.put(AWARDS, "entry/17", "on_day", typed, shown=shown)
    assert desk.read().values["entry", "17"]["on_day"] == "2017-06-01"


def test_a_bare_serial_number_is_not_guessed_to_be_a_day() -> None:
    desk = Desk.of_filing()
    at = desk.put(AWARDS, "entry/17", "on_day", 42887, shown="General")
    assert desk.mistakes() == {at: "“42887”不是日期；请写成 2017-05-31"}


def test_none_at_all_is_said_by_a_word_and_stands_alone() -> None:
    desk = Desk.of_filing()
    desk.put(AWARDS, "entry/+1", "indicator", "地理标志（示例）")
    desk.put(AWARDS, "entry/+1", "name", "无")
    assert desk.read().values["entry", "+1"]["name"] == "无"
    at = desk.put(AWARDS, "entry/+1", "document", "某文")
    assert desk.mistakes() == {at: "名称填了“无”（一件也没有），这里却有内容；请只留一样"}


def test_rows_kept_free_may_be_deleted() -> None:
    desk = Desk.of_filing()
    desk.sheet(AWARDS).delete_rows(8, 5)
    assert desk.mistakes() == {}


def test_what_was_held_before_and_nobody_touched_is_no_mistake() -> None:
    award = replace(filing().awards[0], document="")
    assert Desk.of_filing(replace(filing(), awards=(award,))).mistakes() == {}
    sheet = filing(rows=(part("M9", self_score=Decimal(5)),))
    assert Desk.of_filing(sheet).mistakes() == {}


def test_more_mistakes_than_anyone_mends_are_cut_and_can_still_be_marked() -> None:
    desk = Desk.of_filing()
    for row in range(100, 100 + MOST_MISTAKES):
        desk.sheet(SHEET).cell(row, 4).value = "写在外面"
    with pytest.raises(Rejected) as caught:
        desk.read()
    assert len(caught.value.mistakes) == MOST_MISTAKES + 1
    assert caught.value.mistakes[0].message.startswith("错误已有 500 处")
