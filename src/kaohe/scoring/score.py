"""The exact engine, the one that counts: parts to items, items to a total, a grade and a rank."""

from collections.abc import Iterable, Mapping, Sequence
from decimal import Decimal

from kaohe.quantity import ZERO, exact
from kaohe.rubric.interpretation import interpret
from kaohe.rubric.model import Criterion, Part, Rubric
from kaohe.rules.base import AwaitingApproval, Award, CohortPartial, Missing, Outcome, made
from kaohe.scoring.across import Across
from kaohe.scoring.cohort import OF_COHORT, UnitFacts, assemble
from kaohe.scoring.observations import Dataset, Observations
from kaohe.scoring.result import Exempted, ItemScore, PartScore, UnitScore


def score(rubric: Rubric, data: Dataset) -> list[UnitScore]:
    """The result of every unit, in the order of the data, with ranks within each group.

    The rubric is read by its chosen readings (see :func:`kaohe.rubric.interpretation.choose`).

    :raises NeedsRounding: if a score does not end and its rule names no rounding (lint: K108).
    """
    scorer = Scorer(rubric)
    with exact():
        return ranked([scorer.score_unit(facts) for facts in assemble(scorer.rubric, data)])


class Scorer:
    """A rubric made ready to score units one by one, each with its full trace."""

    def __init__(self, rubric: Rubric) -> None:
        self.rubric = interpret(rubric)
        self.across = Across(self.rubric)
        self.always = outcomes_without_values(self.rubric)
        self.plans: dict[str, list[tuple[Criterion, tuple[Part, ...]]]] = {}

    def score(self, facts: UnitFacts) -> UnitScore:
        """One unit's result, without its rank."""
        with exact():
            return self.score_unit(facts)

    def score_unit(self, facts: UnitFacts) -> UnitScore:
        """The same, inside exact arithmetic that the caller has entered."""
        unit_type = facts.unit.type
        plan = self.plans.get(unit_type)
        if plan is None:
            plan = self.plans[unit_type] = self.plan(unit_type)
        given = facts.given()
        items = tuple([self.score_item(of, parts, facts, given) for of, parts in plan])
        return self.across.total(facts, items)

    def plan(self, unit_type: str) -> list[tuple[Criterion, tuple[Part, ...]]]:
        """The items and parts that a kind of unit is scored on."""
        criteria = self.rubric.all_criteria()
        found = ((criterion, criterion.parts_for(unit_type)) for criterion in criteria)
        return [(criterion, parts) for criterion, parts in found if parts]

    def score_item(
        self,
        criterion: Criterion,
        parts: Sequence[Part],
        facts: UnitFacts,
        given: Mapping[str, Outcome],
    ) -> ItemScore:
        """A criterion: the sum of its parts, a range where any part is one."""
        low = between = ZERO
        settled = True
        scores = []
        for part in parts:
            scored = self.decide(part, facts, given)
            part_low, part_high, because = scored.outcome
            low += part_low
            if part_high is not part_low:
                between += part_high - part_low
            if scored.exempted is not None or not because.settled:
                settled = settled and scored.settled
            scores.append(scored)
        high = low + between if between else low
        return made(ItemScore, (criterion, tuple(scores), low, high, settled))

    def score_part(self, part: Part, facts: UnitFacts) -> PartScore:
        """One part by itself."""
        return self.decide(part, facts, facts.given())

    def decide(self, part: Part, facts: UnitFacts, given: Mapping[str, Outcome]) -> PartScore:
        """A part: exempt, decided by its rule, or settled by an assessor where the rule is not."""
        part_id = part.id
        if part_id in facts.unit.exempt:
            return self.exempt(part, facts.unit.exempt[part_id])
        outcome = self.always.get(part_id)
        if outcome is None:
            outcome = part.rule.assess(facts, part.points)
        because = outcome.because
        if because.awaits_award and part_id in given:
            return made(PartScore, (part, given[part_id], None, because))
        if isinstance(because, Missing):
            outcome = outcome._replace(because=explained(because, facts))
        return made(PartScore, (part, outcome, None, None))

    def exempt(self, part: Part, reason: str) -> PartScore:
        """An exempt part, treated as the rubric says."""
        treatment = self.rubric.not_applicable.treatment
        low = part.points if treatment == "full" else ZERO
        high = part.points if treatment in ("full", "undecided") else ZERO
        exempted = Exempted(reason, treatment)
        return PartScore(part, Outcome(low, high, Award(low, reason)), exempted)


def explained(because: Missing, facts: UnitFacts) -> Missing:
    """Why a value is missing, where it is no value that somebody has still to give.

    Either a count waits for approvals, or not all units compared with are in the data.
    """
    needs = because.needs
    waiting = sum(facts.waiting.get(need.indicator, 0) for need in needs)
    if waiting:
        return AwaitingApproval(needs, waiting)
    over = (need for need in needs if need.kind in OF_COHORT and not need.of)
    unknown = tuple(need for need in over if facts.cohort.partial(need.indicator))
    return CohortPartial(needs, unknown) if unknown else because


def outcomes_without_values(rubric: Rubric) -> dict[str, Outcome]:
    """What the rules that need no value say of every unit, by part: worked out once."""
    nobody = UnitFacts(rubric, Observations("", "", ""))
    parts = (part for part in rubric.all_parts() if not part.rule.needs())
    return {part.id: part.rule.assess(nobody, part.points) for part in parts}


def ranked(scores: Iterable[UnitScore]) -> list[UnitScore]:
    """The same results with ranks by total within each group (1, 2, 2, 4), on unrounded totals.

    While any unit of a group is unsettled, its ranks stay open.
    """
    scores = list(scores)
    by_group: dict[str, list[Decimal | None]] = {}
    for result in scores:
        by_group.setdefault(result.facts.unit.group, []).append(result.total)
    ranks = {group: iter(ranks_of(totals)) for group, totals in by_group.items()}
    return [result._replace(rank=next(ranks[result.facts.unit.group])) for result in scores]


def ranks_of(totals: Sequence[Decimal | None]) -> list[int | None]:
    """The rank of each total of one group; all ``None`` while one of them is."""
    known = [total for total in totals if total is not None]
    if len(known) < len(totals):
        return [None] * len(totals)
    first: dict[Decimal, int] = {}
    for rank, total in enumerate(sorted(known, reverse=True), start=1):
        first.setdefault(total, rank)
    return [first[total] for total in known]
