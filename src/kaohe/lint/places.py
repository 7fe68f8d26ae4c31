"""The places of a rubric: their order in the document, what they point at, whom they name."""

from collections.abc import Iterator

from kaohe.rubric.model import Rubric


def places_in_order(rubric: Rubric) -> dict[str, int]:
    """Every place where a finding can stand, with its position in the document."""
    names: list[str] = ["rubric"]
    for section in rubric.all_sections():
        names.append(section.title)
        for criterion in section.criteria:
            names += [criterion.id, *(part.id for part in criterion.parts)]
    for criterion in rubric.adjustments:
        names += [criterion.id, *(part.id for part in criterion.parts)]
    names += [veto.id for veto in rubric.vetoes]
    names += [precondition.id for precondition in rubric.preconditions]
    names += [rule.id for rule in rubric.exclusive]
    names += ["grades", "not_applicable", *rubric.indicators, *rubric.registers]
    names += [department.name for department in rubric.departments]
    names += [reading.id for reading in rubric.readings]
    return {name: place for place, name in reversed(list(enumerate(names)))}


def section_ids(rubric: Rubric) -> tuple[str, ...]:
    """The names by which sections are referred to: their ids, or their titles."""
    return tuple(section.id or section.title for section in rubric.all_sections())


def pointers(rubric: Rubric, *, own: bool = False) -> dict[str, tuple[str, ...]]:
    """The readings that each place points at, in the order they act.

    A part also points at what its criterion points at, unless only its ``own`` are asked for. What
    the whole rubric points at stands at ``rubric``.
    """
    found: dict[str, tuple[str, ...]] = {"rubric": rubric.reading}
    for criterion in rubric.all_criteria():
        found[criterion.id] = criterion.reading
        shared = () if own else criterion.reading
        for part in criterion.parts:
            found[part.id] = found.get(part.id, ()) if part.id == criterion.id else shared
            found[part.id] += part.reading
    found["grades"] = rubric.grades.reading
    found["not_applicable"] = rubric.not_applicable.reading
    for veto in rubric.vetoes:
        found[veto.id] = found.get(veto.id, ()) + veto.reading
    for indicator in rubric.indicators.values():
        found[indicator.id] = found.get(indicator.id, ()) + indicator.reading
    for indicator_id, register in rubric.registers.items():
        found[indicator_id] = found.get(indicator_id, ()) + register.reading
    return found


def department_names(rubric: Rubric) -> Iterator[tuple[str, str]]:
    """Every department that is named, with the place that names it.

    What all parts of a criterion name stands at the criterion.
    """
    for criterion in rubric.all_criteria():
        named = [dict.fromkeys((*p.lead, *p.supporting, p.provider)) for p in criterion.parts]
        shared = [name for name in named[0] if all(name in names for names in named)]
        yield from ((criterion.id, name) for name in shared if name)
        for part, names in zip(criterion.parts, named, strict=True):
            yield from ((part.id, name) for name in names if name and name not in shared)
    for veto in rubric.vetoes:
        yield from ((veto.id, name) for name in veto.lead)
    for indicator in rubric.indicators.values():
        if indicator.provider:
            yield indicator.id, indicator.provider
    for indicator_id, register in rubric.registers.items():
        for kind in register.kinds:
            yield from ((indicator_id, name) for name in (*kind.lead, kind.provider) if name)
