"""What moves between two results: scores, means, ranks and grades, figure by figure."""

from collections.abc import Iterator
from dataclasses import dataclass

from kaohe.quantity import Exact, exact
from kaohe.rubric.interpretation import interpret
from kaohe.wording.words import Words, shown
from kaohe_web.results.models import ScoringRun
from kaohe_web.results.scoring import Plain, Scored, score_text
from kaohe_web.results.stored import readings_in, result_in


@dataclass(frozen=True, slots=True)
class Span:
    """A score as it is written: settled, or the range it lies in."""

    score: str | None
    low: str
    high: str


@dataclass(frozen=True, slots=True)
class PartMoved:
    """An item or part whose score moves; ``None`` where it was or is not scored at all."""

    id: str
    before: Span | None
    after: Span | None


@dataclass(frozen=True, slots=True)
class UnitMoved:
    """A unit of which something moves; ``None`` where it was or is not assessed at all."""

    id: str
    name: str
    total_before: Span | None
    total_after: Span | None
    grade_before: str | None
    grade_after: str | None
    rank_before: int | None
    rank_after: int | None
    parts: tuple[PartMoved, ...]

    @property
    def total_moves(self) -> bool:
        """Whether the total is another one."""
        return self.total_before != self.total_after

    @property
    def grade_moves(self) -> bool:
        """Whether the grade is another one."""
        return self.grade_before != self.grade_after

    @property
    def rank_moves(self) -> bool:
        """Whether the rank is another one."""
        return self.rank_before != self.rank_after

    @property
    def places_gained(self) -> int | None:
        """How many places it rose; negative where it fell."""
        if self.rank_before is None or self.rank_after is None:
            return None
        return self.rank_before - self.rank_after

    @property
    def places_lost(self) -> int | None:
        """How many places it fell; negative where it rose."""
        return None if self.places_gained is None else -self.places_gained

    @property
    def moves(self) -> bool:
        """Whether anything does."""
        return bool(self.parts) or self.total_moves or self.grade_moves or self.rank_moves


@dataclass(frozen=True, slots=True)
class MeanMoved:
    """A cohort's mean that moves, as people read it; empty while it is not known."""

    group: str
    indicator: str
    title: str
    before: str
    after: str


@dataclass(frozen=True, slots=True)
class Moves:
    """Everything that moves; only units and means of which something does."""

    units: tuple[UnitMoved, ...]
    means: tuple[MeanMoved, ...]

    @property
    def any(self) -> bool:
        """Whether anything moves at all."""
        return bool(self.units or self.means)

    def unit(self, unit_id: str) -> UnitMoved | None:
        """What moves of the unit of that id."""
        return next((unit for unit in self.units if unit.id == unit_id), None)


Means = dict[tuple[str, str], tuple[Exact | None, str, str]]
"""By group and indicator: the mean, as people read it, and the indicator's title."""


def moved(before: ScoringRun, after: ScoringRun) -> Moves:
    """What moved from one run to another, by what both have stored."""
    return compare(
        result_in(before), result_in(after), means_of(scored_of(before)), means_of(scored_of(after))
    )


def scored_of(run: ScoringRun) -> Scored:
    """The scores of a run, with their facts, from what it froze."""
    return score_text(run.edition, readings_in(run), run.inputs)


def between(before: Scored, after: Scored) -> Moves:
    """What moves from one scoring to another."""
    return compare(before.plain(), after.plain(), means_of(before), means_of(after))


def compare(before: Plain, after: Plain, means_before: Means, means_after: Means) -> Moves:
    """The same, of results in the shape of ``kaohe score``."""
    old = {unit["id"]: unit for unit in before["units"]}
    new = {unit["id"]: unit for unit in after["units"]}
    ids = list(new) + [unit_id for unit_id in old if unit_id not in new]
    units = (unit_moved(old.get(unit_id), new.get(unit_id)) for unit_id in ids)
    return Moves(
        tuple(unit for unit in units if unit.moves), tuple(means_moved(means_before, means_after))
    )


def unit_moved(old: Plain | None, new: Plain | None) -> UnitMoved:
    """One unit before and after."""
    was, now = old or {}, new or {}
    some = new or old or {}
    return UnitMoved(
        id=some["id"],
        name=some["name"],
        total_before=span(old, "total"),
        total_after=span(new, "total"),
        grade_before=was.get("grade"),
        grade_after=now.get("grade"),
        rank_before=was.get("rank"),
        rank_after=now.get("rank"),
        parts=tuple(parts_moved(was, now)),
    )


def parts_moved(old: Plain, new: Plain) -> Iterator[PartMoved]:
    """The leaves whose score moves: parts, and items that are not divided."""
    was, now = leaves(old), leaves(new)
    for part_id in list(now) + [part_id for part_id in was if part_id not in now]:
        before, after = span(was.get(part_id), "score"), span(now.get(part_id), "score")
        if before != after:
            yield PartMoved(part_id, before, after)


def leaves(unit: Plain) -> dict[str, Plain]:
    """The scored leaves of a unit's result, by id, in the order of the document."""
    return {
        leaf["id"]: leaf for item in unit.get("items", ()) for leaf in item.get("parts", [item])
    }


def span(plain: Plain | None, key: str) -> Span | None:
    """The score or total of a result as it is written."""
    return None if plain is None else Span(plain[key], plain["low"], plain["high"])


def means_of(scored: Scored) -> Means:
    """The means of the cohorts that some rule asks for."""
    parts = interpret(scored.rubric).all_parts()
    needs = (need for part in parts for need in part.rule.needs())
    asked = dict.fromkeys(need.indicator for need in needs if need.kind == "mean" and not need.of)
    words = Words.of(scored.rubric)
    found: Means = {}
    with exact():
        for unit in scored.units:
            for indicator in asked:
                key = (unit.facts.unit.group, indicator)
                if key in found:
                    continue
                mean = unit.facts.cohort.mean(indicator)
                value = None if mean is None else mean.value()
                told = "" if value is None else shown(value)
                found[key] = (value, told, words.title(indicator))
    return found


def means_moved(old: Means, new: Means) -> Iterator[MeanMoved]:
    """The means that are others now."""
    for key in list(new) + [key for key in old if key not in new]:
        group, indicator = key
        before, after = old.get(key, (None, "", "")), new.get(key, (None, "", ""))
        if before[0] != after[0]:
            title = after[2] or before[2]
            yield MeanMoved(group, indicator, title, before[1], after[1])
