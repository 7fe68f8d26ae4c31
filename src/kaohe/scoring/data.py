"""Nodes → observations: every mistake in a data file, whatever its format, found at once."""

import datetime as dt
from collections.abc import Callable
from decimal import Decimal
from typing import TypeVar

from kaohe.location import Location
from kaohe.nodes import Mapping, Mistakes, Node, Scalar, Sequence, nearest
from kaohe.quantity import ZERO, exact, write_number
from kaohe.rubric.interpretation import interpret
from kaohe.rubric.model import Indicator, Part, Rubric
from kaohe.rules.base import Award, IndicatorId
from kaohe.scoring.cohort import UnitFacts, assemble
from kaohe.scoring.observations import Dataset, Entry, Observations

V = TypeVar("V")

UNIT_KEYS = (
    "id",
    "name",
    "group",
    "type",
    "indicators",
    "targets",
    "previous",
    "points",
    "entries",
    "exempt",
    "vetoes",
)


def read_data(node: Node, rubric: Rubric) -> Dataset:
    """The observations in a data file, checked against the rubric as it is now read.

    :raises Mistaken: with every mistake at its place, and what to do about it.
    """
    mistakes = Mistakes()
    reader = _DataReader(interpret(rubric), mistakes)
    data = reader.dataset(node)
    mistakes.stop_if_any()
    with exact():
        reader.check_awards(data)
    mistakes.stop_if_any()
    return data


class _DataReader:
    """Reads units and references; remembers where points stood for the check against the rules."""

    def __init__(self, rubric: Rubric, mistakes: Mistakes) -> None:
        self.rubric, self.mistakes = rubric, mistakes
        self.parts = {part.id: part for part in rubric.all_parts()}
        self.vetoes = [veto.id for veto in rubric.vetoes]
        self.award_places: dict[tuple[str, str], Location] = {}

    def dataset(self, node: Node) -> Dataset:
        """The whole file."""
        root = self.mistakes.mapping(node, "数据文件")
        if root is None:
            return Dataset(())
        self.mistakes.unknown_keys(root, ("rubric", "units", "references"), "数据文件")
        self.check_rubric(root)
        if "units" not in root.entries:
            self.mistakes.add(root.at, "缺少 units（被考核单位）；请至少写一个单位")
            return Dataset(())
        units = self.units(root.entries["units"])
        references = self.references(root.entries.get("references"), {unit.group for unit in units})
        return Dataset(tuple(units), references)

    def check_rubric(self, root: Mapping) -> None:
        """The data must be for this rubric."""
        node = root.entries.get("rubric")
        if node is None:
            return
        named = self.mistakes.text(node, "rubric ")
        if named and named != self.rubric.id:
            message = (
                f"数据是按“{named}”填的，而现在用的是“{self.rubric.id}”；请换数据文件或换评分细则"
            )
            self.mistakes.add(node.at, message)

    def units(self, node: Node) -> list[Observations]:
        """The assessed units; no two have one id."""
        items = self.mistakes.items(node, "units ")
        if not items and isinstance(node, Sequence):
            self.mistakes.add(node.at, "units 是空的；请至少写一个被考核单位")
        units, seen = [], dict[str, Location]()
        for item in items:
            unit = self.unit(item)
            if unit is None:
                continue
            if unit.id in seen:
                message = (
                    f"单位编号“{unit.id}”与 {seen[unit.id].place} 处重复；每个单位要有自己的编号"
                )
                self.mistakes.add(item.at, message)
            seen.setdefault(unit.id, item.at)
            units.append(unit)
        return units

    def unit(self, node: Node) -> Observations | None:
        """One assessed unit."""
        mapping = self.mistakes.mapping(node, "单位")
        if mapping is None:
            return None
        self.mistakes.unknown_keys(mapping, UNIT_KEYS, "单位")
        for key in ("id", "name", "group"):
            if key not in mapping.entries:
                self.mistakes.add(mapping.at, f"单位缺少 {key}；请补上")
        text = {
            key: self.mistakes.text(mapping.entries[key], f"单位的 {key} ")
            for key in ("id", "name", "group", "type")
            if key in mapping.entries
        }
        unit_id = text.get("id", "")
        self.check_type(mapping, text.get("type"))
        points = self.keyed(mapping, "points", self.award)
        for part in points:
            places = mapping.entries["points"]
            if isinstance(places, Mapping):
                self.award_places[unit_id, part] = places.keys[part]
        values = self.numbers(mapping, "indicators")
        entries = self.keyed(mapping, "entries", self.entries)
        self.check_entries(mapping, values, entries)
        return Observations(
            id=unit_id,
            name=text.get("name", ""),
            group=text.get("group", ""),
            type=text.get("type", ""),
            values=values,
            targets=self.numbers(mapping, "targets"),
            previous=self.numbers(mapping, "previous"),
            awards=points,
            entries={IndicatorId(key): value for key, value in entries.items()},
            exempt=self.keyed(mapping, "exempt", self.exemption),
            vetoes=self.veto_ids(mapping),
        )

    def check_type(self, mapping: Mapping, given: str | None) -> None:
        """The kind of unit is one that the rubric knows, where it knows kinds."""
        known = self.rubric.unit_types
        if given is None:
            if known and any(part.applies_to for part in self.parts.values()):
                self.mistakes.add(
                    mapping.at, f"单位缺少 type（单位类别）；可用的有：{'、'.join(known)}"
                )
        elif known and given not in known:
            at = mapping.entries["type"].at
            self.mistakes.add(at, f"没有“{given}”这种单位类别；{nearest(given, known)}")

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

    def part(self, name: str, node: Node) -> Part | None:
        """The part of that id, or a mistake that names the parts of a divided item."""
        part = self.parts.get(name)
        if part is None:
            inside = [part_id for part_id in self.parts if part_id.startswith(f"{name}.")]
            hint = f"请按分项填写：{'、'.join(inside)}" if inside else nearest(name, self.parts)
            self.mistakes.add(node.at, f"没有“{name}”这个计分条目；{hint}")
        return part

    def award(self, name: str, node: Node) -> Award | None:
        """An assessor's points: a number, or a number with a reason."""
        part = self.part(name, node)
        if part is None:
            return None
        what, reason, number = f"{name} 的得分", "", node
        if isinstance(node, Mapping):
            self.mistakes.unknown_keys(node, ("score", "reason"), what)
            if "score" not in node.entries:
                self.mistakes.add(node.at, f"{what}缺少 score；请补上得分")
                return None
            number = node.entries["score"]
            if "reason" in node.entries:
                reason = self.mistakes.text(node.entries["reason"], f"{name} 的理由")
        score = self.mistakes.number(number, what)
        if score is None:
            return None
        fault = part.rule.award_fault(score, part.points)
        if fault is not None:
            self.mistakes.add(
                node.at, f"{name}（{part.title}）得 {write_number(score)} 分不行：{fault}"
            )
            return None
        return Award(score, reason)

    def entries(self, name: str, node: Node) -> tuple[Entry, ...] | None:
        """The entries of one register."""
        if self.indicator(name, node) is None:
            return None
        if IndicatorId(name) not in self.rubric.registers:
            self.mistakes.add(node.at, f"指标“{name}”没有登记表；请在 indicators 中直接填数")
            return None
        items = self.mistakes.items(node, f"{name} 的登记")
        found = [self.entry(name, item) for item in items]
        return tuple(entry for entry in found if entry is not None)

    def entry(self, name: str, node: Node) -> Entry | None:
        """One registered thing."""
        mapping = self.mistakes.mapping(node, "登记")
        if mapping is None:
            return None
        keys = ("name", "level", "date", "document", "holder", "approval")
        self.mistakes.unknown_keys(mapping, keys, "登记")
        lacking = [key for key in keys[:4] if key not in mapping.entries]
        if lacking:
            self.mistakes.add(
                mapping.at, f"登记缺少 {'、'.join(lacking)}；没有证明文件的不能计数，请补上"
            )
        text = {
            key: self.mistakes.text(mapping.entries[key], f"登记的 {key} ")
            for key in keys
            if key in mapping.entries
        }
        self.check_entry(name, mapping, text)
        if lacking or not all(text.values()):
            return None
        return Entry(**text)

    def check_entry(self, name: str, mapping: Mapping, text: dict[str, str]) -> None:
        """The level is one of the register's, and the date is one."""
        register = self.rubric.registers[IndicatorId(name)]
        level = text.get("level")
        if level and register.level(level) is None:
            known = [f"{level.id}（{level.title}）" for level in register.levels]
            at = mapping.entries["level"].at
            self.mistakes.add(at, f"没有“{level}”这一级；可用的有：{'、'.join(known)}")
        date = text.get("date")
        if date and not is_day(date):
            at = mapping.entries["date"].at
            self.mistakes.add(at, f"“{date}”不是日期；请写成 2017-05-31")

    def check_entries(
        self,
        mapping: Mapping,
        values: dict[IndicatorId, Decimal],
        entries: dict[str, tuple[Entry, ...]],
    ) -> None:
        """A typed count and a register exclude each other."""
        group = mapping.entries.get("entries")
        for name in entries:
            if IndicatorId(name) in values and isinstance(group, Mapping):
                message = f"“{name}”既在 indicators 中填了个数，又有登记；请只留一种"
                self.mistakes.add(group.keys[name], message)

    def exemption(self, name: str, node: Node) -> str | None:
        """Why a part does not apply to a unit."""
        if self.part(name, node) is None:
            return None
        return self.mistakes.text(node, f"{name} 不适用的理由")

    def veto_ids(self, mapping: Mapping) -> tuple[str, ...]:
        """The vetoes recorded against a unit."""
        if "vetoes" not in mapping.entries:
            return ()
        found = []
        for node in self.mistakes.items(mapping.entries["vetoes"], "vetoes "):
            veto = self.mistakes.text(node, "否决项")
            if veto and veto not in self.vetoes:
                self.mistakes.add(node.at, f"没有“{veto}”这个否决项；{nearest(veto, self.vetoes)}")
            elif veto in found:
                self.mistakes.add(node.at, f"否决项“{veto}”写了两次；请只留一个")
            found.append(veto)
        return tuple(found)

    def references(
        self, node: Node | None, groups: set[str]
    ) -> dict[tuple[str, IndicatorId, str], Decimal]:
        """The means that stand in for computed ones, by group and indicator."""
        found: dict[tuple[str, IndicatorId, str], Decimal] = {}
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
                    number = self.mistakes.number(value, f"{name} 的 {key} ")
                    if number is not None and number < ZERO:
                        self.mistakes.add(value.at, f"{name} 的 {key} 小于 0；平均值应不小于 0")
                    elif number is not None:
                        found[group, IndicatorId(name), "" if key == "mean" else key] = number
        return found

    def check_awards(self, data: Dataset) -> None:
        """Points stand only where the rule leaves the score to an assessor."""
        for facts in assemble(self.rubric, data):
            for part_id in facts.unit.awards:
                at = self.award_places[facts.unit.id, part_id]
                message = award_mistake(self.parts[part_id], facts)
                if message:
                    self.mistakes.add(at, message)


def is_day(text: str) -> bool:
    """Whether a text is a day of the calendar as 2017-05-31."""
    try:
        return dt.date.fromisoformat(text).isoformat() == text
    except ValueError:
        return False


def award_mistake(part: Part, facts: UnitFacts) -> str:
    """What is wrong with points given to a part, given what its rule says; empty if nothing."""
    named = f"{part.id}（{part.title}）"
    if not part.applies(facts.unit.type):
        return f"{named}不考核这类单位；请删去得分"
    if part.id in facts.unit.exempt:
        return f"{named}已列为不适用，不能再给分；请删去其中一项"
    because = part.rule.assess(facts, part.points).because
    if because.awaits_award:
        return ""
    if because.settled:
        return f"{named}由规则计分，不能直接给分；请删去得分，改填指标值"
    return f"{named}由规则计分，而所需的值还没有；请先填指标值，规则未规定时才能给分"
