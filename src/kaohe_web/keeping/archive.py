"""The file of a backup: a ZIP whose manifest names every member with its size and SHA-256."""

import hashlib
import io
import json
import struct
import zipfile
import zlib
from collections.abc import Iterable, Iterator
from contextlib import contextmanager
from dataclasses import asdict, dataclass, field
from pathlib import Path
from typing import IO, BinaryIO, cast

from kaohe.errors import KaoheError

FORMAT, NUMBER = "kaohe-backup", 1
MANIFEST, SEAL = "manifest.json", "manifest.sha256"
SECRET = "secret-key"  # noqa: S105 -- the name of a member
CHUNK = 1024 * 1024
PRIVATE = 0o600 << 16
UNREADABLE = (
    zipfile.BadZipFile,
    zlib.error,
    struct.error,
    EOFError,
    OSError,
    ValueError,
    NotImplementedError,
    RuntimeError,
)
"""What a spoilt archive makes Python's reader raise; the last where it looks encrypted."""


class NotABackup(KaoheError):  # noqa: N818 -- it says what it is
    """A file that is no backup of ours, or one that this version cannot restore."""


class DamagedBackup(KaoheError):  # noqa: N818 -- it says what it is
    """A backup that is not as it was made; everything that differs is named."""


@dataclass(slots=True)
class Member:
    """One member: how long it is, and its hash."""

    size: int
    sha256: str


@dataclass(slots=True)
class Manifest:
    """What a backup holds, of which installation, made when by which version."""

    version: str
    made_at: str
    database: str
    migrations: list[str]
    chain: str
    """The head of the trail: an anchor."""

    secret: str
    """A fingerprint of the installation's secret, which sealed fields need."""

    rows: dict[str, int] = field(default_factory=dict)
    missing: list[str] = field(default_factory=list)
    """Stored files that were missing or damaged when the backup was made."""

    members: dict[str, Member] = field(default_factory=dict)

    def as_text(self) -> str:
        """The member that tells of the others."""
        whole = {"format": FORMAT, "number": NUMBER, **asdict(self)}
        return json.dumps(whole, ensure_ascii=False, indent=1, sort_keys=True)

    def files(self) -> list[str]:
        """The stored files in it, by their hashes."""
        return [name.removeprefix("evidence/") for name in self.members if name[:9] == "evidence/"]

    def tables(self) -> list[str]:
        """The members that hold rows."""
        return [name for name in self.members if name.startswith("tables/")]


@dataclass(slots=True)
class Writer:
    """Puts members into a backup, one after another, and remembers what it put."""

    archive: zipfile.ZipFile
    manifest: Manifest

    def put(self, name: str, pieces: Iterable[bytes], *, packed: bool) -> None:
        """Put a member in, piece by piece."""
        head = zipfile.ZipInfo(name)
        head.external_attr = PRIVATE
        head.compress_type = zipfile.ZIP_DEFLATED if packed else zipfile.ZIP_STORED
        digest, size = hashlib.sha256(), 0
        with self.archive.open(head, "w", force_zip64=True) as target:
            for piece in pieces:
                target.write(piece)
                digest.update(piece)
                size += len(piece)
        self.manifest.members[name] = Member(size, digest.hexdigest())

    def close(self) -> None:
        """Put in the manifest and its seal."""
        text = self.manifest.as_text().encode()
        self.archive.writestr(MANIFEST, text)
        self.archive.writestr(SEAL, hashlib.sha256(text).hexdigest())


@dataclass(frozen=True, slots=True)
class Backup:
    """A backup that was found whole."""

    archive: zipfile.ZipFile
    manifest: Manifest

    def open(self, name: str) -> BinaryIO:
        """A member's bytes."""
        return cast("BinaryIO", self.archive.open(name))

    def lines(self, name: str) -> Iterator[str]:
        """A member's lines."""
        with self.open(name) as raw, io.TextIOWrapper(raw, "utf-8", newline="\n") as text:
            yield from text


@contextmanager
def opened(path: Path) -> Iterator[Backup]:
    """A backup, read through and compared with its manifest before anything is done with it.

    :raises NotABackup: if it is none of ours.
    :raises DamagedBackup: if anything in it is not as it was made.
    """
    try:
        archive = zipfile.ZipFile(path)
    except FileNotFoundError as error:
        raise NotABackup(f"{path}：没有这个文件") from error
    except UNREADABLE as error:
        raise NotABackup(
            f"{path}：不是完整的备份文件（可能没有拷全，或不是本系统的备份）"
        ) from error
    with archive:
        manifest = read_manifest(archive, path)
        faults = list(differences(archive, manifest))
        if faults:
            raise DamagedBackup("\n".join(f"{path}：{fault}" for fault in faults))
        yield Backup(archive, manifest)


def read_manifest(archive: zipfile.ZipFile, path: Path) -> Manifest:
    """What a backup says it holds.

    :raises NotABackup: if it says nothing, or speaks of a later form.
    :raises DamagedBackup: if what it says was changed.
    """
    try:
        text, seal = archive.read(MANIFEST), archive.read(SEAL).decode("ascii", "replace")
    except KeyError as error:
        raise NotABackup(f"{path}：不是本系统的备份（缺少清单）") from error
    except UNREADABLE as error:
        raise DamagedBackup(f"{path}：清单已损坏；请换一份备份") from error
    if hashlib.sha256(text).hexdigest() != seal:
        raise DamagedBackup(f"{path}：清单已损坏或被改动；请换一份备份")
    try:
        told = json.loads(text)
        form, number = told.pop("format"), told.pop("number")
    except (ValueError, KeyError, TypeError, AttributeError) as error:
        raise NotABackup(f"{path}：不是本系统的备份（清单读不懂）") from error
    if form != FORMAT or number != NUMBER:
        raise NotABackup(f"{path}：不是本系统的备份，或由更新的版本所做；请用新版本恢复")
    try:
        members = {name: Member(**each) for name, each in told.pop("members").items()}
        return Manifest(**told, members=members)
    except (KeyError, TypeError, AttributeError) as error:
        raise NotABackup(f"{path}：不是本系统的备份（清单读不懂）") from error


def differences(archive: zipfile.ZipFile, manifest: Manifest) -> Iterator[str]:
    """Everything in which a backup differs from its manifest."""
    there = [name for name in archive.namelist() if name not in (MANIFEST, SEAL)]
    for name in sorted(set(there) - manifest.members.keys()):
        yield f"多出了清单上没有的 {name}"
    if len(set(there)) != len(there):
        yield "有重名的内容"
    for name, member in manifest.members.items():
        if name not in there:
            yield f"缺少 {name}"
        elif measured(archive, name) != member:
            yield f"{name} 已损坏或被改动"


def measured(archive: zipfile.ZipFile, name: str) -> Member | None:
    """How long a member is and its hash, read through; ``None`` if it cannot be read."""
    digest, size = hashlib.sha256(), 0
    try:
        with archive.open(name) as source:
            for piece in pieces(source):
                digest.update(piece)
                size += len(piece)
    except UNREADABLE:
        return None
    return Member(size, digest.hexdigest())


def pieces(source: IO[bytes]) -> Iterator[bytes]:
    """A file, piece by piece."""
    while piece := source.read(CHUNK):
        yield piece
