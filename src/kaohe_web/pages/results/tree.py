"""The links that this room has in the function tree."""

from django.utils.translation import gettext_lazy as _

from kaohe_web.cycles.models import Cycle
from kaohe_web.pages.tree import Entry

ENTRIES: tuple[Entry, ...] = (
    Entry("results", _("当前得分"), "standing", "results.see_all"),
    Entry("results", _("热力图"), "heat_map", "results.see_all"),
    Entry("results", _("参评范围与平均值"), "means", "results.see_all"),
    Entry("results", _("考核结果"), "runs", "results.see"),
    Entry("results", _("预计得分"), "district", "results.district", scope=Cycle.Scope.DISTRICT),
    Entry("results", _("异议"), "objections", "results.objections"),
)
