"""A unit may be scored again and again, and with other awards: nothing is left over from before."""

from dataclasses import replace
from decimal import Decimal

from kaohe.reading.load import load_rubric
from kaohe.rules.base import Award
from kaohe.scoring.cohort import UnitFacts, assemble
from kaohe.scoring.observations import Dataset, Observations
from kaohe.scoring.score import Scorer

RUBRIC = load_rubric("shuangtaizi-2017")
SCORER = Scorer(RUBRIC)


def facts(**awards: str) -> UnitFacts:
    """The facts of a unit that has nothing but points given to it."""
    given = {part: Award(Decimal(score)) for part, score in awards.items()}
    (found,) = assemble(SCORER.rubric, Dataset((Observations("u1", "一", "一", awards=given),)))
    return found


def test_scoring_twice_gives_the_same_twice() -> None:
    unit = facts(M9="0.5")
    assert SCORER.score(unit)[1:] == SCORER.score(unit)[1:]


def test_other_awards_of_the_same_unit_are_seen_at_once() -> None:
    unit = facts(M9="0.5")
    before = SCORER.score(unit)
    unit.unit = replace(unit.unit, awards={"M9": Award(Decimal(1)), "M10": Award(Decimal(3))})
    after = SCORER.score(unit)
    assert after.low - before.low == Decimal("3.5")
    assert SCORER.score_part(next(iter(RUBRIC.all_parts())), unit).score is None


def test_units_scored_in_turn_do_not_see_each_other() -> None:
    one, other = facts(M9="0.25"), facts(M9="0.75")
    lows = [SCORER.score(unit).low for unit in (one, other, one, other)]
    assert lows == [Decimal("0.25"), Decimal("0.75"), Decimal("0.25"), Decimal("0.75")]
