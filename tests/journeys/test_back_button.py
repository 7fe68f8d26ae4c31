"""T42: whoever comes to a browser after somebody signed out finds nothing of them in it."""

from collections.abc import Callable

import time_machine
from django.conf import settings
from playwright.sync_api import expect

from journeys.browsing import Window, enter
from world import NOW, make_world

NOBODYS = "/login/"


def test_T42_after_signing_out_the_back_button_shows_nothing(
    site: str, window: Callable[..., Window]
) -> None:
    del site
    with time_machine.travel(NOW, tick=True):
        world = make_world()
        opened = window()
        enter(opened, world.posts["office"])
        for path in ("/", "/contacts/", "/notices/"):
            opened.go(path)
        page = opened.page
        menu = page.locator("details", has=page.locator("form[action='/logout/']"))
        menu.locator("summary").click()
        opened.press("退出", menu)
        assert opened.path == NOBODYS
        page.go_back()
        expect(page.get_by_label("用户名")).to_be_visible()
        assert opened.path == NOBODYS
        names = [cookie.get("name") for cookie in opened.context.cookies()]
        assert settings.SESSION_COOKIE_NAME not in names
        assert page.evaluate("[localStorage.length, sessionStorage.length]") == [0, 0]
