"""What a change of a rubric means for a year that is under way: from nothing to a new filing."""

from dataclasses import dataclass
from enum import IntEnum

from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _


class Impact(IntEnum):
    """What must be done over, the least first."""

    NONE = 0
    WORDING = 1
    RESCORE = 2
    REMARK = 3
    REFILE = 4

    @property
    def title(self) -> Promise:
        """What must be done over, in a word."""
        return TITLES[self]

    @property
    def means(self) -> Promise:
        """What that asks of people."""
        return MEANS[self]

    @property
    def tone(self) -> str:
        """The colour it is told in."""
        return TONES[self]


TITLES: dict[Impact, Promise] = {
    Impact.NONE: _("没有变化"),
    Impact.WORDING: _("只改文字"),
    Impact.RESCORE: _("重新计分"),
    Impact.REMARK: _("重新评分"),
    Impact.REFILE: _("重新填报"),
}
MEANS: dict[Impact, Promise] = {
    Impact.NONE: _("两个版次的内容相同"),
    Impact.WORDING: _("只是文字、分工或说明不同，已有的得分不受影响"),
    Impact.RESCORE: _("已填报的数值继续有效，须重新计算一次成绩"),
    Impact.REMARK: _("评审员须按新的分值或标准重新评分"),
    Impact.REFILE: _("须由部门或数据提供单位补报新的内容"),
}
TONES = {
    Impact.NONE: "neutral",
    Impact.WORDING: "neutral",
    Impact.RESCORE: "info",
    Impact.REMARK: "warn",
    Impact.REFILE: "bad",
}


@dataclass(frozen=True, slots=True)
class Change:
    """One way in which something changed: which, what it was, what it is, and what follows."""

    aspect: Promise
    before: str
    after: str
    impact: Impact
    name: str = ""
