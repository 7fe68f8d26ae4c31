"""What acts across items: exemptions re-based, exclusive items, emptied items, vetoes, grades."""

from collections.abc import Iterable
from decimal import Decimal
from fractions import Fraction

from kaohe.quantity import HUNDRED, ZERO, to_score
from kaohe.rubric.effects import Effects
from kaohe.rubric.grading import Precondition
from kaohe.rubric.model import Rubric, Section
from kaohe.rules.parts import Span, add_up, highest
from kaohe.scoring.cohort import UnitFacts
from kaohe.scoring.result import Effect, ItemScore, PartScore, UnitScore

NO_SPAN: Span = (ZERO, ZERO)


class Across:
    """From the items of one unit to its total and grade, step by step, each step in the trace."""

    def __init__(self, rubric: Rubric) -> None:
        self.rubric = rubric
        self.vetoes = {veto.id: veto for veto in rubric.vetoes}
        self.parts_of = parts_by_place(rubric)
        self.plain = not (rubric.exclusive or rubric.preconditions)
        self.outside = frozenset(criterion.id for criterion in rubric.adjustments)

    def total(self, facts: UnitFacts, items: tuple[ItemScore, ...]) -> UnitScore:
        """The unit's result from its items."""
        low = between = ZERO
        settled = True
        for _, _, item_low, item_high, item_settled in items:
            low += item_low
            if item_high is not item_low:
                between += item_high - item_low
            settled = settled and item_settled
        high = low + between
        unit = facts.unit
        if self.plain and not unit.vetoes and not unit.exempt:
            grade = self.plain_grade(low, high)
            return UnitScore(facts, items, (), low, high, settled, grade)
        effects = list(self.effects(facts, items))
        low += sum((effect.low for effect in effects), ZERO)
        high += sum((effect.high for effect in effects), ZERO)
        certain, possible = self.acting(unit.vetoes, items)
        settled = (settled or low == high) and all(effect.certain for effect in effects)
        grade = self.grade(low, high, certain, possible)
        return UnitScore(facts, items, tuple(effects), low, high, settled, grade)

    def plain_grade(self, low: Decimal, high: Decimal) -> str | None:
        """The grade where nothing acts across items, if both ends of the total agree."""
        best = self.rubric.grades.of(high)
        return best if low == high or self.rubric.grades.of(low) == best else None

    def grade(
        self, low: Decimal, high: Decimal, certain: Iterable[Effects], possible: Iterable[Effects]
    ) -> str | None:
        """The grade, if it is the same whatever is still open; else ``None``."""
        grades = self.rubric.grades
        certain, possible = tuple(certain), tuple(possible)
        worst = grades.after(grades.of(low), certain + possible)
        best = grades.after(grades.of(high), certain)
        return best if worst == best else None

    def effects(self, facts: UnitFacts, items: tuple[ItemScore, ...]) -> Iterable[Effect]:
        """The steps between the sum of the items and the total, in the order they act."""
        spans = {p.part.id: (p.outcome.low, p.outcome.high) for i in items for p in i.parts}
        yield from self.exclusive(spans)
        yield from self.emptied(facts, items, spans)
        yield from self.rebased(items, spans)
        yield from self.deducted(facts, items)

    def exclusive(self, spans: dict[str, Span]) -> Iterable[Effect]:
        """Of exclusive parts only the best counts."""
        for rule in self.rubric.exclusive:
            ids = [p for place in rule.among for p in self.parts_of.get(place, ()) if p in spans]
            if len(ids) < 2:  # noqa: PLR2004 -- one alone excludes nothing
                continue
            low, high = add_up(spans[part] for part in ids)
            best_low, best_high = highest(spans[part] for part in ids)
            yield Effect("exclusive", rule.id, best_low - low, best_high - high)
            spans[ids[0]] = (best_low, best_high)
            spans.update(dict.fromkeys(ids[1:], NO_SPAN))

    def emptied(
        self, facts: UnitFacts, items: tuple[ItemScore, ...], spans: dict[str, Span]
    ) -> Iterable[Effect]:
        """Items, parts or sections whose points do not count."""
        for source, effects, certain in self.sources(facts.unit.vetoes, items):
            ids = [p for place in effects.zero for p in self.parts_of.get(place, ()) if p in spans]
            low, high = add_up(spans[part] for part in ids)
            if not ids:
                continue
            detail = "、".join(effects.zero)
            if certain:
                spans.update(dict.fromkeys(ids, NO_SPAN))
                yield Effect("zero", source, -low, -high, detail=detail)
            else:
                spans.update({part: (min(ZERO, spans[part][0]), spans[part][1]) for part in ids})
                yield Effect("zero", source, min(ZERO, -low), ZERO, certain=False, detail=detail)

    def rebased(self, items: tuple[ItemScore, ...], spans: dict[str, Span]) -> Iterable[Effect]:
        """What approved exemptions leave, scaled up to the full points of the place."""
        policy = self.rubric.not_applicable
        if policy.treatment != "rebase":
            return
        inside = (item for item in items if item.criterion.id not in self.outside)
        scores = {part.part.id: part for item in inside for part in item.parts}
        for place, ids in self.places(policy.within):
            here = [scores[part] for part in ids if part in scores]
            left = sum((p.part.points for p in here if p.exempted is None), ZERO)
            full = sum((p.part.points for p in here), ZERO)
            if left == full:
                continue
            low, high = add_up(spans[p.part.id] for p in here)
            if left == ZERO:
                yield Effect("rebase_nothing_left", place, ZERO, full, certain=False)
                continue
            factor = Fraction(full) / Fraction(left)
            new_low = to_score(Fraction(low) * factor, policy.round)
            new_high = to_score(Fraction(high) * factor, policy.round)
            detail = f"{full}/{left}"
            yield Effect("rebase", place, new_low - low, new_high - high, detail=detail)

    def deducted(self, facts: UnitFacts, items: tuple[ItemScore, ...]) -> Iterable[Effect]:
        """What is taken from the total outside any item; grade effects are named with it."""
        for source, effects, certain in self.sources(facts.unit.vetoes, items):
            if effects.deduct:
                high = -effects.deduct if certain else ZERO
                yield Effect("deduct", source, -effects.deduct, high, certain=certain)
            for kind, detail in (
                ("grade", effects.grade),
                ("cap", effects.cap),
                ("downgrade", str(effects.downgrade) if effects.downgrade else ""),
            ):
                if detail:
                    yield Effect(kind, source, ZERO, ZERO, certain=certain, detail=detail)

    def acting(
        self, vetoes: tuple[str, ...], items: tuple[ItemScore, ...]
    ) -> tuple[list[Effects], list[Effects]]:
        """The effects that act, and those that may still come to act."""
        sources = list(self.sources(vetoes, items))
        certain = [effects for _, effects, sure in sources if sure]
        return certain, [effects for _, effects, sure in sources if not sure]

    def sources(
        self, vetoes: tuple[str, ...], items: tuple[ItemScore, ...]
    ) -> Iterable[tuple[str, Effects, bool]]:
        """What acts or may act on this unit: vetoes, and preconditions that fail or may fail."""
        for veto in vetoes:
            yield veto, self.vetoes[veto].effects, True
        for precondition in self.rubric.preconditions:
            failed = self.failed(precondition, items)
            if failed is not False:
                yield precondition.id, precondition.otherwise, failed is True

    def failed(self, precondition: Precondition, items: tuple[ItemScore, ...]) -> bool | None:
        """Whether a precondition fails; ``None`` while it is open. Exempt parts are not asked."""
        ids = self.parts_of.get(precondition.of, ())
        parts = [p for item in items for p in item.parts if p.part.id in ids]
        asked: list[PartScore] = [p for p in parts if p.exempted is None]
        if not asked:
            return False
        low, high = add_up((p.outcome.low, p.outcome.high) for p in asked)
        needed = sum((p.part.points for p in asked), ZERO) * precondition.share / HUNDRED
        if high < needed:
            return True
        return False if low >= needed else None

    def places(self, within: str) -> Iterable[tuple[str, tuple[str, ...]]]:
        """The places that are re-based each by itself, and the parts of each."""
        if within == "rubric":
            ids = tuple(
                p.id for s in self.rubric.sections for c in s.all_criteria() for p in c.parts
            )
            yield self.rubric.title, ids
        elif within == "criterion":
            for section in self.rubric.sections:
                for criterion in section.all_criteria():
                    yield criterion.id, tuple(part.id for part in criterion.parts)
        else:
            for section in self.rubric.all_sections():
                if section.criteria:
                    yield section.title, tuple(p.id for c in section.criteria for p in c.parts)


def parts_by_place(rubric: Rubric) -> dict[str, tuple[str, ...]]:
    """The part ids that a part, a criterion or a section stands for."""
    found: dict[str, tuple[str, ...]] = {}

    def enter(section: Section) -> None:
        ids = tuple(part.id for c in section.all_criteria() for part in c.parts)
        found[section.id or section.title] = ids

    for section in rubric.all_sections():
        enter(section)
    for criterion in rubric.all_criteria():
        found[criterion.id] = tuple(part.id for part in criterion.parts)
        for part in criterion.parts:
            found[part.id] = (part.id,)
    return found
