"""The sample city that ``make run`` shows: everything that a newcomer is promised is in it."""

from collections import Counter

import pytest
from django.utils import timezone

from kaohe_web.audit.chain import in_order, verify
from kaohe_web.clock import day_of
from kaohe_web.cycles.models import Cycle
from kaohe_web.desk.gathering import todos
from kaohe_web.files.configured import evidence_store
from kaohe_web.files.verify import verify as verify_files
from kaohe_web.filing.evidence_period import doubt, period_of
from kaohe_web.filing.models import Evidence, EvidenceUse, Paper, StoredFile, Submission
from kaohe_web.followup.models import Appeal, Rectification, StepPaper, VetoCase
from kaohe_web.people.actor import Actor, Origin
from kaohe_web.people.models import Contact, Department, Post, Role, Unit, User
from kaohe_web.results.models import ScoringRun
from kaohe_web.review.models import Conference, Judgement, Visit
from kaohe_web.sample.build import build


@pytest.mark.django_db
def test_the_sample_city_is_half_way_through_a_year_in_which_everything_happened() -> None:
    city = build(timezone.now())
    year, units = city.cycle, Unit.objects.all()
    assert (units.count(), Department.objects.count()) == (6, 66)
    assert {role for role in Role if User.objects.filter(posts__role=role).exists()} == set(Role)
    judged = Counter(Judgement.objects.filter(cycle=year).values_list("part", flat=True))
    assert (judged.pop("G2.2"), judged.pop("M30.1")) == (1, 1)  # where their rules are silent
    assert set(judged.values()) == {6}
    assert [meeting.held_at is None for meeting in Conference.objects.all()] == [False]
    assert Visit.objects.filter(cycle=year).count() == 2
    assert [run.state for run in ScoringRun.objects.all()] == ["announced"]
    assert [case.state for case in VetoCase.objects.all()] == ["answered"]
    assert [appeal.state for appeal in Appeal.objects.all()] == ["taken"]
    assert {order.state for order in Rectification.objects.all()} == {"reported", "ordered"}
    assert StepPaper.objects.filter(step__rectification__state="reported").count() == 1
    after = Cycle.objects.get(before=year, state="open")
    states = Counter(Submission.objects.filter(cycle=after).values_list("state", flat=True))
    assert set(states) == {"draft", "handed_in", "checked", "returned"}
    every_file_is_whole_and_has_its_use(year)
    only_one_file_was_used_last_year_and_is_of_its_time(after)
    whoever_walks_in_finds_something_to_do()
    assert verify(in_order()).broken is None
    for made_up in (User, Unit, Contact, Evidence):
        names = made_up.objects.values_list("name", flat=True)
        assert [name for name in names if "示例" not in name] == []


def every_file_is_whole_and_has_its_use(year: Cycle) -> None:
    """Each unit gave evidence; one file has two clauses and a page, one a second version."""
    files = Evidence.objects.filter(cycle=year)
    assert set(files.values_list("assessed__unit__code", flat=True)) == {
        f"u{number:02}" for number in range(1, 7)
    }
    assert set(files.values_list("file__type", flat=True)) == {"docx", "pdf", "png", "xlsx"}
    assert EvidenceUse.objects.filter(submission__cycle=year, page=2).count() == 6
    assert files.exclude(replaces=None).count() == 1
    assert files.values("file").distinct().count() == files.count()  # none is another's by chance
    assert Paper.objects.filter(cycle=year).count() == 12
    stored = StoredFile.objects.values_list("sha256", flat=True)
    found = verify_files(evidence_store(), stored)
    assert (found.missing, found.damaged) == ((), ())


def only_one_file_was_used_last_year_and_is_of_its_time(after: Cycle) -> None:
    """In each unit that files by now one file shows both notices; no other shows any."""
    files = Evidence.objects.filter(cycle=after)
    again = files.filter(file__in=Evidence.objects.exclude(cycle=after).values("file"))
    assert {row.assessed.unit.code for row in again} == {"u01", "u02"}
    for row in files:
        assert bool(doubt(period_of(row), after)) == (row in again)
        assert row.period_last is not None
        assert row.period_last <= max(after.first_day, day_of(row.uploaded_at))


def whoever_walks_in_finds_something_to_do() -> None:
    """Behind the link of every role; an audit officer only looks, at what is on the first page."""
    first = [Post.objects.filter(role=role).order_by("pk")[0] for role in Role]
    people = [Actor(post.user, post, Origin("127.0.0.1", "test")) for post in first]
    idle = [each.role for each in people if not todos(each, timezone.now())]
    assert idle == [Role.AUDIT_OFFICER]
