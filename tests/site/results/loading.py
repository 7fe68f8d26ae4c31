"""A cohort in the shape of ``kaohe score``, put into the tables of the site as a year would."""

import datetime as dt
import json
from collections.abc import Mapping
from importlib import resources
from typing import Any

from kaohe_web.cycles.models import (
    AssessedUnit,
    Cycle,
    Exemption,
    ReferenceValue,
    SettledReading,
    Stage,
    StageKind,
    Target,
)
from kaohe_web.filing.clauses import year_of
from kaohe_web.filing.models import AwardEntry, ReportedValue, Submission
from kaohe_web.people.models import Department, Unit
from kaohe_web.results.models import DecidedVeto
from kaohe_web.review.models import Judgement
from kaohe_web.rubrics.models import RubricEdition
from world import NOW, adopt

Plain = dict[str, Any]
LAST = dt.date(2027, 12, 31)


def sample_city() -> Plain:
    """The sample city of the library."""
    text = (resources.files("kaohe") / "samples" / "sample-city.json").read_text("utf-8")
    data: Plain = json.loads(text, parse_float=str, parse_int=str)
    return data


def load_cohort(
    data: Plain,
    readings: Mapping[str, str] | None = None,
    *,
    name: str = "示例年度",
    edition: RubricEdition | None = None,
) -> Cycle:
    """A running year that holds this data, everything submitted and judged."""
    cycle = Cycle.objects.create(
        name=name,
        edition=edition or RubricEdition.objects.first() or adopt(),
        state=Cycle.State.OPEN,
        first_day=dt.date(2016, 9, 1),
        last_day=dt.date(2017, 8, 31),
        made_at=NOW,
    )
    for kind in (StageKind.FILING, StageKind.REVIEW, StageKind.RESULTS):
        first = dt.date(2017, 10, 1)
        Stage.objects.create(cycle=cycle, kind=kind, first_day=first, last_day=LAST)
    for reading, choice in (readings or {}).items():
        SettledReading.objects.create(
            cycle=cycle, reading=reading, choice=choice, why="示例", signer="示例", at=NOW
        )
    for position, unit in enumerate(data["units"]):
        load_unit(cycle, unit, position)
    for group, means in data.get("references", {}).items():
        for indicator, values in means.items():
            for mean, value in values.items():
                ReferenceValue.objects.create(
                    cycle=cycle,
                    group=group,
                    indicator=indicator,
                    mean="" if mean == "mean" else mean,
                    value=value,
                )
    return cycle


def load_unit(cycle: Cycle, data: Plain, position: int) -> AssessedUnit:
    """One unit with everything known of it."""
    unit, made = Unit.objects.get_or_create(
        code=data["id"], defaults={"name": free_name(data), "position": position}
    )
    if made:
        Department.objects.create(unit=unit, name="综合科（示例）")
    assessed = AssessedUnit.objects.create(
        cycle=cycle,
        unit=unit,
        type=data.get("type", ""),
        group=data["group"],
        position=position,
    )
    submit_everything(assessed)
    load_values(assessed, data)
    for indicator, value in data.get("targets", {}).items():
        Target.objects.create(
            cycle=cycle,
            assessed=assessed,
            indicator=indicator,
            value=value,
            state=Target.State.CONFIRMED,
        )
    for part, reason in data.get("exempt", {}).items():
        Exemption.objects.create(
            cycle=cycle, assessed=assessed, part=part, reason=reason, by="示例", at=NOW
        )
    for part, given in data.get("points", {}).items():
        score, reason = given, ""
        if isinstance(given, dict):
            score, reason = given["score"], given.get("reason", "")
        Judgement.objects.create(
            cycle=cycle,
            assessed=assessed,
            part=part,
            score=score,
            reason=reason,
            how=Judgement.How.SINGLE,
            by="评审员（示例）",
            at=NOW,
        )
    for number, veto in enumerate(data.get("vetoes", [])):
        case = 1_000_000 * assessed.pk + number
        told = {"veto": veto} if isinstance(veto, str) else veto
        DecidedVeto.objects.create(cycle=cycle, assessed=assessed, case_id=case, **told)
    return assessed


def free_name(data: Plain) -> str:
    """The unit's name; a name that another unit has gets its code behind it."""
    name = data["name"]
    return f"{name} {data['id']}" if Unit.objects.filter(name=name).exists() else name


def submit_everything(assessed: AssessedUnit) -> None:
    """Every part that is filed for, submitted."""
    department = assessed.unit.departments.get()
    for clause in year_of(assessed.cycle).clauses(assessed.type).filed():
        Submission.objects.create(
            cycle=assessed.cycle,
            assessed=assessed,
            part=clause.part.id,
            department=department,
            state=Submission.State.SUBMITTED,
            submitted_at=NOW,
        )


def load_values(assessed: AssessedUnit, data: Plain) -> None:
    """Values of this year and the last, and what is registered."""
    values, before = dict(data.get("indicators", {})), data.get("previous", {})
    for indicator, entries in data.get("entries", {}).items():
        if not entries:
            values[indicator] = "0"
        for entry in entries:
            more = {key: entry[key] for key in ("holder", "approval") if key in entry}
            AwardEntry.objects.create(
                cycle=assessed.cycle,
                assessed=assessed,
                indicator=indicator,
                name=entry["name"],
                level=entry["level"],
                on_day=dt.date.fromisoformat(entry["date"]),
                document=entry["document"],
                **more,
            )
    for indicator in {**values, **before}:
        ReportedValue.objects.create(
            cycle=assessed.cycle,
            assessed=assessed,
            indicator=indicator,
            value=values.get(indicator),
            before=before.get(indicator),
            entered_by="联络员（示例）",
            entered_at=NOW,
            source="监测报告（示例）",
        )
