"""Makes the page of the command from its own help."""

from pathlib import Path

import click

from kaohe.cli.main import COMMANDS, kaohe

PAGE = Path(__file__).parent.parent / "docs/reference/command.md"

HEAD = """# The command

Generated from the command's own help by `make docs`; do not edit.

Exit status: 0 done; 1 the data or the rubric has mistakes (each on its own line of standard error as
`FILE:place: what is wrong and what to do`) or lint found an error that no reading settles; 2 wrong use.
"""


def help_of(*names: str) -> str:
    """What ``kaohe NAMES --help`` prints, at a fixed width."""
    context = click.Context(kaohe, info_name="kaohe", max_content_width=96, terminal_width=96)
    command: click.Command = kaohe
    for name in names:
        found = kaohe.get_command(context, name)
        assert found is not None, f"{name} is in COMMANDS"
        command = found
        context = click.Context(command, parent=context, info_name=name, terminal_width=96)
    return command.get_help(context)


def render() -> dict[Path, str]:
    """The page, by its path."""
    parts = [HEAD, "## kaohe", f"```\n{help_of()}\n```"]
    for name in COMMANDS:
        parts += [f"## kaohe {name}", f"```\n{help_of(name)}\n```"]
    return {PAGE: "\n\n".join(parts) + "\n"}
