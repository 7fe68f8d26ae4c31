"""T09, T16: what people wrote leaves in files as words: no formula, no template, no mark-up."""

import csv
import io
import zipfile

import pytest
from openpyxl import load_workbook

from evidence.desk import Desk, content_of
from evidence.test_file_set import made, text_of
from files.making import pdf
from kaohe_web.filing.models import EvidenceUse, Submission
from kaohe_web.people.models import Department
from world import NOW

FORMULAS = ["=1+1", "+1-1", "-2+3", "@SUM(A1)", "\t=1", "  =1", "＝1＋1", "＠x"]
TEMPLATES = [
    "{{ ''.__class__.__mro__[1].__subclasses__() }}",
    "{% for x in ().__class__.__base__.__subclasses__() %}{{ x }}{% endfor %}",
    "${7*7} #{7*7} <%= 7*7 %> {7*7!r}",
    "A<B & C",
    "</w:t></w:r></w:p><w:p><w:r><w:t>另一段",
    "]]>&lt;&#65;",
    '{ INCLUDETEXT "/etc/passwd" }',
    '=HYPERLINK("http://example.com")',
]


@pytest.mark.parametrize("words", TEMPLATES)
def test_T16_what_looks_like_a_template_stands_in_the_report_as_it_was_written(
    desk: Desk, words: str
) -> None:
    desk.give("M9", pdf(1), "方案.pdf")
    written = {"lost_reason": words, "note": words, "self_score": "0.5"}
    Submission.objects.filter(part="M9").update(
        **written, state=Submission.State.SUBMITTED, submitted_at=NOW
    )
    report = made(desk)["2 自评报告（草稿）.docx"]
    assert text_of(report).count(words) == 2
    with zipfile.ZipFile(io.BytesIO(report)) as archive:
        text = archive.read("word/document.xml").decode()
    assert (text.count("<w:instrText"), text.count("<w:hyperlink")) == (0, 0)


@pytest.mark.parametrize("words", FORMULAS)
def test_T09_names_of_files_and_departments_leave_as_text(desk: Desk, words: str) -> None:
    Department.objects.filter(unit__code="u01", name="市监局").update(name=words)
    desk.give("M9", pdf(1), f"{words}.pdf")
    EvidenceUse.objects.update(note=words)
    answer = desk.world.client("unit_office").get(
        desk.address("evidence_zip", assessed_id=desk.world.assessed[0].pk)
    )
    with zipfile.ZipFile(io.BytesIO(content_of(answer))) as archive:
        assert archive.testzip() is None
        sheet = load_workbook(io.BytesIO(archive.read("证据目录.xlsx"))).worksheets[0]
        text = archive.read("证据目录.csv").decode("utf-8-sig")
    [line] = list(csv.DictReader(io.StringIO(text, newline="")))
    assert (line["上传部门"], line["说明"]) == (f"'{words}", f"'{words}")
    name = f"{words.strip()}.pdf"
    assert line["文件名"] == f"'{name}"
    kinds = {cell.data_type for row in sheet.iter_rows() for cell in row if cell.value is not None}
    assert kinds == {"s", "n"}
    assert name in {cell.value for row in sheet.iter_rows() for cell in row}
