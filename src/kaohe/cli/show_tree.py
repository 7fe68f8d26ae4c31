"""A rubric as a tree on the terminal, and its register of readings as a table."""

from collections.abc import Iterator, Mapping

from rich.markup import escape
from rich.table import Table
from rich.tree import Tree

from kaohe.cli.screen import heading, screen
from kaohe.quantity import write_number
from kaohe.rubric.interpretation import in_force, interpret
from kaohe.rubric.model import Criterion, Part, Rubric, Section
from kaohe.wording.sentences import rule_sentence
from kaohe.wording.words import Lang, Words


def print_rubric(rubric: Rubric, lang: Lang, *, printed: bool) -> None:
    """The tree: sections, criteria, parts, each with points, departments and the rule in words."""
    shown = rubric if printed else interpret(rubric)
    printer = _Tree(Words.of(rubric, lang), rubric.unit_types)
    period = f"（{rubric.period.name}）" if rubric.period.name else ""
    points = f"{escape(rubric.id)} · {write_number(rubric.points)} 分"
    tree = Tree(f"[bold]{escape(rubric.title + period)}[/] {points}")
    for section in shown.sections:
        printer.add_section(tree, section)
    if shown.adjustments:
        branch = tree.add("[bold]总分之外[/]")
        for criterion in shown.adjustments:
            printer.add_criterion(branch, criterion)
    _add_rest(tree, shown)
    screen().print(tree)


class _Tree:
    """Adds branches in one language; kinds of unit by their titles."""

    def __init__(self, words: Words, unit_types: Mapping[str, str]) -> None:
        self.words, self.unit_types = words, unit_types

    def add_section(self, tree: Tree, section: Section) -> None:
        """A section, its criteria, and the sections in it."""
        points = write_number(section.points)
        branch = tree.add(f"[bold]{escape(section.title)}[/] {points} 分")
        for criterion in section.criteria:
            self.add_criterion(branch, criterion)
        for below in section.sections:
            self.add_section(branch, below)

    def add_criterion(self, tree: Tree, criterion: Criterion) -> None:
        """A criterion; one that is not divided stands as its part."""
        if not criterion.divided:
            self.add_part(tree, criterion.parts[0])
            return
        branch = tree.add(_head(criterion))
        for part in criterion.parts:
            self.add_part(branch, part)

    def add_part(self, tree: Tree, part: Part) -> None:
        """A part: its rule in words, and who answers for it with what."""
        branch = tree.add(_head(part))
        branch.add(escape(rule_sentence(part.rule, part.points, self.words)))
        branch.add(f"[dim]{escape('；'.join(self.about(part)))}[/]")

    def about(self, part: Part) -> Iterator[str]:
        """Who leads, who provides, for whom, under which readings, on what evidence."""
        if part.lead:
            yield "负责：" + "、".join(part.lead)
        if part.filing == "none":
            yield f"无需报送，由{part.provider or '数据提供单位'}提供"
        if part.applies_to:
            yield "只考核：" + "、".join(
                self.unit_types.get(kind, kind) for kind in part.applies_to
            )
        if part.reading:
            yield "口径：" + "、".join(part.reading)
        if part.evidence:
            yield "材料：" + "、".join(part.evidence)


def _head(thing: Criterion | Part) -> str:
    clauses = f"（第 {'、'.join(thing.clauses)} 条）" if thing.clauses else ""
    title = escape(f"{thing.title}{clauses}")
    return f"[cyan]{escape(thing.id)}[/] {title} {write_number(thing.points)} 分"


def _add_rest(tree: Tree, rubric: Rubric) -> None:
    for veto in rubric.vetoes:
        branch = tree.add(f"[red]{escape(veto.id)}[/] {escape(veto.title)}（否决项）")
        for question in veto.test:
            branch.add(escape(question))
    for precondition in rubric.preconditions:
        tree.add(f"[red]{escape(precondition.id)}[/] {escape(precondition.title)}")
    grades = "，".join(f"{grade.name} {grade.within}" for grade in rubric.grades.scale)
    tree.add(escape(f"等级：{grades}（{rubric.grades.source or '来源未写明'}）"))


def print_readings(rubric: Rubric) -> None:
    """The register of readings: what is unclear, the choices, the one in force, and why."""
    heading(f"{rubric.title} · 口径登记")
    table = Table(show_lines=True, header_style="bold")
    for title in ("口径", "条款", "哪里不清楚", "选项（● 为现用）", "理由"):
        table.add_column(title, overflow="fold")
    force = in_force(rubric)
    for reading in rubric.readings:
        choices = "\n".join(
            f"{'●' if choice.id == force.get(reading.id) else '○'} {choice.id}：{choice.means}"
            for choice in reading.choices
        )
        clauses = "、".join(reading.clauses)
        cells = (reading.id, clauses, reading.unclear, choices, reading.why)
        table.add_row(*map(escape, cells))
    screen().print(table)
