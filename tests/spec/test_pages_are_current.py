"""The pages of the manual are those that the spec files make, no more and no fewer."""

import importlib

import pytest

from spec.modules import FOLDER


def test_the_pages_of_the_rules_are_current(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.syspath_prepend(str(FOLDER.parent.parent / "tools"))
    reference_rules = importlib.import_module("reference_rules")
    made = {path.name: text for path, text in reference_rules.render().items()}
    found = {path.name: path.read_text("utf-8") for path in reference_rules.PAGES.glob("*.md")}

    assert found == made, "运行 make docs 更新 docs/reference/rules (stale: run make docs)"
