"""Restoring a backup into an empty installation: verified first, then all of it or nothing."""

import datetime as dt
import os
import tempfile
from collections.abc import Iterable
from dataclasses import asdict, dataclass
from pathlib import Path

from django.conf import settings
from django.core.management import call_command
from django.db import IntegrityError, connection, transaction
from django.db.migrations.executor import MigrationExecutor
from django.db.migrations.loader import MigrationLoader

from kaohe.errors import KaoheError
from kaohe_web.audit import chain, trail
from kaohe_web.audit.anchor import by_number, read_anchor
from kaohe_web.clock import BEIJING
from kaohe_web.files.configured import evidence_store
from kaohe_web.keeping import rows
from kaohe_web.keeping.archive import SECRET, Backup, DamagedBackup, Manifest, NotABackup, pieces
from kaohe_web.keeping.backup import COMMAND, fingerprint
from kaohe_web.keeping.schema import applied, schema


class CannotRestore(KaoheError):  # noqa: N818 -- it says what happened
    """Nothing was restored, or what was restored does not verify; why, and what to do."""


@dataclass(frozen=True, slots=True)
class Restored:
    """A restoration that succeeded, as its record says (恢复记录)."""

    backup_made_at: str
    backup_version: str
    rows: int
    files: int
    missing: int
    entries: int
    chain: str
    restored_at: str


def check(backup: Backup) -> None:
    """Whether a backup can be restored here: before anything is touched.

    :raises NotABackup: if a newer version made it.
    :raises CannotRestore: if this installation is not empty, or keeps another secret.
    """
    loader = MigrationLoader(None)
    known = {f"{app}.{name}" for app, name in loader.disk_migrations or ()}
    newer = sorted(set(backup.manifest.migrations) - known)
    if newer:
        version = backup.manifest.version
        raise NotABackup(f"备份由更新的版本（{version}）所做，本版本读不了；请升级后再恢复")
    check_secret(backup.manifest)
    if not is_empty(backup.manifest):
        raise CannotRestore(
            "目标数据库里已有内容，没有恢复；请换一个空的数据目录（KAOHE_DATA）或空的数据库（DATABASE_URL）"
        )


def check_secret(manifest: Manifest) -> None:
    """:raises CannotRestore: if what is sealed in the backup could not be opened here."""
    given = settings.ENVIRONMENT.secret_key
    same = fingerprint(settings.SECRET_KEY) == manifest.secret
    if given and not same:
        raise CannotRestore(
            "KAOHE_SECRET_KEY 与做备份时的不同，恢复后读不出加密的内容；请改用原来的密钥"
        )
    if not given and not same and SECRET not in manifest.members:
        raise CannotRestore(
            "备份里没有密钥（原系统的由 KAOHE_SECRET_KEY 给出）；请把 KAOHE_SECRET_KEY 设为原来的"
        )


def is_empty(manifest: Manifest) -> bool:
    """Whether nothing is in the database, or only what an interrupted restoration left: no row."""
    if schema().empty:
        return True
    if set(applied()) != set(manifest.migrations):
        return False
    there = set(connection.introspection.table_names())
    with connection.cursor() as cursor:
        for table in rows.tables():
            if table.name in there:
                cursor.execute(f"SELECT 1 FROM {rows.quoted(table.name)} LIMIT 1")  # noqa: S608 -- names of our models
                if cursor.fetchone() is not None:
                    return False
    return True


def restore(backup: Backup, at: dt.datetime) -> Restored:
    """Restore a backup that was checked, onto a newer version too, and onto either database.

    The record of it is the last entry of the trail.

    :raises CannotRestore: if the rows do not fit together, or the trail does not verify.
    """
    manifest = backup.manifest
    put_files(backup)
    put_secret(backup)
    go_to(manifest.migrations)
    count = put_rows(backup)
    call_command("migrate", verbosity=0, interactive=False)
    entries = verify(manifest)
    record = Restored(
        backup_made_at=manifest.made_at,
        backup_version=manifest.version,
        rows=count,
        files=len(manifest.files()),
        missing=len(manifest.missing),
        entries=entries,
        chain=manifest.chain,
        restored_at=at.astimezone(BEIJING).isoformat(timespec="seconds"),
    )
    trail.record("backup.restored", None, by=COMMAND, at=at, details=asdict(record))
    return record


def put_files(backup: Backup) -> None:
    """Put the evidence into the store; what is there already is left."""
    store = evidence_store()
    folder = settings.ENVIRONMENT.data
    for sha256 in backup.manifest.files():
        with (
            tempfile.NamedTemporaryFile(dir=folder, prefix="restore-") as file,
            backup.open(f"evidence/{sha256}") as source,
        ):
            for piece in pieces(source):
                file.write(piece)
            file.flush()
            store.put(Path(file.name), sha256)


def put_secret(backup: Backup) -> None:
    """Put the installation's secret into the data folder, unless the environment gives it."""
    if settings.ENVIRONMENT.secret_key or SECRET not in backup.manifest.members:
        return
    path = settings.ENVIRONMENT.data / SECRET
    fresh = path.with_name(SECRET + ".new")
    descriptor = os.open(fresh, os.O_WRONLY | os.O_CREAT | os.O_TRUNC, 0o600)
    with os.fdopen(descriptor, "wb") as file, backup.open(SECRET) as source:
        file.write(source.read())
        file.flush()
        os.fsync(file.fileno())
    fresh.replace(path)


def go_to(migrations: Iterable[str]) -> None:
    """Make the tables as they were when the backup was made."""
    wanted = {(name.partition(".")[0], name.partition(".")[2]) for name in migrations}
    executor = MigrationExecutor(connection)
    graph = executor.loader.graph
    last = [
        node
        for node in wanted
        if not any(
            child.key in wanted and child.key[0] == node[0]
            for child in graph.node_map[node].children
        )
    ]
    executor.migrate(sorted(last))


def put_rows(backup: Backup) -> int:
    """Put all rows in, in one transaction; how many.

    :raises CannotRestore: if they do not fit together.
    :raises DamagedBackup: if a table says other than the manifest.
    """
    there = set(connection.introspection.table_names())
    total = 0
    try:
        with transaction.atomic():
            for member in backup.manifest.tables():
                lines = backup.lines(member)
                table = rows.read_head(next(lines, ""))
                if table.name not in there:
                    raise DamagedBackup(f"{member}：没有名为 {table.name} 的表")
                count = rows.put(table, lines)
                if count != backup.manifest.rows.get(table.name):
                    raise DamagedBackup(f"{member}：行数与清单不符")
                rows.number_on(table)
                total += count
    except IntegrityError as error:
        raise CannotRestore(f"备份里的数据互相对不上，没有恢复：{error}") from error
    return total


def verify(manifest: Manifest) -> int:
    """Check the trail against the head that the backup noted; how many entries.

    :raises CannotRestore: if it does not hold.
    """
    anchor = read_anchor(manifest.chain)
    found = chain.verify(chain.in_order(), by_number([anchor] if anchor else []))
    if found.broken:
        raise CannotRestore(f"数据已恢复，但操作留痕不完整：{found.broken.why}")
    return found.entries
