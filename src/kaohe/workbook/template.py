"""The data workbook, made from a rubric: empty, or filled with data that is already known."""

from pathlib import Path
from typing import BinaryIO

from kaohe.reading.writer import fingerprint
from kaohe.rubric.interpretation import interpret
from kaohe.rubric.model import Rubric
from kaohe.scoring.observations import Dataset
from kaohe.workbook.book import Book
from kaohe.workbook.form import LISTS_FROM, Form
from kaohe.workbook.guide import write_guide
from kaohe.workbook.keys import FORMAT, HIDDEN, SHEETS
from kaohe.workbook.sheet_lists import write_entries, write_references, write_vetoes
from kaohe.workbook.sheet_points import write_points
from kaohe.workbook.sheet_units import write_units
from kaohe.workbook.sheet_values import PREVIOUS, TARGETS, VALUES, write_values


def write_template(
    rubric: Rubric, target: str | Path | BinaryIO, *, data: Dataset | None = None, slots: int = 12
) -> None:
    """Write the workbook that officials fill in: a sheet for each kind of input.

    The same rubric, data and slots give the same bytes. ``slots`` is the number of units it has
    room for; there are always as many as ``data`` has units. What ``data`` holds is read back as
    it is.

    :raises CannotWrite: if the place is not writable, or something does not fit into a sheet.
    """
    book = Book(target, rubric.title)
    form = Form(book, interpret(rubric), data or Dataset(()), slots)
    kinds = kinds_of_input(form)
    print_ = fingerprint(rubric)
    write_guide(book, rubric, kinds, print_)
    indicators = list(rubric.indicators.values())
    for kind in kinds:
        match kind:
            case "units":
                write_units(form)
            case "values":
                write_values(form, VALUES, indicators)
            case "targets":
                write_values(form, TARGETS, [i for i in indicators if i.target])
            case "previous":
                write_values(form, PREVIOUS, form.previous())
            case "points":
                write_points(form)
            case "entries":
                write_entries(form)
            case "vetoes":
                write_vetoes(form)
            case "references":
                write_references(form)
    write_hidden(form, rubric, print_)
    book.close()


def kinds_of_input(form: Form) -> list[str]:
    """The input sheets that this rubric and this data need."""
    rubric = form.rubric
    wanted = {
        "values": rubric.indicators,
        "targets": any(indicator.target for indicator in rubric.indicators.values()),
        "previous": form.previous(),
        "entries": rubric.registers,
        "vetoes": rubric.vetoes,
        "references": rubric.indicators,
    }
    return [kind for kind in SHEETS if wanted.get(kind, True)]


def write_hidden(form: Form, rubric: Rubric, print_: str) -> None:
    """The sheet that only machines read: the signature, and the lists of long drop-downs."""
    sheet = form.book.sheet(HIDDEN)
    signature = {
        "kaohe": "workbook",
        "format": FORMAT,
        "rubric": rubric.id,
        "fingerprint": print_,
    }
    for row, (name, value) in enumerate(signature.items()):
        sheet.text(row, 0, name, {})
        sheet.text(row, 1, value, {})
    for column, names in enumerate(form.lists, LISTS_FROM):
        for row, name in enumerate(names):
            sheet.text(row, column, name, {})
    sheet.raw.very_hidden()
    sheet.protect()
