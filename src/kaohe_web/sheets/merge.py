"""Three ways at once: what was issued, what came back, what the site holds now."""

from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass
from enum import Enum
from typing import Literal

from kaohe.errors import KaoheError
from kaohe_web.sheets.model import ENTRY, Held, Key, Slot, is_new

Side = Literal["file", "site"]
"""Whose value stands where both changed one."""

Values = Mapping[str, str]


class Standing(Enum):
    """Who changed a field since the sheet was issued."""

    SAME = "没有改动"
    FILE = "表里改了"
    SITE = "系统里改了"
    BOTH = "两边改得一样"
    CONFLICT = "两边改得不同"


@dataclass(frozen=True, slots=True)
class Change:
    """One field: as it was issued, as it came back, as it is on the site now."""

    key: Key
    field: str
    standing: Standing
    base: str
    filled: str
    now: str

    def value(self, side: Side = "site") -> str:
        """What the field comes to; ``side`` says whose value stands in a conflict."""
        take = self.standing is Standing.FILE or (
            self.standing is Standing.CONFLICT and side == "file"
        )
        return self.filled if take else self.now


@dataclass(frozen=True, slots=True)
class Write:
    """What is to be written of one record, if the site still holds ``version`` of it.

    ``values`` are the fields that change. ``new`` if the site has no such record yet, ``gone`` if
    an entry is to be removed.
    """

    key: Key
    version: int
    values: Values
    new: bool
    gone: bool


class Undecided(KaoheError):  # noqa: N818 -- it says what the conflicts are
    """Conflicts that nobody decided, or an entry of which each side keeps a part."""

    def __init__(self, slots: Iterable[Slot]) -> None:
        self.slots = tuple(slots)
        super().__init__(f"还有 {len(self.slots)} 处两边改得不同，没有选定以哪边为准；请逐条选定")


@dataclass(frozen=True, slots=True)
class Merge:
    """Every field with its standing, in the order of the sheets; and what the site holds now."""

    changes: tuple[Change, ...]
    now: Mapping[Key, Held]

    def of(self, *standings: Standing) -> tuple[Change, ...]:
        """The fields that stand so."""
        return tuple(change for change in self.changes if change.standing in standings)

    def writes(self, choices: Mapping[Slot, Side] | None = None) -> tuple[Write, ...]:
        """What is to be written, record by record; nothing that only the site changed.

        :raises Undecided: if a conflict has no choice, or the choices tear an entry apart that
            one side removed.
        """
        choices = choices or {}
        conflicts = self.of(Standing.CONFLICT)
        undecided = [(c.key, c.field) for c in conflicts if (c.key, c.field) not in choices]
        undecided += torn(conflicts, choices)
        if undecided:
            raise Undecided(dict.fromkeys(undecided))
        return tuple(self._writes(choices))

    def _writes(self, choices: Mapping[Slot, Side]) -> Iterator[Write]:
        by_key: dict[Key, list[Change]] = {}
        for change in self.changes:
            by_key.setdefault(change.key, []).append(change)
        for key, changes in by_key.items():
            after = {c.field: c.value(choices.get((key, c.field), "site")) for c in changes}
            differ = {c.field: after[c.field] for c in changes if after[c.field] != c.now}
            if not differ:
                continue
            held = self.now.get(key)
            gone = held is not None and key[:1] == (ENTRY,) and not any(after.values())
            yield Write(key, held.version if held else 0, differ, held is None, gone)


def torn(conflicts: Iterable[Change], choices: Mapping[Slot, Side]) -> list[Slot]:
    """The conflicts over an entry that one side removed, if they are not all decided alike."""
    by_entry: dict[Key, list[Change]] = {}
    for change in conflicts:
        if change.key[:1] == (ENTRY,):
            by_entry.setdefault(change.key, []).append(change)
    found: list[Slot] = []
    for key, changes in by_entry.items():
        removed = not any(c.filled for c in changes) or not any(c.now for c in changes)
        if removed and len({choices.get((key, c.field)) for c in changes}) > 1:
            found += [(key, c.field) for c in changes]
    return found


def merge(base: Mapping[Key, Held], filled: Mapping[Key, Values], now: Mapping[Key, Held]) -> Merge:
    """Who changed what: ``filled`` against ``base``, and ``now`` against ``base``.

    Values are compared as they are: all three are canonical. A field that ``filled`` lacks was not
    changed there. An entry in a list can come and go as a whole: where one side removed it and the
    other changed it, every field that differs is a conflict. A new entry that the site has got
    meanwhile, alike in every field, is there already.
    """
    found: list[Change] = []
    there = [held.values for key, held in now.items() if key not in base and key[:1] == (ENTRY,)]
    for key in dict.fromkeys([*base, *filled, *now]):
        issued, held = base.get(key), now.get(key)
        before = issued.values if issued else {}
        site: Values = held.values if held else {}
        file = {**before, **filled.get(key, {})} if key in base or key in filled else dict(site)
        if is_new(key) and any(file.values()) and not site:
            site = next((values for values in there if alike(values, file)), {})
            if site:
                there.remove(site)
        if key not in base and key not in filled:
            before = dict.fromkeys(site, "")
            found += [Change(key, f, Standing.SITE, "", "", v) for f, v in site.items() if v]
            continue
        found += changes_of(key, before, file, site)
    return Merge(tuple(found), now)


def changes_of(key: Key, base: Values, filled: Values, now: Values) -> Iterator[Change]:
    """Every field of one record."""
    whole = key[:1] == (ENTRY,) and removed_and_changed(base, filled, now)
    for field in dict.fromkeys([*base, *filled, *now]):
        values = base.get(field, ""), filled.get(field, ""), now.get(field, "")
        standing = standing_of(*values)
        if whole and values[1] != values[2]:
            standing = Standing.CONFLICT
        yield Change(key, field, standing, *values)


def standing_of(base: str, filled: str, now: str) -> Standing:
    """Who changed a field.

    >>> standing_of("1", "1.5", "1"), standing_of("1", "1.5", "2")
    (<Standing.FILE: '表里改了'>, <Standing.CONFLICT: '两边改得不同'>)
    """
    if filled == base:
        return Standing.SAME if now == base else Standing.SITE
    if now == base:
        return Standing.FILE
    return Standing.BOTH if filled == now else Standing.CONFLICT


def removed_and_changed(base: Values, filled: Values, now: Values) -> bool:
    """Whether one side removed an entry that the other side changed."""
    if not any(base.values()):
        return False
    one, other = any(filled.values()), any(now.values())
    if one == other:
        return False
    kept = filled if one else now
    return not alike(kept, base)


def alike(one: Values, other: Values) -> bool:
    """Whether two records hold the same, whatever is empty in them."""
    return all(one.get(field, "") == other.get(field, "") for field in {*one, *other})
