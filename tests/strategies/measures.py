"""Indicators that random rules read, and strategies for their values."""

from decimal import Decimal

from hypothesis import strategies as st

from kaohe.quantity import UNITS
from kaohe.rubric.model import Indicator
from kaohe.rubric.register import Register, RegisterLevel
from kaohe.rules.base import IndicatorId

RATE, OTHER = IndicatorId("first_rate"), IndicatorId("second_rate")
INDEX, AMOUNT = IndicatorId("one_index"), IndicatorId("amount")
COUNT, EVENTS = IndicatorId("thing_count"), IndicatorId("event_count")
PLACE, GRADE = IndicatorId("outer_place"), IndicatorId("outer_grade")

LEVELS = ("high", "middle", "low")
GRADES = ("优", "良", "中", "差")
REFERENCE = "province"

KINDS = {
    RATE: "percent",
    OTHER: "percent",
    INDEX: "index",
    AMOUNT: "amount",
    COUNT: "count",
    EVENTS: "count",
    PLACE: "rank",
    GRADE: "grade",
}
INDICATORS = {
    name: Indicator(
        name,
        f"指标 {name}",
        UNITS[unit],
        target=True,
        values=GRADES if name == GRADE else (),
        references=(REFERENCE,),
    )
    for name, unit in KINDS.items()
}
REGISTERS = {
    EVENTS: Register(EVENTS, "登记", tuple(RegisterLevel(level, level) for level in LEVELS))
}

tenths = st.integers(0, 1000).map(lambda n: Decimal(n).scaleb(-1))
"""Rates on the grid that edges stand on, so that edges are met often."""

rates = st.one_of(tenths, st.decimals(0, 100, places=4))
wholes = st.integers(0, 12).map(Decimal)
positive = st.integers(1, 40).map(lambda n: Decimal(n).scaleb(-1))
points = st.sampled_from(list(map(Decimal, ("0.5", "1", "2", "2.5", "3", "4", "6", "10"))))

VALUES: dict[IndicatorId, st.SearchStrategy[Decimal]] = {
    RATE: rates,
    OTHER: rates,
    INDEX: tenths.map(lambda n: n / 100),
    AMOUNT: st.integers(-30, 60).map(lambda n: Decimal(n) / 2),
    COUNT: wholes,
    PLACE: st.integers(1, 9).map(Decimal),
    GRADE: st.integers(1, len(GRADES)).map(Decimal),
}
"""A value of each indicator that is not counted in a register."""
