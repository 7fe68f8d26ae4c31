"""``kaohe backup``: the whole installation in one file."""

from pathlib import Path

import click

from kaohe_web.commands.ready import Failed, database_failures, ready


@click.command(short_help="备份：数据库、佐证材料、清单")
@click.option(
    "-o",
    "--output",
    required=True,
    type=click.Path(dir_okay=False, path_type=Path),
    help="备份文件（.zip）",
)
def command(output: Path) -> None:
    """把整个系统备份成一个文件：数据库、佐证材料、密钥，附校验清单；不必停止服务。

    备份含本系统的密钥和全部内容，请妥善保管。
    """
    ready()
    from django.utils import timezone  # noqa: PLC0415 -- Django had to wake first

    from kaohe_web.keeping import backup  # noqa: PLC0415 -- the same

    with database_failures():
        made = backup.make(output, timezone.now())
    manifest = made.manifest
    click.echo(f"已备份到 {made.path}")
    click.echo(f"  {sum(manifest.rows.values())} 行数据，{len(manifest.files())} 个佐证文件")
    click.echo(f"  留痕链头 {manifest.chain}")
    click.echo(f"  文件校验值 sha256:{made.sha256}")
    if manifest.missing:
        raise Failed(
            f"有 {len(manifest.missing)} 个佐证文件丢失或损坏，没有备份到："
            + "、".join(sha256[:12] for sha256 in manifest.missing[:10])
            + "；请查明后再备份一次"
        )
