"""No binary float enters the library: not as a literal, not by name, not by a division of ints."""

import ast

import pytest

from architecture.sources import modules, nodes, told

INEXACT_NAMES = {"float", "complex", "from_float"}
INEXACT_MODULES = {"cmath", "statistics", "random", "numpy"}
EXACT_OF_MATH = {"ceil", "floor", "gcd", "lcm", "prod", "comb"}
WHOLE = {"len", "int", "ord", "hash"}


def whole(node: ast.expr) -> bool:
    """Whether an expression is certainly an int."""
    if isinstance(node, ast.Constant):
        return isinstance(node.value, int)
    return isinstance(node, ast.Call) and getattr(node.func, "id", "") in WHOLE


def inexact(node: ast.AST) -> str:
    """What is inexact about a node; empty if nothing."""
    what = ""
    match node:
        case ast.Constant(value=value) if isinstance(value, float | complex):
            what = f"literal {value!r}"
        case ast.Name(id=name) | ast.Attribute(attr=name) if name in INEXACT_NAMES:
            what = f"name {name}"
        case ast.Constant(value=str(text)) if text in INEXACT_NAMES:
            what = f"annotation {text}"
        case ast.BinOp(left=left, op=ast.Div(), right=right) if whole(left) and whole(right):
            what = f"division {ast.unparse(node)}"
        case ast.Import(names=names) if INEXACT_MODULES & {alias.name for alias in names}:
            what = ast.unparse(node)
        case ast.ImportFrom(module="math", names=names) if {n.name for n in names} - EXACT_OF_MATH:
            what = ast.unparse(node)
        case ast.ImportFrom(module=module) if module in INEXACT_MODULES:
            what = ast.unparse(node)
    return what


def test_no_module_of_the_library_uses_a_binary_float() -> None:
    found = [
        f"{told(path)}:{getattr(node, 'lineno', 0)}: {what}"
        for path in modules("src/kaohe")
        for node in nodes(path)
        if (what := inexact(node))
    ]
    assert found == []


@pytest.mark.parametrize(
    "line",
    [
        "x = 0.5",
        "x = 1e3",
        "x = 2j",
        "x = float(y)",
        "x: float = y",
        "def f(x: 'float'): ...",
        "isinstance(x, float)",
        "x = Decimal.from_float(y)",
        "x = 1 / 3",
        "x = len(a) / len(b)",
        "import statistics",
        "from statistics import mean",
        "from math import sqrt",
    ],
)
def test_a_line_with_a_float_would_be_found(line: str) -> None:
    assert [what for node in ast.walk(ast.parse(line)) if (what := inexact(node))] != []


@pytest.mark.parametrize(
    "line",
    ["x = Decimal('0.5')", "x = Fraction(a) / len(b)", "x = a // 2", "from math import floor"],
)
def test_a_line_without_one_would_not(line: str) -> None:
    assert [what for node in ast.walk(ast.parse(line)) if (what := inexact(node))] == []
