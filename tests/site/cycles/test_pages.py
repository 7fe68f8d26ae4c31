"""The pages of a year's set-up, used as a person uses them: seen, filled in, sent."""

import datetime as dt
from decimal import Decimal
from typing import Any
from urllib.parse import quote

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext
from django.urls import reverse

from cycles.filled import form_of, forms_of, send
from cycles.told import entries, new_year
from kaohe.reading.load import BUILT_IN
from kaohe_web.audit.models import Entry
from kaohe_web.cycles.duties import Division, divisions
from kaohe_web.cycles.models import AssessedUnit, Cycle, Duty, StageKind, Target
from kaohe_web.cycles.stages import Days, days_of
from kaohe_web.cycles.units import Taking, takings
from kaohe_web.people.models import Department, Provider, Unit
from kaohe_web.results.models import ScoringRun
from kaohe_web.rubrics.models import RubricEdition
from rubrics.texts import TEXT
from world import NOW, World


def get(client: Client, name: str, query: str = "", /, **kwargs: Any) -> Any:
    """A page by the name of its address."""
    return client.get(reverse(name, kwargs=kwargs) + query)


def text(answer: Any) -> str:
    """What a page holds."""
    return str(answer.content.decode())


def pages_of(year: Cycle, assessed: AssessedUnit) -> dict[str, dict[str, Any]]:
    """Every page of a year that is read, with what its address needs."""
    here = {"cycle_id": year.pk}
    unit = {**here, "assessed_id": assessed.pk}
    return {
        "cycle": here,
        "cycle_details": here,
        "cycle_rubric": here,
        "cycle_edition": here,
        "readings": here,
        "reading": {**here, "reading": "G2.3-overlap"},
        "units": here,
        "duties": here,
        "duties_unit": unit,
        "provided": here,
        "targets": here,
        "targets_file": unit,
        "targets_form": unit,
        "references": here,
        "calendar": here,
        "exceptions": here,
        "exemptions": here,
        "marking_plan": here,
    }


EVERYBODY = {"office", "leader", "unit_office", "liaison", "provider", "assessor"}
OFFICE = {"office"}
WITH_UNITS = {"office", "leader", "unit_office", "liaison"}
READERS = {
    "cycle_details": OFFICE,
    "cycle_edition": OFFICE,
    "units": OFFICE,
    "provided": OFFICE,
    "exceptions": OFFICE,
    "marking_plan": OFFICE,
    "duties": WITH_UNITS,
    "duties_unit": WITH_UNITS,
    "targets": WITH_UNITS,
    "targets_file": WITH_UNITS,
    "targets_form": WITH_UNITS,
}


@pytest.mark.parametrize("name", sorted(EVERYBODY | {"audit_officer"}))
def test_T21_each_page_of_a_year_is_for_whom_it_is(world: World, name: str) -> None:
    client = world.client(name)
    pages = pages_of(world.cycle, world.assessed[0])
    seen = {
        page for page, kwargs in pages.items() if get(client, page, **kwargs).status_code == 200
    }
    assert seen == {page for page in pages if name in READERS.get(page, EVERYBODY)}


def test_T22_another_units_pages_are_not_there_and_it_is_noted(world: World) -> None:
    client, foreign = world.client("unit_office"), world.assessed[1]
    for page in ("duties_unit", "targets_file", "targets_form"):
        answer = get(client, page, cycle_id=world.cycle.pk, assessed_id=foreign.pk)
        assert answer.status_code == 404
        assert "城西区" not in text(answer)
    assert [login for login, *_ in entries("page.refused")] == ["unit_office"] * 3


def test_T22_a_year_that_is_being_set_up_is_not_there_for_others(world: World) -> None:
    year = new_year(world)
    for name in ("leader", "unit_office", "liaison", "provider", "assessor"):
        assert get(world.client(name), "cycle", cycle_id=year.pk).status_code == 404
    listed = text(get(world.client("liaison"), "cycles"))
    assert "2016-2017 年度（示例）" in listed
    assert "2017-2018" not in listed


def test_T22_a_unit_of_another_year_is_not_reached_through_this_one(world: World) -> None:
    stranger = new_year(world).units.create(unit=world.units[0], group="示例市")
    answer = get(
        world.client("office"), "duties_unit", cycle_id=world.cycle.pk, assessed_id=stranger.pk
    )
    assert answer.status_code == 404


def test_T32_no_page_of_reading_writes_anything(world: World) -> None:
    client = world.client("office")
    for page, kwargs in pages_of(world.cycle, world.assessed[0]).items():
        assert get(client, page, **kwargs).status_code == 200
    assert get(client, "rubric", pk=world.edition.pk).status_code == 200
    assert not Entry.objects.exists()


def test_an_empty_installation_says_what_to_do_next(world: World) -> None:
    Duty.objects.all().delete()
    Cycle.objects.all().delete()
    client = world.client("office")
    assert "还没有考核年度" in text(get(client, "cycles"))
    RubricEdition.objects.all().delete()
    assert "先采用一个评分细则的版次" in text(get(client, "cycles"))
    assert "还没有采用评分细则" in text(get(client, "rubrics"))
    assert "考核年度要用一个已采用的版次" in text(get(client, "cycle_new"))
    assert "您现在没有参加的考核年度" in text(get(world.client("liaison"), "cycles"))


def offered(content: str, name: str = "small.yaml") -> dict[str, SimpleUploadedFile]:
    """A file as a browser sends it."""
    return {"file": SimpleUploadedFile(name, content.encode())}


def test_a_rubric_is_uploaded_mended_in_the_page_and_adopted(world: World) -> None:
    client = world.client("office")
    broken = TEXT.replace("points: 3\n        lead: [甲局, 乙局]", "points: 三\n        lead: 甲局")
    answer = client.post(reverse("rubric_check"), offered(broken))
    assert answer.status_code == 422
    assert "small.yaml:27:17" in text(answer)
    assert "points: 三" in text(answer)

    form = form_of(answer, "/adopt/check/")
    assert form.fields["text"] == [broken]
    form.put("text", TEXT)
    answer = send(client, form)
    assert answer.status_code == 200
    assert "可以采用" in text(answer)

    form = form_of(answer, "/adopt/save/")
    form.put("note", "示政发 1 号")
    answer = send(client, form)
    edition = RubricEdition.objects.get(rubric="small-example")
    assert (answer.status_code, answer["Location"]) == (302, f"/rubrics/{edition.pk}/")
    assert (edition.source, edition.note) == ("small.yaml", "示政发 1 号")


def test_errors_that_no_reading_settles_are_adopted_with_a_reason_each(world: World) -> None:
    client = world.client("office")
    silent = TEXT.replace('award: {"[80, ∞)": 3, "(-∞, 80)": 0}', 'award: {"[80, ∞)": 3}')
    form = form_of(client.post(reverse("rubric_check"), offered(silent)), "/adopt/save/")
    answer = send(client, form)
    assert answer.status_code == 422
    assert "请写明为什么保留这个问题" in text(answer)
    form = form_of(answer, "/adopt/save/")
    form.put("reason0", "原文如此")
    assert send(client, form).status_code == 302
    edition = RubricEdition.objects.get(rubric="small-example")
    assert list(edition.accepted.values_list("code", "reason")) == [("K203", "原文如此")]
    assert "原文如此" in text(get(client, "rubric", "?view=findings", pk=edition.pk))


def test_a_built_in_rubric_that_was_adopted_is_not_offered_again(world: World) -> None:
    client = world.client("office")
    answer = client.post(reverse("rubric_check"), {"built_in": "shuangtaizi-2017"})
    assert "这份细则已经采用过，内容完全相同" in text(answer)
    assert [form.action for form in forms_of(answer) if "/adopt/" in form.action] == []
    other = client.post(reverse("rubric_check"), {"built_in": "example-county"})
    assert send(client, form_of(other, "/adopt/save/")).status_code == 302


@pytest.mark.parametrize(
    ("name", "content", "said"),
    [
        ("x.docx", TEXT.encode(), "评分细则应是 .yaml 文件；请核对文件，或改正文件名"),
        ("x.yaml", b"a: 1\n" * 300_000, "文件超过 1 MB，不像是评分细则"),
        ("x.yaml", "rubric: 示例".encode("gb18030"), "从这里起不是 UTF-8 文字"),
    ],
    ids=["other type", "too long", "other encoding"],
)
def test_T15_a_file_that_is_no_rubric_is_told_at_its_field(
    world: World, name: str, content: bytes, said: str
) -> None:
    answer = world.client("office").post(
        reverse("rubric_check"), {"file": SimpleUploadedFile(name, content)}
    )
    assert answer.status_code == 422
    assert said in text(answer)


@pytest.mark.parametrize("name", ["leader", "unit_office", "liaison", "provider", "assessor"])
def test_T25_only_the_office_reaches_adopting(world: World, name: str) -> None:
    client = world.client(name)
    assert get(client, "rubric_adopt").status_code == 403
    assert client.post(reverse("rubric_check"), offered(TEXT)).status_code == 403
    assert client.post(reverse("rubric_adopt_save"), {"text": TEXT}).status_code == 403
    assert RubricEdition.objects.count() == 1


def test_the_yaml_of_an_edition_is_handed_out_as_a_file(world: World) -> None:
    answer = get(world.client("leader"), "rubric_yaml", pk=world.edition.pk)
    assert answer.content.decode() == world.edition.text
    assert answer["Content-Disposition"].startswith("attachment; ")
    assert len(entries("rubric.downloaded")) == 1


def test_two_editions_are_laid_side_by_side(world: World) -> None:
    client = world.client("office")
    source = (BUILT_IN / "shuangtaizi-2017.yaml").read_text("utf-8")
    changed = source.replace("title: 水利建设质量情况", "title: 水利工程质量情况")
    send(
        client,
        form_of(client.post(reverse("rubric_check"), offered(changed)), "/adopt/save/"),
    )
    other = RubricEdition.objects.exclude(pk=world.edition.pk).get()
    said = text(get(client, "rubric_diff", f"?old={world.edition.pk}&new={other.pk}"))
    assert '<span class="removed">水利建设质量情况</span>' in said
    assert '<span class="added">水利工程质量情况</span>' in said
    answer = get(client, "cycle_edition", f"?edition={other.pk}", cycle_id=world.cycle.pk)
    form = form_of(answer, "/edition/save/")
    form.put("reason", "")
    assert send(client, form).status_code == 422
    form.put("reason", "名称订正")
    assert send(client, form).status_code == 302
    world.cycle.refresh_from_db()
    assert world.cycle.edition == other


def test_a_year_is_set_up_and_opened_by_its_pages(world: World) -> None:
    client = world.client("office")
    paste(client, "units_paste", "u09 新城区（示例）")
    unit = Unit.objects.get(code="u09")
    names = "市监局，区市监局\n经信局\n农经局，区农经局\n政府办"
    paste(client, "departments_paste", names, pk=unit.pk)
    paste(client, "providers_paste", "市质监局\n市水利局\n市旅发委")

    form = form_of(get(client, "cycle_new"), "/cycles/create/")
    form.put("name", "2017-2018 年度（示例）")
    form.put("scope", "district")
    form.put("edition", str(world.edition.pk))
    assert send(client, form).status_code == 302
    year = Cycle.objects.get(name="2017-2018 年度（示例）")
    here = {"cycle_id": year.pk}
    assert "启动前还缺" in text(get(client, "cycle", **here))

    form = form_of(get(client, "units", **here), "/units/save/")
    form.put_row("-position", "4", {"part": "on", "group": "示例市"})
    assert send(client, form).status_code == 302
    assert takings(year) == {unit.pk: Taking("示例市", "", 4)}

    form = form_of(get(client, "calendar", **here), "/calendar/save/")
    for number, kind in enumerate(StageKind):
        first = dt.date(2020 + number, 1, 1)
        form.put(f"row{number}-first", first.isoformat())
        form.put(f"row{number}-last", (first + dt.timedelta(30)).isoformat())
        assert kind in StageKind
    assert send(client, form).status_code == 302
    assert len(days_of(year)) == 7

    assert client.post(reverse("duties_prefill", kwargs=here)).status_code == 302
    assert client.post(reverse("provided_prefill", kwargs=here)).status_code == 302
    assessed = year.units.get()
    page = get(client, "duties_unit", **here, assessed_id=assessed.pk)
    office = str(Department.objects.get(unit=unit, name="政府办").pk)
    for form in forms_of(page):
        if form.action.endswith("/name/"):
            form.put("department", office)
            send(client, form)
    said = text(get(client, "cycle", **here))
    assert "设置齐全，可以启动。" in said

    form = form_of(get(client, "cycle", **here), "/open/")
    assert send(client, form).status_code == 302
    year.refresh_from_db()
    assert year.state == Cycle.State.OPEN


def paste(client: Client, name: str, lines: str, **kwargs: Any) -> None:
    """Paste a list into its page."""
    assert client.post(reverse(name, kwargs=kwargs), {"text": lines}).status_code == 302


def test_opening_too_early_is_a_page_that_names_everything(world: World) -> None:
    year = new_year(world)
    answer = world.client("office").post(
        reverse("cycle_open", kwargs={"cycle_id": year.pk}), {"version": "1"}
    )
    assert answer.status_code == 422
    assert "还没有被考核单位" in text(answer)
    assert "还没有“自我评价”环节的起止日期" in text(answer)


def test_T56_a_table_sends_only_the_lines_that_were_changed(world: World) -> None:
    """Two people open the same page, each changes another line; then both change one line."""
    client, here = world.client("office"), {"cycle_id": new_year(world).pk}
    first = form_of(get(client, "marking_plan", **here), "/marking/save/")
    second = form_of(get(client, "marking_plan", **here), "/marking/save/")
    names = [name for name in first.fields if name.endswith("-marks") and "initial" not in name]
    first.put(names[0], "2")
    second.put(names[1], "2")
    assert (send(client, first).status_code, send(client, second).status_code) == (302, 302)
    year = Cycle.objects.get(pk=here["cycle_id"])
    assert year.marking.filter(marks=2).count() == 2
    second.put(names[0], "1")
    third = form_of(get(client, "marking_plan", **here), "/marking/save/")
    phrases = names[0].replace("-marks", "-phrases")
    second.put(phrases, "另一种理由")
    answer = send(client, second)
    assert answer.status_code == 409
    assert "另一种理由" in text(answer)
    third.put(phrases, "第三种理由")
    assert send(client, third).status_code == 302


def test_a_units_duties_are_changed_in_their_table(world: World) -> None:
    client, unit = world.client("unit_office"), world.assessed[0]
    here = {"cycle_id": world.cycle.pk, "assessed_id": unit.pk}
    page = get(client, "duties_unit", **here)
    economy = world.departments["u01", "经信局"]
    form = form_of(page, f"/duties/{unit.pk}/save/")
    parts = [part.id for part in world.rubric.all_parts() if part.filing == "units"]
    row = f"row{parts.index('M13')}"
    market = form.fields[f"{row}-lead"][0]
    form.put(f"{row}-lead", str(economy.pk))
    form.fields[f"{row}-supporting"] = [market]
    assert send(client, form).status_code == 302
    assert divisions(unit)["M13"] == Division(economy.pk, (int(market),))
    again = form_of(get(client, "duties_unit", **here), f"/duties/{unit.pk}/save/")
    assert again.fields[f"{row}-supporting"] == [market]
    assert send(client, again).status_code == 302
    assert len(entries("duties.divided")) == 1


def test_T23_what_a_unit_may_not_say_is_ignored(world: World) -> None:
    client, unit = world.client("unit_office"), world.assessed[0]
    Target.objects.filter(assessed=unit).delete()
    here = {"cycle_id": world.cycle.pk, "assessed_id": unit.pk}
    form = form_of(get(client, "targets_file", **here), f"/units/{unit.pk}/file/")
    form.put("manufacturing_pass_rate-value", "９５．５")
    form.put("manufacturing_pass_rate-basis", "示政发 1 号")
    answer = send(
        client, form, **{"manufacturing_pass_rate-state": "confirmed", "state": "confirmed"}
    )
    assert answer.status_code == 302
    target = Target.objects.get(assessed=unit)
    assert (target.value, target.state) == (Decimal("95.5"), "filed")


def test_a_target_is_filed_confirmed_and_returned_by_the_pages(world: World) -> None:
    unit_client, client = world.client("unit_office"), world.client("office")
    unit = world.assessed[0]
    Target.objects.filter(assessed=unit).delete()
    here = {"cycle_id": world.cycle.pk}
    page = get(unit_client, "targets_file", **here, assessed_id=unit.pk)
    form = form_of(page, f"/units/{unit.pk}/file/")
    form.put("manufacturing_pass_rate-value", "九十五")
    answer = send(unit_client, form)
    assert answer.status_code == 422
    assert "“九十五”不是普通十进制数" in text(answer)
    form.put("manufacturing_pass_rate-value", "95")
    form.put("manufacturing_pass_rate-basis", "示例")
    assert send(unit_client, form).status_code == 302
    target = Target.objects.get(assessed=unit)

    page = get(client, "targets", **here)
    assert send(client, form_of(page, f"/targets/{target.pk}/confirm/")).status_code == 302
    back = form_of(get(client, "targets", **here), f"/targets/{target.pk}/return/")
    back.put("reason", "偏低")
    assert send(client, back).status_code == 302
    target.refresh_from_db()
    assert (target.state, target.note) == ("returned", "偏低")
    assert "偏低" in text(get(unit_client, "targets_file", **here, assessed_id=unit.pk))


def test_the_printed_form_holds_the_target_and_places_for_the_seals(world: World) -> None:
    unit = world.assessed[0]
    said = text(
        get(
            world.client("unit_office"),
            "targets_form",
            cycle_id=world.cycle.pk,
            assessed_id=unit.pk,
        )
    )
    for words in ("目标备案表", "城东区（示例）", "95%", "（单位公章）", "（考核办公章）"):
        assert words in said


def test_exceptions_and_exemptions_are_given_and_taken_back_by_their_pages(world: World) -> None:
    client, here = world.client("office"), {"cycle_id": world.cycle.pk}
    form = form_of(get(client, "exceptions", **here), "/exceptions/grant/")
    form.put("stage", "filing")
    form.put("unit", str(world.assessed[0].pk))
    form.put("last_day", "2028-03-01")
    form.put("reason", "系统故障")
    assert send(client, form).status_code == 302
    row = world.cycle.stage_exceptions.get()
    form = form_of(get(client, "exceptions", **here), f"/exceptions/{row.pk}/withdraw/")
    form.put("reason", "批错了")
    assert send(client, form).status_code == 302
    row.refresh_from_db()
    assert row.withdrawn_why == "批错了"

    form = form_of(get(client, "exemptions", **here), "/exemptions/approve/")
    form.put("unit", str(world.assessed[0].pk))
    form.put("part", "G2.3")
    form.put("reason", "没有水产养殖")
    assert send(client, form).status_code == 302
    exempt = world.cycle.exemptions.get()
    form = form_of(get(client, "exemptions", **here), f"/exemptions/{exempt.pk}/lift/")
    form.put("reason", "新建养殖场")
    assert send(client, form).status_code == 302
    assert not world.cycle.exemptions.exists()


def test_T22_units_see_only_their_own_exemptions(world: World) -> None:
    for unit, reason in zip(world.assessed, ("甲由", "乙由", "丙由"), strict=True):
        world.cycle.exemptions.create(assessed=unit, part="G2.3", reason=reason, by="示例", at=NOW)
    said = text(get(world.client("liaison"), "exemptions", cycle_id=world.cycle.pk))
    assert [reason for reason in ("甲由", "乙由", "丙由") if reason in said] == ["甲由"]


def test_a_reading_is_settled_by_its_page(world: World) -> None:
    client, here = world.client("office"), {"cycle_id": world.cycle.pk}
    page = get(client, "reading", **here, reading="G2.2-below")
    assert "尚未定" in text(page)
    form = form_of(page, "/G2.2-below/settle/")
    assert send(client, form).status_code == 422
    for name, value in (("choice", "zero"), ("why", "会议定"), ("signer", "主任（示例）")):
        form.put(name, value)
    assert send(client, form).status_code == 302
    assert world.cycle.readings.get().choice == "zero"
    assert "主任（示例）" in text(get(world.client("liaison"), "readings", **here))
    assert get(client, "reading", **here, reading="nothing").status_code == 404


def test_a_change_after_a_run_says_that_results_must_be_run_again(world: World) -> None:
    ScoringRun.objects.create(
        cycle=world.cycle,
        number=1,
        edition=world.edition,
        readings="{}",
        inputs="{}",
        result="{}",
        digest="sha256:0",
        reason="示例",
        made_by="示例",
        made_at=NOW,
    )
    client, here = world.client("office"), {"cycle_id": world.cycle.pk}
    page = get(client, "reading", **here, reading="G3-fifth")
    assert "改动后要重新计算一次成绩" in text(page)
    form = form_of(page, "/G3-fifth/settle/")
    for name, value in (("choice", "more-than"), ("why", "会议定"), ("signer", "主任（示例）")):
        form.put(name, value)
    answer = client.post(form.action, form.fields, follow=True)
    assert "口径已改；已有的计分结果不会自动改变，请重新计算一次成绩" in text(answer)
    for page_name in ("references", "exemptions"):
        assert "改动后要重新计算一次成绩" in text(get(client, page_name, **here))


def test_a_new_year_is_offered_last_years_days(world: World) -> None:
    year = new_year(world)
    Cycle.objects.filter(pk=year.pk).update(before=world.cycle)
    client, here = world.client("office"), {"cycle_id": year.pk}
    assert "照上年填入" in text(get(client, "calendar", **here))
    form = form_of(get(client, "calendar", "?suggested", **here), "/calendar/save/")
    assert days_of(year) == {}
    assert send(client, form).status_code == 302
    expected = Days(dt.date(2018, 10, 1), dt.date(2028, 12, 31))
    assert days_of(year) == dict.fromkeys(StageKind, expected)


def test_an_archived_year_is_only_read(world: World) -> None:
    Cycle.objects.filter(pk=world.cycle.pk).update(state=Cycle.State.ARCHIVED)
    client = world.client("office")
    for page, kwargs in pages_of(world.cycle, world.assessed[0]).items():
        answer = get(client, page, **kwargs)
        assert answer.status_code == 200
        here = f"/cycles/{world.cycle.pk}/"
        offered_ = [f.action for f in forms_of(answer) if f.action.startswith(here)]
        assert [a for a in offered_ if not a.endswith(("/save/", "/file/"))] == [], page
        if page not in ("cycle_rubric", "targets_form"):
            assert "本考核年度已归档，以下内容只供查阅。" in text(answer), page


HOSTILE = '<script>alert(1)</script>" onmouseover=x {{7*7}} ＜script＞ javascript:x'


def test_T40_hostile_words_are_shown_as_they_are(world: World) -> None:
    Unit.objects.filter(pk=world.units[0].pk).update(name=HOSTILE[:100])
    Department.objects.filter(unit=world.units[0]).update(aliases=HOSTILE)
    Provider.objects.update(aliases=HOSTILE)
    Target.objects.update(basis=HOSTILE, note=HOSTILE)
    world.cycle.readings.create(
        reading="G3-fifth",
        choice="at-least",
        why=HOSTILE,
        signer=HOSTILE,
        document=HOSTILE,
        at=NOW,
    )
    world.cycle.exemptions.create(
        assessed=world.assessed[0], part="G2.3", reason=HOSTILE, by=HOSTILE, at=NOW
    )
    client = world.client("office")
    pages = pages_of(world.cycle, world.assessed[0])
    pages |= {"bodies": {}, "unit": {"pk": world.units[0].pk}}
    for page, kwargs in pages.items():
        said = text(get(client, page, **kwargs))
        assert "<script>alert" not in said, page
        assert 'onmouseover=x"' not in said.replace("&quot;", ""), page
        assert "49" not in said.partition("&lt;script&gt;")[2][:120], page


def test_T40_a_hostile_rubric_is_shown_as_it_is(world: World) -> None:
    client = world.client("office")
    hostile = TEXT.replace("title: 制度建设", f"title: '{HOSTILE}'")
    answer = client.post(reverse("rubric_check"), offered(hostile, "<b>&.yaml"))
    assert "<script>alert" not in text(answer)
    send(client, form_of(answer, "/adopt/save/"))
    edition = RubricEdition.objects.get(rubric="small-example")
    said = text(get(client, "rubric", pk=edition.pk))
    assert "<script>alert" not in said
    assert "&lt;script&gt;alert(1)&lt;/script&gt;" in said


def test_T05_a_reading_of_a_strange_name_leads_nowhere(world: World) -> None:
    client = world.client("office")
    for name in ("..", "%00", "a b", quote("示例")):
        path = f"/cycles/{world.cycle.pk}/readings/{name}/"
        assert client.get(path).status_code == 404


QUERIES = {
    "rubrics": 6,
    "cycles": 7,
    "bodies": 7,
    "unit": 7,
    "units": 11,
    "duties": 9,
    "targets": 12,
    "references": 14,
    "exceptions": 10,
    "exemptions": 13,
    "cycle": 31,
}


@pytest.mark.parametrize("many", [1, 50])
def test_lists_ask_the_database_as_often_for_fifty_rows_as_for_one(world: World, many: int) -> None:
    add(world, many)
    client = world.client("office")
    outside = {"rubrics": {}, "cycles": {}, "bodies": {}, "unit": {"pk": world.units[0].pk}}
    counted = {}
    for page in QUERIES:
        kwargs = outside.get(page, {"cycle_id": world.cycle.pk})
        get(client, page, **kwargs)
        with CaptureQueriesContext(connection) as queries:
            assert get(client, page, **kwargs).status_code == 200
        counted[page] = len(queries)
    assert counted == QUERIES


def add(world: World, many: int) -> None:
    """So many more of everything that stands in a list."""
    stage = world.cycle.stages.get(kind=StageKind.FILING)
    for number in range(many):
        unit = Unit.objects.create(code=f"x{number}", name=f"示例单位{number}")
        assessed = world.cycle.units.create(unit=unit, group=f"组{number}")
        department = Department.objects.create(unit=unit, name="市监局")
        Department.objects.create(unit=world.units[0], name=f"部门{number}")
        Provider.objects.create(name=f"机构{number}")
        Duty.objects.create(cycle=world.cycle, assessed=assessed, part="M13", department=department)
        Target.objects.create(
            cycle=world.cycle,
            assessed=assessed,
            indicator="manufacturing_pass_rate",
            state="filed",
        )
        world.cycle.stage_exceptions.create(
            stage=stage, unit=unit, last_day=dt.date(2028, 1, 1), reason="示例", by="示例", at=NOW
        )
        world.cycle.exemptions.create(
            assessed=assessed, part="G2.3", reason="示例", by="示例", at=NOW
        )
        world.cycle.references.create(
            group=f"组{number}", indicator="quality_award_count", value=Decimal(1), document="示例"
        )
        RubricEdition.objects.create(
            fingerprint=f"sha256:{number:064}",
            rubric="x",
            title=f"示例{number}",
            text="",
            source="x",
            adopted_at=NOW,
            adopted_by="示例",
        )
        Cycle.objects.create(
            name=f"年度{number}",
            edition=world.edition,
            first_day=dt.date(2015, 1, 1),
            last_day=dt.date(2015, 12, 31),
            made_at=NOW,
        )
