"""One part of one unit, found for whoever asks, with all that its page shows."""

from collections.abc import Mapping
from dataclasses import dataclass

from django.utils.translation import gettext as _

from kaohe_web.cycles.models import AssessedUnit, Cycle, Duty
from kaohe_web.errors import NotThere
from kaohe_web.filing import queries, values
from kaohe_web.filing.clauses import Clause, Year, year_of
from kaohe_web.filing.contents import Content, content_of
from kaohe_web.filing.models import ReportedValue, Submission
from kaohe_web.filing.opened import registered
from kaohe_web.filing.values import ValueEntry
from kaohe_web.pages.asked import Asked, note_refusal


@dataclass(frozen=True, slots=True)
class Place:
    """A part and what is filed for it now."""

    assessed: AssessedUnit
    year: Year
    clause: Clause
    duty: Duty | None
    submission: Submission | None
    rows: Mapping[str, ReportedValue]
    registered: Mapping[str, int]

    @property
    def version(self) -> int:
        """The version that the person sees; 0 while nothing was ever saved."""
        return self.submission.version if self.submission else 0

    @property
    def entries(self) -> dict[str, ValueEntry]:
        """The values as they stand."""
        return {each.id: values.entry_of(self.rows.get(each.id)) for each in self.clause.typed}

    @property
    def content(self) -> Content:
        """Every field as it stands, in canonical text."""
        return content_of(self.clause, self.submission, self.rows)

    @property
    def address(self) -> dict[str, object]:
        """What the addresses of this part's pages are made of."""
        return {
            "cycle_id": self.assessed.cycle_id,
            "assessed_id": self.assessed.pk,
            "part": self.clause.part.id,
        }


def find_place(asked: Asked, cycle: Cycle, assessed_id: int, part: str) -> Place:
    """The part, if the person may see what is filed for it.

    :raises NotThere: if there is none, or it is somebody else's; with an entry.
    """
    assessed = queries.part_seen(asked.by, cycle, assessed_id, part)
    return place_of(asked, assessed, part, None)


def find_own(asked: Asked, cycle: Cycle, assessed_id: int, part: str) -> Place:
    """The part, if the person's department leads it and so fills it in.

    :raises NotThere: if there is none, or it is somebody else's; with an entry.
    """
    duties = queries.duties_to_fill(asked.by, cycle).filter(assessed=assessed_id, part=part)
    duty = duties.first()
    return place_of(asked, duty.assessed if duty else None, part, duty)


def place_of(asked: Asked, assessed: AssessedUnit | None, part: str, duty: Duty | None) -> Place:
    """The part of a unit that was found."""
    year = year_of(assessed.cycle) if assessed else None
    clause = year.clauses(assessed.type).get(part) if year and assessed else None
    if assessed is None or year is None or clause is None or clause.part.filing != "units":
        refusal = NotThere(_("没有这一条，或者您不能查看它；请从左侧菜单进入"))
        note_refusal(asked, refusal)
        raise refusal
    submissions = queries.submissions(asked.by, assessed.cycle)
    return Place(
        assessed=assessed,
        year=year,
        clause=clause,
        duty=duty or queries.lead_of(assessed, part),
        submission=submissions.filter(assessed=assessed, part=part).first(),
        rows=values.rows_of(assessed, [each.id for each in clause.typed]),
        registered=registered(assessed, clause),
    )
