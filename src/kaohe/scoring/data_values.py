"""Values in a data file: numbers by indicator, and the means that stand in for computed ones."""

from collections.abc import Callable
from decimal import Decimal
from typing import TypeVar

from kaohe.nodes import Mapping, Mistakes, Node, Scalar, nearest
from kaohe.quantity import ZERO
from kaohe.rubric.model import Indicator, Rubric
from kaohe.rules.base import IndicatorId
from kaohe.scoring.observations import References

V = TypeVar("V")

UNKNOWN = "unknown"
"""Written for a mean: not all units compared with are in the data."""


class ValueReader:
    """Reads values, each inside the limits of its indicator's unit."""

    def __init__(self, rubric: Rubric, mistakes: Mistakes) -> None:
        self.rubric, self.mistakes = rubric, mistakes

    def keyed(
        self, mapping: Mapping, key: str, read: Callable[[str, Node], V | None]
    ) -> dict[str, V]:
        """A group of named values, each read by ``read``; what is wrong is noted and left out."""
        if key not in mapping.entries:
            return {}
        group = self.mistakes.mapping(mapping.entries[key], key)
        if group is None:
            return {}
        found = {name: read(name, child) for name, child in group.entries.items()}
        return {name: value for name, value in found.items() if value is not None}

    def numbers(self, mapping: Mapping, key: str) -> dict[IndicatorId, Decimal]:
        """Values by indicator, each inside the limits of its unit."""

        def read(name: str, node: Node) -> Decimal | None:
            indicator = self.indicator(name, node)
            if indicator is None:
                return None
            if key == "targets" and not indicator.target:
                self.mistakes.add(
                    node.at, f"指标“{name}”（{indicator.title}）没有目标值；请删去这一项"
                )
                return None
            return self.value(indicator, node)

        return {IndicatorId(name): v for name, v in self.keyed(mapping, key, read).items()}

    def indicator(self, name: str, node: Node) -> Indicator | None:
        """The indicator of that name, or a mistake."""
        indicator = self.rubric.indicators.get(IndicatorId(name))
        if indicator is None:
            hint = nearest(name, self.rubric.indicators)
            self.mistakes.add(node.at, f"没有“{name}”这个指标；{hint}")
        return indicator

    def value(self, indicator: Indicator, node: Node) -> Decimal | None:
        """A value in the indicator's unit; the name of a grade becomes its place."""
        what = f"{indicator.title}（{indicator.id}）"
        if indicator.values and isinstance(node, Scalar):
            if node.text in indicator.values:
                return Decimal(indicator.values.index(node.text) + 1)
            self.mistakes.add(
                node.at, f"{what}应是 {'、'.join(indicator.values)} 之一，而这里是“{node.text}”"
            )
            return None
        number = self.mistakes.number(node, what)
        fault = None if number is None else indicator.unit.fault(number)
        if fault is not None:
            self.mistakes.add(node.at, f"{what}：{fault}")
            return None
        return number

    def references(self, node: Node | None, groups: set[str]) -> References:
        """The means that stand in for computed ones, by group and indicator."""
        found: dict[tuple[str, IndicatorId, str], Decimal | None] = {}
        root = None if node is None else self.mistakes.mapping(node, "references ")
        if root is None:
            return found
        for group, by_indicator in root.entries.items():
            if group not in groups:
                self.mistakes.add(
                    root.keys[group], f"没有单位属于“{group}”；{nearest(group, groups)}"
                )
            mapping = self.mistakes.mapping(by_indicator, f"“{group}”的参考值")
            for name, child in mapping.entries.items() if mapping else ():
                indicator = self.indicator(name, child)
                means = self.mistakes.mapping(child, f"{name} 的参考值")
                if indicator is None or means is None:
                    continue
                self.mistakes.unknown_keys(
                    means, ("mean", *indicator.references), f"{name} 的参考值"
                )
                for key, value in means.entries.items():
                    if key == "mean" and isinstance(value, Scalar) and value.text == UNKNOWN:
                        found[group, indicator.id, ""] = None
                        continue
                    number = self.mean(f"{name} 的 {key}", value)
                    if number is not None:
                        found[group, indicator.id, "" if key == "mean" else key] = number
        return found

    def mean(self, what: str, node: Node) -> Decimal | None:
        """A mean that is given as a number."""
        if isinstance(node, Scalar) and node.text == UNKNOWN:
            self.mistakes.add(node.at, f"{what} 不能写 {UNKNOWN}；还不知道就删去这一项")
            return None
        number = self.mistakes.number(node, f"{what} ")
        if number is not None and number < ZERO:
            self.mistakes.add(node.at, f"{what} 小于 0；平均值应不小于 0")
            return None
        return number
