"""Two people at the same files at the same moment: none waits for ever, nothing is there twice."""

from collections.abc import Callable
from functools import partial
from typing import Any

from at_once import at_once
from evidence.desk import Desk, entries
from evidence.sheet import Sheet
from files.making import drawn, pdf
from kaohe_web.filing import evidence as giving
from kaohe_web.filing import papers, workbooks
from kaohe_web.filing.models import Evidence, EvidenceUse, Paper, StoredFile, Submission
from kaohe_web.filing.stored_files import Kept
from world import NOW


def by(desk: Desk, who: str = "liaison") -> dict[str, Any]:
    """Who does it, when."""
    return {"by": desk.world.actor(who), "at": NOW}


def uploading(desk: Desk, kept: Kept, part: str) -> Callable[[], object]:
    """An upload."""
    unit, again = desk.world.assessed[0], by(desk)
    return lambda: giving.upload(unit, **again, part=part, kept=kept)


def test_T55_one_file_sent_by_four_at_once_is_one(committed_desk: Desk) -> None:
    desk = committed_desk
    kept = desk.kept(pdf(2))
    assert at_once(*[uploading(desk, kept, "M8.1")] * 4) == ["done"] * 4
    assert (StoredFile.objects.count(), Submission.objects.count()) == (1, 1)
    assert (Evidence.objects.count(), EvidenceUse.objects.count()) == (1, 1)


def test_many_files_for_many_parts_at_once_all_arrive(committed_desk: Desk) -> None:
    desk = committed_desk
    kept = [desk.kept(drawn("PNG", (n, 1)), f"{n}.png") for n in range(1, 7)]
    steps = [uploading(desk, each, part) for each in kept for part in ("M8.1", "M9")]
    assert at_once(*steps) == ["done"] * 12
    assert (StoredFile.objects.count(), EvidenceUse.objects.count()) == (6, 12)


def test_T56_of_withdrawing_and_using_once_more_one_comes_first(committed_desk: Desk) -> None:
    desk = committed_desk
    for number in range(5):
        row = desk.give("M8.1", drawn("PNG", (number + 1, 2)), f"{number}.png").evidence
        told = at_once(
            partial(giving.withdraw, row, **by(desk)),
            partial(giving.attach, row, **by(desk), part="M9"),
        )
        row.refresh_from_db()
        assert row.withdrawn_at == NOW
        assert told in (["NotThere", "done"], ["done", "done"])


def test_T56_of_two_new_versions_one_is_the_next(committed_desk: Desk) -> None:
    desk = committed_desk
    old = desk.give("M8.1", pdf(1)).evidence
    one, other = desk.kept(pdf(2)), desk.kept(pdf(3))
    told = at_once(
        lambda: giving.replace(old, **by(desk), kept=one),
        lambda: giving.replace(old, **by(desk), kept=other),
    )
    assert told == ["WrongState", "done"]
    assert Evidence.objects.filter(replaces=old).count() == 1
    assert EvidenceUse.objects.get().evidence.replaces == old


def test_T56_crosswise_changes_do_not_wait_for_each_other(committed_desk: Desk) -> None:
    desk = committed_desk
    rows = [
        desk.give(part, drawn("PNG", (n, 4)), f"{n}.png").evidence
        for n, part in ((1, "M8.1"), (2, "M9"))
    ]
    giving.attach(rows[0], **by(desk), part="M9")
    giving.attach(rows[1], **by(desk), part="M8.1")
    use = {use.submission.part: use for use in rows[0].uses.all()}
    new = desk.kept(drawn("PNG", (7, 7)), "新.png")
    told = at_once(
        lambda: giving.withdraw(rows[1], **by(desk)),
        lambda: giving.replace(rows[0], **by(desk), kept=new),
        lambda: giving.detach(use["M9"], **by(desk, "unit_office")),
        lambda: giving.point(use["M8.1"], **by(desk), version=1, page=None, note="说明"),
        uploading(desk, desk.kept(pdf(5)), "M9"),
    )
    assert [each for each in told if each not in ("done", "NotThere", "Conflict")] == []
    assert told.count("done") >= 3


def test_T55_one_workbook_confirmed_twice_at_once_is_taken_in_once(committed_desk: Desk) -> None:
    desk = committed_desk
    sheet = Sheet.fetched(desk, "liaison")
    sheet.put("填报表", "part/M9", "note", "一次")
    _client, found, _page = sheet.brought_back(desk, "liaison")
    review = workbooks.review(found, **by(desk))
    assert review.filled is not None
    press = partial(
        workbooks.take_in,
        found,
        **by(desk),
        filled=review.filled,
        seen=review.seen,
        choices={},
    )
    assert at_once(press, press, press) == ["done"] * 3
    assert Submission.objects.get(part="M9").version == 1
    assert entries("workbook.imported") == [("liaison", "done", "")]


def test_of_two_papers_at_once_one_stands(committed_desk: Desk) -> None:
    desk = committed_desk
    unit = desk.world.assessed[0]
    kept = [desk.kept(pdf(pages), f"{pages}.pdf") for pages in (1, 2)]
    told = at_once(
        *[partial(papers.upload, unit, **by(desk), kind="self_report", kept=each) for each in kept]
    )
    assert told == ["done", "done"]
    assert Paper.objects.count() == 2
    assert Paper.objects.filter(superseded_at=None).count() == 1
