"""Every action of filing and evidence, done once; each name is given right after it."""

import io
from collections.abc import Generator, Iterator
from dataclasses import replace
from decimal import Decimal

from evidence.desk import upload_of
from evidence.sheet import Sheet
from files.making import drawn, pdf
from filing.steps import duty, entered, hand_in, parts_filed, submission
from filing.test_awards import AWARD, COUNT
from filing.test_roll_forward import next_year
from kaohe_web.filing import (
    awards,
    checking,
    downloads,
    evidence,
    evidence_archive,
    file_set,
    papers,
    provided,
    submissions,
    workbooks,
)
from kaohe_web.filing.evidence_period import Period
from kaohe_web.filing.models import Evidence
from kaohe_web.filing.roll_forward import roll_forward
from kaohe_web.filing.stored_files import Kept, keep
from kaohe_web.filing.values import ValueEntry
from world import NOW, World, make_world

WHY = "示例理由"
PART = "M9"


def filing() -> Iterator[str]:
    """Everything that is done in the room."""
    world = make_world()
    yield from values(world)
    yield from registered(world)
    row = yield from given(world)
    yield from used(world, row)
    yield from by_workbook(world)
    yield from parts(world)
    yield from signed(world)
    yield from handed_out(world)


def kept(world: World, content: bytes, name: str) -> Kept:
    """A file in the store."""
    return keep(upload_of(content, name), by=world.actor("liaison"), at=NOW)


def values(world: World) -> Iterator[str]:
    """A value of a data provider's."""
    provided.enter(
        world.assessed[0],
        by=world.actor("provider"),
        at=NOW,
        indicator="manufacturing_pass_rate",
        version=0,
        entry=ValueEntry(Decimal(93)),
    )
    yield "value.provided"


def registered(world: World) -> Iterator[str]:
    """A thing in a register."""
    by, unit = world.actor("liaison"), world.assessed[0]
    award = awards.add(unit, by=by, at=NOW, indicator=COUNT, award=AWARD)
    yield "award.added"
    other = replace(AWARD, name="质量奖（示例）")
    awards.change(award, by=by, at=NOW, version=1, award=other)
    yield "award.changed"
    awards.remove(award, by=by, at=NOW, version=2)
    yield "award.removed"


def given(world: World) -> Generator[str, None, Evidence]:
    """A file given as evidence."""
    by, unit = world.actor("liaison"), world.assessed[0]
    file = kept(world, pdf(2), "方案（示例）.pdf")
    use = evidence.upload(unit, by=by, at=NOW, part=PART, kept=file)
    yield "evidence.uploaded"
    evidence.point(use, by=by, at=NOW, version=1, page=2, note="第 2 页")
    yield "evidence.pointed"
    row = use.evidence
    evidence.describe(row, by=by, at=NOW, version=1, label="sensitive", period=Period(None, None))
    yield "evidence.described"
    new = kept(world, pdf(3), "方案（示例）.pdf")
    newer = evidence.replace(row, by=by, at=NOW, kept=new)
    yield "evidence.replaced"
    return newer


def used(world: World, row: Evidence) -> Iterator[str]:
    """The same file for another part, and no more; then withdrawn. A paper with its seal."""
    by, unit = world.actor("liaison"), world.assessed[0]
    use = evidence.attach(row, by=by, at=NOW, part="M13")
    yield "evidence.attached"
    evidence.detach(use, by=by, at=NOW)
    yield "evidence.detached"
    downloads.download(row, by=by, at=NOW, file=row.file, name=row.name).close()
    yield "file.downloaded"
    evidence.withdraw(row, by=by, at=NOW)
    yield "evidence.withdrawn"
    file = kept(world, drawn("PNG"), "盖章件（示例）.png")
    papers.upload(unit, by=by, at=NOW, kind="self_score", kept=file)
    yield "paper.uploaded"


def by_workbook(world: World) -> Iterator[str]:
    """A workbook handed out, taken in; one with a mistake handed back."""
    by, year = world.actor("liaison"), world.cycle
    book = workbooks.issue(year, by=by, at=NOW)
    yield "workbook.issued"
    for score, name in ((1, "workbook.imported"), (9, "workbook.handed_back")):
        sheet = Sheet.of(book.content)
        sheet.put("填报表", f"part/{PART}", "self_score", score)
        file = kept(world, sheet.saved(), f"填报表 {score}.xlsx")
        found = workbooks.upload(year, by=by, at=NOW, kept=file)
        yield "workbook.uploaded"
        review = workbooks.review(found, by=by, at=NOW)
        if name == "workbook.handed_back":
            workbooks.hand_back(found, by=by, at=NOW, found=review)
        else:
            assert review.filled is not None
            filled, seen = review.filled, review.seen
            workbooks.take_in(found, by=by, at=NOW, filled=filled, seen=seen, choices={})
        yield name


def parts(world: World) -> Iterator[str]:
    """A part saved, handed in, taken back, handed in, returned, handed in, accepted."""
    by, asked, part = world.actor("liaison"), duty(world, "G2.1"), "G2.1"
    submissions.save(asked, by=by, at=NOW, version=0, entered=entered("1", WHY))
    yield "submission.saved"
    row = hand_in(world, part)
    yield "submission.handed_in"
    submissions.withdraw(asked, by=by, at=NOW, version=row.version)
    yield "submission.withdrawn"
    row = hand_in(world, part)
    yield "submission.handed_in"
    office = world.actor("unit_office")
    checking.return_to_department(row, by=office, at=NOW, version=row.version, reason=WHY)
    yield "submission.returned"
    row = hand_in(world, part)
    yield "submission.handed_in"
    checking.check(row, by=office, at=NOW, version=row.version)
    yield "submission.checked"


def signed(world: World) -> Iterator[str]:
    """A unit's filing signed, sent back in part, and handed in again."""
    unit, by = world.assessed[0], world.actor("unit_office")
    missing = {part: "本年未开展（示例）" for part in parts_filed(world) if part != "G2.1"}
    checking.sign_off(unit, by=by, at=NOW, note="", missing=missing)
    yield "filing.signed_off"
    row = submission(world, "G2.1")
    office = world.actor("office")
    submissions.send_back(row, by=office, at=NOW, version=row.version, reason=WHY)
    yield "submission.sent_back"
    row = hand_in(world, "G2.1")
    yield "submission.handed_in"
    checking.check(row, by=by, at=NOW, version=row.version)
    yield "submission.checked"
    checking.resubmit(unit, by=by, at=NOW)
    yield "filing.resubmitted"


def handed_out(world: World) -> Iterator[str]:
    """A unit's evidence, the set for the city, and last year's values for the next."""
    unit = world.assessed[0]
    for what, name, who in (
        (evidence_archive.export, "evidence.exported", "unit_office"),
        (file_set.make, "file_set.made", "unit_office"),
    ):
        archive = what(unit, by=world.actor(who), at=NOW)
        assert io.BytesIO(b"".join(archive.chunks)).read(2) == b"PK"
        yield name
    roll_forward(next_year(world), by=world.actor("office"), at=NOW)
    yield "values.rolled_forward"
