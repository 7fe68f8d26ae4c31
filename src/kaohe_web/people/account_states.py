"""In which state an account is, and which accounts are in a state."""

import datetime as dt

from django.db.models import Q, QuerySet
from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _

from kaohe_web.clock import day_of
from kaohe_web.people.models import User
from kaohe_web.people.signing_in import IDLE_DAYS, idle_since

WORDS: dict[str, tuple[Promise, str]] = {
    "active": (_("启用"), "good"),
    "invited": (_("待设密码"), "warn"),
    "idle": (_("90 天未用"), "warn"),
    "expired": (_("已到期"), "bad"),
    "disabled": (_("已停用"), "neutral"),
}
"""Each state in words, and the tone it is told in."""

UNUSABLE = Q(password__startswith="!")  # noqa: S106 -- the mark of a password that is not set


def state_of(user: User, at: dt.datetime) -> str:
    """The state of an account: the first that applies, the gravest first."""
    if not user.is_active:
        return "disabled"
    if user.expires_on is not None and user.expires_on < day_of(at):
        return "expired"
    if not user.has_usable_password():
        return "invited"
    return "idle" if idle_since(user, at) else "active"


def in_state(accounts: QuerySet[User], state: str, at: dt.datetime) -> QuerySet[User]:
    """Those of the accounts that are in a state; the same answer as :func:`state_of`."""
    if state == "disabled":
        return accounts.filter(is_active=False)
    enabled = accounts.filter(is_active=True)
    over = Q(expires_on__lt=day_of(at))
    if state == "expired":
        return enabled.filter(over)
    current = enabled.exclude(over)
    if state == "invited":
        return current.filter(UNUSABLE)
    since = at - dt.timedelta(days=IDLE_DAYS)
    long_ago = Q(made_at__lt=since)
    for field in ("seen_at", "enabled_at"):
        long_ago &= Q(**{f"{field}__lt": since}) | Q(**{field: None})
    signed = current.exclude(UNUSABLE)
    return signed.filter(long_ago) if state == "idle" else signed.exclude(long_ago)
