"""People at their browsers: one window each, watched for whatever must never happen."""

import re
from dataclasses import dataclass, field
from urllib.parse import urlsplit

from django.conf import settings
from django.test import Client
from django.utils import timezone
from playwright.sync_api import BrowserContext, Locator, Page

from kaohe_web.people import sessions
from kaohe_web.people.models import Post

OK = 200
PATIENCE = 15_000
"""Milliseconds after which a thing that is waited for is not coming."""

WATCH = """
document.addEventListener('securitypolicyviolation', event => {
  console.error('CSP ' + event.violatedDirective + ' ' + event.blockedURI);
});
"""


@dataclass
class Window:
    """One person's window, and everything in it that was wrong."""

    base: str
    context: BrowserContext
    page: Page = field(init=False)
    wrong: list[str] = field(default_factory=list)

    def __post_init__(self) -> None:
        self.context.add_init_script(WATCH)
        self.page = self.context.new_page()
        self.page.set_default_timeout(PATIENCE)
        self.page.on("console", self.on_console)
        self.page.on("pageerror", lambda error: self.wrong.append(f"script: {error}"))
        self.page.on("dialog", self.on_dialog)
        self.context.on("request", self.on_request)

    def on_console(self, message: object) -> None:
        """What the browser complains of; a refusal that the page shows is not a complaint."""
        kind, text = getattr(message, "type", ""), str(getattr(message, "text", ""))
        if kind == "error" and "Failed to load resource" not in text:
            self.wrong.append(f"console: {text}")

    def on_dialog(self, dialog: object) -> None:
        """No page of ours opens a dialog."""
        kind, message = getattr(dialog, "type", ""), getattr(dialog, "message", "")
        self.wrong.append(f"dialog {kind} at {self.path}: {message}")
        dialog.dismiss()  # type: ignore[attr-defined]  # a playwright Dialog

    def on_request(self, request: object) -> None:
        """Nothing leaves the origin."""
        url = str(getattr(request, "url", ""))
        if not url.startswith((self.base, "data:", "blob:", "about:")):
            self.wrong.append(f"request left the origin: {url}")

    def go(self, path: str) -> Page:
        """Open an address of the site; whoever opens one may see it."""
        status = self.ask(path)
        assert status == OK, f"{path}: {status}"
        return self.page

    def ask(self, path: str) -> int:
        """Open an address of the site, whatever it answers: the status."""
        response = self.page.goto(self.base + path)
        assert response is not None
        return response.status

    @property
    def path(self) -> str:
        """Where the window is, without the origin."""
        return urlsplit(self.page.url).path

    def fill(self, label: str, value: str, within: Locator | None = None) -> None:
        """Write into the field of that label; ``within`` says in which part of the page."""
        self.field(label, within).fill(value)

    def choose(self, label: str, option: str, within: Locator | None = None) -> None:
        """Choose from the list of that label, by the words of the option."""
        self.field(label, within).select_option(label=option)

    def field(self, label: str, within: Locator | None = None) -> Locator:
        """The field of that label, whatever stands behind it (必填)."""
        place = within or self.page.locator("body")
        labelled = place.get_by_label(re.compile(rf"^{re.escape(label)}\s*(必填)?$"))
        return labelled.and_(self.page.locator("input, select, textarea"))

    def press(self, name: str, within: Locator | None = None) -> None:
        """Press the button of that name; the page has answered when this returns."""
        button = (within or self.page.locator("body")).get_by_role("button", name=name, exact=True)
        with self.page.expect_navigation():
            button.click()

    def open(self, summary: str, within: Locator | None = None) -> Locator:
        """Unfold what stands behind those words, and say where it is."""
        found = (within or self.page.locator("body")).locator(
            "details", has=self.page.locator(f"summary:text-is({summary!r})")
        )
        if found.get_attribute("open") is None:
            found.locator("summary").first.click()
        return found

    def follow(self, name: str, within: Locator | None = None) -> None:
        """Follow the link of that name."""
        link = (within or self.page.locator("body")).get_by_role("link", name=name, exact=True)
        with self.page.expect_navigation():
            link.first.click()

    def step(self, label: str, fields: dict[str, str]) -> None:
        """Take the step of that label (办理), with these fields filled."""
        body = self.page.locator("details.next-step").filter(
            has=self.page.get_by_text(label, exact=True)
        )
        if body.get_attribute("open") is None:
            body.locator("summary").click()
        for name, value in fields.items():
            self.fill(name, value, body)
        self.press(f"确认：{label}", body)

    def part(self, heading: str) -> Locator:
        """The part of the page under a heading."""
        return self.page.get_by_role("region", name=heading, exact=True)

    def row(self, *words: str) -> Locator:
        """The one row of a table in which all these words stand."""
        found = self.page.locator("tr")
        for word in words:
            found = found.filter(has_text=word)
        return found

    def cells(self, row: Locator) -> list[str]:
        """What stands in the cells of a row, as it is read."""
        return [" ".join(text.split()) for text in row.locator("th, td").all_inner_texts()]

    def notices(self) -> str:
        """What the page says at its top."""
        return " ".join(" ".join(self.page.locator(".notice").all_inner_texts()).split())

    def text(self) -> str:
        """Everything that the page says, on one line."""
        return " ".join(self.page.locator("main").inner_text().split())


def enter(window: Window, post: Post) -> None:
    """Walk in as somebody who has signed in with everything their role asks for."""
    client = Client()
    client.force_login(post.user)
    session = client.session
    sessions.begin(session, post.user, timezone.now(), second_factor=True)
    session["post"] = post.pk
    session.save()
    host = urlsplit(window.base).hostname
    assert session.session_key is not None
    window.context.add_cookies(
        [
            {
                "name": settings.SESSION_COOKIE_NAME,
                "value": session.session_key,
                "domain": str(host),
                "path": "/",
            }
        ]
    )
