"""The life of a year: made, described, opened once nothing is missing, archived for good."""

import datetime as dt
from collections.abc import Callable
from decimal import Decimal
from typing import Any

import pytest

from cycles.told import FIRST, LAST, entries, new_year, notices, refused
from kaohe_web.cycles import (
    deadlines,
    duties,
    exceptions,
    exemptions,
    marking,
    provided,
    readings,
    references,
    stages,
    targets,
    units,
    years,
)
from kaohe_web.cycles.completeness import lacks
from kaohe_web.cycles.models import Cycle, MarkingPlan, StageKind, Target
from kaohe_web.cycles.queries import visible_cycles
from kaohe_web.cycles.years import Description, usual_days
from kaohe_web.errors import Conflict, Invalid, NotAllowed, NotThere, WrongState
from kaohe_web.followup.models import Appeal, VetoCase
from kaohe_web.results.models import ScoringRun
from world import NOW, World


def described(**changed: Any) -> Description:
    """A sound description with some of it changed."""
    sound: dict[str, Any] = {"name": "2018-2019 年度（示例）", "first_day": FIRST, "last_day": LAST}
    return Description(**(sound | changed))


@pytest.mark.parametrize(
    ("day", "first", "last"),
    [
        (dt.date(2017, 8, 31), dt.date(2016, 9, 1), dt.date(2017, 8, 31)),
        (dt.date(2017, 9, 1), dt.date(2017, 9, 1), dt.date(2018, 8, 31)),
        (dt.date(2024, 2, 29), dt.date(2023, 9, 1), dt.date(2024, 8, 31)),
    ],
)
def test_a_year_goes_from_september_to_august(day: dt.date, first: dt.date, last: dt.date) -> None:
    assert usual_days(day) == (first, last)


def test_a_new_year_is_seen_by_the_office_alone(world: World) -> None:
    year = new_year(world)
    assert (year.state, year.version, year.made_at) == (Cycle.State.SETUP, 1, NOW)
    assert (year.threshold, year.appeal_days, year.objection_days) == (Decimal(20), 5, 5)
    seers = {name for name in world.posts if year in visible_cycles(world.actor(name))}
    assert seers == {"office"}
    assert entries("cycle.created") == [
        (
            "office",
            "done",
            "",
            {
                "edition": world.edition.fingerprint,
                "scope": "city",
                "名称": "2017-2018 年度（示例）",
                "首日": "2017-09-01",
                "末日": "2018-08-31",
                "分歧界限": "20",
                "申诉期（天）": "5",
                "公示期（天）": "5",
            },
        )
    ]


def test_a_new_year_has_a_marking_plan_for_every_judged_part(world: World) -> None:
    year = new_year(world)
    judged = [part.id for part in world.rubric.all_parts() if not part.rule.needs()]
    assert sorted(year.marking.values_list("part", flat=True)) == sorted(judged)
    plan = MarkingPlan.objects.get(cycle=year, part="M13")
    assert (plan.marks, plan.phrases.splitlines()) == (
        1,
        [
            "材料齐全，措施具体，成效明显",
            "缺少“责任书”",
            "缺少“监管记录”",
            "缺少“抽检情况”",
            "有部署，没有落实情况的材料",
            "只完成一部分，其余没有开展",
            "材料不在考核年度内",
            "材料与本条无关，不能证明所报情况",
        ],
    )


@pytest.mark.parametrize(
    ("changed", "problem"),
    [
        ({"name": "  "}, "请填写考核年度的名称"),
        ({"last_day": dt.date(2017, 8, 31)}, "考核年度的末日早于首日；请改正"),
        ({"threshold": Decimal(101)}, "分歧界限是占分值的百分之几，应在 0–100 之间"),
        ({"threshold": Decimal("-0.5")}, "分歧界限是占分值的百分之几，应在 0–100 之间"),
        (
            {"name": "2016-2017 年度（示例）"},
            "已有名为“2016-2017 年度（示例）”的考核年度；请换一个名称",
        ),
    ],
)
def test_a_description_that_makes_no_sense_is_refused(
    world: World, changed: dict[str, Any], problem: str
) -> None:
    year = new_year(world)
    with pytest.raises(Invalid) as caught:
        years.describe(
            year, by=world.actor("office"), at=NOW, version=1, description=described(**changed)
        )
    assert caught.value.problems == (problem,)
    year.refresh_from_db()
    assert (year.name, year.version) == ("2017-2018 年度（示例）", 1)


def test_a_change_of_an_open_year_needs_a_reason(world: World) -> None:
    by, now = world.actor("office"), described(threshold=Decimal("12.5"))
    with pytest.raises(Invalid, match="考核年度已经启动，改动须写明理由"):
        years.describe(world.cycle, by=by, at=NOW, version=1, description=now)
    years.describe(world.cycle, by=by, at=NOW, version=1, description=now, reason="会议决定")
    world.cycle.refresh_from_db()
    assert (world.cycle.threshold, world.cycle.version) == (Decimal("12.5"), 2)
    assert entries("cycle.described")[-1] == (
        "office",
        "done",
        "会议决定",
        {
            "名称": ["2016-2017 年度（示例）", "2018-2019 年度（示例）"],
            "首日": ["2016-09-01", "2017-09-01"],
            "末日": ["2017-08-31", "2018-08-31"],
            "分歧界限": ["20", "12.5"],
        },
    )


def test_T56_two_descriptions_of_one_year_never_overwrite_each_other(world: World) -> None:
    year, by = new_year(world), world.actor("office")
    years.describe(year, by=by, at=NOW, version=1, description=described(appeal_days=7))
    with pytest.raises(Conflict) as caught:
        years.describe(year, by=by, at=NOW, version=1, description=described(appeal_days=9))
    assert [(d.label, d.now, d.mine) for d in caught.value.differences] == [
        ("申诉期（天）", "7", "9")
    ]


def test_opening_says_all_that_is_missing_at_once(world: World) -> None:
    year = new_year(world)
    with pytest.raises(Invalid) as caught:
        years.open_(year, by=world.actor("office"), at=NOW, version=1)
    assert caught.value.problems == (
        "还没有被考核单位；请在“参评单位”里选择",
        "还没有“自我评价”环节的起止日期；请设置日程",
        "有评审打分的条目，而没有“文审初评”环节；请设置日程",
        "有须备案目标的指标，而没有“目标备案”环节；请设置日程",
        (
            "没有数据提供单位的指标：制造业产品质量合格率（市质监局）、"
            "全市水利建设质量考核得分（市水利局）、旅游市场秩序综合整治次数（市旅发委）、"
            "旅游投诉办结率（市旅发委）"
        ),
    )
    year.refresh_from_db()
    assert year.state == Cycle.State.SETUP


def test_a_part_without_a_leading_department_stops_the_opening(world: World) -> None:
    Cycle.objects.filter(pk=world.cycle.pk).update(state=Cycle.State.SETUP)
    world.assessed[1].duties.filter(part__in=["M8.1", "M8.2"]).delete()
    found = [lack.sentence for lack in lacks(world.cycle) if lack.page == "duties"]
    assert found == ["城西区（示例）有 2 个条目没有牵头部门：M8.1、M8.2"]


def test_a_complete_year_is_opened_and_everybody_is_told(world: World) -> None:
    year = ready(world)
    years.open_(year, by=world.actor("office"), at=NOW, version=1)
    year.refresh_from_db()
    assert (year.state, year.version) == (Cycle.State.OPEN, 2)
    assert notices() == [
        (login, "news", "考核年度已启动：2016-2017 年度（示例）")
        for login in (
            "unit_office",
            "liaison",
            "other_liaison",
            "foreign_office",
            "foreign_liaison",
        )
    ]
    ((_, outcome, _, details),) = entries("cycle.opened")
    assert outcome == "done"
    assert details["left_open"][0].startswith("尚未定的口径 2 条：G2.2-below、not-applicable")


def ready(world: World) -> Cycle:
    """The world's year as it is before it is opened, nothing missing."""
    Cycle.objects.filter(pk=world.cycle.pk).update(state=Cycle.State.SETUP)
    for indicator in ("tourism_campaign_count", "tourism_complaint_settlement_rate"):
        world.cycle.provided.create(indicator=indicator, provider=world.provider)
    world.cycle.refresh_from_db()
    return world.cycle


def test_T30_a_year_is_opened_once(world: World) -> None:
    with pytest.raises(WrongState, match="考核年度进行中，不能再启动"):
        years.open_(world.cycle, by=world.actor("office"), at=NOW, version=1)
    assert refused("cycle.opened") == [("office", "考核年度进行中，不能再启动")]


def test_T56_opening_what_changed_meanwhile_is_refused(world: World) -> None:
    year = ready(world)
    with pytest.raises(Conflict):
        years.open_(year, by=world.actor("office"), at=NOW, version=7)


def test_a_district_has_exactly_one_unit(world: World) -> None:
    year = ready(world)
    Cycle.objects.filter(pk=year.pk).update(scope=Cycle.Scope.DISTRICT)
    year.refresh_from_db()
    assert "区县自用的考核年度只能有一个单位；请在“参评单位”里只留一个" in [
        lack.sentence for lack in lacks(year) if lack.stops
    ]


def test_a_group_of_one_is_reminded_of_reference_values(world: World) -> None:
    year = ready(world)
    year.units.exclude(pk=world.assessed[0].pk).delete()
    assert [lack.sentence for lack in lacks(year) if lack.page == "references"] == [
        "“示例市”只有一个单位，还没有平均值的参考值：质量激励项目数、质量技术基础综合指数"
    ]
    year.references.create(group="示例市", indicator="quality_award_count", value=Decimal(3))
    assert [lack.sentence for lack in lacks(year) if lack.page == "references"] == [
        "“示例市”只有一个单位，还没有平均值的参考值：质量技术基础综合指数"
    ]


@pytest.mark.parametrize("name", ["unit_office", "leader", "liaison", "provider", "assessor"])
def test_only_the_office_sets_up_a_year(world: World, name: str) -> None:
    by = world.actor(name)
    with pytest.raises(NotAllowed):
        years.create(
            None,
            by=by,
            at=NOW,
            edition=world.edition,
            scope=Cycle.Scope.CITY,
            description=described(),
        )
    with pytest.raises(NotAllowed):
        years.archive(world.cycle, by=by, at=NOW, version=1)
    assert Cycle.objects.count() == 1


def final_run(world: World, state: str = "final") -> ScoringRun:
    """A run of the year; its content does not matter here."""
    return ScoringRun.objects.create(
        cycle=world.cycle,
        number=1,
        state=state,
        edition=world.edition,
        readings="{}",
        inputs="{}",
        result="{}",
        digest="sha256:0",
        reason="示例",
        made_by="示例",
        made_at=NOW,
    )


def test_archiving_without_a_final_result_needs_a_note(world: World) -> None:
    by = world.actor("office")
    with pytest.raises(Invalid, match="还没有最终结果；确要归档的，请写明原因"):
        years.archive(world.cycle, by=by, at=NOW, version=1)
    years.archive(world.cycle, by=by, at=NOW, version=1, note="示例城市停止考核")
    world.cycle.refresh_from_db()
    assert (world.cycle.state, world.cycle.archived_at) == (Cycle.State.ARCHIVED, NOW)
    assert entries("cycle.archived")[-1] == ("office", "done", "示例城市停止考核", None)


def test_T30_what_is_under_way_is_brought_to_its_end_first(world: World) -> None:
    run = final_run(world, "announced")
    Appeal.objects.create(
        cycle=world.cycle,
        run=run,
        assessed=world.assessed[0],
        part="M8.1",
        grounds="示例",
        lodged_at=NOW,
        due_on=NOW.date(),
    )
    VetoCase.objects.create(
        cycle=world.cycle, assessed=world.assessed[0], veto="V1", event="示例", on_day=NOW.date()
    )
    with pytest.raises(WrongState) as caught:
        years.archive(world.cycle, by=world.actor("office"), at=NOW, version=1, note="示例")
    assert caught.value.sentence == (
        "还有未办结的事项，不能归档：申诉 1 件、一票否决事项 1 件、公示中的结果 1 个"
    )


def test_T30_nothing_in_an_archived_year_is_written(world: World) -> None:
    final_run(world)
    by, unit = world.actor("office"), world.assessed[0]
    stage = world.cycle.stages.get(kind=StageKind.FILING)
    exception = world.cycle.stage_exceptions.create(
        stage=stage, last_day=dt.date(2028, 1, 1), reason="示例", by="示例", at=NOW
    )
    exemption = world.cycle.exemptions.create(
        assessed=unit, part="M8.1", reason="示例", by="示例", at=NOW
    )
    years.archive(world.cycle, by=by, at=NOW, version=1)
    before = frozen(world)
    at: dict[str, Any] = {"by": by, "at": NOW}
    why: dict[str, Any] = {"reason": "示例"}
    target = Target.objects.filter(assessed=unit).get()
    attempts: list[Callable[[], object]] = [
        lambda: years.describe(world.cycle, **at, version=2, description=described(), **why),
        lambda: years.open_(world.cycle, **at, version=2),
        lambda: years.archive(world.cycle, **at, version=2),
        lambda: units.set_units(world.cycle, **at, edits={}, **why),
        lambda: duties.divide(unit, **at, edits={}),
        lambda: duties.prefill(world.cycle, **at, **why),
        lambda: duties.resolve(unit, **at, printed="区市监局", department=1),
        lambda: deadlines.set_days(unit, **at, edits={}),
        lambda: provided.set_providers(world.cycle, **at, edits={}, **why),
        lambda: provided.prefill(world.cycle, **at, **why),
        lambda: references.set_values(world.cycle, **at, edits={}, **why),
        lambda: stages.set_days(world.cycle, **at, edits={}, **why),
        lambda: exceptions.grant(
            world.cycle,
            **at,
            kind=StageKind.FILING,
            unit=None,
            last_day=dt.date(2029, 1, 1),
            **why,
        ),
        lambda: exceptions.withdraw(exception, **at, **why),
        lambda: exemptions.approve(world.cycle, **at, unit=unit, part="M8.2", **why),
        lambda: exemptions.lift(exemption, **at, **why),
        lambda: marking.set_plan(world.cycle, **at, edits={}, **why),
        lambda: readings.settle(
            world.cycle, **at, reading="G2-holes", choice="contiguous", why="示例", signer="示例"
        ),
        lambda: readings.confirm_defaults(world.cycle, **at, why="示例", signer="示例"),
        lambda: targets.send_back(target, **at, version=1, **why),
        lambda: targets.save(unit, by=world.actor("unit_office"), at=NOW, typed={}),
        lambda: targets.file(unit, by=world.actor("unit_office"), at=NOW, typed={}),
    ]
    for attempt in attempts:
        with pytest.raises(WrongState, match=r"归档|不能再启动"):
            attempt()
    assert frozen(world) == before


def frozen(world: World) -> list[object]:
    """Everything that is set up in the year."""
    year = Cycle.objects.get(pk=world.cycle.pk)
    rows = (
        year.units,
        year.stages,
        year.stage_exceptions,
        year.duties,
        year.deadlines,
        year.provided,
        year.targets,
        year.references,
        year.exemptions,
        year.marking,
        year.readings,
    )
    return [year.state, year.version, *(list(row.values()) for row in rows)]


def test_T22_a_year_that_is_being_set_up_is_not_there_for_others(world: World) -> None:
    year = new_year(world)
    own = year.units.create(unit=world.units[0], group="示例市")
    with pytest.raises(NotThere):
        duties.divide(own, by=world.actor("foreign_office"), at=NOW, edits={})
    assert visible_cycles(world.actor("unit_office")).filter(pk=year.pk).count() == 0
