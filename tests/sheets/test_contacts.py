"""The contact list: written with its purpose, read from workbooks that anybody made."""

import io
from collections.abc import Sequence
from decimal import Decimal

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from openpyxl import Workbook, load_workbook
from openpyxl.worksheet.worksheet import Worksheet

from counts import count
from kaohe.nodes import Mistaken
from kaohe_web.sheets.contact_fields import read_field
from kaohe_web.sheets.contacts import HEADS, Contact, write_contacts
from kaohe_web.sheets.read_contacts import ContactList, read_contacts

FILE = "联系人.xlsx"
ONE = Contact(
    "示例甲",
    "示例区市监局",
    "女",
    "科长",
    "0427-1234567",
    "13800138000",
    "0427-1234568",
    "jia@example.gov.cn",
)
TWO = Contact("示例乙", "示例区农业农村局")
PURPOSE = "2016-2017年度质量工作考核联络（示例）"


def written(*rows: Contact) -> bytes:
    target = io.BytesIO()
    write_contacts(rows, target, PURPOSE)
    return target.getvalue()


def made(
    rows: Sequence[Sequence[object]], *, merged: Sequence[str] = (), name: str = "名单"
) -> bytes:
    """A workbook as somebody makes one."""
    book = Workbook()
    sheet = book.active
    assert isinstance(sheet, Worksheet)
    sheet.title = name
    for row in rows:
        sheet.append(list(row))
    for block in merged:
        sheet.merge_cells(block)
    return saved(book)


def saved(book: Workbook) -> bytes:
    target = io.BytesIO()
    book.save(target)
    return target.getvalue()


def people(data: bytes) -> list[Contact]:
    return [row.contact for row in read_contacts(data, FILE).rows]


def mistakes(data: bytes) -> dict[str, str]:
    with pytest.raises(Mistaken) as caught:
        read_contacts(data, FILE)
    return {mistake.at: mistake.message for mistake in caught.value.mistakes}


def test_what_is_written_is_read() -> None:
    found = read_contacts(written(ONE, TWO), FILE)
    assert [row.contact for row in found.rows] == [ONE, TWO]
    assert [row.place for row in found.rows] == ["联系人名单!B4", "联系人名单!B5"]
    assert found.warnings == ()


def test_the_list_says_what_it_may_be_used_for() -> None:
    book = load_workbook(io.BytesIO(written(ONE)))
    sheet = book.worksheets[0]
    assert sheet["A2"].value == (
        f"用途：{PURPOSE}。含个人信息，只用于上述用途，不要转发，用后请删除。"
    )
    assert [cell.value for cell in sheet[3]] == ["序号", *HEADS.values()]
    assert sheet.freeze_panes == "C4"
    assert sheet.page_setup.orientation == "landscape"


def test_columns_are_found_by_their_heads_below_a_merged_title() -> None:
    data = made(
        [
            ["示例区质量工作考核联系人员名单"],
            [],
            ["部门", "手机号码", "姓　名", "ｅ－ｍａｉｌ", "职位", "备注"],
            ["示例区住建局", 13800138001, "示 例 丙", "Ｂing＠example．gov．cn", "主任", "常务"],
        ],
        merged=["A1:F1"],
    )
    found = read_contacts(data, FILE)
    assert [row.contact for row in found.rows] == [
        Contact(
            "示例丙", "示例区住建局", duty="主任", mobile="13800138001", email="Bing@example.gov.cn"
        )
    ]
    assert found.warnings == (f"{FILE}:名单: 不认识的列“备注”没有读入",)


def test_a_head_of_two_rows_and_a_merged_unit_are_understood() -> None:
    data = made(
        [
            ["姓名", "所在单位", "联系方式", None],
            [None, None, "办公电话", "手机"],
            ["示例甲", "示例区市监局", "1234567", "13800138000"],
            ["示例乙", None, "1234568", "13800138001"],
        ],
        merged=["A1:A2", "B1:B2", "C1:D1", "B3:B4"],
    )
    assert people(data) == [
        Contact("示例甲", "示例区市监局", phone="1234567", mobile="13800138000"),
        Contact("示例乙", "示例区市监局", phone="1234568", mobile="13800138001"),
    ]


def test_heads_repeated_on_every_page_and_notes_below_are_no_people() -> None:
    head = ["姓名", "性别", "所在单位", "手机"]
    data = made(
        [
            head,
            ["示例甲", "男", "甲局", "13800138000"],
            head,
            ["示例乙", "女性", "乙局"],
            [],
            ["填表人：示例"],
        ],
        merged=["A6:D6"],
    )
    found = read_contacts(data, FILE)
    assert [(row.contact.name, row.contact.gender) for row in found.rows] == [
        ("示例甲", "男"),
        ("示例乙", "女"),
    ]
    assert found.warnings == (f"{FILE}:名单!A6: 这一行是跨列的说明，没有读入",)


def test_every_mistake_is_told_at_its_cell_at_once() -> None:
    data = made(
        [
            ["姓名", "性别", "所在单位", "职务", "办公电话", "手机", "传真", "电子邮件"],
            [None, "男", "甲局"],
            ["示例乙"],
            ["示例丙", "未知", "丙局", None, "电话簿", "12345", "0427", "丙@"],
            ["示例丁", None, "丁局", None, "#REF!", "=A1"],
        ]
    )
    assert mistakes(data) == {
        f"{FILE}:名单!A2": "没有填“姓名”；请补上，或清空这一行",
        f"{FILE}:名单!C3": "没有填“所在单位”；请补上，或清空这一行",
        f"{FILE}:名单!B4": "“未知”不行；请写“男”或“女”，或留空",
        f"{FILE}:名单!E4": (
            "“电话簿”不是办公电话号码；"
            "请写成 0427-1234567，分机写在后面（0427-1234567-801），几个号码用顿号隔开"
        ),
        f"{FILE}:名单!F4": "“12345”不是手机号码；请写 11 位数字，几个号码用顿号隔开",
        f"{FILE}:名单!G4": (
            "“0427”不是传真号码；"
            "请写成 0427-1234567，分机写在后面（0427-1234567-801），几个号码用顿号隔开"
        ),
        f"{FILE}:名单!H4": "“丙@”不是电子邮件地址；请写成 lianxi@example.gov.cn 的样子",
        f"{FILE}:名单!E5": "单元格是错误值 #REF!；请改正公式或直接填数",
        f"{FILE}:名单!F5": (
            "公式还没有算出结果；请在 Excel 或 WPS 中打开这个文件保存一次，或直接填数"
        ),
    }


def test_a_person_twice_and_a_mobile_of_two_people_are_told() -> None:
    data = made(
        [
            ["姓名", "所在单位", "手机"],
            ["示例甲", "甲局", "13800138000"],
            ["示例甲", "甲局", None],
            ["示例甲", "乙局", "138-0013-8001"],
            ["示例丁", "丁局", "+86 13800138000"],
        ]
    )
    assert mistakes(data) == {
        f"{FILE}:名单!A3": "与第 2 行重复：同一个人（姓名和单位都相同）；请核对，只留一行",
        f"{FILE}:名单!C5": "与第 2 行重复：手机号码相同；请核对，只留一行",
    }


def test_hidden_rows_are_read_and_said_so_and_hidden_sheets_are_not_read() -> None:
    book = load_workbook(io.BytesIO(made([["姓名", "所在单位", "手机"], ["示例甲", "甲局"]])))
    book.worksheets[0].row_dimensions[2].hidden = True
    other = book.create_sheet("旧名单")
    other.append(["姓名", "所在单位", "手机"])
    other.append(["示例乙", "乙局"])
    other.sheet_state = "hidden"
    found = read_contacts(saved(book), FILE)
    assert [row.contact.name for row in found.rows] == ["示例甲"]
    assert found.warnings == (
        f"{FILE}:名单: 第 2 行被隐藏了，其中的人照常读入；请确认无误",
        f"{FILE}: 只读了“名单”表；“旧名单”没有读入",
    )


def test_a_workbook_without_such_a_list_is_refused() -> None:
    heads = "、".join(HEADS.values())
    message = f"没有找到联系人名单：表头要有“姓名”和“所在单位”；可用的列有：{heads}"
    assert mistakes(made([["条目", "得分"], ["M9", 1]])) == {f"{FILE}:整个文件": message}
    assert mistakes(made([["姓名", "所在单位", "手机"]])) == {
        f"{FILE}:整个文件": "“名单”表里一个人也没有；请填好再导入"
    }


def test_no_xlsx_is_refused() -> None:
    (message,) = mistakes("姓名,单位\n".encode("gb18030")).values()
    assert message == (
        "不是 .xlsx 工作簿，而是文本文件（如 CSV）；"
        "这里只收 .xlsx 工作簿，请在 Excel 或 WPS 中另存为 .xlsx 再上传"
    )


@pytest.mark.parametrize(
    ("field", "typed", "kept"),
    [
        ("name", " 示　例 ", "示例"),
        ("name", "Anna Li", "Anna Li"),
        ("gender", "男性", "男"),
        ("mobile", "１３８００１３８０００", "13800138000"),
        ("mobile", "86-13800138000", "13800138000"),
        ("mobile", "13800138000，13900139000", "13800138000、13900139000"),
        ("phone", "０４２７—１２３４５６７", "0427-1234567"),
        ("phone", "（0427）1234567", "(0427)1234567"),
        ("phone", "0427-1234567-801", "0427-1234567-801"),
        ("phone", "0427-1234567转801", "0427-1234567转801"),
        ("phone", "12345", "12345"),
        ("phone", "400-123-4567", "400-123-4567"),
        ("phone", "1234567/13800138000", "1234567、13800138000"),
        ("fax", "", ""),
        ("email", "Jia．Li＠example．gov．cn", "Jia.Li@example.gov.cn"),
        ("email", "mailto:a@b.cn", "a@b.cn"),
    ],
)
def test_a_field_is_put_into_its_one_form(field: str, typed: str, kept: str) -> None:
    assert read_field(field, typed) == (kept, "")


@pytest.mark.parametrize(
    ("field", "typed"),
    [
        ("mobile", "23800138000"),
        ("mobile", "138001380001"),
        ("mobile", "、"),
        ("phone", "042712345678901"),
        ("phone", "=1+1"),
        ("email", "a@b"),
        ("email", "a b@"),
        ("email", "a@b..cn"),
        ("email", "=cmd@b.cn\u200b"),
        ("name", "长" * 51),
        ("name", "示\u202e例"),
        ("gender", "女孩"),
    ],
)
def test_what_has_another_shape_is_told(field: str, typed: str) -> None:
    value, fault = read_field(field, typed)
    assert value == ""
    assert fault


def test_T09_a_name_like_a_formula_is_text() -> None:
    odd = Contact("=1+1", "@局", duty="+x", phone="", mobile="")
    book = load_workbook(io.BytesIO(written(odd)))
    assert [(cell.value, cell.data_type) for cell in book.worksheets[0][4][1:5]] == [
        ("=1+1", "s"),
        (None, "n"),
        ("@局", "s"),
        ("+x", "s"),
    ]
    assert people(written(odd)) == [odd]


NAMES = st.text(st.characters(categories=("L", "Nd")), min_size=1, max_size=10)


@settings(max_examples=count(full=300, reduced=25), deadline=None)
@given(st.lists(st.tuples(NAMES, NAMES, NAMES), min_size=1, max_size=5, unique_by=lambda t: t[:2]))
def test_any_list_of_people_is_read_as_it_was_written(rows: list[tuple[str, str, str]]) -> None:
    wanted = []
    for name, body, duty in rows:
        texts = [
            read_field(field, text)[0]
            for field, text in (("name", name), ("body", body), ("duty", duty))
        ]
        wanted.append(Contact(texts[0], texts[1], duty=texts[2]))
    if len({(each.name, each.body) for each in wanted}) < len(wanted):
        return
    if any(each.name in ("姓名", "联系人") for each in wanted):
        return
    assert people(written(*wanted)) == wanted


def test_a_number_that_lost_its_zero_is_told_and_not_mended() -> None:
    data = made([["姓名", "所在单位", "办公电话"], ["示例甲", "甲局", Decimal(4271234567)]])
    assert list(mistakes(data)) == [f"{FILE}:名单!C2"]


def test_the_result_says_where_each_person_stands() -> None:
    found = read_contacts(made([["姓名", "所在单位", "手机"], [], ["示例甲", "甲局"]]), FILE)
    assert isinstance(found, ContactList)
    assert [row.place for row in found.rows] == ["名单!A3"]
