"""Pages of files as pictures, drawn once and kept for a while: so turning pages costs little."""

import datetime as dt
import os
import tempfile
from contextlib import suppress
from pathlib import Path

from django.conf import settings
from django.utils.translation import gettext as _

from kaohe_web.files import preview
from kaohe_web.files.configured import evidence_store
from kaohe_web.files.disk import sweep as sweep_folder
from kaohe_web.files.errors import CannotPreview, Damaged, Missing, StoreUnavailable
from kaohe_web.files.kinds import TYPES, Shown
from kaohe_web.filing.models import StoredFile

MOST_IN_A_FOLDER = 128
"""Pictures; there are sixteen folders."""

KEPT = dt.timedelta(days=7)


def how_shown(file: StoredFile) -> Shown:
    """How a file can be looked at in the page."""
    return TYPES[file.type].shown if file.type in TYPES else Shown.NOT


def page_count(file: StoredFile) -> int:
    """How many pages can be looked at; 0 if none can, or nobody could count them."""
    match how_shown(file):
        case Shown.AS_PAGES:
            return file.pages or 0
        case Shown.AS_PICTURE:
            return 1
        case _:
            return 0


def picture_of(file: StoredFile, number: int) -> bytes:
    """A page of a file, counted from 1, as a PNG.

    :raises CannotPreview: if it cannot be drawn, or there is no such page.
    :raises Damaged: if the file is not what was stored.
    """
    if how_shown(file) is Shown.NOT:
        raise CannotPreview(_("这种文件不能在页面里预览；请下载后查看"))
    if not 1 <= number <= max(page_count(file), 1):
        raise CannotPreview(_("没有这一页；请核对页码"))
    place = folder() / file.sha256[0] / f"{file.sha256}-{number}.png"
    with suppress(OSError):
        return place.read_bytes()
    with evidence_store().open(file.sha256) as content:
        if how_shown(file) is Shown.AS_PAGES:
            picture = preview.page_picture(content, number)
        else:
            picture = preview.picture(content)
    with suppress(OSError):  # the picture is there all the same
        keep(place, picture)
    return picture


def why_not(file: StoredFile, number: int) -> str:
    """Why a page cannot be shown; empty if it can: then it is drawn by now."""
    try:
        picture_of(file, number)
    except (CannotPreview, Damaged, Missing, StoreUnavailable) as refusal:
        return refusal.sentence
    return ""


def keep(place: Path, picture: bytes) -> None:
    """Keep a picture, whole or not at all; the oldest makes room for it."""
    place.parent.mkdir(mode=0o700, parents=True, exist_ok=True)
    kept = sorted(place.parent.glob("*.png"), key=age)
    for oldest in kept[: max(0, len(kept) - MOST_IN_A_FOLDER + 1)]:
        oldest.unlink(missing_ok=True)
    descriptor, name = tempfile.mkstemp(dir=place.parent)
    with os.fdopen(descriptor, "wb") as file:
        file.write(picture)
    Path(name).replace(place)


def age(path: Path) -> int:
    """When a file was written; one that is gone meanwhile is the oldest."""
    try:
        return path.stat().st_mtime_ns
    except OSError:
        return 0


def folder() -> Path:
    """Where the pictures are kept."""
    return settings.ENVIRONMENT.data / "previews"


def sweep(at: dt.datetime) -> int:
    """Remove the pictures that were drawn long ago; gives how many."""
    return sum(sweep_folder(each, before=at - KEPT) for each in folder().glob("?"))
