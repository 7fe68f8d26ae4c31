"""The links that this room has in the function tree."""

from django.utils.translation import gettext_lazy as _

from kaohe_web.pages.tree import Entry

ENTRIES: tuple[Entry, ...] = (
    Entry("review", _("我的评审"), "queue", "review.mark"),
    Entry("review", _("评审进度"), "review_board", "review.see"),
    Entry("review", _("评审分派"), "assignments", "review.assign"),
    Entry("review", _("评分分歧"), "disagreements", "review.assign"),
    Entry("review", _("回避"), "recusals", "review.see"),
    Entry("review", _("抽取核查单位"), "draws", "draws.see"),
    Entry("review", _("实地核查"), "visits", "visits.see"),
)
