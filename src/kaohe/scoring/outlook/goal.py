"""A grade to be reached: which total it takes, what else stands in the way, and whether it is."""

from collections.abc import Iterable, Mapping
from decimal import Decimal
from fractions import Fraction
from typing import NamedTuple

from kaohe.quantity import HUNDRED, ONE, ZERO, rounded
from kaohe.rubric.effects import Effects
from kaohe.rubric.grading import GradeScale
from kaohe.rules.base import Award, Outcome
from kaohe.scoring.across import Across
from kaohe.scoring.result import ItemScore, UnitScore

Scores = Mapping[str, Decimal]
"""Scores of parts that are to differ from where they stand."""


class Row(NamedTuple):
    """What the parts must bring together at the least, each counting with its weight.

    Never more than truly necessary: a choice that fails a row fails the goal, not the reverse.
    ``exact`` rows are plain sums; in others a loss may cost less than it says, so it counts zero.
    """

    need: Decimal
    weights: Mapping[str, Decimal]
    exact: bool

    def gain(self, gains: Iterable[tuple[str, Decimal]]) -> Decimal:
        """What these gains of parts bring to it, or more."""
        weighed = ((self.weights.get(part, ZERO), gain) for part, gain in gains)
        return sum((w * (gain if self.exact else max(gain, ZERO)) for w, gain in weighed), ZERO)


class Goal:
    """One unit, what is open counted as lost, and the place of the grade it is to reach."""

    def __init__(self, across: Across, result: UnitScore, place: int) -> None:
        self.across, self.result, self.place = across, result, place
        unit, rubric = result.facts.unit, across.rubric
        self.grades: GradeScale = rubric.grades
        self.plain = across.plain and not unit.vetoes and not unit.exempt
        emptying = any(e.zero or e.deduct for e in (p.otherwise for p in rubric.preconditions))
        self.additive = self.plain or not (rubric.exclusive or unit.exempt or emptying)
        self.lows = {p.part.id: p.outcome.low for i in result.items for p in i.parts}
        self.items = tuple(at_low(item, {}) for item in result.items)
        self.lines = [needed(self.grades, index) for index in range(len(self.grades.names))]
        self.total, effects = self.standing(self.items)
        self.grade = self.grades.after(self.grades.of(self.total), effects)
        self.vetoes = [(veto, across.vetoes[veto].effects) for veto in unit.vetoes]
        self.needed, self.strict = self.lines[max(0, place - self.lowered())]
        self.failing = [p for p in across.rubric.preconditions if across.failed(p, self.items)]

    def standing(self, items: tuple[ItemScore, ...]) -> tuple[Decimal, list[Effects]]:
        """Total of settled items and what acts on the grade; what may act is taken to act."""
        low = self.across.total(self.result.facts, items).low
        if self.plain:
            return low, []
        certain, possible = self.across.acting(self.result.facts.unit.vetoes, items)
        return low, certain + possible

    def after(self, scores: Scores) -> tuple[Decimal, list[Effects]]:
        """The same with these scores: added up where that is right, else by the engine."""
        if self.plain:
            return sum((gain for _, gain in self.gains(scores)), self.total), []
        return self.standing(tuple(at_low(item, scores) for item in self.items))

    def reached(self, scores: Scores) -> Decimal | None:
        """The total if it and all that acts are good enough for the grade, else ``None``.

        More points never undo it: a total in a hole of the scale is taken for the grade below.
        """
        total, effects = self.after(scores)
        place = self.grades.names.index
        for index, (line, strict) in enumerate(self.lines):
            if total > line or (total == line and not strict):
                grade = self.grades.after(self.grades.names[index], effects)
                return total if grade is not None and place(grade) <= self.place else None
        return None

    def graded(self, scores: Scores) -> bool:
        """Whether the scale really gives the grade, or a better one, with these scores."""
        total, effects = self.after(scores)
        grade = self.grades.after(self.grades.of(total), effects)
        return grade is not None and self.grades.names.index(grade) <= self.place

    def place_now(self) -> int:
        """The place of the grade as it stands; in a hole of the scale, the one below the hole."""
        if self.grade is not None:
            return self.grades.names.index(self.grade)
        above = [index for index, (line, _) in enumerate(self.lines) if line > self.total]
        return max(above, default=0) + 1

    def gains(self, scores: Scores) -> list[tuple[str, Decimal]]:
        """What each of these scores is more than where the part stands."""
        return [(part, score - self.lows[part]) for part, score in scores.items()]

    def blocking(self) -> tuple[str, ...]:
        """The vetoes that keep the grade out of reach whatever the points."""
        names = self.grades.names
        best = self.grades.after(names[0], [effects for _, effects in self.vetoes])
        if best is not None and names.index(best) <= self.place:
            return ()
        return tuple(veto for veto, e in self.vetoes if e.grade or e.cap or e.downgrade)

    def lowered(self) -> int:
        """By how many grades the vetoes lower the result."""
        return sum(effects.downgrade for _, effects in self.vetoes)

    def rows(self) -> list[Row]:
        """What must add up: the total, and each failing precondition that bars the grade."""
        weights = dict.fromkeys(self.lows, ONE) if self.plain else self.weights()
        back = ZERO if self.plain else self.regained(weights)
        short = self.needed - self.total - back if self.needed.is_finite() else ZERO
        rows = [Row(short, weights, self.plain)]
        for precondition in self.failing:
            if self.bars(precondition.otherwise):
                asked = self.asked(precondition.of)
                full, have = self.full_and_low(asked)
                need = full * precondition.share / HUNDRED - have
                rows.append(Row(need, dict.fromkeys(asked, ONE), exact=True))
        return rows

    def least(self, rows: list[Row], fineness: Decimal) -> Decimal:
        """A total below which the goal cannot be reached."""
        least = self.needed + (fineness if self.strict else ZERO)
        zeroing = any(effects.zero for _, effects in self.across.rubric.effects())
        if not self.across.rubric.exclusive and not zeroing:
            least = max([least, *(self.total + row.need for row in rows[1:])])
        return least

    def bars(self, effects: Effects) -> bool:
        """Whether effects keep the grade out of reach as long as they act."""
        names = self.grades.names
        barred = [names.index(grade) for grade in (effects.grade, effects.cap) if grade]
        return bool(barred) and max(barred) > self.place

    def asked(self, place: str) -> list[str]:
        """The parts that a precondition on a place asks about: not the exempt ones."""
        ids = self.across.parts_of.get(place, ())
        return [
            p.part.id
            for item in self.items
            for p in item.parts
            if p.part.id in ids and p.exempted is None
        ]

    def full_and_low(self, parts: Iterable[str]) -> tuple[Decimal, Decimal]:
        """The points of these parts, and what they have."""
        points = {p.part.id: p.part.points for item in self.items for p in item.parts}
        pairs = [(points[part], self.lows[part]) for part in parts]
        return sum((full for full, _ in pairs), ZERO), sum((low for _, low in pairs), ZERO)

    def weights(self) -> dict[str, Decimal]:
        """How much a point of each part can be worth in the total: more where it is re-based."""
        weights = dict.fromkeys(self.lows, ONE)
        policy = self.across.rubric.not_applicable
        if policy.treatment == "rebase":
            exempt = self.result.facts.unit.exempt
            for _, ids in self.across.places(policy.within):
                here = [part for part in ids if part in weights]
                full, _ = self.full_and_low(here)
                left, _ = self.full_and_low(part for part in here if part not in exempt)
                if left:
                    factor = rounded(Fraction(full) / Fraction(left), 6) + ONE.scaleb(-6)
                    weights.update(dict.fromkeys(here, factor if left != full else ONE))
        for rule in self.across.rubric.exclusive:
            alike = [p for place in rule.among for p in self.across.parts_of.get(place, ())]
            here = [part for part in alike if part in weights]
            weights.update(dict.fromkeys(here, max((weights[p] for p in here), default=ONE)))
        return weights

    def regained(self, weights: Mapping[str, Decimal]) -> Decimal:
        """What comes back at the most, besides points won, once failing preconditions are met."""
        back = ZERO
        for precondition in self.failing:
            effects = precondition.otherwise
            ids = (p for place in effects.zero for p in self.across.parts_of.get(place, ()))
            back += sum((max(self.lows[p], ZERO) * weights[p] for p in ids if p in weights), ZERO)
            back += max(effects.deduct, ZERO)
        policy = self.across.rubric.not_applicable
        if policy.round is not None and self.result.facts.unit.exempt:
            places = sum(1 for _ in self.across.places(policy.within))
            back += places * ONE.scaleb(-policy.round)
        return back

    def buckets(self) -> dict[str, int]:
        """Parts that are as good as one another, by number: only their sum matters to the goal."""
        if self.plain:
            return dict.fromkeys(self.lows, 0)
        rubric, across = self.across.rubric, self.across
        places = [set(ids) for _, ids in across.places(rubric.not_applicable.within)]
        places += [set(across.parts_of.get(p.of, ())) for p in rubric.preconditions]
        places += [
            {p for place in effects.zero for p in across.parts_of.get(place, ())}
            for _, effects in rubric.effects()
        ]
        alone = {p for e in rubric.exclusive for a in e.among for p in across.parts_of.get(a, ())}
        numbers: dict[tuple[object, ...], int] = {}
        found = {}
        for part in self.lows:
            key = (*(part in place for place in places), part if part in alone else "")
            found[part] = numbers.setdefault(key, len(numbers))
        return found


def at_low(item: ItemScore, scores: Scores) -> ItemScore:
    """An item with what is open counted as lost, and with other scores where given."""
    parts = []
    for scored in item.parts:
        low = scores.get(scored.part.id, scored.outcome.low)
        parts.append(scored._replace(outcome=Outcome(low, low, Award(low))))
    low = sum((part.outcome.low for part in parts), ZERO)
    return ItemScore(item.criterion, tuple(parts), low, low, settled=True)


def needed(grades: GradeScale, place: int) -> tuple[Decimal, bool]:
    """The total from which on the grade at a place is reached, and whether it must be exceeded."""
    within = grades.scale[max(place, 0)].within
    if grades.round is None or not within.low.is_finite():
        return within.low, within.holds_low is not True
    step = ONE.scaleb(-grades.round)
    line = rounded(within.low, grades.round)
    if line < within.low or (line == within.low and within.holds_low is not True):
        line += step
    return line - step / 2, False
