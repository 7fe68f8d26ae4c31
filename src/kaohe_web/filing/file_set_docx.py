"""A plain Word document in the form of official papers: headings, paragraphs, tables; nothing more.

Written as Word, WPS and LibreOffice all open it: one part for the text, one for the styles. People
go on writing in it.
"""

import io
import zipfile
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from xml.sax.saxutils import escape

from kaohe_web.sheets.texts import tidy

STAMP = (2000, 1, 1, 0, 0, 0)
"""A date that never changes: equal contents make equal files."""

MAIN = "http://schemas.openxmlformats.org/wordprocessingml/2006/main"
TO_PARTS = "http://schemas.openxmlformats.org/officeDocument/2006/relationships"
PACKAGE = "http://schemas.openxmlformats.org/package/2006"
KIND = "application/vnd.openxmlformats-officedocument.wordprocessingml"
HEAD = '<?xml version="1.0" encoding="UTF-8" standalone="yes"?>'

TEXT_WIDTH = 8844
"""Of a page, in twentieths of a point: A4 less its margins."""


@dataclass(frozen=True, slots=True)
class Paragraph:
    """Text in a style: ``Body``, ``Title``, ``Heading1``, ``Heading2``, ``Small`` or ``Right``."""

    text: str
    style: str = "Body"


@dataclass(frozen=True, slots=True)
class Table:
    """A table with heads; ``widths`` are shares of the page's width."""

    heads: Sequence[str]
    rows: Sequence[Sequence[str]]
    widths: Sequence[int]


Block = Paragraph | Table


def write_docx(blocks: Iterable[Block]) -> bytes:
    """The document as a file."""
    body = "".join(map(block_xml, blocks))
    members = {
        "[Content_Types].xml": CONTENT_TYPES,
        "_rels/.rels": relations(("rId1", "officeDocument", "word/document.xml")),
        "word/document.xml": document_xml(body),
        "word/_rels/document.xml.rels": relations(
            ("rId1", "styles", "styles.xml"), ("rId2", "footer", "footer1.xml")
        ),
        "word/styles.xml": STYLES,
        "word/footer1.xml": FOOTER,
    }
    target = io.BytesIO()
    with zipfile.ZipFile(target, "w", zipfile.ZIP_DEFLATED) as archive:
        for name, text in members.items():
            info = zipfile.ZipInfo(name, STAMP)
            info.compress_type = zipfile.ZIP_DEFLATED
            archive.writestr(info, text.encode())
    return target.getvalue()


def block_xml(block: Block) -> str:
    """A paragraph or a table."""
    return paragraph_xml(block) if isinstance(block, Paragraph) else table_xml(block)


def paragraph_xml(paragraph: Paragraph) -> str:
    """A paragraph; its lines stay lines."""
    runs = "<w:r><w:br/></w:r>".join(run_xml(line) for line in tidy(paragraph.text).split("\n"))
    return f'<w:p><w:pPr><w:pStyle w:val="{paragraph.style}"/></w:pPr>{runs}</w:p>'


def run_xml(text: str) -> str:
    """A stretch of text; quotation marks and dashes in it are Chinese ones."""
    hint = '<w:rPr><w:rFonts w:hint="eastAsia"/></w:rPr>'
    return f'<w:r>{hint}<w:t xml:space="preserve">{escape(text)}</w:t></w:r>'


def table_xml(table: Table) -> str:
    """A table whose heads stand on every page that it reaches."""
    whole = sum(table.widths)
    widths = [TEXT_WIDTH * width // whole for width in table.widths]
    grid = "".join(f'<w:gridCol w:w="{width}"/>' for width in widths)
    heads = row_xml(table.heads, widths, head=True)
    rows = "".join(row_xml(row, widths) for row in table.rows)
    edges = "".join(
        f'<w:{edge} w:val="single" w:sz="4" w:space="0" w:color="000000"/>'
        for edge in ("top", "left", "bottom", "right", "insideH", "insideV")
    )
    return (
        f'<w:tbl><w:tblPr><w:tblW w:w="{sum(widths)}" w:type="dxa"/>'
        f'<w:tblBorders>{edges}</w:tblBorders><w:tblLayout w:type="fixed"/></w:tblPr>'
        f"<w:tblGrid>{grid}</w:tblGrid>{heads}{rows}</w:tbl>"
        f"{paragraph_xml(Paragraph('', 'Small'))}"
    )


def row_xml(cells: Sequence[str], widths: Sequence[int], *, head: bool = False) -> str:
    """A row, never torn over two pages."""
    kind = "<w:cantSplit/><w:tblHeader/>" if head else "<w:cantSplit/>"
    style = "CellHead" if head else "Cell"
    inner = "".join(
        f'<w:tc><w:tcPr><w:tcW w:w="{width}" w:type="dxa"/></w:tcPr>'
        f"{paragraph_xml(Paragraph(cell, style))}</w:tc>"
        for cell, width in zip(cells, widths, strict=True)
    )
    return f"<w:tr><w:trPr>{kind}</w:trPr>{inner}</w:tr>"


def document_xml(body: str) -> str:
    """The text with its page: A4, the margins of official papers, a number at the foot."""
    page = (
        '<w:sectPr><w:footerReference w:type="default" r:id="rId2"/>'
        '<w:pgSz w:w="11906" w:h="16838"/>'
        '<w:pgMar w:top="2098" w:right="1474" w:bottom="1984" w:left="1588" w:header="851"'
        ' w:footer="992" w:gutter="0"/></w:sectPr>'
    )
    names = f'xmlns:w="{MAIN}" xmlns:r="{TO_PARTS}"'
    return f"{HEAD}<w:document {names}><w:body>{body}{page}</w:body></w:document>"


def relations(*of: tuple[str, str, str]) -> str:
    """What a part refers to: id, kind and target of each."""
    inner = "".join(
        f'<Relationship Id="{key}" Type="{TO_PARTS}/{kind}" Target="{target}"/>'
        for key, kind, target in of
    )
    return f'{HEAD}<Relationships xmlns="{PACKAGE}/relationships">{inner}</Relationships>'


CONTENT_TYPES = (
    f'{HEAD}<Types xmlns="{PACKAGE}/content-types">'
    '<Default Extension="rels" ContentType="application/vnd.openxmlformats-package.relationships'
    '+xml"/><Default Extension="xml" ContentType="application/xml"/>'
    f'<Override PartName="/word/document.xml" ContentType="{KIND}.document.main+xml"/>'
    f'<Override PartName="/word/styles.xml" ContentType="{KIND}.styles+xml"/>'
    f'<Override PartName="/word/footer1.xml" ContentType="{KIND}.footer+xml"/></Types>'
)

FOOTER = (
    f'{HEAD}<w:ftr xmlns:w="{MAIN}"><w:p><w:pPr><w:pStyle w:val="Foot"/></w:pPr>'
    '<w:r><w:fldChar w:fldCharType="begin"/></w:r>'
    '<w:r><w:instrText xml:space="preserve"> PAGE </w:instrText></w:r>'
    '<w:r><w:fldChar w:fldCharType="separate"/></w:r><w:r><w:t>1</w:t></w:r>'
    '<w:r><w:fldChar w:fldCharType="end"/></w:r></w:p></w:ftr>'
)


def style(name: str, font: str, size: int, paragraph: str, *, bold: bool = False) -> str:
    """A style of paragraphs: an East Asian font by its name, a size in half points."""
    weight = "<w:b/>" if bold else ""
    return (
        f'<w:style w:type="paragraph" w:styleId="{name}"><w:name w:val="{name}"/>'
        f"<w:pPr>{paragraph}</w:pPr><w:rPr>"
        f'<w:rFonts w:ascii="Times New Roman" w:hAnsi="Times New Roman" w:eastAsia="{font}"/>'
        f'{weight}<w:sz w:val="{size}"/><w:szCs w:val="{size}"/></w:rPr></w:style>'
    )


LINE = '<w:spacing w:line="560" w:lineRule="exact"/>'
INDENT = '<w:ind w:firstLineChars="200" w:firstLine="640"/>'
STYLES = (
    f'{HEAD}<w:styles xmlns:w="{MAIN}">'
    + style(
        "Title",
        "方正小标宋简体",
        44,
        '<w:spacing w:before="240" w:after="360" w:line="640" w:lineRule="exact"/>'
        '<w:jc w:val="center"/>',
    )
    + style("Heading1", "黑体", 32, f'<w:keepNext/>{LINE}{INDENT}<w:outlineLvl w:val="0"/>')
    + style("Heading2", "楷体", 32, f'<w:keepNext/>{LINE}{INDENT}<w:outlineLvl w:val="1"/>')
    + style("Body", "仿宋", 32, f'{LINE}{INDENT}<w:jc w:val="both"/>')
    + style("Right", "仿宋", 32, f'{LINE}<w:jc w:val="right"/>')
    + style("Small", "宋体", 18, '<w:spacing w:line="300" w:lineRule="exact"/>')
    + style("Cell", "宋体", 21, "")
    + style("CellHead", "黑体", 21, '<w:jc w:val="center"/>')
    + style("Foot", "宋体", 28, '<w:jc w:val="center"/>')
    + "</w:styles>"
)
