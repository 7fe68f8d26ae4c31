"""What leaves the site: tables, a year's data, a run's archive, a score sheet; all recorded."""

import datetime as dt
import io
import zipfile
from dataclasses import dataclass

from django.utils.translation import gettext as _

from kaohe_web.audit import trail
from kaohe_web.clock import BEIJING
from kaohe_web.cycles.models import Cycle
from kaohe_web.cycles.queries import visible_cycles
from kaohe_web.errors import NotThere
from kaohe_web.people.acting import action, locked
from kaohe_web.people.actor import Actor
from kaohe_web.results import queries, tables
from kaohe_web.results.models import ScoringRun, UnitResult
from kaohe_web.results.observed import Basis, observe
from kaohe_web.results.readme import readme
from kaohe_web.results.scoring import Plain
from kaohe_web.results.seal import SUMS, files_of, sums_of
from kaohe_web.results.tables import Table
from kaohe_web.sheets.csv_text import csv_table
from kaohe_web.sheets.table import write_table

TYPES = {
    "csv": "text/csv; charset=utf-8",
    "xlsx": "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet",
    "json": "application/json",
    "zip": "application/zip",
}


@dataclass(frozen=True, slots=True)
class File:
    """A file to be handed out."""

    name: str
    content: bytes
    type: str


@action("results.data_exported", right="results.export")
def data(cycle: Cycle, /, *, by: Actor, at: dt.datetime) -> File:
    """A year's data as it stands, as ``kaohe score`` reads it.

    :raises Mistaken: if it has mistakes, with all of them.
    """
    row = locked(visible_cycles(by), cycle.pk)
    text = observe(row).text
    name = f"{row.name}.json"
    record("results.data_exported", row, name, by=by, at=at)
    return File(name, text.encode(), TYPES["json"])


@action("results.archive_exported", right="results.export")
def archive(run: ScoringRun, /, *, by: Actor, at: dt.datetime) -> File:
    """A run with everything that made it, and how to check it again."""
    row = locked(queries.runs(by), run.pk)
    files = files_of(row)
    files |= {SUMS: sums_of(files), "digest.txt": row.digest + "\n", "README.md": readme(row)}
    name = _("%(cycle)s第%(number)s次计分.zip") % {"cycle": row.cycle, "number": row.number}
    record("results.archive_exported", row, name, by=by, at=at)
    return File(name, packed(files, row.made_at), TYPES["zip"])


@action("results.table_exported", right="results.export")
def run_table(run: ScoringRun, /, *, by: Actor, at: dt.datetime, table: str, form: str) -> File:
    """A table of a run as CSV or Excel.

    :raises NotThere: for a table or a form that there is not.
    """
    row = locked(queries.runs(by), run.pk)
    found = tables.of_run(row, table)
    return handed_out("results.table_exported", row, found, form, by=by, at=at)


@action("results.standing_exported", right="results.export")
def live_table(
    cycle: Cycle, /, *, by: Actor, at: dt.datetime, table: str, form: str, basis: Basis
) -> File:
    """A table of the year as it stands as CSV or Excel.

    :raises NotThere: for a table or a form that there is not.
    :raises Mistaken: if the data has mistakes.
    """
    row = locked(visible_cycles(by), cycle.pk)
    found = tables.of_year(row, table, basis)
    return handed_out("results.standing_exported", row, found, form, by=by, at=at)


@action("results.sheet_exported", right="results.see")
def score_sheet(result: UnitResult, /, *, by: Actor, at: dt.datetime, form: str) -> File:
    """A unit's score sheet as CSV or Excel."""
    row = locked(queries.unit_results(by), result.pk)
    return handed_out("results.sheet_exported", row, tables.of_sheet(row), form, by=by, at=at)


def handed_out(
    what: str,
    row: Cycle | ScoringRun | UnitResult,
    found: Table | None,
    form: str,
    *,
    by: Actor,
    at: dt.datetime,
) -> File:
    """The file of a table, with its entry in the trail."""
    if found is None or form not in ("csv", "xlsx"):
        raise NotThere(_("没有这种表；请返回上一页选择"))
    name = f"{found.title}.{form}"
    record(what, row, name, by=by, at=at)
    return File(name, written(found, form), TYPES[form])


def written(table: Table, form: str) -> bytes:
    """A table in a form."""
    if form == "csv":
        return csv_table(table.columns, table.rows)
    target = io.BytesIO()
    write_table(table.title, table.columns, table.rows, target, note=table.note)
    return target.getvalue()


def packed(files: dict[str, str], at: dt.datetime) -> bytes:
    """Texts as a ZIP; the same texts make the same bytes."""
    target = io.BytesIO()
    moment = at.astimezone(BEIJING)
    with zipfile.ZipFile(target, "w", zipfile.ZIP_DEFLATED) as package:
        for name in sorted(files):
            info = zipfile.ZipInfo(name, (*moment.timetuple()[:5], 0))
            info.compress_type = zipfile.ZIP_DEFLATED
            info.external_attr = 0o644 << 16
            package.writestr(info, files[name].encode())
    return target.getvalue()


def record(
    what: str,
    row: Cycle | ScoringRun | UnitResult,
    name: str,
    *,
    by: Actor,
    at: dt.datetime,
) -> None:
    """The entry of a file that left."""
    details: Plain = {"file": name}
    trail.record(what, row, by=by, at=at, details=details)
