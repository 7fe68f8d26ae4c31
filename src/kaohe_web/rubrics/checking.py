"""Looking at a rubric before it is adopted: its mistakes, its findings, whether it is known."""

import re
from collections.abc import Sequence
from dataclasses import dataclass

from kaohe.lint.finding import Finding
from kaohe.lint.run import lint
from kaohe.nodes import Mistaken, shown
from kaohe.reading.reader import read_rubric
from kaohe.reading.writer import fingerprint
from kaohe.rubric.model import Rubric
from kaohe_web.people.actor import Actor
from kaohe_web.rubrics.models import RubricEdition
from kaohe_web.rubrics.queries import editions

PLACE = re.compile(r":(\d+):\d+$")


@dataclass(frozen=True, slots=True)
class Faulty:
    """A mistake in a text: where, what is wrong, and the line itself."""

    place: str
    message: str
    line: str = ""


@dataclass(frozen=True, slots=True)
class Checked:
    """A text that may become an edition; without a ``rubric`` it has ``mistakes``.

    ``twin`` is the edition of the same content that was adopted before.
    """

    text: str
    source: str
    rubric: Rubric | None
    mistakes: tuple[Faulty, ...] = ()
    findings: tuple[Finding, ...] = ()
    fingerprint: str = ""
    twin: RubricEdition | None = None

    @property
    def stopping(self) -> list[Finding]:
        """The errors that no reading settles: each needs a reason to be let stand."""
        return [finding for finding in self.findings if finding.stops]


def check(by: Actor, text: str, source: str) -> Checked:
    """Read a text as a rubric and look it over; nothing is kept."""
    try:
        rubric = read_rubric(text, source)
    except Mistaken as error:
        return Checked(text, source, None, located(error, text))
    name = fingerprint(rubric)
    twin = editions(by).filter(fingerprint=name).first()
    return Checked(text, source, rubric, (), tuple(lint(rubric)), name, twin)


def located(error: Mistaken, text: str) -> tuple[Faulty, ...]:
    """The mistakes, each with the line it stands in."""
    lines = text.splitlines()
    return tuple(
        Faulty(mistake.at, mistake.message, line_at(mistake.at, lines))
        for mistake in error.mistakes
    )


def line_at(place: str, lines: Sequence[str]) -> str:
    """The line that a place points at; empty where it points at none."""
    found = PLACE.search(place)
    number = int(found[1]) if found else 0
    return shown(lines[number - 1].strip()) if 0 < number <= len(lines) else ""
