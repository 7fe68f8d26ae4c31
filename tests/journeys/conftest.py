"""A live site and a real browser, for tests that act as people do."""

import os
from collections.abc import Callable, Generator, Iterator

import pytest
from playwright.sync_api import Browser
from pytest_django import DjangoDbBlocker
from pytest_django.live_server_helper import LiveServer

from journeys.browsing import Window
from trail_off import turn

os.environ["DJANGO_ALLOW_ASYNC_UNSAFE"] = "true"
# playwright keeps an event loop in this thread; the site under test runs in another

CLEARED = pytest.StashKey[DjangoDbBlocker]()
"""With a test whose commits are cleared away: what lets its triggers be put back."""


@pytest.fixture
def site(
    request: pytest.FixtureRequest,
    django_db_reset_sequences: None,
    django_db_blocker: DjangoDbBlocker,
    live_server: LiveServer,
) -> Iterator[str]:
    """The address of a live site, empty, whose every transaction is committed."""
    del django_db_reset_sequences
    request.node.stash[CLEARED] = django_db_blocker
    yield live_server.url
    turn("off")


@pytest.hookimpl(wrapper=True)
def pytest_runtest_teardown(
    item: pytest.Item, nextitem: pytest.Item | None
) -> Generator[None, object, object]:
    """Put the trail's triggers back once the tables are empty: after every other fixture.

    After the last test of all there are no tables any more.
    """
    try:
        return (yield)
    finally:
        if CLEARED in item.stash and nextitem is not None:
            with item.stash[CLEARED].unblock():
                turn("on")


@pytest.fixture
def window(browser: Browser, site: str) -> Iterator[Callable[..., Window]]:
    """Opens windows onto the live site; at the end none of them may have seen anything wrong."""
    opened: list[Window] = []

    def open_(width: int = 1366, height: int = 768) -> Window:
        context = browser.new_context(
            locale="zh-CN",
            timezone_id="Asia/Shanghai",
            viewport={"width": width, "height": height},
        )
        opened.append(Window(site, context))
        return opened[-1]

    yield open_
    for each in opened:
        each.context.close()
    assert [wrong for each in opened for wrong in each.wrong] == []
