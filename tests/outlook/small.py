"""Small random assessments whose every improvement can be tried, one by one."""

from dataclasses import replace
from decimal import Decimal
from random import Random
from typing import Any

from kaohe.intervals import Interval
from kaohe.quantity import UNITS
from kaohe.rubric.effects import Effects
from kaohe.rubric.grading import Grade, GradeScale, Precondition, Veto
from kaohe.rubric.model import (
    Criterion,
    Exclusive,
    Indicator,
    NotApplicable,
    Part,
    Rubric,
    Section,
)
from kaohe.rules.attained import Attained
from kaohe.rules.banded import Band, Banded
from kaohe.rules.base import UNDECIDED, Award, IndicatorId, Rule
from kaohe.rules.binary import Binary
from kaohe.rules.composite import Composite, Term
from kaohe.rules.composite import Step as CompositeStep
from kaohe.rules.converted import Converted, GradeAward
from kaohe.rules.counted import Counted
from kaohe.rules.judged import Judged
from kaohe.rules.levels import Level, Levels
from kaohe.rules.proportional import Proportional
from kaohe.rules.ranked import Places, Ranked
from kaohe.rules.relative import Relative, Tier
from kaohe.rules.stepped import Stepped
from kaohe.rules.trend import Trend
from kaohe.scoring.observations import Dataset, Observations

D = Decimal

MOST_THINGS = 12
"""No edge of a count lies beyond it, so that counting further betters nothing."""


def percent(name: str) -> Indicator:
    return Indicator(IndicatorId(name), name, UNITS["percent"], target=True, decimals=0)


def number(name: str, better: str = "higher") -> Indicator:
    unit = UNITS["count"]
    return Indicator(
        IndicatorId(name), name, unit, better="lower" if better == "lower" else "higher"
    )


def graded(name: str) -> Indicator:
    return Indicator(IndicatorId(name), name, UNITS["grade"], values=("甲", "乙", "丙"))


def band(text: str, points: str) -> Band:
    return Band(Interval.read(text), D(points))


def rules(rng: Random, name: IndicatorId, other: IndicatorId) -> dict[str, list[Rule]]:
    """Rules on an indicator by the unit it is measured in."""
    counting: Any = rng.choice(["pro_rata", "full", "started", "undecided"])
    ties: Any = rng.choice(["better", "worse", "mean", "undecided"])
    steps = (CompositeStep(D("0.98"), D(3)), CompositeStep(D("0.95"), D(1)))
    return {
        "percent": [
            Banded(
                name, deduct=(band("[98, ∞)", "0"), band("[95, 98)", "0.7"), band("(-∞, 95)", "2"))
            ),
            Banded(name, on="shortfall", deduct=(band("(0, 2]", "0.5"), band("(2, ∞)", "1.9"))),
            Banded(name, award=(band("[97, ∞)", "3"),), elsewhere="undecided"),
            Stepped(name, D(100), D(2), D("0.4"), counting=counting),
            Attained(name, at_least="target", award=D("2.5"), below=D("0.3")),
            Attained(name, at_least=D(97), below=UNDECIDED),
            Proportional(name, of=D(100), cut_off=D("0.96"), round=1),
            Proportional(name, of="best", round=2),
            Converted(name, scale=D(100), round=2),
            Converted(name, grades=(GradeAward("优", D(3), D(97)), GradeAward("良", D(1), D(94)))),
            Composite((Term(name, D(2)), Term(other)), "weighted_sum", steps),
            Composite((Term(name), Term(other)), "min", steps),
            Trend(name, by=D(2), steady=D(1), otherwise=D(0)),
            Relative(
                name,
                (
                    Tier(D(3), at_least=D("1.01")),
                    Tier(D(2), more_than=D(1)),
                    Tier(D(0), at_least=D(0)),
                ),
            ),
        ],
        "count": [
            Relative(
                name,
                (
                    Tier(D(3), at_least=D("1.2")),
                    Tier(D(2), at_least=D(1)),
                    Tier(D("0.5"), at_least=D(0)),
                ),
                zero=D(0),
                others=rng.random() < 0.3,
            ),
            Ranked(
                name, (Places(1, 1, D(3)), Places(2, 2, D("1.4"))), ties=ties, beyond=D(0), round=2
            ),
            Counted(name, award=D("0.6"), cap=D(2)),
            Stepped(name, D(4), D(1), D(1), counting=counting),
        ],
        "fewer": [
            Stepped(
                name,
                D(0),
                D(1),
                D("0.5"),
                worse="above",
                counting=counting,
                repeat_after=2,
                repeat_times=D(2),
            ),
            Counted(name, deduct=D("0.7"), floor=D(-2)),
            Ranked(name, (Places(1, 1, D(3)), Places(2, 3, D(1))), "lowest_first", "better", D(0)),
        ],
        "grade": [
            Converted(
                name,
                grades=tuple(
                    GradeAward(g, D(a), place=p)
                    for g, a, p in (("甲", "3", 1), ("乙", "1.8", 2), ("丙", "0", 3))
                ),
            ),
        ],
    }


def judged(rng: Random) -> Rule:
    """A rule that an assessor decides."""
    levels = Levels((Level("好", D(3)), Level("中", D("1.5")), Level("差", D(0))))
    discretion = Judged(discretion=Interval.read("[2.9, 3]"))
    return rng.choice([Judged(), Judged(step=D("0.5")), levels, Binary(), discretion])


def world(rng: Random, *, crossing: bool) -> tuple[Rubric, Dataset]:
    """Two to four parts, two or three units; ``crossing`` adds what acts across items."""
    indicators = {
        i.id: i
        for i in (percent("p1"), percent("p2"), number("n1"), number("f1", "lower"), graded("g1"))
    }
    kinds = {"p1": "percent", "p2": "percent", "n1": "count", "f1": "fewer", "g1": "grade"}
    parts = []
    for place in range(rng.randint(2, 4)):
        name = rng.choice([*kinds, ""])
        rule = judged(rng)
        if name:
            other = IndicatorId("p2" if name == "p1" else "p1")
            rule = rng.choice(rules(rng, IndicatorId(name), other)[kinds[name]])
        parts.append(Part(f"x{place}", f"第{place}项", D(3), rule))
    units = tuple(unit(rng, number, parts) for number in range(rng.randint(2, 3)))
    rubric = Rubric(
        "small",
        "小细则",
        D(3) * len(parts),
        sections_of(rng, parts),
        scale(rng, len(parts)),
        indicators=indicators,
    )
    if crossing:
        rubric, first = across(rng, rubric, units[0])
        units = (first, *units[1:])
    return rubric, Dataset(units)


def sections_of(rng: Random, parts: list[Part]) -> tuple[Section, ...]:
    """The parts in two sections, each its own criterion."""
    criteria = [Criterion(part.id, part.title, part.points, (part,)) for part in parts]
    cut = rng.randint(1, len(parts) - 1)
    halves = (("s1", criteria[:cut]), ("s2", criteria[cut:]))
    return tuple(
        Section(name, sum((c.points for c in half), D(0)), (), tuple(half), name)
        for name, half in halves
    )


def scale(rng: Random, size: int) -> GradeScale:
    """Three grades with lines somewhere among the totals."""
    full = 3 * size
    upper, lower = sorted((D(rng.randint(1, 10 * full)) / 10 for _ in range(2)), reverse=True)
    opening = rng.choice(["[", "[", "("])
    texts: tuple[str, ...] = (
        f"{opening}{upper}, ∞)",
        f"{opening}{lower}, {upper}{')' if opening == '[' else ']'}",
        f"(-∞, {lower}{')' if opening == '[' else ']'}",
    )
    names: tuple[str, ...] = ("甲级", "乙级", "丙级")
    if upper == lower:
        texts, names = (texts[0], texts[2]), ("甲级", "丙级")
    grades = tuple(
        Grade(name, Interval.read(text)) for name, text in zip(names, texts, strict=True)
    )
    return GradeScale(grades, round=rng.choice([None, None, 0, 1]))


def unit(rng: Random, place: int, parts: list[Part]) -> Observations:
    """A unit with values near the edges; the first may lack some and have points awarded."""
    values = {
        "p1": D(rng.randint(93, 100)),
        "p2": D(rng.randint(93, 100)),
        "n1": D(rng.randint(0, 5)),
        "f1": D(rng.randint(0, 4)),
        "g1": D(rng.randint(1, 3)),
    }
    if place == 0 and rng.random() < 0.3:
        del values[rng.choice(["n1", "g1"])]
    awards = {}
    for part in parts:
        if part.rule.needs() == ():
            fits = [D("2.9"), D("2.95")] if part.rule == Judged() else [D(0), D("1.5"), D(3)]
            award = rng.choice(fits)
            if part.rule.award_fault(award, part.points) is None:
                awards[part.id] = Award(award)
        else:
            # A silent rule takes points too; where it is not silent, they do not count.
            awards[part.id] = Award(D("2.94"))
    named = {IndicatorId(name): value for name, value in values.items()}
    targets = {IndicatorId("p1"): D(97), IndicatorId("p2"): D(99)}
    previous = {name: D(rng.randint(94, 99)) for name in targets}
    return Observations(f"u{place}", f"单位{place}", "市", "", named, targets, previous, awards)


def across(rng: Random, rubric: Rubric, first: Observations) -> tuple[Rubric, Observations]:
    """The rubric with effects across items, and the first unit touched by some."""
    ids = [part.id for part in rubric.all_parts()]
    names = rubric.grades.names
    effects = [
        Effects(cap=names[-1]),
        Effects(cap=names[1]),
        Effects(downgrade=1),
        Effects(deduct=D("0.8")),
        Effects(zero=(rng.choice(ids),)),
    ]
    if rng.random() < 0.7:
        of, share = rng.choice(["s1", "s2", ids[0]]), D(rng.randint(30, 95))
        condition = Precondition("q1", "前提", of, share, rng.choice(effects))
        rubric = replace(rubric, preconditions=(condition,))
    if rng.random() < 0.4:
        among = tuple(rng.sample(ids, 2))
        rubric = replace(rubric, exclusive=(Exclusive("e1", "就高", among),))
    if rng.random() < 0.4:
        within: Any = rng.choice(["section", "rubric"])
        policy = NotApplicable(rng.choice(["rebase", "full", "leave_out", "undecided"]), within, 2)
        gone = rng.choice(ids)
        kept = {part: award for part, award in first.awards.items() if part != gone}
        rubric, first = (
            replace(rubric, not_applicable=policy),
            replace(first, exempt={gone: "没有"}, awards=kept),
        )
    if rng.random() < 0.3:
        rubric = replace(rubric, vetoes=(Veto("v1", "否决", rng.choice(effects)),))
        first = replace(first, vetoes=("v1",))
    return rubric, first
