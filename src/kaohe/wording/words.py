"""What sentences are made of: titles, numbers and units, as an official would write them."""

from collections.abc import Mapping
from dataclasses import dataclass, field
from decimal import Decimal
from typing import Literal

from kaohe.quantity import ONE, Exact, rounded, settle, write_number
from kaohe.rubric.model import Indicator, Rubric
from kaohe.rubric.register import Register
from kaohe.rules.base import IndicatorId

Lang = Literal["zh", "en"]

CLASSIFIERS = "次起件项家户人批例处场"
"""Measure words that a title may end with before 数: 「活动次数」 is counted in 次."""

SHOWN_PLACES = 4
"""How many decimals are shown of a number that does not end."""

VALUES: dict[Lang, dict[str, str]] = {
    "zh": {"percent": "{}%", "score": "{} 分", "days": "{} 天", "rank": "第 {} 名"},
    "en": {"percent": "{}%", "rank": "place {}"},
}
CHANGES: dict[Lang, dict[str, tuple[str, str]]] = {
    "zh": {
        "percent": ("{} 个百分点", "{} 个百分点"),
        "score": ("{} 分", "{} 分"),
        "days": ("{} 天", "{} 天"),
        "rank": ("{} 个名次", "{} 个名次"),
        "grade": ("{} 个等级", "{} 个等级"),
    },
    "en": {
        "percent": ("{} percentage point", "{} percentage points"),
        "score": ("{} point", "{} points"),
        "days": ("{} day", "{} days"),
        "rank": ("{} place", "{} places"),
        "grade": ("{} grade", "{} grades"),
    },
}


@dataclass(frozen=True, slots=True)
class Words:
    """A language, and the titles, units and register levels of a rubric's indicators."""

    lang: Lang
    indicators: Mapping[IndicatorId, Indicator]
    registers: Mapping[IndicatorId, Register] = field(default_factory=dict)

    @classmethod
    def of(cls, rubric: Rubric, lang: Lang = "zh") -> "Words":
        """The words of a rubric in one language."""
        return cls(lang, rubric.indicators, rubric.registers)

    def title(self, indicator: IndicatorId) -> str:
        """The indicator's printed title; its id where the rubric does not define it."""
        known = self.indicators.get(indicator)
        return known.title if known is not None else str(indicator)

    def unit(self, indicator: IndicatorId) -> str:
        """The name of the unit it is measured in; empty where the rubric does not define it."""
        known = self.indicators.get(indicator)
        return known.unit.name if known is not None else ""

    def whole(self, indicator: IndicatorId) -> bool:
        """Whether its values are whole numbers."""
        known = self.indicators.get(indicator)
        return known is not None and known.unit.whole

    def provider(self, indicator: IndicatorId) -> str:
        """Who enters its values; empty where the rubric does not say."""
        known = self.indicators.get(indicator)
        return known.provider if known is not None else ""

    def level(self, indicator: IndicatorId, name: str) -> str:
        """The printed name of a register's level (国家级); its id where there is none."""
        register = self.registers.get(indicator)
        level = register.level(name) if register is not None else None
        return level.title if level is not None else name

    def value(self, indicator: IndicatorId, number: Exact) -> str:
        """A value with its unit: 93.1%, 3 个, 第 2 名, or the name of a grade."""
        known, unit = self.indicators.get(indicator), self.unit(indicator)
        if known is not None and known.values and 1 <= number <= len(known.values):
            return known.values[int(number) - 1]
        if unit == "count":
            return self.counted(indicator, number)
        if unit == "days" and self.lang == "en":
            return self.change(indicator, number)
        return VALUES[self.lang].get(unit, "{}").format(shown(number))

    def change(self, indicator: IndicatorId, number: Exact) -> str:
        """A difference with its unit: percentage points (个百分点) where values are per cent."""
        unit = self.unit(indicator)
        if unit == "count":
            return self.counted(indicator, number)
        one, many = CHANGES[self.lang].get(unit, ("{}", "{}"))
        return (one if number == ONE else many).format(shown(number))

    def counted(self, indicator: IndicatorId, number: Exact) -> str:
        """So many of what the indicator counts."""
        if self.lang == "en":
            return shown(number)
        return f"{shown(number)} {self.classifier(indicator)}"

    def classifier(self, indicator: IndicatorId) -> str:
        """The Chinese measure word of what the indicator counts."""
        title = self.title(indicator)
        measure = title[-2:-1] if title.endswith("数") else ""
        return measure if measure and measure in CLASSIFIERS else "个"


def shown(number: Exact) -> str:
    """A number for people: its plain digits, or ``≈`` and four decimals where it does not end.

    >>> from fractions import Fraction
    >>> shown(Decimal("2.50")), shown(Fraction(7, 3)), shown(Decimal(-1))
    ('2.5', '≈2.3333', '−1')
    """
    settled = settle(number)
    if isinstance(settled, Decimal):
        return write_number(settled).replace("-", "−")
    return "≈" + write_number(rounded(settled, SHOWN_PLACES)).replace("-", "−")


def exactly(number: Exact) -> str:
    """A number without loss: a decimal where it ends, else the fraction it is (for JSON).

    >>> from fractions import Fraction
    >>> exactly(Fraction(7, 3)), exactly(Fraction(1, 4))
    ('7/3', '0.25')
    """
    settled = settle(number)
    return write_number(settled) if isinstance(settled, Decimal) else str(settled)


def spread(low: Decimal, high: Decimal) -> str:
    """A range of scores, or the one score: 0–2.5."""
    return shown(low) if low == high else f"{shown(low)}–{shown(high)}"
