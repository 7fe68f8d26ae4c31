"""What may stand in a cell: how it is written, hinted at, read back and told to people."""

import unicodedata
from collections.abc import Callable
from dataclasses import dataclass
from decimal import Decimal
from typing import Protocol

from kaohe.location import Location
from kaohe.nodes import Kind as NodeKind
from kaohe.nodes import Mistakes, Scalar, is_day
from kaohe.quantity import Unit, read_number, write_number
from kaohe.rubric.model import Indicator
from kaohe.rules.base import IndicatorId
from kaohe.workbook import looks
from kaohe.workbook.book import Look, Sheet
from kaohe.workbook.cells import Cell
from kaohe.workbook.dates import serial_of, written_day
from kaohe.workbook.hints import Rule, refused, shown, value_rule
from kaohe.workbook.labels import Labels
from kaohe.workbook.typed import as_number, broken, percent_of, short, too_small_a_rate
from kaohe_web.sheets.texts import tidy

Choices = Callable[[list[str]], list[str] | str]
"""Makes a drop-down of names, wherever they are kept."""

AS_TEXT = {"num_format": "@"}
"""Keeps Excel and WPS from making a date of 3-5 or a number of 007."""

COMPACT_DAY = 8
"""The digits of a day written as 20170531."""


class Kind(Protocol):
    """What may stand in a cell; values are canonical texts, and an empty cell is an empty one."""

    @property
    def look(self) -> Look:
        """How the cell looks."""

    def canonical(self, value: str) -> str:
        """A value of the site in the one form in which values are compared."""

    def words(self, value: str) -> str:
        """A value as people read it."""

    def put(self, sheet: Sheet, at: tuple[int, int], value: str, look: Look) -> None:
        """Write a value into its cell."""

    def rule(self, title: str, hint: str, choices: Choices) -> Rule:
        """What Excel allows in the cell, and what it says beside it."""

    def read(self, cell: Cell, at: Location, mistakes: Mistakes) -> str | None:
        """The value in a cell; ``None`` if it is none, with the mistake noted."""


@dataclass(frozen=True, slots=True)
class Number:
    """A number inside the ends of its unit; ``advice`` says what to do where there is none."""

    unit: Unit
    advice: str = "还没有数就留空"
    decimals: int | None = None

    @property
    def look(self) -> Look:
        """Yellow."""
        return looks.INPUT

    def canonical(self, value: str) -> str:
        """Plain digits without trailing zeros."""
        return write_number(read_number(value)) if value else ""

    def words(self, value: str) -> str:
        """The digits."""
        return value

    def put(self, sheet: Sheet, at: tuple[int, int], value: str, look: Look) -> None:
        """A number by its digits."""
        if value:
            sheet.number(*at, Decimal(value), look)
        else:
            sheet.text(*at, "", look)

    def rule(self, title: str, hint: str, choices: Choices) -> Rule:
        """Between the ends of the unit; Excel asks again and lets it stand."""
        asked = Indicator(
            IndicatorId(""), title, self.unit, definition=hint, decimals=self.decimals
        )
        return value_rule(asked, choices([]))

    def read(self, cell: Cell, at: Location, mistakes: Mistakes) -> str | None:
        """The digits, whether typed as a number, as text, full-width or with a % sign."""
        percent = self.unit.name == "percent"
        scalar = as_number(cell, at, mistakes, percent=percent, advice=self.advice)
        if scalar.kind is not NodeKind.NUMBER:
            return None
        number = read_number(scalar.text)
        fault = self.unit.fault(number)
        if fault is not None:
            mistakes.add(at, fault)
            return None
        return write_number(number)


@dataclass(frozen=True, slots=True)
class Words:
    """Text of at most ``most`` characters; ``reason`` if it gives reasons."""

    most: int = 500
    reason: bool = False

    @property
    def look(self) -> Look:
        """Green for reasons, else yellow; never made a number or a date by Excel."""
        return {**(looks.REASON if self.reason else looks.INPUT_TEXT), **AS_TEXT}

    def canonical(self, value: str) -> str:
        """Bare at both ends, with one kind of newline."""
        return tidy(value)

    def words(self, value: str) -> str:
        """The text."""
        return value

    def put(self, sheet: Sheet, at: tuple[int, int], value: str, look: Look) -> None:
        """Text as text, whatever it begins with."""
        sheet.text(*at, tidy(value), look)

    def rule(self, title: str, hint: str, choices: Choices) -> Rule:  # noqa: ARG002 -- has none
        """Anything, with a hint."""
        return {"validate": "any", **shown(title, hint, f"不超过 {self.most} 字")}

    def read(self, cell: Cell, at: Location, mistakes: Mistakes) -> str | None:
        """The text; a number is its digits, a day its ISO date."""
        if broken(cell, at, mistakes):
            return None
        text = tidy(f"{cell.text}%" if cell.percent else cell.text)
        if len(text) > self.most:
            mistakes.add(at, f"有 {len(text)} 个字，超过 {self.most} 个；请缩短")
            return None
        return text


@dataclass(frozen=True, slots=True)
class Choice:
    """One of several, by id and title; ``what`` they are called."""

    options: tuple[tuple[str, str], ...]
    what: str
    advice: str = "没有就留空"

    @property
    def look(self) -> Look:
        """Blue."""
        return looks.CHOICE

    @property
    def labels(self) -> Labels:
        """The options by id, with a label for each that nothing else has."""
        return Labels(dict(self.options))

    def canonical(self, value: str) -> str:
        """The id."""
        return value

    def words(self, value: str) -> str:
        """The title."""
        return self.labels.of(value) if value else ""

    def put(self, sheet: Sheet, at: tuple[int, int], value: str, look: Look) -> None:
        """The title as text."""
        sheet.text(*at, self.words(value), look)

    def rule(self, title: str, hint: str, choices: Choices) -> Rule:
        """A drop-down."""
        no = refused(f"没有这一{self.what}", f"请从下拉列表中选择；{self.advice}", "stop")
        source = choices(self.labels.all())
        return {"validate": "list", "source": source, **shown(title, hint, self.advice), **no}

    def read(self, cell: Cell, at: Location, mistakes: Mistakes) -> str | None:
        """The id of what was chosen."""
        if broken(cell, at, mistakes):
            return None
        found = self.labels.find(cell.text)
        if found is None:
            names = "、".join(f"“{name}”" for name in self.labels.all())
            message = f"“{short(cell.text)}”不行；这一栏只能选{names}，{self.advice}"
            mistakes.add(at, message)
        return found


@dataclass(frozen=True, slots=True)
class Day:
    """A day of the calendar; its canonical text is 2017-05-31."""

    @property
    def look(self) -> Look:
        """Yellow, and shown as a date."""
        return looks.INPUT_DATE

    def canonical(self, value: str) -> str:
        """The ISO date."""
        return value

    def words(self, value: str) -> str:
        """The ISO date."""
        return value

    def put(self, sheet: Sheet, at: tuple[int, int], value: str, look: Look) -> None:
        """A real date; as text where Excel has none."""
        serial = serial_of(value)
        if serial is None:
            sheet.text(*at, value, look)
        else:
            sheet.number(*at, Decimal(serial), look)

    def rule(self, title: str, hint: str, choices: Choices) -> Rule:  # noqa: ARG002 -- has none
        """Anything, with a hint: people write days in many ways."""
        return {"validate": "any", **shown(title, hint, "如 2017-05-31")}

    def read(self, cell: Cell, at: Location, mistakes: Mistakes) -> str | None:
        """The day, whether Excel keeps it as one or somebody wrote it."""
        if broken(cell, at, mistakes):
            return None
        text = unicodedata.normalize("NFKC", cell.text)
        if len(text) == COMPACT_DAY and text.isascii() and text.isdigit():
            text = f"{text[:4]}-{text[4:6]}-{text[6:]}"
        day = written_day(text)
        if not is_day(day):
            mistakes.add(at, f"“{short(cell.text)}”不是日期；请写成 2017-05-31")
            return None
        return day


def doubt(kind: Kind, cell: Cell, at: Location, value: str) -> str:
    """What is odd about a number that may stand all the same; empty if nothing is.

    0.932 typed for 93.2% is the commonest slip of all.
    """
    if not isinstance(kind, Number) or kind.unit.name != "percent":
        return ""
    if not too_small_a_rate(cell, Scalar(value, at)):
        return ""
    meant = percent_of(value)
    return f"{at}: 填的是 {value}，按 {value}% 计；如果是 {meant}%，请填 {meant}"
