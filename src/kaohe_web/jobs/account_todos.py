"""What people must see to about accounts: their own password; idle accounts, for who keeps them."""

import datetime as dt

from django.urls import reverse
from django.utils.translation import gettext as _

from kaohe_web.clock import day_of
from kaohe_web.jobs.todo import Todo
from kaohe_web.people import passwords, queries, rights
from kaohe_web.people.account_states import in_state
from kaohe_web.people.actor import Actor

SOON = 7
"""So many days before a password ends its person is asked for a new one."""


def todos(by: Actor, at: dt.datetime) -> list[Todo]:
    """One's own password that ends soon, and accounts that nobody used for long."""
    found = []
    left = passwords.days_left(by.user, at)
    if left is not None and left <= SOON:
        due = day_of(at) + dt.timedelta(days=left)
        found.append(Todo(_("更换登录密码"), 1, reverse("password"), due=due))
    if rights.may(by, "people.manage"):
        idle = in_state(queries.accounts(by), "idle", at).count()
        if idle:
            link = reverse("people") + "?state=idle"
            found.append(Todo(_("核对 90 天没有使用的账号"), idle, link))
    return found
