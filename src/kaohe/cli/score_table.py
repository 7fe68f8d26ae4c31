"""Scores as tables for people: ranking first, then what is open and what acted across items."""

from collections.abc import Sequence
from decimal import Decimal

from rich.markup import escape
from rich.table import Table

from kaohe.cli.screen import heading, say, screen
from kaohe.quantity import ZERO, write_number
from kaohe.reading.writer import fingerprint
from kaohe.rubric.model import Rubric
from kaohe.scoring.result import UnitScore
from kaohe.wording.sentences import effect_sentence
from kaohe.wording.words import Lang, Words

HEADS: dict[str, dict[str, str]] = {
    "zh": {
        "rank": "名次",
        "unit": "单位",
        "total": "总分",
        "grade": "等级",
        "open": "未定",
        "outside": "总分外",
        "none": "未定",
        "cannot": "有未定的得分，本组名次暂缺",
        "fingerprint": "版次指纹",
    },
    "en": {
        "rank": "Rank",
        "unit": "Unit",
        "total": "Total",
        "grade": "Grade",
        "open": "Open",
        "outside": "Outside",
        "none": "open",
        "cannot": "some scores are open, so the ranks of this group are too",
        "fingerprint": "Edition",
    },
}


def print_scores(rubric: Rubric, scores: Sequence[UnitScore], lang: Lang) -> None:
    """A table per group, the best first, and below it whatever acted across items."""
    heads = HEADS[lang]
    for group in dict.fromkeys(result.facts.unit.group for result in scores):
        members = [result for result in scores if result.facts.unit.group == group]
        members.sort(key=lambda result: (-result.high, -result.low))
        heading(f"{rubric.title} · {group}")
        screen().print(_table(rubric, members, heads))
        if any(result.rank is None for result in members):
            say(f"  {heads['cannot']}", style="yellow")
        _print_effects(rubric, members, lang)
    say(f"{heads['fingerprint']}：{fingerprint(rubric)}", style="dim")


def _table(rubric: Rubric, members: Sequence[UnitScore], heads: dict[str, str]) -> Table:
    table = Table(box=None, header_style="bold", pad_edge=False, padding=(0, 2))
    table.add_column(heads["rank"], justify="right")
    table.add_column(heads["unit"])
    table.add_column(heads["total"], justify="right")
    table.add_column(heads["grade"], justify="center")
    for section in rubric.sections:
        title = escape(f"{section.title} {write_number(section.points)}")
        table.add_column(title, justify="right")
    if rubric.adjustments:
        table.add_column(heads["outside"], justify="right")
    table.add_column(heads["open"], justify="right")
    for result in members:
        table.add_row(*_row(rubric, result, heads))
    return table


def _row(rubric: Rubric, result: UnitScore, heads: dict[str, str]) -> list[str]:
    parts = [part for item in result.items for part in item.parts]
    left_open = [part for part in parts if not part.settled]
    places = [{c.id for c in section.all_criteria()} for section in rubric.sections]
    if rubric.adjustments:
        places.append({criterion.id for criterion in rubric.adjustments})
    return [
        "–" if result.rank is None else str(result.rank),
        escape(result.facts.unit.name),
        span_text(result.low, result.high),
        escape(result.grade or heads["none"]),
        *(_sum(result, ids) for ids in places),
        str(len(left_open)) if left_open else "",
    ]


def _sum(result: UnitScore, ids: set[str]) -> str:
    items = [item for item in result.items if item.criterion.id in ids]
    low = sum((item.low for item in items), ZERO)
    high = sum((item.high for item in items), ZERO)
    return span_text(low, high)


def span_text(low: Decimal, high: Decimal) -> str:
    """A score, or the range it lies in."""
    if low == high:
        return write_number(low)
    return f"{write_number(low)}–{write_number(high)}"


def _print_effects(rubric: Rubric, members: Sequence[UnitScore], lang: Lang) -> None:
    words = Words.of(rubric, lang)
    for result in members:
        for effect in result.effects:
            sentence = effect_sentence(effect, rubric, words)
            say(f"  {result.facts.unit.name}：{sentence}", style="red")
