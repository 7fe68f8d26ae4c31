"""Nodes → observations: every mistake in a data file, whatever its format, found at once."""

from kaohe.location import Location
from kaohe.nodes import Mapping, Mistakes, Node, Sequence, nearest
from kaohe.quantity import exact, write_number
from kaohe.rubric.interpretation import interpret
from kaohe.rubric.model import Part, Rubric
from kaohe.rules.base import Award, IndicatorId
from kaohe.scoring.cohort import UnitFacts, assemble
from kaohe.scoring.data_lists import ListReader
from kaohe.scoring.data_values import ValueReader
from kaohe.scoring.observations import Dataset, Determination, Observations

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
    mistakes.add_repeated(node)
    reader = _DataReader(interpret(rubric), mistakes)
    data = reader.dataset(node)
    with exact():
        reader.check_awards(data)
    mistakes.stop_if_any()
    return data


class _DataReader:
    """Reads units and references; remembers where points stood for the check against the rules."""

    def __init__(self, rubric: Rubric, mistakes: Mistakes) -> None:
        self.rubric, self.mistakes = rubric, mistakes
        self.parts = {part.id: part for part in rubric.all_parts()}
        self.values = ValueReader(rubric, mistakes)
        self.lists = ListReader(rubric, mistakes, self.values)
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
        references = self.values.references(
            root.entries.get("references"), {unit.group for unit in units}
        )
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
            if unit.id and unit.id in seen:
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
        points = self.values.keyed(mapping, "points", self.award)
        for part in points:
            places = mapping.entries["points"]
            if isinstance(places, Mapping):
                self.award_places[unit_id, part] = places.keys[part]
        values = self.values.numbers(mapping, "indicators")
        entries = self.values.keyed(mapping, "entries", self.lists.entries)
        self.lists.check_entries(mapping, values, entries)
        vetoes = self.lists.vetoes(mapping)
        return Observations(
            id=unit_id,
            name=text.get("name", ""),
            group=text.get("group", ""),
            type=text.get("type", ""),
            values=values,
            targets=self.values.numbers(mapping, "targets"),
            previous=self.values.numbers(mapping, "previous"),
            awards=points,
            entries={IndicatorId(key): value for key, value in entries.items()},
            exempt=self.values.keyed(mapping, "exempt", self.exemption),
            vetoes=tuple(vetoes),
            determinations={veto: case for veto, case in vetoes.items() if case != Determination()},
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

    def exemption(self, name: str, node: Node) -> str | None:
        """Why a part does not apply to a unit."""
        if self.part(name, node) is None:
            return None
        return self.mistakes.text(node, f"{name} 不适用的理由")

    def check_awards(self, data: Dataset) -> None:
        """Points stand only where the rule leaves the score to an assessor."""
        for facts in assemble(self.rubric, data):
            for part_id in facts.unit.awards:
                at = self.award_places[facts.unit.id, part_id]
                message = award_mistake(self.parts[part_id], facts)
                if message:
                    self.mistakes.add(at, message)


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
    return f"{named}由规则计分，而所需的值还没有或有误；请先填指标值，规则未规定时才能给分"
