"""A rubric as a tree on the terminal, and its register of readings as a table."""

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
    words = Words.of(rubric, lang)
    tree = Tree(f"[bold]{escape(rubric.title)}[/] {rubric.id} · {write_number(rubric.points)} 分")
    for section in shown.sections:
        _add_section(tree, section, words)
    if shown.adjustments:
        branch = tree.add("[bold]总分之外[/]")
        for criterion in shown.adjustments:
            _add_criterion(branch, criterion, words)
    _add_rest(tree, shown)
    screen().print(tree)


def _add_section(tree: Tree, section: Section, words: Words) -> None:
    branch = tree.add(f"[bold]{escape(section.title)}[/] {write_number(section.points)} 分")
    for criterion in section.criteria:
        _add_criterion(branch, criterion, words)
    for below in section.sections:
        _add_section(branch, below, words)


def _add_criterion(tree: Tree, criterion: Criterion, words: Words) -> None:
    if not criterion.divided:
        _add_part(tree, criterion.parts[0], words)
        return
    clauses = _clauses(criterion.clauses)
    points = write_number(criterion.points)
    branch = tree.add(f"[cyan]{criterion.id}[/] {escape(criterion.title)}{clauses} {points} 分")
    for part in criterion.parts:
        _add_part(branch, part, words)


def _add_part(tree: Tree, part: Part, words: Words) -> None:
    clauses, points = _clauses(part.clauses), write_number(part.points)
    branch = tree.add(f"[cyan]{part.id}[/] {escape(part.title)}{clauses} {points} 分")
    branch.add(escape(rule_sentence(part.rule, part.points, words)))
    about = []
    if part.lead:
        about.append("负责：" + "、".join(part.lead))
    if part.filing == "none":
        about.append(f"无需报送，由{part.provider or '数据提供单位'}提供")
    if part.applies_to:
        about.append("只考核：" + "、".join(part.applies_to))
    if part.reading:
        about.append("口径：" + "、".join(part.reading))
    if part.evidence:
        about.append("材料：" + "、".join(part.evidence))
    branch.add(f"[dim]{escape('；'.join(about))}[/]")


def _add_rest(tree: Tree, rubric: Rubric) -> None:
    for veto in rubric.vetoes:
        branch = tree.add(f"[red]{veto.id}[/] {escape(veto.title)}（否决项）")
        for question in veto.test:
            branch.add(escape(question))
    for precondition in rubric.preconditions:
        tree.add(f"[red]{precondition.id}[/] {escape(precondition.title)}")
    grades = "，".join(f"{grade.name} {grade.within}" for grade in rubric.grades.scale)
    tree.add(escape(f"等级：{grades}（{rubric.grades.source or '来源未写明'}）"))


def _clauses(clauses: tuple[str, ...]) -> str:
    return f"（第 {'、'.join(clauses)} 条）" if clauses else ""


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
