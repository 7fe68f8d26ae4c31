"""XML out of a workbook, tag by tag, with what XML can be abused for refused."""

from collections.abc import Iterator
from xml.etree.ElementTree import Element, ParseError

from kaohe.workbook.package import Package, refuse

MOST_TAGS = 700_000
"""As many tags as one member may have: several for each cell of the largest data workbook."""

Tags = Iterator[tuple[str, Element]]
"""Tags as they close, by their names without a namespace."""


def local(element: Element) -> str:
    """The name of a tag without its namespace, of which there are two kinds."""
    return element.tag.rpartition("}")[2]


def read_tags(package: Package, name: str) -> Tags:
    """The tags of a member as they close.

    :raises Mistaken: if it is not XML, has a DTD or entities, or is far too long.
    """
    from defusedxml import DefusedXmlException  # noqa: PLC0415 -- slow import, only for workbooks
    from defusedxml.ElementTree import iterparse  # noqa: PLC0415 -- the same

    opened = 0
    source = package.open(name)
    try:
        for event, element in iterparse(source, events=("start", "end"), forbid_dtd=True):
            if event == "end":
                yield local(element), element
                continue
            opened += 1
            if opened > MOST_TAGS:
                refuse(package.file, f"工作簿里的 {name} 太长，不像是数据表；请核对文件")
    except DefusedXmlException:
        refuse(package.file, f"工作簿里的 {name} 带有 DTD 或实体，正常的工作簿没有；请核对文件来源")
    except (ParseError, LookupError, ValueError):
        refuse(
            package.file, f"工作簿里的 {name} 不是完好的 XML；请在 Excel 或 WPS 中打开并重新保存"
        )
