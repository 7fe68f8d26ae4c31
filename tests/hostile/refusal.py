"""What it means to refuse: every mistake at its place, soon, and nothing but :class:`Mistaken`."""

import time
from collections.abc import Callable
from typing import Any

import pytest

from kaohe.nodes import Mistaken

LONGEST = 1
"""Seconds of this process's own time; a busy machine must not fail the test."""


def refused(read: Callable[..., Any], *given: object) -> list[tuple[str, str]]:
    """The mistakes, as place and message, in the order they are told."""
    begun = time.process_time()
    with pytest.raises(Mistaken) as caught:
        read(*given)
    assert time.process_time() - begun < LONGEST
    return [(mistake.at, mistake.message) for mistake in caught.value.mistakes]


def places(read: Callable[..., Any], *given: object) -> list[str]:
    """Where the mistakes are; each is told in one line that shows nothing unseen."""
    told = refused(read, *given)
    for at, message in told:
        assert f"{at}: {message}".isprintable()
        assert len(message) <= 601
    return [at for at, _ in told]
