"""Changing evidence: used once more, taken off, pointed to, described, replaced, withdrawn."""

import datetime as dt
import json
from typing import Any

import pytest

from evidence.desk import Desk, entries
from files.making import drawn, pdf
from kaohe_web.audit.models import Entry
from kaohe_web.cycles.models import Duty
from kaohe_web.errors import Conflict, Invalid, NotThere, WrongState
from kaohe_web.filing import evidence as giving
from kaohe_web.filing.evidence_period import NO_PERIOD, Period
from kaohe_web.filing.evidence_queries import versions
from kaohe_web.filing.models import Evidence, EvidenceUse
from world import NOW


def details(what: str) -> dict[str, Any]:
    """The details of the last entry of an action."""
    found = Entry.objects.filter(what=what, outcome="done").order_by("-seq")[0].details
    loaded: dict[str, Any] = json.loads(found)
    return loaded


def by(desk: Desk, who: str = "liaison") -> dict[str, Any]:
    """Who does it, when."""
    return {"by": desk.world.actor(who), "at": NOW}


def test_one_file_is_used_by_many_parts(desk: Desk) -> None:
    row = desk.give("M8.1").evidence
    use = giving.attach(row, **by(desk), part="M9", page=2, note="第二页")
    assert (use.submission.part, use.page, use.note) == ("M9", 2, "第二页")
    assert giving.attach(row, **by(desk), part="M9") == use
    assert EvidenceUse.objects.count() == 2
    assert len(entries("evidence.attached")) == 1
    assert details("evidence.attached")["part"] == "M9"


def test_a_file_is_used_only_where_the_actor_gives_and_only_what_they_see(desk: Desk) -> None:
    row = desk.give("M8.1").evidence
    with pytest.raises(NotThere):
        giving.attach(row, **by(desk), part="M10")
    with pytest.raises(NotThere):
        giving.attach(row, **by(desk, "other_liaison"), part="M10")
    with pytest.raises(NotThere):
        giving.attach(row, **by(desk, "foreign_office"), part="M9")
    giving.attach(row, **by(desk, "unit_office"), part="M10")


def test_taking_a_file_off_one_part_leaves_it_to_the_others(desk: Desk) -> None:
    use = desk.give("M8.1")
    giving.attach(use.evidence, **by(desk), part="M9")
    giving.detach(use, **by(desk))
    assert [each.submission.part for each in EvidenceUse.objects.all()] == ["M9"]
    assert details("evidence.detached")["part"] == "M8.1"


def test_who_leads_a_part_takes_off_what_a_supporting_department_gave(desk: Desk) -> None:
    Duty.objects.create(
        cycle=desk.world.cycle,
        assessed=desk.world.assessed[0],
        part="M8.1",
        department=desk.world.departments["u01", "经信局"],
        kind=Duty.Kind.SUPPORTING,
    )
    given = desk.give("M8.1", who="other_liaison")
    own = desk.give("M8.1", pdf(4))
    with pytest.raises(NotThere):
        giving.detach(own, **by(desk, "other_liaison"))
    giving.detach(given, **by(desk))
    assert EvidenceUse.objects.get() == own


def test_a_use_is_pointed_to_a_page_that_the_file_has(desk: Desk) -> None:
    use = desk.give("M8.1", pdf(3), "三页.pdf")
    use = giving.point(use, **by(desk), version=1, page=3, note="盖章处")
    assert (use.page, use.note, use.version) == (3, "盖章处", 2)
    assert details("evidence.pointed") == {
        "part": "M8.1",
        "before": {"page": "", "note": ""},
        "after": {"page": "3", "note": "盖章处"},
    }
    with pytest.raises(Invalid, match="只有 3 页，没有第 4 页"):
        giving.point(use, **by(desk), version=2, page=4, note="")
    assert giving.point(use, **by(desk), version=1, page=3, note="盖章处") == use
    with pytest.raises(Conflict):
        giving.point(use, **by(desk), version=1, page=1, note="")


def test_a_description_is_changed_by_whoever_saw_the_last_one(desk: Desk) -> None:
    row = desk.give("M8.1").evidence
    period = Period(dt.date(2016, 9, 1), None)
    row = giving.describe(row, **by(desk), version=1, label="sensitive", period=period)
    assert (row.label, row.period_first, row.period_last, row.version) == (
        "sensitive",
        dt.date(2016, 9, 1),
        None,
        2,
    )
    with pytest.raises(Conflict):
        giving.describe(row, **by(desk), version=1, label="internal", period=NO_PERIOD)
    assert details("evidence.described")["before"]["label"] == "internal"


def test_what_proves_sensitive_is_hidden_at_any_time_and_never_shown_again_so(desk: Desk) -> None:
    row = desk.give("M8.1").evidence
    desk.submit("M8.1")
    hidden = giving.describe(row, **by(desk), version=1, label="sensitive", period=NO_PERIOD)
    assert hidden.label == "sensitive"
    with pytest.raises(WrongState, match="已提交考核办"):
        giving.describe(row, **by(desk), version=2, label="internal", period=NO_PERIOD)
    period = Period(dt.date(2017, 1, 1), None)
    with pytest.raises(WrongState, match="已提交考核办"):
        giving.describe(row, **by(desk), version=2, label="sensitive", period=period)


def test_a_new_version_takes_the_place_of_the_old_where_the_part_is_open(desk: Desk) -> None:
    old = desk.give("M8.1", pdf(3), "旧.pdf").evidence
    use = giving.attach(old, **by(desk), part="M9", page=3)
    desk.submit("M8.1")
    new = giving.replace(old, **by(desk), kept=desk.kept(pdf(1), "新.pdf"))
    assert (new.name, new.replaces, new.department) == ("新.pdf", old, old.department)
    placed = {u.submission.part: u.evidence for u in EvidenceUse.objects.all()}
    assert placed == {"M8.1": old, "M9": new}
    use.refresh_from_db()
    assert (use.page, use.version) == (None, 2)
    assert versions(old) == versions(new) == [new, old]
    found = details("evidence.replaced")
    assert (found["parts"], found["kept_by"]) == (["M9"], ["M8.1"])


def test_T55_the_same_new_version_twice_is_one(desk: Desk) -> None:
    old = desk.give("M8.1").evidence
    new = giving.replace(old, **by(desk), kept=desk.kept(pdf(4)))
    assert giving.replace(old, **by(desk), kept=desk.kept(pdf(4))) == new
    assert len(entries("evidence.replaced")) == 1
    with pytest.raises(WrongState, match="已有新版本"):
        giving.replace(old, **by(desk), kept=desk.kept(pdf(5)))
    with pytest.raises(WrongState, match="已有新版本"):
        giving.describe(old, **by(desk), version=1, label="internal", period=Period(NOW.date()))


def test_a_new_version_that_is_the_old_one_is_none(desk: Desk) -> None:
    old = desk.give("M8.1").evidence
    with pytest.raises(Invalid, match="内容完全一样"):
        giving.replace(old, **by(desk), kept=desk.kept(pdf(2), "改了名.pdf"))


def test_what_only_closed_parts_use_is_not_replaced(desk: Desk) -> None:
    old = desk.give("M8.1").evidence
    desk.submit("M8.1")
    with pytest.raises(WrongState, match="不能换新版本：这一条已提交考核办"):
        giving.replace(old, **by(desk), kept=desk.kept(pdf(4)))


def test_a_withdrawn_file_stays_on_record(desk: Desk) -> None:
    row = desk.give("M8.1").evidence
    withdrawn = giving.withdraw(row, **by(desk))
    assert (withdrawn.withdrawn_at, Evidence.objects.count()) == (NOW, 1)
    assert desk.stored() == [f"evidence/{row.file_id[:2]}/{row.file_id}"]
    with pytest.raises(NotThere):
        giving.withdraw(row, **by(desk))


def test_a_file_in_use_by_a_submitted_part_is_not_withdrawn(desk: Desk) -> None:
    row = desk.give("M8.1").evidence
    giving.attach(row, **by(desk), part="M9")
    desk.submit("M9")
    with pytest.raises(WrongState, match="第 9 条正在使用这份材料，而它已不能修改"):
        giving.withdraw(row, **by(desk))
    row.refresh_from_db()
    assert row.withdrawn_at is None


def test_T22_nobody_changes_what_another_department_gave(desk: Desk) -> None:
    use = desk.give("M8.1")
    row, kept = use.evidence, desk.kept(drawn("PNG"), "图.png")
    for who in ("other_liaison", "foreign_liaison", "foreign_office"):
        again = by(desk, who)
        for attempt in (
            lambda a=again: giving.withdraw(row, **a),
            lambda a=again: giving.replace(row, **a, kept=kept),
            lambda a=again: giving.describe(
                row, **a, version=1, label="sensitive", period=NO_PERIOD
            ),
            lambda a=again: giving.detach(use, **a),
            lambda a=again: giving.point(use, **a, version=1, page=1, note=""),
        ):
            with pytest.raises(NotThere):
                attempt()
    row.refresh_from_db()
    assert (row.version, row.withdrawn_at, EvidenceUse.objects.count()) == (1, None, 1)
