"""What those who keep the installation must see to: failed work, a broken trail, no backup."""

import datetime as dt

from django.urls import reverse
from django.utils.translation import gettext as _

from kaohe_web.jobs import queries
from kaohe_web.jobs.models import Job
from kaohe_web.jobs.todo import Todo
from kaohe_web.keeping.records import last_backup
from kaohe_web.keeping.verification import last_check
from kaohe_web.people import links
from kaohe_web.people import queries as people
from kaohe_web.people.account_states import in_state
from kaohe_web.people.actor import Actor
from kaohe_web.people.models import Role

BACKUP_DAYS = 7
"""After so many days without a backup one is asked for."""


def todos(by: Actor, at: dt.datetime) -> list[Todo]:
    """What the three officers must see to."""
    match by.role:
        case Role.SYSTEM_OFFICER:
            return of_system(by, at)
        case Role.SECURITY_OFFICER:
            return of_security(by, at)
        case Role.AUDIT_OFFICER:
            return of_audit()
        case _:
            return []


def of_security(by: Actor, at: dt.datetime) -> list[Todo]:
    """People who were invited and did not come while their link lasted."""
    invited = in_state(people.accounts(by), "invited", at)
    never = invited.filter(made_at__lt=at - links.LASTS).count()
    if not never:
        return []
    link = reverse("people") + "?state=invited"
    detail = _("需要使用的请重新发链接")
    return [Todo(_("邀请已过期、尚未设密码的账号"), never, link, detail=detail)]


def of_system(by: Actor, at: dt.datetime) -> list[Todo]:
    """Background work that failed for good, and a backup that is overdue."""
    found = []
    failed = queries.jobs(by).filter(state=Job.State.FAILED).count()
    if failed:
        link = reverse("jobs") + f"?state={Job.State.FAILED}"
        found.append(Todo(_("后台任务失败，待重试或放弃"), failed, link, urgent=True))
    made = last_backup()
    if made is None or at - made.at > dt.timedelta(days=BACKUP_DAYS):
        detail = _("超过 %(days)s 天没有备份；请在服务器上执行 kaohe backup") % {
            "days": BACKUP_DAYS
        }
        found.append(Todo(_("做一次备份"), 1, reverse("system"), detail=detail))
    return found


def of_audit() -> list[Todo]:
    """A trail that did not verify."""
    checked = last_check()
    if checked is None or checked.is_whole:
        return []
    detail = checked.why or _("防改动的触发器被去掉了")
    return [Todo(_("操作留痕核验未通过"), 1, reverse("audit"), detail=detail, urgent=True)]
