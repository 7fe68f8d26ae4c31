"""The links that this room has in the function tree."""

from django.utils.translation import gettext_lazy as _

from kaohe_web.pages.tree import Entry

ENTRIES: tuple[Entry, ...] = (
    Entry("filing", _("佐证材料"), "evidence", "evidence.see"),
    Entry("filing", _("盖章件与自评报告"), "papers", "evidence.see"),
    Entry("filing", _("离线填报（Excel）"), "workbook", "workbook.use"),
    Entry("filing", _("成套材料"), "file_set", "file_set.make"),
)
