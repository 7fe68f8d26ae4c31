"""``kaohe audit verify``: checks the trail, against anchors from papers and backups too."""

import click

from kaohe_web.commands.ready import Failed, database_failures, ready


@click.group(short_help="核验操作留痕")
def command() -> None:
    """操作留痕：逐条核验是否完整。"""


VERIFY = """\b
例：
  kaohe audit verify
  kaohe audit verify --anchor 1280=sha256:…（照正式文件页脚或备份清单原样抄）
"""


@command.command(epilog=VERIFY)
@click.option(
    "--anchor",
    "anchors",
    multiple=True,
    metavar="序号=校验值",
    help="留在别处的凭据（正式文件页脚、备份清单），可写多次",
)
def verify(anchors: tuple[str, ...]) -> None:
    """逐条核验操作留痕；有问题时说出第一条不对的，退出码为 1。"""
    ready()
    from kaohe_web.audit.anchor import by_number, read_anchor  # noqa: PLC0415 -- Django is awake
    from kaohe_web.keeping.verification import check  # noqa: PLC0415 -- the same

    kept = [read_anchor(text) for text in anchors]
    if None in kept:
        wrong = anchors[kept.index(None)]
        raise click.BadParameter(
            f"“{wrong}”应为 序号=sha256:… （照页脚原样抄）", param_hint="--anchor"
        )
    with database_failures():
        found = check(by_number(each for each in kept if each))
    broken = found["broken"]
    if isinstance(broken, dict):
        raise Failed(f"操作留痕不完整：{broken['why']}")
    unguarded = found["unguarded"]
    if isinstance(unguarded, list) and unguarded:
        raise Failed(f"各条完整，但防改动的触发器被去掉了：{'、'.join(unguarded)}")
    click.echo(f"操作留痕完整：共 {found['entries']} 条，链头 {found['entries']}={found['head']}")
