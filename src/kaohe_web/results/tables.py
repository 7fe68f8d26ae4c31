"""The tables of results as plain rows, for CSV and Excel: numbers as numbers, ranges as two."""

from collections.abc import Iterator
from dataclasses import dataclass

from django.utils.translation import get_language
from django.utils.translation import gettext as _

from kaohe.rubric.model import Rubric
from kaohe.wording.words import Lang
from kaohe_web.cycles.models import Cycle
from kaohe_web.results.cohorts import Compared, Frame, frames
from kaohe_web.results.heat import HeatMap, heat_map
from kaohe_web.results.models import ScoringRun, UnitResult
from kaohe_web.results.moves import Moves, Span, moved, scored_of
from kaohe_web.results.observed import Basis, score_now
from kaohe_web.results.ranking import Ranking, ranking
from kaohe_web.results.scoring import figure, rubric_as_read
from kaohe_web.results.sheet import PartLine, Sheet, sheet
from kaohe_web.results.stored import detail_in, inputs_in, readings_in, result_in
from kaohe_web.sheets.table import Columns, Content, Row, TableColumn


@dataclass(frozen=True, slots=True)
class Table:
    """A table with its title, and a note on where it comes from."""

    title: str
    columns: Columns
    rows: list[Row]
    note: str = ""


def language() -> Lang:
    """The language of whoever asks."""
    return "en" if (get_language() or "").startswith("en") else "zh"


def of_run(run: ScoringRun, name: str) -> Table | None:
    """A table of a run, by its name in addresses."""
    rubric, result = rubric_of(run), result_in(run)
    title = f"{run} "
    match name:
        case "ranking":
            found = ranking(rubric, result, inputs_in(run))
            return ranking_table(title + _("排名"), found, note_of(run))
        case "heat":
            return heat_table(title + _("热力图"), heat_map(rubric, result), note_of(run))
        case "means":
            found_frames = frames(scored_of(run), language())
            return means_table(title + _("参评范围与平均值"), found_frames, note_of(run))
        case "moved" if run.supersedes is not None:
            moves = moved(run.supersedes, run)
            return moves_table(title + _("变动"), moves, note_of(run))
        case _:
            return None


def of_year(cycle: Cycle, name: str, basis: Basis) -> Table | None:
    """A table of the year as it stands, by its name in addresses."""
    scored, observed = score_now(cycle, basis)
    note = basis_words(basis)
    title = f"{cycle} "
    match name:
        case "ranking":
            found = ranking(scored.rubric, scored.plain(), observed.data)
            return ranking_table(title + _("当前得分"), found, note)
        case "heat":
            return heat_table(title + _("热力图"), heat_map(scored.rubric, scored.plain()), note)
        case "means":
            found_frames = frames(scored, language())
            return means_table(title + _("参评范围与平均值"), found_frames, note)
        case _:
            return None


def basis_words(basis: Basis) -> str:
    """What a scoring of the moment took into account, in words."""
    match basis:
        case Basis.SUBMITTED:
            return _("当前数据：已提交的填报和已有的评定")
        case Basis.DRAFTS:
            return _("当前数据：含未提交的填报")
        case Basis.OWN:
            return _("当前数据：含未提交的填报，尚无评定的按自评得分")


def of_sheet(result: UnitResult) -> Table:
    """A unit's score sheet, without the names of who judged."""
    run = result.run
    found = sheet(rubric_of(run), detail_in(result), language(), with_names=False)
    title = _("%(unit)s得分说明（%(run)s）") % {"unit": result.assessed, "run": run}
    return sheet_table(title, found, note_of(run))


def rubric_of(run: ScoringRun) -> Rubric:
    """The rubric of a run, read as it was read."""
    return rubric_as_read(run.edition, readings_in(run))


def note_of(run: ScoringRun) -> str:
    """Where a table of a run comes from."""
    said = _("%(state)s；校验值 %(digest)s")
    return said % {"state": run.get_state_display(), "digest": run.digest}


def figures(span: Span | None) -> tuple[Content, Content, Content]:
    """A score, its least and its most; nothing where it is open or not scored."""
    if span is None:
        return (None, None, None)
    score = None if span.score is None else figure(span.score)
    return (score, figure(span.low), figure(span.high))


def ranking_table(title: str, found: Ranking, note: str) -> Table:
    """The ranking, section by section; what is open has its range in two columns."""
    columns: list[TableColumn | str] = [
        _("参评范围"),
        TableColumn(_("名次"), centred=True),
        _("单位"),
        _("总分"),
        _("最低"),
        _("最高"),
        TableColumn(_("等级"), centred=True),
    ]
    for column in found.columns:
        columns += [column.title, _("%(title)s最低") % {"title": column.title}]
        columns += [_("%(title)s最高") % {"title": column.title}]
    columns += [_("未定分项"), _("否决项")]
    return Table(title, columns, list(ranking_rows(found)), note)


def ranking_rows(found: Ranking) -> Iterator[Row]:
    """A row for each unit."""
    for row in found.rows:
        cells: list[Content] = [row.group, row.rank, row.name, *figures(row.total), row.grade]
        for section in row.sections:
            cells += figures(section)
        yield [*cells, row.left_open, "、".join(row.vetoes)]


def heat_table(title: str, found: HeatMap, note: str) -> Table:
    """Units by items; an open score is its range in words."""
    heads = [f"{head.id} {head.title}" for head in found.heads]
    columns = [_("参评范围"), _("单位"), *heads, _("总分"), _("等级")]
    rows: list[Row] = []
    for line in found.lines:
        cells = [either(cell.score) for cell in line.cells]
        rows.append([line.group, line.name, *cells, either(line.total), line.grade])
    rows.append(["", _("平均"), *[head.mean for head in found.heads], None, None])
    return Table(title, columns, rows, note)


def either(span: Span | None) -> Content:
    """A number where it is settled, else the range in words."""
    if span is None:
        return None
    return f"{span.low}–{span.high}" if span.score is None else figure(span.score)


def means_table(title: str, found: tuple[Frame, ...], note: str) -> Table:
    """Every member's value of every indicator that is compared, with the mean taken."""
    columns = [_("参评范围"), _("指标"), _("用于条目"), _("单位"), _("数值"), _("平均值")]
    columns += [_("平均值（精确）"), _("平均值来源")]
    rows: list[Row] = []
    for frame in found:
        for each in frame.compared:
            source = source_of(each)
            for member in each.members:
                head = [frame.name, each.title, "、".join(each.parts), member.name, member.value]
                rows.append([*head, each.shown, each.exact, source])
    return Table(title, columns, rows, note)


def source_of(compared: Compared) -> str:
    """Where a mean comes from, or why it is not known."""
    if compared.partial:
        return _("数据不含全部单位")
    return _("参考值") if compared.reference else _("按全部成员计算")


def moves_table(title: str, found: Moves, note: str) -> Table:
    """A row for each unit that moves, and one for each of its parts that do."""
    columns = [_("单位"), _("条目"), _("原得分"), _("现得分"), _("原等级"), _("现等级")]
    columns += [_("原名次"), _("现名次")]
    rows: list[Row] = []
    for unit in found.units:
        before, after = either(unit.total_before), either(unit.total_after)
        grades = [unit.grade_before, unit.grade_after]
        ranks = [unit.rank_before, unit.rank_after]
        rows.append([unit.name, _("总分"), before, after, *grades, *ranks])
        rows += [
            [unit.name, part.id, either(part.before), either(part.after), None, None, None, None]
            for part in unit.parts
        ]
    return Table(title, columns, rows, note)


def sheet_table(title: str, found: Sheet, note: str) -> Table:
    """Every part with its score and reason; the sections' sums and the total at the end."""
    columns: list[TableColumn | str] = [
        _("部分"),
        _("条目"),
        TableColumn(_("考核要点"), width=28),
        _("分值"),
        _("得分"),
        _("最低"),
        _("最高"),
        TableColumn(_("得分说明"), width=50),
        TableColumn(_("怎样能得回"), width=36),
    ]
    rows: list[Row] = []
    for section in found.sections:
        for item in section.items:
            rows += [part_row(section.title, part) for part in item.parts]
        points = figure(section.points)
        rows.append([section.title, "", _("小计"), points, *figures(section.score), "", ""])
    points = figure(found.points)
    words = found.grade_sentence
    rows.append(["", "", _("合计"), points, *figures(found.total), words, ""])
    return Table(title, columns, rows, note)


def part_row(section: str, part: PartLine) -> Row:
    """One part's row of a score sheet."""
    said, ways = part.trace["explanation"], "\n".join(part.trace["regain"])
    return [section, part.id, part.title, figure(part.points), *figures(part.score), said, ways]
