"""JSON text → nodes: digits as printed, each value with its path, duplicate keys refused."""

import json
from typing import Any

from kaohe.location import Location, Mistake
from kaohe.nodes import Kind, Mapping, Mistaken, Mistakes, Node, Scalar, Sequence

MOST_CHARACTERS = 10_000_000
MOST_VALUES = 500_000
MOST_DEPTH = 24
TOO_DEEP = "嵌套太深，不像是考核数据；请核对文件"


class _Digits(str):
    """A JSON number by its printed digits."""

    __slots__ = ()


class _Pairs(list[tuple[str, Any]]):
    """An object's members as they stood, duplicates included."""


def read_json(text: str, file: str) -> Node:
    """The nodes of a JSON text; places are paths such as ``units[0].points.M8.1``.

    :raises Mistaken: if it is not JSON, or larger or deeper than the data of any assessment.
    """
    if len(text) > MOST_CHARACTERS or text.count(",") > MOST_VALUES:
        message = (
            f"文件超过 {MOST_CHARACTERS} 个字符或 {MOST_VALUES} 个值，不像是考核数据；请核对文件"
        )
        raise Mistaken([Mistake(str(Location(file, "")), message)])
    try:
        raw = json.loads(
            text.removeprefix("\ufeff"),
            parse_float=_Digits,
            parse_int=_Digits,
            parse_constant=_Digits,
            object_pairs_hook=_Pairs,
        )
    except json.JSONDecodeError as error:
        place = Location(file, f"{error.lineno}:{error.colno}")
        message = f"不是 JSON（{error.msg}）；请检查引号、逗号和括号"
        raise Mistaken([Mistake(str(place), message)]) from error
    except RecursionError as error:
        raise Mistaken([Mistake(str(Location(file, "")), TOO_DEEP)]) from error
    mistakes = Mistakes()
    node = _node(raw, Location(file, ""), mistakes, 0)
    mistakes.stop_if_any()
    return node


def _node(raw: Any, at: Location, mistakes: Mistakes, depth: int) -> Node:  # noqa: ANN401 -- whatever JSON holds
    if depth > MOST_DEPTH:
        mistakes.add(at, TOO_DEEP)
        mistakes.stop_if_any()
    match raw:
        case _Pairs():
            entries: dict[str, Node] = {}
            keys: dict[str, Location] = {}
            repeated = []
            for key, value in raw:
                here = Location(at.file, f"{at.place}.{key}" if at.place else key)
                if key in entries:
                    repeated.append((here, f"“{key}”写了两次；请只留一个"))
                entries[key], keys[key] = _node(value, here, mistakes, depth + 1), here
            return Mapping(entries, keys, at, tuple(repeated))
        case list():
            places = (Location(at.file, f"{at.place}[{i}]") for i in range(len(raw)))
            items = zip(raw, places, strict=True)
            return Sequence(tuple(_node(v, p, mistakes, depth + 1) for v, p in items), at)
        case _Digits():
            return Scalar(str(raw), at, Kind.NUMBER)
        case str():
            return Scalar(raw, at)
        case bool():
            return Scalar(str(raw).lower(), at, Kind.BOOLEAN)
        case _:
            return Scalar("", at, Kind.NULL)
