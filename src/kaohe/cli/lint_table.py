"""Findings on the terminal: what is open first, what a reading settled on request."""

from collections.abc import Sequence

from rich.markup import escape
from rich.padding import Padding

from kaohe.cli.screen import heading, say, screen
from kaohe.lint.finding import Finding

STYLES = {"error": "bold red", "warning": "yellow", "advice": "blue"}
WORDS = {"error": "错误", "warning": "警告", "advice": "建议"}


def print_findings(findings: Sequence[Finding], *, show_all: bool) -> None:
    """Each finding with its place; settled ones only counted, unless all are asked for."""
    left_open = [finding for finding in findings if finding.waived_by is None]
    settled = [finding for finding in findings if finding.waived_by is not None]
    for finding in findings if show_all else left_open:
        _print_finding(finding)
    counts = "，".join(
        f"{WORDS[severity]} {sum(f.severity == severity for f in left_open)}" for severity in WORDS
    )
    heading(f"未定：{counts}；已由口径放行 {len(settled)}")
    if settled and not show_all:
        say("加 --all 连同已放行的一起列出。", style="dim")


def _print_finding(finding: Finding) -> None:
    severity = f"[{STYLES[finding.severity]}]{WORDS[finding.severity]}[/]"
    settled = f" [green]已由口径 {escape(finding.waived_by)} 放行[/]" if finding.waived_by else ""
    screen().print(f"{severity} [bold]{finding.code}[/] [cyan]{escape(finding.place)}[/]{settled}")
    screen().print(Padding(escape(finding.message), (0, 0, 0, 4)))
