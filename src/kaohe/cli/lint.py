"""``kaohe lint``: what is wrong with a rubric, what is settled by a reading, what is open."""

import click

from kaohe.cli.options import JSON, RUBRIC, print_json
from kaohe.reading.load import load_rubric

EPILOG = """\b
例：
  kaohe lint shuangtaizi-2017
  kaohe lint 我的细则.yaml --json

有未经口径放行的错误（error）时，退出状态为 1。
"""


@click.command("lint", epilog=EPILOG)
@RUBRIC
@JSON
@click.option("--all", "show_all", is_flag=True, help="连同已由口径放行的发现一起列出")
def command(rubric: str, as_json: bool, show_all: bool) -> None:
    """检查一份评分细则，列出空档、重叠、加不平、未写明之处。"""
    from kaohe.lint.run import has_errors, lint  # noqa: PLC0415 -- not needed for help

    findings = lint(load_rubric(rubric))
    if as_json:
        print_json({"findings": [finding.as_plain() for finding in findings]})
    else:
        from kaohe.cli.lint_table import print_findings  # noqa: PLC0415 -- slow import

        print_findings(findings, show_all=show_all)
    if has_errors(findings):
        raise click.exceptions.Exit(1)
