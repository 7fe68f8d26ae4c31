"""People with files in their hands: what they put where, as short as tests want it."""

import io
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from django.core.files.uploadedfile import SimpleUploadedFile
from django.urls import reverse

from files.making import pdf
from kaohe_web.audit.models import Entry
from kaohe_web.cycles.models import Duty
from kaohe_web.filing import evidence as giving
from kaohe_web.filing.models import Evidence, EvidenceUse, StoredFile, Submission
from kaohe_web.filing.stored_files import Kept, keep
from world import NOW, World

State = Submission.State


class Sent(SimpleUploadedFile):
    """A file under whatever name a client sends past Django's own cleaning."""

    def __init__(self, name: str, content: bytes) -> None:
        super().__init__("x", content)
        self._name = name


def upload_of(content: bytes, name: str) -> SimpleUploadedFile:
    """A file as it is sent."""
    return Sent(name, content)


@dataclass
class Desk:
    """The world, and the folder that holds its files."""

    world: World
    data: Path

    def kept(self, content: bytes, name: str = "材料.pdf", who: str = "liaison") -> Kept:
        """A file in the store, nobody's yet."""
        return keep(upload_of(content, name), by=self.world.actor(who), at=NOW)

    def give(
        self,
        part: str = "M8.1",
        content: bytes | None = None,
        name: str = "材料.pdf",
        *,
        who: str = "liaison",
        unit: int = 0,
        **more: Any,
    ) -> EvidenceUse:
        """A file given as evidence; ``at`` some other time than usual, if that is said."""
        kept = self.kept(pdf(2) if content is None else content, name, who)
        more = {"by": self.world.actor(who), "at": NOW, "part": part, "kept": kept, **more}
        return giving.upload(self.world.assessed[unit], **more)

    def submit(self, *parts: str, unit: int = 0) -> None:
        """The parts as they are once the unit has submitted them."""
        for part in parts:
            duty = Duty.objects.get(
                assessed=self.world.assessed[unit], part=part, kind=Duty.Kind.LEAD
            )
            Submission.objects.update_or_create(
                assessed=duty.assessed,
                part=part,
                defaults={
                    "cycle": self.world.cycle,
                    "department": duty.department,
                    "state": State.SUBMITTED,
                    "submitted_at": NOW,
                },
            )

    def returned(self, part: str) -> None:
        """A submitted part, sent back."""
        Submission.objects.filter(assessed=self.world.assessed[0], part=part).update(
            state=State.RETURNED, returned_at=NOW, returned_note="缺少附件"
        )

    def address(self, name: str, **more: object) -> str:
        """An address inside the year."""
        return reverse(name, kwargs={"cycle_id": self.world.cycle.pk, **more})

    def of_part(self, name: str, part: str = "M8.1", unit: int = 0) -> str:
        """An address inside a part."""
        return self.address(name, assessed_id=self.world.assessed[unit].pk, part=part)

    def stored(self) -> list[str]:
        """The files that lie in the data folder, wherever."""
        return sorted(
            str(path.relative_to(self.data)) for path in self.data.rglob("*") if path.is_file()
        )

    def nothing_is_there(self) -> bool:
        """Whether no row and no file of an upload is left."""
        rows = StoredFile.objects.exists() or Evidence.objects.exists()
        return not rows and self.stored() == []


def entries(what: str) -> list[tuple[str, str, str]]:
    """The trail of one action: who, how it went, why."""
    rows = Entry.objects.filter(what=what).order_by("seq")
    return list(rows.values_list("login", "outcome", "reason"))


def content_of(response: Any) -> bytes:
    """All that an answer holds, streamed or not."""
    return b"".join(response.streaming_content) if response.streaming else response.content


def as_file(content: bytes, name: str) -> io.BytesIO:
    """A file for the test client."""
    file = io.BytesIO(content)
    file.name = name
    return file
