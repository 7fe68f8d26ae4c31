"""One PDF or picture, looked at in a process of its own with little memory, time and nothing else.

Run as ``python -m kaohe_web.files.render pages|page|picture …`` with the file as standard input;
gives a number or a PNG on standard output, or one of the exit statuses below. It imports nothing
of the site, so that it starts quickly and holds no secret.
"""

import ctypes
import io
import resource
import sys
from collections.abc import Callable

MEMORY = 1024 * 1024 * 1024
CPU_SECONDS = 20
OPEN_FILES = 64

LOCKED, BROKEN, NO_SUCH_PAGE = 11, 12, 13
"""Exit statuses; any other but 0 means that a limit or the library itself gave way."""

WRONG_PASSWORD = 4
"""PDFium's own number."""

NEW_USERS, NEW_NETWORK = 0x10000000, 0x40000000
FORMATS = ("PNG", "JPEG", "GIF", "WEBP")


def main(arguments: list[str]) -> int:
    """Do one thing, bounded; gives the exit status."""
    bind_to_limits()
    name, *numbers = arguments
    return DOES[name](sys.stdin.buffer.read(), *map(int, numbers))


def bind_to_limits() -> None:
    """From here on: little memory, little time, no core file, no way into the network."""
    for which, most in (
        (resource.RLIMIT_AS, MEMORY),
        (resource.RLIMIT_CPU, CPU_SECONDS),
        (resource.RLIMIT_NOFILE, OPEN_FILES),
        (resource.RLIMIT_FSIZE, 0),
        (resource.RLIMIT_CORE, 0),
    ):
        resource.setrlimit(which, (most, most))
    leave_network()


def leave_network() -> bool:
    """Whether this process now has no network at all; not every kernel allows it."""
    library = ctypes.CDLL(None, use_errno=True)
    return bool(library.unshare(NEW_USERS | NEW_NETWORK) == 0)


def pages(data: bytes) -> int:
    """How many pages a PDF has."""
    import pypdfium2  # noqa: PLC0415 -- not needed for pictures

    try:
        document = pypdfium2.PdfDocument(data)
    except pypdfium2.PdfiumError as error:
        return LOCKED if error.err_code == WRONG_PASSWORD else BROKEN
    sys.stdout.write(str(len(document)))
    return 0 if len(document) else BROKEN


def page(data: bytes, number: int, width: int, height: int) -> int:
    """A page of a PDF, counted from 1, as a PNG that fits into a box."""
    import pypdfium2  # noqa: PLC0415 -- as above

    try:
        document = pypdfium2.PdfDocument(data)
        document.init_forms()  # seals and filled fields are forms
        if not 1 <= number <= len(document):
            return NO_SUCH_PAGE
        sheet = document[number - 1]
        scale = min(width / sheet.get_width(), height / sheet.get_height())
        picture = sheet.render(scale=scale).to_pil()
    except pypdfium2.PdfiumError as error:
        return LOCKED if error.err_code == WRONG_PASSWORD else BROKEN
    picture.convert("RGB").save(sys.stdout.buffer, "PNG")
    return 0


def picture(data: bytes, width: int, height: int) -> int:
    """A picture, upright, as a PNG that fits into a box, without what the camera wrote into it."""
    from PIL import Image, ImageOps  # noqa: PLC0415 -- not needed to count pages

    Image.MAX_IMAGE_PIXELS = None  # the limit was kept before, and memory is bounded here
    try:
        image = Image.open(io.BytesIO(data), formats=FORMATS)
        image.draft("RGB", (width, height))
        image.thumbnail((max(width, height), max(width, height)))
        upright = ImageOps.exif_transpose(image)
        upright.thumbnail((width, height))
        plain = upright.convert("RGBA" if upright.has_transparency_data else "RGB")
    except (OSError, ValueError, SyntaxError, EOFError):
        return BROKEN
    plain.info.clear()
    plain.save(sys.stdout.buffer, "PNG")
    return 0


DOES: dict[str, Callable[..., int]] = {"pages": pages, "page": page, "picture": picture}

if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
