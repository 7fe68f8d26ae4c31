"""The award registers (奖项登记): what a unit registered, what it counts for, and why."""

from typing import Any

from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils.translation import gettext as _

from kaohe.rubric.register import Register
from kaohe_web.cycles.models import AssessedUnit, Cycle
from kaohe_web.cycles.queries import parts_shared, visible_units
from kaohe_web.errors import NotThere
from kaohe_web.filing import awards as registering
from kaohe_web.filing import queries, values
from kaohe_web.filing.clauses import Year, year_of
from kaohe_web.filing.models import AwardEntry, ReportedValue
from kaohe_web.filing.register import counted, doubts
from kaohe_web.pages.asked import Asked, find, note_refusal, page
from kaohe_web.pages.filing.forms import AwardForm, VersionForm
from kaohe_web.people import rights
from kaohe_web.people.models import Role


@page("awards.see", cycle=True)
def awards(request: Asked, cycle: Cycle) -> HttpResponse:
    """The units whose registers the person has to do with; straight to one's own unit's."""
    units = list(visible_units(request.by, cycle))
    if request.by.role in (Role.LIAISON, Role.UNIT_OFFICE) and len(units) == 1:
        where = {"cycle_id": cycle.pk, "assessed_id": units[0].pk}
        return redirect(reverse("unit_awards", kwargs=where))
    year = year_of(cycle)
    listed: dict[tuple[int, str], list[AwardEntry]] = {}
    for award in queries.awards(request.by, cycle):
        listed.setdefault((award.assessed_id, award.indicator), []).append(award)
    rows = [
        {"unit": unit, "counted": counted(register, listed.get((unit.pk, indicator), []), cycle)}
        for unit in units
        for indicator, register in registers_seen(request, year, unit).items()
    ]
    context = {"rows": rows, "breadcrumbs": [(cycle.name, ""), (_("奖项登记"), "")]}
    return render(request, "filing/awards.html", context)


@page("awards.see", cycle=True)
def unit_awards(request: Asked, cycle: Cycle, assessed_id: int) -> HttpResponse:
    """One unit's registers, thing by thing, with what each counts for."""
    unit = find(request, visible_units(request.by, cycle), assessed_id)
    return shown(request, cycle, unit)


@page("awards.enter", methods=("POST",), cycle=True)
def award_add(request: Asked, cycle: Cycle, assessed_id: int, indicator: str) -> HttpResponse:
    """Register a thing."""
    unit = find(request, visible_units(request.by, cycle), assessed_id)
    register = find_register(request, unit, indicator)
    form = AwardForm(register, request.POST)
    if not form.is_valid():
        return shown(request, cycle, unit, wrong=(indicator, form))
    entry = registering.add(
        unit, by=request.by, at=request.at, indicator=indicator, award=form.award()
    )
    messages.success(request, _("已登记：%(name)s") % {"name": entry.name})
    warn(request, entry, cycle)
    return redirect(reverse("unit_awards", kwargs={"cycle_id": cycle.pk, "assessed_id": unit.pk}))


@page("awards.enter", cycle=True)
def award(request: Asked, cycle: Cycle, award_id: int) -> HttpResponse:
    """One thing, to be corrected or struck."""
    entry = find(request, queries.awards_to_change(request.by, cycle), award_id)
    register = find_register(request, entry.assessed, entry.indicator)
    return correcting(request, entry, register, AwardForm(register, entry=entry))


@page("awards.enter", methods=("POST",), cycle=True)
def award_edit(request: Asked, cycle: Cycle, award_id: int) -> HttpResponse:
    """Correct a thing."""
    entry = find(request, queries.awards_to_change(request.by, cycle), award_id)
    register = find_register(request, entry.assessed, entry.indicator)
    form = AwardForm(register, request.POST)
    if not form.is_valid():
        return correcting(request, entry, register, form, status=422)
    version = form.cleaned_data["version"] or 0
    entry = registering.change(
        entry, by=request.by, at=request.at, version=version, award=form.award()
    )
    messages.success(request, _("已保存：%(name)s") % {"name": entry.name})
    warn(request, entry, cycle)
    return to_unit(entry)


@page("awards.enter", methods=("POST",), cycle=True)
def award_remove(request: Asked, cycle: Cycle, award_id: int) -> HttpResponse:
    """Strike a thing from its register."""
    entry = find(request, queries.awards_to_change(request.by, cycle), award_id)
    register = find_register(request, entry.assessed, entry.indicator)
    form = VersionForm(request.POST)
    if not form.is_valid():
        return correcting(request, entry, register, AwardForm(register, entry=entry), status=422)
    registering.remove(entry, by=request.by, at=request.at, **form.cleaned_data)
    messages.success(request, _("已删去：%(name)s") % {"name": entry.name})
    return to_unit(entry)


def shown(
    request: Asked,
    cycle: Cycle,
    unit: AssessedUnit,
    wrong: tuple[str, AwardForm] | None = None,
) -> HttpResponse:
    """The registers of a unit; with a form that is wrong, if one was sent."""
    year = year_of(cycle)
    rows = list(queries.awards(request.by, cycle).filter(assessed=unit))
    changing = set(
        queries.awards_to_change(request.by, cycle)
        .filter(assessed=unit)
        .values_list("pk", flat=True)
    )
    registers = registers_seen(request, year, unit)
    typed = values.rows_of(unit, list(registers))
    context = {
        "unit": unit,
        "registers": [
            register_of(request, unit, register, rows, changing)
            | {"typed": typed_of(typed.get(indicator))}
            | ({"form": wrong[1]} if wrong and wrong[0] == indicator else {})
            for indicator, register in registers.items()
        ],
        "breadcrumbs": [
            (cycle.name, ""),
            (_("奖项登记"), reverse("awards", kwargs={"cycle_id": cycle.pk})),
            (str(unit), ""),
        ],
    }
    return render(request, "filing/unit_awards.html", context, status=422 if wrong else 200)


def register_of(
    request: Asked,
    unit: AssessedUnit,
    register: Register,
    rows: list[AwardEntry],
    changing: set[int],
) -> dict[str, Any]:
    """One register with its count, and the form for a new thing where one may be added."""
    indicator = str(register.indicator)
    enters = rights.may(request.by, "awards.enter")
    why = registering.why_closed(unit, indicator, by=request.by, at=request.at) if enters else ""
    own = [row for row in rows if row.indicator == indicator]
    kinds = register.kinds
    if request.by.role == Role.PROVIDER:
        kinds = tuple(registering.provided_kinds(request.by, register))
    found = counted(register, own, unit.cycle)
    part = part_of(unit, indicator)
    reads = rights.may(request.by, "filing.see")
    return {
        "indicator": indicator,
        "counted": found,
        "things": [(thing, thing.award.pk in changing and not why) for thing in found.things],
        "kinds": kinds,
        "closed": why,
        "form": AwardForm(register) if enters and not why else None,
        "part": part if reads else "",
        "whole": request.by.role != Role.PROVIDER,
    }


def typed_of(row: ReportedValue | None) -> str:
    """The count as somebody typed it instead; empty if nobody did."""
    if row is None:
        return ""
    if row.state != values.State.VALUE:
        return str(values.State(row.state).label)
    return values.plain(row.value)


def registers_seen(request: Asked, year: Year, unit: AssessedUnit) -> dict[str, Register]:
    """The registers of a unit that the person has to do with."""
    every = registering.registers_for(year, unit)
    match request.by.role:
        case Role.LIAISON:
            shared = queries.registers_of(parts_shared(request.by, unit.cycle), unit.cycle)
            return {name: each for name, each in every.items() if name in shared}
        case Role.PROVIDER:
            return {
                name: each
                for name, each in every.items()
                if registering.provided_kinds(request.by, each)
            }
        case Role.ASSESSOR:
            return {
                name: each
                for name, each in every.items()
                if queries.part_seen(request.by, unit.cycle, unit.pk, part_of(unit, name))
            }
        case _:
            return every


def part_of(unit: AssessedUnit, indicator: str) -> str:
    """The part with which a register is filled in."""
    return year_of(unit.cycle).clauses(unit.type).entered_with[indicator]


def find_register(request: Asked, unit: AssessedUnit, indicator: str) -> Register:
    """The register, if the person has to do with it.

    :raises NotThere: if not; with an entry.
    """
    found = registers_seen(request, year_of(unit.cycle), unit).get(indicator)
    if found is None:
        refusal = NotThere(_("没有这个登记簿，或者您不能登记；请从“奖项登记”进入"))
        note_refusal(request, refusal)
        raise refusal
    return found


def correcting(
    request: Asked, entry: AwardEntry, register: Register, form: AwardForm, status: int = 200
) -> HttpResponse:
    """The page on which a thing is corrected."""
    cycle = {"cycle_id": entry.cycle_id}
    context = {
        "entry": entry,
        "register": register,
        "form": form,
        "kinds": register.kinds,
        "breadcrumbs": [
            (entry.assessed.cycle.name, ""),
            (_("奖项登记"), reverse("awards", kwargs=cycle)),
            (entry.name, ""),
        ],
    }
    return render(request, "filing/award.html", context, status=status)


def warn(request: Asked, entry: AwardEntry, cycle: Cycle) -> None:
    """Say what is odd about a thing that was taken all the same."""
    for doubt in doubts(entry, cycle):
        messages.warning(request, doubt)


def to_unit(entry: AwardEntry) -> HttpResponse:
    """Back to the registers of the unit."""
    where = {"cycle_id": entry.cycle_id, "assessed_id": entry.assessed_id}
    return redirect(reverse("unit_awards", kwargs=where))
