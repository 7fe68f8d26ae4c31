"""Before a correction is accepted: whose score, mean, rank and grade it moves."""

from decimal import Decimal

import pytest

from kaohe.errors import KaoheError
from kaohe_web.cycles.models import Cycle
from kaohe_web.filing.models import AwardEntry, ReportedValue
from kaohe_web.people.actor import Actor
from kaohe_web.results import runs, vetoes
from kaohe_web.results.impact import Change, impact
from kaohe_web.results.models import DecidedVeto
from kaohe_web.results.moves import MeanMoved, PartMoved, Span, moved
from kaohe_web.review.models import Judgement
from results.loading import load_cohort
from world import NOW


def settled(score: str) -> Span:
    """A score that is settled."""
    return Span(score, score, score)


def small_city(counts: dict[str, str]) -> Cycle:
    """Units of which only the counted awards are known."""
    return load_cohort(
        {
            "units": [
                {
                    "id": code,
                    "name": f"{code}（示例）",
                    "group": "示例市",
                    "indicators": {"quality_award_count": number},
                }
                for code, number in counts.items()
            ]
        }
    )


def test_a_corrected_value_moves_the_mean_and_with_it_others(db: None) -> None:
    del db
    city = small_city({"u01": "2", "u02": "3", "u03": "4"})
    found = impact(city, Change("u03", values={"quality_award_count": Decimal(10)}))

    assert found.means == (MeanMoved("示例市", "quality_award_count", "质量激励项目数", "3", "5"),)
    assert [(unit.id, unit.parts) for unit in found.units] == [
        ("u01", (PartMoved("G3", settled("2"), settled("1")),)),
        ("u02", (PartMoved("G3", settled("3"), settled("2")),)),
    ]
    unit = found.units[0]
    assert (unit.total_before, unit.total_after) == (Span(None, "2", "98"), Span(None, "1", "97"))
    assert list(ReportedValue.objects.order_by("pk").values_list("value", flat=True)) == [
        Decimal(2),
        Decimal(3),
        Decimal(4),
    ]


def test_a_value_taken_away_opens_the_mean(db: None) -> None:
    del db
    city = small_city({"u01": "2", "u02": "3"})
    found = impact(city, Change("u02", values={"quality_award_count": None}))
    assert [(mean.before, mean.after) for mean in found.means] == [("2.5", "")]
    assert [unit.parts[0].after for unit in found.units] == [Span(None, "0", "4")] * 2


def test_a_typed_value_takes_the_place_of_a_register(city: Cycle) -> None:
    assert AwardEntry.objects.filter(assessed__unit__code="u03").exists()
    found = impact(city, Change("u03", values={"quality_award_count": Decimal(0)}))
    by_id = {unit.id: unit for unit in found.units}
    assert by_id["u03"].parts == (PartMoved("G3", settled("1"), settled("0")),)


def test_a_corrected_judgement_moves_ranks_and_grades(city: Cycle) -> None:
    found = impact(city, Change("u02", points={"M13": Decimal(0), "M17": Decimal(0)}))
    [one, other] = found.units
    assert found.means == ()
    assert (one.id, one.grade_before, one.grade_after) == ("u02", "B", "B")
    assert (one.total_before, one.total_after) == (settled("89.41"), settled("85.11"))
    assert (one.rank_before, one.rank_after, one.places_gained, one.places_lost) == (3, 4, -1, 1)
    assert (other.id, other.rank_before, other.rank_after, other.places_gained) == ("u04", 4, 3, 1)
    assert not other.parts


def test_a_veto_moves_the_grade_and_leaves_the_points(city: Cycle) -> None:
    found = impact(city, Change("u01", vetoes=("V1",)))
    [unit] = found.units
    assert (unit.id, unit.grade_before, unit.grade_after) == ("u01", "A", "D")
    assert (unit.total_moves, unit.rank_moves, unit.grade_moves) == (False, False, True)
    assert not DecidedVeto.objects.filter(assessed__unit__code="u01").exists()


def test_a_lifted_veto_gives_the_grade_back(city: Cycle) -> None:
    vetoes.take_effect(city.units.get(unit__code="u01"), "V1", case_id=1)
    found = impact(city, Change("u01", lifted=("V1",)))
    assert [(u.id, u.grade_before, u.grade_after) for u in found.units] == [("u01", "D", "A")]


def test_several_changes_are_weighed_together(city: Cycle) -> None:
    found = impact(
        city,
        Change("u01", points={"M9": Decimal(0)}),
        Change("u02", points={"M9": Decimal(0)}),
    )
    assert [unit.id for unit in found.units] == ["u01", "u02"]


def test_a_change_that_changes_nothing_moves_nothing(city: Cycle) -> None:
    same = Judgement.objects.get(assessed__unit__code="u01", part="M9").score
    found = impact(city, Change("u01", points={"M9": same}))
    assert (found.units, found.means, found.any) == ((), (), False)


def test_a_value_that_cannot_be_is_refused(city: Cycle) -> None:
    with pytest.raises(KaoheError, match="101 大于 100"):
        impact(city, Change("u01", values={"vegetable_pass_rate": Decimal(101)}))


def test_what_was_foreseen_is_what_moves(city: Cycle, office: Actor) -> None:
    change = Change("u02", points={"M13": Decimal(0), "M17": Decimal(0)})
    foreseen = impact(city, change)
    first = runs.run(city, by=office, at=NOW, after=0, reason="初评结束")
    for part, score in change.points.items():
        Judgement.objects.filter(assessed__unit__code="u02", part=part).update(score=score)
    second = runs.run(city, by=office, at=NOW, after=1, reason="更正")
    assert moved(first, second) == foreseen
    assert not moved(first, first).any
