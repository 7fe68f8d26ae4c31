"""Data → workbook → data is the identity: to the last digit, with reasons, entries, exemptions."""

import datetime as dt
from decimal import Decimal

import pytest
from hypothesis import HealthCheck, Phase, given, settings
from hypothesis import strategies as st

from counts import count
from kaohe.rubric.model import Indicator, Part, Rubric
from kaohe.rules.base import Award, IndicatorId
from kaohe.rules.levels import Levels
from kaohe.scoring.data import read_data
from kaohe.scoring.observations import Dataset, Determination, Entry, Observations
from kaohe.workbook.load import load_data
from kaohe.workbook.read import read_workbook
from workbook.desk import FILE, template

CASES = settings(
    max_examples=count(full=1_000, reduced=12),
    deadline=None,
    phases=[Phase.explicit, Phase.reuse, Phase.generate],  # shrinking a dataset takes minutes
    suppress_health_check=[HealthCheck.too_slow, HealthCheck.data_too_large],
)

LETTERS = st.characters(
    codec="utf-8", exclude_categories=("Cc", "Cf", "Cs", "Cn", "Co"), include_characters="\n\r\t"
)
WORDS = (
    st.text(LETTERS, min_size=1, max_size=30)
    .map(str.strip)
    .filter(bool)
    .filter(lambda text: text != "无")
)
NAMES = st.text("甲乙丙丁戊己庚辛城东区县（示例）", min_size=1, max_size=12)
REASONS = st.just("") | WORDS
DAYS = st.dates(dt.date(1850, 1, 1), dt.date(2200, 1, 1)).map(dt.date.isoformat)


@st.composite
def values(draw: st.DrawFn, indicator: Indicator) -> Decimal:
    """A value that the indicator's unit allows, with up to 12 digits on either side."""
    if indicator.values:
        return Decimal(draw(st.integers(1, len(indicator.values))))
    unit = indicator.unit
    low = 0 if unit.low is None else int(unit.low)
    whole = draw(st.integers(low, 99 if unit.high is not None else 10**12 - 1))
    if unit.whole:
        return Decimal(whole)
    places = draw(st.integers(0, 12))
    parts = draw(st.integers(0, 10**places - 1))
    number = Decimal(whole) + Decimal(parts).scaleb(-places)
    return -number if unit.low is None and draw(st.booleans()) else number


@st.composite
def some_values(draw: st.DrawFn, indicators: list[Indicator]) -> dict[IndicatorId, Decimal]:
    """Values for some of the indicators."""
    chosen = [indicator for indicator in indicators if draw(st.booleans())]
    return {indicator.id: draw(values(indicator)) for indicator in chosen}


@st.composite
def awards(draw: st.DrawFn, part: Part) -> Award:
    """Points that the part's rule accepts."""
    if isinstance(part.rule, Levels):
        return Award(draw(st.sampled_from(part.rule.levels)).award, draw(REASONS))
    tenths = st.integers(0, int(part.points * 10)).map(lambda n: Decimal(n) / 10)
    fine = tenths.filter(lambda score: part.rule.award_fault(score, part.points) is None)
    return Award(draw(fine), draw(REASONS))


@st.composite
def entries(draw: st.DrawFn, rubric: Rubric, indicator: IndicatorId) -> Entry:
    """A registered thing."""
    level = draw(st.sampled_from(rubric.registers[indicator].levels)).id
    name, document = draw(WORDS), draw(WORDS)
    return Entry(name, level, draw(DAYS), document, draw(REASONS), draw(REASONS))


@st.composite
def units(draw: st.DrawFn, rubric: Rubric, number: int) -> Observations:
    """A unit of which some things are known."""
    indicators = list(rubric.indicators.values())
    known = draw(some_values(indicators))
    listed = [i for i in rubric.registers if i not in known and draw(st.booleans())]
    kind = draw(st.sampled_from(sorted(rubric.unit_types))) if rubric.unit_types else ""
    parts = [part for part in rubric.all_parts() if part.applies(kind)]
    exempt = {p.id: draw(WORDS) for p in parts if draw(st.integers(0, 9)) == 0}
    judged = [p for p in parts if not p.rule.needs() and p.id not in exempt]
    given_points = {p.id: draw(awards(p)) for p in judged if draw(st.booleans())}
    vetoes = [veto.id for veto in rubric.vetoes if draw(st.booleans())]
    cases = {veto: Determination(draw(REASONS), draw(REASONS)) for veto in vetoes}
    return Observations(
        id=f"n{number}",
        name=draw(NAMES),
        group=draw(st.sampled_from(["盘锦市", "营口市"])),
        type=kind,
        values=known,
        targets=draw(some_values([i for i in indicators if i.target])),
        previous=draw(some_values(indicators)),
        awards=given_points,
        entries={i: tuple(draw(st.lists(entries(rubric, i), max_size=2))) for i in listed},
        exempt=exempt,
        vetoes=tuple(vetoes),
        determinations={veto: case for veto, case in cases.items() if case != Determination()},
    )


@st.composite
def datasets(draw: st.DrawFn, rubric: Rubric) -> Dataset:
    """Some units, and some references for their groups."""
    members = tuple(draw(units(rubric, n)) for n in range(draw(st.integers(1, 3))))
    references = {
        (member.group, indicator.id, name): draw(
            values(indicator) if name else st.none() | values(indicator)
        )
        for member in members[:1]
        for indicator in rubric.indicators.values()
        for name in ("", *indicator.references)
        if indicator.unit.low is not None and not indicator.values and draw(st.booleans())
    }
    return Dataset(members, references)


def read_back(rubric: Rubric, data: Dataset) -> Dataset:
    node, _ = read_workbook(template(rubric, data), FILE, rubric)
    return read_data(node, rubric)


@CASES
@given(choice=st.data(), which=st.sampled_from(["seed", "county", "graded"]))
def test_what_is_written_is_read_back(
    choice: st.DataObject, which: str, seed: Rubric, county: Rubric, graded: Rubric
) -> None:
    rubric = {"seed": seed, "county": county, "graded": graded}[which]
    data = choice.draw(datasets(rubric))
    assert read_back(rubric, data) == data


def test_the_sample_city_is_read_back(seed: Rubric, sample: str) -> None:
    data, _ = load_data(sample, seed)
    assert read_back(seed, data) == data


@pytest.mark.parametrize(
    "text",
    [
        "=1+1",
        "+cmd|' /C calc'!A0",
        "@SUM(A1)",
        "-5",
        "https://example.org/a",
        "_x0041_",
        "甲\n乙",
        "甲\r乙",
        "a\tb",
        "<b>&amp;</b>",
        "𠅤䶮",
    ],
)
def test_a_reason_is_read_back_as_it_was_whatever_it_looks_like(seed: Rubric, text: str) -> None:
    unit = Observations("u1", "甲", "乙", awards={"M9": Award(Decimal("0.5"), text)})
    data = Dataset((unit,))
    assert read_back(seed, data) == data


def test_the_empty_register_is_not_the_missing_one(seed: Rubric) -> None:
    awarded = IndicatorId("quality_award_count")
    data = Dataset(
        (Observations("u1", "甲", "组", entries={awarded: ()}), Observations("u2", "乙", "组"))
    )
    assert read_back(seed, data) == data


def test_a_level_given_by_its_title_comes_back_by_its_id(seed: Rubric) -> None:
    awarded = IndicatorId("quality_award_count")
    entry = Entry("鲁班奖", "国家级", "2017-05-31", "文号")
    data = Dataset((Observations("u1", "甲", "组", entries={awarded: (entry,)}),))
    (unit,) = read_back(seed, data).units
    assert unit.entries[awarded][0].level == "national"


def test_there_are_as_many_slots_as_units(seed: Rubric) -> None:
    data = Dataset(tuple(Observations(f"x{n}", f"单位{n}", "组") for n in range(5)))
    assert read_back(seed, data) == data
