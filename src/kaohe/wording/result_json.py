"""A result as plain data: the one shape that the command prints and other programs rely on."""

from collections.abc import Iterable
from decimal import Decimal
from typing import Any

from kaohe.quantity import write_number
from kaohe.reading.writer import fingerprint
from kaohe.rubric.model import Rubric
from kaohe.scoring.result import Effect, ItemScore, PartScore, UnitScore
from kaohe.wording.sentences import effect_sentence, explain_item, explain_part
from kaohe.wording.words import Lang, Words


def result_as_plain(
    rubric: Rubric, scores: Iterable[UnitScore], lang: Lang = "zh"
) -> dict[str, Any]:
    """Every unit's items and parts with score, range and explanation; numbers are strings.

    ``score`` and ``total`` are ``None`` where something is still open; ``low`` and ``high`` are
    always there. Units on which something acts across items (a veto, an exemption) have
    ``effects`` too; a run with other readings than the edition's names them in ``readings``.
    """
    words = Words.of(rubric, lang)
    plain: dict[str, Any] = {"rubric": rubric.id, "fingerprint": fingerprint(rubric)}
    if rubric.run_choices:
        plain["readings"] = dict(rubric.run_choices)
    return plain | {"units": [_unit(rubric, result, words) for result in scores]}


def _unit(rubric: Rubric, result: UnitScore, words: Words) -> dict[str, Any]:
    unit = result.facts.unit
    plain: dict[str, Any] = {
        "id": unit.id,
        "name": unit.name,
        "group": unit.group,
        "total": _number(result.total),
        "low": write_number(result.low),
        "high": write_number(result.high),
        "grade": result.grade,
        "rank": result.rank,
        "items": [_item(item, words) for item in result.items],
    }
    effects = [effect for effect in result.effects if effect.kind != "grade"]
    if effects:
        plain["effects"] = [_effect(rubric, effect, words) for effect in effects]
    return plain


def _item(item: ItemScore, words: Words) -> dict[str, Any]:
    plain: dict[str, Any] = {
        "id": item.criterion.id,
        "points": write_number(item.points),
        "score": _number(item.score),
        "low": write_number(item.low),
        "high": write_number(item.high),
        "explanation": explain_item(item, words),
    }
    if item.criterion.divided:
        plain["parts"] = [_part(part, words) for part in item.parts]
    return plain


def _part(part: PartScore, words: Words) -> dict[str, Any]:
    return {
        "id": part.part.id,
        "points": write_number(part.part.points),
        "score": _number(part.score),
        "low": write_number(part.outcome.low),
        "high": write_number(part.outcome.high),
        "explanation": explain_part(part, words),
    }


def _effect(rubric: Rubric, effect: Effect, words: Words) -> dict[str, Any]:
    return {
        "kind": effect.kind,
        "source": effect.source,
        "low": write_number(effect.low),
        "high": write_number(effect.high),
        "explanation": effect_sentence(effect, rubric, words),
    }


def _number(number: Decimal | None) -> str | None:
    return None if number is None else write_number(number)
