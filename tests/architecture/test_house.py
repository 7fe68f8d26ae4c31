"""The rules of the house that no other tool holds."""

import io
import re
import tokenize
from contextlib import redirect_stdout
from pathlib import Path

import pytest
from importlinter.cli import lint_imports

from architecture.sources import ROOT, SOURCE, WRITTEN, modules, nodes, told
from kaohe.rules.catalogue import RULES

LONGEST = 400
NAMELESS = {"utils", "util", "helpers", "helper", "common", "misc", "managers", "manager"}
NOQA = re.compile(r"#\s*(?:ruff:\s*)?noqa\b")
NOQA_WITH_REASON = re.compile(r"#\s*noqa: [A-Z]+[0-9]+(?:, [A-Z]+[0-9]+)* -- \S.{3,}")
IGNORE = re.compile(r"#\s*type:\s*ignore\b")
IGNORE_WITH_REASON = re.compile(r"#\s*type: ignore\[[a-z-]+(?:, ?[a-z-]+)*\]\s+# \S.{3,}")


def test_the_import_contracts_hold() -> None:
    told_by_linter = io.StringIO()
    with redirect_stdout(told_by_linter):
        status = lint_imports(config_filename=str(ROOT / "pyproject.toml"), no_cache=True)
    assert status == 0, told_by_linter.getvalue()


@pytest.mark.parametrize("rule", RULES)
def test_every_rule_type_has_its_room_its_spec_and_its_page(rule: str) -> None:
    assert RULES[rule].__module__ == f"kaohe.rules.{rule}"
    assert (ROOT / "tests" / "spec" / f"test_{rule}.py").is_file()
    assert (ROOT / "docs" / "reference" / "rules" / f"{rule}.md").is_file()


def test_every_room_of_the_rules_is_in_the_catalogue() -> None:
    shared = {"__init__", "base", "catalogue", "parts"}
    assert {path.stem for path in (SOURCE / "rules").glob("*.py")} - shared == RULES.keys()


def test_every_module_is_named_for_its_subject() -> None:
    found = [told(path) for path in modules(*WRITTEN) if path.stem in NAMELESS]
    assert found == []


def test_every_module_opens_with_a_sentence() -> None:
    bare = []
    for path in modules("src/kaohe"):
        first = path.read_text("utf-8").split("\n", 1)[0]
        if not re.match(r'r?"""\S.*[.。;:]?', first) or len(first) > 104:
            bare.append(told(path))
    assert bare == []


def test_no_file_of_the_library_is_longer_than_one_subject() -> None:
    lengths = {told(path): path.read_text("utf-8").count("\n") for path in modules("src/kaohe")}
    assert {name: lines for name, lines in lengths.items() if lines > LONGEST} == {}


def comments(path: Path) -> list[tuple[int, str]]:
    """The comments of a file with their lines."""
    with path.open("rb") as file:
        return [
            (token.start[0], token.string)
            for token in tokenize.tokenize(file.readline)
            if token.type == tokenize.COMMENT
        ]


def excused_without_reason(comment: str) -> bool:
    """Whether a comment silences a checker and does not say why."""
    if NOQA.search(comment):
        return NOQA_WITH_REASON.search(comment) is None
    return IGNORE.search(comment) is not None and IGNORE_WITH_REASON.search(comment) is None


def test_every_exception_to_a_checker_says_why() -> None:
    found = [
        f"{told(path)}:{line}: {comment}"
        for path in modules(*WRITTEN)
        for line, comment in comments(path)
        if excused_without_reason(comment)
    ]
    assert found == []


@pytest.mark.parametrize(
    ("comment", "lacks"),
    [
        ("# noqa: S101 -- __post_init__ saw to it", False),
        ("# noqa: S101", True),
        ("# noqa", True),
        ("# noqa: S101 --", True),
        ("# type: ignore[misc]  # its base is untyped", False),
        ("# type: ignore[misc]", True),
        ("# type: ignore", True),
        ("# why the code is as it is", False),
    ],
)
def test_a_reason_is_told_from_none(comment: str, lacks: bool) -> None:  # noqa: FBT001 -- a case's answer
    assert excused_without_reason(comment) == lacks


@pytest.mark.parametrize("name", ["requirements.lock", "requirements-test.lock"])
def test_lock_files_carry_hashes_and_no_addresses(name: str) -> None:
    text = (ROOT / name).read_text("utf-8")
    pinned = re.findall(r"^\S+==\S+", text, re.MULTILINE)
    assert pinned
    assert text.count("--hash=sha256:") >= len(pinned)
    assert re.findall(r"://|--(?:extra-)?index-url|--find-links", text) == []


def test_the_library_prints_nothing_and_reads_no_clock() -> None:
    spoken = {"print", "input", "breakpoint", "eval", "exec", "__import__"}
    found = [
        f"{told(path)}:{node.lineno}"  # type: ignore[attr-defined]  # a name has a line
        for path in modules("src/kaohe")
        for node in nodes(path)
        if getattr(node, "id", "") in spoken
    ]
    assert found == []
