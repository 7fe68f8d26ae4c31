"""T01–T08 at the site's door: refused in words, with an entry; no row and no file is left."""

import io
import json
import threading
import time
import zipfile
from typing import Any

import pytest
from django.db import connection, connections
from django.test import Client

from evidence.desk import Desk, as_file, content_of, entries, upload_of
from files.making import SOUND, drawn, moving, office, pdf, png_head, zipped
from kaohe_web.audit.models import Entry
from kaohe_web.errors import Refused
from kaohe_web.filing.evidence import upload
from kaohe_web.filing.models import Evidence, EvidenceUse, StoredFile
from kaohe_web.filing.stored_files import keep
from world import NOW

ENTITY = b'<?xml version="1.0"?><!DOCTYPE r [<!ENTITY e SYSTEM "file:///etc/passwd">]><r>&e;</r>'
LAUGHS = b'<?xml version="1.0"?><!DOCTYPE r [<!ENTITY a "ha"><!ENTITY b "&a;&a;">]><r>&b;</r>'
HTML = b"<html><script>alert(1)</script></html>"


def with_many_members() -> bytes:
    """An archive of more files than anybody packs."""
    made = io.BytesIO()
    with zipfile.ZipFile(made, "w") as archive:
        for number in range(2_500):
            archive.writestr(str(number), b"")
    return made.getvalue()


HOSTILE: dict[str, tuple[str, bytes, str, str]] = {
    "T01 bomb in a workbook": (
        "炸弹.xlsx",
        office("xlsx", {"xl/worksheets/sheet1.xml": bytes(60_000_000)}),
        "压缩得异常厉害",
        "bomb",
    ),
    "T02 too many members": ("很多.zip", with_many_members(), "超过 2000 个", "archive"),
    "T03 external entity": (
        "实体.xlsx",
        office("xlsx", {"xl/worksheets/sheet1.xml": ENTITY}),
        "实体",
        "entities",
    ),
    "T04 billion laughs": (
        "大笑.docx",
        office("docx", {"word/styles.xml": LAUGHS}),
        "实体",
        "entities",
    ),
    "T05 a path out of the archive": (
        "路径.zip",
        zipped({"../../etc/x.txt": b"x"}),
        "越出文件夹的路径",
        "archive",
    ),
    "T06 a page as a picture": ("照片.jpg", HTML, "网页", "unwanted"),
    "T06 a program as a PDF": ("报告.pdf", b"MZ" + bytes(100), "程序", "unwanted"),
    "T06 macros": (
        "宏.docx",
        office("docx", {"word/vbaProject.bin": b"x"}),
        "宏",
        "macro",
    ),
    "T06 a workbook called a document": ("表.docx", SOUND["xlsx"], "扩展名", "mismatch"),
    "T07 a picture of 60,000 squared": ("巨图.png", png_head(60_000, 60_000), "万像素", "picture"),
    "T07 five thousand frames": ("动图.gif", moving(5_000), "帧", "picture"),
    "T07 half a JPEG": ("半张.jpg", drawn("JPEG")[:300], "不完整", "damaged"),
    "T08 nothing in it": ("空.pdf", b"", "空的", "empty"),
}


@pytest.mark.parametrize("case", HOSTILE, ids=HOSTILE)
def test_T01_T08_a_hostile_file_is_refused_in_words_and_leaves_only_its_entry(
    desk: Desk, case: str
) -> None:
    name, content, words, kind = HOSTILE[case]
    answer = desk.world.client("liaison").post(
        desk.of_part("evidence_upload"),
        {"label": "internal", "file": as_file(content, name)},
        headers={"Accept": "application/json"},
    )
    assert answer.status_code == 422
    assert words in answer.json()["message"]
    assert desk.nothing_is_there()
    [entry] = Entry.objects.filter(what="file.refused")
    assert (entry.login, entry.outcome, entry.object_name) == ("liaison", "refused", name)
    assert words in entry.reason
    assert json.loads(entry.details) == {"kind": kind}


def test_T01_the_page_says_it_too(desk: Desk) -> None:
    name, content, words, _kind = HOSTILE["T06 a page as a picture"]
    answer = desk.world.client("liaison").post(
        desk.of_part("evidence_upload"), {"label": "internal", "file": as_file(content, name)}
    )
    assert answer.status_code == 422
    assert words in answer.content.decode()
    assert "alert(1)" not in answer.content.decode()


def test_T01_one_hostile_file_does_not_cost_the_others(desk: Desk) -> None:
    files = [
        as_file(SOUND["pdf"], "好.pdf"),
        as_file(HTML, "坏.jpg"),
        as_file(SOUND["png"], "图.png"),
    ]
    answer = desk.world.client("liaison").post(
        desk.of_part("evidence_upload"), {"label": "internal", "file": files}, follow=True
    )
    page = answer.content.decode()
    assert sorted(row.name for row in Evidence.objects.all()) == ["图.png", "好.pdf"]
    assert "“坏.jpg”没有收下：内容是网页" in page
    assert entries("file.refused")[0][:2] == ("liaison", "refused")


NAMES = {
    "../../etc/passwd.pdf": "passwd.pdf",
    r"C:\temp\报告.pdf": "报告.pdf",
    "报告\u202efdp.pdf": "报告fdp.pdf",
    "CON.pdf": "_CON.pdf",
    "长" * 300 + ".pdf": "长" * 196 + ".pdf",
    "结尾.pdf. . ": "结尾.pdf",
    '<b onclick="x">.pdf': "_b onclick=_x__.pdf",
}


@pytest.mark.parametrize("raw", NAMES)
def test_T05_the_stored_path_is_a_hash_and_the_name_is_clean(desk: Desk, raw: str) -> None:
    kept = keep(upload_of(pdf(1), raw), by=desk.world.actor("liaison"), at=NOW)
    use = upload(
        desk.world.assessed[0],
        by=desk.world.actor("liaison"),
        at=NOW,
        part="M8.1",
        kept=kept,
    )
    row = use.evidence
    assert row.name == NAMES[raw]
    assert desk.stored() == [f"evidence/{row.file_id[:2]}/{row.file_id}"]


def test_T05_a_refused_name_stands_clean_in_the_trail(desk: Desk) -> None:
    upload_ = upload_of(HTML, "../\u202e报告.pdf")
    with pytest.raises(Refused):
        keep(upload_, by=desk.world.actor("liaison"), at=NOW)
    assert Entry.objects.get(what="file.refused").object_name == "报告.pdf"


def test_T06_a_download_is_saved_and_nothing_in_it_runs(desk: Desk) -> None:
    polyglot = moving(1) + HTML
    row = desk.give("M8.1", polyglot, "动图 “一”.gif").evidence
    answer = desk.world.client("liaison").get(desk.address("evidence_download", pk=row.pk))
    assert content_of(answer) == polyglot
    assert {name: answer.headers[name] for name in SENT} == SENT


SENT = {
    "Content-Type": "image/gif",
    "Content-Disposition": (
        "attachment; filename=\"__ ___.gif\"; filename*=UTF-8''"
        "%E5%8A%A8%E5%9B%BE%20%E2%80%9C%E4%B8%80%E2%80%9D.gif"
    ),
    "X-Content-Type-Options": "nosniff",
    "Content-Security-Policy": "sandbox; default-src 'none'",
    "Cross-Origin-Resource-Policy": "same-origin",
    "Cache-Control": "private, no-store",
}


def test_T06_a_picture_of_a_page_keeps_its_headers_too(desk: Desk) -> None:
    row = desk.give("M8.1").evidence
    address = desk.address("evidence_preview", pk=row.pk, number=1)
    answer = desk.world.client("liaison").get(address)
    assert answer.content[:4] == b"\x89PNG"
    assert answer.headers["Content-Type"] == "image/png"
    assert answer.headers["Content-Security-Policy"] == "sandbox; default-src 'none'"
    assert answer.headers["X-Content-Type-Options"] == "nosniff"


def test_T08_what_says_it_is_too_large_is_refused_before_it_is_read(desk: Desk) -> None:
    client = desk.world.client("liaison")
    declared: dict[str, Any] = {"CONTENT_LENGTH": str(10 * 1024**3)}
    content = "multipart/form-data; boundary=x"
    begun = time.monotonic_ns()
    page = client.generic("POST", desk.of_part("evidence_upload"), b"", content, **declared)
    assert time.monotonic_ns() - begun < 5_000_000_000
    assert page.status_code == 413
    said = "送来的内容有 10240 MB，超过单次上限 2 MB，没有接收"
    assert said in page.content.decode()
    script = client.generic(
        "POST",
        desk.of_part("evidence_upload"),
        b"",
        content,
        headers={"Accept": "application/json"},
        **declared,
    )
    assert (script.status_code, said in script.json()["message"]) == (413, True)
    assert desk.nothing_is_there()
    assert [e[:2] for e in entries("file.refused")] == [("liaison", "refused")] * 2


def test_T08_a_file_just_over_the_limit_is_refused_as_a_file(desk: Desk) -> None:
    content = pdf(1) + bytes(2 * 1024 * 1024)
    answer = desk.world.client("liaison").post(
        desk.of_part("evidence_upload"),
        {"label": "internal", "file": as_file(content, "大.pdf")},
        headers={"Accept": "application/json"},
    )
    assert answer.status_code == 422
    assert "文件超过 2 MB" in answer.json()["message"]
    assert desk.nothing_is_there()


class Torn(io.BytesIO):
    """A body that breaks off."""

    def read(self, size: int | None = -1, /) -> bytes:
        """A little, then the line goes dead."""
        if self.tell() > 1000:
            raise OSError("connection reset by peer")
        return super().read(min(size or 0, 500) if size and size > 0 else 500)


def test_T08_an_upload_that_breaks_off_leaves_nothing(desk: Desk) -> None:
    body = (
        b'--x\r\nContent-Disposition: form-data; name="file"; filename="a.pdf"\r\n'
        b"Content-Type: application/pdf\r\n\r\n" + pdf(1) + bytes(50_000)
    )
    sent: dict[str, Any] = {
        "wsgi.input": Torn(body),
        "CONTENT_LENGTH": str(len(body) + 100_000),
        "CONTENT_TYPE": "multipart/form-data; boundary=x",
    }
    answer = desk.world.client("liaison").generic(
        "POST",
        desk.of_part("evidence_upload"),
        headers={"Accept": "application/json"},
        **sent,
    )
    assert (answer.status_code, answer.json()["message"]) == (
        400,
        "上传中断，文件没有收全，没有保存；请检查网络后重新上传",
    )
    assert desk.nothing_is_there()


def test_T08_where_there_is_no_room_it_is_said(desk: Desk) -> None:
    folder = desk.data / "incoming"
    folder.rmdir()
    answer = desk.world.client("liaison").post(
        desk.of_part("evidence_upload"),
        {"label": "internal", "file": as_file(SOUND["pdf"], "好.pdf")},
        headers={"Accept": "application/json"},
    )
    assert answer.status_code == 503
    assert answer.json()["message"].startswith("文件没有存下：")
    assert desk.nothing_is_there()


def test_nobody_sends_files_who_is_not_signed_in(desk: Desk) -> None:
    files = {"label": "internal", "file": as_file(SOUND["pdf"], "好.pdf")}
    script = Client().post(
        desk.of_part("evidence_upload"), files, headers={"Accept": "application/json"}
    )
    assert (script.status_code, script.json()["message"]) == (
        403,
        "登录已失效，文件没有传上去；请重新登录后再传",
    )
    page = Client().post(desk.of_part("evidence_upload"), {"file": as_file(SOUND["pdf"], "好.pdf")})
    assert page.status_code == 302
    assert desk.nothing_is_there()


def test_T08_many_at_once_are_each_kept_or_refused(committed_desk: Desk) -> None:
    desk = committed_desk
    clients = [desk.world.client("liaison") for _ in range(12)]
    answers: list[int] = []

    def send(number: int) -> None:
        try:
            content = drawn("PNG", (number + 1, 1)) if number % 3 else HTML
            answer = clients[number].post(
                desk.of_part("evidence_upload"),
                {"label": "internal", "file": as_file(content, f"{number}.png")},
                headers={"Accept": "application/json"},
            )
            answers.append(answer.status_code)
        finally:
            connections.close_all()

    threads = [threading.Thread(target=send, args=(n,)) for n in range(12)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    assert sorted(answers) == [200] * 8 + [422] * 4
    assert Evidence.objects.count() == EvidenceUse.objects.count() == 8
    assert sorted(row.pk for row in StoredFile.objects.all()) == [
        name.rpartition("/")[2] for name in desk.stored()
    ]
    assert connection.is_usable()
