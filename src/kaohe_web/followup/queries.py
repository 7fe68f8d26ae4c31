"""Who sees which veto cases, appeals and rectifications, their steps, and the papers on them."""

from django.db.models import Exists, OuterRef, Q, QuerySet

from kaohe_web.cycles.models import Cycle, Duty
from kaohe_web.cycles.queries import visible_cycles
from kaohe_web.filing.models import Evidence
from kaohe_web.followup.models import Appeal, Rectification, Step, StepPaper, VetoCase
from kaohe_web.people.actor import Actor
from kaohe_web.people.models import Role
from kaohe_web.results.stored import detail_in

ABOVE = (Role.OFFICE, Role.LEADER)
SCORED_ANEW = (
    Step.What.CASE_DECIDED,
    Step.What.CASE_LIFTED,
    Step.What.APPEAL_UPHELD,
)
"""The steps after which the year must be scored again."""


def veto_cases(by: Actor) -> QuerySet[VetoCase]:
    """The cases the actor may see: all, or those that their unit was told of."""
    rows = VetoCase.objects.filter(cycle__in=visible_cycles(by)).select_related(
        "cycle__edition", "assessed__unit"
    )
    if by.role in ABOVE:
        return rows
    if by.role == Role.UNIT_OFFICE:
        return rows.filter(assessed__unit=by.unit_id, answer_until__isnull=False)
    return rows.none()


def appeals(by: Actor) -> QuerySet[Appeal]:
    """The appeals the actor may see: all, their own unit's, or those they review."""
    rows = Appeal.objects.filter(cycle__in=visible_cycles(by)).select_related(
        "cycle__edition", "run__edition", "assessed__unit", "assessed__cycle", "reviewer__user"
    )
    if by.role in ABOVE:
        return rows
    if by.role == Role.UNIT_OFFICE:
        return rows.filter(assessed__unit=by.unit_id)
    if by.role == Role.ASSESSOR:
        return rows.filter(reviewer=by.post)
    return rows.none()


def rectifications(by: Actor) -> QuerySet[Rectification]:
    """What must be mended, as far as the actor has to do with it.

    Office and leaders: all; unit offices: their unit's; liaisons: the parts their department leads.
    """
    rows = Rectification.objects.filter(cycle__in=visible_cycles(by)).select_related(
        "cycle__edition", "cycle__before", "assessed__unit", "result__run"
    )
    if by.role in ABOVE:
        return rows
    if by.role == Role.UNIT_OFFICE:
        return rows.filter(assessed__unit=by.unit_id)
    if by.role == Role.LIAISON:
        led = Duty.objects.filter(
            assessed=OuterRef("assessed"),
            part=OuterRef("part"),
            department=by.department_id,
            kind=Duty.Kind.LEAD,
        )
        return rows.filter(Exists(led))
    return rows.none()


def steps(by: Actor) -> QuerySet[Step]:
    """The steps of whatever the actor may see; a unit reads a review once it is decided on."""
    rows = Step.objects.filter(
        Q(case__in=veto_cases(by).values("pk"))
        | Q(appeal__in=appeals(by).values("pk"))
        | Q(rectification__in=rectifications(by).values("pk"))
    )
    if by.role == Role.UNIT_OFFICE:
        return rows.exclude(what=Step.What.APPEAL_REVIEWED, appeal__decided_at=None)
    return rows


def papers(by: Actor) -> QuerySet[StepPaper]:
    """The papers on those steps."""
    return StepPaper.objects.filter(step__in=steps(by).values("pk")).select_related("file")


def appealed_evidence(by: Actor, appeal: Appeal) -> QuerySet[Evidence]:
    """The evidence that the appealed score rests on, by what was frozen with it.

    An assessor sees what is sensitive only if the post is cleared for it.
    """
    result = appeal.run.units.get(assessed=appeal.assessed_id)
    listed = detail_in(result)["sources"].get("evidence", {}).get(appeal.part, ())
    rows = Evidence.objects.filter(pk__in=[file["id"] for file in listed]).select_related("file")
    if by.role == Role.ASSESSOR and by.post is not None and not by.post.cleared:
        return rows.exclude(label=Evidence.Label.SENSITIVE)
    return rows


def unscored(cycle: Cycle) -> QuerySet[Step]:
    """The decisions that no scoring run of the year holds yet."""
    decided = Step.objects.filter(cycle=cycle, what__in=SCORED_ANEW)
    last = cycle.runs.order_by("-number").values_list("made_at", flat=True).first()
    return decided if last is None else decided.filter(at__gt=last)
