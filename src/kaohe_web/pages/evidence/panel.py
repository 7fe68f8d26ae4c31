"""The evidence of one part as its page shows it, to whoever reads or gives it."""

import datetime as dt
from dataclasses import dataclass

from django.conf import settings

from kaohe_web.cycles.models import AssessedUnit, Cycle
from kaohe_web.errors import NotThere
from kaohe_web.files.kinds import ACCEPTED, TYPES
from kaohe_web.filing import evidence_queries as queries
from kaohe_web.filing.evidence_opened import (
    GIVERS,
    leading_duties,
    own_unit,
    submissions_of,
    why_closed,
)
from kaohe_web.filing.evidence_period import doubt, period_of
from kaohe_web.filing.evidence_pictures import page_count
from kaohe_web.filing.evidence_reuse import notes
from kaohe_web.filing.models import EvidenceUse
from kaohe_web.pages.evidence.forms import Covering, Pointing
from kaohe_web.people.actor import Actor


@dataclass(frozen=True, slots=True)
class UseLine:
    """One file of a part, with what is to be said of it and what may be done with it."""

    use: EvidenceUse
    type: str
    page: int
    notes: list[str]
    pointing: Pointing | None
    own: bool

    @property
    def is_shown(self) -> bool:
        """Whether it can be looked at in the page."""
        return page_count(self.use.evidence.file) > 0


@dataclass(frozen=True, slots=True)
class Panel:
    """The files of a part; ``giving`` is there for whoever may give more now, else ``closed``."""

    assessed: AssessedUnit
    part: str
    lines: list[UseLine]
    hidden: int
    giving: Covering | None
    closed: str
    accept: str = ACCEPTED

    @property
    def limit(self) -> int:
        """How large a file may be, in MB."""
        return settings.ENVIRONMENT.upload_megabytes

    @property
    def first_shown(self) -> UseLine | None:
        """The first file that can be looked at in the page."""
        return next((line for line in self.lines if line.is_shown), None)


def panel(by: Actor, assessed: AssessedUnit, part: str, at: dt.datetime) -> Panel:
    """The evidence of a part as somebody sees it now; always the same number of queries."""
    gives, closed = state_of(by, assessed, part, at)
    uses = queries.uses(by, assessed.cycle)
    rows = list(uses.filter(submission__assessed=assessed, submission__part=part).order_by("pk"))
    said = notes(by, assessed.cycle, [use.evidence for use in rows])
    changes = gives and not closed
    own = set(queries.uses_to_change(by, assessed.cycle).values_list("pk", flat=True))
    lines = [
        UseLine(
            use,
            type_of(use),
            use.page or 1,
            [*said[use.evidence.pk], *filter(None, [period_doubt(use, assessed.cycle)])],
            Pointing.of(use) if changes and use.pk in own else None,
            own=use.pk in own,
        )
        for use in rows
    ]
    return Panel(
        assessed,
        part,
        lines,
        hidden_of(by, assessed, part),
        Covering(auto_id="given_%s") if changes else None,
        closed if gives else "",
    )


def state_of(by: Actor, assessed: AssessedUnit, part: str, at: dt.datetime) -> tuple[bool, str]:
    """Whether evidence of a part is the actor's to give, and why it cannot be given now."""
    if by.role not in GIVERS:
        return False, ""
    try:
        unit = own_unit(assessed, part, by=by)
    except NotThere:
        return False, ""
    duty = leading_duties(unit, [part]).get(part)
    submission = submissions_of(unit, [part], by=by).get(part)
    return True, why_closed(unit, part, duty, submission, by=by, at=at)


def hidden_of(by: Actor, assessed: AssessedUnit, part: str) -> int:
    """How many sensitive files of the part an assessor is not cleared to see."""
    submission = submissions_of(assessed, [part], by=by).get(part)
    return queries.hidden_count(by, submission.pk) if submission else 0


def period_doubt(use: EvidenceUse, cycle: Cycle) -> str:
    """What is odd about the period of a file."""
    return doubt(period_of(use.evidence), cycle)


def type_of(use: EvidenceUse) -> str:
    """What kind of file it is, in words."""
    kind = TYPES.get(use.evidence.file.type)
    return str(kind.title) if kind else use.evidence.file.type
