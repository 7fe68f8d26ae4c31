"""Lists in a data file: what is registered thing by thing, and the vetoes recorded."""

from decimal import Decimal

from kaohe.nodes import Mapping, Mistakes, Node, is_day, nearest
from kaohe.rubric.model import Rubric
from kaohe.rules.base import IndicatorId
from kaohe.scoring.data_values import ValueReader
from kaohe.scoring.observations import Determination, Entry

ENTRY_KEYS = ("name", "level", "date", "document", "holder", "approval")
REQUIRED_OF_AN_ENTRY = 4
VETO_KEYS = ("veto", "authority", "document")


class ListReader:
    """Reads registers and vetoes of one unit after the other."""

    def __init__(self, rubric: Rubric, mistakes: Mistakes, values: ValueReader) -> None:
        self.rubric, self.mistakes, self.values = rubric, mistakes, values
        self.known = [veto.id for veto in rubric.vetoes]

    def entries(self, name: str, node: Node) -> tuple[Entry, ...] | None:
        """The entries of one register."""
        if self.values.indicator(name, node) is None:
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
        self.mistakes.unknown_keys(mapping, ENTRY_KEYS, "登记")
        asked = ENTRY_KEYS[:REQUIRED_OF_AN_ENTRY]
        lacking = [key for key in asked if key not in mapping.entries]
        if lacking:
            self.mistakes.add(
                mapping.at, f"登记缺少 {'、'.join(lacking)}；没有证明文件的不能计数，请补上"
            )
        text = {
            key: self.mistakes.text(mapping.entries[key], f"登记的 {key} ")
            for key in ENTRY_KEYS
            if key in mapping.entries
        }
        known = self.check_entry(name, mapping, text)
        if lacking or not known or not all(text.values()):
            return None
        return Entry(**text)

    def check_entry(self, name: str, mapping: Mapping, text: dict[str, str]) -> bool:
        """Whether the level is one of the register's, and the date is one."""
        register = self.rubric.registers[IndicatorId(name)]
        level, date = text.get("level", ""), text.get("date", "")
        level_known = not level or register.level(level) is not None
        if not level_known:
            known = "、".join(f"{level.id}（{level.title}）" for level in register.levels)
            at = mapping.entries["level"].at
            self.mistakes.add(at, f"没有“{level}”这一级；可用的有：{known}")
        date_known = not date or is_day(date)
        if not date_known:
            at = mapping.entries["date"].at
            self.mistakes.add(at, f"“{date}”不是日期；请写成 2017-05-31")
        return level_known and date_known

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

    def vetoes(self, mapping: Mapping) -> dict[str, Determination]:
        """The vetoes recorded against a unit, and who determined each, where that is said."""
        found: dict[str, Determination] = {}
        if "vetoes" not in mapping.entries:
            return found
        for node in self.mistakes.items(mapping.entries["vetoes"], "vetoes "):
            veto, determination = self.veto(node)
            if veto and veto not in self.known:
                self.mistakes.add(node.at, f"没有“{veto}”这个否决项；{nearest(veto, self.known)}")
            elif veto in found:
                self.mistakes.add(node.at, f"否决项“{veto}”写了两次；请只留一个")
            found[veto] = determination
        return found

    def veto(self, node: Node) -> tuple[str, Determination]:
        """One veto: its id, or its id with the authority and the document that determined it."""
        if not isinstance(node, Mapping):
            return self.mistakes.text(node, "否决项"), Determination()
        self.mistakes.unknown_keys(node, VETO_KEYS, "否决项")
        if "veto" not in node.entries:
            self.mistakes.add(node.at, "否决项缺少 veto（编号）；请补上")
        text = {
            key: self.mistakes.text(node.entries[key], f"否决项的 {key} ")
            for key in VETO_KEYS
            if key in node.entries
        }
        return text.pop("veto", ""), Determination(**text)
