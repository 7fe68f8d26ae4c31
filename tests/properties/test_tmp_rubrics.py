"""What holds for every rubric, whoever writes it, and for every cohort scored by it."""

from collections.abc import Callable, Iterable
from dataclasses import replace
from decimal import Decimal, localcontext
from typing import Any

import pytest
from hypothesis import HealthCheck, assume, given, settings
from hypothesis import strategies as st

from counts import count
from kaohe.lint.run import has_errors, lint
from kaohe.quantity import ZERO, exact
from kaohe.reading.load import built_in_names, load_rubric
from kaohe.reading.reader import read_rubric
from kaohe.reading.writer import fingerprint, write_rubric
from kaohe.rubric.interpretation import interpret
from kaohe.rubric.model import Rubric
from kaohe.rules.base import Award
from kaohe.scoring.cohort import assemble
from kaohe.scoring.observations import Dataset
from kaohe.scoring.result import UnitScore
from kaohe.scoring.score import Scorer, score
from strategies import cohorts
from strategies.measures import EVENTS, VALUES
from strategies.rubrics import TYPES, rubrics, single
from strategies.rules import any_rule

Draw = Callable[[st.SearchStrategy[Any]], Any]

run = settings(
    deadline=None,
    suppress_health_check=[HealthCheck.too_slow, HealthCheck.data_too_large],
    database=None,
)
each = settings(run, max_examples=count(full=2_000, reduced=350))


@st.composite
def assessments(draw: Draw, *, complete: bool = True) -> tuple[Rubric, Dataset]:
    """A rubric and a cohort: types, vetoes, exemptions, and points where they are awaited."""
    rubric = draw(rubrics())
    data = draw(cohorts.datasets(complete=complete, groups=cohorts.GROUPS))
    ids = [part.id for part in rubric.all_parts()]
    units = tuple(
        replace(
            unit,
            type=draw(st.sampled_from(list(TYPES))),
            vetoes=draw(st.sampled_from(((), (), ("V1",)))),
            exempt=dict.fromkeys(draw(st.sets(st.sampled_from(ids), max_size=2)), "无此项"),
        )
        for unit in data.units
    )
    return rubric, awarded(draw, rubric, replace(data, units=units))


def awarded(draw: Draw, rubric: Rubric, data: Dataset) -> Dataset:
    """The data with points for some of the parts that an assessor decides."""
    share = draw(st.integers(0, 20))
    given = draw(st.booleans())
    units = []
    read = interpret(rubric)
    with exact():
        for facts in assemble(read, data):
            awards = {}
            applying = (part for part in read.all_parts() if part.applies(facts.unit.type))
            for part in applying:
                waits = part.rule.assess(facts, part.points).because.awaits_award
                points = part.points * share / 20
                fine = part.rule.award_fault(points, part.points) is None
                if given and waits and fine:
                    awards[part.id] = Award(points, "按材料")
            units.append(replace(facts.unit, awards=awards))
    return replace(data, units=tuple(units))


def shape(result: UnitScore) -> tuple[object, ...]:
    """A result without the cohort that it carries along."""
    return (result.facts.unit.id, *result[1:])


@each
@given(assessment=assessments(complete=False), random=st.randoms(use_true_random=False))
def test_the_order_of_the_units_is_irrelevant(
    assessment: tuple[Rubric, Dataset], random: Any
) -> None:
    rubric, data = assessment
    shuffled = list(data.units)
    random.shuffle(shuffled)
    before = {result.facts.unit.id: shape(result) for result in score(rubric, data)}
    after = score(rubric, replace(data, units=tuple(shuffled)))
    assert {result.facts.unit.id: shape(result) for result in after} == before


def total(numbers: Iterable[Decimal]) -> Decimal:
    """The exact sum."""
    with exact():
        return sum(numbers, ZERO)


@each
@given(assessment=assessments(complete=False))
def test_parts_add_up_to_items_and_items_with_the_named_effects_to_the_total(
    assessment: tuple[Rubric, Dataset],
) -> None:
    for result in score(*assessment):
        for item in result.items:
            outcomes = [part.outcome for part in item.parts]
            assert item.low == total(found.low for found in outcomes)
            assert item.high == total(found.high for found in outcomes)
            assert item.settled == all(part.settled for part in item.parts)
            assert not item.settled or item.low == item.high
            for part in item.parts:
                assert part.outcome.low <= part.outcome.high <= part.part.points
        items, effects = result.items, result.effects
        assert result.low == total(i.low for i in items) + total(e.low for e in effects)
        assert result.high == total(i.high for i in items) + total(e.high for e in effects)
        assert result.low <= result.high
        assert not result.settled or result.low == result.high


@each
@given(assessment=assessments(), data=st.data())
def test_a_missing_value_only_widens_the_total(
    assessment: tuple[Rubric, Dataset], data: st.DataObject
) -> None:
    rubric, known = assessment
    place = data.draw(st.integers(0, len(known.units) - 1))
    lost = data.draw(st.sampled_from([*VALUES, EVENTS]))
    less = cohorts.without_value(known, place, lost)
    for settled, widened in zip(score(rubric, known), score(rubric, less), strict=True):
        assert widened.low <= settled.low
        assert settled.high <= widened.high
        assert widened.grade in (settled.grade, None)


@settings(each, suppress_health_check=list(HealthCheck))
@given(rubric=single(), data=cohorts.datasets(complete=False, groups=cohorts.GROUPS))
def test_a_rubric_that_lints_clean_never_raises_while_scoring(
    rubric: Rubric, data: Dataset
) -> None:
    assume(not has_errors(lint(rubric)))
    (part,) = rubric.all_parts()
    units = tuple(
        replace(unit, entries={k: v for k, v in unit.entries.items() if k in rubric.registers})
        for unit in data.units
    )
    for result in score(rubric, replace(data, units=units)):
        assert part.rule.least(part.points) <= result.low <= result.high <= part.points
        assert result.grade is not None or result.low < result.high


@each
@given(rubric=rubrics(any_rule))
def test_a_rubric_written_and_read_again_is_the_same(rubric: Rubric) -> None:
    text = write_rubric(rubric)
    again = read_rubric(text, "again.yaml")
    assert again == rubric
    assert write_rubric(again) == text
    assert fingerprint(again) == fingerprint(rubric)


@pytest.mark.parametrize("name", built_in_names())
def test_a_built_in_rubric_written_and_read_again_is_the_same(name: str) -> None:
    rubric = load_rubric(name)
    text = write_rubric(rubric)
    again = read_rubric(text, name)
    assert again == rubric
    assert write_rubric(again) == text
    assert fingerprint(again) == fingerprint(rubric)


@each
@given(assessment=assessments(complete=False), digits=st.integers(1, 40))
def test_the_callers_precision_changes_no_result(
    assessment: tuple[Rubric, Dataset], digits: int
) -> None:
    rubric, data = assessment
    expected = [shape(result) for result in score(rubric, data)]
    with localcontext(prec=digits):
        scorer = Scorer(rubric)
        assert [shape(result) for result in score(rubric, data)] == expected
        alone = [shape(scorer.score(facts)) for facts in assemble(scorer.rubric, data)]
    assert [(*found[:-1], None) for found in expected] == alone


def test_equal_editions_have_one_fingerprint_and_others_another() -> None:
    rubric = load_rubric("shuangtaizi-2017")
    dearer = replace(rubric, points=Decimal(101))
    assert fingerprint(rubric) == fingerprint(load_rubric("shuangtaizi-2017"))
    assert fingerprint(dearer) != fingerprint(rubric)
