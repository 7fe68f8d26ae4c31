"""The links that this room has in the function tree."""

from django.utils.translation import gettext_lazy as _

from kaohe_web.pages.tree import Entry

ENTRIES: tuple[Entry, ...] = (
    Entry("desk", _("首页"), "home", "notices.own", in_cycle=False),
    Entry("desk", _("消息"), "notices", "notices.own", in_cycle=False),
    Entry("desk", _("催办"), "urge", "urge.send"),
)
