"""A form handed out: guide, sheets to fill, and the hidden sheet that remembers the issue."""

from pathlib import Path
from typing import BinaryIO

from kaohe.workbook.book import Book
from kaohe_web.sheets.draw import Drawing, draw_page
from kaohe_web.sheets.guide import write_guide
from kaohe_web.sheets.hidden import write_hidden
from kaohe_web.sheets.model import Form

Target = str | Path | BinaryIO


def write_form(form: Form, target: Target, *, secret: bytes) -> None:
    """Write the workbook that is handed out; the same form and secret give the same bytes.

    ``secret`` seals what the workbook remembers; whoever reads it back needs the same.

    :raises CannotWrite: if the place is not writable, or a text is too long for a cell.
    """
    book = Book(target, form.title)
    drawing = Drawing(book, form)
    write_guide(book, form)
    for page in form.pages:
        draw_page(drawing, page)
    write_hidden(book, form.issued(), drawing.lists, secret=secret)
    book.close()
