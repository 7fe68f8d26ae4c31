"""The head of the chain as a note that is kept elsewhere: printed on papers, put into backups."""

import re
from collections.abc import Iterable
from dataclasses import dataclass

from kaohe_web.audit.chain import START
from kaohe_web.audit.models import Entry

WRITTEN = re.compile(r"\s*([0-9]{1,18})\s*[=＝]\s*(sha256:[0-9a-f]{64})\s*", re.ASCII)


@dataclass(frozen=True, slots=True)
class Anchor:
    """The last entry's number and hash: whoever has it on paper finds a chain rewritten later."""

    seq: int
    hash: str

    def __str__(self) -> str:
        return f"{self.seq}={self.hash}"


BEFORE_ALL = Anchor(0, START)
"""The head of a trail without entries: every chain holds it."""


def anchor() -> Anchor:
    """The head of the chain now; stands in the footer of official outputs."""
    last = Entry.objects.order_by("-seq").values_list("seq", "hash").first()
    return Anchor(*last) if last else BEFORE_ALL


def read_anchor(text: str) -> Anchor | None:
    """An anchor as it was printed (``12=sha256:…``); ``None`` for anything else.

    Number 0 is the head of a trail without entries, as a backup of a new installation notes it.
    """
    found = WRITTEN.fullmatch(text)
    if found is None:
        return None
    read = Anchor(int(found[1]), found[2])
    return read if read.seq or read == BEFORE_ALL else None


def by_number(anchors: Iterable[Anchor]) -> dict[int, str]:
    """Anchors as the check of the chain takes them.

    >>> by_number([Anchor(3, "sha256:00")])
    {3: 'sha256:00'}
    """
    return {each.seq: each.hash for each in anchors if each != BEFORE_ALL}
