"""A page of a file as a picture in the page, with the ways to the pages beside it."""

from dataclasses import dataclass

from django.urls import reverse

from kaohe_web.filing.evidence_pictures import page_count, why_not
from kaohe_web.filing.models import Evidence


@dataclass(frozen=True, slots=True)
class Pane:
    """What is looked at: a page of a file, or why it cannot be."""

    evidence: Evidence
    page: int
    pages: int
    src: str
    previous: str
    next: str
    original: str
    why_not: str


def pane(found: Evidence, page: int) -> Pane:
    """A page of a file; the nearest there is, where the wanted one is not."""
    pages = page_count(found.file)
    page = min(max(page, 1), max(pages, 1))
    where = {"cycle_id": found.cycle_id, "pk": found.pk}
    item = reverse("evidence_item", kwargs=where)
    return Pane(
        evidence=found,
        page=page,
        pages=pages,
        src=reverse("evidence_preview", kwargs={**where, "number": page}),
        previous=f"{item}?page={page - 1}" if page > 1 else "",
        next=f"{item}?page={page + 1}" if page < pages else "",
        original=reverse("evidence_download", kwargs=where),
        why_not=why_not(found.file, page),
    )
