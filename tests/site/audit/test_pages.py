"""The trail's pages: read, filtered, exported and verified by the audit officer alone."""

import csv
import datetime as dt
import io
import json
from typing import Any

import pytest
from django.test import Client
from openpyxl import load_workbook
from pytest_django import DjangoAssertNumQueries

from kaohe_web.audit import trail
from kaohe_web.audit.anchor import anchor
from kaohe_web.audit.models import Entry
from kaohe_web.jobs import registry
from kaohe_web.jobs.models import Job, Notice
from kaohe_web.jobs.worker import Worker
from kaohe_web.people.actor import Nobody
from world import NOW, World

OTHERS = [
    "office",
    "leader",
    "unit_office",
    "liaison",
    "provider",
    "assessor",
    "system_officer",
    "security_officer",
]


def record(number: int = 1, **values: Any) -> Entry:
    """An entry of the trail."""
    who = {"login": "shili", "name": "示例", "title": "考核办"} | values.pop("who", {})
    return trail.record(
        values.pop("what", "urge.sent"),
        trail.What(
            "cycles.cycle", "7", values.pop("thing", f"第 {number} 年"), values.pop("cycle", "")
        ),
        by=Nobody(**who),
        at=values.pop("at", NOW),
        **values,
    )


@pytest.fixture
def officer(world: World) -> Client:
    """The audit officer's browser."""
    return world.client("audit_officer")


def numbers(client: Client, query: str) -> list[int]:
    """The entries on the page, by their numbers."""
    answer = client.get(f"/audit/{query}")
    assert answer.status_code == 200
    return [row.seq for row, _what in answer.context["rows"]]


@pytest.mark.parametrize("who", OTHERS)
@pytest.mark.parametrize(
    "path", ["/audit/", "/audit/1/", "/audit/export/", "/audit/export/?form=xlsx"]
)
def test_nobody_but_the_audit_officer_reads_the_trail(world: World, who: str, path: str) -> None:
    record(reason="只有审计管理员看得到")
    answer = world.client(who).get(path)
    assert answer.status_code == 403
    assert "只有审计管理员看得到" not in answer.content.decode()
    last = Entry.objects.order_by("-seq")[0]
    assert (last.what, last.outcome, last.object_name) == (
        "page.refused",
        "refused",
        path.partition("?")[0],
    )


def test_the_latest_entries_come_first_in_words(officer: Client) -> None:
    record(1, reason="请抓紧")
    record(2, what="page.refused", outcome="refused")
    answer = officer.get("/audit/")
    assert numbers(officer, "") == [2, 1]
    text = answer.content.decode()
    assert all(said in text for said in ("催办", "请抓紧", "访问页面", "第 2 年", "拒绝"))


def test_entries_are_found_by_who_what_outcome_object_year_and_days(
    officer: Client, world: World
) -> None:
    year = str(world.cycle.pk)
    record(1, who={"login": "zhang", "name": "张（示例）"})
    record(2, what="audit.exported", outcome="refused", at=NOW + dt.timedelta(days=1))
    record(3, thing="城东区（示例）", cycle=year, at=NOW + dt.timedelta(days=2))
    queries = {
        "": [3, 2, 1],
        "?who=zhang": [1],
        "?who=张": [1],
        "?who=考核办": [3, 2, 1],
        "?what=audit.exported": [2],
        "?outcome=refused": [2],
        "?outcome=done": [3, 1],
        "?thing=城东": [3],
        "?thing=7": [3, 2, 1],
        f"?cycle={year}": [3],
        "?first=2017-10-21": [3, 2],
        "?last=2017-10-21": [2, 1],
        "?first=2017-10-21&last=2017-10-21": [2],
        "?who=nobody": [],
        "?what=no.such": [3, 2, 1],
    }
    assert {query: numbers(officer, query) for query in queries} == queries


def test_an_empty_trail_and_an_empty_search_say_what_to_do(officer: Client) -> None:
    assert "还没有留痕" in officer.get("/audit/").content.decode()
    record()
    assert "没有符合条件的留痕" in officer.get("/audit/?who=nobody").content.decode()


@pytest.mark.parametrize("rows", [1, 50])
def test_one_entry_or_fifty_take_the_same_queries(
    officer: Client, rows: int, django_assert_num_queries: DjangoAssertNumQueries
) -> None:
    for number in range(rows):
        record(number)
    officer.get("/audit/")
    with django_assert_num_queries(11):
        officer.get("/audit/")


def test_an_entry_is_told_in_words_with_its_place_in_the_chain(officer: Client) -> None:
    first = record(1, reason="请抓紧", details={"to": ["城东区"], "told": 3})
    second = record(2)
    text = officer.get(f"/audit/{first.seq}/").content.decode()
    said = (
        "示例 催办：第 1 年",
        "shili",
        "考核年度",
        "请抓紧",
        "通知人数",
        first.previous,
        first.hash,
        f"/audit/{second.seq}/",
    )
    assert [each for each in said if each not in text] == []


def test_an_entry_that_is_not_there_is_404_with_an_entry(officer: Client) -> None:
    record()
    assert officer.get("/audit/99/").status_code == 404
    assert Entry.objects.order_by("-seq")[0].what == "page.refused"


def test_T40_hostile_texts_stand_as_text(officer: Client) -> None:
    record(thing='<script>alert(1)</script>"onmouseover=')
    for path in ("/audit/", "/audit/1/"):
        text = officer.get(path).content.decode()
        assert "<script>alert" not in text
        assert "&lt;script&gt;alert(1)&lt;/script&gt;" in text


def test_T09_the_trail_leaves_as_csv_in_which_nothing_is_a_formula(officer: Client) -> None:
    record(1, reason="=1+1")
    record(2, what="audit.exported", outcome="refused")
    head = anchor()
    answer = officer.get("/audit/export/?form=csv&what=urge.sent")
    assert answer["Content-Disposition"].startswith("attachment; filename")
    assert answer["Content-Type"] == "text/csv; charset=utf-8"
    rows = list(csv.reader(io.StringIO(answer.content.decode("utf-8-sig"))))
    assert len(rows) == 2
    line = dict(zip(rows[0], rows[1], strict=True))
    assert (line["序号"], line["时间"], line["操作"], line["理由"], line["结果"]) == (
        "1",
        "2017-10-20 10:00:00",
        "催办",
        "'=1+1",
        "成功",
    )
    last = Entry.objects.order_by("-seq")[0]
    assert (last.seq, last.what, last.outcome, last.login) == (
        head.seq + 1,
        "audit.exported",
        "done",
        "audit_officer",
    )
    assert json.loads(last.details) == {"form": "csv", "count": 1, "what": "urge.sent"}


def test_T09_the_trail_leaves_as_a_workbook_with_the_head_of_its_chain(officer: Client) -> None:
    record(1, reason="=1+1")
    head = anchor()
    answer = officer.get("/audit/export/?form=xlsx")
    sheet = load_workbook(io.BytesIO(answer.content)).worksheets[0]
    cells = [str(cell.value) for row in sheet.iter_rows() for cell in row if cell.value is not None]
    assert [
        text for text in ("操作留痕", f"留痕链头：{head}", "催办", "=1+1") if text not in cells
    ] == []
    assert all(cell.data_type != "f" for row in sheet.iter_rows() for cell in row)


def test_only_csv_and_excel_are_offered(officer: Client) -> None:
    assert officer.get("/audit/export/?form=exe").status_code == 422
    last = Entry.objects.order_by("-seq")[0]
    assert (last.what, last.outcome) == ("audit.exported", "refused")


def work() -> None:
    """Do what is asked for in the background."""
    registry.load()
    worker = Worker(clock=lambda: Job.objects.order_by("-run_after")[0].run_after)
    worker.planned = {f"{name}:{day}" for name in registry.KINDS for day in days()}
    while worker.turn():
        pass


def days() -> set[str]:
    """The days on which daily work is not asked for here."""
    return {
        str(job.run_after.date() + dt.timedelta(days=more))
        for job in Job.objects.all()
        for more in (0, 1)
    }


def test_the_officer_has_the_trail_checked_against_an_anchor(officer: Client) -> None:
    record()
    kept = anchor()
    answer = officer.post("/audit/verify/", {"anchors": f"{kept}\n"})
    assert (answer.status_code, answer["Location"]) == (302, "/audit/")
    asked = Entry.objects.order_by("-seq")[0]
    assert (asked.what, json.loads(asked.details)) == (
        "audit.verify_asked",
        {"anchors": {"1": kept.hash}},
    )
    assert officer.get("/audit/").context["under_way"]
    work()
    checked = officer.get("/audit/").context["checked"]
    assert (checked.entries, checked.is_whole, checked.asked_by) == (2, True, "审计管理员（示例）")


def test_a_false_anchor_breaks_the_chain_and_the_officer_is_told(
    officer: Client, world: World
) -> None:
    record()
    officer.post("/audit/verify/", {"anchors": "1=sha256:" + "0" * 64})
    work()
    checked = officer.get("/audit/").context["checked"]
    why = "第 1 条与留在别处的凭据不符：整条链被重写"
    assert (checked.is_whole, checked.broken_at, checked.why) == (False, 1, why)
    notice = Notice.objects.get(post=world.posts["audit_officer"])
    assert (notice.title, notice.text) == ("操作留痕核验未通过", why)
    [todo] = officer.get("/").context["todos"]
    assert (todo["todo"].title, todo["todo"].detail) == ("操作留痕核验未通过", why)


def test_what_is_no_anchor_is_named(officer: Client) -> None:
    record()
    answer = officer.post("/audit/verify/", {"anchors": "1=md5:00"})
    assert answer.status_code == 422
    assert answer.context["verifying"].errors["anchors"] == [
        "“1=md5:00”不是凭据；应为 序号=sha256:… ，照原样抄"
    ]
    assert not Job.objects.exists()


@pytest.mark.parametrize("who", OTHERS)
def test_nobody_but_the_audit_officer_asks_for_a_check(world: World, who: str) -> None:
    assert world.client(who).post("/audit/verify/", {"anchors": ""}).status_code == 403
    assert not Job.objects.exists()
