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


def anchor() -> Anchor:
    """The head of the chain now; stands in the footer of official outputs."""
    last = Entry.objects.order_by("-seq").values_list("seq", "hash").first()
    return Anchor(*(last or (0, START)))


def read_anchor(text: str) -> Anchor | None:
    """An anchor as it was printed (``12=sha256:…``); ``None`` for anything else."""
    found = WRITTEN.fullmatch(text)
    return Anchor(int(found[1]), found[2]) if found and int(found[1]) else None


def by_number(anchors: Iterable[Anchor]) -> dict[int, str]:
    """Anchors as the check of the chain takes them.

    >>> by_number([Anchor(3, "sha256:00")])
    {3: 'sha256:00'}
    """
    return {each.seq: each.hash for each in anchors}
