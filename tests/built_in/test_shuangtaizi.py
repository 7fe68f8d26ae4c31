"""The built-in rubric against the table that outside checks rely on."""

from decimal import Decimal

import pytest

from kaohe.reading.load import load_rubric
from kaohe.rubric.interpretation import interpret
from kaohe.rubric.model import Rubric

ITEMS = """
G1 10
G2 6: G2.1 2.5, G2.2 2, G2.3 1.5
G3 4
G4 4
G5 6
G6 5: G6.1 2, G6.2 3
M8 2: M8.1 1, M8.2 1
M9 1
M10 3
M11 1
M12 2: M12.1 1, M12.2 1
M13 3
M14 2
M15 4: M15.1 2, M15.2 2
M16 1
M17 2
M18 1
M19 2
M20 0.5
M21 1
M22 1
M23 3
M24 6: M24.1 4, M24.2 2
M25 5: M25.1 1, M25.2 1, M25.3 2, M25.4 1
M26 2
M27 4: M27.1 2, M27.2 2
M28 4
M29 2
M30 4: M30.1 2, M30.2 2
M31 3.5: M31.1 3, M31.2 0.5
M32 2
M33 1
M34 1
M35 1
"""
READINGS = {
    "G1-edges": ("upper-held", "lower-held"),
    "G2-holes": ("contiguous", "round-to-one-decimal"),
    "G2.3-overlap": ("full-from-93", "full-from-93.5"),
    "G3-fifth": ("at-least", "more-than"),
    "G4-base": ("city", "province"),
    "G5-conversion": ("proportional", "by-grade"),
    "G6.2-steps": ("pro-rata", "full", "started"),
    "M30.1-below": ("silent", "zero"),
    "grade-fractions": ("as-is", "round-first"),
}


@pytest.fixture(scope="module")
def rubric() -> Rubric:
    return load_rubric("shuangtaizi-2017")


def test_items_and_parts_with_their_points(rubric: Rubric) -> None:
    lines = []
    for criterion in rubric.all_criteria():
        line = f"{criterion.id} {criterion.points}"
        if criterion.divided:
            line += ": " + ", ".join(f"{part.id} {part.points}" for part in criterion.parts)
        lines.append(line)
    assert lines == ITEMS.strip().splitlines()


def test_sections(rubric: Rubric) -> None:
    assert [(section.title, section.points) for section in rubric.all_sections()] == [
        ("质量目标", Decimal(35)),
        ("质量措施", Decimal(65)),
        ("质量发展", Decimal(22)),
        ("质量安全", Decimal(38)),
        ("质量基础", Decimal(5)),
    ]


def test_six_goals_twenty_eight_measures_forty_seven_parts(rubric: Rubric) -> None:
    ids = [criterion.id for criterion in rubric.all_criteria()]
    assert len([i for i in ids if i.startswith("G")]) == 6
    assert len([i for i in ids if i.startswith("M")]) == 28
    assert len(list(rubric.all_parts())) == 47
    assert sum(part.points for part in rubric.all_parts()) == 100


def test_every_clause_from_1_to_35_is_there_once(rubric: Rubric) -> None:
    clauses = [clause for criterion in rubric.all_criteria() for clause in criterion.clauses]
    assert clauses == [str(number) for number in range(1, 36)]


def test_which_parts_a_rule_decides(rubric: Rubric) -> None:
    rules = {part.id: part.rule.type for part in rubric.all_parts()}
    assert {part: rule for part, rule in rules.items() if rule != "judged"} == {
        "G1": "banded",
        "G2.1": "banded",
        "G2.2": "banded",
        "G2.3": "banded",
        "G3": "relative",
        "G4": "relative",
        "G5": "converted",
        "G6.1": "stepped",
        "G6.2": "stepped",
        "M30.1": "attained",
    }


def test_only_the_manufacturing_rate_has_a_target(rubric: Rubric) -> None:
    assert [i.id for i in rubric.indicators.values() if i.target] == ["manufacturing_pass_rate"]


def test_the_readings_of_the_contract_default_first(rubric: Rubric) -> None:
    choices = {reading.id: tuple(c.id for c in reading.choices) for reading in rubric.readings}
    assert {reading: choices[reading] for reading in READINGS} == READINGS
    chosen = {reading.id: reading.chosen for reading in rubric.readings}
    assert {reading: chosen[reading] for reading in READINGS} == {
        reading: found[0] for reading, found in READINGS.items()
    }


def test_every_reading_says_what_is_unclear_and_why_it_is_read_so(rubric: Rubric) -> None:
    for reading in rubric.readings:
        assert reading.unclear, reading.id
        assert reading.why, reading.id
        assert reading.by, reading.id
        assert all(choice.means for choice in reading.choices), reading.id


def test_every_department_is_known_and_every_part_has_one(rubric: Rubric) -> None:
    known = {department.name for department in rubric.departments}
    for part in rubric.all_parts():
        assert part.lead, part.id
        assert set(part.lead) <= known, part.id


def test_who_provides_what_the_units_do_not_file(rubric: Rubric) -> None:
    assert {part.id: part.provider for part in rubric.all_parts() if part.filing == "none"} == {
        "G1": "市质监局",
        "G5": "市水利局",
        "G6.1": "市旅发委",
        "G6.2": "市旅发委",
    }


def test_what_the_units_file_has_its_usual_evidence(rubric: Rubric) -> None:
    lacking = [p.id for p in rubric.all_parts() if p.filing == "units" and not p.evidence]
    assert lacking == []


def test_the_catalogue_of_awards_by_level(rubric: Rubric) -> None:
    register = rubric.registers[next(iter(rubric.registers))]
    by_level = {
        level.id: [kind.name for kind in register.kinds if level.id in kind.levels]
        for level in register.levels
    }
    assert {level: len(names) for level, names in by_level.items()} == {
        "national": 10,
        "provincial": 9,
        "city": 2,
    }
    assert [n for n in by_level["national"] if n in by_level["provincial"]] == ["地理标志"]
    assert {kind.name: kind.provider for kind in register.kinds if kind.filing == "none"} == {
        "辽宁名牌产品": "市质监局",
        "盘锦名牌产品": "市质监局",
    }


def test_the_veto_and_the_contact_list(rubric: Rubric) -> None:
    (veto,) = rubric.vetoes
    assert (veto.id, veto.effects.grade, len(veto.test)) == ("V1", "D", 4)
    (contacts,) = rubric.contacts
    assert contacts.columns == (
        "姓名",
        "性别",
        "所在单位",
        "职务",
        "办公电话",
        "手机",
        "传真",
        "电子邮件",
    )


@pytest.mark.parametrize(
    ("total", "grade"),
    [
        ("100", "A"),
        ("90", "A"),
        ("89.999", "B"),
        ("80", "B"),
        ("60", "C"),
        ("59.5", "D"),
        ("0", "D"),
    ],
)
def test_grades_by_unrounded_totals(rubric: Rubric, total: str, grade: str) -> None:
    """国办发〔2013〕47号; the seed itself only names D."""
    assert interpret(rubric).grades.of(Decimal(total)) == grade


def test_the_grades_as_printed_leave_holes_between_whole_numbers(rubric: Rubric) -> None:
    assert rubric.grades.of(Decimal("89.5")) is None
