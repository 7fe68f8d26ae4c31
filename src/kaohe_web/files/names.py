"""The names of files: cleaned for showing, and told to browsers in full (RFC 6266)."""

import re
import unicodedata
from urllib.parse import quote

LONGEST = 200
LONGEST_EXTENSION = 16
NAMELESS = "未命名"

INVISIBLE_CATEGORIES = {"Cc", "Cf", "Cs", "Zl", "Zp"}
"""Control characters, direction marks and zero-width signs, lone surrogates, line separators."""

INVISIBLE = set("\u034f\u115f\u1160\u17b4\u17b5\u2800\u3164\uffa0")
"""What counts as a letter or mark and still shows nothing."""

FORBIDDEN = re.compile(r'[<>:"|?*]')
"""What Windows allows in no file name."""

DEVICES = {"con", "prn", "aux", "nul", "conin$", "conout$"} | {
    f"{port}{number}" for port in ("com", "lpt") for number in "0123456789¹²³"
}

NOT_PERCENT = "!#$&+-.^_`|~"
"""Beside letters and digits, what stands for itself in an extended header value (RFC 5987)."""


def clean_name(raw: str) -> str:
    r"""A name that shows what it is: no path, nothing invisible, not too long, good for Windows.

    >>> clean_name("../../报告\u202excod.exe")
    '报告xcod.exe'
    >>> clean_name(r"C:\temp\CON.docx")
    '_CON.docx'
    """
    name = unicodedata.normalize("NFC", without_invisible(raw)).replace("\\", "/")
    name = " ".join(name.rpartition("/")[2].split()).rstrip(" .")
    stem, dot, extension = FORBIDDEN.sub("_", name).rpartition(".")
    name = f"{stem.strip(' .') or (NAMELESS if dot else '')}{dot}{extension}" or NAMELESS
    return shortened(f"_{name}" if is_device(name) else name)


def without_invisible(text: str) -> str:
    """The text without what cannot be seen, and could make it look like another."""
    return "".join(character for character in text if not is_invisible(character))


def is_invisible(character: str) -> bool:
    """Whether a character shows nothing or changes the direction of others."""
    if character in INVISIBLE or ord(character) & 0xFFFE == 0xFFFE:  # noqa: PLR2004 -- noncharacters
        return True
    return unicodedata.category(character) in INVISIBLE_CATEGORIES


def is_device(name: str) -> bool:
    """Whether Windows would take the name for a device."""
    return name.partition(".")[0].rstrip().casefold() in DEVICES


def shortened(name: str) -> str:
    """As much of a name as may be kept; the extension is."""
    stem, dot, extension = name.rpartition(".")
    if not dot or len(extension) > LONGEST_EXTENSION:
        return name[:LONGEST].rstrip(" .")
    return stem[: LONGEST - len(extension) - 1].rstrip(" .") + dot + extension


def extension_of(name: str) -> str:
    """The extension in small letters, without its dot; empty if there is none.

    >>> extension_of("2016年报告.DOCX")
    'docx'
    """
    return name.rpartition(".")[2].casefold() if "." in name else ""


def attachment(name: str) -> str:
    """``Content-Disposition`` of a download: a plain name for old programs, and the whole one.

    >>> print(attachment("报告 1.pdf"))
    attachment; filename="__ 1.pdf"; filename*=UTF-8''%E6%8A%A5%E5%91%8A%201.pdf
    """
    name = clean_name(name)
    plain = re.sub(r"[^ -~]|[%;\\]", "_", name)
    return f"attachment; filename=\"{plain}\"; filename*=UTF-8''{quote(name, safe=NOT_PERCENT)}"
