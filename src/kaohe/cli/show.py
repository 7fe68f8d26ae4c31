"""``kaohe show``: the rubric as a tree that a clerk can lay beside the printed page."""

from typing import Literal

import click

from kaohe.cli.options import LANG, READINGS, RUBRIC, rubric_read_as

EPILOG = """\b
例：
  kaohe show shuangtaizi-2017
  kaohe show shuangtaizi-2017 --readings
  kaohe show shuangtaizi-2017 --printed
"""


@click.command("show", epilog=EPILOG)
@RUBRIC
@READINGS
@LANG
@click.option("--readings", "only_readings", is_flag=True, help="只列出口径登记")
@click.option("--printed", is_flag=True, help="按原文列出规则，不套用口径")
def command(
    rubric: str,
    readings: dict[str, str],
    lang: Literal["zh", "en"],
    only_readings: bool,
    printed: bool,
) -> None:
    """按层级列出评分细则：分值、负责部门、每条规则怎样计分。"""
    from kaohe.cli.show_tree import print_readings, print_rubric  # noqa: PLC0415 -- slow import

    read_as = rubric_read_as(rubric, readings)
    if only_readings:
        print_readings(read_as)
    else:
        print_rubric(read_as, lang, printed=printed)
