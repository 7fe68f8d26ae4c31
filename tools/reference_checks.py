"""Makes the pages of the lint checks from their docstrings and their cases."""

import re
import sys
from pathlib import Path

from kaohe.lint.check import CHECKS, Check
from kaohe.lint.run import FAMILIES

ROOT = Path(__file__).parent.parent
PAGES = ROOT / "docs/reference/checks"
CASES = ROOT / "tests/lint_cases"

SEVERITIES = {"error": "错误", "warning": "提醒", "advice": "建议"}

HEAD = """# 细则检查

由检查的说明和用例生成（`make docs`），请勿手改。

`kaohe lint` 按下列各项检查一份评分细则。**错误**使得分算不出或算不对，
没有口径说明的错误使命令以 1 结束；**提醒**要有人看过并决定；**建议**改了更好。
每一处都可以用口径（readings）处理：所选的选项把规则改到不再有问题，
或者在 `accepts` 中写明代码，表示知道并认可。命令的输出里写明由哪条口径处理。
"""


def blocks(text: str) -> dict[str, str]:
    """The cases of a file, as written, by their names."""
    parts = re.split(r"^(\S.*):[ ]*$", text, flags=re.MULTILINE)[1:]
    return {name: body.strip("\n") for name, body in zip(parts[::2], parts[1::2], strict=True)}


def sections(page: str) -> dict[str, str]:
    """What a docstring says under each of its headings."""
    parts = re.split(r"^(\w+)：", page, flags=re.MULTILINE)[1:]
    return {words: body.strip() for words, body in zip(parts[::2], parts[1::2], strict=True)}


def title(check: Check) -> str:
    """The sentence that holds where the check finds nothing."""
    return check.page.splitlines()[0].rstrip("。")


def page_of(check: Check) -> str:
    """The page of one check."""
    parts = [f"# {check.code} {title(check)}"]
    parts.append(f"{SEVERITIES[check.severity]} · `{check.name}` · [全部检查](README.md)")
    for words, body in sections(check.page).items():
        parts += [f"## {words}", body]
    parts.append("## 用例")
    parts.append("用例只写出与这一项有关的部分；`finds` 写明在哪里发现什么，没有的就是通过。")
    for name, body in blocks((CASES / f"{check.code}.yaml").read_text("utf-8")).items():
        verdict = "✗" if "\n  finds:" in f"\n{body}" else "✓"
        if "\n  waived_by:" in f"\n{body}":
            verdict = "✓（由口径处理）"
        parts += [f"### {verdict} {name}", f"```yaml\n{undented(body)}\n```"]
    return "\n\n".join(parts) + "\n"


def undented(body: str) -> str:
    """A case's block moved to the margin."""
    return "\n".join(line.removeprefix("  ") for line in body.splitlines())


def index() -> str:
    """The list of all checks, by family."""
    parts = [HEAD]
    for family in FAMILIES:
        parts.append(f"## {family_title(family.__name__)}\n")
        parts.append("| 代码 | 程度 | 应当如此 |\n|---|---|---|")
        parts += [
            f"| [{check.code}]({check.code}.md) | {SEVERITIES[check.severity]} | {title(check)} |"
            for check in CHECKS.values()
            if check.run.__module__ == family.__name__
        ]
        parts.append("")
    return "\n".join(parts).rstrip() + "\n"


def family_title(module: str) -> str:
    """What a family of checks is called on the page."""
    return FAMILY_TITLES[module.rpartition(".")[2]]


FAMILY_TITLES = {
    "points": "分值",
    "bands": "分档",
    "undecided": "没有说清的规则",
    "grades": "等级与否决",
    "references": "名称与指向",
    "sources": "来源",
    "prose": "文字没有写明的",
}


def render() -> dict[Path, str]:
    """The pages, by their paths."""
    pages = {PAGES / f"{code}.md": page_of(check) for code, check in CHECKS.items()}
    return {PAGES / "README.md": index()} | pages


def main() -> int:
    """Write the pages anew."""
    PAGES.mkdir(parents=True, exist_ok=True)
    for path, text in render().items():
        path.write_text(text, "utf-8")
    return 0


if __name__ == "__main__":
    sys.exit(main())
