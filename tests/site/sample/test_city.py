"""The sample city that ``make run`` shows: everything that a newcomer is promised is in it."""

from collections import Counter

import pytest
from django.utils import timezone

from kaohe_web.audit.chain import in_order, verify
from kaohe_web.cycles.models import Cycle
from kaohe_web.files.configured import evidence_store
from kaohe_web.files.verify import verify as verify_files
from kaohe_web.filing.models import Evidence, EvidenceUse, Paper, StoredFile, Submission
from kaohe_web.followup.models import Appeal, Rectification, VetoCase
from kaohe_web.people.models import Contact, Department, Role, Unit, User
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
    assert [case.state for case in VetoCase.objects.all()] == ["notified"]
    assert [appeal.state for appeal in Appeal.objects.all()] == ["taken"]
    assert [order.state for order in Rectification.objects.all()] == ["ordered"]
    after = Cycle.objects.get(before=year, state="open")
    states = Counter(Submission.objects.filter(cycle=after).values_list("state", flat=True))
    assert set(states) == {"draft", "handed_in", "checked", "returned"}
    every_file_is_whole_and_has_its_use(year)
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
    assert Paper.objects.filter(cycle=year).count() == 12
    stored = StoredFile.objects.values_list("sha256", flat=True)
    found = verify_files(evidence_store(), stored)
    assert (found.missing, found.damaged) == ((), ())
