"""Settling readings (口径) for a year: which choice, why, signed by whom, on which document."""

import datetime as dt
from dataclasses import dataclass

from django.utils.translation import gettext as _

from kaohe.rubric.interpretation import choose, interpret
from kaohe.rubric.model import Rubric
from kaohe.rubric.readings import Choice, Reading
from kaohe.rules.base import RuleFault
from kaohe_web.audit import trail
from kaohe_web.cycles.models import Cycle, SettledReading
from kaohe_web.cycles.queries import rubric_of
from kaohe_web.cycles.setting_up import year_to_change
from kaohe_web.errors import Conflict, Difference, Invalid
from kaohe_web.people.acting import action
from kaohe_web.people.actor import Actor
from kaohe_web.rubrics.queries import rubric_of as rubric_of_edition


@dataclass(frozen=True, slots=True)
class Standing:
    """A reading as it stands in a year.

    ``settled`` is this year's own decision; without one the edition's default is in force, and
    without that it is undecided. ``before`` is what was settled in the year before.
    """

    reading: Reading
    settled: SettledReading | None
    before: SettledReading | None = None

    @property
    def choice(self) -> Choice | None:
        """The choice in force."""
        return self.reading.choice(self.settled.choice if self.settled else self.reading.chosen)

    @property
    def default(self) -> Choice | None:
        """The choice that the edition itself has made."""
        return self.reading.choice(self.reading.chosen)

    @property
    def state(self) -> str:
        """``settled``, ``default`` or ``undecided``."""
        if self.settled is not None:
            return "settled"
        return "default" if self.reading.chosen else "undecided"


def register(cycle: Cycle) -> list[Standing]:
    """Every reading of the year's rubric: what nobody has decided first, then in its order."""
    settled = {row.reading: row for row in cycle.readings.all()}
    before = (
        {row.reading: row for row in cycle.before.readings.all()}
        if cycle.before is not None
        else {}
    )
    standings = [
        Standing(reading, settled.get(reading.id), before.get(reading.id))
        for reading in rubric_of_edition(cycle.edition).readings
    ]
    order = {"undecided": 0, "default": 1, "settled": 1}
    return sorted(standings, key=lambda standing: order[standing.state])


@action("reading.settled", right="cycles.set_up")
def settle(
    cycle: Cycle,
    /,
    *,
    by: Actor,
    at: dt.datetime,
    reading: str,
    choice: str,
    why: str,
    signer: str,
    document: str = "",
    was: str = "",
) -> SettledReading:
    """Settle how an unclear place is read this year; ``was`` is the choice that the person saw.

    A run that was made before stays as it is: results must be run again.

    :raises WrongState: if the year is archived.
    :raises Invalid: for an unknown choice, a missing reason or signer, or rules that contradict.
    :raises Conflict: if somebody settled it otherwise meanwhile.
    """
    year = year_to_change(by, cycle, why)
    rubric = rubric_of(year)
    known = next((each for each in rubric.readings if each.id == reading), None)
    problems = []
    if known is None or known.choice(choice) is None:
        problems.append(_("没有这条口径，或没有所选的读法；请刷新页面后重试"))
    if not why.strip():
        problems.append(_("请写明选这一种读法的理由"))
    if not signer.strip():
        problems.append(_("请写明由谁签署"))
    if problems or known is None:
        raise Invalid(problems)
    row = year.readings.filter(reading=reading).first()
    now = row.choice if row is not None else ""
    if now not in (was, choice):
        label = f"{reading} {known.unclear}"
        differences = [Difference(label, meaning(known, now), meaning(known, choice))]
        raise Conflict(_("别人刚刚定过这条口径，您的修改没有写入；请核对后再定"), differences)
    require_sound(rubric, {reading: choice})
    row = row or SettledReading(cycle=year, reading=reading)
    details = {"reading": reading, "choice": [now or known.chosen, choice], "signer": signer}
    row.choice, row.why, row.signer, row.document, row.at = choice, why, signer, document, at
    row.save()
    trail.record("reading.settled", row, by=by, at=at, reason=why, details=details)
    return row


def meaning(reading: Reading, choice: str) -> str:
    """What a choice means; — where none was made."""
    found = reading.choice(choice)
    return found.means if found is not None else "—"


def require_sound(rubric: Rubric, choices: dict[str, str]) -> None:
    """:raises Invalid: if the rules contradict each other once these readings are chosen."""
    try:
        interpret(choose(rubric, choices))
    except RuleFault as fault:
        problem = _("所选口径合在一起互相矛盾：%(fault)s") % {"fault": fault}
        raise Invalid([problem]) from fault


@action("readings.confirmed", right="cycles.set_up")
def confirm_defaults(
    cycle: Cycle, /, *, by: Actor, at: dt.datetime, why: str, signer: str, document: str = ""
) -> list[str]:
    """Settle every reading that still rests on the edition's default, as that default has it.

    What is undecided stays so: it needs a decision of its own. Returns the readings settled.

    :raises Invalid: without a reason or a signer, or where no default is left to confirm.
    """
    year = year_to_change(by, cycle, why)
    problems = []
    if not why.strip():
        problems.append(_("请写明确认默认读法的理由"))
    if not signer.strip():
        problems.append(_("请写明由谁签署"))
    left = [standing.reading for standing in register(year) if standing.state == "default"]
    if not left:
        problems.append(_("没有还在沿用默认的口径"))
    if problems:
        raise Invalid(problems)
    SettledReading.objects.bulk_create(
        SettledReading(
            cycle=year,
            reading=reading.id,
            choice=reading.chosen,
            why=why,
            signer=signer,
            document=document,
            at=at,
        )
        for reading in left
    )
    details = {"signer": signer, "choices": {reading.id: reading.chosen for reading in left}}
    trail.record("readings.confirmed", year, by=by, at=at, reason=why, details=details)
    return [reading.id for reading in left]
