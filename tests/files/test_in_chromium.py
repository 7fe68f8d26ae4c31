"""T06: what was taken and is opened in a browser runs nothing, however it is opened."""

import threading
from collections.abc import Iterator
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from typing import ClassVar

import pytest
from playwright.sync_api import Browser, Dialog, Download, Page

from files.making import moving, office, pdf, zipped
from kaohe_web.files.headers import download_headers
from kaohe_web.files.kinds import BY_EXTENSION
from kaohe_web.files.names import extension_of

RUN = b"<script>fetch('/ran')</script><img src=x onerror=\"fetch('/ran')\">"
HOSTILE = {
    "图.gif": moving(1) + b"<html>" + RUN,
    "脚本.gif": moving(1) + b"\n/**/;fetch('/ran')",
    "报告.pdf": pdf(catalogue="/OpenAction << /S /URI /URI (/ran) >>") + RUN,
    "说明.txt": "说明".encode() + RUN,
    "表.csv": b"a,b\n" + RUN,
    "文档.docx": office("docx", {"word/a.html": RUN}),
    "包.zip": zipped({"a.txt": b"a" + RUN}) + RUN,
}
EMBEDDING = "".join(
    f'<script src="/{number}"></script><iframe src="/{number}"></iframe>'
    f'<object data="/{number}"></object><embed src="/{number}"><img src="/{number}">'
    f'<link rel="stylesheet" href="/{number}">'
    for number in range(len(HOSTILE))
)


class Site(BaseHTTPRequestHandler):
    """Gives out the files as downloads, and a page that embeds all of them in every way."""

    asked: ClassVar[list[str]] = []

    def do_GET(self) -> None:
        self.asked.append(self.path)
        number = self.path.removeprefix("/")
        if number.isdecimal():
            name, data = list(HOSTILE.items())[int(number)]
            headers = download_headers(name, BY_EXTENSION[extension_of(name)])
        else:
            data, headers = EMBEDDING.encode(), {"Content-Type": "text/html"}
        self.send_response(200)
        for name, value in headers.items():
            self.send_header(name, value)
        self.end_headers()
        self.wfile.write(data)

    def log_request(self, *given: object) -> None:
        """Say nothing."""


@pytest.fixture
def site() -> Iterator[str]:
    Site.asked.clear()
    server = ThreadingHTTPServer(("127.0.0.1", 0), Site)
    thread = threading.Thread(target=server.serve_forever, args=(0.01,))
    thread.start()
    yield f"http://127.0.0.1:{server.server_address[1]}"
    server.shutdown()
    thread.join()
    server.server_close()


@pytest.fixture
def page(browser: Browser) -> Iterator[Page]:
    with browser.new_context(accept_downloads=True) as context:
        yield context.new_page()


@pytest.fixture
def dialogs(page: Page) -> list[str]:
    shown: list[str] = []

    def dismiss(dialog: Dialog) -> None:
        shown.append(dialog.message)
        dialog.dismiss()

    page.on("dialog", dismiss)
    return shown


def test_T06_opening_a_file_saves_it_under_its_name_and_runs_nothing(
    site: str, page: Page, dialogs: list[str]
) -> None:
    saved = []
    for number in range(len(HOSTILE)):
        with page.expect_download() as download:
            page.evaluate("where => { location.href = where }", f"{site}/{number}")
        saved.append(whole(download.value))
    assert dict(saved) == HOSTILE
    assert (dialogs, "/ran" in Site.asked) == ([], False)


def whole(download: Download) -> tuple[str, bytes]:
    """The name and content of what was saved."""
    return download.suggested_filename, download.path().read_bytes()


def test_T06_embedding_a_file_in_a_page_runs_nothing(
    site: str, page: Page, dialogs: list[str]
) -> None:
    page.goto(f"{site}/page", wait_until="load")
    asked = {path for path in Site.asked if path[1:].isdecimal()}
    assert asked == {f"/{number}" for number in range(len(HOSTILE))}
    page.evaluate("() => fetch('/done')")
    assert (dialogs, "/ran" in Site.asked, "/done" in Site.asked) == ([], False, True)
