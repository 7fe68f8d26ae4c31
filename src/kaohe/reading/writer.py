"""The canonical text of a rubric, and the fingerprint by which an edition is known."""

import dataclasses
import hashlib
from decimal import Decimal
from enum import Enum
from typing import Any

import yaml

from kaohe.intervals import Interval
from kaohe.quantity import Unit, write_number
from kaohe.reading.fields import PAIRS, key_of
from kaohe.rubric.effects import Effects
from kaohe.rubric.model import Criterion, Part, Rubric
from kaohe.rubric.readings import Change, Choice
from kaohe.rules.base import Rule

Plain = str | list["Plain"] | dict[str, "Plain"]
"""What YAML is made of, before it is text."""

STR, MAP, SEQ = "tag:yaml.org,2002:str", "tag:yaml.org,2002:map", "tag:yaml.org,2002:seq"


def write_rubric(rubric: Rubric) -> str:
    """The rubric in YAML, the same text for equal rubrics: fields in order, defaults left out."""
    plain = {"rubric": rubric.id} | write_fields(rubric, skip=("id", "run_choices"))
    dumper = yaml.CSafeDumper
    return yaml.serialize(_node(plain), Dumper=dumper, allow_unicode=True, width=100_000)


def fingerprint(rubric: Rubric) -> str:
    """``sha256:`` and the digest of the canonical text: equal for equal editions only."""
    return "sha256:" + hashlib.sha256(write_rubric(rubric).encode()).hexdigest()


def write_value(value: Any) -> Plain:  # noqa: ANN401, C901, PLR0911 -- a table of the field types
    """A field's value as plain data."""
    match value:
        case bool():
            return "yes" if value else "no"
        case Enum():
            return str(value.value)
        case Decimal() | int():
            return write_number(Decimal(value))
        case str():
            return value
        case Interval():
            return str(value)
        case Unit():
            return value.name
        case tuple():
            return write_tuple(value)
        case dict():
            return {key: write_keyed(child) for key, child in value.items()}
        case Criterion():
            return write_criterion(value)
        case Choice():
            return write_choice(value)
        case _:
            return write_fields(value)


def write_tuple(values: tuple[Any, ...]) -> Plain:
    """A list; bands and grades as ``key: value`` lines, choices by id."""
    if values and type(values[0]) in PAIRS:
        key, child = PAIRS[type(values[0])]
        return {_word(getattr(v, key)): write_value(getattr(v, child)) for v in values}
    if values and isinstance(values[0], Choice):
        return {choice.id: write_choice(choice) for choice in values}
    return [write_value(value) for value in values]


def write_keyed(value: Any) -> Plain:  # noqa: ANN401 -- a value of a named mapping
    """A value whose first field is its name."""
    if not dataclasses.is_dataclass(value):
        return write_value(value)
    first = dataclasses.fields(value)[0].name
    return write_fields(value, skip=(first,))


def write_fields(value: Any, skip: tuple[str, ...] = ()) -> dict[str, Plain]:  # noqa: ANN401 -- any dataclass of ours
    """The fields that differ from their defaults, in their order."""
    written: dict[str, Plain] = {}
    for field in dataclasses.fields(value):
        content = getattr(value, field.name)
        if field.name in skip or content == _default(field):
            continue
        if isinstance(content, Effects):
            written |= write_fields(content)
        elif isinstance(content, Rule):
            written |= {"rule": content.type} | write_fields(content)
        else:
            written[key_of(field.name)] = write_value(content)
    return written


def write_criterion(criterion: Criterion) -> Plain:
    """A criterion; what the document does not divide has its rule beside its points."""
    if not criterion.divided:
        return write_part(criterion.parts[0], criterion)
    written = write_fields(criterion, skip=("parts",))
    written["parts"] = [write_part(part, criterion) for part in criterion.parts]
    return written


def write_part(part: Part, criterion: Criterion) -> dict[str, Plain]:
    """A part; an empty list of clauses is written where the criterion's would be inherited."""
    written = write_fields(part)
    if criterion.divided and criterion.clauses and not part.clauses:
        written["clauses"] = []
    return written


def write_choice(choice: Choice) -> Plain:
    """A choice of a reading: what it means, what it sets by place, what it accepts."""
    written = write_fields(choice, skip=("id", "set"))
    if choice.set:
        written["set"] = {change.place: write_change(change) for change in choice.set}
    return written


def write_change(change: Change) -> Plain:
    """What a choice sets at one place."""
    if change.rule is not None:
        return {"rule": change.rule.type} | write_fields(change.rule)
    return {key_of(name): write_value(value) for name, value in change.fields}


def _word(value: Any) -> str:  # noqa: ANN401 -- an interval or a name
    return value if isinstance(value, str) else str(value)


def _default(field: "dataclasses.Field[Any]") -> Any:  # noqa: ANN401 -- any default
    if field.default_factory is not dataclasses.MISSING:
        return field.default_factory()
    return field.default


def _node(plain: Plain) -> yaml.Node:
    if isinstance(plain, dict):
        pairs = [(_node(key), _node(value)) for key, value in plain.items()]
        return yaml.MappingNode(MAP, pairs, flow_style=False)
    if isinstance(plain, list):
        flow = all(isinstance(item, str) for item in plain)
        return yaml.SequenceNode(SEQ, [_node(item) for item in plain], flow_style=flow)
    resolved = yaml.CSafeDumper.yaml_implicit_resolvers.get(plain[:1], [])
    looks_like = next((tag for tag, pattern in resolved if pattern.match(plain)), STR)
    number = looks_like.endswith((":int", ":float")) and not plain.startswith("0o")
    return yaml.ScalarNode(looks_like if number else STR, plain)
