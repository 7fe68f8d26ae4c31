"""``kaohe score``: a cohort's totals, grades and ranks, and every score with its reason."""

from pathlib import Path
from typing import Literal

import click

from kaohe.cli.options import (
    DATA,
    JSON,
    LANG,
    READINGS,
    RUBRIC,
    data_for,
    print_json,
    rubric_read_as,
)

EPILOG = """\b
例：
  kaohe score shuangtaizi-2017 数据.json --json
  kaohe score shuangtaizi-2017 数据表.xlsx --sheets 得分表
  kaohe score shuangtaizi-2017 数据表.xlsx --reading G3-fifth=more-than

DATA 是 JSON 文件，或由 kaohe template 生成并填好的 Excel 数据表。
缺少的数据不当作 0：得分是一个范围，直到补上数据或评审员给分。
"""


@click.command("score", epilog=EPILOG)
@RUBRIC
@DATA
@JSON
@READINGS
@LANG
@click.option(
    "--sheets",
    type=click.Path(file_okay=False),
    metavar="FOLDER",
    help="为每个单位写一份 Excel 得分说明表到这个文件夹",
)
def command(
    rubric: str,
    data: str,
    as_json: bool,
    readings: dict[str, str],
    lang: Literal["zh", "en"],
    sheets: str | None,
) -> None:
    """给 DATA 中的每个单位计分：总分（或范围）、等级、组内名次。"""
    from kaohe.scoring.score import score  # noqa: PLC0415 -- not needed for help

    read_as = rubric_read_as(rubric, readings)
    scores = score(read_as, data_for(read_as, data))
    if sheets is not None:
        from kaohe.cli.sheets import write_sheets  # noqa: PLC0415 -- slow import, only for sheets

        write_sheets(read_as, scores, Path(sheets), lang)
    if as_json:
        from kaohe.wording.result_json import result_as_plain  # noqa: PLC0415 -- not needed for help

        print_json(result_as_plain(read_as, scores, lang))
        return
    from kaohe.cli.score_table import print_scores  # noqa: PLC0415 -- slow import, only for tables

    print_scores(read_as, scores, lang)
