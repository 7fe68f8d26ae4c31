"""The pages of the checks are those that docstrings and cases make, no more and no fewer."""

import importlib
from pathlib import Path

import pytest

TOOLS = Path(__file__).parent.parent.parent / "tools"


def test_the_pages_of_the_checks_are_current(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.syspath_prepend(str(TOOLS))
    reference_checks = importlib.import_module("reference_checks")
    made = {path.name: text for path, text in reference_checks.render().items()}
    found = {path.name: path.read_text("utf-8") for path in reference_checks.PAGES.glob("*.md")}

    assert found == made, "运行 make docs 更新 docs/reference/checks (stale: run make docs)"
