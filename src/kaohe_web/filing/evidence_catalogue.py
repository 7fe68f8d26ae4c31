"""The catalogue of a unit's evidence by clause (证据目录): for a list, a workbook, an archive."""

from collections import defaultdict
from collections.abc import Iterable, Sequence
from dataclasses import dataclass

from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from kaohe_web.clock import day_of
from kaohe_web.cycles.models import AssessedUnit
from kaohe_web.files.kinds import TYPES
from kaohe_web.files.names import clean_name
from kaohe_web.filing import evidence_queries as queries
from kaohe_web.filing.clauses import Clause, year_of
from kaohe_web.filing.evidence_period import period_of, told
from kaohe_web.filing.models import Evidence, EvidenceUse
from kaohe_web.people.actor import Actor

SHORT_TITLE, SHORT_NAME = 24, 80
"""So many characters of a title and a name go into a path: Windows takes 260 in all."""

WIDTH = 2
"""Digits of a clause's number in a folder's name, so that folders sort as they are printed."""


@dataclass(frozen=True, slots=True)
class Line:
    """A file as evidence for one part; without a part it is used for none."""

    evidence: Evidence
    path: str
    clause: Clause | None
    use: EvidenceUse | None

    @property
    def numbers(self) -> str:
        """The printed numbers of the clause; empty if there is none."""
        return "、".join(self.clause.numbers) if self.clause else ""


@dataclass(frozen=True, slots=True)
class Catalogue:
    """All files of a unit that somebody may see, clause by clause; each file has one path."""

    assessed: AssessedUnit
    lines: tuple[Line, ...]

    @property
    def files(self) -> dict[str, Evidence]:
        """Every file once, by its path."""
        return {line.path: line.evidence for line in self.lines}


def catalogue(by: Actor, assessed: AssessedUnit) -> Catalogue:
    """What the actor may see of a unit's evidence in force.

    A file that several parts use lies in the folder of the first, and the others refer to it.
    """
    rows = queries.evidence(by, assessed.cycle).filter(assessed=assessed, withdrawn_at=None)
    found = {row.pk: row for row in rows.order_by("pk")}
    uses: dict[str, list[EvidenceUse]] = defaultdict(list)
    for use in queries.uses(by, assessed.cycle).filter(evidence__in=found).order_by("pk"):
        uses[use.submission.part].append(use)
    clauses = year_of(assessed.cycle).clauses(assessed.type)
    used = {use.evidence_id for of in uses.values() for use in of}
    latest = [row for row in found.values() if row.pk not in used and not is_replaced(row, found)]
    return Catalogue(assessed, tuple(lines(list(clauses), uses, found, latest)))


def is_replaced(row: Evidence, found: dict[int, Evidence]) -> bool:
    """Whether a newer version stands in a file's place."""
    return any(other.replaces_id == row.pk for other in found.values())


def lines(
    clauses: Sequence[Clause],
    uses: dict[str, list[EvidenceUse]],
    found: dict[int, Evidence],
    unused: Iterable[Evidence],
) -> Iterable[Line]:
    """The lines in the order of the document; what no part uses comes last."""
    paths: dict[int, str] = {}
    for clause in clauses:
        for number, use in enumerate(uses.get(clause.part.id, ()), 1):
            row = found[use.evidence_id]
            path = f"{folder_of(clause)}/{number:02} {short(row.name, SHORT_NAME)}"
            yield Line(row, paths.setdefault(row.pk, path), clause, use)
    for number, row in enumerate(unused, 1):
        yield Line(row, f"{_('未归入条款')}/{number:02} {short(row.name, SHORT_NAME)}", None, None)


def folder_of(clause: Clause) -> str:
    """The folder of a part: 第08条 质量发展规划 M8.1; the id keeps parts of one clause apart."""
    numbers = "、".join(number.zfill(WIDTH) for number in clause.numbers)
    title = short(clause.part.title, SHORT_TITLE)
    return clean_name(_("第%(numbers)s条") % {"numbers": numbers} + f" {title} {clause.part.id}")


def short(name: str, most: int) -> str:
    """A name that is safe in any archive, and no longer than that; the extension is kept."""
    name = clean_name(name)
    stem, dot, extension = name.rpartition(".")
    if not dot or len(extension) > most // 2:
        return name[:most].rstrip(" .")
    return stem[: most - len(extension) - 1].rstrip(" .") + dot + extension


HEADS = (
    gettext_lazy("条款"),
    gettext_lazy("条目"),
    gettext_lazy("文件名"),
    gettext_lazy("页码"),
    gettext_lazy("说明"),
    gettext_lazy("所属期间"),
    gettext_lazy("上传部门"),
    gettext_lazy("标记"),
    gettext_lazy("类型"),
    gettext_lazy("大小（字节）"),
    gettext_lazy("上传日期"),
    gettext_lazy("在压缩包中的位置"),
    gettext_lazy("SHA-256 校验值"),
)


def heads() -> list[str]:
    """The heads of the catalogue as a table."""
    return [str(head) for head in HEADS]


def cells(line: Line) -> list[str | int]:
    """A line of the catalogue as a table has it."""
    row = line.evidence
    kind = TYPES.get(row.file.type)
    return [
        line.numbers,
        line.clause.part.title if line.clause else _("未归入条款"),
        row.name,
        line.use.page or "" if line.use else "",
        line.use.note if line.use else "",
        told(period_of(row)),
        str(row.department or _("单位质强办")),
        row.get_label_display(),
        str(kind.title) if kind else row.file.type,
        row.file.size,
        str(day_of(row.uploaded_at)),
        line.path,
        row.file_id,
    ]
