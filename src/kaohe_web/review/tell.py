"""Whom review tells what: each message is written in the transaction of what it tells of."""

import datetime as dt
from collections.abc import Mapping

from django.urls import reverse
from django.utils.translation import gettext as _

from kaohe_web.cycles.models import AssessedUnit, Cycle
from kaohe_web.filing.clauses import Clause
from kaohe_web.filing.tell import named
from kaohe_web.jobs.models import Notice
from kaohe_web.jobs.notify import notify, posts_of
from kaohe_web.people.models import Post, Role
from kaohe_web.review.models import Assignment, Conference, Recusal

Kind = Notice.Kind


def assigned(cycle: Cycle, counts: Mapping[Post, int], *, at: dt.datetime) -> None:
    """Tell each assessor how many marks are asked of them."""
    for post, count in counts.items():
        notify(
            [post],
            kind=Kind.TODO,
            title=_("分派给您 %(count)s 条评审任务") % {"count": count},
            at=at,
            key=f"assigned:{cycle.pk}:{at.isoformat()}",
            text=cycle.name,
            link=reverse("queue", kwargs={"cycle_id": cycle.pk}),
        )


def disagreement(row: Assignment, clause: Clause, *, at: dt.datetime) -> None:
    """Tell the office that marks lie too far apart."""
    notify(
        posts_of(Role.OFFICE, at),
        kind=Kind.TODO,
        title=_("评分分歧：%(unit)s %(clause)s")
        % {"unit": row.assessed.unit.name, "clause": named(clause)},
        at=at,
        key=f"disagreement:{row.pk}:{row.version}",
        text=_("请指定第三人评分，或组织会商。"),
        link=part_link(row.assessed, row.part),
    )


def recused(recusal: Recusal, *, at: dt.datetime, back: int) -> None:
    """Tell the office, or the assessor if it was the office's word, of a recusal."""
    words = {"name": recusal.assessor.user.name, "unit": recusal.assessed.unit.name}
    notify(
        posts_of(Role.OFFICE, at),
        kind=Kind.TODO if back else Kind.NEWS,
        title=_("%(name)s对%(unit)s回避") % words,
        at=at,
        key=f"recused:{recusal.pk}",
        text=_("有 %(count)s 条评审任务待重新分派。") % {"count": back} if back else "",
        link=reverse("assignments", kwargs={"cycle_id": recusal.cycle_id}) + "?state=missing",
    )


def told_recused(recusal: Recusal, *, at: dt.datetime) -> None:
    """Tell an assessor that the office keeps them from a unit."""
    notify(
        [recusal.assessor],
        kind=Kind.NEWS,
        title=_("考核办决定您对%(unit)s回避") % {"unit": recusal.assessed.unit.name},
        at=at,
        key=f"told_recused:{recusal.pk}",
        text=recusal.reason,
    )


def taken_away(row: Assignment, clause: Clause, *, at: dt.datetime, reason: str) -> None:
    """Tell an assessor that a mark is no longer asked of them."""
    notify(
        [row.assessor],
        kind=Kind.NEWS,
        title=_("评审任务已调整：%(unit)s %(clause)s不用评了")
        % {"unit": row.assessed.unit.name, "clause": named(clause)},
        at=at,
        key=f"taken_away:{row.assessed_id}:{row.part}:{at.isoformat()}",
        text=reason,
        link=reverse("queue", kwargs={"cycle_id": row.cycle_id}),
    )


def conference_called(
    conference: Conference, clause: Clause, assessors: list[Post], *, at: dt.datetime
) -> None:
    """Tell the assessors who disagree that they will be asked together."""
    notify(
        assessors,
        kind=Kind.NEWS,
        title=_("请参加会商：%(unit)s %(clause)s")
        % {"unit": conference.assessed.unit.name, "clause": named(clause)},
        at=at,
        key=f"conference:{conference.pk}",
        text=_("两人评分相差超过界限，考核办将组织会商，时间地点另行通知。"),
        link=reverse("queue", kwargs={"cycle_id": conference.cycle_id}),
    )


def part_link(assessed: AssessedUnit, part: str) -> str:
    """The page on which the office sees how a part is judged."""
    where = {"cycle_id": assessed.cycle_id, "assessed_id": assessed.pk, "part": part}
    return reverse("review_part", kwargs=where)
