"""Making a backup: the database as it stood at one moment, the evidence, the secret, a manifest."""

import datetime as dt
import hashlib
import hmac
import os
import tempfile
import zipfile
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path

from django.conf import settings
from django.db import connection, transaction

from kaohe import __version__
from kaohe.errors import KaoheError
from kaohe_web.audit import trail
from kaohe_web.audit.anchor import Anchor
from kaohe_web.audit.chain import START
from kaohe_web.clock import BEIJING
from kaohe_web.files.configured import evidence_store
from kaohe_web.files.errors import Damaged, Missing
from kaohe_web.keeping import schema
from kaohe_web.keeping.archive import SECRET, Manifest, Writer, pieces
from kaohe_web.keeping.rows import Cursor, tables, written
from kaohe_web.people.actor import Nobody

COMMAND = Nobody(name="命令行")
"""Whoever sits at the machine."""


class CannotBackUp(KaoheError):  # noqa: N818 -- it says what happened
    """No backup was made; why."""


@dataclass(frozen=True, slots=True)
class Made:
    """A backup that was made."""

    path: Path
    manifest: Manifest
    sha256: str


def make(path: Path, at: dt.datetime) -> Made:
    """Make a backup, whole or not at all; the site goes on working meanwhile.

    :raises CannotBackUp: if the file is there already, or the database is not sound.
    """
    if path.exists():
        raise CannotBackUp(f"{path} 已经存在；备份不覆盖旧文件，请换一个文件名")
    if not schema.schema().is_current:
        raise CannotBackUp("数据库的版本与程序不一致；请先用本版本启动一次 kaohe serve 完成升级")
    started = path.with_name(path.name + ".part")
    try:
        manifest = write(started, at)
        digest = hash_of(started)
        started.replace(path)
        sync(path.parent)
    finally:
        started.unlink(missing_ok=True)
    note(path, manifest, digest, at)
    return Made(path, manifest, digest)


def write(path: Path, at: dt.datetime) -> Manifest:
    """Write everything into a file that only its owner reads, down to the disk."""
    manifest = Manifest(
        version=__version__,
        made_at=at.astimezone(BEIJING).isoformat(timespec="seconds"),
        database=connection.vendor,
        migrations=list(schema.applied()),
        chain="",
        secret=fingerprint(settings.SECRET_KEY),
    )
    descriptor = os.open(path, os.O_WRONLY | os.O_CREAT | os.O_TRUNC, 0o600)
    with os.fdopen(descriptor, "wb") as file:
        with zipfile.ZipFile(file, "w", allowZip64=True) as archive:
            writer = Writer(archive, manifest)
            with moment() as cursor:
                put_rows(writer, cursor)
                hashes = stored(cursor)
                manifest.chain = str(head(cursor))
            put_evidence(writer, hashes)
            if not settings.ENVIRONMENT.secret_key:
                writer.put(SECRET, [settings.SECRET_KEY.encode()], packed=False)
            writer.close()
        file.flush()
        os.fsync(file.fileno())
    return manifest


@contextmanager
def moment() -> Iterator[Cursor]:
    """The database as it stands at this moment, while others go on writing.

    :raises CannotBackUp: if SQLite finds its file damaged.
    """
    if connection.vendor == "postgresql":
        with transaction.atomic(), connection.cursor() as setting:
            setting.execute("SET TRANSACTION ISOLATION LEVEL REPEATABLE READ, READ ONLY")
            with connection.chunked_cursor() as cursor:
                yield cursor
        return
    data = settings.ENVIRONMENT.data
    with (
        tempfile.TemporaryDirectory(dir=data, prefix="backup-") as folder,
        connection.wrap_database_errors,
    ):
        connection.ensure_connection()
        copy = type(connection.connection)(Path(folder) / "moment.sqlite3")
        try:
            connection.connection.backup(copy)
            cursor = copy.cursor()
            found = [text for (text,) in cursor.execute("PRAGMA integrity_check")]
            if found != ["ok"]:
                raise CannotBackUp("数据库文件已损坏，没有做备份：" + "；".join(found[:5]))
            yield cursor
        finally:
            copy.close()


def put_rows(writer: Writer, cursor: Cursor) -> None:
    """Put the rows of every table in."""
    for table in tables():
        count = -1

        def counted(lines: Iterator[str]) -> Iterator[bytes]:
            nonlocal count
            for text in lines:
                count += 1
                yield text.encode()

        writer.put(f"tables/{table.name}.jsonl", counted(written(table, cursor)), packed=True)
        writer.manifest.rows[table.name] = count


def stored(cursor: Cursor) -> list[str]:
    """The hashes of the files that the rows refer to."""
    cursor.execute("SELECT sha256 FROM filing_storedfile ORDER BY sha256")
    return [sha256 for (sha256,) in cursor]


def head(cursor: Cursor) -> Anchor:
    """The head of the trail at that moment."""
    cursor.execute("SELECT seq, hash FROM audit_entry ORDER BY seq DESC LIMIT 1")
    return next((Anchor(*row) for row in cursor), Anchor(0, START))


def put_evidence(writer: Writer, hashes: list[str]) -> None:
    """Put the stored files in; one that is missing or damaged is named, the others are kept."""
    store = evidence_store()
    for sha256 in hashes:
        try:
            with store.open(sha256) as file:
                writer.put(f"evidence/{sha256}", pieces(file), packed=False)
        except (Missing, Damaged):
            writer.manifest.missing.append(sha256)


def note(path: Path, manifest: Manifest, digest: str, at: dt.datetime) -> None:
    """Leave an entry in the trail that a backup was made."""
    details: dict[str, object] = {
        "file": path.name,
        "sha256": digest,
        "rows": sum(manifest.rows.values()),
        "files": len(manifest.files()),
        "missing": len(manifest.missing),
        "chain": manifest.chain,
    }
    trail.record("backup.made", None, by=COMMAND, at=at, details=details)


def fingerprint(secret: str) -> str:
    """By what a secret is known again, without telling it."""
    return hmac.new(secret.encode(), b"kaohe backup", hashlib.sha256).hexdigest()


def hash_of(path: Path) -> str:
    """The SHA-256 of a file."""
    with path.open("rb") as file:
        return hashlib.file_digest(file, "sha256").hexdigest()


def sync(folder: Path) -> None:
    """Let the names in a folder outlive a crash."""
    descriptor = os.open(folder, os.O_RDONLY | os.O_DIRECTORY)
    try:
        os.fsync(descriptor)
    finally:
        os.close(descriptor)
