"""Random rubrics over the whole catalogue of rules, with what acts across items."""

from collections.abc import Callable
from dataclasses import replace
from decimal import Decimal
from typing import Any, Literal, TypeVar

from hypothesis import strategies as st

from kaohe.intervals import INFINITY, Interval
from kaohe.quantity import ONE, ZERO
from kaohe.rubric.effects import Effects
from kaohe.rubric.grading import Grade, GradeScale, Precondition, Veto
from kaohe.rubric.model import (
    Contacts,
    Criterion,
    Department,
    Exclusive,
    NotApplicable,
    Part,
    Period,
    Rubric,
    Section,
    Source,
)
from kaohe.rubric.readings import Change, Choice, Reading
from kaohe.rules.base import Rule
from kaohe.rules.counted import Counted
from strategies.measures import COUNT, INDICATORS, REGISTERS, points
from strategies.rules import MEASURED, Ordered, open_ended, sound

Draw = Callable[[st.SearchStrategy[Any]], Any]
T = TypeVar("T")
RuleFor = Callable[[Decimal], st.SearchStrategy[Rule]]

TYPES = {"county": "县", "zone": "经济区"}
DEPARTMENTS = ("甲局", "乙局")

EXTRA = Part("bonus", "加分", ONE, Counted(COUNT, award=ONE / 2))
BONUS = Criterion("bonus", "加分", ONE, (EXTRA,))

words = st.text(
    st.characters(exclude_categories=("Cc", "Cf", "Cs", "Cn", "Co", "Zl", "Zp")),
    min_size=1,
    max_size=12,
).filter(lambda text: bool(text.strip()))
"""Any text that people can see, with all that YAML could trip over."""


@st.composite
def part(draw: Draw, part_id: str, rule_for: RuleFor) -> Part:
    """A part with some of what may stand beside its rule."""
    worth = draw(points)
    return Part(
        part_id,
        draw(words),
        worth,
        draw(rule_for(worth)),
        clauses=draw(st.sampled_from(((), ("3",), ("4", "5")))),
        lead=draw(st.sampled_from(((), DEPARTMENTS[:1], DEPARTMENTS))),
        filing=draw(st.sampled_from(("units", "none"))),
        evidence=tuple(draw(st.lists(words, max_size=2))),
        applies_to=draw(st.sampled_from(((), (), (), ("zone",), ("county",)))),
    )


@st.composite
def criterion(draw: Draw, criterion_id: str, rule_for: RuleFor) -> Criterion:
    """A criterion of one part or of several."""
    size = draw(st.integers(1, 3))
    if size == 1:
        own = draw(part(criterion_id, rule_for))
        return Criterion(own.id, own.title, own.points, (own,), own.clauses)
    parts = tuple(draw(part(f"{criterion_id}.{n}", rule_for)) for n in range(1, size + 1))
    clauses = draw(st.sampled_from(((), ("1", "2"))))
    if clauses:
        parts = tuple(replace(own, clauses=own.clauses or clauses) for own in parts)
    worth = sum((own.points for own in parts), ZERO)
    return Criterion(criterion_id, draw(words), worth, parts, clauses)


@st.composite
def section(draw: Draw, number: int, rule_for: RuleFor) -> Section:
    """A section, plain or divided again."""
    name = chr(ord("A") + number)
    criteria = tuple(
        draw(criterion(f"{name}{n}", rule_for)) for n in range(1, draw(st.integers(1, 3)) + 1)
    )
    worth = sum((own.points for own in criteria), ZERO)
    own_id = draw(st.sampled_from(("", f"section-{name}")))
    if draw(st.booleans()):
        inner = Section(f"第{number}之一", worth, criteria=criteria)
        return Section(f"第{number}", worth, sections=(inner,), id=own_id)
    return Section(f"第{number}", worth, criteria=criteria, id=own_id)


def scale(worth: Decimal) -> GradeScale:
    """Four grades that cover every total."""
    edges = [worth * share / 10 for share in (9, 8, 6)]
    lows, highs = [*edges, -INFINITY], [INFINITY, *edges]
    stretches = (
        Interval(low, high, holds_low=low.is_finite(), holds_high=False)
        for low, high in zip(lows, highs, strict=True)
    )
    return GradeScale(tuple(map(Grade, "ABCD", stretches)))


@st.composite
def effects(draw: Draw, places: list[str]) -> Effects:
    """One thing that acts across items."""
    acting = (
        Effects(grade="D"),
        Effects(cap="B"),
        Effects(downgrade=1),
        Effects(deduct=Decimal("1.5")),
        Effects(zero=(draw(st.sampled_from(places)),)),
    )
    chosen: Effects = draw(st.sampled_from(acting))
    return chosen


@st.composite
def precondition(draw: Draw, places: list[str]) -> Precondition:
    """A share of an item's points that must be reached."""
    asked = draw(st.sampled_from(places))
    return Precondition("P1", draw(words), asked, Decimal(60), draw(effects(places)))


def maybe(strategy: st.SearchStrategy[T]) -> st.SearchStrategy[tuple[T, ...]]:
    """One of them, or none."""
    return st.just(()) | st.tuples(strategy)


@st.composite
def readings(draw: Draw, parts: list[Part], rule_for: RuleFor) -> tuple[Reading, ...]:
    """A register of readings: one decided, one not."""
    own = draw(st.sampled_from(parts))
    other = Change(own.id, rule=draw(rule_for(own.points)))
    rounding = Change("grades", (("round", draw(st.integers(0, 2))),))
    return (
        Reading(
            "rule",
            draw(words),
            (Choice("printed", draw(words)), Choice("other", draw(words), (other,), ("K203",))),
            chosen=draw(st.sampled_from(("printed", "other"))),
            why=draw(words),
        ),
        Reading("grades", draw(words), (Choice("whole", draw(words), (rounding,)),)),
    )


@st.composite
def rubrics(draw: Draw, rule_for: RuleFor = sound) -> Rubric:
    """A rubric of any rules, its points adding up at every level."""
    sections = [draw(section(n, rule_for)) for n in range(draw(st.integers(1, 2)))]
    criteria = [own for each in sections for own in each.all_criteria()]
    parts = [own for each in criteria for own in each.parts]
    places = [own.id for own in criteria]
    worth = sum((each.points for each in sections), ZERO)
    register = draw(readings(parts, rule_for)) if draw(st.booleans()) else ()
    if register:
        pointed = register[0].choices[1].set[0].place
        sections = [pointing(each, pointed) for each in sections]
    return Rubric(
        "random",
        draw(words),
        worth,
        tuple(sections),
        replace(scale(worth), reading=("grades",) if register else ()),
        period=Period(draw(words)),
        sources=(Source(draw(words)),),
        departments=tuple(map(Department, DEPARTMENTS)),
        unit_types=TYPES,
        indicators=INDICATORS,
        registers=REGISTERS,
        adjustments=draw(maybe(st.just(BONUS))),
        vetoes=(Veto("V1", draw(words), draw(effects(places))),),
        preconditions=draw(maybe(precondition(places))),
        exclusive=draw(maybe(st.just(Exclusive("E1", "就高", tuple(places))))),
        not_applicable=NotApplicable(
            draw(st.sampled_from(("rebase", "full", "leave_out", "undecided"))),
            draw(st.sampled_from(("criterion", "section", "rubric"))),
            2,
        ),
        readings=register,
        contacts=(Contacts(draw(words), (draw(words), draw(words))),),
    )


def pointing(place: Section, part_id: str) -> Section:
    """The section with one part pointing at the reading of its rule."""
    return replace(
        place,
        sections=tuple(pointing(inner, part_id) for inner in place.sections),
        criteria=tuple(
            replace(
                own,
                parts=tuple(
                    replace(each, reading=("rule",)) if each.id == part_id else each
                    for each in own.parts
                ),
            )
            for own in place.criteria
        ),
    )


@st.composite
def single(draw: Draw) -> Rubric:
    """A rubric of one part; its roundings may be lacking, which lint has to find."""
    worth = draw(points)
    ordered = st.one_of(*(strategy(worth) for strategy in MEASURED.values()))
    found = draw(ordered | open_ended(worth))
    rule, better = (found.rule, found.better) if isinstance(found, Ordered) else (found, 1)
    if hasattr(rule, "round") and draw(st.booleans()):
        rule = replace(rule, round=None)
    direction: Literal["higher", "lower"] = "higher" if better > 0 else "lower"
    named = {need.indicator for need in rule.needs()}
    own = Part("P", "分项", worth, rule, lead=DEPARTMENTS[:1], clauses=("1",))
    return Rubric(
        "single",
        "细则",
        worth,
        (Section("一", worth, criteria=(Criterion("P", "分项", worth, (own,), ("1",)),)),),
        replace(scale(worth), source="本细则"),
        sources=(Source("本细则"),),
        departments=(Department(DEPARTMENTS[0]),),
        indicators={n: replace(i, better=direction) for n, i in INDICATORS.items() if n in named},
        registers={name: register for name, register in REGISTERS.items() if name in named},
    )
