"""What the sheets say of each unit, gathered until it is the same tree that JSON data makes."""

from dataclasses import dataclass, field

from kaohe.location import Location
from kaohe.nodes import Mapping, Node, Scalar, Sequence


@dataclass(slots=True)
class Group:
    """Named values and where each name stood."""

    entries: dict[str, Node] = field(default_factory=dict)
    keys: dict[str, Location] = field(default_factory=dict)

    def put(self, name: str, node: Node, at: Location | None = None) -> None:
        """A value under its name; the place of the name is that of the value unless it is told."""
        self.entries[name], self.keys[name] = node, at or node.at

    def node(self, at: Location) -> Mapping:
        """The group as a node."""
        return Mapping(self.entries, self.keys, at)


@dataclass(slots=True)
class Unit:
    """One unit on its way to a node."""

    slot: str
    at: Location
    type: str = ""
    own: Group = field(default_factory=Group)
    groups: dict[str, Group] = field(default_factory=dict)
    entries: dict[str, list[Node]] = field(default_factory=dict)
    entry_places: dict[str, Location] = field(default_factory=dict)
    vetoes: list[Node] = field(default_factory=list)

    def says(self, name: str) -> str:
        """Its id, name or group as the sheet of units has it; empty if it does not say."""
        node = self.own.entries.get(name)
        return node.text if isinstance(node, Scalar) else ""

    def group(self, name: str) -> Group:
        """One of its groups: indicators, targets, previous, points, exempt."""
        return self.groups.setdefault(name, Group())

    def node(self) -> Mapping:
        """The unit as a node; groups in which nothing stands are left out."""
        whole = Group(dict(self.own.entries), dict(self.own.keys))
        for name, group in self.groups.items():
            whole.put(name, group.node(self.at))
        if self.entries:
            listed = Group()
            for name, items in self.entries.items():
                place = self.entry_places[name]
                listed.put(name, Sequence(tuple(items), place))
            whole.put("entries", listed.node(self.at))
        if self.vetoes:
            whole.put("vetoes", Sequence(tuple(self.vetoes), self.vetoes[0].at))
        return whole.node(self.at)
