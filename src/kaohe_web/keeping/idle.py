"""Accounts that nobody has used for long: the security officers are told once a week."""

import datetime as dt

from django.conf import settings
from django.utils import translation
from django.utils.translation import gettext as _

from kaohe_web.audit import trail
from kaohe_web.clock import day_of
from kaohe_web.jobs.models import Notice
from kaohe_web.jobs.notify import notify, posts_of
from kaohe_web.people.actor import SYSTEM
from kaohe_web.people.models import Role, User
from kaohe_web.people.signing_in import IDLE_DAYS, idle_since


def tell(at: dt.datetime) -> dict[str, object]:
    """Tell the security officers which enabled accounts lie idle."""
    idle = [user for user in User.objects.filter(is_active=True) if idle_since(user, at)]
    if not idle:
        return {"count": 0}
    year, week, _day = day_of(at).isocalendar()
    with translation.override(settings.LANGUAGE_CODE):
        told = notify(
            posts_of(Role.SECURITY_OFFICER, at),
            kind=Notice.Kind.NEWS,
            title=_("%(count)s 个账号超过 %(days)s 天没有使用")
            % {"count": len(idle), "days": IDLE_DAYS},
            text=_("请核实后停用：%(names)s") % {"names": "、".join(str(user) for user in idle)},
            at=at,
            key=f"accounts.idle:{year}-{week}",
        )
    if told:
        trail.record("accounts.idle_told", None, by=SYSTEM, at=at, details={"count": len(idle)})
    return {"count": len(idle)}
