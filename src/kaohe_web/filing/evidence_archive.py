"""A unit's evidence as one ZIP: folders by clause, each file once, with its catalogue (佐证材料).

It is made while it is sent: nothing of it lies on the disk, however large it is.
"""

import datetime as dt
import io
import zipfile
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from typing import TYPE_CHECKING

from django.utils.translation import gettext as _

from kaohe_web.audit import trail
from kaohe_web.clock import BEIJING
from kaohe_web.cycles.models import AssessedUnit
from kaohe_web.cycles.queries import visible_units
from kaohe_web.errors import WrongState
from kaohe_web.files.configured import evidence_store
from kaohe_web.files.errors import Damaged, Missing, StoreUnavailable
from kaohe_web.files.names import clean_name
from kaohe_web.filing.evidence_catalogue import Catalogue, catalogue, cells, heads
from kaohe_web.people.acting import action, locked
from kaohe_web.people.actor import Actor
from kaohe_web.sheets.csv_text import csv_table
from kaohe_web.sheets.table import write_table

if TYPE_CHECKING:
    from _typeshed import ReadableBuffer

CHUNK = 256 * 1024
LEVEL = 1
"""Most of it is pictures and PDFs, which shrink no further."""

NOT_GIVEN = (Damaged, Missing, StoreUnavailable)
Stamp = tuple[int, int, int, int, int, int]


@dataclass(frozen=True, slots=True)
class Archive:
    """An archive about to be sent: its name, and its bytes as they come."""

    name: str
    chunks: Iterator[bytes]


@action("evidence.exported", right="evidence.see")
def export(assessed: AssessedUnit, /, *, by: Actor, at: dt.datetime) -> Archive:
    """All evidence of a unit that the actor may see, as one ZIP."""
    unit = locked(visible_units(by, assessed.cycle), assessed.pk)
    found = catalogue(by, unit)
    if not found.lines:
        raise WrongState(_("还没有可导出的佐证材料"))
    details = {
        "files": len(found.files),
        "sha256": [row.file_id for row in found.files.values()],
    }
    trail.record("evidence.exported", unit, by=by, at=at, details=details)
    name = clean_name(_("%(unit)s佐证材料.zip") % {"unit": f"{unit} {unit.cycle.name} "})
    return Archive(name, packed(found, at))


def packed(found: Catalogue, at: dt.datetime) -> Iterator[bytes]:
    """The archive, piece by piece."""
    sink = Sink()
    with zipfile.ZipFile(sink, "w", zipfile.ZIP_DEFLATED, compresslevel=LEVEL) as archive:
        yield from put_evidence(archive, found, at, sink)
    yield sink.taken()


def put_evidence(
    archive: zipfile.ZipFile, found: Catalogue, at: dt.datetime, sink: "Sink"
) -> Iterator[bytes]:
    """Put the files into an archive, then the catalogue; gives what the sink holds meanwhile.

    A file that the store no longer holds whole is left out, and the catalogue says so.
    """
    lost: dict[str, str] = {}
    for path, row in found.files.items():
        try:
            content = evidence_store().open(row.file_id)
        except NOT_GIVEN as refusal:
            lost[path] = refusal.sentence
            continue
        with content, archive.open(member(path, row.uploaded_at), "w", force_zip64=True) as place:
            while chunk := content.read(CHUNK):
                place.write(chunk)
                if len(sink) > CHUNK:
                    yield sink.taken()
        yield sink.taken()
    if lost:
        said = "\r\n".join(f"{path}：{why}" for path, why in lost.items())
        archive.writestr(member(_("未能导出的文件") + ".txt", at), said.encode("utf-8-sig"))
    archive.writestr(member(_("证据目录") + ".xlsx", at), workbook_of(found, lost))
    archive.writestr(member(_("证据目录") + ".csv", at), csv_of(found, lost))


def workbook_of(found: Catalogue, lost: Mapping[str, str] | None = None) -> bytes:
    """The catalogue as a workbook."""
    target = io.BytesIO()
    title = _("%(unit)s证据目录") % {"unit": found.assessed}
    note = _("%(cycle)s；共 %(files)s 个文件。一份材料用于几条的，只存一份，几条指向同一位置。") % {
        "cycle": found.assessed.cycle.name,
        "files": len(found.files),
    }
    write_table(title, columns(), table(found, lost or {}), target, note=note)
    return target.getvalue()


def csv_of(found: Catalogue, lost: Mapping[str, str]) -> bytes:
    """The catalogue for other programs."""
    return csv_table(columns(), table(found, lost))


def columns() -> list[str]:
    """The heads of the catalogue, with whether the file is there."""
    return [*heads(), _("情况")]


def table(found: Catalogue, lost: Mapping[str, str]) -> list[list[str | int]]:
    """The catalogue line by line, with whether the file is there."""
    return [[*cells(line), state_of(line.path, lost)] for line in found.lines]


def state_of(path: str, lost: Mapping[str, str]) -> str:
    """Whether a file is there."""
    return _("未能导出：存储中已损坏或丢失") if path in lost else _("在压缩包中")


def member(path: str, at: dt.datetime) -> zipfile.ZipInfo:
    """The entry of a file, with its time as Beijing's clock shows it."""
    local = at.astimezone(BEIJING)
    stamp: Stamp = (local.year, local.month, local.day, local.hour, local.minute, local.second)
    info = zipfile.ZipInfo(path, stamp)
    info.compress_type = zipfile.ZIP_DEFLATED
    info._compresslevel = LEVEL  # type: ignore[attr-defined]  # noqa: SLF001 -- public only from Python 3.13 on
    info.external_attr = 0o644 << 16
    return info


class Sink(io.RawIOBase):
    """Where an archive is written to; what it holds is taken away again and again."""

    def __init__(self) -> None:
        self._held = bytearray()

    def __len__(self) -> int:
        return len(self._held)

    def writable(self) -> bool:
        """It is only written to; there is no going back in it."""
        return True

    def write(self, chunk: "ReadableBuffer", /) -> int:
        """Take some bytes."""
        before = len(self._held)
        self._held += memoryview(chunk)
        return len(self._held) - before

    def taken(self) -> bytes:
        """What it holds; it is empty afterwards."""
        taken, self._held = bytes(self._held), bytearray()
        return taken
