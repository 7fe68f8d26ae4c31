"""One unit's lost points on the terminal: the reason of each, and the way to get it back."""

from collections.abc import Sequence

import click
from rich.markup import escape
from rich.padding import Padding

from kaohe.cli.score_table import span_text
from kaohe.cli.screen import heading, say, screen
from kaohe.quantity import write_number
from kaohe.rubric.model import Rubric
from kaohe.scoring.result import PartScore, UnitScore
from kaohe.wording.effects import effect_sentence
from kaohe.wording.trace import PartTrace
from kaohe.wording.words import Lang, Words

LABELS: dict[str, dict[str, str]] = {
    "zh": {
        "total": "总分",
        "grade": "等级",
        "rank": "名次",
        "of": "满分",
        "rule": "规则",
        "why": "理由",
        "reading": "口径",
        "regain": "得回",
        "undecided": "尚未决定",
        "nothing": "没有失分，也没有未定之处。",
        "lost": "失分和未定之处",
    },
    "en": {
        "total": "total",
        "grade": "grade",
        "rank": "rank",
        "of": "of",
        "rule": "rule",
        "why": "why",
        "reading": "reading",
        "regain": "regain",
        "undecided": "not decided",
        "nothing": "No point was lost and nothing is open.",
        "lost": "What was lost or is open",
    },
}


def find_unit(scores: Sequence[UnitScore], name: str) -> UnitScore:
    """The result of the unit of that id, or of that name.

    :raises click.BadParameter: if there is none.
    """
    for result in scores:
        if result.facts.unit.id == name:
            return result
    for result in scores:
        if result.facts.unit.name == name:
            return result
    known = "、".join(f"{r.facts.unit.id}（{r.facts.unit.name}）" for r in scores)
    raise click.BadParameter(f"数据里没有“{name}”这个单位；有：{known}", param_hint="UNIT")


def find_parts(result: UnitScore, item_id: str | None) -> list[PartScore]:
    """The parts of an item, or without one every part that lost points or is open.

    :raises click.BadParameter: if the unit is not scored on such an item.
    """
    parts = [part for item in result.items for part in item.parts]
    if item_id is None:
        return [part for part in parts if part.score is None or part.score < part.part.points]
    item = result.item(item_id)
    if item is None:
        known = "、".join(item.criterion.id for item in result.items)
        raise click.BadParameter(f"没有“{item_id}”这个条目；有：{known}", param_hint="ITEM")
    if item.criterion.id == item_id:
        return list(item.parts)
    return [part for part in item.parts if part.part.id == item_id]


def print_explanation(
    rubric: Rubric,
    result: UnitScore,
    traces: Sequence[PartTrace],
    lang: Lang,
    *,
    in_full: bool,
) -> None:
    """The head of the unit, then each part's reason and the way to regain what was lost."""
    label = LABELS[lang]
    unit = result.facts.unit
    grade, rank = result.grade or "–", "–" if result.rank is None else str(result.rank)
    total = span_text(result.low, result.high)
    heading(
        f"{unit.name}  {label['total']} {total}  {label['grade']} {grade}  {label['rank']} {rank}"
    )
    words = Words.of(rubric, lang)
    for effect in result.effects:
        say(f"  {effect_sentence(effect, rubric, words)}", style="red")
    if not traces:
        say(f"  {label['nothing']}", style="green")
        return
    if not in_full:
        say(f"{label['lost']}：", style="bold")
    for trace in traces:
        _print_trace(trace, label, in_full=in_full)


def _print_trace(trace: PartTrace, label: dict[str, str], *, in_full: bool) -> None:
    score, points = span_text(trace.low, trace.high), write_number(trace.points)
    title = f"[cyan]{escape(trace.part)}[/] {escape(trace.title)}"
    screen().print(f"{title}  [bold]{score}[/]（{label['of']} {points}）")
    _line(label["why"], trace.explanation)
    if in_full:
        _line(label["rule"], trace.rule)
        for reading in trace.readings:
            decided = f"{reading.id} = {reading.choice}：{reading.meaning}"
            undecided = f"{reading.id}：{label['undecided']}"
            _line(label["reading"], decided if reading.choice else undecided)
    for way in trace.regain:
        _line(label["regain"], way, style="green")


def _line(label: str, text: str, style: str = "") -> None:
    screen().print(Padding(f"[dim]{label}[/] {escape(text)}", (0, 0, 0, 4)), style=style)
