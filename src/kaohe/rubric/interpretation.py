"""The rubric as it is read: every place as the chosen readings set it."""

from collections.abc import Iterable, Mapping
from dataclasses import replace

from kaohe.errors import UnknownName
from kaohe.rubric.model import Criterion, Part, Rubric, Section
from kaohe.rubric.readings import Change


def choose(rubric: Rubric, choices: Mapping[str, str]) -> Rubric:
    """The same edition, read for one run with other choices than its register's.

    :raises UnknownName: for a reading or a choice that the register does not have.
    """
    by_id = {reading.id: reading for reading in rubric.readings}
    for reading_id, choice_id in choices.items():
        if reading_id not in by_id:
            raise UnknownName("口径", reading_id, by_id)
        reading = by_id[reading_id]
        if reading.choice(choice_id) is None:
            known = [choice.id for choice in reading.choices]
            raise UnknownName(f"选项（口径 {reading_id}）", choice_id, known)
    return replace(rubric, run_choices={**rubric.run_choices, **choices})


def in_force(rubric: Rubric) -> dict[str, str]:
    """Reading → choice, as this run reads the rubric; a reading nobody has decided is not there."""
    chosen = {reading.id: reading.chosen for reading in rubric.readings if reading.chosen}
    return {**chosen, **rubric.run_choices}


def interpret(rubric: Rubric, *, without: Iterable[str] = ()) -> Rubric:
    """The rubric with the chosen readings applied wherever a place points at them.

    ``without`` leaves out some readings, to see what the document says by itself.
    """
    left_out = set(without)
    choices = in_force(rubric)
    chosen = {
        reading.id: choice.set
        for reading in rubric.readings
        if reading.id not in left_out
        and (choice := reading.choice(choices.get(reading.id, ""))) is not None
    }
    if not chosen:
        return rubric

    def changes(place: str, pointers: Iterable[str]) -> list[Change]:
        return [c for pointer in pointers for c in chosen.get(pointer, ()) if c.place == place]

    def read_part(part: Part, pointers: tuple[str, ...]) -> Part:
        for change in changes(part.id, pointers + part.reading):
            rule = part.rule if change.rule is None else change.rule
            part = replace(part, rule=replace(rule, **change.settings))
        return part

    def read_criterion(criterion: Criterion) -> Criterion:
        parts = (read_part(part, criterion.reading) for part in criterion.parts)
        return replace(criterion, parts=tuple(parts))

    def read_section(section: Section) -> Section:
        return replace(
            section,
            sections=tuple(map(read_section, section.sections)),
            criteria=tuple(map(read_criterion, section.criteria)),
        )

    grades, not_applicable = rubric.grades, rubric.not_applicable
    for change in changes("grades", grades.reading):
        grades = replace(grades, **change.settings)
    for change in changes("not_applicable", not_applicable.reading):
        not_applicable = replace(not_applicable, **change.settings)
    return replace(
        rubric,
        sections=tuple(map(read_section, rubric.sections)),
        adjustments=tuple(map(read_criterion, rubric.adjustments)),
        grades=grades,
        not_applicable=not_applicable,
    )
