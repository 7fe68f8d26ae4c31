"""Which parts await an assessor: judged ones, and those on whose value the rubric is silent.

Only what is submitted counts, as in scoring; a part that a rule decides is nobody's to judge.
"""

from collections.abc import Collection
from dataclasses import dataclass
from decimal import Decimal

from django.utils.translation import gettext as _

from kaohe.quantity import exact, write_number
from kaohe.scoring.cohort import UnitFacts, assemble
from kaohe.scoring.data import award_mistake
from kaohe.wording.sentences import explain_part
from kaohe.wording.words import Lang, Words
from kaohe_web.cycles.models import AssessedUnit, Cycle
from kaohe_web.errors import Invalid, NotThere, WrongState
from kaohe_web.filing.clauses import Clause, Year, year_of
from kaohe_web.filing.observed import dataset


@dataclass(frozen=True, slots=True)
class Awaiting:
    """What a year's rubric says of some units as they stand."""

    year: Year
    facts: dict[int, UnitFacts]
    """By the key of the assessed unit."""

    def clauses(self, assessed: AssessedUnit) -> list[Clause]:
        """The clauses that the unit is scored on and that await an assessor."""
        with exact():
            return [
                clause
                for clause in self.year.clauses(assessed.type)
                if not award_mistake(clause.part, self.facts[assessed.pk])
            ]

    def why_not(self, assessed: AssessedUnit, clause: Clause) -> str:
        """Why points cannot be given to a part; empty if it awaits them."""
        with exact():
            return award_mistake(clause.part, self.facts[assessed.pk])


def awaiting(
    cycle: Cycle, units: Collection[AssessedUnit], *, only: Collection[str] | None = None
) -> Awaiting:
    """What awaits assessors in some units; ``only`` these indicators are read, if given.

    The units must be whole groups: a rule may compare them.
    """
    year = year_of(cycle)
    with exact():
        data = dataset(year, cycle, units, drafts=lambda _: False, only=only)
        facts = {each.unit.id: each for each in assemble(year.rubric, data)}
    return Awaiting(year, {unit.pk: facts[unit.unit.code] for unit in units})


def awaiting_in(assessed: AssessedUnit, clause: Clause) -> str:
    """Why points cannot be given to one part of one unit; empty if it awaits them."""
    cycle = assessed.cycle
    group = list(cycle.units.filter(group=assessed.group).select_related("unit"))
    return awaiting(cycle, group, only=clause.read).why_not(assessed, clause)


def said_by_rule(assessed: AssessedUnit, clause: Clause, lang: Lang) -> str:
    """What the rule says of a part as it is submitted, in a sentence."""
    cycle = assessed.cycle
    group = list(cycle.units.filter(group=assessed.group).select_related("unit"))
    known = awaiting(cycle, group, only=clause.read)
    with exact():
        scored = known.year.scorer.score_part(clause.part, known.facts[assessed.pk])
        return explain_part(scored, Words.of(known.year.rubric, lang))


def clause_of(assessed: AssessedUnit, part: str) -> Clause:
    """The clause of a part that the unit is scored on.

    :raises NotThere: if it is not scored on it.
    """
    clause = year_of(assessed.cycle).clauses(assessed.type).get(part)
    if clause is None:
        raise NotThere(_("评分细则里没有这一条，或不考核这类单位；请返回列表查看"))
    return clause


def require_awardable(assessed: AssessedUnit, clause: Clause, score: Decimal) -> None:
    """Whether points may be given to a part of a unit, and these ones.

    :raises WrongState: if the part does not await any.
    :raises Invalid: if the rubric allows no such score.
    """
    if why := awaiting_in(assessed, clause):
        raise WrongState(why)
    part = clause.part
    if fault := part.rule.award_fault(score, part.points):
        raise Invalid(
            [_("得 %(score)s 分不行：%(fault)s") % {"score": write_number(score), "fault": fault}]
        )
