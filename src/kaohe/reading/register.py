"""The register of readings from YAML: each choice with what it sets at which place."""

import dataclasses
from collections.abc import Mapping as AbstractMapping
from typing import Any

from kaohe.nodes import Mapping, Mistakes, Node, nearest
from kaohe.reading.fields import FAILED, build, names_by_key, read_dataclass, read_fields
from kaohe.reading.rule import Ids, named, read_rule, rule_class_of
from kaohe.rubric.grading import GradeScale
from kaohe.rubric.model import NotApplicable
from kaohe.rubric.readings import Change, Choice, Reading
from kaohe.rules.base import Rule, RuleFault

PLACES: dict[str, type] = {"grades": GradeScale, "not_applicable": NotApplicable}
"""What a reading can set besides the rules of parts."""


class RegisterReader:
    """Reads readings; what a choice sets is read as fields of the rule that stands at the place."""

    def __init__(self, mistakes: Mistakes, rules: AbstractMapping[str, Rule], ids: Ids) -> None:
        self.mistakes, self.rules, self.ids = mistakes, rules, ids

    def readings(self, node: Node) -> Any:  # noqa: ANN401 -- tuple or FAILED
        """The register of readings."""
        values = [self.reading(child) for child in self.mistakes.items(node, "口径 readings")]
        return FAILED if FAILED in values else tuple(values)

    def reading(self, node: Node) -> Any:  # noqa: ANN401 -- Reading or FAILED
        """One entry of the register."""
        mapping = self.mistakes.mapping(node, "口径")
        if mapping is None:
            return FAILED
        what = named("口径", mapping)
        self.mistakes.unknown_keys(mapping, names_by_key(Reading), what)
        plain = {k: v for k, v in mapping.entries.items() if k != "choices"}
        found = read_fields(Reading, Mapping(plain, mapping.keys, mapping.at), what, self.mistakes)
        choices = mapping.entries.get("choices")
        if choices is not None:
            found["choices"] = self.choices(choices, what)
        reading = build(Reading, found, mapping, what, self.mistakes)
        if reading is FAILED:
            return FAILED
        self.ids.claim(f"reading:{reading.id}", mapping, what)
        if reading.chosen and reading.choice(reading.chosen) is None:
            known = [choice.id for choice in reading.choices]
            message = f"{what}没有“{reading.chosen}”这个选项；{nearest(reading.chosen, known)}"
            self.mistakes.add(mapping.keys["chosen"], message)
        return reading

    def choices(self, node: Node, what: str) -> Any:  # noqa: ANN401 -- tuple or FAILED
        """The choices of a reading, by id."""
        mapping = self.mistakes.mapping(node, f"{what}的选项 choices ")
        if mapping is None:
            return FAILED
        values = []
        for key, child in mapping.entries.items():
            name = f"{what}的选项“{key}”"
            if not isinstance(child, Mapping):
                values.append(read_dataclass(Choice, _means(child), name, self.mistakes, first=key))
                continue
            plain = {k: v for k, v in child.entries.items() if k != "set"}
            self.mistakes.unknown_keys(child, names_by_key(Choice), name)
            found = read_fields(Choice, Mapping(plain, child.keys, child.at), name, self.mistakes)
            found["id"] = key
            if "set" in child.entries:
                found["set"] = self.changes(child.entries["set"], name)
            values.append(build(Choice, found, child, name, self.mistakes))
        return FAILED if FAILED in values else tuple(values)

    def changes(self, node: Node, what: str) -> Any:  # noqa: ANN401 -- tuple or FAILED
        """What a choice sets, by place."""
        mapping = self.mistakes.mapping(node, f"{what}的 set ")
        if mapping is None:
            return FAILED
        values = [self.change(place, child, what) for place, child in mapping.entries.items()]
        return FAILED if FAILED in values else tuple(values)

    def change(self, place: str, node: Node, what: str) -> Any:  # noqa: ANN401, PLR0911 -- Change or FAILED, at the first fault
        """What a choice sets at one place."""
        fields = self.mistakes.mapping(node, f"{what}在 {place} 的设置")
        if fields is None:
            return FAILED
        name = f"{what}在 {place} 的设置"
        if "rule" in fields.entries:
            rule_class = rule_class_of(fields, name, self.mistakes)
            if rule_class is None:
                return FAILED
            self.mistakes.unknown_keys(fields, ["rule", *names_by_key(rule_class)], name)
            rule = read_rule(rule_class, fields, name, self.mistakes)
            return FAILED if rule is FAILED else Change(place, rule=rule)
        base: Any = self.rules.get(place)
        target = type(base) if base is not None else PLACES.get(place)
        if target is None and place in self.ids:
            return FAILED
        if target is None:
            known = [*self.rules, *PLACES]
            self.mistakes.add(node.at, f"{what}：没有“{place}”这个条目；{nearest(place, known)}")
            return FAILED
        self.mistakes.unknown_keys(fields, names_by_key(target), name)
        found = read_fields(target, fields, name, self.mistakes)
        if FAILED in found.values():
            return FAILED
        if base is not None:
            try:
                dataclasses.replace(base, **found)
            except RuleFault as fault:
                self.mistakes.add(fields.keys.get(fault.key, fields.at), f"{name}：{fault}")
                return FAILED
        return Change(place, tuple(found.items()))


def _means(node: Node) -> Mapping:
    """A choice written as one sentence: what it means."""
    return Mapping({"means": node}, {"means": node.at}, node.at)
