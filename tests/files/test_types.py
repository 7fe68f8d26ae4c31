"""T06: what a file is said to be, what it is, and how it goes out."""

import struct
from collections.abc import Callable

import pytest

from files.making import (
    MACRO_TYPE,
    SOUND,
    compound,
    drawn,
    moving,
    ofd,
    office,
    pdf,
    sha256,
    zipped,
)
from kaohe_web.files.headers import PREVIEW_HEADERS, download_headers
from kaohe_web.files.kinds import ACCEPTED, BY_EXTENSION, TYPES, Shown
from kaohe_web.files.quarantine import Received

Take = Callable[..., Received]
Refusal = Callable[..., tuple[str, str]]
PAGE = b"<!DOCTYPE html><html><script>alert(1)</script></html>"


@pytest.mark.parametrize("key", TYPES)
def test_T06_a_sound_file_of_every_type_is_taken(take: Take, key: str) -> None:
    data = SOUND[key]
    received = take(data, f"示例.{key.upper()}")
    assert received.type is TYPES[key]
    assert (received.sha256, received.size) == (sha256(data), len(data))
    assert (received.name, received.pages) == (f"示例.{key.upper()}", 2 if key == "pdf" else None)


def test_every_type_that_is_taken_can_be_chosen() -> None:
    assert ACCEPTED == (
        ".pdf,.ofd,.docx,.xlsx,.pptx,.doc,.xls,.ppt,.wps,.et,.dps,"
        ".jpg,.jpeg,.png,.gif,.webp,.txt,.csv,.zip"
    )
    assert BY_EXTENSION["jpeg"] is TYPES["jpg"]
    shown = {key: kind.shown for key, kind in TYPES.items() if kind.shown is not Shown.NOT}
    assert shown == {
        "pdf": Shown.AS_PAGES,
        **dict.fromkeys(["jpg", "png", "gif", "webp"], Shown.AS_PICTURE),
    }


@pytest.mark.parametrize(
    ("name", "data", "content", "right"),
    [
        ("a.docx", office("xlsx"), "Excel 工作簿", "xlsx"),
        ("a.xlsx", office("docx"), "Word 文档", "docx"),
        ("a.pdf", drawn("PNG"), "PNG 图片", "png"),
        ("a.jpg", drawn("PNG"), "PNG 图片", "png"),
        ("a.jpg", b"plain words", "文本文件", "txt"),
        ("a.docx", compound("WordDocument"), "Word 97-2003 文档", "doc"),
        ("a.doc", office("docx"), "Word 文档", "docx"),
        ("a.docx", ofd(), "OFD 版式文件", "ofd"),
        ("a.zip", ofd(), "OFD 版式文件", "ofd"),
        ("a.ofd", zipped({"a.txt": b"a"}), "ZIP 压缩包", "zip"),
        ("a.js", b"alert(1)", "文本文件", "txt"),
        ("a.exe", pdf(), "PDF 文档", "pdf"),
    ],
)
def test_T06_content_and_extension_must_agree(
    refusal: Refusal, name: str, data: bytes, content: str, right: str
) -> None:
    what = f"内容是{content}，扩展名却是“.{name.rpartition('.')[2]}”"
    instead = f"请把扩展名改为 .{right}，或用原来的程序另存后再上传"
    assert refusal(data, name) == ("mismatch", f"{what}；{instead}")


def test_T06_a_name_needs_its_extension(refusal: Refusal) -> None:
    assert refusal(pdf(), "报告") == (
        "mismatch",
        "文件名没有扩展名，内容是PDF 文档；请在文件名后加上 .pdf 再上传",
    )


AS_PICTURE = "请另存为 JPEG 或 PNG 图片后上传"
AS_PDF = "请打印或另存为 PDF 后上传"
AS_OFFICE = "请用 Word、Excel 或 WPS 打开，另存为 .docx 或 .xlsx 后上传"
AS_ZIP = "请改用 ZIP 格式压缩"
SVG = b'<svg xmlns="http://www.w3.org/2000/svg" onload="alert(1)"/>'


@pytest.mark.parametrize(
    ("name", "data", "content", "instead"),
    [
        ("a.jpg", PAGE, "网页", AS_PDF),
        ("a.txt", b"\xef\xbb\xbf \n<!-- saved -->\n<HTML><body>", "网页", AS_PDF),
        ("a.xls", b"<html xmlns:x='urn:x'><table></table></html>", "网页", AS_PDF),
        ("a.svg", SVG, "SVG 图", AS_PICTURE),
        ("a.png", b'<?xml version="1.0"?>\n<!DOCTYPE svg>' + SVG, "SVG 图", AS_PICTURE),
        (
            "a.mht",
            b"MIME-Version: 1.0\r\nContent-Type: multipart/related",
            "网页存档或邮件",
            AS_PDF,
        ),
        ("a.doc", b"From: <Saved by Example>\r\nMIME-Version: 1.0", "网页存档或邮件", AS_PDF),
        ("a.xml", b'<?xml version="1.0"?><Workbook/>', "XML 文件", AS_OFFICE),
        ("a.rtf", b"{\\rtf1\\ansi}", "RTF 文档", AS_OFFICE),
        ("a.pdf", b"MZ\x90\0\x03" + b"\0" * 60, "Windows 程序", "请不要上传"),
        ("a", b"\x7fELF\x02\x01\x01" + b"\0" * 60, "程序", "请不要上传"),
        ("a.txt", b"#!/bin/sh\nreboot\n", "程序", "请不要上传"),
        ("a.rar", b"Rar!\x1a\x07\x01\0", "RAR 压缩包", AS_ZIP),
        ("a.zip", b"7z\xbc\xaf\x27\x1c\0\4", "7z 压缩包", AS_ZIP),
        ("a.zip", b"\x1f\x8b\x08\0", "压缩文件", AS_ZIP),
        ("a.tar", b"a".ljust(257, b"\0") + b"ustar\0", "TAR 打包文件", AS_ZIP),
        ("a.tif", b"II*\0\x08\0\0\0", "TIFF 图片", AS_PICTURE),
        ("a.bmp", drawn("BMP"), "BMP 图片", AS_PICTURE),
        ("a.jpg", b"\0\0\0\x18ftypheic\0\0", "HEIC 或 AVIF 图片", AS_PICTURE),
        (
            "a.txt",
            "示例".encode("utf-16"),
            "UTF-16 编码的文本",
            "请用记事本另存为 UTF-8 编码后上传",
        ),
        ("a.mp4", b"\0\0\0\x18ftypisom\0\0", "视频", "请截取画面，存为图片后上传"),
    ],
)
def test_T06_what_is_not_taken_is_named_with_what_to_do_instead(
    refusal: Refusal, name: str, data: bytes, content: str, instead: str
) -> None:
    assert refusal(data, name) == (
        "unwanted",
        f"内容是{content}，不在可以上传的类型之内；{instead}",
    )


@pytest.mark.parametrize(
    ("name", "data"),
    [
        ("a.docm", office("docx", kind=MACRO_TYPE)),
        ("a.docx", office("docx", kind=MACRO_TYPE)),
        ("a.docx", office("docx", {"word/vbaProject.bin": b"\xd0\xcf"})),
        ("a.xlsx", office("xlsx", {"xl/VBAPROJECT.BIN": b"\xd0\xcf"})),
        ("a.zip", zipped({"vbaProject.bin": b"\xd0\xcf"})),
    ],
)
def test_T06_a_document_with_macros_is_refused(refusal: Refusal, name: str, data: bytes) -> None:
    assert refusal(data, name) == (
        "macro",
        "文档带有宏；请另存为不带宏的 .docx、.xlsx 或 .pptx 后上传",
    )


def test_T06_macros_inside_an_embedded_workbook_are_found(refusal: Refusal) -> None:
    sheet = office("xlsx", {"xl/vbaProject.bin": b"\xd0\xcf"})
    assert refusal(office("docx", {"word/embeddings/sheet1.xlsm": sheet}), "a.docx") == (
        "macro",
        "压缩包或文档里的“sheet1.xlsm”：文档带有宏；请另存为不带宏的 .docx、.xlsx 或 .pptx 后上传",
    )


@pytest.mark.parametrize("shift", [9, 12])
def test_T06_macros_in_an_older_document_are_found(refusal: Refusal, shift: int) -> None:
    data = compound("WordDocument", "1Table", "Data", "Macros", "VBA", shift=shift)
    assert refusal(data, "a.doc") == (
        "macro",
        "文档带有宏；请另存为不带宏的 .docx、.xlsx 或 PDF 后上传",
    )


LOCKED_DOCUMENT = "文档设了打开密码，评审人员打不开；请去掉密码后再上传"
NO_DOCUMENT = "内容不是 Word、Excel、PowerPoint 或 WPS 文档；请另存为 PDF 后上传"
TORN_DOCUMENT = "文档已损坏；请用 Word、Excel 或 WPS 打开并重新保存，再上传"


@pytest.mark.parametrize(
    ("data", "expected"),
    [
        (compound("EncryptionInfo", "EncryptedPackage"), ("locked", LOCKED_DOCUMENT)),
        (compound("__properties_version1.0"), ("unwanted", NO_DOCUMENT)),
        (compound("WordDocument")[:700], ("damaged", TORN_DOCUMENT)),
        (compound("WordDocument")[:40], ("damaged", TORN_DOCUMENT)),
    ],
)
def test_T06_an_older_document_that_cannot_be_read_is_refused(
    refusal: Refusal, data: bytes, expected: tuple[str, str]
) -> None:
    assert refusal(data, "a.docx") == expected


def test_T06_a_directory_that_goes_in_circles_ends(refusal: Refusal) -> None:
    data = bytearray(compound("WordDocument"))
    data[512 + 4 : 512 + 8] = (1).to_bytes(4, "little")
    assert refusal(bytes(data), "a.doc") == ("damaged", TORN_DOCUMENT)


def test_T06_the_directory_of_a_large_document_is_found(take: Take, refusal: Refusal) -> None:
    """Above seven megabytes the table of tables goes on in a sector of its own."""
    data = bytearray(512 * (1 + 109 * 128 + 1))
    data[:512] = compound("WordDocument")[:512]
    struct.pack_into("<L", data, 48, 109 * 128)  # the directory, of one sector
    struct.pack_into("<LL", data, 68, 0, 1)  # sector 0 goes on with the tables
    struct.pack_into("<L", data, 512, 1)  # the next table is sector 1
    struct.pack_into("<L", data, 1024, 0xFFFFFFFE)  # which says that the directory ends
    data[-512:] = compound("WordDocument")[-512:]
    assert take(bytes(data), "a.doc").type is TYPES["doc"]
    data[-512:] = compound("WordDocument", "VBA")[-512:]
    assert refusal(bytes(data), "a.doc")[0] == "macro"


def test_T06_documents_of_other_programs_are_refused(refusal: Refusal) -> None:
    told = "内容不是 Word、Excel、PowerPoint 或 WPS 文档；请另存为 .docx、.xlsx 或 PDF 后上传"
    drawing = office("docx", kind="application/vnd.ms-visio.drawing.main+xml")
    assert refusal(drawing, "a.docx") == ("unwanted", told)
    odt = zipped({"mimetype": b"application/vnd.oasis.opendocument.text", "content.xml": b"<a/>"})
    assert refusal(odt, "a.odt") == ("unwanted", told)


@pytest.mark.parametrize(
    "text",
    ["第一行\r\n第二行\t完", "\ufeff带签名", "䶮㛃，94.5％", "ASCII only", "页\x0c二"],
)
@pytest.mark.parametrize("encoding", ["utf-8", "gb18030"])
def test_T06_text_is_taken_in_both_encodings(take: Take, text: str, encoding: str) -> None:
    assert take(text.encode(encoding), "a.txt").type is TYPES["txt"]


@pytest.mark.parametrize(
    "data", [b"a\0b", "宽a".encode("utf-16-le"), b"\xff\xff\xff", b"half\xe4", b"esc\x1b[2J"]
)
def test_T06_bytes_that_are_no_text_are_refused(refusal: Refusal, data: bytes) -> None:
    assert refusal(data, "a.txt") == (
        "unwanted",
        "认不出文件的内容，可能已损坏；请用原来的程序打开，另存为 PDF 或常用格式后上传",
    )


def test_an_empty_file_is_refused(refusal: Refusal) -> None:
    assert refusal(b"", "a.txt") == ("empty", "文件是空的；请核对后重新选择")


def test_T06_a_picture_that_is_a_page_too_must_be_a_whole_picture(
    take: Take, refusal: Refusal
) -> None:
    assert take(moving(1) + PAGE, "a.gif").type is TYPES["gif"]
    assert refusal(b"GIF89a/*" + PAGE, "a.gif")[0] == "damaged"


def test_T06_a_document_goes_out_to_be_saved_and_runs_nowhere() -> None:
    assert download_headers("报告 1.pdf", TYPES["pdf"]) == {
        "Content-Type": "application/pdf",
        "Content-Disposition": (
            "attachment; filename=\"__ 1.pdf\"; filename*=UTF-8''%E6%8A%A5%E5%91%8A%201.pdf"
        ),
        "X-Content-Type-Options": "nosniff",
        "Content-Security-Policy": "sandbox; default-src 'none'",
        "Cross-Origin-Resource-Policy": "same-origin",
        "Cache-Control": "private, no-store",
    }
    assert PREVIEW_HEADERS["Content-Type"] == "image/png"
    assert "Content-Disposition" not in PREVIEW_HEADERS
