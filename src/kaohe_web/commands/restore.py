"""``kaohe restore``: a backup into an empty installation, or as a drill beside a living one."""

import os
import subprocess
import sys
import tempfile
from pathlib import Path

import click

from kaohe_web.commands.ready import Failed, database_failures, ready


@click.command(short_help="从备份恢复，或做恢复演练")
@click.argument("backup", type=click.Path(dir_okay=False, path_type=Path))
@click.option("--drill", is_flag=True, help="演练：恢复到临时目录并核验，随即删除，只留下演练记录")
def command(backup: Path, *, drill: bool) -> None:
    """先核对备份的每一项，再恢复到空的数据目录或空的数据库；对不上的一概不恢复。"""
    if drill:
        drill_it(backup)
    else:
        restore_it(backup)


def restore_it(path: Path) -> None:
    """Verify, restore, verify again, and say what was restored."""
    environment = ready()
    from django.utils import timezone  # noqa: PLC0415 -- Django had to wake first

    from kaohe_web.keeping import restore  # noqa: PLC0415 -- the same
    from kaohe_web.keeping.archive import opened  # noqa: PLC0415 -- the same
    from kaohe_web.keeping.running import alone  # noqa: PLC0415 -- the same

    with alone(environment.data), opened(path) as backup, database_failures():
        restore.check(backup)
        record = restore.restore(backup, timezone.now())
    click.echo(f"已从 {path} 恢复（备份于 {record.backup_made_at}）")
    click.echo(f"  {record.rows} 行数据，{record.files} 个佐证文件，校验值全部相符")
    click.echo(f"  操作留痕完整：{record.entries} 条，与备份时的链头相符")
    if record.missing:
        click.echo(f"  备份时就已丢失或损坏的佐证文件：{record.missing} 个")


def drill_it(path: Path) -> None:
    """Restore into a folder that is thrown away, and note in this installation that it worked."""
    environment = ready()
    variables = {name: value for name, value in os.environ.items() if name not in ELSEWHERE}
    environment.data.mkdir(mode=0o700, parents=True, exist_ok=True)
    with tempfile.TemporaryDirectory(dir=environment.data, prefix="drill-") as folder:
        done = subprocess.run(  # noqa: S603 -- this very command
            [sys.executable, "-m", "kaohe", "restore", str(path.resolve())],
            env={**variables, "KAOHE_DATA": folder},
            capture_output=True,
            text=True,
            check=False,
        )
    if done.returncode != 0:
        raise Failed("恢复演练没有通过：\n" + done.stderr.strip())
    from django.utils import timezone  # noqa: PLC0415 -- Django had to wake first

    from kaohe_web.audit import trail  # noqa: PLC0415 -- the same
    from kaohe_web.keeping.backup import COMMAND, hash_of  # noqa: PLC0415 -- the same

    details = {"file": path.name, "sha256": hash_of(path), "found": done.stdout.strip()}
    with database_failures():
        trail.record("backup.drilled", None, by=COMMAND, at=timezone.now(), details=details)
    click.echo(done.stdout.strip())
    click.echo("恢复演练通过，已记入操作留痕；演练的数据已删除")


ELSEWHERE = ("DATABASE_URL", "KAOHE_EVIDENCE_URL")
"""What a drill must not touch: it has a database and a store of its own."""
