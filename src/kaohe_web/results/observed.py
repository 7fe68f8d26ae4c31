"""The whole data of a year in the shape of ``kaohe score``: what was filed, judged and decided."""

from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass, replace
from enum import StrEnum

from django.utils.translation import gettext as _

from kaohe.quantity import exact, write_number
from kaohe.rubric.interpretation import interpret
from kaohe.rubric.model import Rubric
from kaohe.rules.base import Award
from kaohe.scoring.cohort import UnitFacts, assemble
from kaohe.scoring.data import award_mistake, read_data
from kaohe.scoring.json_data import read_json
from kaohe_web.cycles.models import Cycle
from kaohe_web.filing.models import Submission
from kaohe_web.filing.observed import observed as filed
from kaohe_web.results.models import DecidedVeto
from kaohe_web.results.scoring import (
    FILE,
    Plain,
    Scored,
    canonical,
    readings_of,
    rubric_as_read,
    score_text,
)
from kaohe_web.review.models import Judgement

Judged = Mapping[tuple[str, str], Award]
"""What assessors gave, by unit and part."""


@dataclass(frozen=True, slots=True)
class Idle:
    """Points that do not act, because something else decides the part now; and why not."""

    unit: str
    name: str
    part: str
    why: str


@dataclass(frozen=True, slots=True)
class Observed:
    """A year's data: ``text`` is the canonical JSON of ``data``, which is what gets scored."""

    data: Plain
    idle: tuple[Idle, ...] = ()

    @property
    def text(self) -> str:
        """The canonical JSON."""
        return canonical(self.data)


class Basis(StrEnum):
    """What a scoring of the moment takes into account."""

    SUBMITTED = "submitted"
    """What was submitted, and what assessors gave: what a run takes."""

    DRAFTS = "drafts"
    """Also what was only entered."""

    OWN = "own"
    """Also the departments' own scores (自评得分), wherever no assessor has spoken yet."""


def observe(cycle: Cycle, basis: Basis = Basis.SUBMITTED) -> Observed:
    """The data of a year as it stands.

    :raises Mistaken: with every mistake in it, its place, and what to do.
    """
    rubric = rubric_as_read(cycle.edition, readings_of(cycle))
    filed_data = filed(cycle, drafts=basis is not Basis.SUBMITTED)
    data = with_vetoes(filed_data, vetoes_of(cycle))
    judged = judged_in(cycle)
    own = own_scores(cycle, rubric) if basis is Basis.OWN else {}
    found = with_points(rubric, data, {**own, **judged})
    return replace(found, idle=tuple(e for e in found.idle if (e.unit, e.part) in judged))


def score_now(cycle: Cycle, basis: Basis = Basis.SUBMITTED) -> tuple[Scored, Observed]:
    """The scores of a year as it stands, and the data that they come from.

    :raises Mistaken: as :func:`observe`.
    """
    found = observe(cycle, basis)
    return score_text(cycle.edition, readings_of(cycle), found.text), found


def own_scores(cycle: Cycle, rubric: Rubric) -> dict[tuple[str, str], Award]:
    """The departments' own scores, by unit and part, where the part can have such a score."""
    parts = {part.id: part for part in interpret(rubric).all_parts()}
    rows = Submission.objects.filter(cycle=cycle).exclude(self_score=None)
    return {
        (row.assessed.unit.code, row.part): Award(row.self_score, own_reason(row))
        for row in rows.select_related("assessed__unit")
        if row.part in parts
        and row.self_score is not None
        and not parts[row.part].rule.award_fault(row.self_score, parts[row.part].points)
    }


def own_reason(row: Submission) -> str:
    """That a score is the department's own, and what it says about it."""
    return f"{_('部门自评')}：{row.lost_reason}" if row.lost_reason else _("部门自评")


def judged_in(cycle: Cycle) -> dict[tuple[str, str], Award]:
    """Every judgement in force, by unit and part."""
    rows = Judgement.objects.filter(cycle=cycle).select_related("assessed__unit")
    return {(row.assessed.unit.code, row.part): Award(row.score, row.reason) for row in rows}


def vetoes_of(cycle: Cycle) -> dict[str, list[Plain]]:
    """The vetoes decided and not lifted, by unit; each veto once, by its first decision."""
    found: dict[str, dict[str, Plain]] = {}
    for row in DecidedVeto.objects.filter(cycle=cycle).select_related("assessed__unit"):
        told = {"veto": row.veto, "authority": row.authority, "document": row.document}
        mine = found.setdefault(row.assessed.unit.code, {})
        mine.setdefault(row.veto, {name: text for name, text in told.items() if text})
    return {unit: list(vetoes.values()) for unit, vetoes in found.items()}


def with_vetoes(data: Plain, vetoes: Mapping[str, list[Plain]]) -> Plain:
    """The data with these vetoes, and no others."""
    units = [{k: v for k, v in unit.items() if k != "vetoes"} for unit in data["units"]]
    for unit in units:
        if vetoes.get(unit["id"]):
            unit["vetoes"] = vetoes[unit["id"]]
    return {**data, "units": units}


def with_points(rubric: Rubric, data: Plain, judged: Judged) -> Observed:
    """The data with the points that assessors gave wherever a part awaits them, and no others.

    Points on a part that its rule decides meanwhile, or that is exempt, stay out and are told.

    :raises Mistaken: with every mistake in the data.
    """
    bare = [{k: v for k, v in unit.items() if k != "points"} for unit in data["units"]]
    data = {**data, "units": bare}
    dataset = read_data(read_json(canonical(data), FILE), rubric)
    with exact():
        facts = {each.unit.id: each for each in assemble(interpret(rubric), dataset)}
        idle = tuple(idle_points(rubric, facts, judged))
    resting = {(each.unit, each.part) for each in idle}
    for unit in bare:
        points = {
            part: plain_award(award)
            for (of, part), award in sorted(judged.items(), key=lambda item: item[0])
            if of == unit["id"] and (of, part) not in resting
        }
        if points:
            unit["points"] = points
    return Observed(data, idle)


def idle_points(rubric: Rubric, facts: Mapping[str, UnitFacts], judged: Judged) -> Iterator[Idle]:
    """The points that would be a mistake in the data, each with what is wrong."""
    parts = {part.id: part for part in interpret(rubric).all_parts()}
    for unit, part in sorted(judged):
        if unit not in facts:
            continue
        of = facts[unit].unit
        why = award_mistake(parts[part], facts[unit]) if part in parts else NO_PART
        if why:
            yield Idle(unit, of.name, part, why)


NO_PART = "现在的评分细则没有这个条目；这项评定不再计入"


def plain_award(award: Award) -> Plain | str:
    """Points as the data has them: a number, with its reason where there is one."""
    score, reason = write_number(award.score), award.reason.strip()
    return {"score": score, "reason": reason} if reason else score


def vetoes_in(data: Plain) -> dict[str, tuple[str, ...]]:
    """The ids of the vetoes recorded in data, by unit."""
    return {unit["id"]: tuple(ids_of(unit.get("vetoes", ()))) for unit in data["units"]}


def ids_of(vetoes: Iterable[Plain | str]) -> Iterator[str]:
    """The ids of vetoes, whichever way they are written."""
    for veto in vetoes:
        yield veto if isinstance(veto, str) else veto["veto"]
