"""What lint says of the built-in rubrics, with and without their readings."""

from importlib import resources
from typing import Any

import pytest
import yaml

from kaohe.lint.finding import Finding
from kaohe.lint.places import pointers
from kaohe.lint.run import has_errors, lint
from kaohe.reading.load import load_rubric
from kaohe.reading.reader import read_rubric
from kaohe.rubric.interpretation import choose
from kaohe.rubric.model import Rubric
from lint.golden import expected, told

NAME = "shuangtaizi-2017"
NOT_OF_THE_DOCUMENT = ("K304", "K305", "K306", "K307")


@pytest.fixture(scope="module")
def rubric() -> Rubric:
    return load_rubric(NAME)


@pytest.fixture(scope="module")
def findings(rubric: Rubric) -> list[Finding]:
    return lint(rubric)


def without_pointers(node: Any) -> Any:
    """The same YAML with every ``reading:`` taken out."""
    if isinstance(node, dict):
        return {k: without_pointers(v) for k, v in node.items() if k != "reading"}
    return [without_pointers(child) for child in node] if isinstance(node, list) else node


def stripped(*, register: bool) -> Rubric:
    """The built-in rubric without its pointers, with or without its register of readings."""
    text = (resources.files("kaohe") / "rubrics" / f"{NAME}.yaml").read_text("utf-8")
    plain = without_pointers(yaml.load(text, Loader=yaml.BaseLoader))  # noqa: S506 -- only texts
    if not register:
        del plain["readings"]
    return read_rubric(yaml.safe_dump(plain, allow_unicode=True, sort_keys=False), "stripped.yaml")


def test_the_report_is_the_reviewed_one(findings: list[Finding]) -> None:
    assert told(findings) == expected(NAME, told(findings))


def test_the_report_without_readings_is_the_reviewed_one() -> None:
    found = told(lint(stripped(register=False)))

    assert found == expected(f"{NAME}-without-readings", found)


def test_no_error_is_left_open(findings: list[Finding]) -> None:
    assert not has_errors(findings)


def test_the_two_silences_stay_as_open_warnings(findings: list[Finding]) -> None:
    silences = [(f.place, f.severity, f.waived_by) for f in findings if f.code == "K203"]

    assert silences == [("G2.2", "warning", None), ("M30.1", "warning", None)]


KNOWN_DEFECTS: list[tuple[str, str, str, str | None]] = [
    ("T1", "K202", "G2.3", "G2.3-overlap"),
    ("T2", "K203", "G2.2", None),
    ("T3", "K201", "G2.1", "G2-holes"),
    ("T3", "K201", "G2.3", "G2-holes"),
    ("T4", "K105", "G2.1", "G2-weak"),
    ("T4", "K105", "G2.3", "G2-weak"),
    ("T5", "K201", "G1", "G1-edges"),
    ("T6", "K204", "G1", "G1-edges"),
    ("T7", "K206", "G1", "G1-uneven"),
    ("T8", "K210", "G3", "G3-fifth"),
    ("T9", "K209", "G3", "G3-zero"),
    ("T10", "K310", "quality_award_count", "G3-counting"),
    ("T11", "K208", "G4", "G4-base"),
    ("T11", "K209", "G4", "G4-zero"),
    ("T12", "K212", "quality_infrastructure_index", "G4-index"),
    ("T13", "K211", "G5", "G5-conversion"),
    ("T14", "K207", "G6.2", "G6.2-steps"),
    ("T14", "K214", "tourism_complaint_settlement_rate", "G6.2-none"),
    ("T15", "K403", "tourism_campaign_count", "G6.1-period"),
    ("T16", "K401", "M15.2", "M15.2-trend"),
    ("T17", "K401", "M19", "M19-rates"),
    ("T18", "K203", "M30.1", None),
    ("T18", "K401", "M31.1", "M31.1-incidents"),
    ("T19", "K401", "M8.1", "judged-partial"),
    ("T20", "K215", "grades", "grade-fractions"),
    ("T20", "K308", "grades", "grade-source"),
    ("T21", "K106", "not_applicable", None),
    ("T21", "K404", "rubric", "rounding-and-missing"),
    ("T22", "K309", "rubric", "outside-values"),
    ("T23", "K311", "V1", "V1-severe"),
]


@pytest.mark.parametrize("known", KNOWN_DEFECTS, ids=lambda known: " ".join(known[:3]))
def test_the_known_defect_is_found_and_points_at_its_reading(
    rubric: Rubric, findings: list[Finding], known: tuple[str, str, str, str | None]
) -> None:
    defect, code, place, waived_by = known
    by_id = {reading.id: reading for reading in rubric.readings}
    pointed = pointers(rubric)[place] + rubric.reading

    assert {f.waived_by for f in findings if (f.code, f.place) == (code, place)} == {waived_by}
    assert any(defect in by_id[r].defect for r in (pointed if waived_by is None else (waived_by,)))


def test_every_threshold_defect_is_known() -> None:
    assert {defect for defect, *_ in KNOWN_DEFECTS} == {f"T{number}" for number in range(1, 24)}


@pytest.mark.parametrize(
    ("code", "places"),
    [
        ("K201", ["G1", "G2.1", "G2.1", "G2.1", "G2.3", "G2.3"]),
        ("K202", ["G2.3"]),
        ("K203", ["G2.2", "M30.1"]),
        ("K204", ["G1", "G1", "G1", "G1"]),
        ("K207", ["G6.2"]),
        ("K208", ["G4"]),
        ("K210", ["G3"]),
        ("K211", ["G5"]),
        ("K215", ["grades", "grades", "grades"]),
    ],
)
@pytest.mark.parametrize("register", [True, False])
def test_without_readings_lint_finds_it_by_itself(
    code: str, places: list[str], *, register: bool
) -> None:
    found = lint(stripped(register=register))

    assert [f.place for f in found if f.code == code] == places
    assert {f.waived_by for f in found} == {None}
    assert has_errors(found)


def test_a_register_that_nothing_points_at_changes_nothing() -> None:
    def of_the_document(rubric: Rubric) -> list[Finding]:
        return [f for f in lint(rubric) if f.code not in NOT_OF_THE_DOCUMENT]

    assert of_the_document(stripped(register=True)) == of_the_document(stripped(register=False))


def test_every_choice_of_every_reading_leaves_no_error_open(rubric: Rubric) -> None:
    left = {
        (reading.id, choice.id): [f.message for f in lint(switched) if f.stops]
        for reading in rubric.readings
        for choice in reading.choices
        if has_errors(lint(switched := choose(rubric, {reading.id: choice.id})))
    }

    assert left == {}


def test_deciding_the_silence_settles_it(rubric: Rubric) -> None:
    found = lint(choose(rubric, {"G2.2-below": "zero", "M30.1-below": "zero"}))

    settled = [(f.place, f.waived_by) for f in found if f.code == "K203"]
    assert settled == [("G2.2", "G2.2-below"), ("M30.1", "M30.1-below")]


def test_the_county_lints_without_an_error() -> None:
    assert not has_errors(lint(load_rubric("example-county")))
