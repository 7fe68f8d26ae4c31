"""A ranking narrowed by the filters in the address."""

from dataclasses import replace

from kaohe_web.pages.asked import Asked
from kaohe_web.pages.results.forms import Narrowing
from kaohe_web.results.ranking import Group, Ranking, Row

OPEN_GRADE = "-"


def narrowed(request: Asked, whole: Ranking, *, moved: bool = False) -> tuple[Ranking, Narrowing]:
    """The rows that the filters leave, and the filters; a filter that is none leaves all."""
    groups = [group.name for group in whole.groups]
    grades = [name for name, _count in whole.grades if name]
    form = Narrowing(request.GET or None, groups, grades, moved=moved)
    wanted = form.cleaned_data if form.is_valid() else {}
    kept = []
    for group in whole.groups:
        if wanted.get("group") in (None, "", group.name):
            rows = tuple(row for row in group.rows if fits(row, wanted))
            if rows:
                kept.append(Group(group.name, rows))
    return replace(whole, groups=tuple(kept)), form


def fits(row: Row, wanted: dict[str, str]) -> bool:
    """Whether a row is wanted."""
    grade, show = wanted.get("grade", ""), wanted.get("show", "")
    by_grade = not grade or (row.grade is None if grade == OPEN_GRADE else row.grade == grade)
    shown = {
        "open": row.total.score is None,
        "veto": bool(row.vetoes),
        "moved": row.moved is not None,
    }
    return by_grade and shown.get(show, True)
