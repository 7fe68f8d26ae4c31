"""One press makes the set for the city: score sheet, report, catalogue and evidence in one ZIP."""

import io
import json
import re
import shutil
import subprocess
import zipfile
from pathlib import Path

import pytest
from defusedxml import ElementTree
from openpyxl import load_workbook

from evidence.desk import Desk, content_of, entries
from files.making import SOUND, drawn, pdf
from kaohe_web.audit.models import Entry
from kaohe_web.files.examine import examine
from kaohe_web.files.limits import Limits
from kaohe_web.filing.models import Submission
from world import NOW

SOFFICE = shutil.which("soffice")
W = "{http://schemas.openxmlformats.org/wordprocessingml/2006/main}"


def made(desk: Desk) -> dict[str, bytes]:
    """The members of the set."""
    answer = desk.world.client("unit_office").post(desk.address("file_set_make"))
    assert answer.status_code == 200
    with zipfile.ZipFile(io.BytesIO(content_of(answer))) as archive:
        assert archive.testzip() is None
        return {name: archive.read(name) for name in archive.namelist()}


def filled(desk: Desk) -> None:
    """Evidence for one clause, and a self-score with a reason that looks like mark-up."""
    desk.give("M9", pdf(2), "方案.pdf")
    desk.give("M10", drawn("PNG"), "照片.png", who="other_liaison")
    Submission.objects.filter(part="M9").update(
        self_score="0.5", lost_reason="A<B & C", note="=1+1", state="submitted", submitted_at=NOW
    )


def text_of(document: bytes) -> str:
    """The words of a Word document."""
    with zipfile.ZipFile(io.BytesIO(document)) as archive:
        for name in archive.namelist():
            ElementTree.fromstring(archive.read(name))
        root = ElementTree.fromstring(archive.read("word/document.xml"))
    paragraphs = root.iter(f"{W}p")
    return "\n".join("".join(t.text or "" for t in p.iter(f"{W}t")) for p in paragraphs)


def test_the_set_holds_the_four_files(desk: Desk) -> None:
    filled(desk)
    files = made(desk)
    assert list(files) == [
        "1 自评得分表.xlsx",
        "2 自评报告（草稿）.docx",
        "3 证据目录.xlsx",
        "4 佐证材料.zip",
    ]
    with zipfile.ZipFile(io.BytesIO(files["4 佐证材料.zip"])) as inner:
        assert inner.testzip() is None
        found = [name.rpartition("/")[2] for name in inner.namelist()]
        assert found == ["01 方案.pdf", "01 照片.png", "证据目录.xlsx", "证据目录.csv"]
    details = json.loads(Entry.objects.get(what="file_set.made").details)
    assert (details["files"], len(details["evidence"])) == (list(files), 2)


def test_the_score_sheet_in_it_adds_up_and_holds_no_formula(desk: Desk) -> None:
    filled(desk)
    sheet = load_workbook(io.BytesIO(made(desk)["1 自评得分表.xlsx"])).worksheets[0]
    rows = {row[1].value: row for row in sheet.iter_rows(min_row=3) if row[1].value}
    part = next(p for p in desk.world.rubric.all_parts() if p.id == "M9")
    row = rows[part.title]
    assert [cell.value for cell in row[3:6]] == [0.5, "A<B & C", "=1+1"]  # noqa: RUF100 -- 0.5 ends
    assert row[5].data_type == "s"
    total = [cell.value for cell in list(sheet.iter_rows())[-1]]
    assert (total[0], str(total[2]), str(total[3])) == ("合计", "79", "0.5")


def test_the_report_says_what_was_filed_and_what_is_left_to_write(desk: Desk) -> None:
    filled(desk)
    text = text_of(made(desk)["2 自评报告（草稿）.docx"])
    assert text.startswith("城东区（示例）质量工作自评报告（草稿）")
    for words in (
        "本单位应填报 43 条，分值合计 79 分；已提交 1 条",
        "自评得分合计 0.5 分（另有 42 条尚未自评）。",
        "佐证材料：《方案.pdf》。",
        "A<B & C",
        "=1+1",
        "（请补充主要做法和成效）",
    ):
        assert words in text
    assert re.search(r"留痕凭据 [0-9]+=sha256:[0-9a-f]{64}", text)


def test_we_ourselves_would_take_every_file_of_it(desk: Desk) -> None:
    filled(desk)
    for name, content in made(desk).items():
        assert examine(io.BytesIO(content), name, Limits()).extensions[0] in name


def test_without_evidence_and_scores_it_is_made_too(desk: Desk) -> None:
    files = made(desk)
    assert "自评没有失分的条款" in text_of(files["2 自评报告（草稿）.docx"])
    with zipfile.ZipFile(io.BytesIO(files["4 佐证材料.zip"])) as inner:
        assert inner.namelist() == ["证据目录.xlsx", "证据目录.csv"]


@pytest.mark.skipif(SOFFICE is None, reason="LibreOffice is not installed")
def test_LibreOffice_opens_the_report(desk: Desk, tmp_path: Path) -> None:
    filled(desk)
    path = tmp_path / "report.docx"
    path.write_bytes(made(desk)["2 自评报告（草稿）.docx"])
    subprocess.run(  # noqa: S603 -- a program of this machine, our own file
        [
            str(SOFFICE),
            "--headless",
            f"-env:UserInstallation=file://{tmp_path}/profile",
            *["--convert-to", "txt:Text (encoded):UTF8", "--outdir", str(tmp_path), str(path)],
        ],
        check=True,
        capture_output=True,
        timeout=120,
    )
    text = (tmp_path / "report.txt").read_text("utf-8-sig")
    assert text.startswith("城东区（示例）质量工作自评报告（草稿）")
    assert "A<B & C" in text


def test_the_page_says_what_the_set_will_hold(desk: Desk) -> None:
    filled(desk)
    page = desk.world.client("unit_office").get(desk.address("file_set")).content.decode()
    assert ("42 条还没有提交" in page, "盖章件还不齐" in page) == (True, True)
    assert entries("file_set.made") == []


@pytest.mark.parametrize("who", ["liaison", "office", "leader", "assessor", "provider"])
def test_only_the_unit_s_office_makes_it(desk: Desk, who: str) -> None:
    client = desk.world.client(who)
    assert client.get(desk.address("file_set")).status_code == 403
    assert client.post(desk.address("file_set_make")).status_code == 403


def test_the_foreign_office_makes_its_own(desk: Desk) -> None:
    desk.give("M9", SOUND["docx"], "城东的.docx")
    answer = desk.world.client("foreign_office").post(desk.address("file_set_make"))
    content = content_of(answer)
    assert "城东的".encode() not in content
    with zipfile.ZipFile(io.BytesIO(content)) as archive:
        assert "城西区（示例）" in text_of(archive.read("2 自评报告（草稿）.docx"))
