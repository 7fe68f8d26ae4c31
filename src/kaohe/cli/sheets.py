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

UNSAFE = re.compile(r'[\x00-\x1f<>:"/\\|?*.\s]+')
"""What file systems or shells take for something else than a name."""


def write_sheets(rubric: Rubric, scores: Sequence[UnitScore], folder: Path, lang: Lang) -> None:
    """Write one score sheet per unit into the folder, which is made if it is not there."""
    folder.mkdir(parents=True, exist_ok=True)
    words = Words.of(rubric, lang)

    def explain(part: PartScore) -> str:
        return explain_part(part, words)

    for result in follow(scores, "写得分说明表"):
        write_score_sheet(rubric, result, folder / file_name(result), explain)
    click.echo(f"已写出 {len(scores)} 份得分说明表，在 {folder}", err=True)


def file_name(result: UnitScore) -> str:
    """A name for a unit's sheet that is safe everywhere: its id, which is its own, and its name."""
    unit = result.facts.unit
    parts = (UNSAFE.sub("_", text).strip("_")[:60] for text in (unit.id, unit.name))
    return "-".join(part for part in parts if part) + ".xlsx"
