"""The terminal: one console for tables, plain text where the output is not a terminal."""

import functools
import os

from rich.console import Console


@functools.cache
def screen() -> Console:
    """The console of standard output; wide enough for Chinese sentences where it is piped."""
    piped = not os.isatty(1)
    return Console(highlight=False, soft_wrap=False, width=140 if piped else None)


def heading(text: str) -> None:
    """A line that begins a table."""
    screen().print(f"\n{text}", style="bold")
