"""What people type into a cell, understood: a number, a state, a text, or a mistake."""

import re
from decimal import Decimal
from typing import NamedTuple

from kaohe.location import Location
from kaohe.nodes import Kind, Mistakes, Scalar
from kaohe.quantity import ONE, PLAIN, ZERO, NotANumber, read_number, write_number
from kaohe.workbook.cells import Cell, Holds
from kaohe.workbook.keys import NOT_APPLICABLE, PENDING, STATES

FULL_WIDTH = str.maketrans("０１２３４５６７８９．－−﹣％﹪　", "0123456789.---%% ")
"""The characters of a Chinese keyboard that mean the same as the plain ones, in numbers only."""

SEPARATED = re.compile(r"-?[0-9]{1,3}(?:[,，'][0-9]{3})+(?:\.[0-9]+)?%?", re.ASCII)
MOST_DECIMALS = 12
MANY_DECIMALS = re.compile(rf"-?[0-9]{{1,12}}\.[0-9]{{{MOST_DECIMALS + 1},}}", re.ASCII)
HUNDREDTHS = Decimal("0.01")
USE_THE_STATE = f"还没有数就留空，并在右边“{NOT_APPLICABLE}/{PENDING}”一栏选“{PENDING}”"
LEAVE_EMPTY = "还没有数就留空"


class State(NamedTuple):
    """What the column beside a value says: ``word`` is one of the states."""

    word: str
    reason: str = ""


def broken(cell: Cell, at: Location, mistakes: Mistakes) -> bool:
    """Whether a cell holds nothing that could be read, with the mistake noted."""
    if cell.holds is Holds.NOT_COMPUTED:
        mistakes.add(at, "公式还没有算出结果；请在 Excel 或 WPS 中打开这个文件保存一次，或直接填数")
    elif cell.holds is Holds.ERROR:
        mistakes.add(at, f"单元格是错误值 {cell.text}；请改正公式或直接填数")
    return cell.holds in (Holds.NOT_COMPUTED, Holds.ERROR)


def as_text(cell: Cell, at: Location, mistakes: Mistakes) -> Scalar:
    """A cell where words are expected; a number there is its digits, a day its ISO date."""
    if broken(cell, at, mistakes):
        return Scalar("", at)
    return Scalar(cell.text, at)


def as_number(
    cell: Cell, at: Location, mistakes: Mistakes, *, percent: bool, advice: str = USE_THE_STATE
) -> Scalar:
    """A cell where a number is expected, its digits plain; what is no number is noted.

    In a percentage 93.2, 93.2%, ９３．２％ and a cell of 0.932 shown as 93.2% are the same.
    """
    if broken(cell, at, mistakes):
        return Scalar(cell.text or "?", at)
    if cell.holds is Holds.DAY:
        mistakes.add(at, f"这里要填数，而单元格是日期（{cell.text}）；请把格式改成“常规”后重新填数")
        return Scalar("?", at)
    if cell.holds is Holds.NUMBER and cell.percent and not percent:
        mistakes.add(at, "这一项不是百分数，而单元格是百分数格式；请把格式改成“常规”后重新填数")
        return Scalar("?", at)
    if cell.holds is Holds.BOOLEAN:
        mistakes.add(at, f"这里要填数，而单元格是 {cell.text}；请直接填数")
        return Scalar("?", at)
    if cell.holds is Holds.NUMBER:
        return plain_number(cell.text, at, mistakes)
    return typed_number(cell.text, at, mistakes, percent=percent, advice=advice)


def typed_number(
    text: str, at: Location, mistakes: Mistakes, *, percent: bool, advice: str
) -> Scalar:
    """A number that stands in its cell as text."""
    plain = text.translate(FULL_WIDTH).strip()
    if plain.endswith("%"):
        if not percent:
            mistakes.add(at, f"“{short(text)}”：这一项不是百分数；请去掉百分号，核对数值")
            return Scalar("?", at)
        plain = plain[:-1].rstrip()
    if SEPARATED.fullmatch(plain) is not None:
        mistakes.add(at, f"“{short(text)}”带有千分号；请去掉，只写数字")
    elif any(character.isdigit() for character in plain):
        return plain_number(plain, at, mistakes)
    else:
        mistakes.add(at, f"“{short(text)}”不是数字；{advice}")
    return Scalar("?", at)


def plain_number(digits: str, at: Location, mistakes: Mistakes) -> Scalar:
    """A number of plain digits, not too many of them."""
    try:
        read_number(digits)
    except NotANumber as error:
        message = str(error)
        if MANY_DECIMALS.fullmatch(digits) is not None:
            message = (
                f"“{short(digits)}”的小数超过 {MOST_DECIMALS} 位；"
                "请在 Excel 中四舍五入到需要的位数，如 =ROUND(原来的公式或数,2)"
            )
        mistakes.add(at, message)
        return Scalar("?", at)
    return Scalar(digits, at, Kind.NUMBER)


def too_small_a_rate(cell: Cell, scalar: Scalar) -> bool:
    """Whether a percentage looks as if 0.932 had been typed for 93.2%."""
    if cell.percent or "%" in cell.text.translate(FULL_WIDTH) or not PLAIN.fullmatch(scalar.text):
        return False
    return ZERO < Decimal(scalar.text) < ONE


def as_state(cell: Cell, at: Location, mistakes: Mistakes) -> State | None:
    """What the column beside a value says; ``None`` if that is a mistake."""
    word, _, reason = cell.text.replace("：", ":").partition(":")
    if cell.holds is Holds.TEXT and word.strip() in STATES:
        return State(word.strip(), reason.strip())
    if not broken(cell, at, mistakes):
        message = (
            f"“{short(cell.text)}”不行；这一栏只能选“{PENDING}”或“{NOT_APPLICABLE}”"
            f"（可写成“{NOT_APPLICABLE}：理由”），没有就留空"
        )
        mistakes.add(at, message)
    return None


def short(text: str) -> str:
    """A text cut to a line's worth."""
    return text if len(text) <= 40 else text[:40] + "…"  # noqa: PLR2004 -- a line's worth


def percent_of(small: str) -> str:
    """What 0.932 was probably meant to be.

    >>> percent_of("0.932")
    '93.2'
    """
    return write_number(Decimal(small) / HUNDREDTHS)
