"""Which body a written name means (所在单位): a unit, a department, a provider, or none of them."""

from collections.abc import Iterator
from dataclasses import dataclass

from django.utils.translation import gettext as _

from kaohe_web.people.actor import Actor
from kaohe_web.people.models import Department, Provider, Role, Unit
from kaohe_web.sheets.texts import folded

SEPARATORS = str.maketrans("", "", "·•・-—")


@dataclass(frozen=True, slots=True)
class Body:
    """What a name means: at most one of unit, department (with its unit) and provider."""

    unit_id: int | None = None
    department_id: int | None = None
    provider_id: int | None = None

    @property
    def is_known(self) -> bool:
        """Whether it is one that is registered."""
        return self != UNKNOWN


UNKNOWN = Body()


class Bodies:
    """The names that an actor may register people under, looked up without regard to blanks."""

    def __init__(self, by: Actor) -> None:
        self.only_own = by.role == Role.UNIT_OFFICE
        departments = Department.objects.select_related("unit")
        units, providers = Unit.objects.all(), Provider.objects.all()
        if self.only_own:
            departments = departments.filter(unit=by.unit_id)
            units = units.filter(pk=by.unit_id or 0)
            providers = providers.none()
        self.names: list[str] = []
        self.found: dict[str, set[Body]] = {}
        for unit in units:
            self.add(Body(unit_id=unit.pk), unit.name)
        for department in departments:
            body = Body(unit_id=department.unit_id, department_id=department.pk)
            self.add(body, f"{department.unit.name}{department.name}")
            for name in (department.name, *aliases(department.aliases)):
                self.also(body, name)
                self.also(body, f"{department.unit.name}{name}")
        for provider in providers:
            self.add(Body(provider_id=provider.pk), provider.name)
            for name in aliases(provider.aliases):
                self.also(Body(provider_id=provider.pk), name)

    def add(self, body: Body, name: str) -> None:
        """A body by its full name, which is offered to people who type."""
        self.names.append(name)
        self.also(body, name)

    def also(self, body: Body, name: str) -> None:
        """Another name of a body."""
        self.found.setdefault(as_key(name), set()).add(body)

    def meant(self, name: str) -> Body:
        """The one body that a name means; unknown if none, or if several could be meant."""
        found = self.found.get(as_key(name), set())
        return next(iter(found)) if len(found) == 1 else UNKNOWN

    def fault(self, name: str) -> str:
        """Why people cannot be registered under a name; empty if they can.

        A unit's office registers its own people only; the office may name any body in words.
        """
        if not self.only_own or self.meant(name).is_known:
            return ""
        offered = "、".join(f"“{each}”" for each in self.names[:8])
        return _("“%(name)s”不是本单位或本单位的部门；请写全称：%(offered)s") % {
            "name": name[:40],
            "offered": offered,
        }


def aliases(text: str) -> Iterator[str]:
    """The other names of a body, as they are written beside it."""
    return (name for name in text.split("、") if name.strip())


def as_key(name: str) -> str:
    """A name as it is compared."""
    return folded(name).translate(SEPARATORS)
