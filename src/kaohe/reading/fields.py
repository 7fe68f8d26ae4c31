"""Nodes → frozen values, driven by their annotations: a new rule needs no reading code."""

import dataclasses
import functools
import types
import typing
from collections.abc import Callable
from decimal import Decimal
from typing import Any, Literal, NewType

from kaohe.intervals import Interval, NotAnInterval
from kaohe.nodes import Day, Kind, Mapping, Mistakes, Node, Scalar, Sequence, is_day, nearest, shape
from kaohe.quantity import PLAIN, UNITS, Unit
from kaohe.rubric.effects import Effects
from kaohe.rubric.grading import Grade
from kaohe.rules.banded import Band
from kaohe.rules.base import RuleFault, Undecided

FAILED = object()
"""What a reader gives when it has noted a mistake."""

PAIRS: dict[type, tuple[str, str]] = {Band: ("within", "points"), Grade: ("name", "within")}
"""Values written as ``key: value`` inside a mapping instead of as a mapping of their own."""


def hints(cls: type) -> dict[str, Any]:
    """The resolved annotations of a dataclass's fields, by field name."""
    return _hints(cls)


@functools.cache
def _hints(cls: type) -> dict[str, Any]:
    found = typing.get_type_hints(cls)
    return {field.name: found[field.name] for field in dataclasses.fields(cls)}


def key_of(name: str) -> str:
    """The YAML key of a field: ``from_`` is written ``from``."""
    return name.rstrip("_")


def names_by_key(cls: type) -> dict[str, str]:
    """Field names by YAML key; the fields of ``Effects`` stand among those of their owner."""
    names = {}
    for name, hint in hints(cls).items():
        if hint is Effects:
            names.update(dict.fromkeys(names_by_key(Effects), name))
        else:
            names[key_of(name)] = name
    return names


def required(cls: type) -> list[str]:
    """The names of the fields without a default."""
    missing = dataclasses.MISSING
    return [
        field.name
        for field in dataclasses.fields(cls)
        if field.default is missing and field.default_factory is missing
    ]


def read_value(hint: Any, node: Node, what: str, mistakes: Mistakes) -> Any:  # noqa: ANN401, PLR0911 -- a table of annotations
    """The value that an annotation asks for, or ``FAILED`` with the mistake noted."""
    if hint is Day:
        return _day(node, what, mistakes)
    if isinstance(hint, NewType):
        hint = hint.__supertype__
    if typing.get_origin(hint) in (typing.Union, types.UnionType):
        return read_union(typing.get_args(hint), node, what, mistakes)
    if typing.get_origin(hint) is Literal:
        return read_choice(typing.get_args(hint), node, what, mistakes)
    if typing.get_origin(hint) is tuple:
        return read_tuple(typing.get_args(hint)[0], node, what, mistakes)
    if typing.get_origin(hint) is dict:
        return read_keyed(typing.get_args(hint)[1], node, what, mistakes)
    if hint in SCALARS:
        return SCALARS[hint](node, what, mistakes)
    assert dataclasses.is_dataclass(hint), f"no reader for {hint}"  # noqa: S101 -- a field of ours
    return read_dataclass(typing.cast("type", hint), node, what, mistakes)


def read_union(options: tuple[Any, ...], node: Node, what: str, mistakes: Mistakes) -> Any:  # noqa: ANN401 -- any annotation
    """One of several: a number if it looks like one, else a word, else a name."""
    options = tuple(option for option in options if option is not types.NoneType)
    if len(options) == 1:
        return read_value(options[0], node, what, mistakes)
    text = node.text if isinstance(node, Scalar) and node.kind is Kind.TEXT else None
    words = [w for o in options if typing.get_origin(o) is Literal for w in typing.get_args(o)]
    if text is not None and Undecided in options and text == Undecided.UNDECIDED.value:
        return Undecided.UNDECIDED
    if text in words:
        return text
    if text is not None and PLAIN.fullmatch(text) is None:
        for option in options:
            if isinstance(option, NewType):
                return text
    if Undecided in options:
        words.append(Undecided.UNDECIDED.value)
    if text is None or PLAIN.fullmatch(text) is None:
        seen = f"“{text}”" if text is not None else shape(node)
        mistakes.add(node.at, f"{what}应是数字或 {'、'.join(words)}，而这里是{seen}")
        return FAILED
    return Decimal(text)


def read_choice(words: tuple[str, ...], node: Node, what: str, mistakes: Mistakes) -> Any:  # noqa: ANN401 -- str or FAILED
    """One of a few words."""
    text = mistakes.text(node, what)
    if text in words:
        return text
    if text:
        offered = "、".join(word for word in words if word)
        mistakes.add(node.at, f"{what}不能是“{text}”；请写 {offered} 之一")
    return FAILED


def read_tuple(item: Any, node: Node, what: str, mistakes: Mistakes) -> Any:  # noqa: ANN401 -- any annotation
    """A list; one word may stand without brackets, and pairs are written as a mapping."""
    if item in PAIRS and isinstance(node, Mapping):
        return read_pairs(item, node, what, mistakes)
    if isinstance(node, Scalar) and node.kind is Kind.TEXT:
        node = Sequence((node,), node.at)
    values = [read_value(item, child, what, mistakes) for child in mistakes.items(node, what)]
    return FAILED if FAILED in values else tuple(values)


def read_pairs(cls: type, node: Mapping, what: str, mistakes: Mistakes) -> Any:  # noqa: ANN401 -- tuple or FAILED
    """``key: value`` lines as values: a band by its interval, a grade by its name."""
    key_name, value_name = PAIRS[cls]
    values = []
    for key, child in node.entries.items():
        key_node = Scalar(key, node.keys[key])
        if cls is Band and PLAIN.fullmatch(key) is not None:
            mistakes.add(key_node.at, f'{what}“{key}”要写成区间，例如 "[{key}, ∞)"')
            values.append(FAILED)
            continue
        found = {
            key_name: read_value(hints(cls)[key_name], key_node, what, mistakes),
            value_name: read_value(hints(cls)[value_name], child, f"{what}“{key}”", mistakes),
        }
        values.append(FAILED if FAILED in found.values() else cls(**found))
    return FAILED if FAILED in values else tuple(values)


def read_keyed(item: Any, node: Node, what: str, mistakes: Mistakes) -> Any:  # noqa: ANN401 -- any annotation
    """A mapping of named values; the name becomes the first field of each."""
    mapping = mistakes.mapping(node, what)
    if mapping is None:
        return FAILED
    values = {}
    for key, child in mapping.entries.items():
        if dataclasses.is_dataclass(item):
            values[key] = read_dataclass(
                typing.cast("type", item), child, f"{what}“{key}”", mistakes, first=key
            )
        else:
            values[key] = read_value(item, child, f"{what}“{key}”", mistakes)
    return FAILED if FAILED in values.values() else values


def read_dataclass(
    cls: type, node: Node, what: str, mistakes: Mistakes, *, first: str | None = None
) -> Any:  # noqa: ANN401 -- an instance of cls, or FAILED
    """A value from a mapping of its fields; one word alone is its first field, nothing is none."""
    if isinstance(node, Scalar) and node.kind is Kind.NULL:
        node = Mapping({}, {}, node.at)
    if isinstance(node, Scalar) and node.kind is Kind.TEXT and first is None:
        name = next(iter(hints(cls)))
        node = Mapping({key_of(name): node}, {key_of(name): node.at}, node.at)
    mapping = mistakes.mapping(node, what)
    if mapping is None:
        return FAILED
    known = names_by_key(cls)
    mistakes.unknown_keys(mapping, known, what)
    found = read_fields(cls, mapping, what, mistakes)
    if first is not None:
        found[next(iter(hints(cls)))] = first
    return build(cls, found, mapping, what, mistakes)


def read_fields(cls: type, mapping: Mapping, what: str, mistakes: Mistakes) -> dict[str, Any]:
    """The fields that a mapping gives, by field name; keys of others are left alone."""
    found: dict[str, Any] = {}
    for name, hint in hints(cls).items():
        key = key_of(name)
        if hint is Effects:
            found[name] = Effects(**read_fields(Effects, mapping, what, mistakes))
        elif key in mapping.entries:
            found[name] = read_value(hint, mapping.entries[key], f"{what}的 {key} ", mistakes)
    return found


def build(cls: type, found: dict[str, Any], node: Mapping, what: str, mistakes: Mistakes) -> Any:  # noqa: ANN401 -- an instance of cls, or FAILED
    """The value of these fields, or the mistakes that stand in its way."""
    lacking = [key_of(name) for name in required(cls) if name not in found]
    if lacking:
        mistakes.add(node.at, f"{what}缺少 {'、'.join(lacking)}；请补上")
    if lacking or FAILED in found.values():
        return FAILED
    try:
        return cls(**found)
    except RuleFault as fault:
        mistakes.add(node.keys.get(fault.key, node.at), f"{what}：{fault}")
        return FAILED


def _text(node: Node, what: str, mistakes: Mistakes) -> Any:  # noqa: ANN401 -- str or FAILED
    before = len(mistakes.found)
    text = mistakes.text(node, what)
    return text if len(mistakes.found) == before else FAILED


def _day(node: Node, what: str, mistakes: Mistakes) -> Any:  # noqa: ANN401 -- str or FAILED
    text = _text(node, what, mistakes)
    if text is not FAILED and not is_day(text):
        mistakes.add(node.at, f"{what}：“{text}”不是日期；请写成 2017-05-31")
        return FAILED
    return text


def _number(node: Node, what: str, mistakes: Mistakes) -> Any:  # noqa: ANN401 -- Decimal or FAILED
    number = mistakes.number(node, what)
    return FAILED if number is None else number


def _whole(node: Node, what: str, mistakes: Mistakes) -> Any:  # noqa: ANN401 -- int or FAILED
    number = mistakes.number(node, what)
    if number is None:
        return FAILED
    if number != number.to_integral_value() or not 0 <= number <= 1000:  # noqa: PLR2004 -- no count in a rubric is larger
        mistakes.add(node.at, f"{what}应是 0–1000 的整数")
        return FAILED
    return int(number)


def _flag(node: Node, what: str, mistakes: Mistakes) -> Any:  # noqa: ANN401 -- bool or FAILED
    word = read_choice(("yes", "no", "true", "false"), node, what, mistakes)
    return FAILED if word is FAILED else word in ("yes", "true")


def _interval(node: Node, what: str, mistakes: Mistakes) -> Any:  # noqa: ANN401 -- Interval or FAILED
    text = mistakes.text(node, what)
    if not text:
        return FAILED
    if PLAIN.fullmatch(text) is not None:
        return Interval(Decimal(text), Decimal("Infinity"), holds_low=True, holds_high=False)
    try:
        return Interval.read(text)
    except NotAnInterval as error:
        mistakes.add(node.at, f"{what}：{error}")
        return FAILED


def _unit(node: Node, what: str, mistakes: Mistakes) -> Any:  # noqa: ANN401 -- Unit or FAILED
    text = mistakes.text(node, what)
    if text in UNITS:
        return UNITS[text]
    if text:
        mistakes.add(node.at, f"{what}：没有“{text}”这种单位；{nearest(text, UNITS)}")
    return FAILED


SCALARS: dict[Any, Callable[[Node, str, Mistakes], Any]] = {
    str: _text,
    Decimal: _number,
    int: _whole,
    bool: _flag,
    Interval: _interval,
    Unit: _unit,
}
