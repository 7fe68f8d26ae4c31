"""An outlook as plain data: what moves, the cheapest way up, and what grades and ranks rest on."""

from collections.abc import Iterable
from decimal import Decimal
from typing import Any

from kaohe.quantity import Mean, write_number
from kaohe.scoring.outlook.improve import Improvement, NoWay
from kaohe.scoring.outlook.robust import Footing, Fragile, Robustness, ValueEdge
from kaohe.scoring.outlook.whatif import Change, ItemMove, Move, PartMove, Range, UnitMove, WhatIf
from kaohe.wording.words import exactly

Plain = dict[str, Any]


def what_if_as_plain(found: WhatIf) -> Plain:
    """What was changed, and every mean, unit, item and part that moves; numbers are strings."""
    changes: list[Change[Any]] = [*found.values, *found.readings]
    return {
        "changes": [
            {"kind": c.kind, "unit": c.unit, "name": c.name} | _move(c.change) for c in changes
        ],
        "means": [
            {"group": mean.group, "indicator": mean.indicator} | _move(mean.mean)
            for mean in found.means
        ],
        "units": [_unit(unit) for unit in found.moved],
    }


def cheapest_as_plain(way: Improvement | NoWay) -> Plain:
    """The steps of the cheapest way, or why there is none."""
    plain: Plain = {"unit": way.unit, "name": way.name, "wanted": way.wanted}
    if isinstance(way, NoWay):
        return plain | {
            "reachable": False,
            "why": way.why,
            "by": list(way.by),
            "total": write_number(way.total),
            "grade": way.grade,
            "most": _value(way.most),
            "open_parts": list(way.open_parts),
        }
    return plain | {
        "reachable": True,
        "steps": [
            {"kind": step.kind, "name": step.name, "level": step.level} | _move(step.move)
            for step in way.steps
        ],
        "parts": [
            {"id": part.part, "was_open": part.was_open, "gained": write_number(part.gained)}
            | _move(part.move)
            for part in way.parts
        ],
        "cost": write_number(way.cost),
        "gained": write_number(way.gained),
        "total": _move(way.total),
        "grade": _move(way.grade),
        "open_parts": list(way.open_parts),
    }


def robustness_as_plain(found: Robustness) -> Plain:
    """Each small move that changes a grade or a rank, and what each unit rests on."""
    return {
        "safe": found.safe,
        "values_tried": found.values_tried,
        "readings_tried": found.readings_tried,
        "fragile": [_fragile(fragile) for fragile in found.fragile],
        "units": [_footing(footing) for footing in found.footings],
    }


def _unit(unit: UnitMove) -> Plain:
    facts = unit.before.facts.unit
    return {
        "id": facts.id,
        "name": facts.name,
        "total": _ranges(unit.total),
        "grade": _move(unit.grade),
        "rank": _move(unit.rank),
        "items": [_item(item) for item in unit.items],
    }


def _item(item: ItemMove) -> Plain:
    plain: Plain = {"id": item.before.criterion.id} | _ranges(item.ranges)
    if item.before.criterion.divided:
        plain["parts"] = [_part(part) for part in item.parts]
    return plain


def _part(part: PartMove) -> Plain:
    return {"id": part.before.part.id} | _ranges(part.ranges)


def _fragile(fragile: Fragile) -> Plain:
    return {
        "cause": _cause(fragile),
        "shifts": [
            {
                "unit": shift.unit,
                "total": _ranges(shift.total),
                "grade": _move(shift.grade),
                "rank": _move(shift.rank),
            }
            for shift in fragile.shifts
        ],
    }


def _cause(fragile: Fragile) -> Plain:
    cause = fragile.cause
    if isinstance(cause, ValueEdge):
        return {
            "kind": "value",
            "unit": cause.unit,
            "name": cause.indicator,
            "level": cause.level,
            "better": cause.better,
        } | _move(cause.move)
    return {"kind": "reading", "name": cause.reading} | _move(cause.move)


def _footing(footing: Footing) -> Plain:
    return {
        "id": footing.unit,
        "name": footing.name,
        "grade": footing.grade,
        "rank": footing.rank,
        "grade_safe": footing.grade_safe,
        "rank_safe": footing.rank_safe,
        "grade_rests_on": _causes(footing.grade_rests_on),
        "rank_rests_on": _causes(footing.rank_rests_on),
    }


def _causes(fragile: Iterable[Fragile]) -> list[Plain]:
    return [_cause(each) for each in fragile]


def _move(move: Move[Any]) -> Plain:
    return {"before": _value(move.before), "after": _value(move.after)}


def _ranges(move: Move[Range]) -> Plain:
    return {"before": _range(move.before), "after": _range(move.after)}


def _range(span: Range) -> Plain:
    return {
        "score": _value(span.score),
        "low": write_number(span.low),
        "high": write_number(span.high),
    }


def _value(value: object) -> object:
    if isinstance(value, Mean):
        return exactly(value.value())
    return write_number(value) if isinstance(value, Decimal) else value
