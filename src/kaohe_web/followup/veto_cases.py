"""A veto as a case (一票否决): opened, determined, notified, answered, decided, lifted.

The office handles it, the leader decides it: two persons. Only a decided case acts on the grade,
and the points stay as they are.
"""

import datetime as dt
import json
from collections.abc import Iterable, Mapping

from django.utils.translation import gettext as _

from kaohe.rubric.grading import Veto
from kaohe_web.clock import day_of
from kaohe_web.cycles.calendar import require_running
from kaohe_web.cycles.models import AssessedUnit, Cycle
from kaohe_web.cycles.queries import rubric_of, visible_units
from kaohe_web.errors import Invalid, WrongState
from kaohe_web.filing.stored_files import Kept
from kaohe_web.followup import queries
from kaohe_web.followup.models import Step, VetoCase
from kaohe_web.followup.steps import Way, moved, note, save, tell
from kaohe_web.jobs.models import Notice
from kaohe_web.jobs.notify import posts_of
from kaohe_web.people.acting import action, locked
from kaohe_web.people.actor import Actor
from kaohe_web.people.models import Role
from kaohe_web.results import vetoes

State, What, NEWS = VetoCase.State, Step.What, Notice.Kind.NEWS
UNDECIDED = (State.OPENED, State.DETERMINED, State.NOTIFIED, State.ANSWERED)
WAYS: dict[str, Way] = {
    "determine": ((State.OPENED,), State.DETERMINED),
    "notify": ((State.DETERMINED,), State.NOTIFIED),
    "answer": ((State.NOTIFIED,), State.ANSWERED),
    "decide": ((State.NOTIFIED, State.ANSWERED), State.DECIDED),
    "dismiss": (UNDECIDED, State.DISMISSED),
    "lift": ((State.DECIDED,), State.LIFTED),
}


@action("veto.opened", right="veto.handle")
def open_case(
    assessed: AssessedUnit,
    /,
    *,
    by: Actor,
    at: dt.datetime,
    veto: str,
    event: str,
    on_day: dt.date,
    papers: Iterable[Kept] = (),
) -> VetoCase:
    """Open a case (立案) over an event in the assessment year.

    The same event sent twice is one case: the second gets the first one's answer.
    """
    unit = locked(visible_units(by, assessed.cycle), assessed.pk)
    require_running(unit.cycle)
    veto_of(unit.cycle, veto)
    known = unit.veto_cases.filter(veto=veto, event=event, on_day=on_day, state=State.OPENED)
    if (same := known.first()) is not None:
        return same
    check_day(unit.cycle, on_day, today=day_of(at))
    case = VetoCase.objects.create(
        cycle=unit.cycle, assessed=unit, veto=veto, event=event, on_day=on_day
    )
    details = {"veto": veto, "on_day": on_day.isoformat()}
    note(case, What.CASE_OPENED, by=by, at=at, text=event, papers=papers, details=details)
    return case


@action("veto.determined", right="veto.handle")
def determine(
    case: VetoCase,
    /,
    *,
    by: Actor,
    at: dt.datetime,
    version: int,
    authority: str,
    document: str,
    answers: Mapping[str, bool],
    text: str,
    papers: Iterable[Kept] = (),
) -> VetoCase:
    """Note who determined the event in which document (认定), and the answer to each legal test."""
    row = moved(queries.veto_cases(by), case, WAYS["determine"], version=version)
    asked = veto_of(row.cycle, row.veto).test
    if missing := [question for question in asked if question not in answers]:
        raise Invalid([_("请回答认定要件：%(question)s") % {"question": q} for q in missing])
    row.authority, row.document = authority, document
    row.answers = json.dumps({q: answers[q] for q in asked}, ensure_ascii=False)
    save(row, "authority", "document", "answers")
    note(
        row,
        What.CASE_DETERMINED,
        by=by,
        at=at,
        text=text,
        document=document,
        papers=papers,
        details={"authority": authority, "answers": answers_of(row)},
    )
    return row


@action("veto.notified", right="veto.handle")
def notify_unit(
    case: VetoCase,
    /,
    *,
    by: Actor,
    at: dt.datetime,
    version: int,
    document: str,
    until: dt.date,
    text: str,
    papers: Iterable[Kept] = (),
) -> VetoCase:
    """Tell the unit (告知), and until when it may state its defence (陈述申辩)."""
    row = moved(queries.veto_cases(by), case, WAYS["notify"], version=version)
    if until < day_of(at):
        raise Invalid([_("陈述申辩的截止日不能早于今天")])
    row.answer_until = until
    save(row, "answer_until")
    note(
        row,
        What.CASE_NOTIFIED,
        by=by,
        at=at,
        text=text,
        document=document,
        papers=papers,
        details={"until": until.isoformat()},
    )
    unit = posts_of(Role.UNIT_OFFICE, at, unit_id=row.assessed.unit_id)
    tell(row, unit, _("一票否决事项告知，请在期限内陈述申辩"), at=at, text=text)
    return row


@action("veto.answered", right="veto.answer")
def answer(
    case: VetoCase,
    /,
    *,
    by: Actor,
    at: dt.datetime,
    version: int,
    text: str,
    papers: Iterable[Kept] = (),
) -> VetoCase:
    """The unit's statement of defence, within its time."""
    row = moved(queries.veto_cases(by), case, WAYS["answer"], version=version)
    if why := why_unanswerable(row, at):
        raise WrongState(why)
    save(row)
    note(row, What.CASE_ANSWERED, by=by, at=at, text=text, papers=papers)
    title = _("%(unit)s已陈述申辩") % {"unit": row.assessed}
    tell(row, posts_of(Role.OFFICE, at), title, at=at, text=text, kind=NEWS)
    tell(row, posts_of(Role.LEADER, at), title, at=at, text=text)
    return row


@action("veto.decided", right="veto.decide")
def decide(
    case: VetoCase,
    /,
    *,
    by: Actor,
    at: dt.datetime,
    version: int,
    document: str,
    text: str,
    papers: Iterable[Kept] = (),
) -> VetoCase:
    """Decide that the veto acts (决定否决): not before the unit was heard, and only by a test met.

    From now on it fixes the grade in every scoring run; the points stay.
    """
    row = moved(queries.veto_cases(by), case, WAYS["decide"], version=version)
    if why := why_undecidable(row, at):
        raise WrongState(why)
    vetoes.take_effect(
        row.assessed, row.veto, case_id=row.pk, authority=row.authority, document=row.document
    )
    save(row)
    note(row, What.CASE_DECIDED, by=by, at=at, text=text, document=document, papers=papers)
    tell_both(row, _("一票否决事项已作出决定"), text, at)
    return row


@action("veto.dismissed", right="veto.decide")
def dismiss(
    case: VetoCase,
    /,
    *,
    by: Actor,
    at: dt.datetime,
    version: int,
    text: str,
    papers: Iterable[Kept] = (),
) -> VetoCase:
    """Decide that there is no veto (不予否决); a unit that was never told of it is not told now."""
    row = moved(queries.veto_cases(by), case, WAYS["dismiss"], version=version)
    save(row)
    note(row, What.CASE_DISMISSED, by=by, at=at, text=text, papers=papers)
    tell_both(row, _("一票否决事项不予否决"), text, at)
    return row


@action("veto.lifted", right="veto.decide")
def lift(
    case: VetoCase,
    /,
    *,
    by: Actor,
    at: dt.datetime,
    version: int,
    document: str,
    text: str,
    papers: Iterable[Kept] = (),
) -> VetoCase:
    """Lift a decided veto (解除): the next scoring run is without it."""
    row = moved(queries.veto_cases(by), case, WAYS["lift"], version=version)
    vetoes.lift(row.pk)
    save(row)
    note(row, What.CASE_LIFTED, by=by, at=at, text=text, document=document, papers=papers)
    tell_both(row, _("一票否决已解除"), text, at)
    return row


def veto_of(cycle: Cycle, veto_id: str) -> Veto:
    """The rubric's veto of that id.

    :raises Invalid: if the rubric of the year has none.
    """
    found = next((veto for veto in rubric_of(cycle).vetoes if veto.id == veto_id), None)
    if found is None:
        raise Invalid([_("评分细则里没有这个否决项，请重新选择")])
    return found


def check_day(cycle: Cycle, on_day: dt.date, *, today: dt.date) -> None:
    """:raises Invalid: unless a day has come, and is one of the assessment year."""
    if on_day > today:
        raise Invalid([_("事件发生日期 %(day)s 还没有到，请核对") % {"day": on_day}])
    if not cycle.first_day <= on_day <= cycle.last_day:
        raise Invalid(
            [
                _("事件发生在 %(day)s，不在考核年度 %(first)s 至 %(last)s 之内；请在其所属年度立案")
                % {"day": on_day, "first": cycle.first_day, "last": cycle.last_day}
            ]
        )


def answers_of(case: VetoCase) -> dict[str, bool]:
    """Each question of the legal test with its answer; none before the event is determined."""
    answers: dict[str, bool] = json.loads(case.answers or "{}")
    return answers


def why_unanswerable(case: VetoCase, at: dt.datetime) -> str:
    """Why the unit cannot state its defence now; empty if it can."""
    if case.answer_until is None or day_of(at) <= case.answer_until:
        return ""
    return _("陈述申辩已于 %(day)s 24 时截止；请与考核办联系") % {"day": case.answer_until}


def why_undecidable(case: VetoCase, at: dt.datetime) -> str:
    """Why the veto cannot be decided on now; empty if it can.

    Not before the unit has stated its defence or its time for it is over, and only by a legal
    test that is met.
    """
    heard = case.steps.filter(what=What.CASE_ANSWERED).exists()
    if not heard and case.answer_until is not None and day_of(at) <= case.answer_until:
        said = _("陈述申辩期到 %(day)s 24 时才满，单位还没有陈述；现在不能决定")
        return said % {"day": case.answer_until}
    unmet = [question for question, met in answers_of(case).items() if not met]
    if unmet:
        said = _("认定要件不成立：%(test)s；不能决定否决，请办理“不予否决”")
        return said % {"test": "；".join(unmet)}
    return ""


def tell_both(case: VetoCase, title: str, text: str, at: dt.datetime) -> None:
    """Tell the office, and the unit if it knows of the case."""
    tell(case, posts_of(Role.OFFICE, at), title, at=at, text=text, kind=NEWS)
    if case.answer_until is not None:
        unit = posts_of(Role.UNIT_OFFICE, at, unit_id=case.assessed.unit_id)
        tell(case, unit, title, at=at, text=text, kind=NEWS)
