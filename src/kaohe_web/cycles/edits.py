"""What a person changed in a table: each row with what it was when they saw it.

Only rows that were really changed are written, and none whose content somebody else changed
meanwhile: two people may work on one table, and neither loses a line to the other.
"""

from collections.abc import Callable, Mapping
from dataclasses import dataclass
from typing import Generic, TypeVar

from django.utils.translation import gettext as _

from kaohe_web.errors import Conflict, Difference

K = TypeVar("K")
T = TypeVar("T")


@dataclass(frozen=True, slots=True)
class Edit(Generic[T]):
    """One row: what the person saw, and what it shall be."""

    was: T
    now: T


def require_unchanged(
    edits: Mapping[K, Edit[T]],
    standing: Callable[[K], T],
    *,
    label: Callable[[K], str],
    words: Callable[[T], str],
) -> dict[K, T]:
    """The rows that are still to be written, once it is sure that nobody changed them meanwhile.

    :raises Conflict: naming each row that somebody changed, what it is now, and what was meant.
    """
    now = {key: standing(key) for key in edits}
    differences = [
        Difference(label(key), words(now[key]), words(edit.now))
        for key, edit in edits.items()
        if now[key] not in (edit.was, edit.now)
    ]
    if differences:
        raise Conflict(_("别人刚刚改过其中几行，您的修改没有写入；请核对差异后再保存"), differences)
    return {key: edit.now for key, edit in edits.items() if now[key] != edit.now}
