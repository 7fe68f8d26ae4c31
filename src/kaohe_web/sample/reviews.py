"""How the sample city was judged: marks, one disagreement in conference, a draw, a visit."""

import datetime as dt
from decimal import Decimal

from kaohe.quantity import write_number
from kaohe_web.cycles.queries import rubric_of
from kaohe_web.filing.models import Submission
from kaohe_web.people.models import Post, Role
from kaohe_web.review import assignments, conferences, draws, marks, visits
from kaohe_web.review.models import Assignment, Conference, Visit
from kaohe_web.sample import figures
from kaohe_web.sample.city import City
from kaohe_web.sample.clock import Diary

DISAGREED = ("u02", "M23")
"""The part on which two assessors were too far apart."""

STEADY = "材料齐全，与要求一致"
VISITED = 2


def review_everything(city: City, diary: Diary) -> None:
    """Spread the parts over the assessors, mark them all, and visit two units."""
    posts = list(Post.objects.filter(role=Role.ASSESSOR).select_related("user").order_by("pk"))
    assignments.spread_over(
        city.cycle, by=city.office, at=diary.ago(45), assessors=posts, seed="示例-分派-1"
    )
    visit(city, diary)
    mark_everything(city, diary)


def mark_everything(city: City, diary: Diary) -> None:
    """Every assessor gives their marks; the disagreement goes to a conference."""
    points = {part.id: part.points for part in rubric_of(city.cycle).all_parts()}
    versions = {
        (row.assessed_id, row.part): row.version
        for row in Submission.objects.filter(cycle=city.cycle)
    }
    rows = Assignment.objects.filter(cycle=city.cycle).select_related(
        "assessed__unit", "assessor__user", "cycle__edition"
    )
    for number, row in enumerate(rows.order_by("assessor", "order")):
        code = row.assessed.unit.code
        score, reason = given(code, row.part, points[row.part])
        if (code, row.part) == DISAGREED and row.turn == 2:  # noqa: PLR2004 -- the second mark
            score, reason = Decimal("0.5"), "会商记录只有两个乡镇（街道）的，未见制度文件"
        marks.give(
            row,
            by=city.people.actor(row.assessor.user.login),
            at=diary.ago(40 - number // 20, minute=number % 20 * 6),
            version=row.version,
            filed_version=versions[row.assessed_id, row.part],
            score=score,
            reason=reason,
        )
    confer(city, diary.ago(14))


def given(code: str, part: str, points: Decimal) -> tuple[Decimal, str]:
    """The points and the reason that the library's sample has for a part of a unit."""
    found = figures.points(code, part)
    if found is None:
        return points, STEADY
    return Decimal(found["score"]), found["reason"]


def confer(city: City, at: dt.datetime) -> None:
    """The conference over the disagreement."""
    code, part = DISAGREED
    assessed = city.cycle.units.select_related("unit", "cycle__edition").get(unit__code=code)
    conferences.call(assessed, by=city.office, at=at, part=part)
    conference = Conference.objects.get(assessed=assessed, part=part)
    score, _ = given(code, part, Decimal(3))
    conferences.hold(
        conference,
        by=city.office,
        at=at + dt.timedelta(hours=2),
        version=conference.version,
        attendees="两位评审员、考核办经办人（示例）",
        minutes="逐份核对会商制度和记录，制度文件已补充，记录覆盖部分乡镇（街道）。",
        score=score,
        reason=f"核对记录后一致同意给 {write_number(score)} 分",
    )


def visit(city: City, diary: Diary) -> None:
    """Draw two units from a published seed, and record what was found at one of them."""
    units = [assessed.pk for assessed in city.cycle.units.all()]
    made = draws.draw(
        city.cycle,
        by=city.office,
        at=diary.ago(29),
        candidates=units,
        seed="示例彩票第 2026300 期",
        many=VISITED,
    )
    visits.plan_drawn(made, by=city.office, at=diary.ago(29, minute=10))
    first = Visit.objects.filter(cycle=city.cycle).order_by("pk")[0]
    visits.arrange(
        first,
        by=city.office,
        at=diary.ago(28),
        version=first.version,
        on_day=diary.ago(24).date(),
        team="考核办一人、评审员两人（示例）",
    )
    first.refresh_from_db()
    visits.add_finding(
        first,
        by=city.office,
        at=diary.ago(24),
        part="M10",
        text="现场查阅质量兴企活动台账，记录完整；两家企业的首席质量官任命文件未存档。",
    )
