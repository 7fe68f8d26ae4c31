"""The kinds of background work: each is a function, named by the kind that asks for it.

A room keeps its work in ``<app>/work.py``; the worker imports those modules.
"""

import datetime as dt
from collections.abc import Callable, Mapping
from contextlib import AbstractContextManager
from dataclasses import dataclass
from importlib import import_module
from importlib.util import find_spec
from typing import Any, Protocol

from django.utils.functional import Promise


class Progress(Protocol):
    """What a piece of work holds of its job: it tells how far it is, and may lose it."""

    def __call__(self, percent: int) -> None:
        """Tell how far the work is.

        :raises LeaseLost: if somebody else does this work now: stop at once.
        """

    def writing(self) -> AbstractContextManager[None]:
        """A transaction in which the work may change things: it holds the job while it does.

        :raises LeaseLost: if somebody else does this work now; nothing is written then.
        """

    def finish(self, result: Mapping[str, object] | None = None) -> None:
        """Finish the job within :meth:`writing`, so that effect and end are one; seldom needed."""


Work = Callable[..., Mapping[str, object] | None]


@dataclass(frozen=True, slots=True)
class Kind:
    """One kind of work: what it does, in words, how often it is tried, and at what hour daily."""

    name: str
    do: Work
    means: str | Promise
    attempts: int
    daily: dt.time | None


KINDS: dict[str, Kind] = {}
"""Every kind of work by its name."""

ROOMS = (
    "jobs",
    "rubrics",
    "cycles",
    "filing",
    "review",
    "results",
    "followup",
    "desk",
    "keeping",
)
"""The rooms that may have work to do."""


def job(
    name: str, *, means: str | Promise = "", attempts: int = 5, daily: dt.time | None = None
) -> Callable[[Work], Work]:
    """Make a function the work of a kind: ``do(payload, *, at, progress)``.

    It may be done again after a crash, so its effect must be the same twice: by keys, or by
    ending within ``progress.writing()``. What it returns is kept as the job's result (JSON).
    ``daily`` is the Beijing time at which it is asked for once a day by itself.
    """

    def wrap(do: Work) -> Work:
        assert name not in KINDS, name  # noqa: S101 -- two kinds of one name
        KINDS[name] = Kind(name, do, means or name, attempts, daily)
        return do

    return wrap


def load() -> Mapping[str, Kind]:
    """Every kind of work there is, from every room."""
    for room in ROOMS:
        module = f"kaohe_web.{room}.work"
        if find_spec(module) is not None:
            import_module(module)
    return KINDS


def kind_in_words(name: str) -> Any:  # noqa: ANN401 -- a text, or one translated when shown
    """What a kind of work is called on a page."""
    known = KINDS.get(name)
    return known.means if known else name
