"""Files that were given before: for another part, last year, by another unit."""

import datetime as dt

import pytest

from evidence.desk import Desk
from files.making import drawn, pdf
from kaohe_web.cycles.models import AssessedUnit, Cycle
from kaohe_web.filing.evidence_period import NO_PERIOD, Period, doubt
from kaohe_web.filing.evidence_reuse import notes
from kaohe_web.filing.models import Evidence, EvidenceUse, Submission
from world import NOW


def said(desk: Desk, row: Evidence, who: str) -> list[str]:
    """What somebody is told of a file."""
    return notes(desk.world.actor(who), desk.world.cycle, [row])[row.pk]


@pytest.fixture
def last_year(desk: Desk) -> Cycle:
    """The year before, in which 城东区's 市监局 used the same file for M12.1."""
    world = desk.world
    year = Cycle.objects.create(
        name="2015-2016 年度（示例）",
        edition=world.edition,
        state=Cycle.State.ARCHIVED,
        first_day=dt.date(2015, 9, 1),
        last_day=dt.date(2016, 8, 31),
        made_at=NOW,
    )
    unit = AssessedUnit.objects.create(cycle=year, unit=world.units[0], group="示例市")
    department = world.departments["u01", "市监局"]
    submission = Submission.objects.create(
        cycle=year, assessed=unit, part="M12.1", department=department
    )
    row = Evidence.objects.create(
        cycle=year,
        assessed=unit,
        department=department,
        file=desk.kept(pdf(2)).row(NOW),
        name="去年的.pdf",
        uploaded_by="联络员（示例）",
        uploaded_at=NOW,
    )
    EvidenceUse.objects.create(evidence=row, submission=submission)
    return year


def test_the_same_file_of_another_department_is_told_to_whoever_sees_both(desk: Desk) -> None:
    first = desk.give("M8.1").evidence
    other = desk.give("M10", who="other_liaison").evidence
    assert said(desk, other, "unit_office") == ["这份文件已用于第 8 条（市监局上传）"]
    assert said(desk, first, "office") == ["这份文件已用于第 10 条（经信局上传）"]
    assert said(desk, first, "liaison") == []


def test_last_year_s_file_is_told_with_its_clause_and_year(desk: Desk, last_year: Cycle) -> None:
    row = desk.give("M8.1").evidence
    told = [f"去年用过（第 12 条，{last_year.name}）"]
    for who in ("liaison", "unit_office", "office"):
        assert said(desk, row, who) == told
    Evidence.objects.filter(cycle=last_year).update(
        department=desk.world.departments["u01", "经信局"]
    )
    assert said(desk, row, "liaison") == []
    last_year.first_day, last_year.last_day = dt.date(2013, 9, 1), dt.date(2014, 8, 31)
    last_year.save()
    assert said(desk, row, "office") == [f"以前用过（第 12 条，{last_year.name}）"]


def test_another_unit_s_same_file_is_told_to_nobody_of_either(desk: Desk) -> None:
    row = desk.give("M8.1").evidence
    desk.give("M9", who="foreign_liaison", unit=1)
    desk.submit("M8.1")
    named = ["别的单位也交了同一份文件：城西区（示例）（第 9 条）"]
    assert {who: said(desk, row, who) for who in ("office", "leader")} == {
        "office": named,
        "leader": named,
    }
    assert said(desk, row, "assessor") == ["别的单位也交了同一份文件"]
    for who in ("liaison", "unit_office"):
        assert said(desk, row, who) == []


def test_what_was_withdrawn_or_differs_by_a_byte_is_not_the_same(desk: Desk) -> None:
    first = desk.give("M8.1").evidence
    desk.give("M10", drawn("PNG"), "图.png", who="other_liaison")
    other = desk.give("M10", who="other_liaison").evidence
    Evidence.objects.filter(pk=other.pk).update(withdrawn_at=NOW)
    assert said(desk, first, "office") == []


def test_it_is_asked_for_many_files_as_for_one(desk: Desk, django_assert_num_queries) -> None:  # type: ignore[no-untyped-def]  # noqa: ANN001 -- pytest-django's own fixture
    rows = [desk.give("M8.1", drawn("PNG", (n, 1)), f"{n}.png").evidence for n in range(1, 21)]
    by = desk.world.actor("office")
    for some in (rows[:1], rows):
        with django_assert_num_queries(4):
            notes(by, desk.world.cycle, some)


@pytest.mark.parametrize(
    ("period", "told"),
    [
        (NO_PERIOD, ""),
        (Period(dt.date(2016, 9, 1), dt.date(2017, 8, 31)), ""),
        (Period(dt.date(2017, 1, 1), None), ""),
        (
            Period(dt.date(2015, 1, 1), dt.date(2015, 12, 31)),
            "所属期间不在考核年度 2016-09-01 至 2017-08-31 之内，请核对",
        ),
        (
            Period(dt.date(2017, 9, 1), None),
            "所属期间不在考核年度 2016-09-01 至 2017-08-31 之内，请核对",
        ),
        (
            Period(dt.date(2016, 1, 1), dt.date(2016, 12, 31)),
            "所属期间有一部分超出考核年度 2016-09-01 至 2017-08-31",
        ),
    ],
)
def test_a_period_is_held_against_the_assessment_year(
    desk: Desk, period: Period, told: str
) -> None:
    assert doubt(period, desk.world.cycle) == told
