"""Parts as people name them beside a file: 第 8、9 条."""

from collections.abc import Iterable

from django.utils.translation import gettext as _

from kaohe_web.cycles.models import Cycle
from kaohe_web.rubrics.queries import rubric_of


def clauses_in_words(cycle: Cycle, parts: Iterable[str]) -> str:
    """The printed numbers of some parts, in the order of the document: 第 8、9 条."""
    wanted = set(parts)
    numbers: dict[str, None] = {}
    for criterion in rubric_of(cycle.edition).all_criteria():
        for part in criterion.parts:
            if part.id in wanted:
                wanted.discard(part.id)
                numbers |= dict.fromkeys(part.clauses or criterion.clauses or (part.id,))
    named = "、".join([*numbers, *sorted(wanted)])
    return _("第 %(numbers)s 条") % {"numbers": named}
