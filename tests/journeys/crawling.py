"""Walking through every kind of page that somebody can reach by links, and looking at each."""

import re
from collections.abc import Iterator
from dataclasses import dataclass, field
from urllib.parse import urlsplit

from axe_playwright_python.sync_playwright import Axe
from playwright.sync_api import Error

from journeys.browsing import OK, Window

AXE = Axe()
GRAVE = ("serious", "critical")
FILES = re.compile(
    r"\.(zip|xlsx|csv|json|png|svg)(\?|$)|/(yaml|file|export/file|download|empty)/|/audit/export/"
)
"""Addresses that answer with a file, not with a page."""

WIDER = "document.documentElement.scrollWidth > document.documentElement.clientWidth"
LINKS = "links => links.map(link => link.href)"


@dataclass
class Walk:
    """One person's way through the site: each kind of page once."""

    window: Window
    shapes: set[str] = field(default_factory=set)
    dead: list[str] = field(default_factory=list)
    """Links that led nowhere."""

    def pages(self, start: str = "/") -> Iterator[str]:
        """Each page, opened in the window; one of every kind of address."""
        ahead = [start]
        while ahead:
            path = ahead.pop(0)
            shape = shape_of(path)
            if shape in self.shapes or FILES.search(path):
                continue
            self.shapes.add(shape)
            try:
                status = self.window.ask(path)
            except Error as error:
                if "Download is starting" not in error.message:
                    raise
                continue
            if status != OK:
                self.dead.append(f"{path}: {status}")
                continue
            yield path
            links = self.window.page.eval_on_selector_all("a[href]", LINKS)
            own = (href for href in links if href.startswith(self.window.base))
            ahead += [href.removeprefix(self.window.base).split("#")[0] or "/" for href in own]


def shape_of(path: str) -> str:
    """An address without its numbers and without what is asked for."""
    bare = re.sub(r"\d+", "N", urlsplit(path).path)
    return re.sub(r"/(parts|readings|review/N)/[^/]+/", r"/\1/X/", bare)


def faults(window: Window) -> list[str]:
    """What is gravely wrong with the page for whoever cannot see it well."""
    found = AXE.run(window.page).response["violations"]
    return [
        f"{each['id']}: {each['nodes'][0]['html'][:120]}"
        for each in found
        if each["impact"] in GRAVE
    ]


def wider(window: Window) -> bool:
    """Whether the page is wider than its window."""
    return bool(window.page.evaluate(WIDER))
