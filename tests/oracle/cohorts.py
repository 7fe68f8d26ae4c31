"""Random cohorts for the oracle: on edges and just beside them, open and settled, tied and not."""

import json
from collections.abc import Mapping, Sequence
from decimal import Decimal, localcontext
from fractions import Fraction
from itertools import pairwise
from math import floor, gcd
from random import Random
from typing import Any

from oracle import evaluator

TINY = Decimal("0.000000000001")
BESIDE = (TINY, Decimal("0.01"), Decimal("0.04"), Decimal("0.05"), Decimal("0.1"))
EDGES = {
    "vegetable_pass_rate": ("94.5", "94.45", "94.44", "94.4", "92", "91.95", "90", "89.95", "0"),
    "livestock_pass_rate": ("98", "97.95", "100", "0"),
    "aquatic_pass_rate": ("93.5", "93.45", "93.4", "93", "92.95", "90", "89.95", "85", "84.95"),
    "water_project_quality_score": ("100", "0", "91.25", "33.416666666667", "0.083333333333"),
    "tourism_complaint_settlement_rate": ("100", "99", "98.5", "90", "89.5", "95", "0"),
    "construction_supervision_coverage_rate": ("100", "99.999999999999", "0"),
}
SHORTFALLS = tuple(map(Decimal, ("0", "1", "3", "5", "10", "15")))
TARGETS = ("100", "95", "93.5", "90", "15", "0.5")
MULTIPLES = (Fraction(6, 5), Fraction(1), Fraction(1, 2))
TOTALS = tuple(
    map(Fraction, ("90", "89.5", "89.49", "89.9", "80", "79.5", "79.4", "60", "59.5", "59.4"))
)
COUNTED, INDEXED = "quality_award_count", "quality_infrastructure_index"
GROUPS = ("盘锦市", "沿海片区", "城区")
AWARDS = (
    ("鲁班奖", ("national",)),
    ("地理标志", ("national", "provincial")),
    ("省长质量奖", ("provincial", "省级")),
    ("市长质量奖", ("city", "市级")),
    ("未列入目录的奖", ("national", "city")),
)
CHOICES = {
    "G1-edges": ("upper-held", "lower-held"),
    "G2-holes": ("contiguous", "round-to-one-decimal"),
    "G2.3-overlap": ("full-from-93", "full-from-93.5"),
    "G3-fifth": ("at-least", "more-than"),
    "G4-base": ("city", "province"),
    "G6.2-steps": ("pro-rata", "full", "started"),
    "M30.1-below": ("silent", "zero"),
    "grade-fractions": ("as-is", "round-first"),
}


class Printed(str):
    """A number that stands in the JSON text as a number, by these digits."""

    __slots__ = ()


def random_readings(rng: Random) -> dict[str, str]:
    """Mostly the defaults; now and then others."""
    if rng.random() < 0.4:
        return {}
    return {name: rng.choice(options) for name, options in CHOICES.items() if rng.random() < 0.4}


def random_cohort(
    rng: Random, readings: Mapping[str, str], *, partial: bool = False
) -> dict[str, Any]:
    """The data of one to eight units in one to three groups, valid under these readings.

    If ``partial``, some means are said to be unknown, which no city's year says.
    """
    settled, gaps = rng.random() < 0.5, rng.choice((0, 0, 0.05, 0.3))
    groups = GROUPS[: rng.randint(1, 3)]
    units = [bare_unit(rng, number, rng.choice(groups)) for number in range(rng.randint(1, 8))]
    present = [group for group in groups if any(unit["group"] == group for unit in units)]
    for group in present:
        members = [unit for unit in units if unit["group"] == group]
        spread(rng, members, COUNTED, Decimal(1))
        spread(rng, members, INDEXED, rng.choice((Decimal(1), Decimal("0.1"), TINY)))
    for unit in units:
        lose(rng, unit, 0 if settled else gaps)
        if rng.random() < 0.1:
            register(rng, unit)
    if settled and rng.random() < 0.3:
        units.append({**rng.choice(units), "id": "twin"})
    data: dict[str, Any] = {"rubric": "shuangtaizi-2017", "units": units}
    references = random_references(rng, present, partial=partial)
    if references:
        data["references"] = references
    award(rng, data, readings, 1 if settled else rng.choice((0, 0.5, 1)))
    rng.shuffle(units)
    return data


def bare_unit(rng: Random, number: int, group: str) -> dict[str, Any]:
    """A unit with every value that does not depend on its peers."""
    target, good = Decimal(rng.choice(TARGETS)), rng.choice((0, 0, 0.8))
    indicators = {name: near(rng, Decimal(rng.choice(edges))) for name, edges in EDGES.items()}
    indicators["manufacturing_pass_rate"] = near(rng, target - rng.choice(SHORTFALLS))
    indicators["tourism_campaign_count"] = Decimal(rng.choice((0, 1, 2, 3)))
    indicators = {k: Decimal(100) if rng.random() < good else v for k, v in indicators.items()}
    unit: dict[str, Any] = {
        "id": f"u{number:02}",
        "name": f"单位{number}",
        "group": group,
        "indicators": indicators,
        "targets": {"manufacturing_pass_rate": target},
    }
    if rng.random() < 0.1:
        unit["vetoes"] = rng.choice((["V1"], []))
    return unit


def near(rng: Random, edge: Decimal) -> Decimal:
    """On the edge, or just beside it, or anywhere; a rate."""
    drawn = rng.random()
    if drawn < 0.5:
        number = edge
    elif drawn < 0.85:
        number = edge + rng.choice((1, -1)) * rng.choice(BESIDE)
    else:
        number = Decimal(rng.randint(0, 10**6)).scaleb(-4)
    return min(max(number, Decimal(0)), Decimal(100))


def spread(rng: Random, units: Sequence[dict[str, Any]], indicator: str, step: Decimal) -> None:
    """Values of a group, one of them often at a stated multiple of the mean, or beside it."""
    values = [rng.choice((0, 0, 1, 2, 3, 5, 8)) for _ in units]
    if len(units) > 1 and rng.random() < 0.8:
        values = at_multiple(rng, len(units), rng.choice(MULTIPLES))
    with localcontext(prec=60):
        for unit, number in zip(units, values, strict=True):
            unit["indicators"][indicator] = number * step
    if indicator == INDEXED and rng.random() < 0.3:
        chosen = rng.choice(units)["indicators"]
        chosen[indicator] = max(chosen[indicator] + rng.choice((TINY, -TINY)), Decimal(0))


def at_multiple(rng: Random, size: int, multiple: Fraction) -> list[int]:
    """Whole numbers of which the first is exactly the multiple of their mean.

    x = k·(x + rest) ÷ n, so x : rest = p : (q·n − p) for k = p ÷ q; the mean may be in thirds.
    """
    own, rest = multiple.numerator, multiple.denominator * size - multiple.numerator
    shared = gcd(own, rest)
    times = rng.randint(1, 6)
    own, rest = own * times // shared, rest * times // shared
    cuts = sorted(rng.randint(0, rest) for _ in range(size - 2))
    ends = [0, *cuts, rest]
    values = [own, *(high - low for low, high in pairwise(ends))]
    if rng.random() < 0.3:
        place = rng.randrange(size)
        values[place] = max(values[place] + rng.choice((1, -1)), 0)
    return values


def lose(rng: Random, unit: dict[str, Any], share: Decimal | float) -> None:
    """Take away some of what a unit has."""
    for kind in ("indicators", "targets"):
        unit[kind] = {name: v for name, v in unit[kind].items() if rng.random() >= share}


def register(rng: Random, unit: dict[str, Any]) -> None:
    """Awards by name instead of their number; some stand twice, at different levels."""
    unit["indicators"] = {k: v for k, v in unit["indicators"].items() if k != COUNTED}
    entries = []
    for _ in range(rng.randint(0, 5)):
        name, levels = rng.choice(AWARDS)
        entry = {
            "name": name,
            "level": rng.choice(levels),
            "date": "2017-03-15",
            "document": f"证书{rng.randint(1, 9)}号",
            "approval": "考核办核定",
        }
        if rng.random() < 0.5:
            entry["holder"] = rng.choice(("甲公司", "乙公司"))
        entries.append(entry)
    unit["entries"] = {COUNTED: entries}


def random_references(rng: Random, groups: Sequence[str], *, partial: bool) -> dict[str, Any]:
    """Means of a larger cohort, for some groups; if ``partial``, some of them unknown."""
    references: dict[str, Any] = {}
    for group in groups:
        given: dict[str, Any] = {}
        if rng.random() < 0.15:
            given[COUNTED] = {"mean": Decimal(rng.choice(("0", "2.5", "3.333333333333", "10")))}
        if rng.random() < 0.3:
            index = {
                "mean": Decimal(rng.choice(("0", "2", "3.2", "10"))),
                "province": Decimal(rng.choice(("0", "0.2", "2", "4"))),
            }
            kept = rng.choice((("mean",), ("province",), ("mean", "province")))
            given[INDEXED] = {name: index[name] for name in kept}
        if given:
            references[group] = given
        if partial and rng.random() < 0.05:
            own = references.setdefault(group, {}).setdefault(rng.choice((COUNTED, INDEXED)), {})
            own["mean"] = "unknown"
    return references


def award(
    rng: Random, data: dict[str, Any], readings: Mapping[str, str], share: Decimal | float
) -> None:
    """Points where the document leaves them to assessors, often so that a grade's edge is met."""
    for unit, parts in zip(data["units"], open_parts(data, readings), strict=True):
        given = {part: evaluator.POINTS[part] for part in parts if rng.random() < share}
        if rng.random() < 0.7:
            lower(rng, given, highest(data, unit, readings, given) - rng.choice(TOTALS))
        else:
            for part in given:
                given[part] *= Fraction(rng.randint(0, 4), 4)
        unit["points"] = {part: told(rng, decimal(points)) for part, points in given.items()}


def open_parts(data: Mapping[str, Any], readings: Mapping[str, str]) -> list[list[str]]:
    """For each unit, the parts that an assessor decides."""
    results = evaluator.evaluate({**data, "units": [bare(u) for u in data["units"]]}, readings)
    chosen = evaluator.DEFAULTS | dict(readings)
    found = []
    for unit, result in zip(data["units"], results, strict=True):
        peers = peers_of(data, unit)
        ids = [part.id for item in result.items for part in item.parts]
        found.append([p for p in ids if evaluator.verdict(p, unit, peers, chosen).kind == "silent"])
    return found


def peers_of(data: Mapping[str, Any], unit: Mapping[str, Any]) -> evaluator.Peers:
    """What a unit is compared with."""
    members = [other for other in data["units"] if other["group"] == unit["group"]]
    return evaluator.Peers(members, data.get("references", {}).get(unit["group"], {}))


def bare(unit: Mapping[str, Any]) -> dict[str, Any]:
    """The unit before any assessor has spoken."""
    return {key: value for key, value in unit.items() if key != "points"}


def highest(
    data: Mapping[str, Any],
    unit: Mapping[str, Any],
    readings: Mapping[str, str],
    given: Mapping[str, Fraction],
) -> Fraction:
    """The unit's highest total with these points."""
    chosen = evaluator.DEFAULTS | dict(readings)
    with_points = {**unit, "points": given}
    return evaluator.result(with_points, peers_of(data, unit), chosen).high


def lower(rng: Random, given: dict[str, Fraction], excess: Fraction) -> None:
    """Take so much from the points given, part by part, as finely as points can be written."""
    parts = list(given)
    rng.shuffle(parts)
    excess = Fraction(floor(excess * 10**12), 10**12)
    for part in parts:
        taken = min(given[part], max(excess, Fraction(0)))
        given[part] -= taken
        excess -= taken


def decimal(number: Fraction) -> Decimal:
    """A fraction that ends, as a decimal."""
    with localcontext(prec=60):
        return Decimal(number.numerator) / Decimal(number.denominator)


def told(rng: Random, score: Decimal) -> Any:
    """Points with or without a reason."""
    return {"score": score, "reason": "按材料评定"} if rng.random() < 0.2 else score


def spelled(rng: Random, data: Any) -> Any:
    """The same data with every number as text or as printed digits, some with trailing zeros."""
    if isinstance(data, dict):
        return {key: spelled(rng, value) for key, value in data.items()}
    if isinstance(data, list):
        return [spelled(rng, value) for value in data]
    if not isinstance(data, Decimal):
        return data
    text = format(data.normalize(), "f")
    if rng.random() < 0.1 and len(text.partition(".")[2]) < 10:
        text += "00" if "." in text else ".0"
    return Printed(text) if rng.random() < 0.3 else text


def write_json(data: Any) -> str:
    """JSON text; printed numbers stand in it digit by digit."""
    if isinstance(data, dict):
        members = (f"{json.dumps(k)}: {write_json(v)}" for k, v in data.items())
        return "{" + ", ".join(members) + "}"
    if isinstance(data, list):
        return "[" + ", ".join(map(write_json, data)) + "]"
    return str(data) if isinstance(data, Printed) else json.dumps(data, ensure_ascii=False)
