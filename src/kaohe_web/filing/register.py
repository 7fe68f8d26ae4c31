"""What a unit's register comes to by the rubric's rules, and why: thing by thing, and in all."""

import datetime as dt
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from decimal import Decimal

from django.utils.translation import gettext as _

from kaohe.quantity import exact
from kaohe.rubric.register import Register
from kaohe.scoring.observations import count, tally
from kaohe.wording.words import shown
from kaohe_web.cycles.models import Cycle
from kaohe_web.filing.models import AwardEntry
from kaohe_web.filing.observed import entry_of

COUNTED, LOWER, WAITING = "counted", "lower", "waiting"
"""What becomes of a thing: it counts; it stands higher elsewhere; it waits for an approval."""


@dataclass(frozen=True, slots=True)
class Judged:
    """One registered thing and what becomes of it; ``doubts`` are odd and may stand."""

    award: AwardEntry
    level: str
    becomes: str
    why: str
    doubts: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class Counted:
    """A unit's register: its things, its number (``None`` while something waits), and why."""

    register: Register
    things: tuple[Judged, ...]
    number: Decimal | None
    because: str


def counted(register: Register, awards: Iterable[AwardEntry], cycle: Cycle) -> Counted:
    """Count a unit's things in one register, with the reason."""
    rows = [award for award in awards if register.level(award.level) is not None]
    with exact():
        found = tally(register, tuple(entry_of(row) for row in rows))
        number = None if found.waiting else count(register, found.by_level)
    levels = [
        _("%(level)s %(count)s 件") % {"level": level.title, "count": found.by_level[level.id]}
        for level in register.levels
        if found.by_level[level.id]
    ]
    if not rows:
        because = _("还没有登记")
    elif number is None:
        because = _("%(levels)s；另有 %(waiting)s 件在目录以外，批准之前个数未定") % {
            "levels": "、".join(levels) or _("都不在目录里"),
            "waiting": found.waiting,
        }
    else:
        because = _("%(levels)s，计 %(number)s；同一获得者的同一项只按最高级别计一次") % {
            "levels": "、".join(levels),
            "number": shown(number),
        }
    return Counted(register, tuple(judged(register, rows, cycle)), number, because)


def judged(register: Register, rows: Sequence[AwardEntry], cycle: Cycle) -> Iterable[Judged]:
    """What becomes of each thing."""
    order = [level.id for level in register.levels]
    best: dict[tuple[str, str], AwardEntry] = {}
    for row in rows:
        thing = thing_of(register, row)
        if waits(register, row):
            continue
        first = best.get(thing)
        if first is None or place(register, order, row) < place(register, order, first):
            best[thing] = row
    for row in rows:
        level = register.level(row.level)
        title = level.title if level else row.level
        chosen = best.get(thing_of(register, row))
        if waits(register, row) and chosen is None:
            becomes, why = WAITING, _("不在目录里；填上批准计入的依据后才能计数")
        elif chosen is row:
            becomes, why = COUNTED, _("计入")
        else:
            becomes, why = LOWER, _("同一件已按更高或相同的级别计过，不重复计")
        yield Judged(row, title, becomes, why, tuple(doubts(row, cycle)))


def thing_of(register: Register, row: AwardEntry) -> tuple[str, str]:
    """What makes two rows the same thing: the name in the catalogue, and the holder."""
    level = register.level(row.level)
    kind = register.kind(row.name, level.id if level else row.level)
    return (kind.name if kind else row.name, row.holder)


def waits(register: Register, row: AwardEntry) -> bool:
    """Whether a thing outside the catalogue still lacks an approval."""
    level = register.level(row.level)
    kind = register.kind(row.name, level.id if level else row.level)
    return kind is None and not row.approval and bool(register.kinds)


def place(register: Register, order: Sequence[str], row: AwardEntry) -> int:
    """How high a row's level stands; 0 is the highest."""
    level = register.level(row.level)
    return order.index(level.id) if level else len(order)


def doubts(row: AwardEntry, cycle: Cycle) -> Iterable[str]:
    """What is odd about a thing and may stand all the same."""
    if not cycle.first_day <= row.on_day <= cycle.last_day:
        yield outside(row.on_day, cycle)


def outside(day: dt.date, cycle: Cycle) -> str:
    """That a day is not of the assessment year."""
    return _("日期 %(day)s 不在考核年度 %(first)s 至 %(last)s 之内，请核对") % {
        "day": day,
        "first": cycle.first_day,
        "last": cycle.last_day,
    }
