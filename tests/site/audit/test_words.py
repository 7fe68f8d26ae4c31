"""Everything that the trail can say has its words, and no word is left over."""

import ast
import re
from importlib import import_module
from pathlib import Path

import pytest
from django.apps import apps
from django.urls import get_resolver

import kaohe_web
from kaohe_web.audit import trail, words
from kaohe_web.audit.vocabulary import ACTIONS, THINGS
from kaohe_web.people import acting
from kaohe_web.people.actor import Nobody
from world import NOW

SOURCE = Path(kaohe_web.__file__).parent
NAME = re.compile(r"[a-z_]+\.[a-z_]+")
RECORDING = {"record", "record_refusal", "action"}


def modules() -> list[Path]:
    """Every module of the site but the vocabulary itself."""
    return [
        path
        for path in SOURCE.rglob("*.py")
        if "migrations" not in path.parts and path.stem != "vocabulary"
    ]


def recorded() -> set[str]:
    """The names that stand as they are where something is recorded."""
    found = set()
    for path in modules():
        for node in ast.walk(ast.parse(path.read_text("utf-8"))):
            if isinstance(node, ast.Call) and node.args:
                called = getattr(node.func, "attr", getattr(node.func, "id", ""))
                first = node.args[0]
                if called in RECORDING and isinstance(first, ast.Constant):
                    found.add(str(first.value))
    return found


def mentioned() -> set[str]:
    """Every text in the code that looks like the name of an action."""
    texts = (
        node.value
        for path in modules()
        for node in ast.walk(ast.parse(path.read_text("utf-8")))
        if isinstance(node, ast.Constant) and isinstance(node.value, str)
    )
    return {text for text in texts if NAME.fullmatch(text)}


def test_every_action_has_its_words() -> None:
    get_resolver().url_patterns  # noqa: B018 -- asking for the addresses imports every room
    for name in ("backup", "restore"):
        import_module(f"kaohe_web.keeping.{name}")
    assert sorted((acting.ACTIONS.keys() | recorded()) - ACTIONS.keys()) == []


def test_no_word_is_left_over() -> None:
    assert sorted(ACTIONS.keys() - mentioned()) == []


def test_every_thing_has_its_word() -> None:
    ours = {
        model._meta.label_lower  # noqa: SLF001 -- Django's own public name for it
        for model in apps.get_models()
        if model.__module__.startswith("kaohe_web.")
    }
    assert sorted(ours - THINGS.keys()) == []
    assert sorted(THINGS.keys() - ours) == ["file", "page"]


def test_an_unknown_name_is_told_as_it_is() -> None:
    assert (words.what_in_words("no.such"), words.thing_in_words("no.such")) == (
        "no.such",
        "no.such",
    )


@pytest.mark.django_db
def test_details_are_told_name_by_name() -> None:
    details = {
        "count": 2,
        "units": ["城东区", "城西区"],
        "before": {"score": "0.5", "note": ""},
        "second_factor": True,
        "自定": None,
    }
    entry = trail.record("test.done", None, by=Nobody(), at=NOW, details=details)
    assert words.details_in_words(entry) == [
        ("改前", "说明：—\n得分：0.5"),
        ("数量", "2"),
        ("第二因素", "是"),
        ("单位", "城东区、城西区"),
        ("自定", "—"),
    ]
    bare = trail.record("test.done", None, by=Nobody(), at=NOW)
    assert words.details_in_words(bare) == []
