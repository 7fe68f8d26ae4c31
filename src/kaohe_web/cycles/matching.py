"""Finding the body that a printed name means: by its name or an alias, and never by a guess."""

import re
import unicodedata
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from typing import Generic, TypeVar

from kaohe.rubric.model import Rubric
from kaohe_web.people.models import Department, Provider

BETWEEN = re.compile(r"[、,，;；\n]+")
"""What separates aliases."""


B = TypeVar("B", bound=Department | Provider)


def folded(name: str) -> str:
    """A name as it is compared: full-width forms and blanks make no difference.

    >>> folded(" 市 监局 ") == folded("市监局")
    True
    """
    return "".join(unicodedata.normalize("NFKC", name).split()).casefold()


def names_of(body: Department | Provider) -> set[str]:
    """The names that a body goes by, folded."""
    return {folded(name) for name in (body.name, *BETWEEN.split(body.aliases)) if name.strip()}


def printed_names(rubric: Rubric) -> dict[str, set[str]]:
    """Every name that the rubric's list of bodies knows, with all names of the same body."""
    found: dict[str, set[str]] = {}
    for department in rubric.departments:
        names = {folded(name) for name in (department.name, *department.aliases)}
        for name in names:
            found[name] = names
    return found


def groups(rubric: Rubric) -> set[str]:
    """The folded names that mean a group of bodies (领导小组成员单位) and not one of them."""
    return {
        folded(name)
        for department in rubric.departments
        if department.kind == "group"
        for name in (department.name, *department.aliases)
    }


@dataclass(frozen=True, slots=True)
class Bodies(Generic[B]):
    """Bodies to be found by printed names."""

    by_name: Mapping[str, tuple[B, ...]]
    printed: Mapping[str, set[str]]

    @classmethod
    def of(cls, rubric: Rubric, bodies: Iterable[B]) -> "Bodies[B]":
        """The bodies, under all their names, beside the names that the rubric holds for one."""
        found: dict[str, tuple[B, ...]] = {}
        for body in bodies:
            for name in names_of(body):
                found[name] = (*found.get(name, ()), body)
        return cls(found, printed_names(rubric))

    def match(self, printed: str) -> B | None:
        """The one body that goes by a printed name; ``None`` where there is none or several."""
        exact = self.by_name.get(folded(printed), ())
        if exact:
            return exact[0] if len(exact) == 1 else None
        same = self.printed.get(folded(printed), set())
        meant = [body for name in same for body in self.by_name.get(name, ())]
        once = list(dict.fromkeys(meant))
        return once[0] if len(once) == 1 else None
