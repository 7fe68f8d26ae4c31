"""Golden texts: compared as they are; written anew when ``KAOHE_UPDATE_GOLDEN`` is set."""

import os
from collections.abc import Iterable
from pathlib import Path

from kaohe.lint.finding import Finding

FOLDER = Path(__file__).parent / "golden"


def told(findings: Iterable[Finding]) -> str:
    """The findings as a text that a person can review."""
    return "".join(
        f"{f.code} {f.severity} {f.place}{f'（口径 {f.waived_by}）' if f.waived_by else ''}\n"
        f"    {f.message}\n"
        for f in findings
    )


def expected(name: str, now: str) -> str:
    """The golden text of that name."""
    path = FOLDER / f"{name}.txt"
    if os.environ.get("KAOHE_UPDATE_GOLDEN"):
        path.write_text(now, "utf-8")
    return path.read_text("utf-8")
