"""What lint says of a rubric: a code, how grave it is, where, what it means and what to do."""

from dataclasses import dataclass
from typing import Literal, NamedTuple

Severity = Literal["error", "warning", "advice"]
"""An error keeps scores from being settled or right; a warning asks; advice makes it better."""


class Flaw(NamedTuple):
    """What one check saw at one place, before any reading is looked at.

    ``subject`` tells the flaws of one place apart and stays the same however the sentence is put:
    the interval of a gap, the name that is not known. ``severity`` is the check's unless given.
    """

    place: str
    subject: str
    message: str
    severity: Severity | None = None


@dataclass(frozen=True, slots=True)
class Finding:
    """One finding; ``waived_by`` names the reading that settles it or knowingly lets it stand."""

    code: str
    severity: Severity
    place: str
    message: str
    subject: str = ""
    waived_by: str | None = None

    @property
    def key(self) -> tuple[str, str, str]:
        """By what the same finding is known again in another lint."""
        return (self.code, self.place, self.subject)

    @property
    def stops(self) -> bool:
        """Whether it is an error that no reading settles."""
        return self.severity == "error" and self.waived_by is None

    def as_plain(self) -> dict[str, str | None]:
        """The finding as the JSON of the command says it."""
        return {
            "code": self.code,
            "severity": self.severity,
            "place": self.place,
            "message": self.message,
            "waived_by": self.waived_by,
        }
