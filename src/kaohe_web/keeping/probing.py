"""Whoever asks again and again for what is not theirs is held up; security officers are told."""

import datetime as dt

from django.conf import settings
from django.contrib.sessions.backends.base import SessionBase
from django.db import transaction
from django.urls import reverse
from django.utils import translation
from django.utils.translation import gettext as _

from kaohe_web.audit import trail
from kaohe_web.audit.models import Entry, Outcome
from kaohe_web.errors import TooOften
from kaohe_web.jobs.models import Notice
from kaohe_web.jobs.notify import notify, posts_of
from kaohe_web.people.actor import SYSTEM, Actor, Nobody
from kaohe_web.people.models import Role

MOST = 50
"""So many refusals of one account within :data:`WITHIN` are no slips any more."""

WITHIN = dt.timedelta(minutes=1)
HELD = dt.timedelta(minutes=1)
"""How long the session is held up from then on; who goes on is held up again."""

UNTIL = "held_until"
"""What a session notes while it is held up."""


def is_held(session: SessionBase, at: dt.datetime) -> bool:
    """Whether a session is held up at an instant."""
    until = session.get(UNTIL)
    return until is not None and at < dt.datetime.fromisoformat(until)


def too_often() -> TooOften:
    """What somebody is told who is held up."""
    return TooOften(
        _("一分钟内请求了太多不属于您的内容，暂停一分钟；已告知安全管理员，有疑问请与其联系")
    )


def hold_up(session: SessionBase, *, by: Actor, at: dt.datetime) -> bool:
    """Hold a session up if its account was refused too much of late; whether it is held now.

    It leaves an entry, and tells the security officers: once an hour, whoever it is.
    """
    recent = Entry.objects.filter(login=by.login, at__gt=at - WITHIN, at__lte=at)
    count = recent.filter(outcome=Outcome.REFUSED).count()
    if count < MOST:
        return False
    session[UNTIL] = (at + HELD).isoformat()
    with transaction.atomic():
        system = Nobody(name=SYSTEM.name, origin=by.origin)
        trail.record("account.held_up", by.user, by=system, at=at, details={"count": count})
        tell_security(by, count, at=at)
    return True


def tell_security(by: Actor, count: int, *, at: dt.datetime) -> None:
    """Name the account to those who can disable it."""
    with translation.override(settings.LANGUAGE_CODE):
        said = _(
            "%(name)s（%(login)s）一分钟内请求了 %(count)s 次不属于本人的内容，地址 %(address)s；"
            "请核实是不是本人，必要时停用账号"
        )
        notify(
            posts_of(Role.SECURITY_OFFICER, at),
            kind=Notice.Kind.NEWS,
            title=_("有账号反复请求不属于它的内容"),
            text=said
            % {"name": by.name, "login": by.login, "count": count, "address": by.address or "—"},
            link=reverse("person", kwargs={"pk": by.user.pk}),
            at=at,
            key=f"held_up:{by.login}:{at:%Y%m%d%H}",
        )
