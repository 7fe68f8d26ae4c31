"""The pages of rights and settings are made from the code; a stale page is red."""

from collections.abc import Callable
from pathlib import Path

import pytest
import reference_rights
import reference_settings

from kaohe_web.settings.environment import Environment


@pytest.mark.parametrize("render", [reference_rights.render, reference_settings.render])
def test_the_page_is_current(render: Callable[[], dict[Path, str]]) -> None:
    for path, text in render().items():
        assert path.read_text("utf-8") == text, "run make docs"


def test_every_setting_stands_on_its_page() -> None:
    page = reference_settings.PAGE.read_text("utf-8")
    lines = [line for line in page.splitlines() if line.startswith("| `")]
    assert len(lines) == len(Environment.model_fields)
