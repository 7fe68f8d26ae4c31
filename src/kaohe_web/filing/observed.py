"""What is known of a year: as the library's observations, and in the shape of ``kaohe score``.

What counts is decided here and nowhere else:

- a number that a data provider entered counts at once, and so does one that no department files;
- a number, a register or last year's value that a department filed counts once the part that it
  is entered with is submitted to the office; with ``drafts`` it counts as soon as it is entered;
- 无此项, 待定 and 见说明 are no numbers: the key is left out, which is not zero;
- a target counts once the office confirmed it; with ``drafts`` as soon as it is there;
- last year's value that was carried over from last year's cycle counts at once;
- in the year of a district alone, what is compared over all units is unknown but for the reference
  values that are given: its own value is no mean.

An assessor's points and vetoes are not filed: whoever scores puts them beside what is here.
"""

from collections.abc import Callable, Collection, Mapping
from dataclasses import dataclass, field
from decimal import Decimal
from typing import Any, TypeVar

from django.db.models import QuerySet

from kaohe.quantity import write_number
from kaohe.rubric.model import Indicator, Rubric
from kaohe.rules.base import IndicatorId
from kaohe.scoring.data_values import UNKNOWN
from kaohe.scoring.observations import Dataset, Entry, Observations, References
from kaohe_web.cycles.asks import compared
from kaohe_web.cycles.models import AssessedUnit, Cycle, Exemption, ReferenceValue, Target
from kaohe_web.filing.clauses import Year, year_of
from kaohe_web.filing.models import AwardEntry, ReportedValue, Submission

Drafts = Callable[[AssessedUnit], bool]
"""Says for which units what is not yet submitted counts too."""

M = TypeVar("M", ReportedValue, Target, AwardEntry)


def observed(cycle: Cycle, *, drafts: bool) -> dict[str, Any]:
    """Everything known of a year as plain data: the input of ``kaohe score``, without points."""
    year = year_of(cycle)
    units = list(cycle.units.select_related("unit"))
    known = gather(year, units, drafts=lambda _: drafts)
    return {
        "rubric": year.rubric.id,
        "units": [as_plain(unit, year.rubric) for unit in known],
        "references": references_as_plain(references(year, cycle, {u.group for u in units})),
    }


def dataset(
    year: Year,
    cycle: Cycle,
    units: Collection[AssessedUnit],
    *,
    drafts: Drafts,
    only: Collection[str] | None = None,
) -> Dataset:
    """The same of some units as the library's own objects; ``only`` these indicators, if given."""
    known = gather(year, units, drafts=drafts, only=only)
    means = references(year, cycle, {unit.group for unit in units})
    return Dataset(tuple(known), means)


@dataclass(slots=True)
class Gathered:
    """What was found of one unit, before it is frozen."""

    values: dict[IndicatorId, Decimal] = field(default_factory=dict)
    targets: dict[IndicatorId, Decimal] = field(default_factory=dict)
    previous: dict[IndicatorId, Decimal] = field(default_factory=dict)
    entries: dict[IndicatorId, tuple[Entry, ...]] = field(default_factory=dict)
    exempt: dict[str, str] = field(default_factory=dict)


def gather(
    year: Year,
    units: Collection[AssessedUnit],
    *,
    drafts: Drafts,
    only: Collection[str] | None = None,
) -> list[Observations]:
    """What is known of each unit, in the order given; always the same five queries."""
    found = {unit.pk: Gathered() for unit in units}
    counts = _what_counts(year, units, drafts)
    for value in _of(ReportedValue.objects.all(), units, only):
        _take_value(value, found[value.assessed_id], counts, year)
    for target in _of(Target.objects.all(), units, only):
        _take_target(target, found[target.assessed_id], counts, year)
    for award in _of(AwardEntry.objects.all(), units, only):
        _take_award(award, found[award.assessed_id], counts, year)
    parts = {part.id for part in year.rubric.all_parts()}
    for exemption in Exemption.objects.filter(assessed__in=[unit.pk for unit in units]):
        if exemption.part in parts:
            found[exemption.assessed_id].exempt[exemption.part] = exemption.reason
    return [_frozen(unit, found[unit.pk]) for unit in units]


def _take_value(row: ReportedValue, found: Gathered, counts: "_Counts", year: Year) -> None:
    name = IndicatorId(row.indicator)
    if name not in year.rubric.indicators:
        return
    counting = counts(row.assessed_id, name)
    if row.value is not None and counting:
        found.values[name] = row.value
    if row.before is not None and (counting or row.rolled):
        found.previous[name] = row.before


def _take_target(row: Target, found: Gathered, counts: "_Counts", year: Year) -> None:
    known = year.rubric.indicators.get(IndicatorId(row.indicator))
    counting = row.state == Target.State.CONFIRMED or counts.drafts(row.assessed_id)
    if known is not None and known.target and row.value is not None and counting:
        found.targets[known.id] = row.value


def _take_award(row: AwardEntry, found: Gathered, counts: "_Counts", year: Year) -> None:
    name = IndicatorId(row.indicator)
    if _registered(year, row) and counts(row.assessed_id, name):
        found.entries[name] = (*found.entries.get(name, ()), entry_of(row))


class _Counts:
    """Whether what a unit entered for an indicator counts."""

    def __init__(
        self,
        entered_with: Mapping[int, Mapping[str, str]],
        submitted: Collection[tuple[int, str]],
        drafts: Collection[int],
    ) -> None:
        self._entered_with, self._submitted, self._drafts = entered_with, submitted, drafts

    def __call__(self, assessed_id: int, indicator: str) -> bool:
        """Whether it does."""
        part = self._entered_with[assessed_id].get(indicator)
        return part is None or self.drafts(assessed_id) or (assessed_id, part) in self._submitted

    def drafts(self, assessed_id: int) -> bool:
        """Whether the unit's drafts count."""
        return assessed_id in self._drafts


def _what_counts(year: Year, units: Collection[AssessedUnit], drafts: Drafts) -> _Counts:
    submitted = Submission.objects.filter(
        assessed__in=[unit.pk for unit in units], state=Submission.State.SUBMITTED
    )
    return _Counts(
        {unit.pk: year.clauses(unit.type).entered_with for unit in units},
        set(submitted.values_list("assessed_id", "part")),
        {unit.pk for unit in units if drafts(unit)},
    )


def _of(
    rows: QuerySet[M], units: Collection[AssessedUnit], only: Collection[str] | None
) -> QuerySet[M]:
    rows = rows.filter(assessed__in=[unit.pk for unit in units])
    return rows if only is None else rows.filter(indicator__in=list(only))


def _registered(year: Year, award: AwardEntry) -> bool:
    """Whether an award still has its register and level, and the value is not a provider's."""
    register = year.rubric.registers.get(IndicatorId(award.indicator))
    return (
        register is not None
        and register.level(award.level) is not None
        and award.indicator not in year.provided
    )


def entry_of(award: AwardEntry) -> Entry:
    """A registered thing as the library counts it."""
    return Entry(
        name=award.name,
        level=award.level,
        date=award.on_day.isoformat(),
        document=award.document,
        holder=award.holder,
        approval=award.approval,
    )


def _frozen(unit: AssessedUnit, found: Gathered) -> Observations:
    return Observations(
        id=unit.unit.code,
        name=unit.unit.name,
        group=unit.group,
        type=unit.type,
        values=found.values,
        targets=found.targets,
        previous=found.previous,
        entries=found.entries,
        exempt=found.exempt,
    )


def references(year: Year, cycle: Cycle, groups: Collection[str]) -> References:
    """The means that stand in for computed ones, of the groups that have units."""
    found: dict[tuple[str, IndicatorId, str], Decimal | None] = {}
    if cycle.scope == Cycle.Scope.DISTRICT:
        asked = compared(year.rubric)
        found = {(group, indicator, ""): None for group in groups for indicator in asked}
    for reference in ReferenceValue.objects.filter(cycle=cycle, group__in=list(groups)):
        indicator = year.rubric.indicators.get(IndicatorId(reference.indicator))
        named = indicator is not None and reference.mean in ("", *indicator.references)
        if named and reference.value is not None:
            found[reference.group, IndicatorId(reference.indicator), reference.mean] = (
                reference.value
            )
    return found


def references_as_plain(means: References) -> dict[str, dict[str, dict[str, str]]]:
    """The means by group and indicator; the cohort's own is called ``mean``."""
    plain: dict[str, dict[str, dict[str, str]]] = {}
    for group, indicator, of in sorted(means):
        value = means[group, indicator, of]
        here = plain.setdefault(group, {}).setdefault(indicator, {})
        here[of or "mean"] = UNKNOWN if value is None else write_number(value)
    return plain


def as_plain(unit: Observations, rubric: Rubric) -> dict[str, Any]:
    """One unit as the data of ``kaohe score`` names it; numbers are texts."""
    plain: dict[str, Any] = {"id": unit.id, "name": unit.name, "group": unit.group}
    if unit.type:
        plain["type"] = unit.type
    return plain | {
        "indicators": _told(unit.values, rubric),
        "targets": _told(unit.targets, rubric),
        "previous": _told(unit.previous, rubric),
        "entries": {name: [_entry(each) for each in unit.entries[name]] for name in unit.entries},
        "exempt": dict(unit.exempt),
    }


def _told(values: Mapping[IndicatorId, Decimal], rubric: Rubric) -> dict[str, str]:
    return {name: told(rubric.indicators[name], values[name]) for name in sorted(values)}


def told(indicator: Indicator, value: Decimal) -> str:
    """A value as data files write it: its digits, or the name of the grade whose place it is."""
    if indicator.values and 1 <= value <= len(indicator.values):
        return indicator.values[int(value) - 1]
    return write_number(value)


def _entry(entry: Entry) -> dict[str, str]:
    plain = {
        "name": entry.name,
        "level": entry.level,
        "date": entry.date,
        "document": entry.document,
    }
    more = {"holder": entry.holder, "approval": entry.approval}
    return plain | {key: text for key, text in more.items() if text}
