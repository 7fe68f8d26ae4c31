"""The award register: who registers what, what it counts for, and why."""

import datetime as dt
from dataclasses import replace
from decimal import Decimal
from typing import Any

import pytest
from django.urls import reverse

from filing.steps import duty, entered, trail
from kaohe_web.cycles.models import Duty, ProvidedIndicator
from kaohe_web.errors import Conflict, Difference, Invalid, NotAllowed, NotThere, WrongState
from kaohe_web.filing import awards, submissions
from kaohe_web.filing.awards import Award
from kaohe_web.filing.clauses import year_of
from kaohe_web.filing.contents import Entered
from kaohe_web.filing.models import AwardEntry
from kaohe_web.filing.observed import observed
from kaohe_web.filing.register import counted
from kaohe_web.filing.values import ValueEntry
from kaohe_web.people.models import Provider
from kaohe_web.review.models import Assignment
from world import NOW, World

COUNT = "quality_award_count"
AWARD = Award("鲁班奖", "national", dt.date(2017, 3, 15), "建协〔2017〕8 号", "示例建设集团")


def add(world: World, award: Award = AWARD, who: str = "liaison") -> AwardEntry:
    """Register a thing for the first unit."""
    return awards.add(world.assessed[0], by=world.actor(who), at=NOW, indicator=COUNT, award=award)


def support(world: World) -> None:
    """经信局 supports the part of the register, and so registers too."""
    Duty.objects.create(
        cycle=world.cycle,
        assessed=world.assessed[0],
        part="G3",
        department=world.departments["u01", "经信局"],
        kind=Duty.Kind.SUPPORTING,
    )


def number(world: World) -> tuple[Decimal | None, str]:
    """What the first unit's register comes to, and why."""
    [register] = awards.registers_for(year_of(world.cycle), world.assessed[0]).values()
    found = counted(register, AwardEntry.objects.all(), world.cycle)
    return found.number, found.because


def test_a_thing_is_registered_by_a_department(world: World) -> None:
    row = add(world)
    assert (row.name, row.level, row.department, row.provider, row.version) == (
        "鲁班奖",
        "national",
        world.departments["u01", "市监局"],
        None,
        1,
    )
    assert trail() == [("award.added", "done")]


def test_T55_the_same_thing_twice_is_one_thing(world: World) -> None:
    assert add(world).pk == add(world).pk
    assert trail() == [("award.added", "done")]


@pytest.mark.parametrize(
    ("award", "problems"),
    [
        (
            replace(AWARD, document="", name=""),
            (
                "名称：请填奖项或事项的全称",
                "证明文件及文号：没有证明文件的不能计数，请填文号或证书编号",
            ),
        ),
        (replace(AWARD, level="village"), ("级别：请选 国家级、省级、市级 之一",)),
    ],
)
def test_a_thing_needs_a_name_a_level_and_a_document(
    world: World, award: Award, problems: tuple[str, ...]
) -> None:
    with pytest.raises(Invalid) as caught:
        add(world, award)
    assert caught.value.problems == problems
    assert not AwardEntry.objects.exists()


@pytest.mark.parametrize(
    ("things", "comes_to"),
    [
        ([], (Decimal(0), "还没有登记")),
        ([AWARD], (Decimal(1), "国家级 1 件，计 1；同一获得者的同一项只按最高级别计一次")),
        (
            [
                replace(AWARD, name="地理标志", level="provincial"),
                replace(AWARD, name="地理标志", level="national", document="国标〔2017〕1 号"),
                replace(AWARD, name="地理标志", level="provincial", holder="另一家（示例）"),
            ],
            (
                Decimal(2),
                "国家级 1 件、省级 1 件，计 2；同一获得者的同一项只按最高级别计一次",
            ),
        ),
        (
            [AWARD, replace(AWARD, name="示例金杯")],
            (None, "国家级 1 件；另有 1 件在目录以外，批准之前个数未定"),
        ),
        (
            [AWARD, replace(AWARD, name="示例金杯", approval="市质强办批复 3 号")],
            (Decimal(2), "国家级 2 件，计 2；同一获得者的同一项只按最高级别计一次"),
        ),
    ],
)
def test_the_rubrics_rules_count_and_say_why(
    world: World, things: list[Award], comes_to: tuple[Decimal | None, str]
) -> None:
    for thing in things:
        add(world, thing)
    assert number(world) == comes_to


def test_each_thing_says_what_becomes_of_it(world: World) -> None:
    for thing in (
        replace(AWARD, name="地理标志", level="provincial", on_day=dt.date(2016, 8, 31)),
        replace(AWARD, name="地理标志", document="国标〔2017〕1 号"),
        replace(AWARD, name="示例金杯"),
    ):
        add(world, thing)
    [register] = awards.registers_for(year_of(world.cycle), world.assessed[0]).values()
    found = counted(register, AwardEntry.objects.all(), world.cycle)
    assert [(thing.level, thing.becomes, thing.doubts) for thing in found.things] == [
        (
            "省级",
            "lower",
            ("日期 2016-08-31 不在考核年度 2016-09-01 至 2017-08-31 之内，请核对",),
        ),
        ("国家级", "counted", ()),
        ("国家级", "waiting", ()),
    ]


def test_a_register_and_a_typed_count_exclude_each_other(world: World) -> None:
    submissions.save(
        duty(world, "G3"),
        by=world.actor("liaison"),
        at=NOW,
        version=0,
        entered=entered(**{COUNT: "3"}),
    )
    with pytest.raises(WrongState, match="已直接填了“3”"):
        add(world)
    submissions.save(
        duty(world, "G3"),
        by=world.actor("liaison"),
        at=NOW,
        version=1,
        entered=Entered(values={COUNT: ValueEntry(None)}),
    )
    add(world)
    with pytest.raises(Invalid) as caught:
        submissions.save(
            duty(world, "G3"),
            by=world.actor("liaison"),
            at=NOW,
            version=2,
            entered=entered(**{COUNT: "3"}),
        )
    assert caught.value.problems == (
        "质量激励项目数 · 本年数值：奖项登记里已有 1 件，个数由登记算出；请在登记里增减，这里留空",
    )


def test_a_part_with_a_register_is_handed_in_without_a_typed_count(world: World) -> None:
    add(world)
    row = submissions.hand_in(
        duty(world, "G3"), by=world.actor("liaison"), at=NOW, version=0, entered=entered("4")
    )
    assert row.state == "handed_in"


def test_T30_a_register_is_closed_with_its_part(world: World) -> None:
    row = add(world)
    hand_in_register(world)
    for step in (
        lambda: add(world, replace(AWARD, name="质量标杆")),
        lambda: awards.change(
            row, by=world.actor("liaison"), at=NOW, version=1, award=replace(AWARD, holder="别家")
        ),
        lambda: awards.remove(row, by=world.actor("liaison"), at=NOW, version=1),
    ):
        with pytest.raises(WrongState, match="已报审"):
            step()
    assert list(AwardEntry.objects.values_list("holder", flat=True)) == ["示例建设集团"]


def hand_in_register(world: World) -> None:
    """Hand in the part of the register."""
    submissions.hand_in(
        duty(world, "G3"), by=world.actor("liaison"), at=NOW, version=0, entered=entered("4")
    )


def test_a_supporting_department_registers_its_own_and_the_lead_corrects_all(
    world: World,
) -> None:
    support(world)
    own, leads = add(world, replace(AWARD, name="质量标杆"), who="other_liaison"), add(world)
    with pytest.raises(NotThere):
        awards.remove(leads, by=world.actor("other_liaison"), at=NOW, version=1)
    changed = awards.change(
        own, by=world.actor("liaison"), at=NOW, version=1, award=replace(AWARD, name="质量奖")
    )
    assert (changed.name, changed.version) == ("质量奖", 2)
    awards.remove(leads, by=world.actor("liaison"), at=NOW, version=1)
    assert list(AwardEntry.objects.values_list("name", flat=True)) == ["质量奖"]
    assert trail()[-2:] == [("award.changed", "done"), ("award.removed", "done")]


@pytest.mark.parametrize("who", ["other_liaison", "foreign_liaison"])
def test_T22_nobody_registers_for_others(world: World, who: str) -> None:
    row = add(world)
    with pytest.raises(NotThere):
        add(world, replace(AWARD, name="质量奖"), who=who)
    with pytest.raises(NotThere):
        awards.remove(row, by=world.actor(who), at=NOW, version=1)
    client = world.client(who)
    where = {"cycle_id": world.cycle.pk, "award_id": row.pk}
    assert client.get(reverse("award", kwargs=where)).status_code == 404
    assert client.post(reverse("award_remove", kwargs=where), {"version": 1}).status_code == 404
    unit = {"cycle_id": world.cycle.pk, "assessed_id": world.assessed[0].pk}
    added = client.post(reverse("award_add", kwargs={**unit, "indicator": COUNT}), sent())
    assert (added.status_code, AwardEntry.objects.count()) == (404, 1)


@pytest.mark.parametrize("who", ["office", "unit_office", "assessor", "leader"])
def test_others_look_on(world: World, who: str) -> None:
    row = add(world)
    Assignment.objects.filter(assessed=world.assessed[0]).update(part="G3")
    with pytest.raises(NotAllowed):
        awards.remove(row, by=world.actor(who), at=NOW, version=1)
    unit = {"cycle_id": world.cycle.pk, "assessed_id": world.assessed[0].pk}
    page = world.client(who).get(reverse("unit_awards", kwargs=unit))
    assert (page.status_code, [each["form"] for each in page.context["registers"]]) == (200, [None])
    part = {**unit, "part": page.context["registers"][0]["part"]}
    assert world.client(who).get(reverse("clause", kwargs=part)).status_code == 200


def test_an_assessor_sees_the_register_of_no_part_that_is_not_theirs(world: World) -> None:
    add(world)
    unit = {"cycle_id": world.cycle.pk, "assessed_id": world.assessed[0].pk}
    page = world.client("assessor").get(reverse("unit_awards", kwargs=unit))
    assert (page.status_code, page.context["registers"]) == (200, [])


def test_T56_a_stale_correction_is_not_written(world: World) -> None:
    row = add(world)
    by = world.actor("liaison")
    awards.change(row, by=by, at=NOW, version=1, award=replace(AWARD, holder="示例二建"))
    with pytest.raises(Conflict) as caught:
        awards.change(row, by=by, at=NOW, version=1, award=replace(AWARD, holder="示例三建"))
    assert caught.value.differences == (Difference("获得者", "示例二建", "示例三建"),)


def test_a_provider_registers_the_kinds_that_the_catalogue_says_it_provides(world: World) -> None:
    Provider.objects.update(name="市质监局", aliases="市质量技术监督局、质监局")
    world.posts["provider"].provider.refresh_from_db()  # type: ignore[union-attr]  # the test made it, so it is there
    famous = replace(AWARD, name="辽宁名牌产品", level="provincial")
    row = add(world, famous, who="provider")
    assert (row.provider, row.department) == (world.provider, None)
    with pytest.raises(Invalid) as caught:
        add(world, AWARD, who="provider")
    assert caught.value.problems == ("名称：您只能登记目录中由本机构提供的那几类",)
    with pytest.raises(NotThere):
        awards.remove(row, by=world.actor("liaison"), at=NOW, version=1)


def test_a_register_counts_once_its_part_is_submitted(world: World) -> None:
    add(world)
    assert observed(world.cycle, drafts=False)["units"][0]["entries"] == {}
    assert observed(world.cycle, drafts=True)["units"][0]["entries"] == {
        COUNT: [
            {
                "name": "鲁班奖",
                "level": "national",
                "date": "2017-03-15",
                "document": "建协〔2017〕8 号",
                "holder": "示例建设集团",
            }
        ]
    }


def sent(**fields: str) -> dict[str, str]:
    """An award as a browser sends it."""
    return {
        "name": "鲁班奖",
        "level": "national",
        "on_day": "2017-03-15",
        "document": "建协〔2017〕8 号",
        "holder": "示例建设集团",
        "approval": "",
    } | fields


def test_awards_are_registered_corrected_and_struck_by_page(world: World) -> None:
    client = world.client("liaison")
    unit = {"cycle_id": world.cycle.pk, "assessed_id": world.assessed[0].pk}
    add_at = reverse("award_add", kwargs={**unit, "indicator": COUNT})
    wrong = client.post(add_at, sent(document=""))
    assert (wrong.status_code, AwardEntry.objects.count()) == (422, 0)
    page = client.post(add_at, sent(on_day="2015-01-01"), follow=True).content.decode()
    assert "日期 2015-01-01 不在考核年度 2016-09-01 至 2017-08-31 之内，请核对" in page
    assert "国家级 1 件，计 1" in page

    row = AwardEntry.objects.get()
    where = {"cycle_id": world.cycle.pk, "award_id": row.pk}
    assert client.get(reverse("award", kwargs=where)).status_code == 200
    client.post(reverse("award_edit", kwargs=where), sent(version="1"))
    row.refresh_from_db()
    assert (row.on_day, row.version) == (dt.date(2017, 3, 15), 2)
    client.post(reverse("award_remove", kwargs=where), {"version": "2"})
    assert not AwardEntry.objects.exists()


def test_T23_a_form_cannot_choose_whose_award_it_is(world: World) -> None:
    unit = {"cycle_id": world.cycle.pk, "assessed_id": world.assessed[0].pk}
    forged = {
        "assessed": str(world.assessed[1].pk),
        "department": str(world.departments["u02", "市监局"].pk),
        "provider": str(world.provider.pk),
        "indicator": "other",
    }
    world.client("liaison").post(
        reverse("award_add", kwargs={**unit, "indicator": COUNT}), sent(**forged)
    )
    row = AwardEntry.objects.get()
    assert (row.assessed, row.department, row.provider, row.indicator) == (
        world.assessed[0],
        world.departments["u01", "市监局"],
        None,
        COUNT,
    )


def test_registers_ask_the_same_number_of_questions_for_1_and_50_things(
    world: World, django_assert_num_queries: Any
) -> None:
    client = world.client("liaison")
    address = reverse("unit_awards", args=[world.cycle.pk, world.assessed[0].pk])
    add(world)
    client.get(address)
    with django_assert_num_queries(37):
        assert len(client.get(address).context["registers"][0]["things"]) == 1
    for place in range(49):
        add(world, replace(AWARD, document=f"示例〔2017〕{place} 号"))
    with django_assert_num_queries(37):
        assert len(client.get(address).context["registers"][0]["things"]) == 50


def test_a_provider_without_kinds_of_its_own_has_nothing_to_register(world: World) -> None:
    page = world.client("provider").get(reverse("awards", args=[world.cycle.pk]))
    assert (page.status_code, page.context["rows"]) == (200, [])


def test_an_indicator_that_a_provider_enters_has_no_register_to_fill(world: World) -> None:
    ProvidedIndicator.objects.create(cycle=world.cycle, indicator=COUNT, provider=world.provider)
    with pytest.raises(NotThere):
        add(world)
    assert trail() == [("award.added", "refused")]
