"""The bodies of the installation: units, their departments, data providers, and their names."""

import datetime as dt
from collections.abc import Iterable, Iterator, Sequence
from contextlib import contextmanager

from django.db import IntegrityError, transaction
from django.db.models import ProtectedError, QuerySet
from django.utils.translation import gettext as _

from kaohe_web.audit import trail
from kaohe_web.cycles.edits import Edit, require_unchanged
from kaohe_web.cycles.matching import folded, names_of
from kaohe_web.cycles.pasted import Body, faults
from kaohe_web.errors import Conflict, Invalid, WrongState
from kaohe_web.people import rights
from kaohe_web.people.acting import action, locked
from kaohe_web.people.actor import Actor
from kaohe_web.people.models import Department, Provider, Unit

Named = Department | Provider


def units(by: Actor) -> QuerySet[Unit]:
    """The units that the actor may edit: all of them, for whoever may edit bodies."""
    return Unit.objects.all() if rights.may(by, "bodies.edit") else Unit.objects.none()


def departments(by: Actor) -> QuerySet[Department]:
    """The departments that the actor may edit."""
    every = Department.objects.select_related("unit")
    return every if rights.may(by, "bodies.edit") else every.none()


def providers(by: Actor) -> QuerySet[Provider]:
    """The data providers that the actor may edit."""
    return Provider.objects.all() if rights.may(by, "bodies.edit") else Provider.objects.none()


@action("units.added", right="bodies.edit")
def add_units(thing: None, /, *, by: Actor, at: dt.datetime, bodies: Sequence[Body]) -> list[Unit]:
    """Enter units in the order given; all of them or none.

    :raises Invalid: for every code or name that is taken.
    """
    del thing
    standing = list(Unit.objects.select_for_update())
    problems = []
    for line, body in enumerate(bodies, start=1):
        problems += [told(line, body, fault) for fault in unit_faults(body, standing)]
        standing.append(Unit(code=body.code, name=body.name))
    if problems:
        raise Invalid(problems)
    last = max((unit.position for unit in standing), default=0)
    with named_once():
        made = [
            Unit.objects.create(code=body.code, name=body.name, position=last + step)
            for step, body in enumerate(bodies, start=1)
        ]
    details = {"units": [f"{unit.code} {unit.name}" for unit in made]}
    trail.record("units.added", None, by=by, at=at, details=details)
    return made


@contextmanager
def named_once() -> Iterator[None]:
    """:raises Conflict: if somebody entered the same name or code in the same moment."""
    try:
        with transaction.atomic():
            yield
    except IntegrityError as error:
        raise Conflict(_("别人刚刚登记了同一个名称或代码；请刷新页面核对")) from error


def told(line: int, body: Body, fault: str) -> str:
    """What is wrong with a line of a list."""
    return _("第 %(line)s 行“%(name)s”：%(fault)s") % {
        "line": line,
        "name": body.name,
        "fault": fault,
    }


def unit_faults(body: Body, others: Iterable[Unit]) -> list[str]:
    """What is wrong with a unit's words, and what another one has already."""
    found = faults(body)
    if not body.code:
        found.append(_("缺少代码"))
    for other in others:
        if folded(other.code) == folded(body.code):
            found.append(
                _("代码 %(code)s 已用于“%(name)s”") % {"code": body.code, "name": other.name}
            )
        if folded(other.name) == folded(body.name):
            found.append(_("已有同名的单位"))
    return found


@action("unit.changed", right="bodies.edit")
def change_unit(unit: Unit, /, *, by: Actor, at: dt.datetime, edit: Edit[Body]) -> Unit:
    """Change a unit's code, name or place in the order.

    :raises Invalid: for a code or name that is taken.
    :raises Conflict: if somebody changed it meanwhile.
    """
    row = locked(units(by), unit.pk)
    problems = unit_faults(edit.now, Unit.objects.exclude(pk=row.pk))
    if problems:
        raise Invalid(problems)
    before = Body(row.name, code=row.code, position=row.position)
    settle(before, edit)
    row.name, row.code, row.position = edit.now.name, edit.now.code, edit.now.position
    with named_once():
        row.save()
    trail.record("unit.changed", row, by=by, at=at, details=changes(before, edit.now))
    return row


def settle(before: Body, edit: Edit[Body]) -> None:
    """:raises Conflict: if a body is not what the person saw any more."""
    require_unchanged({before.name: edit}, lambda _: before, label=str, words=in_words)


def in_words(body: Body) -> str:
    """A body's words in a line."""
    return " ".join(filter(None, [body.code, body.name, body.aliases, f"#{body.position}"]))


def changes(before: Body, after: Body) -> dict[str, object]:
    """What the trail keeps of a change."""
    return {"body": [in_words(before), in_words(after)]}


@action("departments.added", right="bodies.edit")
def add_departments(
    unit: Unit, /, *, by: Actor, at: dt.datetime, bodies: Sequence[Body]
) -> list[Department]:
    """Enter departments of a unit; all of them or none.

    :raises Invalid: for every name or alias that another department of the unit has.
    """
    row = locked(units(by), unit.pk)
    standing = list(row.departments.all())
    require_free(bodies, [(each.name, names_of(each)) for each in standing])
    last = max((each.position for each in standing), default=0)
    made = [
        Department.objects.create(
            unit=row, name=body.name, aliases=body.aliases, position=last + step
        )
        for step, body in enumerate(bodies, start=1)
    ]
    details = {"departments": [in_words(body) for body in bodies]}
    trail.record("departments.added", row, by=by, at=at, details=details)
    return made


def require_free(bodies: Sequence[Body], standing: Sequence[tuple[str, set[str]]]) -> None:
    """:raises Invalid: for every line of which a name is taken, here or above it."""
    problems, taken = [], list(standing)
    for line, body in enumerate(bodies, start=1):
        problems += [told(line, body, fault) for fault in body_faults(body, taken)]
        taken.append((body.name, all_names(body)))
    if problems:
        raise Invalid(problems)


def all_names(body: Body) -> set[str]:
    """The names and aliases of a typed body, folded."""
    return names_of(Department(name=body.name, aliases=body.aliases))


def body_faults(body: Body, others: Sequence[tuple[str, set[str]]]) -> list[str]:
    """What is wrong with a body's words, and which other one goes by one of its names."""
    found = faults(body)
    for name, names in others:
        if names & all_names(body):
            found.append(
                _("名称或别名与“%(other)s”相同；请改名，或去掉相同的别名") % {"other": name}
            )
    return found


@action("department.changed", right="bodies.edit")
def change_department(
    department: Department, /, *, by: Actor, at: dt.datetime, edit: Edit[Body]
) -> Department:
    """Change a department's name, aliases or place in the order.

    :raises Invalid: for a name that another department of the unit goes by.
    :raises Conflict: if somebody changed it meanwhile.
    """
    locked(units(by), department.unit_id)
    row = locked(departments(by), department.pk)
    others = Department.objects.filter(unit=row.unit_id).exclude(pk=row.pk)
    change(row, edit, [(each.name, names_of(each)) for each in others])
    details = changes(edit.was, edit.now) | {"unit": str(row.unit)}
    trail.record("department.changed", row, by=by, at=at, details=details)
    return row


def change(row: Named, edit: Edit[Body], others: Sequence[tuple[str, set[str]]]) -> None:
    """Write a body's new words, once they are free and nobody changed the old ones."""
    problems = body_faults(edit.now, others)
    if problems:
        raise Invalid(problems)
    position = row.position if isinstance(row, Department) else 0
    settle(Body(row.name, aliases=row.aliases, position=position), edit)
    row.name, row.aliases = edit.now.name, edit.now.aliases
    if isinstance(row, Department):
        row.position = edit.now.position
    with named_once():
        row.save()


@action("providers.added", right="bodies.edit")
def add_providers(
    thing: None, /, *, by: Actor, at: dt.datetime, bodies: Sequence[Body]
) -> list[Provider]:
    """Enter data providers; all of them or none.

    :raises Invalid: for every name or alias that another provider has.
    """
    del thing
    standing = Provider.objects.select_for_update()
    require_free(bodies, [(each.name, names_of(each)) for each in standing])
    with named_once():
        made = [Provider.objects.create(name=body.name, aliases=body.aliases) for body in bodies]
    details = {"providers": [in_words(body) for body in bodies]}
    trail.record("providers.added", None, by=by, at=at, details=details)
    return made


@action("provider.changed", right="bodies.edit")
def change_provider(
    provider: Provider, /, *, by: Actor, at: dt.datetime, edit: Edit[Body]
) -> Provider:
    """Change a data provider's name or aliases.

    :raises Invalid: for a name that another provider goes by.
    :raises Conflict: if somebody changed it meanwhile.
    """
    row = locked(providers(by), provider.pk)
    others = Provider.objects.exclude(pk=row.pk)
    change(row, edit, [(each.name, names_of(each)) for each in others])
    trail.record("provider.changed", row, by=by, at=at, details=changes(edit.was, edit.now))
    return row


@action("body.removed", right="bodies.edit")
def remove(body: Unit | Department | Provider, /, *, by: Actor, at: dt.datetime) -> None:
    """Remove a body that nothing rests on yet (entered by mistake).

    :raises WrongState: if an account, a duty, a year or anything else needs it.
    """
    row: Unit | Department | Provider
    match body:
        case Unit():
            row = locked(units(by), body.pk)
        case Department():
            row = locked(departments(by), body.pk)
        case Provider():
            row = locked(providers(by), body.pk)
    trail.record("body.removed", row, by=by, at=at)
    try:
        row.delete()
    except ProtectedError as error:
        raise WrongState(
            _("“%(body)s”已有部门、人员、分工或考核数据，不能删除；不再使用的，今后不选它即可")
            % {"body": row}
        ) from error
