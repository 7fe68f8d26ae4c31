"""T03, T04: entities declared in a document are refused, and nothing they name is read."""

import io
import json
import subprocess
import sys
from collections.abc import Callable
from pathlib import Path

import pytest
from openpyxl import Workbook

from files.making import NOISE, XML, ofd, office, zipped
from kaohe_web.files.kinds import TYPES
from kaohe_web.files.quarantine import Received
from workbook.desk import members

Take = Callable[..., Received]
Refusal = Callable[..., tuple[str, str]]

ENTITIES = (
    "文档里的“{name}”声明了外部引用或实体，正常的文档没有；"
    "请用 Word、Excel 或 WPS 打开，另存为新文件后上传"
)
XXE = b'<?xml version="1.0"?><!DOCTYPE a [<!ENTITY x SYSTEM "file:///etc/passwd">]><a>&x;</a>'
PARAMETER = b'<!DOCTYPE a [<!ENTITY % x SYSTEM "http://127.0.0.1:9/x.dtd"> %x;]><a/>'
EXTERNAL = b'<!DOCTYPE a SYSTEM "http://127.0.0.1:9/a.dtd"><a/>'
LAUGHS = (
    b'<!DOCTYPE a [<!ENTITY a "ha">'
    + b"".join(b'<!ENTITY %c "%s">' % (98 + n, b"&%c;" % (97 + n) * 10) for n in range(9))
    + b"]><a>&j;</a>"
)


@pytest.mark.parametrize("text", [XXE, PARAMETER, EXTERNAL, LAUGHS])
@pytest.mark.parametrize(
    ("extension", "part"),
    [
        ("xlsx", "xl/worksheets/sheet1.xml"),
        ("xlsx", "xl/styles.xml"),
        ("docx", "word/document.xml"),
        ("docx", "docProps/core.xml"),
        ("docx", "word/_rels/document.xml.rels"),
        ("pptx", "ppt/drawings/a.vml"),
    ],
)
def test_T03_T04_declared_entities_are_refused_unread(
    refusal: Refusal, text: bytes, extension: str, part: str
) -> None:
    told = ENTITIES.format(name=part.rpartition("/")[2])
    assert refusal(office(extension, {part: text}), f"a.{extension}") == ("entities", told)


@pytest.mark.parametrize("text", [XXE, LAUGHS])
def test_T03_T04_entities_are_found_wherever_they_hide(refusal: Refusal, text: bytes) -> None:
    in_utf16 = text.decode().encode("utf-16")
    assert refusal(office("docx", {"word/a.xml": in_utf16}), "a.docx")[0] == "entities"
    over_an_edge = text.replace(b"<!DOC", b" " * (64 * 1024 - 4 - text.index(b"<!DOC")) + b"<!DOC")
    assert refusal(office("docx", {"word/a.xml": over_an_edge}), "a.docx")[0] == "entities"
    assert refusal(ofd({"Doc_0/Res.xml": text}), "a.ofd")[0] == "entities"
    types = zipped({"[Content_Types].xml": text, "word/document.xml": XML})
    assert refusal(types, "a.docx")[0] == "entities"


def test_T04_an_embedded_svg_declares_no_entities(take: Take, refusal: Refusal) -> None:
    sound = b'<!DOCTYPE svg PUBLIC "-//W3C//DTD SVG 1.1//EN" "svg11.dtd"><svg/>'
    assert take(office("docx", {"word/media/a.svg": sound}), "a.docx").type is TYPES["docx"]
    assert refusal(office("docx", {"word/media/a.svg": LAUGHS}), "a.docx")[0] == "entities"


WATCHING = """
import json, sys
from pathlib import Path
from django.conf import settings
settings.configure(USE_I18N=False)
from kaohe.workbook.cells import read_cells
from kaohe.nodes import Mistaken
from kaohe_web.files.errors import FileRefused
from kaohe_web.files.limits import Limits
from kaohe_web.files.quarantine import receive

seen, folder = [], Path(sys.argv[1])
data = sys.stdin.buffer.read()

def watch(event, given):
    if event in ("open", "socket.connect", "socket.getaddrinfo", "subprocess.Popen"):
        seen.append(f"{event} {given[0]}")

def receiving():
    with receive([data], "a.xlsx", limits=Limits(), folder=folder):
        pass

sys.addaudithook(watch)
refused = 0
for read in (receiving, lambda: read_cells(data, "a.xlsx")):
    try:
        read()
    except (FileRefused, Mistaken):
        refused += 1
print(json.dumps([refused, seen]))
"""
"""Reads a workbook by both doors, and tells what was opened or connected to."""


@pytest.mark.parametrize("text", [XXE, PARAMETER, EXTERNAL])
def test_T03_nothing_that_a_document_names_is_opened_or_asked_for(
    tmp_path: Path, text: bytes
) -> None:
    sound = io.BytesIO()
    Workbook().save(sound)
    data = zipped({**members(sound.getvalue()), "xl/worksheets/sheet1.xml": text})
    done = subprocess.run(  # noqa: S603 -- our own program
        [sys.executable, "-c", WATCHING, str(tmp_path)], input=data, capture_output=True, check=True
    )
    refused, seen = json.loads(done.stdout)
    named = [each for each in seen if "passwd" in each or ".dtd" in each or "connect" in each]
    assert (refused, named, f"open {tmp_path}" in str(seen)) == (2, [], True)


def test_a_table_of_contents_that_is_no_xml_is_refused(refusal: Refusal) -> None:
    told = ("damaged", "文档已损坏；请用 Word、Excel 或 WPS 打开并重新保存，再上传")
    for table in (
        b"<Types",
        b"",
        b'<?xml version="1.0" encoding="none"?><a/>',
        b"<" + NOISE.hex().encode() * 10,
    ):
        assert refusal(zipped({"[Content_Types].xml": table}), "a.docx") == told
