"""A district alone: expected range, points lost per department, what is open and until when."""

import datetime as dt
import json
import re
from decimal import Decimal
from pathlib import Path

import pytest
from click.testing import CliRunner
from django.urls import reverse

from kaohe.cli.main import kaohe
from kaohe_web.cycles.models import (
    AssessedUnit,
    Cycle,
    Duty,
    InternalDeadline,
    ReferenceValue,
    Stage,
    StageKind,
)
from kaohe_web.filing.clauses import year_of
from kaohe_web.filing.models import ReportedValue, Submission
from kaohe_web.filing.preview import preview
from kaohe_web.filing.values import ValueEntry
from kaohe_web.people.models import Department, Role, Unit
from kaohe_web.results.district import district
from kaohe_web.results.moves import Span
from kaohe_web.results.observed import Basis, score_now
from results.conftest import People
from world import NOW, adopt


@pytest.fixture
def alone(db: None) -> Cycle:
    """A district's own year: two departments, some of it filed; G3 against a reference mean."""
    del db
    cycle = Cycle.objects.create(
        name="本区自用（示例）",
        scope=Cycle.Scope.DISTRICT,
        edition=adopt(),
        state=Cycle.State.OPEN,
        first_day=dt.date(2016, 9, 1),
        last_day=dt.date(2017, 8, 31),
        made_at=NOW,
    )
    unit = Unit.objects.create(code="u01", name="本区（示例）")
    assessed = AssessedUnit.objects.create(cycle=cycle, unit=unit, group="示例市")
    first = Department.objects.create(unit=unit, name="市监局（示例）", position=1)
    second = Department.objects.create(unit=unit, name="住建局（示例）", position=2)
    for part, department in (("G3", first), ("M9", first), ("M10", second), ("M30.1", second)):
        Duty.objects.create(cycle=cycle, assessed=assessed, part=part, department=department)
    Stage.objects.create(
        cycle=cycle,
        kind=StageKind.FILING,
        first_day=dt.date(2017, 10, 1),
        last_day=dt.date(2017, 11, 30),
    )
    InternalDeadline.objects.create(
        cycle=cycle, assessed=assessed, department=second, last_day=dt.date(2017, 11, 10)
    )
    ReferenceValue.objects.create(
        cycle=cycle, group="示例市", indicator="quality_award_count", value="4"
    )
    ReportedValue.objects.create(
        cycle=cycle, assessed=assessed, indicator="quality_award_count", value="2"
    )
    Submission.objects.create(
        cycle=cycle,
        assessed=assessed,
        part="M9",
        department=first,
        state="handed_in",
        self_score=Decimal("0.6"),
        lost_reason="缺一份台账",
    )
    return cycle


def test_points_lost_and_open_are_told_by_department(alone: Cycle) -> None:
    scored, _observed = score_now(alone, Basis.OWN)
    found = district(alone, alone.units.get(), scored, "zh")
    lines = {line.name: line for line in found.departments}
    first, second = lines["市监局（示例）"], lines["住建局（示例）"]
    assert (first.points, first.score, first.lost, first.left_open) == (
        "5",
        Span("2.6", "2.6", "2.6"),
        "2.4",
        0,
    )
    assert (second.points, second.score, second.lost, second.left_open) == (
        "5",
        Span(None, "0", "5"),
        "0",
        2,
    )
    assert (found.total.points, found.total.lost) == ("100", "2.4")
    compared = "质量激励项目数 2 个，全市平均值 4（其 0.5 倍为 2），不低于全市平均值的 0.5 倍"
    assert [(line.part, line.lost, line.why) for line in found.losses] == [
        ("G3", "2", f"{compared}，得 2 分（数据：区市监局）。"),
        ("M9", "0.4", "部门自评：缺一份台账"),
    ]


def test_what_is_open_is_told_with_whom_and_until_when(alone: Cycle) -> None:
    scored, _observed = score_now(alone, Basis.OWN)
    found = district(alone, alone.units.get(), scored, "zh")
    assert [(line.part, line.who, line.state, line.due) for line in found.left_open[:2]] == [
        ("M10", "住建局（示例）", "未填报", dt.date(2017, 11, 10)),
        ("M30.1", "住建局（示例）", "未填报", dt.date(2017, 11, 10)),
    ]
    others = {line.part: (line.who, line.state, line.due) for line in found.left_open[2:]}
    assert others["G1"] == ("市质监局", "由数据提供单位填报", None)
    assert others["M8.1"] == ("尚未分工", "未填报", None)


def test_without_the_reference_value_its_own_value_is_no_mean(alone: Cycle) -> None:
    ReferenceValue.objects.all().delete()
    for basis in Basis:
        scored, seen = score_now(alone, basis)
        part = scored.units[0].part("G3")
        assert part is not None
        assert (part.score, part.outcome.low, part.outcome.high) == (None, Decimal(0), Decimal(4))
        unknown = {"mean": "unknown"}
        assert seen.data["references"] == {
            "示例市": {"quality_award_count": unknown, "quality_infrastructure_index": unknown}
        }
    scored, _observed = score_now(alone, Basis.OWN)
    found = district(alone, alone.units.get(), scored, "zh")
    assert [line.why for line in found.left_open if line.part == "G3"] == [
        (
            "质量激励项目数的平均值未知（数据不含全部单位，请给出参考值），"
            "得分未定（0–4 分）（数据：区市监局）。"
        )
    ]


def test_what_is_typed_is_not_scored_against_itself_either(alone: Cycle) -> None:
    for given, score in ((True, Decimal(4)), (False, None)):
        if not given:
            ReferenceValue.objects.all().delete()
        year, assessed = year_of(alone), alone.units.get()
        clause = year.clauses("").get("G3")
        assert clause is not None
        typed = {"quality_award_count": ValueEntry(Decimal(6))}
        found = preview(year, assessed, clause, typed)
        assert (found.score, "请给出参考值" in found.because) == (score, not given)


@pytest.mark.parametrize("given", [True, False])
def test_the_command_scores_the_years_data_as_the_site_does(
    alone: Cycle, tmp_path: Path, *, given: bool
) -> None:
    if not given:
        ReferenceValue.objects.all().delete()
    scored, seen = score_now(alone, Basis.OWN)
    path = tmp_path / "inputs.json"
    path.write_text(seen.text, "utf-8")
    told = CliRunner().invoke(kaohe, ["score", "shuangtaizi-2017", str(path), "--json"])
    assert (told.exit_code, json.loads(told.stdout)["units"]) == (0, scored.plain()["units"])


def test_a_citys_group_of_one_is_its_own_mean(alone: Cycle) -> None:
    alone.scope = Cycle.Scope.CITY
    alone.save()
    ReferenceValue.objects.all().delete()
    scored, seen = score_now(alone, Basis.OWN)
    part = scored.units[0].part("G3")
    assert part is not None
    assert (part.score, seen.data["references"]) == (Decimal(3), {})


def test_page_and_table_say_where_each_mean_comes_from(alone: Cycle, people: People) -> None:
    client = people.client(Role.OFFICE)
    html = client.get(reverse("district", kwargs={"cycle_id": alone.pk})).content.decode()
    assert ("数据不含全部单位" in html, "按全部成员计算" in html) == (True, False)

    means = {"cycle_id": alone.pk, "table": "means", "form": "csv"}
    text = client.get(reverse("standing_export", kwargs=means)).content.decode("utf-8-sig")
    rows = [line.split(",") for line in text.split("\r\n") if line][1:]
    assert {row[1]: (row[5], row[7]) for row in rows} == {
        "质量激励项目数": ("4 个", "参考值"),
        "质量技术基础综合指数": ("", "数据不含全部单位"),
    }


def test_the_page_shows_both_ranges_and_the_reference(alone: Cycle, people: People) -> None:
    where = reverse("district", kwargs={"cycle_id": alone.pk})
    for client in (people.client(Role.OFFICE), people.client(Role.UNIT_OFFICE, "u01")):
        html = client.get(where).content.decode()
        figures = re.findall(r'<dd data-figure="(\w+)">([^<]*)</dd>', html)
        assert figures == [("expected", "2.6–97.6"), ("certain", "0–100")]
        assert "参考值" in html


def test_a_citys_year_has_no_such_page(alone: Cycle, people: People) -> None:
    Cycle.objects.update(scope=Cycle.Scope.CITY)
    where = reverse("district", kwargs={"cycle_id": alone.pk})
    assert people.client(Role.UNIT_OFFICE, "u01").get(where).status_code == 404
    assert people.client(Role.OFFICE).get(where).status_code == 404


def test_another_unit_or_a_liaison_does_not_see_it(alone: Cycle, people: People) -> None:
    Unit.objects.create(code="u02", name="邻区（示例）")
    where = reverse("district", kwargs={"cycle_id": alone.pk})
    assert people.client(Role.UNIT_OFFICE, "u02").get(where).status_code == 404
    assert people.client(Role.LIAISON, "u01").get(where).status_code == 403


def test_a_district_without_its_unit_says_what_to_do(alone: Cycle, people: People) -> None:
    alone.duties.all().delete()
    alone.units.all().delete()
    html = people.client(Role.OFFICE).get(reverse("district", kwargs={"cycle_id": alone.pk}))
    assert "请先在年度设置里加入本区县" in html.content.decode()
