"""Every rule, reason, silence and effect has its words, in both languages."""

import ast
import sys
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest

import kaohe.rules
import kaohe.scoring
from kaohe.rules.base import Reason, Rule
from kaohe.rules.catalogue import RULES
from kaohe.scoring.outlook.edges import edges
from kaohe.scoring.outlook.regain import AssessorNeeded, DataNeeded, TallyNeeded, ValueNeeded
from kaohe.wording import reasons_en, reasons_zh, rules_en, rules_zh
from kaohe.wording.effects import EFFECTS
from kaohe.wording.gains import gain_words
from kaohe.wording.sentences import TREATMENTS


def all_below(base: type[Any]) -> Iterator[type[Any]]:
    """Every class of ours derived from one, however deep.

    A slotted dataclass leaves the class it was made from behind; only the one by its name counts.
    """
    for cls in base.__subclasses__():
        if getattr(sys.modules[cls.__module__], cls.__name__, None) is cls:
            yield cls
            yield from all_below(cls)


def calls_of(name: str, folder: Path) -> Iterator[ast.Call]:
    """The calls of a class in a folder's source."""
    for path in sorted(folder.glob("*.py")):
        for node in ast.walk(ast.parse(path.read_text("utf-8"))):
            if isinstance(node, ast.Call) and ast.unparse(node.func) == name:
                yield node


def words_in(node: ast.AST) -> set[str]:
    """The string literals below a node."""
    inside = (leaf.value for leaf in ast.walk(node) if isinstance(leaf, ast.Constant))
    return {text for text in inside if isinstance(text, str)}


def folder_of(package: Any) -> Path:
    return Path(package.__path__[0])


@pytest.mark.parametrize("wing", [rules_zh.rule_words, rules_en.rule_words, edges])
def test_every_rule_has_its_words_and_its_way_back(wing: Any) -> None:
    wordless = [
        name for name, rule in RULES.items() if wing.dispatch(rule) is wing.dispatch(object)
    ]

    assert wordless == []


@pytest.mark.parametrize("wing", [reasons_zh.reason_words, reasons_en.reason_words])
def test_every_reason_has_its_words(wing: Any) -> None:
    known = [cls for cls in all_below(Reason) if cls.__module__.startswith("kaohe.")]
    wordless = [cls.__name__ for cls in known if wing.dispatch(cls) is wing.dispatch(object)]

    assert len(known) > 20
    assert wordless == []


@pytest.mark.parametrize("way", [ValueNeeded, TallyNeeded, AssessorNeeded, DataNeeded])
def test_every_way_back_has_its_words(way: type[Any]) -> None:
    assert gain_words.dispatch(way) is not gain_words.dispatch(object)


def test_every_silence_has_its_words() -> None:
    said = {"steady", "worse"}  # what Trend's verdict may be where nothing is said
    for name in (
        "attained",
        "banded",
        "composite",
        "converted",
        "proportional",
        "ranked",
        "relative",
    ):
        source = ast.parse((folder_of(kaohe.rules) / f"{name}.py").read_text("utf-8"))
        calls = [n for n in ast.walk(source) if isinstance(n, ast.Call)]
        for call in calls:
            if ast.unparse(call.func) != "Silent":
                continue
            about = call.args[2]
            if isinstance(about, ast.Name):  # chosen just before, in an assignment
                assigned = [n for n in ast.walk(source) if isinstance(n, ast.Assign)]
                values = [n.value for n in assigned if ast.unparse(n.targets[0]) == about.id]
                for value in values:
                    assert isinstance(value, ast.IfExp)
                    said |= words_in(value.body) | words_in(value.orelse)
            else:
                said |= words_in(about)

    assert said == set(reasons_zh.SILENCES)
    assert said == set(reasons_en.SILENCES)


def test_every_effect_has_its_words() -> None:
    kinds = {"grade", "cap", "downgrade"}  # told one after another by the same call
    for call in calls_of("Effect", folder_of(kaohe.scoring)):
        kinds |= words_in(call.args[0])

    assert kinds == set(EFFECTS["zh"])
    assert kinds == set(EFFECTS["en"])


def test_every_treatment_of_an_exemption_has_its_words() -> None:
    assert list(TREATMENTS["zh"]) == list(TREATMENTS["en"])
    assert set(TREATMENTS["zh"]) == {"rebase", "full", "leave_out", "undecided"}


class Unheard(Rule):
    """A rule of a type that nobody has words for."""


class Groundless(Reason):
    """A reason that nobody has words for."""


@pytest.mark.parametrize(
    ("wing", "unknown"),
    [
        (rules_zh.rule_words, Unheard()),
        (rules_en.rule_words, Unheard()),
        (reasons_zh.reason_words, Groundless()),
        (reasons_en.reason_words, Groundless()),
        (gain_words, Groundless()),
    ],
)
def test_what_has_no_words_is_named(wing: Any, unknown: object) -> None:
    with pytest.raises(NotImplementedError, match=type(unknown).__name__):
        wing(unknown, None, None)
