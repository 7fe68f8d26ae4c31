"""The cases of ``tests/lint_cases``: one file per check, each case a small rubric and its findings.

A case gives the ``part`` it is about, or whole blocks of a rubric (``sections``, ``grades``,
``readings`` …), over the rest that every case shares. ``finds`` maps places to what is said there;
a case without it must find nothing. ``severity`` is given where it is not the check's own;
``waived_by`` names the reading that settles all of it.
"""

from dataclasses import dataclass
from pathlib import Path
from typing import Any

import yaml

from kaohe.lint.finding import Finding
from kaohe.lint.run import lint
from kaohe.reading.reader import read_rubric

FOLDER = Path(__file__).parent.parent / "lint_cases"

SHARED = """
rubric: case
title: 示例细则
points: 10
sources: [{title: 示例细则}]
departments: [{name: 甲局, aliases: [甲单位]}, {name: 市乙局, kind: provider}]
indicators:
  pass_rate: {title: 合格率, target: yes, provider: 市乙局, definition: 合格批次占抽查批次的百分比}
  settlement_rate: {title: 办结率, provider: 市乙局, definition: 办结数占应办数的百分比}
  award_count: {title: 奖项数, provider: 市乙局, definition: 考核年度内获得的奖项数}
  accident_count: {title: 事故数, better: lower, provider: 市乙局, definition: 考核年度内的事故数}
  quality_index: {title: 质量指数, provider: 市乙局, definition: 三项之比的平均}
  city_score: {title: 全市考核得分, provider: 市乙局, definition: 市里公布的百分制得分}
grades: {scale: {合格: "[6, ∞)", 不合格: "[0, 6)"}, source: 示例细则}
not_applicable: {treatment: full}
"""

PART = {"id": "A1", "title": "条目", "points": "10", "lead": "甲局"}


@dataclass(frozen=True, slots=True)
class Case:
    """One case: its check, its name, the rubric it makes, and what the check finds in it."""

    code: str
    name: str
    text: str
    finds: tuple[tuple[str, str], ...]
    severity: str | None
    waived_by: str | None

    def findings(self) -> list[Finding]:
        """What the check finds in the case's rubric."""
        found = lint(read_rubric(self.text, f"{self.code}.yaml"))
        return [finding for finding in found if finding.code == self.code]


def rubric_text(blocks: dict[str, Any]) -> str:
    """The YAML of a rubric made of some blocks over what every case shares."""
    rubric = yaml.load(SHARED, Loader=yaml.BaseLoader)  # noqa: S506 -- makes nothing but texts
    blocks = dict(blocks)
    part = PART | blocks.pop("part", {"rule": "judged"})
    rubric["sections"] = [{"title": "目标", "points": "10", "criteria": [part]}]
    return yaml.safe_dump(rubric | blocks, allow_unicode=True, sort_keys=False)


def cases() -> list[Case]:
    """Every case of every file, in the order of the files."""
    return [case for path in sorted(FOLDER.glob("*.yaml")) for case in cases_of(path)]


def cases_of(path: Path) -> list[Case]:
    """The cases of one file."""
    blocks = yaml.load(path.read_text("utf-8"), Loader=yaml.BaseLoader)  # noqa: S506 -- the same
    code = blocks.pop("check")
    return [case_of(code, name, dict(block)) for name, block in blocks.items()]


def case_of(code: str, name: str, block: dict[str, Any]) -> Case:
    """One case from its block."""
    severity, waived_by = block.pop("severity", None), block.pop("waived_by", None)
    finds = [
        (place, message)
        for place, said in block.pop("finds", {}).items()
        for message in ([said] if isinstance(said, str) else said)
    ]
    return Case(code, name, rubric_text(block), tuple(finds), severity, waived_by)
