"""A rubric from its YAML text: the whole document, or all of its mistakes with line and column."""

import dataclasses
from typing import Any

from kaohe.nodes import Mapping, Mistakes, Node, Scalar, nearest
from kaohe.quantity import UNIT_BY_SUFFIX
from kaohe.reading.fields import (
    FAILED,
    build,
    hints,
    names_by_key,
    read_dataclass,
    read_fields,
    read_value,
)
from kaohe.reading.tree import read_tree
from kaohe.rubric.grading import GradeScale
from kaohe.rubric.interpretation import interpret
from kaohe.rubric.model import (
    Criterion,
    Indicator,
    NotApplicable,
    Part,
    Rubric,
    Section,
)
from kaohe.rubric.readings import Change, Choice, Reading
from kaohe.rules.base import Rule, RuleFault
from kaohe.rules.catalogue import RULES

PLACES: dict[str, type] = {"grades": GradeScale, "not_applicable": NotApplicable}
"""What a reading can set besides the rules of parts."""

NOT_WRITTEN = ("id", "run_choices")
"""Fields of a rubric that its YAML does not have: ``id`` is written ``rubric``."""

INHERITED = ("clauses", "lead", "supporting", "filing", "provider", "applies_to")
"""What a criterion says once for all its parts."""


def read_rubric(text: str, file: str) -> Rubric:
    """The rubric that a YAML text describes.

    :raises Mistaken: with every mistake at its line and column, and what to do about it.
    """
    mistakes = Mistakes()
    rubric = _Reader(mistakes).rubric(read_tree(text, file))
    mistakes.stop_if_any()
    assert rubric is not None, "nothing was wrong"  # noqa: S101 -- else there is a mistake
    return rubric


class _Reader:
    """Reads the parts of a rubric whose YAML shape differs from the shape of the data."""

    def __init__(self, mistakes: Mistakes) -> None:
        self.mistakes = mistakes
        self.rules: dict[str, Rule] = {}
        self.ids: dict[str, str] = {}

    def rubric(self, node: Node) -> Rubric | None:
        """The rubric of the document's root."""
        root = self.mistakes.mapping(node, "评分细则")
        if root is None:
            return None
        own = {"rubric": "id"}
        keys = {own.get(key, key): key for key in root.entries}
        known = [key for key in names_by_key(Rubric) if key not in NOT_WRITTEN]
        self.mistakes.unknown_keys(root, ["rubric", *known], "评分细则")
        found: dict[str, Any] = {}
        for name, hint in hints(Rubric).items():
            if keys.get(name) is None or name in ("readings", "run_choices"):
                continue
            child = root.entries[keys[name]]
            found[name] = self.field(name, hint, child)
        if "readings" in root.entries:
            found["readings"] = self.readings(root.entries["readings"])
        rubric = build(Rubric, found, root, "评分细则", self.mistakes)
        return None if rubric is FAILED else self.checked(rubric, root)

    def field(self, name: str, hint: Any, node: Node) -> Any:  # noqa: ANN401 -- any field of a rubric
        """One field of the rubric."""
        match name:
            case "sections":
                return self.sections(node)
            case "adjustments":
                return self.all_of(node, "总分之外的条目", self.criterion)
            case "grades":
                return self.grades(node)
            case "indicators":
                return self.indicators(node)
            case _:
                return read_value(hint, node, name, self.mistakes)

    def checked(self, rubric: Rubric, root: Mapping) -> Rubric:
        """The rubric, once its chosen readings have been seen to apply."""
        if not self.mistakes.found:
            try:
                interpret(rubric)
            except RuleFault as fault:
                self.mistakes.add(root.keys["readings"], f"所选口径合在一起互相矛盾：{fault}")
        return rubric

    def all_of(self, node: Node, what: str, read: Any) -> Any:  # noqa: ANN401 -- a tuple of what is read
        """Every item of a list, read; ``FAILED`` if one is."""
        values = [read(child) for child in self.mistakes.items(node, what)]
        return FAILED if FAILED in values else tuple(values)

    def claim(self, identifier: Any, node: Node, what: str) -> None:  # noqa: ANN401 -- str or FAILED
        """An id stands for one thing only."""
        if not isinstance(identifier, str):
            return
        if identifier in self.ids:
            first = self.ids[identifier]
            self.mistakes.add(node.at, f"{what}编号“{identifier}”与 {first} 处重复；编号只能用一次")
        self.ids[identifier] = node.at.place

    def grades(self, node: Node) -> Any:  # noqa: ANN401 -- GradeScale or FAILED
        """The grade scale; without ``scale`` the whole mapping is the scale."""
        if isinstance(node, Mapping) and "scale" not in node.entries:
            node = Mapping({"scale": node}, {"scale": node.at}, node.at)
        return read_dataclass(GradeScale, node, "等级 grades", self.mistakes)

    def indicators(self, node: Node) -> Any:  # noqa: ANN401 -- dict or FAILED
        """The indicators by id; the end of an id already says its unit."""
        mapping = self.mistakes.mapping(node, "指标 indicators")
        if mapping is None:
            return FAILED
        values: dict[str, Any] = {}
        for key, child in mapping.entries.items():
            suffix = next((s for s in UNIT_BY_SUFFIX if key.endswith(s)), None)
            entries = child
            if isinstance(child, Mapping) and suffix is not None:
                implied = UNIT_BY_SUFFIX[suffix]
                unit = child.entries.get("unit")
                if isinstance(unit, Scalar) and unit.text != implied:
                    self.mistakes.add(
                        unit.at, f"以 {suffix} 结尾的指标，单位应是 {implied}；请改单位或改名"
                    )
                entries = Mapping(
                    {"unit": Scalar(implied, child.at)} | child.entries,
                    {"unit": child.at} | child.keys,
                    child.at,
                )
            what = f"指标“{key}”"
            values[key] = read_dataclass(Indicator, entries, what, self.mistakes, first=key)
        return FAILED if FAILED in values.values() else values

    def sections(self, node: Node) -> Any:  # noqa: ANN401 -- tuple or FAILED
        """The sections of the rubric or of a section."""
        return self.all_of(node, "各部分 sections", self.section)

    def section(self, node: Node) -> Any:  # noqa: ANN401 -- Section or FAILED
        """One section with what is in it."""
        mapping = self.mistakes.mapping(node, "部分")
        if mapping is None:
            return FAILED
        title = mapping.entries.get("title")
        what = f"部分“{title.text}”" if isinstance(title, Scalar) else "部分"
        self.mistakes.unknown_keys(mapping, names_by_key(Section), what)
        plain = {k: v for k, v in mapping.entries.items() if k not in ("sections", "criteria")}
        found = read_fields(Section, Mapping(plain, mapping.keys, mapping.at), what, self.mistakes)
        if "id" in found:
            self.claim(found["id"], mapping, what)
        if "sections" in mapping.entries:
            found["sections"] = self.sections(mapping.entries["sections"])
        if "criteria" in mapping.entries:
            found["criteria"] = self.all_of(mapping.entries["criteria"], what, self.criterion)
        return build(Section, found, mapping, what, self.mistakes)

    def criterion(self, node: Node) -> Any:  # noqa: ANN401 -- Criterion or FAILED
        """A criterion: divided into parts, or with its rule written beside its points."""
        mapping = self.mistakes.mapping(node, "考核要点")
        if mapping is None:
            return FAILED
        what = _named("考核要点", mapping)
        if "parts" not in mapping.entries:
            part = self.part(mapping, what)
            if part is FAILED:
                return FAILED
            return Criterion(part.id, part.title, part.points, (part,), part.clauses)
        shared = {k: mapping.entries[k] for k in INHERITED if k in mapping.entries}
        known = {*names_by_key(Criterion), *INHERITED}
        self.mistakes.unknown_keys(mapping, known, what)
        own = {k: v for k, v in mapping.entries.items() if k != "parts"}
        found = read_fields(Criterion, Mapping(own, mapping.keys, mapping.at), what, self.mistakes)
        self.claim(found.get("id"), mapping, what)

        def inside(child: Node) -> Any:  # noqa: ANN401 -- Part or FAILED
            if isinstance(child, Mapping):
                entries, keys = shared | child.entries, mapping.keys | child.keys
                child = Mapping(entries, keys, child.at)
            return self.part(child, "")

        found["parts"] = self.all_of(mapping.entries["parts"], f"{what}的 parts ", inside)
        if found["parts"] == ():
            self.mistakes.add(
                mapping.keys["parts"], f"{what}的 parts 是空的；请写出各分项，或删去 parts"
            )
        return build(Criterion, found, mapping, what, self.mistakes)

    def part(self, node: Node, what: str) -> Any:  # noqa: ANN401 -- Part or FAILED
        """A scored leaf, its rule's fields standing among its own."""
        mapping = self.mistakes.mapping(node, what or "分项")
        if mapping is None:
            return FAILED
        what = what or _named("分项", mapping)
        rule_class = self.rule_class(mapping, what)
        if rule_class is None:
            return FAILED
        known = [*names_by_key(Part), *names_by_key(rule_class)]
        self.mistakes.unknown_keys(mapping, known, f"{what}（规则 {rule_class.type}）")
        plain = Mapping(
            {k: v for k, v in mapping.entries.items() if k != "rule"}, mapping.keys, mapping.at
        )
        found = read_fields(Part, plain, what, self.mistakes)
        found["rule"] = self.rule(rule_class, mapping, what)
        part = build(Part, found, mapping, what, self.mistakes)
        self.claim(found.get("id"), mapping, what)
        if part is not FAILED:
            self.rules[part.id] = part.rule
        return part

    def rule_class(self, mapping: Mapping, what: str) -> type[Rule] | None:
        """The rule type that a mapping names."""
        node = mapping.entries.get("rule")
        if node is None:
            self.mistakes.add(mapping.at, f"{what}没有写 rule（计分规则）；{nearest('', RULES)}")
            return None
        name = self.mistakes.text(node, f"{what}的 rule ")
        if name not in RULES:
            self.mistakes.add(node.at, f"{what}：没有“{name}”这种计分规则；{nearest(name, RULES)}")
            return None
        return RULES[name]

    def rule(self, rule_class: type[Rule], mapping: Mapping, what: str) -> Any:  # noqa: ANN401 -- Rule or FAILED
        """A rule from the fields of a mapping."""
        found = read_fields(rule_class, mapping, what, self.mistakes)
        return build(rule_class, found, mapping, what, self.mistakes)

    def readings(self, node: Node) -> Any:  # noqa: ANN401 -- tuple or FAILED
        """The register of readings."""
        return self.all_of(node, "口径 readings", self.reading)

    def reading(self, node: Node) -> Any:  # noqa: ANN401 -- Reading or FAILED
        """One entry of the register."""
        mapping = self.mistakes.mapping(node, "口径")
        if mapping is None:
            return FAILED
        what = _named("口径", mapping)
        self.mistakes.unknown_keys(mapping, names_by_key(Reading), what)
        plain = {k: v for k, v in mapping.entries.items() if k != "choices"}
        found = read_fields(Reading, Mapping(plain, mapping.keys, mapping.at), what, self.mistakes)
        choices = mapping.entries.get("choices")
        if choices is not None:
            found["choices"] = self.choices(choices, what)
        reading = build(Reading, found, mapping, what, self.mistakes)
        if reading is FAILED:
            return FAILED
        self.claim(f"reading:{reading.id}", mapping, what)
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
            rule_class = self.rule_class(fields, name)
            if rule_class is None:
                return FAILED
            self.mistakes.unknown_keys(fields, ["rule", *names_by_key(rule_class)], name)
            rule = self.rule(rule_class, fields, name)
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


def _named(what: str, mapping: Mapping) -> str:
    """A thing with its id, if it has one."""
    node = mapping.entries.get("id")
    return f"{what} {node.text} " if isinstance(node, Scalar) else what


def _means(node: Node) -> Mapping:
    """A choice written as one sentence: what it means."""
    return Mapping({"means": node}, {"means": node.at}, node.at)
