"""The links that this room has in the function tree."""

from django.utils.translation import gettext_lazy as _

from kaohe_web.pages.tree import Entry

ENTRIES: tuple[Entry, ...] = (
    Entry("keeping", _("运行状况"), "system", "system.see", in_cycle=False),
    Entry("keeping", _("后台任务"), "jobs", "system.see", in_cycle=False),
    Entry("keeping", _("操作留痕"), "audit", "audit.read", in_cycle=False),
)
