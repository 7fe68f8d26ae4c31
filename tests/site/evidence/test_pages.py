"""The pages of evidence: lists, a file, the evidence of a part, the forms on them."""

import json
import re
from typing import Any

import pytest
from django.contrib.messages import get_messages

from evidence.desk import Desk, as_file
from files.making import SOUND, drawn, pdf
from kaohe_web.filing.models import Evidence, EvidenceUse
from kaohe_web.review.models import Assignment

HOSTILE_NAME = "<img src=x onerror=alert(1)>{{7*7}}\u2028.png"


def text_of(answer: Any) -> str:
    """A page."""
    assert answer.status_code == 200
    content: str = answer.content.decode()
    return content


def many(desk: Desk, count: int) -> None:
    """So many files on one part; the first row is copied, as fifty uploads take long."""
    use = desk.give("M8.1", drawn("PNG"), "1.png")
    for number in range(2, count + 1):
        file = use.evidence.file
        file.pk = f"{number:064x}"
        file.save()
        row = use.evidence
        row.pk, row.file, row.name = None, file, f"{number}.png"
        row.save()
        EvidenceUse.objects.create(evidence=row, submission=use.submission)


QUERIES = {
    ("liaison", "evidence"): 16,
    ("office", "evidence"): 16,
    ("assessor", "evidence"): 16,
    ("liaison", "evidence_of_part"): 26,
    ("office", "evidence_of_part"): 17,
}


@pytest.mark.parametrize("case", QUERIES, ids=" ".join)
@pytest.mark.parametrize("count", [1, 50])
def test_lists_ask_as_much_for_fifty_files_as_for_one(
    desk: Desk, case: tuple[str, str], count: int, django_assert_num_queries: Any
) -> None:
    who, name = case
    many(desk, count)
    if who == "assessor":
        desk.submit("M8.1")
    client = desk.world.client(who)
    address = desk.address(name) if name == "evidence" else desk.of_part(name)
    client.get(address)
    with django_assert_num_queries(QUERIES[case]):
        page = text_of(client.get(address))
    assert page.count(".png</a>") == count


def test_a_list_is_narrowed_by_its_address(desk: Desk) -> None:
    desk.give("M8.1", drawn("PNG"), "照片.png", label="sensitive")
    desk.give("M9", pdf(1), "方案.pdf")
    desk.give("M9", drawn("PNG", (3, 3)), "城西.png", who="foreign_liaison", unit=1)
    client = desk.world.client("office")

    def names(query: str) -> list[str]:
        page = text_of(client.get(desk.address("evidence") + query))
        return sorted(re.findall(r">([^<>]+\.(?:png|pdf))</a>", page))

    units = desk.world.assessed
    assert names("") == ["城西.png", "方案.pdf", "照片.png"]
    assert names("?part=M9") == ["城西.png", "方案.pdf"]
    assert names("?label=sensitive") == ["照片.png"]
    assert names(f"?unit={units[1].pk}&part=M9") == ["城西.png"]
    assert names("?words=方案") == ["方案.pdf"]
    assert names("?state=withdrawn") == []
    assert names("?unit=x%27--&label=1&page=zzz") == ["城西.png", "方案.pdf", "照片.png"]


def test_an_empty_list_says_what_to_do_next(desk: Desk) -> None:
    page = text_of(desk.world.client("liaison").get(desk.address("evidence")))
    assert "部门在填报条款的页面上传" in page


def test_a_file_opens_at_the_page_it_is_pointed_to(desk: Desk) -> None:
    use = desk.give("M8.1", pdf(5), "五页.pdf")
    client = desk.world.client("liaison")
    answer = client.post(
        desk.address("evidence_point", pk=use.pk), {"version": 1, "page": 4, "note": "签字页"}
    )
    assert answer.status_code == 302
    part = text_of(client.get(desk.of_part("evidence_of_part")))
    assert f"{desk.address('evidence_item', pk=use.evidence.pk)}?page=4" in part
    page = text_of(client.get(desk.address("evidence_item", pk=use.evidence.pk) + "?page=4"))
    assert desk.address("evidence_preview", pk=use.evidence.pk, number=4) in page
    assert "第 4 页，共 5 页" in page
    for asked, shown in (("0", 1), ("99", 5), ("x", 1), ("４", 1), ("9" * 30, 1)):
        page = text_of(
            client.get(desk.address("evidence_item", pk=use.evidence.pk), {"page": asked})
        )
        assert f"第 {shown} 页，共 5 页" in page


def test_a_part_of_a_page_gets_only_the_picture(desk: Desk) -> None:
    row = desk.give("M8.1", pdf(2)).evidence
    answer = desk.world.client("liaison").get(
        desk.address("evidence_item", pk=row.pk) + "?page=2", headers={"HX-Request": "true"}
    )
    page = text_of(answer)
    assert "<html" not in page
    assert 'hx-target="closest .preview"' in page


@pytest.mark.parametrize(
    ("content", "name", "words"),
    [
        (SOUND["docx"], "文档.docx", "这种文件不能在页面里预览；请下载后查看"),
        (SOUND["ofd"], "版式.ofd", "这种文件不能在页面里预览；请下载后查看"),
    ],
)
def test_what_cannot_be_shown_is_told(desk: Desk, content: bytes, name: str, words: str) -> None:
    row = desk.give("M8.1", content, name).evidence
    page = text_of(desk.world.client("liaison").get(desk.address("evidence_item", pk=row.pk)))
    assert words in page
    assert "<img" not in page


def test_a_page_that_is_not_there_is_told(desk: Desk) -> None:
    row = desk.give("M8.1", pdf(2)).evidence
    for number in (0, 3, 10**9):
        answer = desk.world.client("liaison").get(
            desk.address("evidence_preview", pk=row.pk, number=number)
        )
        assert answer.status_code == 422


def test_uploading_says_where_the_file_was_given_before(desk: Desk) -> None:
    desk.give("M9", pdf(2), "方案.pdf")
    desk.give("M10", pdf(2), "同一份.pdf", who="other_liaison")
    client = desk.world.client("liaison")
    answer = client.post(
        desk.of_part("evidence_upload"),
        {"label": "internal", "file": as_file(pdf(2), "再传.pdf")},
    )
    said = [str(message) for message in get_messages(answer.wsgi_request)]
    assert said == ["这份文件已用于第 9 条，本条直接引用，没有重复存放：方案.pdf"]


def test_a_wrong_period_is_told_and_nothing_is_taken(desk: Desk) -> None:
    data = {
        "label": "internal",
        "period_first": "2017-02-01",
        "period_last": "2017-01-01",
        "file": as_file(pdf(1), "a.pdf"),
    }
    page = desk.world.client("liaison").post(desk.of_part("evidence_upload"), data)
    assert (page.status_code, "末日早于首日" in page.content.decode()) == (422, True)
    assert desk.nothing_is_there()


def test_T23_what_a_form_does_not_ask_is_not_taken(desk: Desk) -> None:
    other = desk.world.departments["u02", "市监局"]
    data = {
        "label": "internal",
        "file": as_file(pdf(1), "a.pdf"),
        "department": other.pk,
        "uploaded_by": "别人",
        "replaces": 1,
        "version": 7,
    }
    desk.world.client("liaison").post(desk.of_part("evidence_upload"), data)
    row = Evidence.objects.get()
    assert (row.department, row.version, row.replaces) == (
        desk.world.departments["u01", "市监局"],
        1,
        None,
    )
    assert (
        desk.world.client("liaison")
        .post(desk.of_part("evidence_upload"), {"label": "公开", "file": as_file(pdf(2), "b.pdf")})
        .status_code
        == 422
    )


def test_choosing_a_file_that_is_there(desk: Desk) -> None:
    row = desk.give("M9", pdf(2), "方案.pdf").evidence
    desk.give("M10", pdf(3), "别的部门.pdf", who="other_liaison")
    client = desk.world.client("liaison")
    page = text_of(client.get(desk.of_part("evidence_choose")))
    assert ("方案.pdf" in page, "别的部门.pdf" in page, "第 9 条" in page) == (True, False, True)
    answer = client.post(desk.of_part("evidence_attach"), {"evidence": row.pk, "page": 2})
    assert answer.status_code == 302
    assert [(use.submission.part, use.page) for use in row.uses.order_by("pk")] == [
        ("M9", None),
        ("M8.1", 2),
    ]
    client.get(desk.address("evidence"))
    assert "方案.pdf" not in text_of(client.get(desk.of_part("evidence_choose")))
    wrong = client.post(desk.of_part("evidence_attach"), {"evidence": row.pk, "page": "-1"})
    assert wrong.status_code == 422


def test_describing_replacing_taking_off_and_withdrawing_on_the_page(desk: Desk) -> None:
    use = desk.give("M8.1", pdf(2), "旧.pdf")
    row, client = use.evidence, desk.world.client("liaison")
    data = {"version": 1, "label": "sensitive", "period_first": "2016-09-01", "period_last": ""}
    assert client.post(desk.address("evidence_describe", pk=row.pk), data).status_code == 302
    stale = client.post(
        desk.address("evidence_describe", pk=row.pk), {**data, "period_first": "2017-01-01"}
    )
    assert stale.status_code == 409
    wrong = client.post(desk.address("evidence_describe", pk=row.pk), {**data, "label": "x"})
    assert wrong.status_code == 422
    new = {"file": as_file(pdf(3), "新.pdf")}
    assert client.post(desk.address("evidence_replace", pk=row.pk), new).status_code == 302
    latest = Evidence.objects.get(name="新.pdf")
    old_page = text_of(client.get(desk.address("evidence_item", pk=row.pk)))
    assert "这份材料已有新版本" in old_page
    page = text_of(client.get(desk.address("evidence_item", pk=latest.pk)))
    assert "历次版本" in page
    assert client.post(desk.address("evidence_detach", pk=use.pk)).status_code == 302
    assert not EvidenceUse.objects.exists()
    assert client.post(desk.address("evidence_withdraw", pk=latest.pk)).status_code == 302
    assert "已撤下" in text_of(client.get(desk.address("evidence_item", pk=latest.pk)))
    assert "旧.pdf" in text_of(client.get(desk.address("evidence") + "?state=old"))


def test_T40_a_name_is_shown_literally_wherever_it_stands(desk: Desk) -> None:
    row = desk.give("M8.1", drawn("PNG"), "x.png").evidence
    row.name = HOSTILE_NAME
    row.save(update_fields=["name"])
    use = row.uses.get()
    use.note = '" onmouseover=alert(1) x="</textarea><script>alert(2)</script>'
    use.save(update_fields=["note"])
    client = desk.world.client("liaison")
    other = desk.of_part("evidence_choose", "M9")
    for address in (
        desk.address("evidence"),
        desk.of_part("evidence_of_part"),
        desk.of_part("clause"),
        desk.address("evidence_item", pk=row.pk),
        other,
    ):
        page = text_of(client.get(address))
        assert "&lt;img src=x onerror=alert(1)&gt;{{7*7}}" in page
        assert "<img src=x" not in page
        assert "<script>alert(2)" not in page
        assert " onmouseover=alert(1) x=" not in page.replace("&quot; onmouseover=alert(1)", "")


def test_every_page_that_takes_files_says_what_must_not_be_sent(desk: Desk) -> None:
    row = desk.give("M8.1", pdf(1)).evidence
    client = desk.world.client("liaison")
    for address in (
        desk.of_part("clause"),
        desk.of_part("evidence_of_part"),
        desk.address("evidence_item", pk=row.pk),
        desk.address("unit_papers", assessed_id=desk.world.assessed[0].pk),
        desk.address("workbook"),
    ):
        assert "涉密信息不上网" in text_of(client.get(address))


def test_a_closed_part_says_why_and_offers_nothing(desk: Desk) -> None:
    desk.give("M8.1", pdf(1))
    desk.submit("M8.1")
    page = text_of(desk.world.client("liaison").get(desk.of_part("evidence_of_part")))
    assert "这一条已提交考核办；要修改，请考核办退回" in page
    assert ("data-drop" in page, "定位" in page) == (False, False)
    answer = desk.world.client("liaison").post(
        desk.of_part("evidence_upload"), {"label": "internal", "file": as_file(pdf(2), "b.pdf")}
    )
    assert answer.status_code == 409
    assert Evidence.objects.count() == 1


def test_a_file_of_closed_parts_says_why_it_cannot_be_replaced_or_withdrawn(desk: Desk) -> None:
    use = desk.give("M8.1", pdf(1))
    address, client = (
        desk.address("evidence_item", pk=use.evidence_id),
        desk.world.client("liaison"),
    )
    asked = [
        desk.address(name, pk=use.evidence_id) for name in ("evidence_replace", "evidence_withdraw")
    ]
    page = client.get(address).content.decode()
    assert [each in page for each in asked] == [True, True]
    desk.submit("M8.1")
    page = client.get(address).content.decode()
    assert [each in page for each in asked] == [False, False]
    assert "这一条已提交考核办；要修改，请考核办退回" in page


def test_a_script_is_answered_in_json(desk: Desk) -> None:
    answer = desk.world.client("liaison").post(
        desk.of_part("evidence_upload"),
        {"label": "internal", "file": as_file(pdf(1), "a.pdf")},
        headers={"Accept": "application/json"},
    )
    assert (answer.status_code, json.loads(answer.content)) == (200, {})


def test_an_assessor_looks_at_evidence_beside_judging(desk: Desk) -> None:
    desk.give("M8.1", SOUND["docx"], "文档.docx")
    shown = desk.give("M8.1", pdf(3), "先看这份.pdf")
    shown.page = 2
    shown.save(update_fields=["page"])
    desk.submit("M8.1")
    mark = Assignment.objects.get(assessed=desk.world.assessed[0], part="M8.1")
    client = desk.world.client("assessor")
    page = text_of(client.get(desk.address("mark", assignment_id=mark.pk)))
    address = desk.address("evidence_item", pk=shown.evidence.pk)
    assert f'hx-get="{address}?page=2" hx-target="#evidence-pane"' in page
    assert desk.address("evidence_preview", pk=shown.evidence.pk, number=2) in page
    assert "data-drop" not in page
