"""Lists of bodies as somebody pastes them: one body a line, its code or its aliases beside it."""

import re
import unicodedata
from dataclasses import dataclass

from django.utils.translation import gettext as _

from kaohe.nodes import unseen
from kaohe_web.cycles.matching import BETWEEN
from kaohe_web.errors import Invalid

LONGEST_NAME, LONGEST_CODE, LONGEST_ALIASES = 100, 20, 300
MOST_LINES = 500
CELLS = re.compile(r"[\t|:：,，]+|\s{2,}")
"""What separates a name from what stands beside it."""
BLANKS = re.compile(r"[\s,，|]+")
"""What separates a code from a name."""


@dataclass(frozen=True, slots=True)
class Body:
    """A body as it was typed: its name, and its code or its aliases."""

    name: str
    code: str = ""
    aliases: str = ""
    position: int = 0


def cleaned(text: str) -> str:
    """A name in its composed form, without blanks around it."""
    return unicodedata.normalize("NFC", text).strip()


def faults(body: Body) -> list[str]:
    """What is wrong with a body's own words."""
    found = []
    if not body.name:
        found.append(_("缺少名称"))
    if len(body.name) > LONGEST_NAME:
        found.append(_("名称最多 %(most)s 个字") % {"most": LONGEST_NAME})
    if len(body.code) > LONGEST_CODE:
        found.append(_("代码最多 %(most)s 个字符") % {"most": LONGEST_CODE})
    if len(body.aliases) > LONGEST_ALIASES:
        found.append(_("别名合起来最多 %(most)s 个字") % {"most": LONGEST_ALIASES})
    hidden = unseen(body.name + body.code + body.aliases)
    if hidden or "\n" in body.name + body.code + body.aliases:
        found.append(_("含有看不见的字符；请删去，重新键入"))
    return found


def units_of(text: str, taken: set[str]) -> list[Body]:
    """Units, one a line: ``代码 名称``, or a name alone, which gets the next code.

    :raises Invalid: naming every line that cannot be read.
    """
    found = []
    for cells in rows(text, BLANKS):
        if len(cells) > 1:
            found.append(Body(cells[1], code=cells[0]))
        else:
            codes = taken | {body.code for body in found}
            found.append(Body(cells[0], code=next_code(codes)))
    require_sound(found)
    return found


def next_code(codes: set[str]) -> str:
    """The next code that is free: u01, u02, …"""
    numbers = (f"u{number:02}" for number in range(1, len(codes) + 2))
    return next(code for code in numbers if code not in codes)


def bodies_of(text: str) -> list[Body]:
    """Departments or providers, one a line: a name, and after a tab or comma its aliases.

    :raises Invalid: naming every line that cannot be read.
    """
    found = []
    for name, *rest in rows(text, CELLS):
        aliases = [alias.strip() for cell in rest for alias in BETWEEN.split(cell)]
        found.append(Body(name, aliases="、".join(filter(None, aliases))))
    require_sound(found)
    return found


def rows(text: str, between: re.Pattern[str]) -> list[list[str]]:
    """The cells of each line that is not empty, at most so many as anyone types.

    :raises Invalid: for none, or for too many.
    """
    lines = [cleaned(line) for line in text.splitlines()]
    found = [[cleaned(cell) for cell in between.split(line) if cell] for line in lines if line]
    if not found:
        raise Invalid([_("没有内容；请粘贴名单，每行一个")])
    if len(found) > MOST_LINES:
        raise Invalid([_("一次最多 %(most)s 行；请分几次粘贴") % {"most": MOST_LINES}])
    return found


def require_sound(bodies: list[Body]) -> None:
    """:raises Invalid: naming the line of everything that is wrong."""
    problems = [
        _("第 %(line)s 行“%(name)s”：%(fault)s") % {"line": line, "name": body.name, "fault": fault}
        for line, body in enumerate(bodies, start=1)
        for fault in faults(body)
    ]
    if problems:
        raise Invalid(problems)
