"""``kaohe outlook``: what moves if …; the cheapest way up; what a result rests on."""

import click

from kaohe.cli.options import DATA, JSON, READINGS, RUBRIC, data_for, print_json, rubric_read_as
from kaohe.errors import UnknownName
from kaohe.scoring.outlook.setting import BadSetting

EPILOG = """\b
例：
  kaohe outlook shuangtaizi-2017 数据表.xlsx
  kaohe outlook shuangtaizi-2017 数据表.xlsx --unit u02 --to A
  kaohe outlook shuangtaizi-2017 数据表.xlsx --unit u02 --cost M13=5 --cost G1=8
  kaohe outlook shuangtaizi-2017 数据表.xlsx --set u02.vegetable_pass_rate=95
  kaohe outlook shuangtaizi-2017 数据表.xlsx --set u02.target:manufacturing_pass_rate=94
  kaohe outlook shuangtaizi-2017 数据表.xlsx --reading G3-fifth=more-than

写了 --set 或 --reading 时，列出有变动的得分、平均值、名次和等级；
否则列出每个单位怎样最省力地升一级，以及哪些等级和名次不稳固。
"""


def _costs(
    ctx: click.Context, param: click.Parameter, values: tuple[str, ...]
) -> dict[str, str] | None:
    del ctx
    costs = {}
    for value in values:
        part, equals, cost = value.partition("=")
        if not (part and equals and cost):
            raise click.BadParameter(f"“{value}”应写成 分项=成本，例如 M13=5", param=param)
        costs[part] = cost
    return costs or None


@click.command("outlook", epilog=EPILOG)
@RUBRIC
@DATA
@click.option(
    "--set",
    "settings",
    multiple=True,
    metavar="UNIT.INDICATOR=VALUE",
    help="假如这个值是这样，可写多次",
)
@READINGS
@click.option("--unit", help="只看这个单位怎样升级（编号）")
@click.option("--to", "grade", help="升到哪一级；不写则升一级")
@click.option(
    "--cost",
    "costs",
    multiple=True,
    callback=_costs,
    metavar="PART=COST",
    help="改进这个分项的成本，可写多次",
)
@JSON
def command(
    rubric: str,
    data: str,
    settings: tuple[str, ...],
    readings: dict[str, str],
    unit: str | None,
    grade: str | None,
    costs: dict[str, str] | None,
    as_json: bool,
) -> None:
    """假如数值、目标或口径变动，什么会变；怎样升级；结果是否稳固。"""
    from kaohe.cli.outlook_found import Outlook  # noqa: PLC0415 -- not needed for help

    rubric_read_as(rubric, readings)
    printed = rubric_read_as(rubric, {})
    try:
        found = Outlook.of(
            printed,
            data_for(printed, data),
            settings=settings,
            readings=readings,
            unit=unit,
            grade=grade,
            costs=costs,
        )
    except (UnknownName, BadSetting) as error:
        raise click.UsageError(str(error)) from error
    if as_json:
        print_json(found.as_plain())
    else:
        from kaohe.cli.outlook_table import print_outlook  # noqa: PLC0415 -- slow import

        print_outlook(found)
