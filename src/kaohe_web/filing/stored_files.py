"""Keeping an uploaded file: examined in quarantine, put into the store, then given its row."""

import datetime as dt
from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING, Any

from django.conf import settings
from django.utils.translation import gettext as _

from kaohe_web.audit import trail
from kaohe_web.audit.trail import Who
from kaohe_web.files import disk
from kaohe_web.files.configured import evidence_store
from kaohe_web.files.errors import FileRefused, StoreUnavailable
from kaohe_web.files.limits import MB, Limits
from kaohe_web.files.names import clean_name
from kaohe_web.files.quarantine import receive
from kaohe_web.files.scan import scanner_at
from kaohe_web.filing.models import StoredFile
from kaohe_web.people.actor import Actor

if TYPE_CHECKING:
    from django.core.files.uploadedfile import UploadedFile


@dataclass(frozen=True, slots=True)
class Kept:
    """A file that is in the store, and not yet anybody's."""

    sha256: str
    size: int
    type: str
    pages: int | None
    name: str

    def row(self, at: dt.datetime) -> StoredFile:
        """Its row, made once: part of the action that makes the file somebody's.

        :raises StoreUnavailable: if it was swept away meanwhile as nobody's.
        """
        row, made = StoredFile.objects.get_or_create(
            sha256=self.sha256,
            defaults={"size": self.size, "type": self.type, "pages": self.pages, "stored_at": at},
        )
        if made and not evidence_store().exists(self.sha256):
            # from here on nobody sweeps it: the row is there, or its table is locked
            raise StoreUnavailable(_("文件没有存下，请重新上传一次"))
        return row


def keep(upload: "UploadedFile[Any]", *, by: Actor, at: dt.datetime) -> Kept:
    """Put an uploaded file into the store, outside any transaction: it may be large.

    What no action takes up afterwards is nobody's, and is swept away later.

    :raises FileRefused: if it is not what is taken; with an entry in the trail.
    :raises StoreUnavailable: if there is no room for it.
    """
    environment = settings.ENVIRONMENT
    limits = Limits(file_bytes=environment.upload_megabytes * MB)
    scanner = scanner_at(environment.scanner)
    name = upload.name or ""
    try:
        with receive(
            upload.chunks(), name, limits=limits, folder=quarantine(), scanner=scanner
        ) as received:
            evidence_store().put(received.path, received.sha256)
            return Kept(
                received.sha256,
                received.size,
                received.type.key,
                received.pages,
                received.name,
            )
    except FileRefused as refusal:
        refuse(name, refusal, by=by, at=at)
        raise


def refuse(name: str, refusal: FileRefused, *, by: Who, at: dt.datetime) -> None:
    """Leave an entry of a file that was not taken: its name, which kind of refusal, and why."""
    thing = trail.What("file", "", clean_name(name))
    details = {"kind": refusal.code.value}
    trail.record_refusal(
        "file.refused", thing, by=by, at=at, reason=refusal.sentence, details=details
    )


def quarantine() -> Path:
    """The folder where files are while they are examined."""
    return settings.ENVIRONMENT.data / "quarantine"


def sweep(before: dt.datetime) -> int:
    """Remove what a killed server left half received before a moment; gives how many."""
    folders = (quarantine(), Path(settings.FILE_UPLOAD_TEMP_DIR))
    return sum(disk.sweep(folder, before=before) for folder in folders)
