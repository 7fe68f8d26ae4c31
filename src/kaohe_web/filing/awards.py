"""Registering awards (奖项登记): added, changed and removed by who fills the register in."""

import datetime as dt
from dataclasses import dataclass, fields

from django.utils.translation import gettext as _

from kaohe.rubric.register import Register, RegisterKind
from kaohe_web.audit import trail
from kaohe_web.cycles.models import AssessedUnit, Duty
from kaohe_web.cycles.queries import visible_units
from kaohe_web.errors import Conflict, Difference, Invalid, NotThere, Refused, WrongState
from kaohe_web.filing import queries, values
from kaohe_web.filing.clauses import Year, year_of
from kaohe_web.filing.models import AwardEntry
from kaohe_web.filing.opened import require_writable
from kaohe_web.filing.windows import Windows, require_filing, require_providing
from kaohe_web.people.acting import action, locked
from kaohe_web.people.actor import Actor
from kaohe_web.people.models import Provider, Role


@dataclass(frozen=True, slots=True)
class Award:
    """A thing as somebody registers it; ``level`` is the level's id."""

    name: str
    level: str
    on_day: dt.date
    document: str
    holder: str = ""
    approval: str = ""


NAMES = [field.name for field in fields(Award)]


@action("award.added", right="awards.enter")
def add(
    assessed: AssessedUnit, /, *, by: Actor, at: dt.datetime, indicator: str, award: Award
) -> AwardEntry:
    """Register a thing; the same thing registered twice is the one that stands there."""
    unit, register = open_register(assessed, indicator, by=by, at=at)
    check(register, award, by=by)
    require_no_typed_count(unit, indicator)
    row = AwardEntry(
        assessed=unit,
        cycle=unit.cycle,
        department_id=by.department_id,
        provider_id=by.provider_id,
        indicator=indicator,
        **{name: getattr(award, name) for name in NAMES},
    )
    same = AwardEntry.objects.filter(
        assessed=unit, indicator=indicator, **{name: getattr(award, name) for name in NAMES}
    ).first()
    if same is not None:
        return same
    row.save()
    trail.record("award.added", row, by=by, at=at, details={"indicator": indicator} | told(row))
    return row


@action("award.changed", right="awards.enter")
def change(
    entry: AwardEntry, /, *, by: Actor, at: dt.datetime, version: int, award: Award
) -> AwardEntry:
    """Correct a registered thing."""
    _unit, register = open_register(entry.assessed, entry.indicator, by=by, at=at)
    row = locked(queries.awards_to_change(by, entry.cycle), entry.pk)
    changed = [name for name in NAMES if getattr(row, name) != getattr(award, name)]
    if version != row.version and changed:
        raise Conflict(
            _("别人刚刚改过这一件，您的修改没有写入；请核对差异后再保存"),
            [difference(row, award, name) for name in changed],
        )
    check(register, award, by=by)
    if not changed:
        return row
    changes = {name: [str(getattr(row, name)), str(getattr(award, name))] for name in changed}
    for name in changed:
        setattr(row, name, getattr(award, name))
    row.version += 1
    row.save(update_fields=[*changed, "version"])
    trail.record("award.changed", row, by=by, at=at, details={"changes": changes})
    return row


@action("award.removed", right="awards.enter")
def remove(entry: AwardEntry, /, *, by: Actor, at: dt.datetime, version: int) -> None:
    """Strike a thing from the register; the trail keeps what it was."""
    open_register(entry.assessed, entry.indicator, by=by, at=at)
    row = locked(queries.awards_to_change(by, entry.cycle), entry.pk, version=version)
    trail.record("award.removed", row, by=by, at=at, details=told(row))
    row.delete()


def open_register(
    assessed: AssessedUnit, indicator: str, *, by: Actor, at: dt.datetime
) -> tuple[AssessedUnit, Register]:
    """The unit and the register, if the actor may write in it now; nobody else writes meanwhile.

    :raises NotThere: if it is not the actor's.
    :raises WrongState: if it is closed.
    """
    unit = visible_units(by, assessed.cycle).filter(pk=assessed.pk).first()
    year = year_of(assessed.cycle)
    register = registers_for(year, assessed).get(indicator)
    if unit is None or register is None:
        raise NotThere(_("没有这个登记簿，或者您不能登记；请从“奖项登记”进入"))
    part = year.clauses(assessed.type).entered_with[indicator]
    leads = Duty.objects.filter(assessed=unit, part=part, kind=Duty.Kind.LEAD)
    list(leads.select_for_update(of=("self",)))
    require_open(unit, part, by=by, at=at)
    return unit, register


def why_closed(unit: AssessedUnit, indicator: str, *, by: Actor, at: dt.datetime) -> str:
    """Why the actor cannot write in a register now, and what to do; empty if they can."""
    part = year_of(unit.cycle).clauses(unit.type).entered_with[indicator]
    try:
        require_open(unit, part, by=by, at=at)
        require_no_typed_count(unit, indicator)
    except Refused as refusal:
        return refusal.sentence
    return ""


def require_open(unit: AssessedUnit, part: str, *, by: Actor, at: dt.datetime) -> None:
    """:raises NotThere, WrongState: unless the actor may write at the part's register now."""
    if by.role == Role.PROVIDER:
        require_providing(unit.cycle, Windows(unit.cycle).providing(unit), at)
        return
    duties = {duty.department_id: duty for duty in Duty.objects.filter(assessed=unit, part=part)}
    if by.department_id not in duties:
        raise NotThere(_("没有这个登记簿，或者您不能登记；请从“奖项登记”进入"))
    if all(duty.kind != Duty.Kind.LEAD for duty in duties.values()):
        raise WrongState(_("这一条还没有牵头部门，暂时不能登记；请单位质强办先分工"))
    submission = queries.submissions(by, unit.cycle).filter(assessed=unit, part=part).first()
    window = Windows(unit.cycle).of_department(unit, by.department_id)
    require_writable(unit, part, submission)
    require_filing(unit.cycle, window, submission, at)


def check(register: Register, award: Award, *, by: Actor) -> None:
    """:raises Invalid: if a thing lacks what it needs to count, with everything it lacks."""
    problems = []
    if not award.name:
        problems.append(_("名称：请填奖项或事项的全称"))
    if not award.document:
        problems.append(_("证明文件及文号：没有证明文件的不能计数，请填文号或证书编号"))
    level = register.level(award.level)
    if level is None:
        titles = "、".join(each.title for each in register.levels)
        problems.append(_("级别：请选 %(levels)s 之一") % {"levels": titles})
    elif by.role == Role.PROVIDER and (
        register.kind(award.name, level.id) not in provided_kinds(by, register)
    ):
        problems.append(_("名称：您只能登记目录中由本机构提供的那几类"))
    if problems:
        raise Invalid(problems)


def provided_kinds(by: Actor, register: Register) -> list[RegisterKind]:
    """The kinds of things in a catalogue that the actor's provider registers."""
    provider = by.post.provider if by.post else None
    names = names_of(provider) if provider else ()
    return [kind for kind in register.kinds if kind.provider and kind.provider in names]


def names_of(provider: Provider) -> tuple[str, ...]:
    """The name of a provider and what else it goes by."""
    aliases = (alias.strip() for alias in provider.aliases.split("、"))
    return (provider.name, *filter(None, aliases))


def require_no_typed_count(unit: AssessedUnit, indicator: str) -> None:
    """:raises WrongState: if somebody typed the count: it and the register exclude each other."""
    row = values.rows_of(unit, [indicator]).get(indicator)
    if row is None or (row.value is None and row.state == values.State.VALUE):
        return
    typed = values.plain(row.value) or str(values.State(row.state).label)
    raise WrongState(
        _("这一项已直接填了“%(value)s”；要逐件登记，请先在条目里清空它") % {"value": typed}
    )


def difference(row: AwardEntry, award: Award, name: str) -> Difference:
    """One field, as it is and as it was about to be."""
    labels = {
        "name": _("名称"),
        "level": _("级别"),
        "on_day": _("日期"),
        "document": _("证明文件及文号"),
        "holder": _("获得者"),
        "approval": _("批准计入的依据"),
    }
    return Difference(labels[name], str(getattr(row, name)), str(getattr(award, name)))


def told(row: AwardEntry) -> dict[str, str]:
    """A thing as the trail keeps it."""
    return {name: str(getattr(row, name)) for name in NAMES}


def registers_for(year: Year, assessed: AssessedUnit) -> dict[str, Register]:
    """The registers that a kind of unit is asked for, by indicator."""
    found = year.clauses(assessed.type).filed()
    return {str(each.indicator): each for clause in found for each in clause.registers}
