"""A unit's evidence as one ZIP: folders by clause, each file once, and a catalogue of them."""

import io
import json
import random
import zipfile
from typing import Any

from openpyxl import load_workbook

from evidence.desk import Desk, content_of, entries
from files.making import SOUND, drawn, pdf
from kaohe_web.audit.models import Entry
from kaohe_web.files.archive import Archive, Budget
from kaohe_web.files.limits import Limits
from kaohe_web.filing import evidence as giving
from kaohe_web.filing.models import Evidence
from world import NOW


def archive_of(desk: Desk, who: str) -> bytes:
    """What somebody gets."""
    address = desk.address("evidence_zip", assessed_id=desk.world.assessed[0].pk)
    answer = desk.world.client(who).get(address)
    assert answer.status_code == 200
    assert answer.headers["Content-Security-Policy"] == "sandbox; default-src 'none'"
    return content_of(answer)


def filled(desk: Desk) -> None:
    """Three files, of which one proves two parts and one proves none."""
    use = desk.give("M9", pdf(3), '=HYPERLINK("x").pdf')
    desk.give("M8.1", SOUND["docx"], "方案.docx")
    by: dict[str, Any] = {"by": desk.world.actor("liaison"), "at": NOW}
    giving.attach(use.evidence, **by, part="M12.1", page=2, note="第二页")
    giving.detach(desk.give("M14", drawn("PNG"), "没用.png"), **by)


def test_each_file_lies_once_in_the_folder_of_its_first_clause(desk: Desk) -> None:
    filled(desk)
    content = archive_of(desk, "liaison")
    with zipfile.ZipFile(io.BytesIO(content)) as archive:
        assert archive.testzip() is None
        names = archive.namelist()
        texts = {name: archive.read(name) for name in names}
    assert [name.partition("/")[0][:5] for name in names] == [
        "第08条 ",
        "第09条 ",
        "未归入条款",
        "证据目录.",
        "证据目录.",
    ]
    assert [name.rpartition("/")[2] for name in names] == [
        "01 方案.docx",
        "01 =HYPERLINK(_x_).pdf",
        "01 没用.png",
        "证据目录.xlsx",
        "证据目录.csv",
    ]
    assert texts[names[1]] == pdf(3)
    book = load_workbook(io.BytesIO(texts["证据目录.xlsx"]))
    rows = list(book.worksheets[0].iter_rows(values_only=True))
    listed = [(row[0], row[2], row[3], row[4], row[11]) for row in rows[3:]]
    shared = names[1]
    assert listed == [
        ("8", "方案.docx", None, None, names[0]),
        ("9", "=HYPERLINK(_x_).pdf", None, None, shared),
        ("12", "=HYPERLINK(_x_).pdf", 2, "第二页", shared),
        (None, "没用.png", None, None, names[2]),
    ]
    assert all(cell.data_type != "f" for row in book.worksheets[0].iter_rows() for cell in row)


def test_it_is_an_archive_that_we_ourselves_would_take(desk: Desk) -> None:
    filled(desk)
    limits = Limits()
    content = io.BytesIO(archive_of(desk, "office"))
    found = Archive(content, limits, Budget.of(limits))
    sizes = [sum(map(len, found.chunks(member))) for member in found.members]
    assert sizes == [member.size for member in found.members]


def test_the_export_is_recorded_with_every_file_in_it(desk: Desk) -> None:
    filled(desk)
    archive_of(desk, "leader")
    assert entries("evidence.exported") == [("leader", "done", "")]
    details = json.loads(Entry.objects.get(what="evidence.exported").details)
    assert details["files"] == 3
    assert sorted(details["sha256"]) == sorted(row.file_id for row in Evidence.objects.all())


def test_a_department_gets_its_own_and_what_its_parts_use(desk: Desk) -> None:
    filled(desk)
    desk.give("M10", drawn("PNG", (2, 2)), "经信局.png", who="other_liaison")
    with zipfile.ZipFile(io.BytesIO(archive_of(desk, "other_liaison"))) as archive:
        names = archive.namelist()
    assert [name.rpartition("/")[2] for name in names] == [
        "01 经信局.png",
        "证据目录.xlsx",
        "证据目录.csv",
    ]


def test_where_there_is_nothing_there_is_no_archive(desk: Desk) -> None:
    address = desk.address("evidence_zip", assessed_id=desk.world.assessed[0].pk)
    answer = desk.world.client("office").get(address)
    assert (answer.status_code, "还没有可导出的佐证材料" in answer.content.decode()) == (409, True)


def test_T22_another_unit_s_archive_is_not_there(desk: Desk) -> None:
    filled(desk)
    address = desk.address("evidence_zip", assessed_id=desk.world.assessed[0].pk)
    for who in ("foreign_office", "foreign_liaison"):
        assert desk.world.client(who).get(address).status_code == 404
    assert entries("evidence.exported") == []


def test_a_large_archive_comes_in_pieces(desk: Desk) -> None:
    large = random.Random(1).randbytes(1_500_000)
    desk.give("M8.1", pdf(1) + large, "大.pdf")
    address = desk.address("evidence_zip", assessed_id=desk.world.assessed[0].pk)
    answer = desk.world.client("office").get(address)
    pieces = list(answer.streaming_content)  # type: ignore[attr-defined]  # it is streamed
    assert len(pieces) > 2
    with zipfile.ZipFile(io.BytesIO(b"".join(pieces))) as archive:
        [name] = [name for name in archive.namelist() if name.endswith(".pdf")]
        assert archive.read(name) == pdf(1) + large
