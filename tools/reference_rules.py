"""Makes the manual's pages of rules from the spec files: their words, examples and tables.

The folder of the tests has to be on the path, as ``generate.py`` and pytest put it.
"""

import ast
import dataclasses
import inspect
import io
import tokenize
import types
import typing
from collections.abc import Callable, Iterator
from decimal import Decimal
from pathlib import Path
from types import ModuleType
from typing import Any

from kaohe.intervals import Interval
from kaohe.quantity import write_number
from kaohe.reading.fields import PAIRS, hints, key_of
from kaohe.rules.base import IndicatorId, Rule, Undecided
from kaohe.rules.catalogue import RULES
from kaohe.wording.sentences import rule_sentence
from kaohe.wording.words import Words
from spec.examples import VOCABULARY, rubric_of
from spec.modules import cases_of, forms_of, spec_modules

PAGES = Path(__file__).parent.parent / "docs/reference/rules"
MADE = "Made from `tests/spec` by `make docs`; do not edit."

HEADS = {
    "value": "值 value",
    "days": "天数 days",
    "expected": "得分 score",
    "target": "目标值 target",
    "previous": "上年值 last year",
    "cohort": "其他单位 others",
    "points": "给分 points",
    "award": "评审给分 award",
    "grade": "等级 grade",
    "events": "事件 events",
    "vetoes": "否决 vetoes",
    "steps": "跨条目的步骤 steps",
    "entries": "登记 entries",
    "rule": "规则 rule",
    "mean": "平均值 mean",
}
"""Column heads by the names of a test's parameters; others stand as they are."""

TYPES: dict[Any, str] = {
    Decimal: "数字 number",
    int: "整数 whole number",
    bool: "yes / no",
    str: "文字 text",
    IndicatorId: "指标 indicator",
    Interval: "区间 interval",
    Undecided: "`undecided`",
}


def render() -> dict[Path, str]:
    """Every page by its path: one for each spec file, and their index."""
    modules = spec_modules()
    pages = {PAGES / f"{name}.md": page(name, module) for name, module in modules.items()}
    return pages | {PAGES / "README.md": index(modules)}


def index(modules: dict[str, ModuleType]) -> str:
    """The list of pages, rule types first, and the vocabulary of the examples."""
    across = [name for name in modules if name not in RULES]
    blocks = [
        "# 计分规则 · Rules",
        MADE,
        "## 规则类型 · Rule types",
        "\n".join(entry(name, modules[name]) for name in RULES if name in modules),
        "## 条目之间 · Across items",
        "\n".join(entry(name, modules[name]) for name in across),
        "## 示例用的指标 · The vocabulary of the examples",
        fenced(VOCABULARY),
    ]
    return "\n\n".join(blocks) + "\n"


def entry(name: str, module: ModuleType) -> str:
    """A line of the index: the page, and the first sentence of its introduction."""
    return f"- [`{name}`]({name}.md)：{introduction(module).splitlines()[0]}"


def introduction(module: ModuleType) -> str:
    """The docstring of a spec file."""
    return inspect.getdoc(module) or ""


def fenced(text: str) -> str:
    """YAML in a fence."""
    return f"```yaml\n{text.strip()}\n```"


def page(name: str, module: ModuleType) -> str:
    """The page of one spec file."""
    title = introduction(module).split("：", maxsplit=1)[0]
    blocks = [f"# {title} · `{name}`", MADE, introduction(module)]
    blocks += ["## 写法 · In a rubric", fenced(module.EXAMPLE)]
    if name in RULES:
        blocks += [*in_words(module), *fields(RULES[name])]
    blocks.append("## 怎么算 · How it scores")
    notes = comments(module)
    for test in cases_of(module):
        blocks += example(test, module, notes)
    return "\n\n".join(blocks) + "\n"


def in_words(module: ModuleType) -> Iterator[str]:
    """The example as a sentence in both languages."""
    rubric = rubric_of(module.EXAMPLE, module.POINTS)
    part = next(rubric.all_parts())
    chinese = rule_sentence(part.rule, part.points, Words.of(rubric, "zh"))
    english = rule_sentence(part.rule, part.points, Words.of(rubric, "en"))
    yield f"## 读作 · In words ({module.POINTS})"
    yield f"> {chinese}\n>\n> {english}"


def fields(rule: type[Rule]) -> Iterator[str]:
    """What the rule's class says, and its fields with types and defaults."""
    yield "## 字段 · Fields"
    yield (inspect.getdoc(rule) or "").replace("``", "`")
    lines = ["| 字段 key | 值 value | 默认 default |", "| --- | --- | --- |"]
    for field in dataclasses.fields(rule):
        hint = type_words(hints(rule)[field.name])
        lines.append(f"| `{key_of(field.name)}` | {cell(hint)} | {default(field)} |")
    yield "\n".join(lines)


def type_words(hint: Any) -> str:  # noqa: ANN401 -- any annotation of a rule
    """The values that a field takes, for a person."""
    if hint in TYPES:
        return TYPES[hint]
    origin, inside = typing.get_origin(hint), typing.get_args(hint)
    if origin is typing.Literal:
        return " / ".join(f"`{word}`" for word in inside if word)
    if origin in (typing.Union, types.UnionType):
        return " / ".join(type_words(option) for option in inside if option is not types.NoneType)
    if origin is tuple and inside[0] in PAIRS:
        return "`区间 interval: 分数 points`"
    if origin is tuple:
        return f"列表 list: {type_words(inside[0])}"
    keys = ", ".join(key_of(name) for name in hints(hint))
    return f"`{{{keys}}}`"


def default(field: "dataclasses.Field[Any]") -> str:
    """What a field is where the rubric does not say."""
    match field.default:
        case dataclasses.MISSING:
            return "必填 required"
        case bool():
            return "`yes`" if field.default else "`no`"
        case Undecided():
            return "`undecided`"
        case Decimal():
            return f"`{write_number(field.default)}`"
        case str() if field.default:
            return f"`{field.default}`"
        case _:
            return "—"


def example(test: Callable[..., None], module: ModuleType, notes: dict[int, str]) -> Iterator[str]:
    """One test as a paragraph, the rules it scores, and its table if it has one."""
    forms = "、".join(forms_of(test))
    said = inspect.getdoc(test) or ""
    source, first = inspect.getsourcelines(test)
    tree = ast.parse("".join(source))
    yield f"### {test.__name__.removeprefix('test_').replace('_', ' ')}"
    yield f"{said}\n\n（{forms}）" if forms else said
    yield from map(fenced, rules_in(tree, module))
    for mark in getattr(test, "pytestmark", []):
        if mark.name == "parametrize":
            yield table(mark.args[0], mark.args[1], row_notes(tree, first, notes))


def rules_in(tree: ast.Module, module: ModuleType) -> Iterator[str]:
    """The rules that a test scores besides the page's example: its own, and its file's."""
    for node in ast.walk(tree):
        match node:
            case ast.Assign(targets=[ast.Name("rule")], value=ast.Constant(str(text))):
                yield text
            case ast.Name(name) if name.isupper() and name != "EXAMPLE":
                value = getattr(module, name)
                if isinstance(value, str) and "rule:" in value:
                    yield value


def table(names: Any, rows: list[Any], notes: list[str]) -> str:  # noqa: ANN401 -- as pytest takes them
    """A parametrised table in Markdown, the comments of the rows in its last column."""
    columns = [names] if isinstance(names, str) else list(names)
    heads = [HEADS.get(name, name.strip("_").replace("_", " ")) for name in columns]
    noted = any(notes)
    lines = [[*heads, "说明"] if noted else heads]
    lines.append(["---"] * len(lines[0]))
    for row, note in zip(rows, notes, strict=True):
        cells = [row] if isinstance(names, str) else list(row)
        lines.append([cell(shown(value)) for value in cells] + ([cell(note)] if noted else []))
    return "\n".join(f"| {' | '.join(line)} |" for line in lines)


def shown(value: Any) -> str:  # noqa: ANN401 -- whatever a table holds
    """A value of a table for a person."""
    match value:
        case None:
            return "—"
        case str():
            return f"`{value.strip()}`" if "\n" in value.strip() or ":" in value else value
        case dict():
            return "，".join(f"{key} {shown(inner)}" for key, inner in value.items()) or "—"
        case tuple() | list():
            return (
                "、".join(
                    f"({shown(inner)})" if isinstance(inner, tuple) else shown(inner)
                    for inner in value
                )
                or "—"
            )
        case _:
            return str(value)


def cell(text: str) -> str:
    """A text that does not break a table."""
    return text.replace("|", "\\|").replace("\n", "; ")


def comments(module: ModuleType) -> dict[int, str]:
    """The comments of a spec file by their line."""
    readline = io.StringIO(inspect.getsource(module)).readline
    return {
        token.start[0]: token.string.lstrip("# ")
        for token in tokenize.generate_tokens(readline)
        if token.type == tokenize.COMMENT
    }


def row_notes(tree: ast.Module, first: int, notes: dict[int, str]) -> list[str]:
    """The comment beside each row of a test's table, where every row has a line of its own."""
    tables = [
        node.args[1].elts
        for node in ast.walk(tree)
        if isinstance(node, ast.Call)
        and ast.unparse(node.func) == "pytest.mark.parametrize"
        and isinstance(node.args[1], ast.List)
    ]
    rows = [row for table_ in tables for row in table_]
    if len({row.lineno for row in rows}) < len(rows):
        return [""] * len(rows)
    return [notes.get(first - 1 + (row.end_lineno or row.lineno), "") for row in rows]
