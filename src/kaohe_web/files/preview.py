"""What a file looks like: its pages and pictures, drawn in a process apart from the server."""

import shutil
import subprocess
import sys
import tempfile
import threading
from pathlib import Path
from typing import BinaryIO

from django.utils.translation import gettext as _

from kaohe_web.files import render
from kaohe_web.files.errors import Broken, CannotPreview, Locked

WALL_SECONDS = 30
AT_ONCE = 2
WIDTH, HEIGHT = 1_200, 2_000
LARGEST = 4_000
"""Pixels of a side that anybody may ask for."""

ENVIRONMENT = {"LANG": "C.UTF-8"}
"""Nothing of the server's: its environment holds passwords."""

_seats = threading.BoundedSemaphore(AT_ONCE)


def page_count(file: BinaryIO) -> int:
    """How many pages a PDF has.

    :raises Locked: if it opens only with a password.
    :raises Broken: if it is damaged.
    :raises CannotPreview: if counting would cost too much.
    """
    return int(_drawn(file, "pages"))


def page_picture(file: BinaryIO, number: int, *, width: int = WIDTH, height: int = HEIGHT) -> bytes:
    """A page of a PDF, counted from 1, as a PNG no larger than that.

    :raises CannotPreview: if it cannot be drawn, or there is no such page.
    """
    return _drawn(file, "page", number, min(width, LARGEST), min(height, LARGEST))


def picture(file: BinaryIO, *, width: int = WIDTH, height: int = HEIGHT) -> bytes:
    """A picture as a PNG no larger than that.

    :raises CannotPreview: if it cannot be drawn.
    """
    return _drawn(file, "picture", min(width, LARGEST), min(height, LARGEST))


def _drawn(file: BinaryIO, what: str, *numbers: int) -> bytes:
    """What the process that draws gives back."""
    if not _seats.acquire(timeout=WALL_SECONDS):
        raise CannotPreview(_("同时预览的人太多；请稍后再试，或下载后查看"))
    try:
        with tempfile.TemporaryFile() as content:
            file.seek(0)
            shutil.copyfileobj(file, content)
            content.seek(0)
            return _run(content, [what, *map(str, numbers)])
    finally:
        _seats.release()


def _run(content: BinaryIO, arguments: list[str]) -> bytes:
    command = [sys.executable, "-I", str(Path(render.__file__)), *arguments]
    try:
        done = subprocess.run(  # noqa: S603 -- our own program, and numbers
            command,
            stdin=content,
            capture_output=True,
            timeout=WALL_SECONDS,
            env=ENVIRONMENT,
            cwd="/",
            check=False,
        )
    except subprocess.TimeoutExpired:
        raise CannotPreview(_("文件太复杂，预览超时；请下载后查看")) from None
    match done.returncode:
        case 0:
            return done.stdout
        case render.LOCKED:
            raise Locked(_("PDF 设了打开密码，不能预览；请联系上传人去掉密码后重新上传"))
        case render.BROKEN:
            raise Broken(_("文件内容有损坏，不能预览；请下载后查看"))
        case render.NO_SUCH_PAGE:
            raise CannotPreview(_("没有这一页；请核对页码"))
        case _:
            raise CannotPreview(_("文件太大或太复杂，不能预览；请下载后查看"))
