"""A link of the function tree, and the groups it is ordered by."""

from dataclasses import dataclass

from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _

GROUPS: dict[str, Promise] = {
    "desk": _("工作台"),
    "year": _("年度设置"),
    "filing": _("填报与佐证"),
    "review": _("评审"),
    "results": _("结果"),
    "followup": _("申诉与整改"),
    "people": _("人员"),
    "keeping": _("系统"),
}


@dataclass(frozen=True, slots=True)
class Entry:
    """One link: its group, its words, the name of its address, the right it needs.

    ``in_cycle`` says that the address carries ``cycle_id``: it is shown once a year is chosen, and
    if ``scope`` is named, only in years of that scope.
    """

    group: str
    title: Promise
    name: str
    right: str
    in_cycle: bool = True
    scope: str = ""
