"""A rubric from its YAML text: the whole document, or all of its mistakes with line and column."""

from typing import Any

from kaohe.nodes import Mapping, Mistakes, Node, Scalar
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
from kaohe.reading.register import RegisterReader
from kaohe.reading.rule import Ids, named, read_rule, rule_class_of
from kaohe.reading.tree import read_tree
from kaohe.rubric.grading import GradeScale
from kaohe.rubric.interpretation import interpret
from kaohe.rubric.model import (
    Criterion,
    Indicator,
    Part,
    Rubric,
    Section,
)
from kaohe.rules.base import Rule, RuleFault

NOT_WRITTEN = ("id", "run_choices")
"""Fields of a rubric that its YAML does not have: ``id`` is written ``rubric``."""

INHERITED = ("clauses", "lead", "supporting", "filing", "provider", "applies_to")
"""What a criterion says once for all its parts."""


def read_rubric(text: str, file: str) -> Rubric:
    """The rubric that a YAML text describes.

    :raises Mistaken: with every mistake at its line and column, and what to do about it.
    """
    mistakes = Mistakes()
    root = read_tree(text, file)
    mistakes.add_repeated(root)
    rubric = _Reader(mistakes).rubric(root)
    mistakes.stop_if_any()
    assert rubric is not None, "nothing was wrong"  # noqa: S101 -- else there is a mistake
    return rubric


class _Reader:
    """Reads the parts of a rubric whose YAML shape differs from the shape of the data."""

    def __init__(self, mistakes: Mistakes) -> None:
        self.mistakes = mistakes
        self.rules: dict[str, Rule] = {}
        self.ids = Ids(mistakes)

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
            register = RegisterReader(self.mistakes, self.rules, self.ids)
            found["readings"] = register.readings(root.entries["readings"])
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

    def grades(self, node: Node) -> Any:  # noqa: ANN401 -- GradeScale or FAILED
        """The grade scale; without ``scale`` the whole mapping is the scale."""
        if self.mistakes.mapping(node, "等级 grades（例如 {A: 90, B: 80}）") is None:
            return FAILED
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
            self.ids.claim(found["id"], mapping, what)
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
        what = named("考核要点", mapping)
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
        self.ids.claim(found.get("id"), mapping, what)

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
        what = what or named("分项", mapping)
        rule_class = rule_class_of(mapping, what, self.mistakes)
        if rule_class is None:
            return FAILED
        known = [*names_by_key(Part), *names_by_key(rule_class)]
        self.mistakes.unknown_keys(mapping, known, f"{what}（规则 {rule_class.type}）")
        plain = Mapping(
            {k: v for k, v in mapping.entries.items() if k != "rule"}, mapping.keys, mapping.at
        )
        found = read_fields(Part, plain, what, self.mistakes)
        found["rule"] = read_rule(rule_class, mapping, what, self.mistakes)
        part = build(Part, found, mapping, what, self.mistakes)
        self.ids.claim(found.get("id"), mapping, what)
        if part is not FAILED:
            self.rules[part.id] = part.rule
        return part
