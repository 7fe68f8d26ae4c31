"""What a cell expects, in words: for headers, for the hint beside the cell, for its drop-down."""

from collections.abc import Iterable
from typing import Any

from kaohe.quantity import write_number
from kaohe.rubric.model import Indicator, Part
from kaohe.rules.binary import Binary
from kaohe.rules.judged import Judged
from kaohe.rules.levels import Levels
from kaohe.workbook.silence import Decides

Rule = dict[str, Any]
"""The settings of a validation, as XlsxWriter names them."""

TITLE_ROOM, MESSAGE_ROOM = 32, 255
"""As many characters as Excel shows in a hint."""


def unit_words(indicator: Indicator) -> str:
    """What an indicator is measured in, and between which ends.

    >>> from kaohe.quantity import UNITS
    >>> unit_words(Indicator("x_count", "次数", UNITS["count"]))
    '个数，整数，不小于 0'
    """
    unit = indicator.unit
    if indicator.values:
        return f"等级：{'、'.join(indicator.values)}"
    words = [unit.zh]
    if unit.whole:
        words.append("整数")
    if unit.low is not None and unit.high is not None:
        words.append(f"{write_number(unit.low)}–{write_number(unit.high)}")
    elif unit.low is not None:
        words.append(f"不小于 {write_number(unit.low)}")
    if unit.name == "percent":
        words.append("填 93.2 或 93.2%")
    if indicator.decimals is not None:
        words.append(f"报送 {indicator.decimals} 位小数")
    return "，".join(words)


def clause_words(clauses: Iterable[str]) -> str:
    """The printed numbers of clauses.

    >>> clause_words(["1", "2"])
    '第 1、2 条'
    """
    numbers = "、".join(dict.fromkeys(clauses))
    return f"第 {numbers} 条" if numbers else ""


def shown(title: str, *lines: str) -> Rule:
    """A hint beside a cell, cut to what Excel can show."""
    message = "\n".join(line for line in lines if line)
    return {"input_title": _cut(title, TITLE_ROOM), "input_message": _cut(message, MESSAGE_ROOM)}


def refused(title: str, message: str, kind: str = "warning") -> Rule:
    """What Excel says to what it does not expect; ``warning`` lets it stand all the same."""
    return {
        "error_title": _cut(title, TITLE_ROOM),
        "error_message": _cut(message, MESSAGE_ROOM),
        "error_type": kind,
    }


def _cut(text: str, room: int) -> str:
    return text if len(text) <= room else text[: room - 1] + "…"


def value_rule(indicator: Indicator, choices: list[str] | str) -> Rule:
    """What may stand in a cell for an indicator's value."""
    unit, words = indicator.unit, unit_words(indicator)
    hint = shown(indicator.title, words, indicator.definition)
    no = refused("请核对", f"{indicator.title}：{words}。确实要这样填吗？")
    if indicator.values:
        return {"validate": "list", "source": choices, **hint, **no}
    if unit.low is None:
        return {"validate": "any", **hint}
    kind = "integer" if unit.whole else "decimal"
    low = write_number(unit.low)
    if unit.high is None:
        return {"validate": kind, "criteria": ">=", "value": low, **hint, **no}
    ends = {"minimum": low, "maximum": write_number(unit.high)}
    return {"validate": kind, "criteria": "between", **ends, **hint, **no}


def award_words(part: Part, decides: Decides) -> str:
    """How the points of a part are given."""
    points = write_number(part.points)
    if decides == "rule":
        return "由规则计分，不用打分"
    between = f"{write_number(part.rule.least(part.points))}–{points} 分"
    match part.rule:
        case Levels(levels=levels):
            return "；".join(f"{level.text} {write_number(level.award)}" for level in levels)
        case Binary():
            return f"有得 {write_number(part.rule.most(part.points))} 分，没有得 0 分"
        case Judged(step=step, discretion=discretion):
            each = "" if step is None else f"，{write_number(step)} 的倍数"
            taken = "" if discretion is None else f"，扣分应在 {discretion} 之内"
            return between + each + taken
        case _:
            return f"由规则计分；仅在规则未规定时填写（{between}）"


def award_rule(part: Part, decides: Decides) -> Rule:
    """What may stand in a cell for an assessor's points."""
    hint = shown(f"{part.id} {part.title}", award_words(part, decides))
    no = refused("得分不对", f"{part.id}：{award_words(part, decides)}", "stop")
    if isinstance(part.rule, Levels):
        awards = dict.fromkeys(write_number(level.award) for level in part.rule.levels)
        return {"validate": "list", "source": list(awards), **hint, **no}
    if isinstance(part.rule, Binary):
        ends = [write_number(part.rule.most(part.points)), "0"]
        return {"validate": "list", "source": ends, **hint, **no}
    low, high = write_number(part.rule.least(part.points)), write_number(part.points)
    between = {"criteria": "between", "minimum": low, "maximum": high}
    return {"validate": "decimal", **between, **hint, **no}
