"""The links that this room has in the function tree."""

from django.utils.translation import gettext_lazy as _

from kaohe_web.pages.tree import Entry

ENTRIES: tuple[Entry, ...] = (
    Entry("year", _("考核年度"), "cycles", "cycles.see", in_cycle=False),
    Entry("year", _("评分细则版次"), "rubrics", "rubrics.adopt", in_cycle=False),
    Entry("year", _("单位与部门"), "bodies", "bodies.edit", in_cycle=False),
    Entry("year", _("年度概览"), "cycle", "cycles.see"),
    Entry("year", _("评分细则"), "cycle_rubric", "rubrics.see"),
    Entry("year", _("口径"), "readings", "cycles.see"),
    Entry("year", _("日程"), "calendar", "cycles.see"),
    Entry("year", _("例外"), "exceptions", "cycles.exceptions"),
    Entry("year", _("参评单位"), "units", "cycles.set_up"),
    Entry("year", _("分工"), "duties", "duties.see"),
    Entry("year", _("数据提供"), "provided", "cycles.set_up"),
    Entry("year", _("目标备案"), "targets", "targets.see"),
    Entry("year", _("参考值"), "references", "cycles.see"),
    Entry("year", _("不适用"), "exemptions", "cycles.see"),
    Entry("year", _("评分方案"), "marking_plan", "cycles.set_up"),
)
