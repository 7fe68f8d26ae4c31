"""What two editions of a rubric differ in, part by part, and what must be done over for it."""

from collections.abc import Iterator
from dataclasses import dataclass
from enum import IntEnum

from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _

from kaohe.rubric.model import Part, Rubric
from kaohe.wording.words import Lang
from kaohe_web.rubrics import difference_of_parts as parts
from kaohe_web.rubrics.difference_of_whole import whole_changes
from kaohe_web.rubrics.impact import Change, Impact
from kaohe_web.rubrics.side import Side

__all__ = ["Difference", "Impact", "PartDifference", "compare"]


class Kind(IntEnum):
    """Whether a part came, went or changed."""

    CHANGED = 0
    ADDED = 1
    REMOVED = 2


KINDS: dict[Kind, Promise] = {
    Kind.CHANGED: _("修改"),
    Kind.ADDED: _("新增"),
    Kind.REMOVED: _("删去"),
}


@dataclass(frozen=True, slots=True)
class PartDifference:
    """A part that is not the same in both editions, and each way in which it is not."""

    part: Part
    kind: Kind
    changes: tuple[Change, ...]

    @property
    def impact(self) -> Impact:
        """The gravest of its changes."""
        return max(change.impact for change in self.changes)

    @property
    def kind_title(self) -> Promise:
        """What happened to it, in a word."""
        return KINDS[self.kind]


@dataclass(frozen=True, slots=True)
class Difference:
    """All that two editions differ in: as a whole, and part by part in the new one's order."""

    whole: tuple[Change, ...]
    parts: tuple[PartDifference, ...]

    @property
    def impact(self) -> Impact:
        """The gravest of all changes; none where the editions are alike."""
        found = [part.impact for part in self.parts] + [change.impact for change in self.whole]
        return max(found, default=Impact.NONE)

    def of(self, impact: Impact) -> tuple[PartDifference, ...]:
        """The parts whose gravest change has this impact."""
        return tuple(part for part in self.parts if part.impact is impact)

    def ids(self, kind: Kind) -> frozenset[str]:
        """The ids of the parts that came, went or changed."""
        return frozenset(part.part.id for part in self.parts if part.kind is kind)


def compare(old: Rubric, new: Rubric, lang: Lang = "zh") -> Difference:
    """What changes when the new edition takes the place of the old one.

    Rules are compared as the readings chosen in each rubric have them; the words are in ``lang``.
    """
    before, after = Side.of(old, lang), Side.of(new, lang)
    return Difference(tuple(whole_changes(before, after)), tuple(differing(before, after)))


def differing(before: Side, after: Side) -> Iterator[PartDifference]:
    """The parts that are not the same, in the new order; what went stands at the end."""
    for part_id, part in after.printed.items():
        if part_id not in before.printed:
            yield PartDifference(part, Kind.ADDED, (parts.added(part, before, after),))
            continue
        changes = tuple(parts.changes(part_id, before, after))
        if changes:
            yield PartDifference(part, Kind.CHANGED, changes)
    for part_id, part in before.printed.items():
        if part_id not in after.printed:
            yield PartDifference(part, Kind.REMOVED, (parts.removed(part, before),))
