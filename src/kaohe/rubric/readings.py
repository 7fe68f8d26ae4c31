"""Readings (口径): what the document leaves unclear, the choices, the one chosen, and why."""

from dataclasses import dataclass
from types import MappingProxyType
from typing import Any

from kaohe.nodes import NO_DAY, Day
from kaohe.rules.base import Rule


@dataclass(frozen=True, slots=True)
class Change:
    """What a choice sets at one place: fields of its rule, or of the grades; or another rule."""

    place: str
    fields: tuple[tuple[str, Any], ...] = ()
    rule: Rule | None = None

    @property
    def settings(self) -> MappingProxyType[str, Any]:
        """The fields by name."""
        return MappingProxyType(dict(self.fields))


@dataclass(frozen=True, slots=True)
class Choice:
    """One way to read it: in words, what it sets, and which findings it knowingly lets stand."""

    id: str
    means: str
    set: tuple[Change, ...] = ()
    accepts: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class Reading:
    """One entry of the register of readings.

    ``chosen`` is the choice in force, empty while nobody has decided. ``by`` is the office,
    ``since`` an ISO date. ``defect`` names the entries of a defect list that it answers.
    """

    id: str
    unclear: str
    choices: tuple[Choice, ...]
    chosen: str = ""
    why: str = ""
    clauses: tuple[str, ...] = ()
    by: str = ""
    since: Day = NO_DAY
    defect: tuple[str, ...] = ()

    def choice(self, choice_id: str) -> Choice | None:
        """The choice of that id."""
        for choice in self.choices:
            if choice.id == choice_id:
                return choice
        return None
