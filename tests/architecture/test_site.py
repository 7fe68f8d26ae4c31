"""The rules of the house for the site: exact numbers, pages that ask, files with one subject."""

import ast
import re

from architecture.sources import modules, nodes, told
from architecture.test_exact_numbers import inexact
from architecture.test_house import LONGEST

WRITTEN_BY_HAND = [path for path in modules("src/kaohe_web") if path.parent.name != "migrations"]
PAGES = modules("src/kaohe_web/pages")


def test_no_module_of_the_site_uses_a_binary_float() -> None:
    found = [
        f"{told(path)}:{getattr(node, 'lineno', 0)}: {what}"
        for path in WRITTEN_BY_HAND
        for node in nodes(path)
        if (what := inexact(node))
    ]
    assert found == []


def test_pages_reach_objects_only_through_queries_that_take_the_person() -> None:
    """``none()`` reaches nothing: a form's list before it is told what may be chosen."""
    found = [
        f"{told(path)}:{node.lineno}: {ast.unparse(node)}"
        for path in PAGES
        for node in nodes(path)
        if isinstance(node, ast.Attribute)
        and isinstance(node.value, ast.Attribute)
        and node.value.attr in ("objects", "_default_manager")
        and node.attr != "none"
    ]
    assert found == []


def test_pages_write_nothing_themselves() -> None:
    """Writes go through actions, which are told by whom, check, record, and run in one go."""
    writing = {"save", "bulk_create", "bulk_update", "get_or_create", "update_or_create", "atomic"}
    found = [
        f"{told(path)}:{node.lineno}: {ast.unparse(node.func)}"
        for path in PAGES
        for node in nodes(path)
        if isinstance(node, ast.Call)
        and isinstance(node.func, ast.Attribute)
        and node.func.attr in writing
        and "by" not in [given.arg for given in node.keywords]
    ]
    assert found == []


def test_every_module_of_the_site_opens_with_a_sentence_and_has_one_subject() -> None:
    texts = {told(path): path.read_text("utf-8") for path in WRITTEN_BY_HAND}
    assert [name for name, text in texts.items() if not re.match(r'r?"""\S', text)] == []
    assert [name for name, text in texts.items() if text.count("\n") > LONGEST] == []
