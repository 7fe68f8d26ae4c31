"""Providers, reference values, exemptions, marking plan: what is set, recorded and refused."""

from decimal import Decimal
from typing import Any

import pytest

from cycles.told import entries, new_year
from kaohe_web.cycles import bodies, exemptions, marking, provided, references
from kaohe_web.cycles.edits import Edit
from kaohe_web.cycles.marking import Marking, markings
from kaohe_web.cycles.models import Exemption
from kaohe_web.cycles.pasted import Body
from kaohe_web.cycles.provided import providers
from kaohe_web.cycles.queries import rubric_of
from kaohe_web.cycles.references import Reference
from kaohe_web.errors import Conflict, Invalid, NotAllowed, NotThere, WrongState
from kaohe_web.people.models import Provider
from world import NOW, World

RATE, SCORE = "manufacturing_pass_rate", "water_project_quality_score"
AWARDS = ("示例市", "quality_award_count", "")


def test_providers_are_prefilled_by_printed_names(world: World) -> None:
    year, by = new_year(world), world.actor("office")
    made = bodies.add_providers(
        None, by=by, at=NOW, bodies=[Body("市质监局"), Body("水务局", aliases="市水利局")]
    )
    assert provided.prefill(year, by=by, at=NOW) == [RATE, SCORE]
    assert providers(year) == {RATE: made[0].pk, SCORE: made[1].pk}
    assert [name for name, _ in provided.unprovided(year, rubric_of(year))] == [
        "tourism_campaign_count",
        "tourism_complaint_settlement_rate",
    ]
    assert provided.prefill(year, by=by, at=NOW) == []
    assert [details for *_, details in entries("provided.prefilled")] == [
        {"indicators": [RATE, SCORE]},
        {"indicators": []},
    ]


def test_an_indicator_gets_another_provider_or_none(world: World) -> None:
    year, by, key = new_year(world), world.actor("office"), world.provider.pk
    provided.set_providers(
        year,
        by=by,
        at=NOW,
        edits={RATE: Edit(None, key), "vegetable_pass_rate": Edit(None, key)},
    )
    provided.set_providers(year, by=by, at=NOW, edits={RATE: Edit(key, None)})
    assert providers(year) == {"vegetable_pass_rate": key}
    assert entries("provided.set")[-1] == ("office", "done", "", {RATE: ["市质监局（示例）", "—"]})


def test_unknown_indicators_and_providers_are_refused(world: World) -> None:
    year, by = new_year(world), world.actor("office")
    missing = Provider.objects.order_by("-pk").first()
    assert missing is not None
    with pytest.raises(Invalid) as caught:
        provided.set_providers(
            year,
            by=by,
            at=NOW,
            edits={"nothing": Edit(None, world.provider.pk), RATE: Edit(None, missing.pk + 99)},
        )
    assert caught.value.problems == (
        "没有指标“nothing”；请刷新页面后重试",
        "没有所选的数据提供单位；请从列表中选择",
    )


def test_T56_a_provider_that_somebody_changed_meanwhile_stays(world: World) -> None:
    year, by, key = new_year(world), world.actor("office"), world.provider.pk
    other = Provider.objects.create(name="市统计局（示例）")
    provided.set_providers(year, by=by, at=NOW, edits={RATE: Edit(None, key)})
    with pytest.raises(Conflict) as caught:
        provided.set_providers(year, by=by, at=NOW, edits={RATE: Edit(None, other.pk)})
    assert [(d.label, d.now, d.mine) for d in caught.value.differences] == [
        ("制造业产品质量合格率", "市质监局（示例）", "市统计局（示例）")
    ]


def test_the_means_that_rules_compare_with_may_be_given(world: World) -> None:
    assert references.places(world.cycle) == [
        AWARDS,
        ("示例市", "quality_infrastructure_index", ""),
        ("示例市", "quality_infrastructure_index", "province"),
    ]


def test_a_reference_value_is_set_and_lifted_with_its_document(world: World) -> None:
    by, none = world.actor("office"), Reference()
    given = Reference(Decimal("3.5"), "市质强办通报")
    references.set_values(
        world.cycle, by=by, at=NOW, edits={AWARDS: Edit(none, given)}, reason="通报已发"
    )
    assert references.references(world.cycle) == {AWARDS: given}
    references.set_values(
        world.cycle, by=by, at=NOW, edits={AWARDS: Edit(given, none)}, reason="通报撤回"
    )
    assert references.references(world.cycle) == {}
    assert entries("references.set") == [
        ("office", "done", "通报已发", {"示例市 质量激励项目数": ["—", "3.5（市质强办通报）"]}),
        ("office", "done", "通报撤回", {"示例市 质量激励项目数": ["3.5（市质强办通报）", "—"]}),
    ]


@pytest.mark.parametrize(
    ("place", "reference", "problem"),
    [
        (AWARDS, Reference(Decimal(-1), "示例"), "示例市 质量激励项目数：平均值不能小于 0"),
        (AWARDS, Reference(Decimal(1), " "), "示例市 质量激励项目数：请写明依据的文件或来源"),
        (
            ("别处", "quality_award_count", ""),
            Reference(Decimal(1), "示例"),
            "没有“别处 质量激励项目数”这一项；请刷新页面后重试",
        ),
        (
            ("示例市", "quality_award_count", "province"),
            Reference(Decimal(1), "示例"),
            "没有“示例市 质量激励项目数（province）”这一项；请刷新页面后重试",
        ),
    ],
)
def test_a_reference_value_that_makes_no_sense_is_refused(
    world: World, place: tuple[str, str, str], reference: Reference, problem: str
) -> None:
    with pytest.raises(Invalid) as caught:
        references.set_values(
            world.cycle,
            by=world.actor("office"),
            at=NOW,
            edits={place: Edit(Reference(), reference)},
            reason="示例",
        )
    assert caught.value.problems == (problem,)


def test_T56_a_reference_value_that_somebody_gave_meanwhile_stays(world: World) -> None:
    by = world.actor("office")
    first, second = Reference(Decimal(3), "甲"), Reference(Decimal(4), "乙")
    edit = Edit(Reference(), first)
    references.set_values(world.cycle, by=by, at=NOW, edits={AWARDS: edit}, reason="示例")
    with pytest.raises(Conflict) as caught:
        references.set_values(
            world.cycle, by=by, at=NOW, edits={AWARDS: Edit(Reference(), second)}, reason="示例"
        )
    assert [(d.now, d.mine) for d in caught.value.differences] == [("3（甲）", "4（乙）")]


def approve(world: World, **changed: Any) -> Exemption:
    """城东区 is exempt from G2.3, unless something else is meant."""
    meant: dict[str, Any] = {
        "unit": world.assessed[0],
        "part": "G2.3",
        "reason": "辖区没有水产养殖",
    }
    return exemptions.approve(
        world.cycle,
        by=world.actor("office"),
        at=NOW,
        **(meant | changed),
    )


def test_a_part_is_exempt_with_a_reason_until_it_is_lifted(world: World) -> None:
    exemption = approve(world)
    assert (exemption.part, exemption.reason, exemption.by, exemption.at) == (
        "G2.3",
        "辖区没有水产养殖",
        "考核办（示例）",
        NOW,
    )
    with pytest.raises(WrongState, match="已登记为不适用"):
        approve(world)
    exemptions.lift(exemption, by=world.actor("office"), at=NOW, reason="新建养殖场")
    assert not Exemption.objects.exists()
    assert entries("exemption.lifted") == [
        (
            "office",
            "done",
            "新建养殖场",
            {
                "unit": "城东区（示例）",
                "part": "G2.3",
                "approved": "辖区没有水产养殖",
                "approved_by": "考核办（示例）",
            },
        )
    ]


@pytest.mark.parametrize(
    ("changed", "problem"),
    [
        ({"reason": " "}, "请写明为什么不适用"),
        ({"part": "G99"}, "评分细则里没有“G99”；请从列表中选择"),
    ],
)
def test_an_exemption_names_a_part_and_a_reason(
    world: World, changed: dict[str, Any], problem: str
) -> None:
    with pytest.raises(Invalid) as caught:
        approve(world, **changed)
    assert caught.value.problems == (problem,)


def test_T22_exemptions_stay_within_their_year(world: World) -> None:
    year = new_year(world)
    stranger = year.units.create(unit=world.units[0], group="示例市")
    with pytest.raises(Invalid, match="所选单位不在本考核年度"):
        approve(world, unit=stranger)
    exemption = approve(world)
    exemption.cycle = year
    with pytest.raises(NotThere):
        exemptions.lift(exemption, by=world.actor("office"), at=NOW, reason="示例")
    assert Exemption.objects.count() == 1


def test_a_part_is_judged_by_two_with_other_phrases(world: World) -> None:
    year, by = new_year(world), world.actor("office")
    was = markings(year)["M13"]
    now = Marking(2, ("责任书齐全", "监管记录不全"))
    marking.set_plan(year, by=by, at=NOW, edits={"M13": Edit(was, now)})
    assert markings(year)["M13"] == now
    assert entries("marking.set")[0][3] == {"M13": [str(was), "2 人评分；责任书齐全；监管记录不全"]}
    with pytest.raises(Conflict):
        marking.set_plan(year, by=by, at=NOW, edits={"M13": Edit(was, Marking(1))})


@pytest.mark.parametrize(
    ("part", "now", "problem"),
    [
        ("M99", Marking(), "评分细则里没有“M99”；请刷新页面后重试"),
        ("M13", Marking(3), "M13：只能由一人或两人评分"),
        ("M13", Marking(1, ("长" * 201,)), "M13：每条常用理由最多 200 个字"),
        ("M13", Marking(1, ("甲",) * 31), "M13：常用理由最多 30 条"),
    ],
)
def test_a_plan_that_makes_no_sense_is_refused(
    world: World, part: str, now: Marking, problem: str
) -> None:
    year = new_year(world)
    with pytest.raises(Invalid) as caught:
        marking.set_plan(year, by=world.actor("office"), at=NOW, edits={part: Edit(Marking(), now)})
    assert caught.value.problems == (problem,)


@pytest.mark.parametrize("name", ["leader", "unit_office", "provider", "assessor"])
def test_only_the_office_sets_these(world: World, name: str) -> None:
    by, why = world.actor(name), {"reason": "示例"}
    for act in (provided.set_providers, references.set_values, marking.set_plan):
        with pytest.raises(NotAllowed):
            act(world.cycle, by=by, at=NOW, edits={}, **why)
    with pytest.raises(NotAllowed):
        exemptions.approve(
            world.cycle, by=by, at=NOW, unit=world.assessed[0], part="G2.3", reason="示例"
        )
