"""Why the site refuses something: each refusal has a status, a sentence and what to do."""

from collections.abc import Sequence
from dataclasses import dataclass
from typing import ClassVar

from kaohe.errors import KaoheError


class Refused(KaoheError):  # noqa: N818 -- it says what happened
    """The root of what the site refuses on purpose; ``sentence`` is shown to the person."""

    status: ClassVar[int] = 400

    def __init__(self, sentence: str) -> None:
        self.sentence = sentence
        super().__init__(sentence)


class NotAllowed(Refused):
    """The person's role does not carry the right."""

    status = 403


class NotThere(Refused):
    """No such thing, or not for this person: the two look alike on purpose."""

    status = 404


class WrongState(Refused):
    """The thing, or the year's calendar, does not allow this step now."""

    status = 409


@dataclass(frozen=True, slots=True)
class Difference:
    """One field that two people changed: what stands now, and what was about to be written."""

    label: str
    now: str
    mine: str


class Conflict(Refused):
    """Somebody else changed it meanwhile; nothing was overwritten."""

    status = 409

    def __init__(self, sentence: str, differences: Sequence[Difference] = ()) -> None:
        super().__init__(sentence)
        self.differences = tuple(differences)


class TooOften(Refused):
    """Too much in too short a time: nothing is answered for a while."""

    status = 429


class Invalid(Refused):
    """What was sent has mistakes; all of them are here, each with its place."""

    status = 422

    def __init__(self, problems: Sequence[str]) -> None:
        super().__init__("\n".join(problems))
        self.problems = tuple(problems)
