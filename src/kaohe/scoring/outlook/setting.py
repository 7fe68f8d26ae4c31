"""What a person types to change one value: ``UNIT.INDICATOR=VALUE``, checked against the data."""

from collections.abc import Iterable, Mapping
from dataclasses import replace
from decimal import Decimal
from typing import NamedTuple

from kaohe.errors import KaoheError, UnknownName
from kaohe.quantity import read_number, write_number
from kaohe.rubric.model import Indicator, Rubric
from kaohe.rules.base import IndicatorId
from kaohe.scoring.observations import Dataset, Observations
from kaohe.scoring.outlook.grid import admits

TARGET = "target:"

Settings = Mapping[tuple[str, str], Decimal]
"""Values by unit and indicator."""


class BadSetting(KaoheError):  # noqa: N818 -- it says what was typed
    """A setting that cannot be made: its form, its value, or a target where there is none."""

    def __init__(self, place: str, message: str) -> None:
        self.place = place
        super().__init__(f"{place}：{message}")


class Typed(NamedTuple):
    """One setting as typed: the target of the indicator if ``target``, else its value."""

    unit: str
    indicator: IndicatorId
    value: Decimal
    target: bool


def read_setting(text: str, rubric: Rubric, data: Dataset) -> Typed:
    """Read ``u01.vegetable_pass_rate=95``, or ``u01.target:manufacturing_pass_rate=94``.

    Unit ids may hold dots and signs of equality: the longest known one that fits is meant. The
    value of an indicator with named grades is the name of a grade.

    :raises BadSetting: if it is not of this form, or the value is none the indicator can have.
    :raises UnknownName: if no unit or no indicator has the name.
    """
    place, sign, number = text.rpartition("=")
    if not sign or "." not in place:
        raise BadSetting(
            f"“{text}”",
            "应写成 单位.指标=数值，例如 u01.vegetable_pass_rate=95；"
            "改目标值写成 单位.target:指标=数值",
        )
    unit, name = _place(place, rubric, data)
    target = name.startswith(TARGET) and IndicatorId(name) not in rubric.indicators
    indicator = _indicator(name.removeprefix(TARGET) if target else name, rubric)
    value = _value(indicator, number.strip(), place)
    check(indicator, value, place, target=target)
    return Typed(unit, indicator.id, value, target)


def read_settings(
    texts: Iterable[str], rubric: Rubric, data: Dataset
) -> tuple[dict[tuple[str, str], Decimal], dict[tuple[str, str], Decimal]]:
    """The values and the targets that several settings name, as :func:`what_if` takes them.

    :raises BadSetting: as :func:`read_setting`, and if one place is set twice.
    :raises UnknownName: as :func:`read_setting`.
    """
    values: dict[tuple[str, str], Decimal] = {}
    targets: dict[tuple[str, str], Decimal] = {}
    for text in texts:
        typed = read_setting(text, rubric, data)
        into, key = targets if typed.target else values, (typed.unit, typed.indicator)
        if key in into:
            raise BadSetting(text.rpartition("=")[0], "设了两次；请只留一个")
        into[key] = typed.value
    return values, targets


def apply(rubric: Rubric, data: Dataset, values: Settings, targets: Settings) -> Dataset:
    """The data with these values and targets; a typed value takes the place of a register.

    :raises UnknownName: for a unit or an indicator that is not there.
    :raises BadSetting: for a value that the indicator cannot have, or a target it has none of.
    """
    units = {unit.id: unit for unit in data.units}
    for given, target in ((values, False), (targets, True)):
        for (unit_id, name), value in given.items():
            if unit_id not in units:
                raise UnknownName("单位", unit_id, units)
            indicator = _indicator(name, rubric)
            check(indicator, value, f"{unit_id}.{name}", target=target)
            units[unit_id] = _with(units[unit_id], indicator.id, value, target=target)
    return replace(data, units=tuple(units.values()))


def check(indicator: Indicator, value: Decimal, place: str, *, target: bool) -> None:
    """See that an indicator can have this value, or this target.

    :raises BadSetting: with the reason, if not.
    """
    if target and not indicator.target:
        raise BadSetting(place, f"指标“{indicator.title}”没有目标值；请改设指标值本身")
    if not value.is_finite():
        raise BadSetting(place, f"“{value}”不是数值；请写普通十进制数")
    fault = indicator.unit.fault(value)
    if fault is not None:
        raise BadSetting(place, fault)
    if not admits(indicator, value):
        last = len(indicator.values)
        raise BadSetting(
            place, f"{write_number(value)} 不是等级的次序；应是 1–{last}（{_names(indicator)}）"
        )


def _place(place: str, rubric: Rubric, data: Dataset) -> tuple[str, str]:
    """The unit and what follows it; the longest unit id whose rest is known, else the longest."""
    ids = sorted((unit.id for unit in data.units), key=len, reverse=True)
    fitting = [unit_id for unit_id in ids if place.startswith(f"{unit_id}.")]
    if not fitting:
        raise UnknownName("单位", place.rpartition(".")[0], (unit.id for unit in data.units))
    rests = [(unit_id, place[len(unit_id) + 1 :]) for unit_id in fitting]
    for unit_id, rest in rests:
        if IndicatorId(rest.removeprefix(TARGET)) in rubric.indicators:
            return unit_id, rest
    return rests[0]


def _indicator(name: str, rubric: Rubric) -> Indicator:
    indicator = rubric.indicators.get(IndicatorId(name))
    if indicator is None:
        raise UnknownName("指标", name, rubric.indicators)
    return indicator


def _value(indicator: Indicator, text: str, place: str) -> Decimal:
    if not indicator.values:
        try:
            return read_number(text)
        except KaoheError as error:
            raise BadSetting(place, str(error)) from error
    if text not in indicator.values:
        raise BadSetting(place, f"应是 {_names(indicator)} 之一，而这里是“{text}”")
    return Decimal(indicator.values.index(text) + 1)


def _names(indicator: Indicator) -> str:
    return "、".join(indicator.values)


def _with(
    unit: Observations, indicator: IndicatorId, value: Decimal, *, target: bool
) -> Observations:
    if target:
        return replace(unit, targets={**unit.targets, indicator: value})
    entries = {key: listed for key, listed in unit.entries.items() if key != indicator}
    return replace(unit, values={**unit.values, indicator: value}, entries=entries)
