"""An outlook on the terminal: moves as lines, ways as steps, robustness as one line per unit."""

from decimal import Decimal

from rich.markup import escape

from kaohe.cli.outlook_found import Outlook
from kaohe.cli.score_table import span_text
from kaohe.cli.screen import heading, say, screen
from kaohe.quantity import write_number
from kaohe.rules.base import IndicatorId
from kaohe.scoring.outlook.improve import Improvement, NoWay, Step
from kaohe.scoring.outlook.robust import Footing, Fragile, ValueEdge
from kaohe.scoring.outlook.whatif import Move, Range, UnitMove, WhatIf
from kaohe.wording.words import Words, shown

NO_WAY = {
    "best": "已是最高等级",
    "reached": "已经达到",
    "veto": "有否决项（{by}），得分再高也升不了级",
    "precondition": "前提条件（{by}）无法满足",
    "points": "即使各项都做到最好，也只有 {most} 分",
}


def print_outlook(found: Outlook) -> None:
    """What moves where something is supposed; else the ways up and what results rest on."""
    words = Words.of(found.rubric)
    if found.supposes:
        _print_moves(found.moves(), words)
        return
    heading("怎样最省力地升级（改动的分项最少，其次提高的分最少；其他单位不变，平均值随之重算）")
    for way in found.ways():
        _print_way(way, words)
    robust = found.footing()
    tried = f"试了 {robust.values_tried} 处数值、{robust.readings_tried} 种口径，每次只动一处"
    heading(f"结果是否稳固（{tried}）")
    opening = {
        f.cause: None for each in robust.footings for f in each.rank_rests_on if opens(f, each)
    }
    for footing in robust.footings:
        if footing.unit in found.units:
            _print_footing(footing, words)
    if opening:
        say(f"  另有 {len(opening)} 处变动会使得分未定，本组名次随之暂缺。", style="dim")


def _print_moves(found: WhatIf, words: Words) -> None:
    heading("假如")
    for change in found.values:
        kind = "目标值" if change.kind == "target" else ""
        place = f"{change.unit} {words.title(IndicatorId(change.name))}{kind}"
        say(f"  {place}：{_number(change.change)}")
    for choice in found.readings:
        say(f"  口径 {choice.name}：{choice.change.before or '未定'} → {choice.change.after}")
    heading("变动")
    if not found.moved:
        say("  得分、平均值、名次和等级都不变。", style="green")
    for mean in found.means:
        before, after = (
            "未知" if each is None else shown(each.value())
            for each in (mean.mean.before, mean.mean.after)
        )
        title = words.title(mean.indicator)
        say(f"  {mean.group} {title}平均值：{before} → {after}")
    for unit in found.moved:
        _print_unit(unit)


def _print_unit(unit: UnitMove) -> None:
    told = [f"总分 {_range(unit.total)}"]
    told += [f"等级 {escape(_word(unit.grade))}"] if unit.grade.moves else []
    told += [f"名次 {_word(unit.rank)}"] if unit.rank.moves else []
    screen().print(f"  [bold]{escape(unit.before.facts.unit.name)}[/]  {'  '.join(told)}")
    for item in unit.items:
        for part in item.parts:
            title = f"[cyan]{escape(part.before.part.id)}[/] {escape(part.before.part.title)}"
            screen().print(f"    {title}：{_range(part.ranges)}")


def _print_way(way: Improvement | NoWay, words: Words) -> None:
    name = f"[bold]{escape(way.name)}[/]"
    if isinstance(way, NoWay):
        by, most = "、".join(way.by), "" if way.most is None else write_number(way.most)
        why = NO_WAY[way.why].format(by=by, most=most)
        screen().print(
            f"  {name}（{escape(way.grade or '未定')}，{write_number(way.total)}）：{escape(why)}"
        )
        return
    total = f"{write_number(way.total.before)} → {write_number(way.total.after)}"
    grade = f"{way.grade.before or '未定'} → {way.grade.after or way.wanted}"
    screen().print(f"  {name}  等级 {escape(grade)}  总分 {total}")
    for step in way.steps:
        say(f"    {_step(step, way, words)}")
    if way.open_parts:
        say(f"    （未定的 {len(way.open_parts)} 项按最低分算起）", style="dim")


def _step(step: Step, way: Improvement, words: Words) -> str:
    if step.kind == "award":
        title = next(part.title for part in way.parts if part.part == step.name)
        return f"{step.name} {title}：{_number(step.move)} 分"
    level = f"（{step.level}）" if step.level else ""
    return f"{words.title(IndicatorId(step.name))}{level}：{_number(step.move)}"


def opens(fragile: Fragile, footing: Footing) -> bool:
    """Whether a move changes nothing for the unit but that ranks are no longer known."""
    shift = next(shift for shift in fragile.shifts if shift.unit == footing.unit)
    return shift.rank.after is None and not shift.grade.moves


def _print_footing(footing: Footing, words: Words) -> None:
    name = f"[bold]{escape(footing.name)}[/]"
    rests = [fragile for fragile in footing.rank_rests_on if not opens(fragile, footing)]
    if footing.grade is None:
        grade = "等级未定"
    elif footing.grade_safe:
        grade = f"[green]{escape(footing.grade)} 级稳固[/]"
    else:
        grade = f"[yellow]{escape(footing.grade)} 级取决于 {len(footing.grade_rests_on)} 处[/]"
    if footing.rank is None:
        rank = "名次未定"
    elif not rests:
        rank = f"[green]第 {footing.rank} 名稳固[/]"
    else:
        rank = f"[yellow]第 {footing.rank} 名取决于 {len(rests)} 处[/]"
    screen().print(f"  {name}  {grade}，{rank}")
    for fragile in dict.fromkeys([*footing.grade_rests_on, *rests]):
        say(f"    {_cause(fragile, footing, words)}")


def _cause(fragile: Fragile, footing: Footing, words: Words) -> str:
    cause = fragile.cause
    if isinstance(cause, ValueEdge):
        level = f"（{cause.level}）" if cause.level else ""
        what = f"{cause.name} {words.title(cause.indicator)}{level} {_number(cause.move)}"
    else:
        what = f"口径 {cause.reading}：{cause.move.before or '未定'} → {cause.move.after}"
    shift = next(shift for shift in fragile.shifts if shift.unit == footing.unit)
    told = [f"等级 {_word(shift.grade)}"] if shift.grade.moves else []
    told += [f"名次 {_word(shift.rank)}"] if shift.rank.moves else []
    return f"{what} 时，{'，'.join(told)}"


def _range(move: Move[Range]) -> str:
    return " → ".join(span_text(each.low, each.high) for each in (move.before, move.after))


def _word(move: Move[str | None] | Move[int | None]) -> str:
    return " → ".join("未定" if each is None else str(each) for each in (move.before, move.after))


def _number(move: Move[Decimal] | Move[Decimal | None]) -> str:
    return " → ".join(
        "缺" if each is None else write_number(each) for each in (move.before, move.after)
    )
