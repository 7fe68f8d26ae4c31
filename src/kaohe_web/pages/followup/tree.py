"""The links that this room has in the function tree."""

from django.utils.translation import gettext_lazy as _

from kaohe_web.pages.tree import Entry

ENTRIES: tuple[Entry, ...] = (
    Entry("followup", _("申诉"), "appeals", "appeals.see"),
    Entry("followup", _("一票否决"), "veto_cases", "veto.see"),
    Entry("followup", _("整改销号"), "rectifications", "rectification.see"),
)
