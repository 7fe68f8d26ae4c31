"""Excel both ways for a department: out, filled offline, back; three ways; all of it or nothing."""

import json
from decimal import Decimal
from typing import Any

import pytest

from evidence.desk import Desk, as_file, entries
from evidence.sheet import Sheet, seen_in
from files.making import office
from kaohe_web.audit.models import Entry
from kaohe_web.cycles.models import Duty
from kaohe_web.filing import submissions
from kaohe_web.filing.contents import Entered
from kaohe_web.filing.models import AwardEntry, ReportedValue, Submission, WorkbookUpload
from kaohe_web.filing.values import ValueEntry
from world import NOW

FORM, AWARDS = "填报表", "登记"
RATE = "vegetable_pass_rate"
COUNT = "quality_award_count"


def save(desk: Desk, part: str, version: int = 0, **more: Any) -> Submission:
    """What the department saves on the site meanwhile."""
    duty = Duty.objects.get(assessed=desk.world.assessed[0], part=part, kind=Duty.Kind.LEAD)
    by = desk.world.actor("liaison")
    return submissions.save(duty, by=by, at=NOW, version=version, entered=Entered(**more))


def filed() -> dict[str, tuple[str, str, str]]:
    """What stands in the submissions, by part."""
    return {
        row.part: (str(row.self_score or ""), row.lost_reason, row.note)
        for row in Submission.objects.order_by("part")
    }


def values() -> dict[str, tuple[str, str, str]]:
    """What stands in the values, by indicator."""
    return {
        row.indicator: ("" if row.value is None else str(row.value), row.state, row.note)
        for row in ReportedValue.objects.order_by("indicator")
    }


def confirm(desk: Desk, client: Any, found: WorkbookUpload, page: str, **sides: str) -> Any:
    """The press that takes a workbook in."""
    data = {"seen": seen_in(page), **{name.replace("_", "-"): v for name, v in sides.items()}}
    return client.post(desk.address("workbook_confirm", pk=found.pk), data, follow=True)


def test_the_workbook_is_handed_out_with_what_is_filed_and_each_issue_is_counted(
    desk: Desk,
) -> None:
    save(desk, "M9", self_score=Decimal("0.5"), lost_reason="缺照片", note="=1+1")
    first = Sheet.fetched(desk, "liaison")
    Sheet.fetched(desk, "liaison")
    cells = [
        first.cell(FORM, "part/M9", name).value for name in ("self_score", "lost_reason", "note")
    ]
    assert [str(cell) for cell in cells] == ["0.5", "缺照片", "=1+1"]
    assert first.cell(FORM, "part/M9", "note").data_type == "s"
    issued = Entry.objects.filter(what="workbook.issued").order_by("seq")
    assert [json.loads(entry.details)["number"] for entry in issued] == [1, 2]
    assert issued[0].object_name == "市监局填报表 2016-2017 年度（示例）"


def test_an_untouched_workbook_changes_nothing(desk: Desk) -> None:
    save(desk, "M9", self_score=Decimal("0.5"), lost_reason="缺照片")
    _client, _found, page = Sheet.fetched(desk, "liaison").brought_back(desk, "liaison")
    assert "没有要写入的改动" in page
    assert "确认导入" not in page


def test_a_preview_shows_before_and_after_and_writes_nothing(desk: Desk) -> None:
    save(desk, "M9", self_score=Decimal("0.5"), lost_reason="缺照片")
    sheet = Sheet.fetched(desk, "liaison")
    place = sheet.put(FORM, "part/M9", "self_score", "０.８")
    _client, found, page = sheet.brought_back(desk, "liaison")
    assert place in page
    assert (
        'removed" data-label="现在">0.5<' in page,
        'added" data-label="导入后">0.8<' in page,
    ) == (
        True,
        True,
    )
    assert filed() == {"M9": ("0.5", "缺照片", "")}
    assert found.imported_at is None


def test_confirming_writes_all_of_it_and_leaves_its_entries(desk: Desk) -> None:
    sheet = Sheet.fetched(desk, "liaison")
    sheet.put(FORM, "part/M9", "self_score", 0.5)  # noqa: RUF100 -- as openpyxl writes it
    sheet.put(FORM, "part/M9", "lost_reason", "缺照片")
    sheet.put(FORM, f"indicator/{RATE}", "value", "93.2%")
    sheet.put(FORM, f"indicator/{RATE}", "before", 92)
    sheet.put(FORM, "indicator/livestock_pass_rate", "state", "待定")
    sheet.put(FORM, "part/G2.1", "note", "监测通报")
    client, found, page = sheet.brought_back(desk, "liaison")
    answer = confirm(desk, client, found, page)
    assert "已导入，写入 6 处" in answer.content.decode()
    assert filed() == {
        "G2.1": ("", "", "监测通报"),
        "G2.2": ("", "", ""),
        "M9": ("0.5", "缺照片", ""),
    }
    assert values() == {
        "livestock_pass_rate": ("", "pending", ""),
        RATE: ("93.2", "value", ""),
    }
    assert ReportedValue.objects.get(indicator=RATE).before == Decimal(92)
    assert entries("workbook.imported") == [("liaison", "done", "")]
    assert sorted(entries("submission.saved")) == [("liaison", "done", "")] * 3
    changes = json.loads(Entry.objects.get(what="workbook.imported").details)["changes"]
    assert ["蔬菜监测合格率", "本年值", "", "93.2"] in changes
    assert len(changes) == 6


def test_T55_confirming_twice_writes_once(desk: Desk) -> None:
    sheet = Sheet.fetched(desk, "liaison")
    sheet.put(FORM, "part/M9", "note", "一次")
    client, found, page = sheet.brought_back(desk, "liaison")
    for _press in range(2):
        assert confirm(desk, client, found, page).status_code == 200
    assert Submission.objects.get(part="M9").version == 1
    assert len(entries("workbook.imported")) == 1
    again = desk.world.client("liaison").post(
        desk.address("workbook_upload"), {"file": as_file(sheet.saved(), "填报表.xlsx")}
    )
    assert again.status_code == 302


def test_T12_two_bad_cells_are_handed_back_marked_and_nothing_is_written(desk: Desk) -> None:
    sheet = Sheet.fetched(desk, "liaison")
    one = sheet.put(FORM, f"indicator/{RATE}", "value", "九十三")
    other = sheet.put(FORM, "part/M9", "self_score", 3)
    sheet.put(FORM, "part/M9", "note", "这一格是好的")
    client, found, page = sheet.brought_back(desk, "liaison", "我的填报表.xlsx")
    assert "我的填报表.xlsx：没有导入" in page
    assert (page.count('<td class="code">'), one in page, other in page) == (2, True, True)
    assert (filed(), values()) == ({}, {})
    assert confirm(desk, client, found, page).status_code == 422
    answer = client.get(desk.address("workbook_marked", pk=found.pk))
    assert answer.headers["Content-Disposition"].endswith(
        "%E6%88%91%E7%9A%84%E5%A1%AB%E6%8A%A5%E8%A1%A8%EF%BC%88%E6%A0%87%E5%87%BA%E9%94%99"
        "%E8%AF%AF%EF%BC%89.xlsx"
    )
    marked = Sheet.of(answer.content)
    bad = marked.cell(FORM, "part/M9", "self_score")
    assert (bad.value, bad.fill.fgColor.rgb, bad.comment is not None) == (3, "FFFFC7CE", True)
    assert marked.cell(FORM, "part/M9", "note").value == "这一格是好的"
    assert marked.book.sheetnames[0] == "错误清单"
    assert entries("workbook.handed_back") == [("liaison", "done", "")]
    marked.put(FORM, f"indicator/{RATE}", "value", "93")
    marked.put(FORM, "part/M9", "self_score", 1)
    client, found, page = marked.brought_back(desk, "liaison")
    assert "已导入，写入 3 处" in confirm(desk, client, found, page).content.decode()
    assert filed()["M9"] == ("1", "", "这一格是好的")


def test_T12_a_formula_without_a_value_and_an_error_are_told_at_their_cells(desk: Desk) -> None:
    sheet = Sheet.fetched(desk, "liaison")
    places = [
        sheet.put(FORM, f"indicator/{RATE}", "value", "=1+1"),
        sheet.put(FORM, "part/M9", "self_score", "#REF!"),
    ]
    sheet.cell(FORM, "part/M9", "self_score").data_type = "e"
    _client, _found, page = sheet.brought_back(desk, "liaison")
    assert [place in page for place in places] == [True, True]
    assert filed() == {}


def test_a_change_on_the_site_meanwhile_is_kept(desk: Desk) -> None:
    save(desk, "M9", self_score=Decimal("0.5"), lost_reason="缺照片")
    sheet = Sheet.fetched(desk, "liaison")
    save(desk, "M9", 1, self_score=Decimal("0.5"), lost_reason="缺照片", note="网页上写的")
    sheet.put(FORM, "part/M9", "lost_reason", "表里写的")
    client, found, page = sheet.brought_back(desk, "liaison")
    assert "下载以后系统里也改过" in page
    assert "下载以后系统里改过的（1 处），照旧保留" in page
    confirm(desk, client, found, page)
    assert filed() == {"M9": ("0.5", "表里写的", "网页上写的")}


@pytest.mark.parametrize(("side", "stands"), [("site", "网页上的"), ("file", "表里的")])
def test_what_both_changed_is_decided_by_a_person(desk: Desk, side: str, stands: str) -> None:
    save(desk, "M9", note="原来的")
    sheet = Sheet.fetched(desk, "liaison")
    save(desk, "M9", 1, note="网页上的")
    sheet.put(FORM, "part/M9", "note", "表里的")
    sheet.put(FORM, "part/M8.1", "note", "没有争议的")
    client, found, page = sheet.brought_back(desk, "liaison")
    assert "两边改得不同（1 处），请逐项选定" in page
    for words in ("原来的", "网页上的", "表里的"):
        assert words in page
    open_ = confirm(desk, client, found, page)
    assert (open_.status_code, "还有 1 处两边改得不同" in open_.content.decode()) == (422, True)
    assert filed() == {"M9": ("", "", "网页上的")}
    assert confirm(desk, client, found, page, side_0=side).status_code == 200
    assert filed() == {"M8.1": ("", "", "没有争议的"), "M9": ("", "", stands)}


def test_what_changes_between_preview_and_press_is_shown_first(desk: Desk) -> None:
    sheet = Sheet.fetched(desk, "liaison")
    sheet.put(FORM, "part/M9", "note", "表里的")
    client, found, page = sheet.brought_back(desk, "liaison")
    save(desk, "M9", note="网页上的")
    answer = confirm(desk, client, found, page)
    assert answer.status_code == 409
    assert "打开预览以后，系统里的内容又有变动" in answer.content.decode()
    assert filed() == {"M9": ("", "", "网页上的")}
    done = confirm(desk, client, found, answer.content.decode(), side_0="file")
    assert done.status_code == 200
    assert filed() == {"M9": ("", "", "表里的")}


def test_a_row_that_was_handed_in_meanwhile_stops_the_whole_workbook(desk: Desk) -> None:
    save(desk, "M9", self_score=Decimal(1))
    sheet = Sheet.fetched(desk, "liaison")
    Submission.objects.filter(part="M9").update(state="handed_in")
    place = sheet.put(FORM, "part/M9", "note", "晚了")
    sheet.put(FORM, "part/M8.1", "note", "本来可以")
    _client, _found, page = sheet.brought_back(desk, "liaison")
    assert (place in page, "现在不能改" in page) == (True, True)
    assert filed() == {"M9": ("1", "", "")}


def test_T22_another_department_s_workbook_is_not_taken(desk: Desk) -> None:
    sheet = Sheet.fetched(desk, "liaison")
    sheet.put(FORM, "part/M9", "note", "不是我的")
    _client, found, page = sheet.brought_back(desk, "other_liaison")
    assert "这是发给另一个部门或数据提供单位“市监局”的表" in page
    assert "下载标出错误的表" not in page
    assert filed() == {}
    for who in ("liaison", "foreign_liaison", "provider", "office"):
        client = desk.world.client(who)
        for address in (
            desk.address("workbook_preview", pk=found.pk),
            desk.address("workbook_marked", pk=found.pk),
        ):
            assert (who, client.get(address).status_code) == (who, 404)
        confirmed = client.post(desk.address("workbook_confirm", pk=found.pk), {"seen": ""})
        assert (who, confirmed.status_code) == (who, 404)


def test_T23_a_workbook_whose_memory_was_changed_is_not_taken(desk: Desk) -> None:
    sheet = Sheet.fetched(desk, "liaison")
    hidden = sheet.book["_kaohe"]
    cell = next(c for c in hidden["A"] if c.value and '"record"' in c.value)
    cell.value = cell.value.replace("0", "9", 1)
    _client, _found, page = sheet.brought_back(desk, "liaison")
    assert "隐藏的底稿被改动过" in page


@pytest.mark.parametrize(
    ("content", "name", "words"),
    [
        ("单位,数值".encode(), "表.csv", "只收 .xlsx 工作簿"),
        (office("xlsx", {"xl/vbaProject.bin": b"x"}), "宏.xlsx", "宏"),
        (office("docx"), "文档.docx", "只收 .xlsx 工作簿"),
    ],
)
def test_T06_what_is_no_workbook_is_refused(
    desk: Desk, content: bytes, name: str, words: str
) -> None:
    answer = desk.world.client("liaison").post(
        desk.address("workbook_upload"), {"file": as_file(content, name)}
    )
    assert (answer.status_code, words in answer.content.decode()) == (422, True)
    assert not WorkbookUpload.objects.exists()


def award(sheet: Sheet, row: str, **fields: str) -> None:
    """A thing entered in the register."""
    for name, value in fields.items():
        sheet.put(AWARDS, f"entry/{row}", name, value)


THING = {
    "indicator": "质量激励项目数",
    "name": "示例质量奖",
    "on_day": "2017-05-31",
    "document": "示例文〔2017〕5号",
}


def test_awards_come_go_and_change_with_the_workbook(desk: Desk) -> None:
    register = desk.world.rubric.registers[COUNT]  # type: ignore[index]  # a NewType of str
    level, other = register.levels[0], register.levels[1]
    sheet = Sheet.fetched(desk, "liaison")
    award(sheet, "+1", **{**THING, "indicator": register.title}, level=level.title)
    client, found, page = sheet.brought_back(desk, "liaison")
    confirm(desk, client, found, page)
    [row] = AwardEntry.objects.all()
    assert (row.name, row.level, row.indicator) == ("示例质量奖", level.id, COUNT)
    again = Sheet.fetched(desk, "liaison")
    award(again, str(row.pk), level=other.title)
    award(
        again, "+1", **{**THING, "name": "第二件", "indicator": register.title}, level=level.title
    )
    client, found, page = again.brought_back(desk, "liaison")
    confirm(desk, client, found, page)
    assert sorted(AwardEntry.objects.values_list("name", "level")) == [
        ("示例质量奖", other.id),
        ("第二件", level.id),
    ]
    last = Sheet.fetched(desk, "liaison")
    for name in ("indicator", "name", "level", "on_day", "document"):
        last.put(AWARDS, f"entry/{row.pk}", name, None)
    client, found, page = last.brought_back(desk, "liaison")
    confirm(desk, client, found, page)
    assert [entry.name for entry in AwardEntry.objects.all()] == ["第二件"]
    assert entries("award.removed") == [("liaison", "done", "")]


def test_none_registered_is_a_count_of_zero(desk: Desk) -> None:
    register = desk.world.rubric.registers[COUNT]  # type: ignore[index]  # a NewType of str
    sheet = Sheet.fetched(desk, "liaison")
    award(sheet, "+1", indicator=register.title, name="无")
    client, found, page = sheet.brought_back(desk, "liaison")
    assert confirm(desk, client, found, page).status_code == 200
    assert values() == {COUNT: ("0", "value", "")}
    assert not AwardEntry.objects.exists()
    _client, _found, page = sheet.brought_back(desk, "liaison")
    assert "没有要写入的改动" in page


def test_a_count_and_a_list_of_the_same_contradict_each_other(desk: Desk) -> None:
    register = desk.world.rubric.registers[COUNT]  # type: ignore[index]  # a NewType of str
    sheet = Sheet.fetched(desk, "liaison")
    place = sheet.put(FORM, f"indicator/{COUNT}", "value", 2)
    level = register.levels[0].title
    award(sheet, "+1", **{**THING, "indicator": register.title}, level=level)
    _client, _found, page = sheet.brought_back(desk, "liaison")
    assert (place in page, "这一项已逐件登记，个数由登记算出" in page) == (True, True)
    award(sheet, "+1", **dict.fromkeys(THING), level=None)  # type: ignore[arg-type]  # emptied
    award(sheet, "+2", indicator=register.title, name="无")
    _client, _found, page = sheet.brought_back(desk, "liaison")
    assert "登记里填了“无”，填报表里却另填了个数或情况" in page


def test_a_note_and_a_number_are_one_thing(desk: Desk) -> None:
    sheet = Sheet.fetched(desk, "liaison")
    for name, value in (("value", 93), ("state", "见说明"), ("note", "口径有变")):
        sheet.put(FORM, f"indicator/{RATE}", name, value)
    client, found, page = sheet.brought_back(desk, "liaison")
    confirm(desk, client, found, page)
    assert values() == {RATE: ("93", "value", "口径有变")}
    _client, _found, page = sheet.brought_back(desk, "liaison")
    assert "没有要写入的改动" in page


def test_what_is_typed_on_the_page_and_in_the_sheet_alike_is_no_conflict(desk: Desk) -> None:
    sheet = Sheet.fetched(desk, "liaison")
    save(desk, "G2.1", values={RATE: ValueEntry(Decimal("93.20"))})
    sheet.put(FORM, f"indicator/{RATE}", "value", "93.2")
    _client, _found, page = sheet.brought_back(desk, "liaison")
    assert "两边改得不同" not in page
    assert "确认导入" not in page


def test_a_department_without_clauses_is_told(desk: Desk) -> None:
    Duty.objects.filter(department=desk.world.departments["u01", "经信局"]).delete()
    client = desk.world.client("other_liaison")
    page = client.get(desk.address("workbook")).content.decode()
    assert "还没有分给本部门牵头的条款" in page
    assert client.get(desk.address("workbook_download")).status_code == 409


@pytest.mark.parametrize("who", ["unit_office", "leader", "assessor", "audit_officer"])
def test_who_fills_in_nothing_has_no_workbook(desk: Desk, who: str) -> None:
    client = desk.world.client(who)
    for name in ("workbook", "workbook_download"):
        assert client.get(desk.address(name)).status_code == 403
