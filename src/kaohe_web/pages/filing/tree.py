"""The links that this room has in the function tree."""

from django.utils.translation import gettext_lazy as _

from kaohe_web.pages.tree import Entry

ENTRIES: tuple[Entry, ...] = (
    Entry("filing", _("我的条款"), "filing", "filing.fill"),
    Entry("filing", _("本单位填报"), "filing_board", "filing.check"),
    Entry("filing", _("填报进度"), "filing_progress", "filing.progress"),
    Entry("filing", _("数据填报"), "provider_grid", "provider.see"),
    Entry("filing", _("奖项登记"), "awards", "awards.see"),
)
