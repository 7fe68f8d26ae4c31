"""An independent evaluator of ``shuangtaizi-2017``: plain fractions, written from the contract.

It shares no code with ``kaohe`` and takes valid data only: what a JSON file holds, its numbers as
text. Where it and the engine differ, one of the two misreads the rubric.
"""

from collections.abc import Callable, Mapping, Sequence
from fractions import Fraction
from math import ceil, floor
from typing import Any, Literal, NamedTuple

Unit = Mapping[str, Any]
Readings = Mapping[str, str]

DEFAULTS = {
    "G1-edges": "upper-held",
    "G2-holes": "contiguous",
    "G2.3-overlap": "full-from-93",
    "G3-fifth": "at-least",
    "G4-base": "city",
    "G5-conversion": "proportional",
    "G6.2-steps": "pro-rata",
    "M30.1-below": "silent",
    "grade-fractions": "as-is",
}

ITEMS: tuple[tuple[str, tuple[tuple[str, str], ...]], ...] = (
    ("G1", (("G1", "10"),)),
    ("G2", (("G2.1", "2.5"), ("G2.2", "2"), ("G2.3", "1.5"))),
    ("G3", (("G3", "4"),)),
    ("G4", (("G4", "4"),)),
    ("G5", (("G5", "6"),)),
    ("G6", (("G6.1", "2"), ("G6.2", "3"))),
    ("M8", (("M8.1", "1"), ("M8.2", "1"))),
    ("M9", (("M9", "1"),)),
    ("M10", (("M10", "3"),)),
    ("M11", (("M11", "1"),)),
    ("M12", (("M12.1", "1"), ("M12.2", "1"))),
    ("M13", (("M13", "3"),)),
    ("M14", (("M14", "2"),)),
    ("M15", (("M15.1", "2"), ("M15.2", "2"))),
    ("M16", (("M16", "1"),)),
    ("M17", (("M17", "2"),)),
    ("M18", (("M18", "1"),)),
    ("M19", (("M19", "2"),)),
    ("M20", (("M20", "0.5"),)),
    ("M21", (("M21", "1"),)),
    ("M22", (("M22", "1"),)),
    ("M23", (("M23", "3"),)),
    ("M24", (("M24.1", "4"), ("M24.2", "2"))),
    ("M25", (("M25.1", "1"), ("M25.2", "1"), ("M25.3", "2"), ("M25.4", "1"))),
    ("M26", (("M26", "2"),)),
    ("M27", (("M27.1", "2"), ("M27.2", "2"))),
    ("M28", (("M28", "4"),)),
    ("M29", (("M29", "2"),)),
    ("M30", (("M30.1", "2"), ("M30.2", "2"))),
    ("M31", (("M31.1", "3"), ("M31.2", "0.5"))),
    ("M32", (("M32", "2"),)),
    ("M33", (("M33", "1"),)),
    ("M34", (("M34", "1"),)),
    ("M35", (("M35", "1"),)),
)
POINTS = {part: Fraction(points) for _, parts in ITEMS for part, points in parts}

UPPER_HELD = ((1, 1), (3, 3), (5, 5), (10, 6), (15, 8))
LARGEST_LOSS = 10


class Verdict(NamedTuple):
    """The range of a part, and why it is one: settled, missing a value, or silent."""

    low: Fraction
    high: Fraction
    kind: Literal["settled", "missing", "silent"] = "settled"


class Part(NamedTuple):
    """A part's range and, once settled, its score."""

    id: str
    points: Fraction
    low: Fraction
    high: Fraction
    score: Fraction | None


class Item(NamedTuple):
    """An item: the sum of its parts."""

    id: str
    points: Fraction
    low: Fraction
    high: Fraction
    score: Fraction | None
    parts: tuple[Part, ...]


class Result(NamedTuple):
    """A unit's result."""

    id: str
    items: tuple[Item, ...]
    low: Fraction
    high: Fraction
    total: Fraction | None
    grade: str | None
    rank: int | None


class Peers:
    """What a unit is compared with: the units of its group, and the references given for it."""

    def __init__(self, units: Sequence[Unit], references: Mapping[str, Any]) -> None:
        self.units, self.references = units, references
        self.means: dict[str, Fraction | None] = {}

    def mean(self, indicator: str) -> Fraction | None:
        """The reference mean (which may be the word unknown), else the arithmetic mean."""
        if self.references.get(indicator, {}).get("mean") == "unknown":
            return None
        if indicator not in self.means:
            given = self.reference(indicator, "mean")
            self.means[indicator] = self.computed(indicator) if given is None else given
        return self.means[indicator]

    def reference(self, indicator: str, name: str) -> Fraction | None:
        """A value given for the whole group."""
        given = self.references.get(indicator, {}).get(name)
        return None if given is None else Fraction(given)

    def computed(self, indicator: str) -> Fraction | None:
        """The mean of what the units have; unknown if one of them has nothing."""
        values = [value(unit, indicator) for unit in self.units]
        known = [each for each in values if each is not None]
        return sum(known, Fraction(0)) / len(known) if len(known) == len(values) else None


def value(unit: Unit, indicator: str) -> Fraction | None:
    """This year's value; a register counts each thing once."""
    entries = unit.get("entries", {}).get(indicator)
    if entries is not None:
        return Fraction(len({(entry["name"], entry.get("holder", "")) for entry in entries}))
    given = unit.get("indicators", {}).get(indicator)
    return None if given is None else Fraction(given)


def half_up(number: Fraction, places: int) -> Fraction:
    """四舍五入 for numbers that are not negative."""
    scale = 10**places
    return Fraction(floor(number * scale + Fraction(1, 2)), scale)


def sure(score: Fraction | int | str) -> Verdict:
    """A settled score."""
    return Verdict(Fraction(score), Fraction(score))


def lacking(part: str) -> Verdict:
    """A value is missing: anything is possible."""
    return Verdict(Fraction(0), POINTS[part], "missing")


def silent(part: str) -> Verdict:
    """The document leaves the score to an assessor."""
    return Verdict(Fraction(0), POINTS[part], "silent")


def g1(unit: Unit, peers: Peers, readings: Readings) -> Verdict:
    """Bands on the shortfall against the unit's target."""
    del peers
    actual = value(unit, "manufacturing_pass_rate")
    target = unit.get("targets", {}).get("manufacturing_pass_rate")
    if actual is None or target is None:
        return lacking("G1")
    shortfall = Fraction(target) - actual
    if shortfall <= 0:
        return sure(10)
    upper_held = readings["G1-edges"] == "upper-held"
    for edge, loss in UPPER_HELD:
        if shortfall < edge or (upper_held and shortfall == edge):
            return sure(10 - loss)
    return sure(10 - LARGEST_LOSS)


def g21(unit: Unit, peers: Peers, readings: Readings) -> Verdict:
    """Vegetables: bands on the rate."""
    del peers
    rate = value(unit, "vegetable_pass_rate")
    if rate is None:
        return lacking("G2.1")
    if readings["G2-holes"] == "round-to-one-decimal":
        rate = half_up(rate, 1)
    for edge, score in (("94.5", "2.5"), ("92", "2.4"), ("90", "2.3")):
        if rate >= Fraction(edge):
            return sure(score)
    return sure("2.2")


def g22(unit: Unit, peers: Peers, readings: Readings) -> Verdict:
    """Livestock: full from 98 on, silent below."""
    del peers, readings
    rate = value(unit, "livestock_pass_rate")
    if rate is None:
        return lacking("G2.2")
    return sure(2) if rate >= 98 else silent("G2.2")


def g23(unit: Unit, peers: Peers, readings: Readings) -> Verdict:
    """Aquatic products: bands that overlap from 93 to 93.4."""
    del peers
    rate = value(unit, "aquatic_pass_rate")
    if rate is None:
        return lacking("G2.3")
    if readings["G2-holes"] == "round-to-one-decimal":
        rate = half_up(rate, 1)
    full = "93" if readings["G2.3-overlap"] == "full-from-93" else "93.5"
    for edge, score in ((full, "1.5"), ("90", "1.4"), ("85", "1.3")):
        if rate >= Fraction(edge):
            return sure(score)
    return sure("1.2")


def g3(unit: Unit, peers: Peers, readings: Readings) -> Verdict:
    """Awards against the cohort's mean; none at all is decided first."""
    own = value(unit, "quality_award_count")
    if own is None:
        return lacking("G3")
    if own == 0:
        return sure(0)
    mean = peers.mean("quality_award_count")
    if mean is None:
        return lacking("G3")
    fifth_more = mean * Fraction(6, 5)
    if own > fifth_more or (own == fifth_more and readings["G3-fifth"] == "at-least"):
        return sure(4)
    if own >= mean:
        return sure(3)
    return sure(2 if own >= mean / 2 else 1)


def g4(unit: Unit, peers: Peers, readings: Readings) -> Verdict:
    """The index against the city's mean; the last tier against the province's if read so."""
    own = value(unit, "quality_infrastructure_index")
    mean = peers.mean("quality_infrastructure_index")
    if own is None or mean is None:
        return lacking("G4")
    if own >= mean:
        return sure(4)
    if own >= mean / 2:
        return sure(2)
    if readings["G4-base"] == "city":
        return sure(1)
    province = peers.reference("quality_infrastructure_index", "province")
    if province is None:
        return lacking("G4")
    return sure(1) if own < province / 2 else silent("G4")


def g5(unit: Unit, peers: Peers, readings: Readings) -> Verdict:
    """The city's result for water projects, in proportion."""
    del peers
    assert readings["G5-conversion"] == "proportional"
    result = value(unit, "water_project_quality_score")
    return lacking("G5") if result is None else sure(half_up(6 * result / 100, 2))


def g61(unit: Unit, peers: Peers, readings: Readings) -> Verdict:
    """Campaigns: two or more, one point for each one fewer."""
    del peers, readings
    campaigns = value(unit, "tourism_campaign_count")
    return lacking("G6.1") if campaigns is None else sure(min(campaigns, Fraction(2)))


def g62(unit: Unit, peers: Peers, readings: Readings) -> Verdict:
    """Complaints: 0.3 for each percentage point short of 100."""
    del peers
    rate = value(unit, "tourism_complaint_settlement_rate")
    if rate is None:
        return lacking("G6.2")
    short = 100 - rate
    match readings["G6.2-steps"]:
        case "full":
            short = Fraction(floor(short))
        case "started":
            short = Fraction(ceil(short))
    return sure(max(3 - Fraction(3, 10) * short, Fraction(0)))


def m301(unit: Unit, peers: Peers, readings: Readings) -> Verdict:
    """Coverage of supervision: full at 100, silent below."""
    del peers
    rate = value(unit, "construction_supervision_coverage_rate")
    if rate is None:
        return lacking("M30.1")
    if rate == 100:
        return sure(2)
    return silent("M30.1") if readings["M30.1-below"] == "silent" else sure(0)


RULES: dict[str, Callable[[Unit, Peers, Readings], Verdict]] = {
    "G1": g1,
    "G2.1": g21,
    "G2.2": g22,
    "G2.3": g23,
    "G3": g3,
    "G4": g4,
    "G5": g5,
    "G6.1": g61,
    "G6.2": g62,
    "M30.1": m301,
}
JUDGED = tuple(part for part in POINTS if part not in RULES)


def verdict(part: str, unit: Unit, peers: Peers, readings: Readings) -> Verdict:
    """What the document says of a part before any assessor has spoken."""
    rule = RULES.get(part)
    return silent(part) if rule is None else rule(unit, peers, readings)


def assess(part: str, unit: Unit, peers: Peers, readings: Readings) -> Part:
    """A part with the assessor's points where the document leaves it to them."""
    low, high, kind = verdict(part, unit, peers, readings)
    given = unit.get("points", {}).get(part)
    if given is not None:
        assert kind == "silent", f"points for {part} are a mistake"
        low = high = Fraction(given["score"] if isinstance(given, dict) else given)
        kind = "settled"
    return Part(part, POINTS[part], low, high, low if kind == "settled" else None)


def grade(total: Fraction, readings: Readings) -> str:
    """The grade of a total."""
    if readings["grade-fractions"] == "round-first":
        total = half_up(total, 0)
    for name, edge in (("A", 90), ("B", 80), ("C", 60)):
        if total >= edge:
            return name
    return "D"


def result(unit: Unit, peers: Peers, readings: Readings) -> Result:
    """A unit's result without its rank."""
    items = []
    for item, parts in ITEMS:
        found = tuple(assess(part, unit, peers, readings) for part, _ in parts)
        scores = [part.score for part in found]
        known = [score for score in scores if score is not None]
        items.append(
            Item(
                item,
                sum((part.points for part in found), Fraction(0)),
                sum((part.low for part in found), Fraction(0)),
                sum((part.high for part in found), Fraction(0)),
                sum(known, Fraction(0)) if len(known) == len(scores) else None,
                found,
            )
        )
    low = sum((item.low for item in items), Fraction(0))
    high = sum((item.high for item in items), Fraction(0))
    settled = all(item.score is not None for item in items)
    worst, best = grade(low, readings), grade(high, readings)
    agreed = worst if worst == best else None
    named = "D" if unit.get("vetoes") else agreed
    return Result(unit["id"], tuple(items), low, high, low if settled else None, named, None)


def evaluate(data: Mapping[str, Any], choices: Readings | None = None) -> list[Result]:
    """Every unit's result, in the order of the data."""
    readings = DEFAULTS | dict(choices or {})
    units = data["units"]
    references = data.get("references", {})
    groups = {unit["group"] for unit in units}
    peers = {
        group: Peers([u for u in units if u["group"] == group], references.get(group, {}))
        for group in groups
    }
    results = [result(unit, peers[unit["group"]], readings) for unit in units]
    ranked = []
    for unit, own in zip(units, results, strict=True):
        totals = [
            r.total for u, r in zip(units, results, strict=True) if u["group"] == unit["group"]
        ]
        known = [total for total in totals if total is not None]
        rank = None
        if own.total is not None and len(known) == len(totals):
            rank = 1 + sum(total > own.total for total in known)
        ranked.append(own._replace(rank=rank))
    return ranked
