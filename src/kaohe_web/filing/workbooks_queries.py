"""Whose uploaded workbooks somebody sees: a department's, a provider's, a district office's own."""

from django.db.models import QuerySet

from kaohe_web.audit.models import Entry, Outcome
from kaohe_web.cycles.models import Cycle
from kaohe_web.filing.models import WorkbookUpload
from kaohe_web.people.actor import Actor
from kaohe_web.people.models import Role

ISSUED = "workbook.issued"
OBJECT = "workbook"


def workbook_uploads(by: Actor, cycle: Cycle) -> QuerySet[WorkbookUpload]:
    """The workbooks that came back from the actor's own department or body."""
    rows = WorkbookUpload.objects.filter(cycle=cycle).select_related(
        "cycle__edition", "department", "provider", "file"
    )
    match by.role:
        case Role.LIAISON:
            return rows.filter(department=by.department_id)
        case Role.PROVIDER:
            return rows.filter(provider=by.provider_id)
        case Role.OFFICE:
            return rows.filter(department=None, provider=None)
        case _:
            return rows.none()


def owner_of(by: Actor) -> str:
    """Whose workbook the actor fills in, as the workbook remembers it."""
    match by.role:
        case Role.LIAISON:
            return f"d{by.department_id}"
        case Role.PROVIDER:
            return f"p{by.provider_id}"
        case _:
            return "office"


def times_issued(by: Actor, cycle: Cycle) -> int:
    """How often the workbook of the actor's body was handed out: the trail knows."""
    rows = Entry.objects.filter(what=ISSUED, outcome=Outcome.DONE, cycle=str(cycle.pk))
    return rows.filter(object_type=OBJECT, object_id=owner_of(by)).count()
