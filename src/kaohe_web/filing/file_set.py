"""The set of files that a unit hands to the city above it (成套材料), made by one press."""

import datetime as dt
import io
import zipfile
from collections.abc import Iterator
from dataclasses import dataclass

from django.utils.translation import gettext as _

from kaohe_web.audit import trail
from kaohe_web.cycles.models import AssessedUnit
from kaohe_web.files.names import clean_name
from kaohe_web.filing import papers_scores, queries
from kaohe_web.filing.evidence_archive import (
    LEVEL,
    Archive,
    Sink,
    member,
    put_evidence,
    workbook_of,
)
from kaohe_web.filing.evidence_catalogue import Catalogue, catalogue
from kaohe_web.filing.file_set_docx import write_docx
from kaohe_web.filing.file_set_report import report
from kaohe_web.filing.papers_scores import ScoreSheet
from kaohe_web.people.acting import action, locked
from kaohe_web.people.actor import Actor
from kaohe_web.sheets.table import Row, TableColumn, write_table


@dataclass(frozen=True, slots=True)
class Contents:
    """What goes into the set, as everything stands now."""

    sheet: ScoreSheet
    catalogue: Catalogue


def contents(by: Actor, assessed: AssessedUnit, at: dt.datetime) -> Contents:
    """What would go into a unit's set now."""
    sheet = papers_scores.score_sheet(by, assessed, None, at)
    return Contents(sheet, catalogue(by, assessed))


@action("file_set.made", right="file_set.make")
def make(assessed: AssessedUnit, /, *, by: Actor, at: dt.datetime) -> Archive:
    """The self-score sheet, the draft of the report, the catalogue and the evidence, in one ZIP."""
    unit = locked(queries.units_to_check(by, assessed.cycle), assessed.pk)
    found = contents(by, unit, at)
    files = {
        _("1 自评得分表.xlsx"): score_workbook(found.sheet),
        _("2 自评报告（草稿）.docx"): write_docx(report(found.sheet, found.catalogue)),
        _("3 证据目录.xlsx"): workbook_of(found.catalogue),
    }
    details = {
        "files": [*files, _("4 佐证材料.zip")],
        "evidence": [row.file_id for row in found.catalogue.files.values()],
        "fingerprint": found.sheet.fingerprint,
        "drafts": found.sheet.open_lines,
    }
    trail.record("file_set.made", unit, by=by, at=at, details=details)
    name = clean_name(_("%(unit)s成套材料.zip") % {"unit": f"{unit} {unit.cycle.name} "})
    return Archive(name, packed(files, found.catalogue, at))


def packed(files: dict[str, bytes], found: Catalogue, at: dt.datetime) -> Iterator[bytes]:
    """The set, piece by piece; the evidence is an archive inside it."""
    sink = Sink()
    with zipfile.ZipFile(sink, "w", zipfile.ZIP_DEFLATED, compresslevel=LEVEL) as outer:
        for name, content in files.items():
            outer.writestr(member(name, at), content)
        with (
            outer.open(member(_("4 佐证材料.zip"), at), "w", force_zip64=True) as place,
            zipfile.ZipFile(place, "w", zipfile.ZIP_DEFLATED, compresslevel=LEVEL) as inner,
        ):
            yield from put_evidence(inner, found, at, sink)
    yield sink.taken()


def score_workbook(sheet: ScoreSheet) -> bytes:
    """The self-score sheet as a workbook."""
    columns = [
        TableColumn(_("条款"), 8, centred=True),
        TableColumn(_("条目"), 30),
        TableColumn(_("分值"), 8, centred=True),
        TableColumn(_("自评得分"), 10, centred=True),
        TableColumn(_("失分原因"), 38),
        TableColumn(_("备注"), 30),
        TableColumn(_("牵头部门"), 16),
    ]
    rows = [
        [
            "、".join(line.clause.numbers),
            line.clause.part.title,
            line.clause.part.points,
            line.self_score if not line.exempt else _("不适用"),
            line.submission.lost_reason if line.submission else "",
            line.exempt or (line.submission.note if line.submission else ""),
            str(line.department or _("未分工")),
        ]
        for line in sheet.lines
    ]
    total: Row = [_("合计"), "", sheet.points, sheet.self_score, "", "", ""]
    title = _("%(unit)s自评得分表") % {"unit": sheet.assessed}
    note = _("%(cycle)s；内容指纹 %(fingerprint)s；留痕凭据 %(anchor)s") % {
        "cycle": sheet.assessed.cycle.name,
        "fingerprint": sheet.fingerprint,
        "anchor": sheet.anchor,
    }
    target = io.BytesIO()
    write_table(title, columns, rows, target, total=total, note=note)
    return target.getvalue()
