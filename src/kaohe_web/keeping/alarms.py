"""Telling those who keep the installation that something is not as it must be."""

import datetime as dt
from collections.abc import Mapping

from django.conf import settings
from django.urls import reverse
from django.utils import translation
from django.utils.translation import gettext as _

from kaohe_web.clock import day_of
from kaohe_web.jobs.models import Notice
from kaohe_web.jobs.notify import notify, posts_of
from kaohe_web.people.models import Role


def tell_auditors(found: Mapping[str, object], *, at: dt.datetime) -> None:
    """The trail is broken or unguarded: told once a day."""
    broken = found["broken"]
    with translation.override(settings.LANGUAGE_CODE):
        text = str(broken["why"]) if isinstance(broken, dict) else _("防改动的触发器被去掉了")
        notify(
            posts_of(Role.AUDIT_OFFICER, at),
            kind=Notice.Kind.NEWS,
            title=_("操作留痕核验未通过"),
            text=text,
            link=reverse("audit"),
            at=at,
            key=f"trail.broken:{day_of(at)}",
        )


def tell_keepers(title: str, text: str, *, at: dt.datetime, key: str) -> None:
    """Something about the installation that the system officers must see to."""
    notify(
        posts_of(Role.SYSTEM_OFFICER, at),
        kind=Notice.Kind.NEWS,
        title=title,
        text=text,
        link=reverse("system"),
        at=at,
        key=key,
    )
