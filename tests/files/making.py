"""Files to try, made here: sound ones of every type, and the pieces of hostile ones."""

import hashlib
import io
import random
import struct
import zipfile
import zlib
from collections.abc import Iterable, Mapping
from typing import Any

from PIL import Image

OPEN = "application/vnd.openxmlformats-officedocument"
MAIN = {
    "docx": ("word/document.xml", f"{OPEN}.wordprocessingml.document.main+xml"),
    "xlsx": ("xl/workbook.xml", f"{OPEN}.spreadsheetml.sheet.main+xml"),
    "pptx": ("ppt/presentation.xml", f"{OPEN}.presentationml.presentation.main+xml"),
}
MACRO_TYPE = "application/vnd.ms-word.document.macroEnabled.main+xml"
TYPES = (
    '<?xml version="1.0" encoding="UTF-8" standalone="yes"?>'
    '<Types xmlns="http://schemas.openxmlformats.org/package/2006/content-types">'
    '<Default Extension="xml" ContentType="application/xml"/>'
    '<Override PartName="/{part}" ContentType="{kind}"/></Types>'
)
XML = b'<?xml version="1.0" encoding="UTF-8"?><root>\xe7\xa4\xba\xe4\xbe\x8b</root>'

NOISE = random.Random(1).randbytes(60_000)
"""It does not shrink."""


def sha256(data: bytes) -> str:
    return hashlib.sha256(data).hexdigest()


def zipped(members: Mapping[str, bytes] | Iterable[tuple[str | zipfile.ZipInfo, bytes]]) -> bytes:
    """An archive of these members."""
    pairs = members.items() if isinstance(members, Mapping) else members
    made = io.BytesIO()
    with zipfile.ZipFile(made, "w", zipfile.ZIP_DEFLATED) as archive:
        for name, content in pairs:
            archive.writestr(name, content)
    return made.getvalue()


def office(extension: str, more: Mapping[str, bytes] | None = None, *, kind: str = "") -> bytes:
    """A small document of the newer office programs, with more members in it."""
    part, usual = MAIN[extension]
    types = TYPES.format(part=part, kind=kind or usual).encode()
    return zipped({"[Content_Types].xml": types, part: XML, **(more or {})})


def ofd(more: Mapping[str, bytes] | None = None) -> bytes:
    """A small OFD."""
    return zipped({"OFD.xml": XML, "Doc_0/Document.xml": XML, **(more or {})})


def compound(*names: str, shift: int = 9) -> bytes:
    """A compound file (OLE) whose directory lists these streams."""
    size = 1 << shift
    entries = b"".join(
        name.encode("utf-16-le").ljust(64, b"\0")
        + struct.pack("<HB", 2 * len(name) + 2, 5 if name == "Root Entry" else 2).ljust(64, b"\0")
        for name in ("Root Entry", *names)
    )
    directory = entries.ljust(-(-len(entries) // size) * size, b"\0")
    count = len(directory) // size
    chain = [0xFFFFFFFD, *range(2, count + 1), 0xFFFFFFFE]
    table = struct.pack(f"<{len(chain)}L", *chain).ljust(size, b"\xff")
    head = bytearray(b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1".ljust(512, b"\0"))
    struct.pack_into("<HHHHH", head, 24, 0x3E, 3, 0xFFFE, shift, 6)
    struct.pack_into("<L", head, 44, 1)
    struct.pack_into("<L", head, 48, 1)
    struct.pack_into("<LL", head, 68, 0xFFFFFFFE, 0)
    head[76:] = struct.pack("<L", 0) + b"\xff" * 432
    return bytes(head).ljust(size, b"\0") + table + directory


def drawn(form: str, size: tuple[int, int] = (64, 48), **how: Any) -> bytes:
    """A picture; its left half is red and its right half blue."""
    picture = Image.new("RGB", size, "blue")
    picture.paste("red", (0, 0, size[0] // 2, size[1]))
    made = io.BytesIO()
    picture.save(made, form, **how)
    return made.getvalue()


def moving(frames: int) -> bytes:
    """An animated GIF of so many frames."""
    still = drawn("GIF", (4, 4))
    colours = 13 + (3 << (still[10] & 7) + 1)
    return still[:colours] + still[colours:-1] * frames + b";"


def png_head(width: int, height: int) -> bytes:
    """A PNG that claims a size and holds next to nothing."""
    sound = drawn("PNG")
    head = b"IHDR" + struct.pack(">LL", width, height) + sound[24:29]
    return sound[:12] + head + struct.pack(">L", zlib.crc32(head)) + sound[33:]


def pdf(
    pages: int = 1, *, catalogue: str = "", trailer: str = "", box: str = "0 0 595 842"
) -> bytes:
    """A PDF of so many pages, each with a red square; more entries for catalogue and trailer."""
    kids = " ".join(f"{4 + number} 0 R" for number in range(pages))
    square = b"1 0 0 rg 0 0 300 842 re f"
    objects = [
        f"<< /Type /Catalog /Pages 2 0 R {catalogue} >>".encode(),
        f"<< /Type /Pages /Kids [{kids}] /Count {pages} >>".encode(),
        b"<< /Length %d >>\nstream\n%s\nendstream" % (len(square), square),
        *[f"<< /Type /Page /Parent 2 0 R /MediaBox [{box}] /Contents 3 0 R >>".encode()] * pages,
    ]
    made, places = bytearray(b"%PDF-1.7\n%\xe2\xe3\xcf\xd3\n"), []
    for number, content in enumerate(objects, 1):
        places.append(len(made))
        made += b"%d 0 obj\n%s\nendobj\n" % (number, content)
    table = b"".join(b"%010d 00000 n \n" % place for place in places)
    count = len(objects) + 1
    ends = f"trailer\n<< /Size {count} /Root 1 0 R {trailer} >>\nstartxref\n{len(made)}\n%%EOF\n"
    return bytes(made) + b"xref\n0 %d\n0000000000 65535 f \n%s" % (count, table) + ends.encode()


LOCKED = (
    f"/ID [<{'00' * 16}> <{'00' * 16}>] /Encrypt << /Filter /Standard /V 1 /R 2 /P -4 "
    f"/O <{'11' * 32}> /U <{'22' * 32}> >>"
)
"""A trailer that asks for a password."""

SOUND: dict[str, bytes] = {
    "pdf": pdf(2),
    "ofd": ofd(),
    "docx": office("docx"),
    "xlsx": office("xlsx"),
    "pptx": office("pptx"),
    "doc": compound("WordDocument", "1Table"),
    "xls": compound("Workbook"),
    "ppt": compound("PowerPoint Document", "Current User"),
    "wps": compound("WordDocument"),
    "et": compound("Workbook"),
    "dps": compound("PowerPoint Document"),
    "jpg": drawn("JPEG"),
    "png": drawn("PNG"),
    "gif": drawn("GIF"),
    "webp": drawn("WEBP"),
    "txt": "示例：质量工作说明\r\n".encode(),
    "csv": "单位,数值\n示例区,94.5\n".encode("gb18030"),
    "zip": zipped({"示例/说明.txt": "示例".encode(), "示例/图.png": drawn("PNG")}),
}
"""A sound file of every type, by its key."""
