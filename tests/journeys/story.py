"""A year of a small city: who there is, what day it is, and whose window is open."""

import datetime as dt
from collections.abc import Callable
from dataclasses import dataclass, field

from journeys.browsing import Window, enter
from kaohe_web.clock import BEIJING
from kaohe_web.people.models import Post

UNITS = ("城东区（示例）", "城西区（示例）", "城南区（示例）")
EAST, WEST, SOUTH = UNITS
CODES = dict(zip(UNITS, ("u01", "u02", "u03"), strict=True))
MARKET, INDUSTRY = DEPARTMENTS = ("市监局", "经信局")
CENTRE = "示例市检测中心"
YEAR = "2026-2027 年度质量工作考核（示例）"
ASSESSORS = {f"pingshen{n}": f"评审员{n}（示例）" for n in (1, 2, 3, 4)}


def office_of(unit: str) -> str:
    """The login of a unit's office."""
    return f"{CODES[unit]}-office"


def liaison_of(unit: str, department: str) -> str:
    """The login of a department's liaison."""
    return f"{CODES[unit]}-{'shijian' if department == MARKET else 'jingxin'}"


@dataclass
class Story:
    """The windows of everybody, and the clock of the year."""

    new_window: Callable[..., Window]
    travel: Callable[[dt.datetime], None]
    windows: dict[tuple[str, int], Window] = field(default_factory=dict)
    cycle: int = 0
    kept: dict[str, str] = field(default_factory=dict)
    """Passwords and keys of those who signed in at the door."""

    def day(self, text: str) -> None:
        """Go on to a day of the year, nine in the morning in Beijing; every session is over."""
        self.travel(dt.datetime.combine(dt.date.fromisoformat(text), dt.time(9), BEIJING))
        for window in self.windows.values():
            window.context.clear_cookies()

    def at(self, login: str, path: str = "/", *, width: int = 1366) -> Window:
        """The window of somebody who has signed in today, at an address of the site."""
        height = 768 if width > PHONE else 844
        if (login, width) not in self.windows:
            self.windows[login, width] = self.new_window(width, height)
        window = self.windows[login, width]
        if not window.context.cookies():
            enter(window, Post.objects.select_related("user").get(user__login=login))
        window.go(path)
        return window

    def inside(self, login: str, path: str, *, width: int = 1366) -> Window:
        """The same, at an address inside the year."""
        return self.at(login, f"/cycles/{self.cycle}/{path}", width=width)


PHONE = 390
