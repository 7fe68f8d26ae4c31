"""The score sheet of one unit (得分说明): every score with all that argues for it, as frozen."""

from collections.abc import Iterator
from dataclasses import dataclass
from decimal import Decimal
from typing import Any

from django.utils.translation import gettext as _

from kaohe.quantity import ZERO, exact, write_number
from kaohe.rubric.model import Criterion, Rubric
from kaohe.wording.words import Lang
from kaohe_web.results.moves import Span
from kaohe_web.results.ranking import added
from kaohe_web.results.scoring import Plain, figure
from kaohe_web.review.models import Judgement


@dataclass(frozen=True, slots=True)
class Evidence:
    """A file that was put forward for a part; one that is sensitive has no name here."""

    id: int
    name: str
    page: int | None


@dataclass(frozen=True, slots=True)
class PartLine:
    """A scored leaf: its figures, its trace, who judged it, what it rests on.

    ``trace`` is the part's trace as the library words it; ``judged`` and ``filed`` may be empty.
    """

    id: str
    title: str
    points: str
    score: Span
    lost: str
    trace: Plain
    judged: Plain
    filed: Plain
    entered: tuple[Plain, ...]
    evidence: tuple[Evidence, ...]

    @property
    def full(self) -> bool:
        """Whether it has all of its points."""
        return self.score.score == self.points


@dataclass(frozen=True, slots=True)
class ItemLine:
    """A criterion with its parts; one that is not divided is its own part."""

    id: str
    title: str
    clauses: tuple[str, ...]
    points: str
    score: Span
    divided: bool
    parts: tuple[PartLine, ...]


@dataclass(frozen=True, slots=True)
class SectionLine:
    """A section with its items and what they add up to."""

    title: str
    points: str
    score: Span
    items: tuple[ItemLine, ...]


@dataclass(frozen=True, slots=True)
class Sheet:
    """The whole sheet."""

    id: str
    name: str
    group: str
    points: str
    total: Span
    grade: str | None
    rank: int | None
    grade_sentence: str
    effects: tuple[str, ...]
    sections: tuple[SectionLine, ...]

    @property
    def parts(self) -> list[PartLine]:
        """Every scored leaf."""
        return [p for section in self.sections for item in section.items for p in item.parts]

    @property
    def losses(self) -> list[PartLine]:
        """The leaves that lost points or are open, the greatest loss first."""
        lost = [part for part in self.parts if not part.full]
        return sorted(lost, key=lambda part: -figure(part.lost))


def sheet(rubric: Rubric, detail: Plain, lang: Lang, *, with_names: bool) -> Sheet:
    """The sheet of a unit's detail; ``with_names`` also says who judged."""
    unit, told = detail[lang]["unit"], detail[lang]
    with exact():
        sections = tuple(section_lines(rubric, detail, lang, with_names=with_names))
    return Sheet(
        id=unit["id"],
        name=unit["name"],
        group=unit["group"],
        points=write_number(rubric.points),
        total=Span(unit["total"], unit["low"], unit["high"]),
        grade=unit["grade"],
        rank=unit["rank"],
        grade_sentence=told["grade"],
        effects=tuple(told["effects"]),
        sections=sections,
    )


def section_lines(
    rubric: Rubric, detail: Plain, lang: Lang, *, with_names: bool
) -> Iterator[SectionLine]:
    """The sections that hold items of this unit, in the order of the document."""
    places: list[tuple[str, tuple[Criterion, ...]]] = [
        (section.title, section.criteria) for section in rubric.all_sections() if section.criteria
    ]
    if rubric.adjustments:
        places.append((_("总分之外"), rubric.adjustments))
    scored = {item["id"]: item for item in detail[lang]["unit"]["items"]}
    for title, criteria in places:
        here = [criterion for criterion in criteria if criterion.id in scored]
        lines = tuple(
            item_line(criterion, scored[criterion.id], detail, lang, with_names=with_names)
            for criterion in here
        )
        if lines:
            ids = frozenset(line.id for line in lines)
            points = sum((figure(line.points) for line in lines), ZERO)
            total = added(scored.values(), ids)
            yield SectionLine(title, write_number(points), total, lines)


def item_line(
    criterion: Criterion, item: Plain, detail: Plain, lang: Lang, *, with_names: bool
) -> ItemLine:
    """One item."""
    leaves = item.get("parts", [item])
    return ItemLine(
        criterion.id,
        criterion.title,
        criterion.clauses,
        item["points"],
        Span(item["score"], item["low"], item["high"]),
        "parts" in item,
        tuple(part_line(leaf, detail, lang, with_names=with_names) for leaf in leaves),
    )


def part_line(leaf: Plain, detail: Plain, lang: Lang, *, with_names: bool) -> PartLine:
    """One leaf."""
    trace, sources = detail[lang]["traces"][leaf["id"]], detail["sources"]
    judged = judgement(sources.get("judged", {}).get(leaf["id"]), with_names=with_names)
    return PartLine(
        id=leaf["id"],
        title=trace["title"],
        points=leaf["points"],
        score=Span(leaf["score"], leaf["low"], leaf["high"]),
        lost=write_number(figure(leaf["points"]) - figure(leaf["low"])),
        trace=trace,
        judged=judged,
        filed=sources.get("filed", {}).get(leaf["id"], {}),
        entered=tuple(entered(trace, sources)),
        evidence=tuple(evidence(sources.get("evidence", {}).get(leaf["id"], ()))),
    )


def judgement(found: Plain | None, *, with_names: bool) -> Plain:
    """How the points came about, in words; who gave them only where names may be shown."""
    if found is None:
        return {}
    told = {
        "how_words": Judgement.How(found["how"]).label,
        "day": found["at"][:10],
        "reason": found["reason"],
    }
    return {**told, "by": found["by"]} if with_names else told


def entered(trace: Plain, sources: Plain) -> Iterator[Plain]:
    """Who entered the values that the part rests on."""
    for value in trace["values"]:
        known = sources.get("entered", {}).get(value["indicator"])
        if known:
            yield {"title": value["title"], **known}


def evidence(listed: Any) -> Iterator[Evidence]:  # noqa: ANN401 -- a list as JSON holds it
    """The files of a part."""
    for file in listed:
        yield Evidence(file["id"], file["name"], file["page"])


def sum_lost(parts: list[PartLine]) -> Decimal:
    """How many points these parts lack for certain or may still lack."""
    with exact():
        return sum((figure(part.lost) for part in parts), ZERO)
