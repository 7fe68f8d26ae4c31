"""A rule from the fields that stand beside a part's own, and what parts and readings share."""

from typing import Any

from kaohe.nodes import Mapping, Mistakes, Node, Scalar, nearest
from kaohe.reading.fields import build, read_fields
from kaohe.rules.base import Rule
from kaohe.rules.catalogue import RULES


def rule_class_of(mapping: Mapping, what: str, mistakes: Mistakes) -> type[Rule] | None:
    """The rule type that a mapping names, or a mistake."""
    node = mapping.entries.get("rule")
    if node is None:
        mistakes.add(mapping.at, f"{what}没有写 rule（计分规则）；{nearest('', RULES)}")
        return None
    name = mistakes.text(node, f"{what}的 rule ")
    if name not in RULES:
        mistakes.add(node.at, f"{what}：没有“{name}”这种计分规则；{nearest(name, RULES)}")
        return None
    return RULES[name]


def read_rule(rule_class: type[Rule], mapping: Mapping, what: str, mistakes: Mistakes) -> Any:  # noqa: ANN401 -- Rule or FAILED
    """A rule from the fields of a mapping."""
    found = read_fields(rule_class, mapping, what, mistakes)
    return build(rule_class, found, mapping, what, mistakes)


def named(what: str, mapping: Mapping) -> str:
    """A thing with its id, if it has one."""
    node = mapping.entries.get("id")
    return f"{what} {node.text} " if isinstance(node, Scalar) else what


class Ids:
    """The ids of a file, each standing for one thing only, and where each stood first."""

    def __init__(self, mistakes: Mistakes) -> None:
        self.mistakes = mistakes
        self.places: dict[str, str] = {}

    def __contains__(self, identifier: str) -> bool:
        return identifier in self.places

    def claim(self, identifier: Any, node: Node, what: str) -> None:  # noqa: ANN401 -- str or FAILED
        """Note an id, and a mistake if it is taken."""
        if not isinstance(identifier, str):
            return
        if identifier in self.places:
            first = self.places[identifier]
            message = f"{what}编号“{identifier}”与 {first} 处重复；编号只能用一次"
            self.mistakes.add(node.at, message)
        self.places[identifier] = node.at.place
