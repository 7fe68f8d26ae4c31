"""What the subcommands share: finding a rubric and data, choosing readings, the language."""

from collections.abc import Callable, Mapping
from pathlib import Path
from typing import Any, TypeVar

import click

from kaohe.errors import UnknownName
from kaohe.reading.load import built_in_names, load_rubric
from kaohe.rubric.interpretation import choose
from kaohe.rubric.model import Rubric
from kaohe.scoring.observations import Dataset

F = TypeVar("F", bound=Callable[..., Any])

DATA = click.argument("data", type=click.Path(exists=True, dir_okay=False))
JSON = click.option("--json", "as_json", is_flag=True, help="输出 JSON，供程序使用")
LANG = click.option(
    "--lang", type=click.Choice(["zh", "en"]), default="zh", show_default=True, help="说明的语言"
)


def _rubric_name(ctx: click.Context, param: click.Parameter, value: str) -> str:
    del ctx
    if value in built_in_names() or Path(value).is_file():
        return value
    known = "、".join(built_in_names())
    raise click.BadParameter(
        f"没有名为“{value}”的内置细则，也没有这个文件；内置的有：{known}", param=param
    )


RUBRIC = click.argument("rubric", callback=_rubric_name)


def _choices(ctx: click.Context, param: click.Parameter, values: tuple[str, ...]) -> dict[str, str]:
    del ctx
    choices = {}
    for value in values:
        name, equals, choice = value.partition("=")
        if not (name and equals and choice):
            raise click.BadParameter(
                f"“{value}”应写成 口径=选项，例如 G3-fifth=more-than", param=param
            )
        choices[name] = choice
    return choices


READINGS = click.option(
    "--reading",
    "readings",
    multiple=True,
    callback=_choices,
    metavar="ID=CHOICE",
    help="这一次改用另一种口径，可写多次；有哪些口径见 kaohe show --readings",
)


def rubric_read_as(name: str, readings: Mapping[str, str]) -> Rubric:
    """The rubric of that name with these choices in force.

    :raises click.UsageError: for a reading or a choice that it does not have.
    """
    rubric = load_rubric(name)
    try:
        return choose(rubric, readings)
    except UnknownName as error:
        raise click.BadOptionUsage("reading", str(error)) from error


def data_for(rubric: Rubric, path: str) -> Dataset:
    """The observations in a JSON file or a filled workbook; warnings go to standard error."""
    from kaohe.workbook.load import load_data  # noqa: PLC0415 -- slow import, not needed for help

    data, warnings = load_data(path, rubric)
    for warning in warnings:
        click.echo(warning, err=True)
    return data


def print_json(value: Any) -> None:  # noqa: ANN401 -- anything that JSON holds
    """One JSON object on standard output, and nothing else."""
    import json  # noqa: PLC0415 -- not needed for tables

    click.echo(json.dumps(value, ensure_ascii=False, indent=1))
