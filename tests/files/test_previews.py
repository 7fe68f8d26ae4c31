"""What a file looks like, drawn in a process that can take nothing down with it."""

import io
import json
import socket
import subprocess
import sys
import time
from concurrent.futures import ThreadPoolExecutor
from pathlib import Path
from typing import Any

import pytest
from PIL import Image

from files.making import LOCKED, SOUND, drawn, moving, pdf, png_head
from kaohe_web.files import preview
from kaohe_web.files.errors import Broken, CannotPreview, Locked
from kaohe_web.files.preview import page_count, page_picture, picture

RED, BLUE, WHITE = (255, 0, 0), (0, 0, 255), (255, 255, 255)


def opened(png: bytes) -> Image.Image:
    image = Image.open(io.BytesIO(png), formats=["PNG"])
    image.load()
    return image


def sides(image: Image.Image) -> list[Any]:
    """The colours at the left and at the right."""
    height = image.height // 2
    plain = image.convert("RGB")
    return [plain.getpixel((x, height)) for x in (2, image.width - 3)]


def rounded(colour: tuple[int, ...]) -> tuple[int, ...]:
    """A colour that was packed with loss, as it was meant."""
    return tuple(255 if part > 250 else 0 if part < 5 else part for part in colour)


def test_the_pages_of_a_pdf_are_counted_and_drawn() -> None:
    file = io.BytesIO(pdf(3))
    assert page_count(file) == 3
    page = opened(page_picture(file, 3, width=595))
    assert (page.size, page.mode, sides(page)) == ((595, 842), "RGB", [RED, WHITE])


def test_a_page_keeps_its_shape_within_the_box() -> None:
    wide = io.BytesIO(pdf(1, box="0 0 14000 200"))
    assert opened(page_picture(wide, 1, width=700, height=700)).size == (700, 10)
    assert opened(page_picture(wide, 1, width=10**9)).size == (4_000, 58)


def test_a_page_that_is_not_there_is_told() -> None:
    for number in (0, 2, -1):
        with pytest.raises(CannotPreview, match="没有这一页；请核对页码"):
            page_picture(io.BytesIO(pdf(1)), number)


def test_a_locked_or_broken_pdf_is_told() -> None:
    for ask in (page_count, lambda file: page_picture(file, 1)):
        with pytest.raises(Locked, match="PDF 设了打开密码，不能预览；"):
            ask(io.BytesIO(pdf(trailer=LOCKED)))
        with pytest.raises(Broken, match="文件内容有损坏，不能预览；请下载后查看"):
            ask(io.BytesIO(b"%PDF-1.7 nothing"))


@pytest.mark.parametrize("form", ["PNG", "JPEG", "GIF", "WEBP"])
def test_a_picture_is_drawn_within_the_box(form: str) -> None:
    shown = opened(picture(io.BytesIO(drawn(form, (640, 480))), width=100, height=200))
    assert shown.size == (100, 75)
    assert [rounded(side) for side in sides(shown)] == [RED, BLUE]


def test_a_small_picture_is_not_blown_up() -> None:
    assert opened(picture(io.BytesIO(drawn("PNG")))).size == (64, 48)


def test_a_photograph_is_turned_upright_and_tells_no_place() -> None:
    exif = Image.Exif()
    exif[0x0112] = 6
    exif[0x010F] = "示例相机"
    shown = opened(picture(io.BytesIO(drawn("JPEG", exif=exif))))
    assert shown.size == (48, 64)
    assert shown.info == {}
    assert len(shown.getexif()) == 0


def test_what_is_transparent_stays_so() -> None:
    made = io.BytesIO()
    Image.new("LA", (10, 10), (200, 0)).save(made, "PNG")
    assert opened(picture(made)).getpixel((5, 5)) == (200, 200, 200, 0)
    palette = io.BytesIO()
    Image.new("P", (10, 10), 3).save(palette, "GIF", transparency=3)
    assert opened(picture(palette)).mode == "RGBA"


def test_of_a_moving_picture_the_first_frame_is_shown() -> None:
    assert opened(picture(io.BytesIO(moving(400)))).size == (4, 4)


@pytest.mark.parametrize("data", [b"", b"words", SOUND["pdf"], drawn("PNG")[:90], drawn("BMP")])
def test_what_is_no_picture_is_told(data: bytes) -> None:
    with pytest.raises(Broken, match="文件内容有损坏"):
        picture(io.BytesIO(data))


def test_the_largest_picture_that_is_taken_can_be_drawn() -> None:
    for form in ("PNG", "JPEG"):
        data = io.BytesIO(drawn(form, (10_000, 10_000)))
        assert opened(picture(data, width=400)).size == (400, 400)


def test_T07_what_needs_too_much_memory_is_told_and_harms_nobody() -> None:
    with pytest.raises(CannotPreview, match="文件太大或太复杂，不能预览；请下载后查看"):
        picture(io.BytesIO(png_head(60_000, 60_000)))


def test_T06_a_script_in_a_pdf_does_not_run() -> None:
    script = "/OpenAction << /S /JavaScript /JS (app.alert\\(1\\); while \\(true\\) {}) >>"
    begun = time.monotonic_ns()
    assert opened(page_picture(io.BytesIO(pdf(1, catalogue=script)), 1)).size == (1_200, 1_699)
    assert time.monotonic_ns() - begun < 5_000_000_000


CHECKED = """
import json, os, resource, socket, sys
from kaohe_web.files import render
before = sorted(sys.modules)
render.bind_to_limits()
limits = {name: resource.getrlimit(getattr(resource, name))[0] for name in %r}
try:
    bytearray(1_100_000_000)
    memory = True
except MemoryError:
    memory = False
try:
    socket.create_connection(("127.0.0.1", int(sys.argv[1])), 1).close()
    network = True
except OSError:
    network = False
print(json.dumps([limits, memory, network, "django" in sys.modules]))
"""
LIMITS = {
    "RLIMIT_AS": 1024 * 1024 * 1024,
    "RLIMIT_CPU": 20,
    "RLIMIT_NOFILE": 64,
    "RLIMIT_FSIZE": 0,
    "RLIMIT_CORE": 0,
}


def test_the_drawing_process_is_bound_and_knows_nothing_of_the_site() -> None:
    with socket.create_server(("127.0.0.1", 0)) as server:
        command = [sys.executable, "-c", CHECKED % list(LIMITS), str(server.getsockname()[1])]
        done = subprocess.run(command, capture_output=True, check=True)  # noqa: S603 -- our own program
        limits, memory, network, django = json.loads(done.stdout)
    assert (limits, memory, django) == (LIMITS, False, False)
    assert network is not kernel_allows_leaving()


def kernel_allows_leaving() -> bool:
    """Whether this machine lets a process give up the network."""
    code = "from kaohe_web.files.render import leave_network; print(leave_network())"
    command = [sys.executable, "-c", code]
    done = subprocess.run(command, capture_output=True, check=True)  # noqa: S603 -- our own program
    return done.stdout == b"True\n"


def test_the_drawing_process_is_given_no_secret() -> None:
    assert preview.ENVIRONMENT == {"LANG": "C.UTF-8"}


def test_a_drawing_that_never_ends_is_stopped(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(preview, "WALL_SECONDS", 1)
    begun = time.monotonic_ns()
    with pytest.raises(CannotPreview, match="文件太复杂，预览超时；请下载后查看"):
        page_picture(io.BytesIO(endless()), 1)
    assert time.monotonic_ns() - begun < 3_000_000_000


FORM = b"/Resources << /XObject << /F 5 0 R >> >>"


def endless() -> bytes:
    """A PDF whose forms draw each other a million million times."""
    depth = 12
    objects = [
        b"<< /Type /Catalog /Pages 2 0 R >>",
        b"<< /Type /Pages /Kids [3 0 R] /Count 1 >>",
        b"<< /Type /Page /Parent 2 0 R /MediaBox [0 0 595 842] /Contents 4 0 R %s >>" % FORM,
        stream(b"/F Do " * 10, b""),
    ]
    for number in range(depth):
        resources = b"/Resources << /XObject << /F %d 0 R >> >>" % (6 + number)
        head = b"/Type /XObject /Subtype /Form /BBox [0 0 595 842] "
        last = number == depth - 1
        drawing = b"1 0 0 rg 0 0 300 842 re f " * 10 if last else b"/F Do " * 10
        objects.append(stream(drawing, head + (b"" if last else resources)))
    made = b"%PDF-1.7\n"
    for number, content in enumerate(objects, 1):
        made += b"%d 0 obj\n%s\nendobj\n" % (number, content)
    return made + b"trailer\n<< /Size %d /Root 1 0 R >>\n%%%%EOF\n" % (len(objects) + 1)


def stream(content: bytes, entries: bytes) -> bytes:
    return b"<< %s /Length %d >>\nstream\n%s\nendstream" % (entries, len(content), content)


def test_many_previews_wait_for_one_another() -> None:
    with ThreadPoolExecutor(8) as threads:
        sizes = threads.map(lambda _: opened(picture(io.BytesIO(drawn("PNG")))).size, range(16))
    assert list(sizes) == [(64, 48)] * 16


def test_a_preview_does_not_move_the_place_in_the_file(tmp_path: Path) -> None:
    path = tmp_path / "a.pdf"
    path.write_bytes(SOUND["pdf"])
    with path.open("rb") as file:
        assert page_count(file) == 2
        assert page_count(file) == 2
        file.seek(0)
        assert file.read() == SOUND["pdf"]
