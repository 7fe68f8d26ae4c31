"""What the pages show is run, so that it stays true."""

import re
from pathlib import Path

import pytest
import sample_workbook

from kaohe.lint.run import lint
from kaohe.nodes import walk
from kaohe.reading.load import load_rubric
from kaohe.reading.reader import read_rubric
from kaohe.rubric.interpretation import choose
from kaohe.rubric.model import Rubric
from kaohe.scoring.data import read_data
from kaohe.scoring.json_data import read_json
from kaohe.scoring.score import score

ROOT = Path(__file__).parent.parent.parent
PAGES = [*ROOT.glob("*.md"), *(ROOT / "docs").rglob("*.md")]
LINK = re.compile(r"\]\(([^)#]+)(?:#[^)]*)?\)")


def blocks(page: str, language: str) -> list[str]:
    """The code blocks of a page in one language."""
    text = (ROOT / page).read_text("utf-8")
    return re.findall(rf"```{language}\n(.*?)```", text, re.DOTALL)


@pytest.mark.parametrize("page", PAGES, ids=lambda page: str(page.relative_to(ROOT)))
def test_every_link_leads_somewhere(page: Path) -> None:
    links = [link for link in LINK.findall(page.read_text("utf-8")) if "://" not in link]
    assert [link for link in links if not (page.parent / link).exists()] == []


def test_the_tutorial_of_the_first_clause() -> None:
    """Open at first, then settled by the reading, either way."""
    printed, reading = blocks("docs/tutorial/first-clause.md", "yaml")
    (data,) = blocks("docs/tutorial/first-clause.md", "json")
    pointer, register = reading.split("\n\n", 1)
    rubric = read_rubric(printed, "complaints.yaml")
    settled = read_rubric(
        f"{printed}{pointer.split('#')[0].rstrip()}\n{register}", "complaints.yaml"
    )

    assert [f.place for f in lint(rubric) if f.code == "K207"] == ["C1"]
    assert [f.waived_by for f in lint(settled) if f.code == "K207"] == ["C1-steps"]
    assert total(rubric, data) == ("8.5", "9.0")
    assert total(settled, data) == ("9.0", "9.0")
    assert total(choose(settled, {"C1-steps": "started"}), data) == ("8.5", "8.5")


def total(rubric: Rubric, text: str) -> tuple[str, str]:
    """The range of the first unit's total."""
    (result,) = score(rubric, read_data(read_json(text, "data.json"), rubric))
    return str(result.low), str(result.high)


def test_the_library_page_runs(capsys: pytest.CaptureFixture[str]) -> None:
    (code,) = blocks("docs/how-to/use-the-library.md", "python")
    exec(compile(code, "page", "exec"), {"text": sample_workbook.DATA.read_text("utf-8")})  # noqa: S102 -- our own page
    assert capsys.readouterr().out.count("\n") == 12


def test_the_data_page_shows_only_keys_that_are_read() -> None:
    """Every mistake it may have is about this rubric, not about its keys."""
    (text,) = blocks("docs/reference/data.md", "json")
    node = read_json(text, "data.json")
    rubric = load_rubric("shuangtaizi-2017")
    assert len(list(walk(node))) > 30
    with pytest.raises(Exception, match="satisfaction_score") as error:
        read_data(node, rubric)
    assert len(str(error.value).splitlines()) == 1
