"""What a decision moves: the next run's figures, to the digit; and what it must not move."""

import json
from decimal import Decimal

import pytest

from followup.following import (
    DAY,
    INDEX,
    RAISED,
    STANDS,
    People,
    announce,
    appeal_at,
    case_at,
    unit_of,
)
from kaohe_web.cycles.models import Cycle
from kaohe_web.errors import Invalid
from kaohe_web.filing.models import AwardEntry, ReportedValue, Submission
from kaohe_web.followup import appeals, corrections, queries, veto_cases
from kaohe_web.followup.corrections import Correction
from kaohe_web.results import runs
from kaohe_web.results.models import ScoringRun
from kaohe_web.results.moves import Span
from kaohe_web.review.models import Judgement
from world import NOW

LATER = NOW + DAY


def figures(run: ScoringRun) -> dict[str, tuple[str, str, str, int]]:
    """Of each unit: its G4, its total, its grade and its rank."""
    found = {}
    for unit in json.loads(run.result)["units"]:
        g4 = next(item["score"] for item in unit["items"] if item["id"] == "G4")
        found[unit["id"]] = (g4, unit["total"], unit["grade"], unit["rank"])
    return found


def settled(score: str) -> Span:
    """A score that is settled."""
    return Span(score, score, score)


FIRST = {
    "u01": ("4", "96.19", "A", 1),
    "u02": ("4", "89.41", "B", 3),
    "u03": ("2", "76.79", "C", 5),
    "u04": ("4", "87.38", "D", 4),
    "u05": ("4", "94.63", "A", 2),
    "u06": ("1", "62.27", "C", 6),
}


def test_an_upheld_appeal_moves_the_mean_and_with_it_another_units_score(
    run: ScoringRun, people: People
) -> None:
    appeal = appeal_at(run, people, "reviewed")
    office = people.actor("office")

    preview = corrections.preview(appeal, RAISED)
    assert [(mean.indicator, mean.before, mean.after) for mean in preview.means] == [
        (INDEX, "≈0.9567", "1.04")
    ]
    assert [(unit.id, unit.total_before, unit.total_after) for unit in preview.units] == [
        ("u03", settled("76.79"), settled("78.79")),
        ("u04", settled("87.38"), settled("85.38")),
    ]
    assert figures(run) == FIRST

    upheld = appeals.uphold(
        appeal, by=office, at=LATER, version=3, decision="采纳（示例）", correction=RAISED
    )
    assert (upheld.score_before, upheld.score_after, upheld.outcome) == (2, 4, "raised")
    value = ReportedValue.objects.get(assessed=upheld.assessed, indicator=INDEX)
    assert (value.value, value.version, value.source) == (
        Decimal("1.24"),
        2,
        "申诉决定（河口县（示例） G4）",
    )
    assert [step.what for step in queries.unscored(run.cycle)] == ["appeal.upheld"]

    again = runs.run(run.cycle, by=office, at=LATER + DAY, after=1, reason="申诉采纳")
    assert figures(again) == FIRST | {
        "u03": ("4", "78.79", "C", 5),
        "u04": ("2", "85.38", "D", 4),
    }
    run.refresh_from_db()
    assert figures(run) == FIRST
    assert not queries.unscored(run.cycle).exists()


def test_a_dismissed_appeal_moves_nothing(run: ScoringRun, people: People) -> None:
    appeal = appeal_at(run, people, "dismissed", correction=STANDS)
    assert (appeal.score_before, appeal.score_after, appeal.outcome) == (2, 2, "stands")
    assert not queries.unscored(run.cycle).exists()

    again = runs.run(run.cycle, by=people.actor("office"), at=LATER, after=1, reason="示例")
    assert (figures(again), again.inputs) == (FIRST, run.inputs)


def test_corrected_points_take_the_place_of_what_was_judged(
    run: ScoringRun, people: People
) -> None:
    appeal = appeal_at(run, people, "upheld", of="u01 M15.2", correction=Correction(Decimal("1.8")))
    assert (appeal.score_before, appeal.score_after, appeal.outcome) == (
        Decimal("1.3"),
        Decimal("1.8"),
        "raised",
    )
    judged = Judgement.objects.get(assessed=appeal.assessed, part="M15.2")
    assert (judged.score, judged.reason, judged.how, judged.version) == (
        Decimal("1.8"),
        "采纳（示例）",
        "appeal",
        2,
    )
    again = runs.run(run.cycle, by=people.actor("office"), at=LATER, after=1, reason="申诉采纳")
    assert figures(again) == FIRST | {"u01": ("4", "96.69", "A", 1)}


def test_an_appeal_may_lower_the_score(run: ScoringRun, people: People) -> None:
    appeal = appeal_at(run, people, "upheld", of="u01 M15.2", correction=Correction(Decimal(1)))
    assert (appeal.score_after, appeal.outcome) == (1, "lowered")


def test_where_the_rule_is_silent_points_or_the_value_may_be_corrected(
    year: Cycle, people: People
) -> None:
    value = ReportedValue.objects.get(
        assessed=unit_of(year, "u01"), indicator="livestock_pass_rate"
    )
    value.value = Decimal(97)
    value.save()
    run = runs.run(year, by=people.actor("office"), at=NOW, after=0, reason="示例")
    run = runs.announce(run, by=people.actor("office"), at=NOW, version=1, open_reason="示例")
    appeal = appeal_at(run, people, "upheld", of="u01 G2.2", correction=Correction(Decimal("1.5")))
    assert (appeal.score_before, appeal.score_after) == (None, Decimal("1.5"))
    assert corrections.takes_points(appeal)
    assert [each.id for each in corrections.indicators_of(appeal)] == ["livestock_pass_rate"]


WOULD_NOT_ACT = [
    (
        Correction(Decimal(3)),
        "G4（省级及以上质量技术基础建设情况）由规则计分，不能直接给分；请删去得分，改填指标值",
    ),
    (Correction(Decimal(3), INDEX, Decimal(1)), "得分和指标值只能更正一项，请删去其中一项"),
    (
        Correction(indicator="vegetable_pass_rate", value=Decimal(99)),
        "这一条的规则不用这个指标，请重新选择要更正的指标",
    ),
    (
        Correction(indicator=INDEX, value=Decimal(-1)),
        "质量技术基础综合指数：-1 小于 0；请核对数值和单位",
    ),
    (
        Correction(indicator=INDEX, value=Decimal("0.74")),
        "更正后的值与现在的值相同；维持原分请不填更正",
    ),
]


def test_a_correction_that_would_not_act_is_refused(run: ScoringRun, people: People) -> None:
    appeal, reviewer = appeal_at(run, people, "taken"), people.actor("reviewer")
    for correction, problem in WOULD_NOT_ACT:
        with pytest.raises(Invalid) as refused:
            appeals.review(
                appeal, by=reviewer, at=NOW, version=2, opinion="示例", correction=correction
            )
        assert refused.value.problems == (problem,)
    appeal.refresh_from_db()
    assert (appeal.state, appeal.proposed_value, appeal.proposed_score) == ("taken", None, None)


def test_points_outside_the_parts_or_as_they_were_are_refused(
    run: ScoringRun, people: People
) -> None:
    appeal = appeal_at(run, people, "taken", of="u01 M15.2")
    found = []
    for score in ("2.5", "-1", "1.3"):
        with pytest.raises(Invalid) as refused:
            corrections.check(appeal, Correction(Decimal(score)))
        found.append(refused.value.problems)
    assert found == [
        ("更正后的得分不行：得分应在 0–2 之间",),
        ("更正后的得分不行：得分应在 0–2 之间",),
        ("更正后的得分与现在的得分相同；维持原分请不填更正",),
    ]


def test_a_value_of_a_part_that_is_not_submitted_would_not_count(
    run: ScoringRun, people: People
) -> None:
    appeal = appeal_at(run, people, "taken")
    Submission.objects.filter(assessed=appeal.assessed, part="G4").update(state="handed_in")
    with pytest.raises(Invalid, match="该条目还没有提交"):
        corrections.check(appeal, RAISED)


def test_what_is_registered_thing_by_thing_is_corrected_in_its_register(
    run: ScoringRun, people: People
) -> None:
    entry = AwardEntry.objects.filter(cycle=run.cycle).order_by("pk")[0]
    code = entry.assessed.unit.code
    appeal = appeal_at(run, people, "taken", of=f"{code} G3")
    typed = Correction(indicator="quality_award_count", value=Decimal(40))
    with pytest.raises(Invalid, match="由登记的奖项累计"):
        corrections.check(appeal, typed)

    office, reviewer = people.actor("office"), people.actor("reviewer")
    appeals.review(
        appeal, by=reviewer, at=NOW, version=2, opinion="应退回补登（示例）", correction=STANDS
    )
    with pytest.raises(Invalid, match="采纳申诉要写明更正后的得分或指标值"):
        appeals.uphold(appeal, by=office, at=NOW, version=3, decision="示例", correction=STANDS)
    before = corrections.score_of(appeal)
    AwardEntry.objects.filter(assessed=entry.assessed).delete()
    ReportedValue.objects.update_or_create(
        assessed=entry.assessed,
        indicator="quality_award_count",
        defaults={"cycle": run.cycle, "value": Decimal(0)},
    )
    upheld = appeals.uphold(
        appeal, by=office, at=NOW, version=3, decision="单位已更正（示例）", correction=STANDS
    )
    assert (upheld.score_before, upheld.score_after, upheld.outcome) == (before, 0, "lowered")


def test_a_decided_veto_fixes_the_grade_and_leaves_the_points_and_lifting_restores_it(
    run: ScoringRun, people: People
) -> None:
    office = people.actor("office")
    case = case_at(run.cycle, people, "decided", code="u02")
    again = announce(run.cycle, people, at=LATER, after=1)
    assert figures(again) == FIRST | {"u02": ("4", "89.41", "D", 3)}
    unit = next(u for u in json.loads(again.inputs)["units"] if u["id"] == "u02")
    assert unit["vetoes"] == [
        {"veto": "V1", "authority": "示例省市监局", "document": "示认〔2017〕1 号"}
    ]

    veto_cases.lift(
        case,
        by=people.actor("leader"),
        at=LATER + DAY,
        version=case.version,
        document="示解〔2017〕1 号",
        text="复查有误（示例）",
    )
    restored = runs.run(run.cycle, by=office, at=LATER + 2 * DAY, after=2, reason="解除")
    assert (figures(restored), restored.inputs) == (FIRST, run.inputs)


def test_a_case_that_is_not_decided_or_was_dismissed_moves_nothing(
    run: ScoringRun, people: People
) -> None:
    case_at(run.cycle, people, "answered", code="u02")
    case_at(run.cycle, people, "dismissed", code="u01")
    again = runs.run(run.cycle, by=people.actor("office"), at=LATER, after=1, reason="示例")
    assert again.inputs == run.inputs
