"""A few figures for the desks of the three officers."""

import datetime as dt
from dataclasses import dataclass

from django.conf import settings
from django.urls import reverse
from django.utils.translation import gettext as _

from kaohe_web.audit.models import Outcome
from kaohe_web.clock import day_of, starts
from kaohe_web.jobs import queries
from kaohe_web.jobs.models import Job
from kaohe_web.keeping.health import free_megabytes
from kaohe_web.keeping.reading import entries
from kaohe_web.keeping.records import last_backup
from kaohe_web.keeping.verification import last_check
from kaohe_web.people.actor import Actor
from kaohe_web.people.models import Role, User

GIGABYTE = 1024


@dataclass(frozen=True, slots=True)
class Figure:
    """One figure, with what it is, a note, and where it leads."""

    title: str
    value: str
    note: str = ""
    bad: bool = False
    href: str = ""


def figures(by: Actor, at: dt.datetime) -> list[Figure]:
    """The figures of an officer; nobody else has any."""
    match by.role:
        case Role.SYSTEM_OFFICER:
            return of_system(by, at)
        case Role.SECURITY_OFFICER:
            return of_security(at)
        case Role.AUDIT_OFFICER:
            return of_audit(by, at)
        case _:
            return []


def of_system(by: Actor, at: dt.datetime) -> list[Figure]:
    """Background work, space, the last backup."""
    jobs = queries.jobs(by)
    failed = jobs.filter(state=Job.State.FAILED).count()
    waiting = jobs.filter(state=Job.State.WAITING, run_after__lte=at).count()
    free, made = free_megabytes(settings.ENVIRONMENT.data), last_backup()
    short = free < settings.ENVIRONMENT.spare_megabytes
    here = reverse("jobs")
    return [
        Figure(_("失败的任务"), str(failed), bad=failed > 0, href=f"{here}?state=failed"),
        Figure(_("待执行的任务"), str(waiting), href=f"{here}?state=waiting"),
        Figure(_("数据目录剩余空间"), space(free), bad=short, href=reverse("system")),
        Figure(
            _("最近一次备份"),
            str(day_of(made.at)) if made else _("还没有"),
            bad=made is None,
            href=reverse("system"),
        ),
    ]


def space(megabytes: int) -> str:
    """An amount of space in words.

    >>> space(300), space(5000)
    ('300 MB', '4 GB')
    """
    if megabytes < GIGABYTE:
        return f"{megabytes} MB"
    return f"{megabytes // GIGABYTE} GB"


def of_security(at: dt.datetime) -> list[Figure]:
    """Accounts, and who is signed in."""
    enabled = User.objects.filter(is_active=True)
    signed_in = enabled.filter(sessions__expire_date__gt=at).distinct().count()
    never = enabled.filter(seen_at=None).count()
    return [
        Figure(_("启用的账号"), str(enabled.count()), href=reverse("people")),
        Figure(_("已停用的账号"), str(User.objects.filter(is_active=False).count())),
        Figure(_("现在登录的人"), str(signed_in)),
        Figure(_("从未登录的账号"), str(never), note=_("邀请链接过期的请重新邀请")),
    ]


def of_audit(by: Actor, at: dt.datetime) -> list[Figure]:
    """Entries, refusals, the last check."""
    today = entries(by).filter(at__gte=starts(day_of(at)))
    refused = today.filter(outcome=Outcome.REFUSED).count()
    checked, here = last_check(), reverse("audit")
    whole = checked is not None and checked.is_whole
    day = f"&first={day_of(at)}"
    return [
        Figure(_("今天的留痕"), str(today.count()), href=f"{here}?outcome={day}"),
        Figure(_("今天被拒绝的操作"), str(refused), href=f"{here}?outcome={Outcome.REFUSED}{day}"),
        Figure(
            _("最近一次核验"),
            _("完整") if whole else _("未通过") if checked else _("还没有"),
            note=str(day_of(checked.at)) if checked else "",
            bad=checked is not None and not whole,
            href=here,
        ),
    ]
