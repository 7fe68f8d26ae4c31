"""Last year's values carried over beside this year's, when a year follows another (结转)."""

import datetime as dt
from decimal import Decimal

from django.utils.translation import gettext as _

from kaohe.quantity import exact
from kaohe.scoring.observations import Observations, count, tally
from kaohe_web.audit import trail
from kaohe_web.cycles.models import Cycle
from kaohe_web.cycles.queries import visible_cycles
from kaohe_web.errors import WrongState
from kaohe_web.filing.clauses import Year, year_of
from kaohe_web.filing.models import ReportedValue
from kaohe_web.filing.observed import gather
from kaohe_web.people.acting import action, locked
from kaohe_web.people.actor import Actor


@action("values.rolled_forward", right="cycles.set_up")
def roll_forward(cycle: Cycle, /, *, by: Actor, at: dt.datetime) -> int:
    """Put what counted last year beside this year's values; says how many numbers it put.

    Only units of both years and indicators of both rubrics; a register's count is its number.
    Doing it again puts what last year says by now.
    """
    year = locked(visible_cycles(by), cycle.pk)
    if year.before is None:
        raise WrongState(_("本考核年度没有指明上一年度，没有可结转的数值"))
    if year.state == Cycle.State.ARCHIVED:
        raise WrongState(_("本考核年度已归档，不能再改动"))
    known = year_of(year).rubric.indicators
    last = last_year(year.before)
    rows = {
        (row.assessed_id, row.indicator): row for row in ReportedValue.objects.filter(cycle=year)
    }
    put = 0
    for unit in year.units.select_related("unit"):
        for name, number in last.get(unit.unit.code, {}).items():
            if name not in known:
                continue
            row = rows.get((unit.pk, name)) or ReportedValue(
                assessed=unit, cycle=year, indicator=name
            )
            row.before, row.rolled = number, True
            row.save()
            put += 1
    trail.record(
        "values.rolled_forward", year, by=by, at=at, details={"from": str(year.before), "put": put}
    )
    return put


def last_year(cycle: Cycle) -> dict[str, dict[str, Decimal]]:
    """What counted of each unit, by the unit's code and the indicator."""
    year = year_of(cycle)
    units = list(cycle.units.select_related("unit"))
    known = gather(year, units, drafts=lambda _unit: False)
    with exact():
        return {unit.id: numbers(year, unit) for unit in known}


def numbers(year: Year, unit: Observations) -> dict[str, Decimal]:
    """A unit's values, those counted from a register too."""
    found = {str(name): value for name, value in unit.values.items()}
    for name, entries in unit.entries.items():
        register = year.rubric.registers[name]
        counted = tally(register, entries)
        if not counted.waiting:
            found[str(name)] = count(register, counted.by_level)
    return found
