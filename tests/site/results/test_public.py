"""The public list: grades only, of announced and final results only, for anybody."""

import re

import pytest
from django.test import Client
from django.urls import reverse

from kaohe_web.cycles.models import Cycle
from kaohe_web.people.actor import Actor
from kaohe_web.results import runs
from kaohe_web.results.models import ScoringRun
from results.parsing import lines_in
from world import NOW

State = ScoringRun.State


def where(run: ScoringRun) -> str:
    """Where the list is."""
    return reverse("public_results", kwargs={"cycle_id": run.cycle_id})


def test_the_public_sees_units_and_grades_and_no_figure(announced: ScoringRun) -> None:
    html = Client().get(where(announced)).content.decode()
    text = re.sub(r"<[^>]+>", " ", html)
    names = re.findall(r"\S+（示例）\s+[A-D]", text)
    assert [" ".join(name.split()) for name in names] == [
        "城东区（示例） A",
        "城西区（示例） B",
        "河口县（示例） C",
        "山前县（示例） D",
        "滨海新区（示例） A",
        "生态经济区（示例） C",
    ]
    for unit in announced.units.all():
        assert str(unit.total) not in html
    for word in ("评审", "名次", "一票否决", "区域性", announced.digest[:20]):
        assert word not in html
    assert len(list(lines_in(html, "public"))) == 7


@pytest.mark.parametrize(
    ("state", "status"),
    [
        (State.PROVISIONAL, 404),
        (State.SUPERSEDED, 404),
        (State.ANNOUNCED, 200),
        (State.APPROVED, 200),
        (State.FINAL, 200),
    ],
)
def test_only_what_is_announced_is_public(announced: ScoringRun, state: str, status: int) -> None:
    ScoringRun.objects.update(state=state)
    assert Client().get(where(announced)).status_code == status


def test_a_correction_under_way_leaves_the_announced_list_in_force(
    announced: ScoringRun, city: Cycle, office: Actor
) -> None:
    runs.run(city, by=office, at=NOW, after=1, reason="申诉采纳")
    assert Client().get(where(announced)).status_code == 200


def test_a_districts_own_year_is_never_public(announced: ScoringRun) -> None:
    Cycle.objects.update(scope=Cycle.Scope.DISTRICT)
    assert Client().get(where(announced)).status_code == 404


def test_a_year_that_is_not_there_has_no_list(announced: ScoringRun) -> None:
    assert Client().get(f"/public/{announced.cycle_id + 1}/").status_code == 404
