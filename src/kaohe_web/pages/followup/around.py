"""What stands around this room's pages: the way here, and what the parts are called."""

from django.utils.translation import gettext as _

from kaohe_web.cycles.models import Cycle
from kaohe_web.cycles.queries import rubric_of
from kaohe_web.pages.cycles.around import Crumbs, here, in_year


def way(cycle: Cycle, name: str, title: str, *more: str) -> Crumbs:
    """The way to a list of this room, or to something in it."""
    return in_year(cycle, (title, here(cycle, name)), *((each, "") for each in more))


def titles_of(cycle: Cycle) -> dict[str, str]:
    """What each part is called: its clause numbers and its title."""
    return {
        part.id: title_of(part.clauses or criterion.clauses, part.title)
        for criterion in rubric_of(cycle).all_criteria()
        for part in criterion.parts
    }


def title_of(clauses: tuple[str, ...], title: str) -> str:
    """A part as people name it: 第 5 条 and its title; only the title where it has no number."""
    if not clauses:
        return title
    named = {"numbers": "、".join(clauses), "title": title}
    return _("第 %(numbers)s 条 %(title)s") % named
