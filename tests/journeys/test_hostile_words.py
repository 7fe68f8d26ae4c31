"""Words that look like code, typed into the site's fields, are shown as they were typed."""

from collections.abc import Callable, Iterator

import pytest
import time_machine
from playwright.sync_api import expect

from counts import count
from files.making import pdf
from journeys.browsing import Window, enter
from journeys.crawling import Walk
from journeys.steps_filing import drop_evidence
from world import NOW, World, make_world

SCRIPT = "<script>window.stolen = 1</script>"
IMAGE = '<img src=x onerror="window.stolen = 2">'
QUOTE = '" onmouseover="window.stolen = 3" autofocus onfocus="window.stolen = 4'
BRACES = "{{7*7}} {% now 'Y' %} ${7*7}"
PARTS = '<b data-hx-get="/stolen" data-hx-trigger="load">x</b><i hx-on:load="stolen=5">y</i>'
CLOSING = "</textarea></title><svg onload=window.stolen=6>"
LINK = "javascript:window.stolen=8 [x](javascript:window.stolen=8)"
WIDE = "＜script＞window.stolen = 9＜/script＞ ＂ onmouseover＝＂stolen=9"
EVERY = (SCRIPT, IMAGE, QUOTE, BRACES, PARTS, CLOSING, LINK, WIDE)
HOSTILE = " ".join(EVERY)
SHORT = "<img src=x onerror=stolen=7>{{7*7}}"


WALKING = count(full=["office", "unit_office", "liaison"], reduced=["unit_office"])
"""Whose every page is looked at in the end."""


@pytest.fixture
def world(site: str) -> Iterator[World]:
    """A small running year."""
    del site
    with time_machine.travel(NOW, tick=True):
        yield make_world()


def test_T40_words_that_look_like_code_are_shown_and_do_nothing(
    world: World, window: Callable[..., Window]
) -> None:
    windows = {name: window() for name in ("office", "unit_office", "liaison")}
    asked: list[str] = []
    for name, each in windows.items():
        enter(each, world.posts[name])
        each.context.on("request", lambda request: asked.append(request.url))
    type_everywhere(world, windows)
    for name in WALKING:
        each = windows[name]
        for path in Walk(each).pages():
            hover(each)
            assert each.page.evaluate("window.stolen") is None, path
    assert [url for url in asked if url.endswith(("/stolen", "/x"))] == []


def type_everywhere(world: World, windows: dict[str, Window]) -> None:
    """Names, reasons, notes, file names: each comes back as it was typed."""
    cycle, unit = f"/cycles/{world.cycle.pk}", world.assessed[0].pk
    office, unit_office, liaison = windows["office"], windows["unit_office"], windows["liaison"]
    office.go(f"/bodies/units/{world.units[0].pk}/edit/")
    office.fill("名称", SHORT)
    office.press("保存")
    assert SHORT in office.text()

    clause = f"{cycle}/units/{unit}/parts/M8.1/"
    liaison.go(clause)
    drop_evidence(liaison, f"{SHORT}.pdf", pdf())
    expect(liaison.part("佐证材料").locator("tbody tr")).to_have_count(1)
    liaison.fill("自评得分", "0.5")
    liaison.fill("失分原因", HOSTILE)
    liaison.fill("备注", HOSTILE)
    liaison.press("报审")
    assert liaison.text().count(HOSTILE) == 2

    unit_office.go(clause)
    assert unit_office.text().count(HOSTILE) == 2
    back = unit_office.open("退回部门")
    unit_office.fill("退回理由", HOSTILE, back)
    unit_office.press("确认退回", back)
    assert f"退回理由：{HOSTILE}" in unit_office.notices()

    liaison.go(clause)
    assert f"退回理由：{HOSTILE}" in liaison.notices()
    assert liaison.field("失分原因").input_value() == HOSTILE
    liaison.go("/notices/")
    assert HOSTILE in liaison.text()


def hover(window: Window) -> None:
    """Move over the page, as a hand does."""
    for height in (200, 400, 600):
        window.page.mouse.move(700, height)
