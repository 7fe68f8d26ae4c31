"""``kaohe template``: the data workbook that officials fill in Excel or WPS."""

from pathlib import Path

import click

from kaohe.cli.options import RUBRIC, data_for
from kaohe.reading.load import load_rubric

EPILOG = """\b
例：
  kaohe template shuangtaizi-2017 -o 数据表.xlsx
  kaohe template shuangtaizi-2017 -o 数据表.xlsx --units 20
  kaohe template shuangtaizi-2017 -o 数据表.xlsx --data 数据.json
"""


@click.command("template", epilog=EPILOG)
@RUBRIC
@click.option(
    "-o", "--output", required=True, type=click.Path(dir_okay=False), help="写到哪个 .xlsx 文件"
)
@click.option(
    "--units", type=click.IntRange(1, 200), default=12, show_default=True, help="预留几个单位"
)
@click.option(
    "--data", type=click.Path(exists=True, dir_okay=False), help="先填入这份数据（JSON 或数据表）"
)
def command(rubric: str, output: str, units: int, data: str | None) -> None:
    """生成一份空的（或已填入数据的）Excel 数据表。"""
    from kaohe.workbook.template import write_template  # noqa: PLC0415 -- slow import

    path = Path(output)
    if path.suffix.lower() != ".xlsx":
        raise click.BadOptionUsage("output", f"“{output}”应以 .xlsx 结尾")
    if not path.parent.is_dir():
        raise click.BadOptionUsage("output", f"没有“{path.parent}”这个文件夹；请先建好")
    loaded = load_rubric(rubric)
    write_template(loaded, path, data=data_for(loaded, data) if data else None, slots=units)
    click.echo(
        f"已写出 {path}。请用 Excel 或 WPS 填好，再运行：kaohe score {rubric} {path}", err=True
    )
