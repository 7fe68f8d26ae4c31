"""The terminal: one console for tables, plain text where the output is not a terminal."""

import functools
import os
from collections.abc import Iterator, Sequence
from typing import TypeVar

from rich.console import Console

T = TypeVar("T")

WORTH_FOLLOWING = 10
"""Fewer things than this are done before a bar could be read."""


@functools.cache
def screen() -> Console:
    """The console of standard output; wide enough for Chinese sentences where it is piped."""
    piped = not os.isatty(1)
    return Console(highlight=False, emoji=False, width=140 if piped else None)


def say(text: str, style: str = "") -> None:
    """A line as it stands: brackets in a user's words are no markup."""
    screen().print(text, style=style or None, markup=False)


def heading(text: str) -> None:
    """A line that begins a table."""
    say(f"\n{text}", style="bold")


def follow(things: Sequence[T], doing: str) -> Iterator[T]:
    """The things one by one, with a bar on standard error while a person is looking on."""
    if len(things) < WORTH_FOLLOWING or not os.isatty(2):
        yield from things
        return
    from rich.progress import track  # noqa: PLC0415 -- slow import, only for long work

    yield from track(things, doing, console=Console(stderr=True), transient=True)
