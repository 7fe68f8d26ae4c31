"""One of everything, for each owner: the department's own, its neighbour's, another unit's."""

import datetime as dt
import hashlib
import json
import tempfile
from dataclasses import dataclass, field
from pathlib import Path

from django.urls import reverse

from kaohe_web.audit.models import Entry
from kaohe_web.cycles.models import (
    AssessedUnit,
    Cycle,
    Exemption,
    Stage,
    StageException,
    StageKind,
    Target,
)
from kaohe_web.files.configured import evidence_store
from kaohe_web.filing.models import (
    AwardEntry,
    Evidence,
    EvidenceUse,
    Paper,
    StoredFile,
    Submission,
    WorkbookUpload,
)
from kaohe_web.followup.models import Appeal, Rectification, Step, StepPaper, VetoCase
from kaohe_web.jobs.models import Job, Notice
from kaohe_web.people.models import Contact, Department, Handover, Post, Role
from kaohe_web.results import runs
from kaohe_web.results.models import Objection, ScoringRun, UnitResult
from kaohe_web.review.models import Assignment, Conference, Draw, Finding, Visit
from rights.addresses import WORDS, Address
from world import NOW, World

DAY = dt.date(2017, 10, 25)
OWN, NEIGHBOUR, STRANGER = "own", "neighbour", "stranger"
OWNERS = (OWN, NEIGHBOUR, STRANGER)


@dataclass
class Things:
    """The key of each kind of thing, by owner."""

    world: World
    other_cycle: Cycle
    keys: dict[tuple[str, str], int] = field(default_factory=dict)

    def path(
        self, address: Address, owner: str, cycle: int | None = None, *, role: str = "liaison"
    ) -> str:
        """An address over an owner's things, in this year or under another year's number.

        What is a person's own (their messages, the receipts of their post) is the role's.
        """
        parts = {OWN: "M8.1", NEIGHBOUR: "M10", STRANGER: "M8.1"}
        values: dict[str, object] = {}
        for name in address.parameters:
            kind = address.kind(name)
            if name == "cycle_id":
                values[name] = cycle or self.world.cycle.pk
            elif owner == OWN and (kind, role) in self.keys:
                values[name] = self.keys[kind, role]
            elif kind:
                values[name] = self.keys[kind, owner]
            else:
                values[name] = {**WORDS, "part": parts[owner], "token": "x"}[name]
        if address.name == "award_add":
            values["indicator"] = "quality_award_count"
        return reverse(address.name, kwargs=values)

    def note(self, owner: str, **rows: object) -> None:
        """Remember the keys of these rows."""
        for kind, row in rows.items():
            self.keys[kind, owner] = row.pk  # type: ignore[attr-defined]  # a model's row


def make_things(world: World) -> Things:
    """A year in which everything has happened to everybody."""
    things = Things(world, another_year(world))
    Assignment.objects.filter(assessed=world.assessed[1]).update(
        assessor=world.posts["second_assessor"]
    )
    run = announced(world)
    owners = (
        (OWN, world.assessed[0], world.departments["u01", "市监局"], "M8.1"),
        (NEIGHBOUR, world.assessed[0], world.departments["u01", "经信局"], "M10"),
        (STRANGER, world.assessed[1], world.departments["u02", "市监局"], "M8.1"),
    )
    for owner, assessed, department, part in owners:
        file_for(things, owner, assessed, department, part)
        judge_for(things, owner, assessed, part)
        follow_up_for(things, owner, assessed, part, run)
        belong_to(things, owner, department)
    keep_for(things, run)
    return things


def announced(world: World) -> ScoringRun:
    """A run whose results the units know."""
    made = runs.run(world.cycle, by=world.actor("office"), at=NOW, after=0, reason="示例")
    return runs.announce(
        made, by=world.actor("office"), at=NOW, version=made.version, open_reason="示例"
    )


def another_year(world: World) -> Cycle:
    """A year in which none of the world's units takes part."""
    cycle = Cycle.objects.create(
        name="另一考核年度（示例）",
        edition=world.edition,
        state=Cycle.State.OPEN,
        first_day=dt.date(2015, 9, 1),
        last_day=dt.date(2016, 8, 31),
        made_at=NOW,
    )
    Stage.objects.create(
        cycle=cycle, kind=StageKind.FILING, first_day=DAY, last_day=dt.date(2027, 1, 1)
    )
    return cycle


def stored(owner: str) -> StoredFile:
    """A file that is really in the store."""
    with tempfile.NamedTemporaryFile() as file:
        file.write(f"示例 {owner}".encode())
        file.flush()
        digest = hashlib.sha256(Path(file.name).read_bytes()).hexdigest()
        evidence_store().put(Path(file.name), digest)
    return StoredFile.objects.get_or_create(
        sha256=digest, defaults={"size": 13, "type": "txt", "stored_at": NOW}
    )[0]


def file_for(
    things: Things, owner: str, assessed: AssessedUnit, department: Department, part: str
) -> None:
    """What is filed."""
    cycle, file = assessed.cycle, stored(owner)
    submission = Submission.objects.create(
        assessed=assessed,
        cycle=cycle,
        part=part,
        department=department,
        state=Submission.State.SUBMITTED,
        submitted_at=NOW,
    )
    evidence = Evidence.objects.create(
        assessed=assessed,
        cycle=cycle,
        department=department,
        file=file,
        name="示例.txt",
        uploaded_by="示例",
        uploaded_at=NOW,
    )
    post = next(post for post in things.world.posts.values() if post.department_id == department.pk)
    things.note(
        owner,
        assessed=assessed,
        submission=submission,
        evidence=evidence,
        use=EvidenceUse.objects.create(evidence=evidence, submission=submission),
        award=AwardEntry.objects.create(
            assessed=assessed,
            cycle=cycle,
            department=department,
            indicator="quality_award_count",
            name="鲁班奖",
            level="national",
            on_day=dt.date(2017, 3, 1),
            document="示例〔2017〕1 号",
        ),
        paper=Paper.objects.create(
            assessed=assessed,
            cycle=cycle,
            department=department,
            kind=Paper.Kind.SELF_SCORE,
            file=file,
            name="示例.txt",
            uploaded_by="示例",
            uploaded_at=NOW,
        ),
        target=Target.objects.filter(assessed=assessed).get(),
        exception=StageException.objects.create(
            stage=cycle.stages.get(kind=StageKind.FILING),
            cycle=cycle,
            unit=assessed.unit,
            last_day=dt.date(2028, 1, 1),
            reason="示例",
            by="示例",
            at=NOW,
        ),
        exemption=Exemption.objects.get_or_create(
            assessed=assessed,
            cycle=cycle,
            part="M35",
            defaults={"reason": "示例", "by": "示例", "at": NOW},
        )[0],
        workbook=WorkbookUpload.objects.create(
            cycle=cycle,
            department=department,
            file=file,
            name="示例.xlsx",
            uploaded_by=post.user.name,
            uploaded_at=NOW,
        ),
    )


def judge_for(things: Things, owner: str, assessed: AssessedUnit, part: str) -> None:
    """How it is judged."""
    cycle = assessed.cycle
    assessors = {OWN: "assessor", NEIGHBOUR: "second_assessor", STRANGER: "second_assessor"}
    assignment, _ = Assignment.objects.get_or_create(
        cycle=cycle,
        assessed=assessed,
        part=part,
        turn=1,
        defaults={"assessor": things.world.posts[assessors[owner]]},
    )
    visit, _ = Visit.objects.get_or_create(cycle=cycle, assessed=assessed)
    things.note(
        owner,
        assignment=assignment,
        visit=visit,
        conference=Conference.objects.create(
            assessed=assessed, cycle=cycle, part=part, called_by="示例", called_at=NOW
        ),
        draw=Draw.objects.create(
            cycle=cycle, seed="示例", candidates="", many=1, drawn="", by="示例", at=NOW
        ),
        finding=Finding.objects.create(
            visit=visit,
            cycle=cycle,
            part=part,
            text="示例",
            file=stored(owner),
            name="示例.txt",
            by="示例",
            at=NOW,
        ),
    )


def follow_up_for(
    things: Things, owner: str, assessed: AssessedUnit, part: str, run: ScoringRun
) -> None:
    """What follows the result."""
    cycle, result = assessed.cycle, UnitResult.objects.get(run=run, assessed=assessed)
    reviewers = {OWN: "assessor", NEIGHBOUR: "second_assessor", STRANGER: "second_assessor"}
    appeal = Appeal.objects.create(
        cycle=cycle,
        run=run,
        assessed=assessed,
        part=part,
        grounds="示例",
        state=Appeal.State.TAKEN,
        lodged_at=NOW,
        due_on=DAY,
        reviewer=things.world.posts[reviewers[owner]],
    )
    step = Step.objects.create(
        appeal=appeal, cycle=cycle, what=Step.What.APPEAL_TAKEN, text="示例", by="示例", at=NOW
    )
    things.note(
        owner,
        run=run,
        result=result,
        appeal=appeal,
        step_paper=StepPaper.objects.create(
            step=step, cycle=cycle, file=stored(owner), name="示例.txt"
        ),
        case=VetoCase.objects.create(
            cycle=cycle,
            assessed=assessed,
            veto="V1",
            event="示例",
            on_day=dt.date(2017, 5, 1),
            state=VetoCase.State.NOTIFIED,
            answer_until=dt.date(2028, 1, 1),
        ),
        objection=Objection.objects.create(
            run=run, cycle=cycle, assessed=assessed, text="示例", by="示例", at=NOW
        ),
        rectification=Rectification.objects.create(
            cycle=cycle,
            result=result,
            assessed=assessed,
            part=part,
            lost="1",
            demand="示例",
            due_on=DAY,
            ordered_at=NOW,
        ),
    )


def belong_to(things: Things, owner: str, department: Department) -> None:
    """The people and bodies themselves."""
    unit = department.unit
    post = next(post for post in things.world.posts.values() if post.department_id == department.pk)
    things.note(
        owner,
        unit=unit,
        department=department,
        provider=things.world.provider,
        post=post,
        user=post.user,
        contact=Contact.objects.create(
            unit=unit,
            department=department,
            body=str(unit),
            name="联络员（示例）",
            mobile="13800001234",
        ),
        notice=Notice.objects.create(
            post=post, kind="news", title="示例", key=f"{owner}:{post.pk}", made_at=NOW
        ),
        handover=Handover.objects.create(
            post=post,
            giver=post.user,
            taker=post.user,
            moved="{}",
            by="示例",
            at=NOW,
            reason="示例",
        ),
    )


def told(post: Post, key: str) -> Notice:
    """A message to somebody."""
    return Notice.objects.create(post=post, kind="news", title="示例", key=key, made_at=NOW)


def handed_over(post: Post) -> Handover:
    """A receipt of a post."""
    return Handover.objects.create(
        post=post, giver=post.user, taker=post.user, moved="{}", by="示例", at=NOW, reason="示例"
    )


def keep_for(things: Things, run: ScoringRun) -> None:
    """What belongs to the installation."""
    job = Job.objects.create(
        kind="示例", key="示例", payload=json.dumps({}), state="failed", run_after=NOW, made_at=NOW
    )
    for role in Role:
        post = things.world.posts[role]
        things.keys["notice", role] = told(post, f"own:{role}").pk
        things.keys["handover", role] = handed_over(post).pk
    for owner in OWNERS:
        things.note(owner, job=job, edition=run.edition)
        things.keys["entry", owner] = Entry.objects.order_by("seq").values_list("seq", flat=True)[0]
