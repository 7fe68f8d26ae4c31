"""Values of indicators as people enter them: the number, or why there is none."""

import datetime as dt
from collections.abc import Iterable
from decimal import Decimal
from typing import NamedTuple

from django.utils.translation import gettext as _

from kaohe.quantity import HUNDRED, ONE, ZERO, exact, write_number
from kaohe.rubric.model import Indicator
from kaohe_web.cycles.models import AssessedUnit
from kaohe_web.filing.models import ReportedValue
from kaohe_web.people.actor import Actor

State = ReportedValue.State

JUMP_POINTS = Decimal(10)
"""So many points up or down of a percentage or a mark of 100 are worth a second look."""

JUMP_TIMES = Decimal(2)
"""So are other values that double, or fall to less than half."""


class ValueEntry(NamedTuple):
    """A value as it is entered; ``before`` is last year's, where nobody carried it over."""

    value: Decimal | None = None
    state: str = State.VALUE
    note: str = ""
    before: Decimal | None = None

    @property
    def number(self) -> Decimal | None:
        """The number that scoring reads: none where a state stands in its place."""
        return self.value if self.state == State.VALUE else None

    def settled(self) -> "ValueEntry":
        """The same with one meaning: a number with 见说明 is a number with a note."""
        if self.value is not None and self.state == State.SEE_NOTE:
            return self._replace(state=State.VALUE.value)
        return self


NOTHING = ValueEntry()
"""Nothing entered yet."""


def entry_of(row: ReportedValue | None) -> ValueEntry:
    """A value as it stands in the database."""
    return NOTHING if row is None else ValueEntry(row.value, row.state, row.note, row.before)


def faults(indicator: Indicator, entry: ValueEntry) -> Iterable[tuple[str, str]]:
    """What is wrong with a value, by field: it cannot be taken so."""
    if entry.value is not None and entry.state in (State.NONE, State.PENDING):
        words = State(entry.state).label
        yield "state", _("既填了数，又选了“%(state)s”，互相矛盾；请只留一样") % {"state": words}
    for name, number in (("value", entry.value), ("before", entry.before)):
        if number is not None and (fault := fault_of(indicator, number)):
            yield name, fault


def fault_of(indicator: Indicator, number: Decimal) -> str:
    """What is wrong with a number in the indicator's unit; empty if nothing."""
    if indicator.values and not (number == int(number) and 1 <= number <= len(indicator.values)):
        return _("只能是 %(names)s 之一") % {"names": "、".join(indicator.values)}
    return indicator.unit.fault(number) or ""


def lacking(entry: ValueEntry) -> Iterable[tuple[str, str]]:
    """What is missing before a value can be handed in, by field."""
    if entry.value is None and entry.state == State.VALUE:
        yield "value", _("还没有填；没有数就在旁边选“无此项”“待定”或“见说明”，不当作 0")
    if entry.state == State.SEE_NOTE and not entry.note:
        yield "note", _("选了“见说明”，请在这里写明情况")


def doubts(indicator: Indicator, entry: ValueEntry) -> Iterable[str]:
    """What is odd about a value that may stand all the same."""
    number = entry.number
    if number is None:
        return
    with exact():
        if indicator.unit.name == "percent" and ZERO < number < ONE:
            yield _("填的是 %(value)s，按 %(value)s%% 计；如果是 %(meant)s%%，请填 %(meant)s") % {
                "value": write_number(number),
                "meant": write_number(number * HUNDRED),
            }
        if indicator.decimals is not None and -number.normalize().as_tuple().exponent > (  # type: ignore[operator]  # a finite number has a whole exponent
            indicator.decimals
        ):
            yield _("小数多于 %(places)s 位；一般报 %(places)s 位，请按原始数据核对") % {
                "places": indicator.decimals
            }
        if entry.before is not None and jumps(indicator, number, entry.before):
            yield _("今年 %(now)s，上年 %(before)s，相差较大；请核对数值和单位") % {
                "now": write_number(number),
                "before": write_number(entry.before),
            }


def jumps(indicator: Indicator, now: Decimal, before: Decimal) -> bool:
    """Whether a value is so far from last year's that it is worth a second look."""
    if indicator.values or indicator.unit.name == "rank":
        return False
    if indicator.unit.name in ("percent", "score"):
        return abs(now - before) >= JUMP_POINTS
    if not before or not now:
        return now != before
    return now >= before * JUMP_TIMES or now * JUMP_TIMES <= before


def rows_of(assessed: AssessedUnit, indicators: Iterable[str]) -> dict[str, ReportedValue]:
    """The rows of some indicators of a unit, by indicator."""
    rows = ReportedValue.objects.filter(assessed=assessed, indicator__in=list(indicators))
    return {row.indicator: row for row in rows}


def put(row: ReportedValue, entry: ValueEntry, *, source: str, by: Actor, at: dt.datetime) -> None:
    """Write a value into its row, with who says so and when; a carried-over number stays."""
    row.value, row.state, row.note = entry.value, entry.state, entry.note
    if not row.rolled:
        row.before = entry.before
    row.source = source[:200]
    row.entered_by = f"{by.name}（{by.title}）"[:200]
    row.entered_at = at
    row.version += 1
    row.save()


def plain(value: Decimal | str | None) -> str:
    """A field's value as text."""
    if value is None:
        return ""
    return write_number(value) if isinstance(value, Decimal) else str(value)


def told(indicator: Indicator, number: Decimal | None) -> str:
    """A number for people: its digits, or the name of the grade whose place it is."""
    if number is None:
        return ""
    if indicator.values and 1 <= number <= len(indicator.values):
        return indicator.values[int(number) - 1]
    return write_number(number)
