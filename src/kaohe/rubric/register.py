"""Registers: what is listed thing by thing (awards, events) and counted by stated rules."""

from dataclasses import dataclass
from decimal import Decimal
from typing import Literal

from kaohe.quantity import ONE
from kaohe.rules.base import IndicatorId


@dataclass(frozen=True, slots=True)
class RegisterLevel:
    """A level, its printed name, and what one thing of it counts for."""

    id: str
    title: str
    counts: Decimal = ONE


@dataclass(frozen=True, slots=True)
class RegisterKind:
    """A kind of thing in the catalogue: at which levels, who files it, who provides it."""

    name: str
    levels: tuple[str, ...]
    filing: Literal["units", "none"] = "units"
    lead: tuple[str, ...] = ()
    provider: str = ""
    aliases: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class Register:
    """How the entries of one indicator are counted (奖项登记).

    The same thing, by name and holder, counts once, at its highest level (``levels`` begin with
    the highest). An entry outside the catalogue counts only with an approval; while it waits for
    one, the count is open. Forms R12, R17.
    """

    indicator: IndicatorId
    title: str
    levels: tuple[RegisterLevel, ...]
    kinds: tuple[RegisterKind, ...] = ()
    open_list: bool = False
    reading: tuple[str, ...] = ()

    def level(self, name: str) -> RegisterLevel | None:
        """The level of that id or printed name, with or without its 级."""
        for level in self.levels:
            if name in (level.id, level.title, level.title.removesuffix("级")):
                return level
        return None

    def kind(self, name: str, level: str) -> RegisterKind | None:
        """The catalogue's entry of that name at that level."""
        for kind in self.kinds:
            if level in kind.levels and name in (kind.name, *kind.aliases):
                return kind
        return None
