"""The sample city's papers: small real files, invented, drawn and written here.

A scan carries no Chinese: fonts for it are not on every machine. Its name and the documents do.
"""

import datetime as dt
import io
from collections.abc import Callable
from dataclasses import dataclass

import xlsxwriter  # type: ignore[import-untyped]  # it has no types
from django.core.files.uploadedfile import SimpleUploadedFile
from PIL import Image, ImageDraw, ImageFont

from kaohe_web.filing.file_set_docx import Paragraph, Table, write_docx

PAPER, INK, SEAL = "#fdfcf8", "#333333", "#b8332a"
SIZE = (620, 877)
"""A4 at 75 points an inch."""

WRITTEN = dt.datetime(2026, 1, 1, tzinfo=dt.UTC)
"""What stands in files as their date: the same paper is the same file."""

KINDS = (
    (("照片", "截图"), "png"),
    (("清单", "台账", "名册", "统计", "名单", "登记表", "名录", "对照表", "汇总"), "xlsx"),
    (("通报", "证书", "责任书", "文书", "文件"), "pdf"),
)
"""What a material is by the words in its name; whatever else is a Word document."""


@dataclass(frozen=True, slots=True)
class Material:
    """What a paper says of itself."""

    title: str
    unit: str
    year: int
    number: int
    pages: int = 1

    @property
    def document(self) -> str:
        """The number of the document."""
        return f"SAMPLE-{self.year}-{self.number:03}"


def upload_of(material: Material) -> SimpleUploadedFile:
    """The material as a file that somebody uploads."""
    extension = next(
        (kind for words, kind in KINDS if any(word in material.title for word in words)), "docx"
    )
    name = f"{material.year}年{material.title}（示例）.{extension}"
    return SimpleUploadedFile(name, MAKERS[extension](material))


def scan_of(material: Material) -> SimpleUploadedFile:
    """The material as a scan with a seal, whatever its name."""
    return SimpleUploadedFile(f"{material.title}（示例）.pdf", pdf(material))


def docx(material: Material) -> bytes:
    """A document of a page."""
    return write_docx(
        [
            Paragraph(f"{material.title}（示例）", "Title"),
            Paragraph(f"{material.unit}　文号：{material.document}"),
            Paragraph(f"本材料为 {material.year} 年度的虚构示例，只用于试用系统。"),
            Paragraph("一、工作部署", "Heading1"),
            Paragraph("印发方案，明确牵头部门、配合部门和完成时限。"),
            Paragraph("二、落实情况", "Heading1"),
            Table(("事项", "完成情况"), (("方案印发", "已完成"), ("现场检查", "已完成")), (3, 2)),
        ]
    )


def xlsx(material: Material) -> bytes:
    """A list of a few rows."""
    made = io.BytesIO()
    with xlsxwriter.Workbook(made, {"in_memory": True}) as book:
        book.set_properties({"created": WRITTEN})
        sheet = book.add_worksheet("示例")
        sheet.set_column(0, 3, 18)
        bold = book.add_format({"bold": True})
        sheet.write_row(0, 0, [f"{material.unit}{material.title}（示例）"], bold)
        sheet.write_row(1, 0, ["序号", "名称", "文号", "备注"], bold)
        for number in range(1, 6):
            line = [str(number), f"示例事项 {number}", f"{material.document}-{number}", "虚构"]
            sheet.write_row(1 + number, 0, line)
    return made.getvalue()


def pdf(material: Material) -> bytes:
    """A scan of some pages, the last with a seal."""
    pages = [page(material, number) for number in range(1, material.pages + 1)]
    made = io.BytesIO()
    dates = {"creationDate": WRITTEN.timetuple(), "modDate": WRITTEN.timetuple()}
    pages[0].save(made, "PDF", save_all=True, append_images=pages[1:], resolution=75, **dates)
    return made.getvalue()


def png(material: Material) -> bytes:
    """A photograph: a hall, a banner and its number."""
    picture = Image.new("RGB", (640, 400), "#c9d6df")
    pen = ImageDraw.Draw(picture)
    pen.rectangle((0, 280, 640, 400), fill="#8d8171")
    pen.rectangle((90, 40, 550, 90), fill=SEAL)
    pen.text(
        (320, 65), material.document, fill="white", font=ImageFont.load_default(26), anchor="mm"
    )
    for seat in range(9):
        left = 60 + 60 * seat
        pen.ellipse((left, 210, left + 36, 246), fill="#e3bd9b")
        pen.rectangle((left - 6, 246, left + 42, 320), fill="#34495e")
    made = io.BytesIO()
    picture.save(made, "PNG")
    return made.getvalue()


def page(material: Material, number: int) -> Image.Image:
    """A page of a scan: a number, ruled lines, and on the last page a seal."""
    sheet = Image.new("RGB", SIZE, PAPER)
    pen = ImageDraw.Draw(sheet)
    pen.text((310, 80), material.document, fill=SEAL, font=ImageFont.load_default(30), anchor="mm")
    pen.line((60, 110, 560, 110), fill=SEAL, width=3)
    for line in range(24):
        short = line % 6 == 5  # noqa: PLR2004 -- the last line of a paragraph
        pen.line((80, 160 + 26 * line, 340 if short else 540, 160 + 26 * line), fill=INK)
    told = f"{number} / {material.pages}"
    pen.text((310, 845), told, fill=INK, font=ImageFont.load_default(14), anchor="mm")
    if number == material.pages:
        pen.ellipse((400, 660, 520, 780), outline=SEAL, width=5)
        pen.text((460, 720), "SAMPLE", fill=SEAL, font=ImageFont.load_default(20), anchor="mm")
    return sheet


MAKERS: dict[str, Callable[[Material], bytes]] = {
    "docx": docx,
    "xlsx": xlsx,
    "pdf": pdf,
    "png": png,
}
