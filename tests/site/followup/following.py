"""A sample city whose result was announced, its people, and things followed up to some state."""

import datetime as dt
from decimal import Decimal
from typing import Any

from django.core.files.uploadedfile import SimpleUploadedFile
from django.test import Client

from files.making import pdf
from kaohe_web.audit.models import Entry
from kaohe_web.cycles.models import AssessedUnit, Cycle, Duty, Stage, StageKind
from kaohe_web.filing.stored_files import Kept, keep
from kaohe_web.followup import appeals, rectifications, veto_cases
from kaohe_web.followup.corrections import Correction
from kaohe_web.followup.models import Appeal, Rectification, VetoCase
from kaohe_web.people import sessions
from kaohe_web.people.actor import Actor, Origin
from kaohe_web.people.models import Post, Role, Unit
from kaohe_web.results import runs
from kaohe_web.results.losses import losses_of
from kaohe_web.results.models import ScoringRun, UnitResult
from kaohe_web.review.models import Assignment
from results.loading import load_cohort, sample_city
from world import NOW, person

DAY = dt.timedelta(days=1)
EVENT = "示例：某企业产品致多人就医"
INDEX = "quality_infrastructure_index"
STANDS = Correction()
RAISED = Correction(indicator=INDEX, value=Decimal("1.24"))
"""u03 had 0.74: with 1.24 the mean of the city rises over what u04 has."""


class People:
    """The people of the year, by short names: a unit's people carry its code."""

    def __init__(self) -> None:
        self.posts = {
            "office": person("office", Role.OFFICE),
            "leader": person("leader", Role.LEADER),
            "marker": person("marker", Role.ASSESSOR),
            "reviewer": person("reviewer", Role.ASSESSOR),
        }
        for unit in Unit.objects.all():
            code, department = unit.code, unit.departments.get()
            self.posts[f"office {code}"] = person(f"office-{code}", Role.UNIT_OFFICE, unit=unit)
            liaison = person(f"liaison-{code}", Role.LIAISON, department=department)
            self.posts[f"liaison {code}"] = liaison

    def post(self, name: str) -> Post:
        """Somebody's post."""
        return self.posts[name]

    def actor(self, name: str) -> Actor:
        """Somebody acting."""
        post = self.posts[name]
        return Actor(post.user, post, Origin("127.0.0.1", "test"))

    def client(self, name: str) -> Client:
        """A browser in which somebody is signed in."""
        post = self.posts[name]
        client = Client()
        client.force_login(post.user)
        session = client.session
        sessions.begin(session, post.user, dt.datetime.now(dt.UTC), second_factor=True)
        session["post"] = post.pk
        session.save()
        return client


def make_year(name: str = "示例年度") -> Cycle:
    """The sample city in a running year, everything submitted and judged; appeals are open."""
    cycle = load_cohort(sample_city(), name=name)
    for kind in (StageKind.APPEALS, StageKind.RECTIFICATION):
        Stage.objects.create(
            cycle=cycle, kind=kind, first_day=dt.date(2017, 10, 1), last_day=dt.date(2027, 12, 31)
        )
    return cycle


def make_people(cycle: Cycle) -> People:
    """The people of the year: the marker marked G4 of u03, the departments lead every part."""
    people = People()
    unit = unit_of(cycle, "u03")
    Assignment.objects.create(cycle=cycle, assessed=unit, part="G4", assessor=people.post("marker"))
    Duty.objects.bulk_create(
        Duty(cycle=cycle, assessed=of, part=part, department=of.unit.departments.get())
        for of in cycle.units.all()
        for part in ("M9", "M14", "M15.2")
    )
    return people


def announce(cycle: Cycle, people: People, at: dt.datetime = NOW, after: int = 0) -> ScoringRun:
    """A run of the year as it stands, announced."""
    office = people.actor("office")
    made = runs.run(cycle, by=office, at=at, after=after, reason="示例")
    return runs.announce(made, by=office, at=at, version=1)


def unit_of(cycle: Cycle, code: str) -> AssessedUnit:
    """A unit as it is assessed in the year."""
    return cycle.units.get(unit__code=code)


def result_of(run: ScoringRun, code: str) -> UnitResult:
    """A unit's result in a run."""
    return run.units.get(assessed__unit__code=code)


def upload(name: str = "认定书（示例）.pdf", content: bytes = b"") -> SimpleUploadedFile:
    """A file as a browser sends it."""
    return SimpleUploadedFile(name, content or pdf(1))


def paper(by: Actor, name: str = "认定书（示例）.pdf") -> Kept:
    """A paper in the store."""
    return keep(upload(name), by=by, at=NOW)


def case_at(cycle: Cycle, people: People, state: str, code: str = "u02", **more: Any) -> VetoCase:
    """A veto case over a unit, brought to a state; ``met`` is the answer to the legal test."""
    office, leader = people.actor("office"), people.actor("leader")
    event = more.get("event", EVENT)
    case = veto_cases.open_case(
        unit_of(cycle, code), by=office, at=NOW, veto="V1", event=event, on_day=dt.date(2017, 3, 1)
    )
    tests = veto_cases.veto_of(cycle, "V1").test

    def to(step: str, **given: Any) -> None:
        who = {"answer": people.actor(f"office {code}")}.get(step, office)
        who = leader if step in ("decide", "dismiss", "lift") else who
        name = {"notify": "notify_unit"}.get(step, step)
        act = getattr(veto_cases, name)
        case.refresh_from_db()
        act(case, by=who, at=NOW, version=case.version, text=f"示例：{step}", **given)

    ways: list[tuple[str, str, dict[str, Any]]] = [
        (
            "determined",
            "determine",
            {
                "authority": "示例省市监局",
                "document": "示认〔2017〕1 号",
                "answers": dict.fromkeys(tests, more.get("met", True)),
            },
        ),
        ("notified", "notify", {"document": "示告〔2017〕1 号", "until": (NOW + 3 * DAY).date()}),
        ("answered", "answer", {}),
        ("decided", "decide", {"document": "示决〔2017〕1 号"}),
        ("lifted", "lift", {"document": "示解〔2017〕1 号"}),
    ]
    if state == "dismissed":
        ways = [*ways[:3], ("dismissed", "dismiss", {})]
    for then, step, given in ways:
        if case.state == state:
            break
        to(step, **given)
        case.state = then
    return VetoCase.objects.get(pk=case.pk)


def appeal_at(
    run: ScoringRun,
    people: People,
    state: str,
    *,
    of: str = "u03 G4",
    correction: Correction = RAISED,
) -> Appeal:
    """An appeal of a unit on a part, brought to a state; ``correction`` is what is proposed."""
    code, _blank, part = of.partition(" ")
    office, unit, at = people.actor("office"), people.actor(f"office {code}"), NOW
    appeal = appeals.lodge(
        result_of(run, code), by=unit, at=at, part=part, grounds="两项标准漏计（示例）"
    )
    if state == "withdrawn":
        return appeals.withdraw(appeal, by=unit, at=at, version=1)
    if state == "lodged":
        return appeal
    due, reviewer = (NOW + 3 * DAY).date(), people.post("reviewer")
    appeal = appeals.take(appeal, by=office, at=at, version=1, reviewer=reviewer, due_on=due)
    if state == "taken":
        return appeal
    by = people.actor("reviewer")
    appeal = appeals.review(
        appeal, by=by, at=at, version=2, opinion="材料属实（示例）", correction=correction
    )
    if state == "upheld":
        appeal = appeals.uphold(
            appeal, by=office, at=at, version=3, decision="采纳（示例）", correction=correction
        )
    if state == "dismissed":
        appeal = appeals.dismiss(appeal, by=office, at=at, version=3, decision="不足（示例）")
    return appeal


def mend_at(
    run: ScoringRun, people: People, state: str, code: str = "u06", part: str = "M9"
) -> Rectification:
    """A rectification of what cost a unit points, brought to a state."""
    office, below = people.actor("office"), people.actor(f"liaison {code}")
    row = rectifications.order(
        result_of(run, code),
        by=office,
        at=NOW,
        part=part,
        demand="补齐台账（示例）",
        due_on=(NOW + 30 * DAY).date(),
    )
    if state != "ordered":
        row = rectifications.plan(row, by=below, at=NOW, version=1, text="成立专班（示例）")
    if state in ("reported", "closed"):
        row = rectifications.report(row, by=below, at=NOW, version=2, text="已补齐（示例）")
    if state == "closed":
        row = rectifications.close(row, by=office, at=NOW, version=3, text="已到位（示例）")
    return row


def lost_parts(run: ScoringRun, code: str) -> list[str]:
    """The parts that lost points."""
    return list(losses_of(result_of(run, code)))


def last_entry() -> tuple[str, str, str, str, str]:
    """The latest entry of the trail: who, what, how it went, to what, why."""
    entry = Entry.objects.order_by("-seq")[0]
    return entry.login, entry.what, entry.outcome, entry.object_name, entry.reason


def entries() -> int:
    """How long the trail is."""
    return Entry.objects.count()
