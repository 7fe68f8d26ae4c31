"""Adopting an edition of a rubric, with what is knowingly let stand in it; and handing it out."""

import datetime as dt
from collections.abc import Mapping, Sequence

from django.db import IntegrityError, transaction
from django.utils.translation import gettext as _

from kaohe.lint.finding import Finding
from kaohe.lint.run import lint
from kaohe.reading.reader import read_rubric
from kaohe.reading.writer import fingerprint, write_rubric
from kaohe.rubric.model import Rubric
from kaohe_web.audit import trail
from kaohe_web.clock import day_of
from kaohe_web.errors import Invalid, WrongState
from kaohe_web.people.acting import action
from kaohe_web.people.actor import Actor
from kaohe_web.rubrics.models import AcceptedFinding, RubricEdition

Key = tuple[str, str, str]
"""By what a finding is known: its code, its place, and what it is about there."""


@action("rubric.adopted", right="rubrics.adopt")
def adopt(
    thing: None,
    /,
    *,
    by: Actor,
    at: dt.datetime,
    text: str,
    source: str,
    note: str = "",
    reasons: Mapping[Key, str] | None = None,
) -> RubricEdition:
    """Adopt the rubric of a YAML text; it is kept in its canonical text and never changed.

    ``reasons`` say why errors that no reading settles are let stand; each of them needs one.

    :raises Mistaken: with every mistake of the text and its line.
    :raises WrongState: if the same rubric was adopted before.
    :raises Invalid: naming each error that has no reason, and what is too long to be kept.
    """
    del thing
    rubric = read_rubric(text, source)
    refuse_twice(rubric)
    reasons = {key: reason.strip() for key, reason in (reasons or {}).items()}
    left = [finding for finding in lint(rubric) if finding.stops]
    problems = [*too_long(rubric), *unexplained(left, reasons)]
    if problems:
        raise Invalid(problems)
    edition = RubricEdition(
        fingerprint=fingerprint(rubric),
        rubric=rubric.id,
        title=rubric.title,
        period=rubric.period.name,
        text=write_rubric(rubric),
        source=source[:200],
        adopted_at=at,
        adopted_by=by.name,
        note=note,
    )
    try:
        with transaction.atomic():
            edition.save(force_insert=True)
    except IntegrityError:
        refuse_twice(rubric)
        raise
    AcceptedFinding.objects.bulk_create(
        AcceptedFinding(
            edition=edition,
            code=finding.code,
            place=finding.place[:100],
            message=finding.message,
            reason=reasons[finding.key],
        )
        for finding in left
    )
    details = {
        "fingerprint": edition.fingerprint,
        "source": edition.source,
        "accepted": [f"{f.code} {f.place}：{reasons[f.key]}" for f in left],
    }
    trail.record("rubric.adopted", edition, by=by, at=at, reason=note, details=details)
    return edition


def refuse_twice(rubric: Rubric) -> None:
    """:raises WrongState: if an edition of the same content was adopted."""
    twice = RubricEdition.objects.filter(fingerprint=fingerprint(rubric)).first()
    if twice is not None:
        raise WrongState(
            _(
                "这份细则与 %(day)s 采用的“%(edition)s”内容完全相同，不必再采用一次；"
                "请直接使用已有的版次"
            )
            % {"day": day_of(twice.adopted_at), "edition": twice}
        )


def too_long(rubric: Rubric) -> list[str]:
    """What of a rubric's names is longer than the lists of the site can hold."""
    longest = {
        _("细则编号"): (rubric.id, 100),
        _("名称"): (rubric.title, 200),
        _("年度"): (rubric.period.name, 50),
    }
    return [
        _("%(what)s有 %(length)s 个字，最多 %(most)s 个；请写短一些")
        % {"what": what, "length": len(text), "most": most}
        for what, (text, most) in longest.items()
        if len(text) > most
    ]


def unexplained(left: Sequence[Finding], reasons: Mapping[Key, str]) -> list[str]:
    """The errors that nobody gave a reason for."""
    return [
        _("%(place)s（%(code)s）：%(message)s；请改正，或写明保留的理由")
        % {"place": finding.place, "code": finding.code, "message": finding.message}
        for finding in left
        if not reasons.get(finding.key)
    ]


@action("rubric.downloaded", right="rubrics.see")
def download(edition: RubricEdition, /, *, by: Actor, at: dt.datetime) -> str:
    """The canonical YAML of an edition, handed out."""
    trail.record(
        "rubric.downloaded",
        edition,
        by=by,
        at=at,
        details={"fingerprint": edition.fingerprint},
    )
    return edition.text
