"""Who sees which evidence (佐证材料), where it is used, and who may change it."""

from django.db.models import Q, QuerySet

from kaohe_web.cycles.models import Cycle
from kaohe_web.cycles.queries import parts_led, visible_units
from kaohe_web.filing import queries
from kaohe_web.filing.models import Evidence, EvidenceUse
from kaohe_web.people.actor import Actor
from kaohe_web.people.models import Role

WHOLE = ("assessed__unit", "assessed__cycle__edition", "department", "file")
"""What actions and pages always ask of evidence."""

INTERNAL = Evidence.Label.INTERNAL


def evidence(by: Actor, cycle: Cycle) -> QuerySet[Evidence]:
    """The evidence of a year that the actor may see, with what was replaced or withdrawn.

    Office, leaders and unit offices: of the units that they have to do with. Liaisons: what their
    department uploaded, and what is used on parts that it leads or supports. Assessors: what is
    used on submitted parts that they judge. What is sensitive only those see who uploaded it or
    decide on it, and assessors whose post is cleared.
    """
    rows = Evidence.objects.filter(cycle=cycle).select_related(*WHOLE)
    match by.role:
        case Role.OFFICE | Role.LEADER | Role.UNIT_OFFICE:
            return rows.filter(assessed__in=visible_units(by, cycle).values("pk"))
        case Role.LIAISON:
            own = Q(department=by.department_id)
            return rows.filter(own | (used_where_seen(by, cycle) & Q(label=INTERNAL)))
        case Role.ASSESSOR:
            found = rows.filter(used_where_seen(by, cycle))
            return found if is_cleared(by) else found.filter(label=INTERNAL)
        case _:
            return rows.none()


def used_where_seen(by: Actor, cycle: Cycle) -> Q:
    """That something not withdrawn is used on a submission that the actor reads."""
    seen = queries.submissions(by, cycle).order_by().values("pk")
    return Q(
        pk__in=EvidenceUse.objects.filter(submission__in=seen).values("evidence"),
        withdrawn_at=None,
    )


def is_cleared(by: Actor) -> bool:
    """Whether the actor's post may read sensitive material (可阅敏感材料)."""
    return by.post is not None and by.post.cleared


def evidence_to_change(by: Actor, cycle: Cycle) -> QuerySet[Evidence]:
    """What the actor may describe, replace and withdraw: a department's own; all of one's unit."""
    rows = evidence(by, cycle).filter(withdrawn_at=None)
    match by.role:
        case Role.LIAISON:
            return rows.filter(department=by.department_id)
        case Role.UNIT_OFFICE:
            return rows
        case _:
            return rows.none()


def uses(by: Actor, cycle: Cycle) -> QuerySet[EvidenceUse]:
    """Where evidence that the actor sees is used, as far as the actor reads that part."""
    seen = queries.submissions(by, cycle).order_by().values("pk")
    shown = evidence(by, cycle).filter(withdrawn_at=None).order_by().values("pk")
    return EvidenceUse.objects.filter(submission__in=seen, evidence__in=shown).select_related(
        "submission__assessed__unit",
        "submission__assessed__cycle__edition",
        *(f"evidence__{each}" for each in WHOLE),
    )


def uses_to_change(by: Actor, cycle: Cycle) -> QuerySet[EvidenceUse]:
    """The uses that the actor may end or point to a page.

    A department's: of its own evidence, and any on a part that it leads. A unit office's: all.
    """
    rows = uses(by, cycle)
    match by.role:
        case Role.LIAISON:
            led = parts_led(by, cycle).values("part")
            return rows.filter(
                Q(evidence__department=by.department_id) | Q(submission__part__in=led)
            )
        case Role.UNIT_OFFICE:
            return rows
        case _:
            return rows.none()


def hidden_count(by: Actor, submission_id: int) -> int:
    """How many sensitive files of a part an assessor is not cleared to see."""
    if by.role != Role.ASSESSOR or is_cleared(by):
        return 0
    return EvidenceUse.objects.filter(
        submission=submission_id,
        evidence__withdrawn_at=None,
        evidence__label=Evidence.Label.SENSITIVE,
    ).count()


def versions(found: Evidence) -> list[Evidence]:
    """The versions of a file, the latest first; one query for each step back and forward."""
    latest = found
    while (
        newer := Evidence.objects.filter(replaces=latest).select_related(*WHOLE).first()
    ) is not None:
        latest = newer
    chain = [latest]
    while chain[-1].replaces_id is not None:
        chain.append(Evidence.objects.select_related(*WHOLE).get(pk=chain[-1].replaces_id))
    return chain
