"""Whom filing tells what: each message is written in the transaction of what it tells of."""

import datetime as dt

from django.urls import reverse
from django.utils.translation import gettext as _

from kaohe_web.cycles.models import AssessedUnit
from kaohe_web.filing.clauses import Clause
from kaohe_web.filing.models import Submission
from kaohe_web.jobs.models import Notice
from kaohe_web.jobs.notify import notify, posts_of
from kaohe_web.people.models import Role

Kind = Notice.Kind


def link_to(submission: Submission) -> str:
    """The page of a part."""
    return reverse(
        "clause",
        kwargs={
            "cycle_id": submission.cycle_id,
            "assessed_id": submission.assessed_id,
            "part": submission.part,
        },
    )


def named(clause: Clause) -> str:
    """What a part is called in a message: 第 5 条 质量获奖数量."""
    numbers = "、".join(clause.numbers)
    return _("第 %(numbers)s 条 %(title)s") % {"numbers": numbers, "title": clause.part.title}


def handed_in(submission: Submission, clause: Clause, *, at: dt.datetime) -> None:
    """Tell the unit's office that a part waits for its check."""
    notify(
        posts_of(Role.UNIT_OFFICE, at, unit_id=submission.assessed.unit_id),
        kind=Kind.TODO,
        title=_("%(department)s报审：%(clause)s")
        % {"department": submission.department, "clause": named(clause)},
        at=at,
        key=f"handed_in:{submission.pk}:{submission.version}",
        link=link_to(submission),
    )


def returned(submission: Submission, clause: Clause, *, at: dt.datetime, office: bool) -> None:
    """Tell the department, and the unit's office if it was not that, what came back and why."""
    posts = posts_of(Role.LIAISON, at, department_id=submission.department_id)
    if office:
        posts += posts_of(Role.UNIT_OFFICE, at, unit_id=submission.assessed.unit_id)
    due = _("，请于 %(day)s 24 时前补报") % {"day": submission.due_on} if submission.due_on else ""
    notify(
        posts,
        kind=Kind.TODO,
        title=_("退回：%(clause)s") % {"clause": named(clause)},
        at=at,
        key=f"returned:{submission.pk}:{submission.version}",
        text=_("退回理由：%(reason)s%(due)s") % {"reason": submission.returned_note, "due": due},
        link=link_to(submission),
    )


def submitted(assessed: AssessedUnit, *, at: dt.datetime, count: int, again: bool) -> None:
    """Tell the assessment office that a unit's filing, or a returned part of it, is there."""
    title = _("%(unit)s重新提交了 %(count)s 条") if again else _("%(unit)s已提交自我评价")
    where = {"cycle_id": assessed.cycle_id, "assessed_id": assessed.pk}
    notify(
        posts_of(Role.OFFICE, at),
        kind=Kind.NEWS,
        title=title % {"unit": assessed.unit.name, "count": count},
        at=at,
        key=f"submitted:{assessed.pk}:{at.isoformat()}",
        link=reverse("unit_filing", kwargs=where),
    )
