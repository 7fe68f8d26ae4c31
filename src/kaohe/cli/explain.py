"""``kaohe explain``: why each point was lost, and what would have earned it."""

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
  kaohe explain shuangtaizi-2017 数据表.xlsx u03
  kaohe explain shuangtaizi-2017 数据表.xlsx u03 G2
  kaohe explain shuangtaizi-2017 数据表.xlsx u03 G2.1 --json

UNIT 是单位的编号或名称；ITEM 是考核要点或分项的编号，不写则列出全部失分和未定之处。
"""


@click.command("explain", epilog=EPILOG)
@RUBRIC
@DATA
@click.argument("unit")
@click.argument("item", required=False)
@JSON
@READINGS
@LANG
def command(
    rubric: str,
    data: str,
    unit: str,
    item: str | None,
    as_json: bool,
    readings: dict[str, str],
    lang: Literal["zh", "en"],
) -> None:
    """说明一个单位每一分为什么失去，怎样能得回来。"""
    from kaohe.cli.explanation import find_parts, find_unit, print_explanation  # noqa: PLC0415 -- slow import
    from kaohe.scoring.score import score  # noqa: PLC0415 -- not needed for help
    from kaohe.wording.trace import trace_part  # noqa: PLC0415 -- not needed for help

    read_as = rubric_read_as(rubric, readings)
    result = find_unit(score(read_as, data_for(read_as, data)), unit)
    parts = find_parts(result, item)
    traces = [trace_part(part, result.facts, read_as, lang) for part in parts]
    if as_json:
        print_json({"unit": result.facts.unit.id, "parts": [trace.as_plain() for trace in traces]})
        return
    print_explanation(read_as, result, traces, lang, in_full=item is not None)
