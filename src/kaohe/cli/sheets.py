"""Score sheets for every unit, as files named after the units."""

import re
from collections.abc import Sequence
from pathlib import Path

import click

from kaohe.cli.screen import follow
from kaohe.rubric.model import Rubric
from kaohe.scoring.result import PartScore, UnitScore
from kaohe.wording.sentences import explain_part
from kaohe.wording.words import Lang, Words
from kaohe.workbook.score_sheet import write_score_sheet

MOST_BYTES = 110
"""Half of what file systems allow for a name, less what is added to it."""

UNSAFE = re.compile(r'[\x00-\x1f<>:"/\\|?*.\s]+')
"""What file systems or shells take for something else than a name."""


def write_sheets(rubric: Rubric, scores: Sequence[UnitScore], folder: Path, lang: Lang) -> None:
    """Write one score sheet per unit into the folder, which is made if it is not there."""
    try:
        folder.mkdir(parents=True, exist_ok=True)
    except OSError as error:
        message = f"建不了文件夹“{folder}”（{error.strerror}）；请换一个位置"
        raise click.BadOptionUsage("sheets", message) from error
    words = Words.of(rubric, lang)

    def explain(part: PartScore) -> str:
        return explain_part(part, words)

    for result in follow(scores, "写得分说明表"):
        write_score_sheet(rubric, result, folder / file_name(result), explain)
    click.echo(f"已写出 {len(scores)} 份得分说明表，在 {folder}", err=True)


def file_name(result: UnitScore) -> str:
    """A name for a unit's sheet that is safe everywhere: its id, which is its own, and its name."""
    unit = result.facts.unit
    parts = (UNSAFE.sub("_", text).strip("_") for text in (unit.id, unit.name))
    return "-".join(short(part) for part in parts if part) + ".xlsx"


def short(text: str) -> str:
    """As much of a text as fits into half a file name, which file systems count in bytes."""
    return text.encode()[:MOST_BYTES].decode(errors="ignore")
