"""Makes the page of the command from its own help."""

from pathlib import Path
from typing import Any

from kaohe.cli.main import COMMANDS, OF_THE_SITE, kaohe

PAGE = Path(__file__).parent.parent / "docs/reference/command.md"

HEAD = """# The command

Generated from the command's own help by `make docs`; do not edit.

Exit status: 0 done; 1 the data or the rubric has mistakes (each on its own line of standard error
as `FILE:place: what is wrong and what to do`), or lint found an error that no reading settles;
2 wrong use.
"""


def help_of(*names: str) -> str:
    """What ``kaohe NAMES --help`` prints, at a fixed width."""
    width: dict[str, Any] = {"terminal_width": 96, "max_content_width": 96}
    context = kaohe.make_context("kaohe", [], resilient_parsing=True, **width)
    for name in names:
        command = kaohe.get_command(context, name)
        assert command is not None, f"{name} is in COMMANDS"  # noqa: S101 -- see its callers
        context = command.make_context(name, [], parent=context, resilient_parsing=True, **width)
    return context.get_help()


def render() -> dict[Path, str]:
    """The page, by its path."""
    parts = [HEAD, "## kaohe", f"```\n{help_of()}\n```"]
    for name in [*COMMANDS, *OF_THE_SITE]:
        parts += [f"## kaohe {name}", f"```\n{help_of(name)}\n```"]
    return {PAGE: "\n\n".join(parts) + "\n"}
