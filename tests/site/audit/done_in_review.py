"""Every action of judging, done once; each name is given right after it."""

from collections.abc import Iterator
from decimal import Decimal

from kaohe_web.review import assignments, conferences, draws, recusals, visits
from kaohe_web.review.disagreements import call_third
from kaohe_web.review.models import Assignment
from review.judging import change, file, give_to, mark, pair
from world import NOW, World, make_world

WHY = "示例理由"


def review() -> Iterator[str]:
    """Everything that is done in the room."""
    world = make_world()
    yield from assigned(world)
    yield from marked(world)
    yield from apart(world)
    yield from visited(world)
    yield from barred(world)


def assigned(world: World) -> Iterator[str]:
    """Parts given to assessors, passed on, taken back."""
    by, year, post = world.actor("office"), world.cycle, world.posts
    place = (world.assessed[0].pk, "M9")
    assignments.assign(year, by=by, at=NOW, assessor=post["assessor"], places=[place])
    yield "assignments.added"
    row = Assignment.objects.get(assessed=world.assessed[0], part="M9")
    passed = assignments.pass_on(
        row, by=by, at=NOW, version=1, assessor=post["second_assessor"], reason=WHY
    )
    yield "assignment.passed_on"
    assignments.remove(passed, by=by, at=NOW, version=passed.version, reason=WHY)
    yield "assignment.removed"
    assessors = [post["assessor"], post["second_assessor"]]
    assignments.spread_over(year, by=by, at=NOW, assessors=assessors, seed="示例")
    yield "assignments.spread"


def marked(world: World) -> Iterator[str]:
    """A mark given and changed."""
    file(world, "M14")
    row = give_to(world, "assessor", "M14")
    mark(world, row, "1")
    yield "mark.given"
    change(world, row, "1.5")
    yield "mark.changed"


def apart(world: World) -> Iterator[str]:
    """Marks that disagree: a third one; a conference held, another called off."""
    by = world.actor("office")
    unit = world.assessed[0]
    for row, score in zip(pair(world), ("3", "0"), strict=True):
        mark(world, row, score)
        yield "mark.given"
    third = world.posts["third_assessor"]
    call_third(unit, by=by, at=NOW, part="M10", assessor=third)
    yield "third_mark.called"
    for number in (1, 2):
        unit = world.assessed[number]
        for row, score in zip(pair(world, "M10", number), ("3", "0"), strict=True):
            mark(world, row, score)
            yield "mark.given"
        called = conferences.call(unit, by=by, at=NOW, part="M10")
        yield "conference.called"
        if number == 1:
            conferences.call_off(called, by=by, at=NOW, version=1, reason=WHY)
            yield "conference.called_off"
        else:
            conferences.hold(
                called,
                by=by,
                at=NOW,
                version=1,
                attendees="考核办（主持）\n评审员二人",
                minutes="当场核对后一致同意（示例）",
                score=Decimal("2.2"),
                reason="台账缺一个季度",
            )
            yield "conference.held"


def visited(world: World) -> Iterator[str]:
    """Units drawn and visited; what was found and what it changes."""
    by, year = world.actor("office"), world.cycle
    candidates = [unit.pk for unit in world.assessed]
    drawn = draws.draw(year, by=by, at=NOW, candidates=candidates, seed="示例", many=1)
    yield "draw.made"
    visits.plan_drawn(drawn, by=by, at=NOW)
    yield "visits.planned"
    chosen = {visit.assessed_id for visit in year.visits.all()}
    one, other = (unit for unit in world.assessed if unit.pk not in chosen)
    cancelled = visits.plan(year, by=by, at=NOW, assessed=other, reason=WHY)
    yield "visit.planned"
    visits.cancel(cancelled, by=by, at=NOW, version=1, reason=WHY)
    yield "visit.cancelled"
    visit = visits.plan(year, by=by, at=NOW, assessed=one, reason=WHY)
    yield "visit.planned"
    visit = visits.arrange(visit, by=by, at=NOW, version=1, on_day=NOW.date(), team="示例组")
    yield "visit.arranged"
    visits.add_finding(visit, by=by, at=NOW, part="M8.1", text="没有会议记录（示例）")
    yield "finding.added"
    visits.judge(visit, by=by, at=NOW, part="M8.1", seen=0, score=Decimal(0), reason=WHY)
    yield "visit.judged"
    visits.close(visit, by=by, at=NOW, version=visit.version)
    yield "visit.closed"


def barred(world: World) -> Iterator[str]:
    """Somebody who may not judge a unit: by their own word, by the office's."""
    unit = world.assessed[0]
    recusals.declare(unit, by=world.actor("assessor"), at=NOW, reason=WHY)
    yield "recusal.declared"
    post = world.posts["second_assessor"]
    by = world.actor("office")
    recusals.impose(world.cycle, by=by, at=NOW, assessor=post, assessed=unit, reason=WHY)
    yield "recusal.imposed"
