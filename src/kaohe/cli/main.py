"""The command itself: names its subcommands, loads one when it is called, words every error."""

import importlib
import io
import os
import sys
from typing import NoReturn

import click

from kaohe import __version__
from kaohe.errors import KaoheError

COMMANDS = {
    "score": ("kaohe.cli.score", "给一份数据计分：总分、等级、名次，每一分的理由"),
    "explain": ("kaohe.cli.explain", "说明一个单位为什么失分，怎样能得回来"),
    "outlook": ("kaohe.cli.outlook", "假如数值、目标或口径变动；怎样最省力地升一级；结果是否稳固"),
    "template": ("kaohe.cli.template", "生成供填报的 Excel 数据表"),
    "show": ("kaohe.cli.show", "把评分细则按层级列出：分值、部门、规则"),
    "lint": ("kaohe.cli.lint", "检查评分细则：空档、重叠、加不平、未写明之处"),
}
"""Each subcommand: where it lives, and its line in the overview (so that ``--help`` loads none)."""

OF_THE_SITE = {
    "serve": "启动网站",
    "worker": "执行后台任务（serve 默认自带一个）",
    "backup": "备份：数据库、佐证材料、清单",
    "restore": "从备份恢复，或做恢复演练",
    "audit": "核验操作留痕",
}
"""The subcommands of the site in the overview; they come by the entry points of ``GROUP``."""

GROUP = "kaohe.commands"

EPILOG = """\b
例：
  kaohe template shuangtaizi-2017 -o 数据表.xlsx
  kaohe score shuangtaizi-2017 数据表.xlsx
  kaohe explain shuangtaizi-2017 数据表.xlsx u01 G2
  kaohe lint 我的细则.yaml
"""


class Commands(click.Group):
    """A group that imports a subcommand only when it is called."""

    def list_commands(self, ctx: click.Context) -> list[str]:
        """The subcommands, the most used first."""
        del ctx
        return [*COMMANDS, *OF_THE_SITE]

    def get_command(self, ctx: click.Context, cmd_name: str) -> click.Command | None:
        """The subcommand of that name."""
        del ctx
        if cmd_name not in COMMANDS:
            return installed(cmd_name)
        module = importlib.import_module(COMMANDS[cmd_name][0])
        command: click.Command = module.command
        return command

    def format_commands(self, ctx: click.Context, formatter: click.HelpFormatter) -> None:
        """The overview, without loading anything."""
        del ctx
        with formatter.section("命令"):
            formatter.write_dl([(name, line) for name, (_, line) in COMMANDS.items()])
        with formatter.section("网站"):
            formatter.write_dl(list(OF_THE_SITE.items()))


def installed(name: str) -> click.Command | None:
    """The subcommand that an installed package brings; the library itself knows none of them."""
    from importlib.metadata import entry_points  # noqa: PLC0415 -- slow, and seldom needed

    for found in entry_points(group=GROUP, name=name):
        command: click.Command = found.load()
        return command
    return None


@click.group(cls=Commands, epilog=EPILOG, context_settings={"help_option_names": ["-h", "--help"]})
@click.version_option(__version__, "--version", prog_name="kaohe")
def kaohe() -> None:
    """考核：把官方评分细则变成可计算、可核对、可解释的数据。

    RUBRIC 是内置细则的名称（shuangtaizi-2017、example-county），或一个 YAML 文件的路径。
    """


def main() -> NoReturn:
    """Run the command and leave with its exit status.

    0 done; 1 a user's file has mistakes (each on a line of standard error); 2 wrong use.
    """
    for stream in (sys.stdout, sys.stderr):
        if isinstance(stream, io.TextIOWrapper):
            stream.reconfigure(errors="backslashreplace")
    try:
        status = kaohe.main(standalone_mode=False)
    except click.ClickException as error:
        error.show()
        sys.exit(error.exit_code)
    except click.Abort:
        sys.exit(130)
    except KaoheError as error:
        click.echo(str(error), err=True)
        sys.exit(1)
    except BrokenPipeError:
        leave_quietly()
        sys.exit(0)
    except OSError as error:
        click.echo(f"写不出结果（{error.strerror}）；请检查磁盘空间和写入权限", err=True)
        leave_quietly()
        sys.exit(1)
    sys.exit(status if isinstance(status, int) else 0)


def leave_quietly() -> None:
    """Send what is still buffered nowhere: its reader is gone, and Python would complain."""
    os.dup2(os.open(os.devnull, os.O_WRONLY), sys.stdout.fileno())
