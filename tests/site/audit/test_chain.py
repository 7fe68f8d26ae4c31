"""The trail cannot be changed unnoticed: by programs, in the database, or as a whole."""

import datetime as dt
import json
from collections.abc import Callable

import pytest
from django.db import DatabaseError, connection, transaction

from kaohe_web.audit import chain, trail
from kaohe_web.audit.anchor import BEFORE_ALL, Anchor, anchor, by_number, read_anchor
from kaohe_web.audit.chain import Broken, Verified
from kaohe_web.audit.models import AppendOnly, Entry
from kaohe_web.keeping.verification import check, missing_triggers
from kaohe_web.people.actor import Nobody
from trail_off import TRIGGERS
from world import NOW

pytestmark = pytest.mark.django_db

WHO = Nobody(name="示例")


@pytest.fixture
def five() -> list[Entry]:
    """A trail of five entries."""
    return [
        trail.record(
            "test.done", trail.What("thing", str(number), f"第 {number} 件"), by=WHO, at=NOW
        )
        for number in range(1, 6)
    ]


def run(*statements: str) -> None:
    """Run statements as somebody who has the database."""
    with connection.cursor() as cursor:
        for statement in statements:
            cursor.execute(statement)


def triggers(state: str) -> list[str]:
    """The statements that turn the triggers off or on."""
    return TRIGGERS[connection.vendor][state]


def behind_its_back(*statements: str) -> None:
    """Change the trail as somebody who takes the triggers off and puts them back."""
    run(*triggers("off"), *statements, *triggers("on"))


def verified(anchors: dict[int, str] | None = None) -> Verified:
    """What checking the trail finds."""
    return chain.verify(chain.in_order(), anchors)


def test_a_trail_that_nobody_touched_is_whole(five: list[Entry]) -> None:
    assert verified() == Verified(5, five[-1].hash, None)
    assert check({}) == {
        "entries": 5,
        "head": five[-1].hash,
        "broken": None,
        "unguarded": [],
    }


def test_the_empty_trail_is_whole() -> None:
    assert verified() == Verified(0, chain.START, None)
    assert anchor() == Anchor(0, chain.START)


@pytest.mark.parametrize(
    "change",
    [
        lambda: Entry.objects.filter(seq=2).update(reason="x"),
        lambda: Entry.objects.filter(seq=2).delete(),
        lambda: Entry.objects.all().delete(),
    ],
    ids=["update", "delete", "delete all"],
)
@pytest.mark.usefixtures("five")
def test_T45_no_query_changes_an_entry(change: Callable[[], object]) -> None:
    with pytest.raises(AppendOnly):
        change()
    assert verified().broken is None


@pytest.mark.parametrize(
    "change",
    [
        lambda: Entry.objects.get(seq=2).save(),
        lambda: Entry.objects.get(seq=2).delete(),
        lambda: Entry.objects.bulk_update([Entry(seq=2, reason="x")], ["reason"]),
        lambda: run("UPDATE audit_entry SET reason = 'x' WHERE seq = 2"),
        lambda: run("DELETE FROM audit_entry WHERE seq = 5"),
        lambda: run("DELETE FROM audit_entry"),
    ],
    ids=["save", "delete one", "bulk update", "sql update", "sql delete", "sql delete all"],
)
@pytest.mark.usefixtures("five")
def test_T45_the_database_itself_refuses_to_change_an_entry(
    change: Callable[[], object],
) -> None:
    with pytest.raises((DatabaseError, AppendOnly)), transaction.atomic():
        change()
    assert verified() == Verified(5, Entry.objects.get(seq=5).hash, None)


@pytest.mark.skipif("connection.vendor != 'postgresql'", reason="only there tables are truncated")
@pytest.mark.usefixtures("five")
def test_T45_the_table_cannot_be_emptied_at_once() -> None:
    with pytest.raises(DatabaseError), transaction.atomic():
        run("TRUNCATE audit_entry")
    assert verified().entries == 5


@pytest.mark.parametrize(
    "column", ["login", "name", "post", "what", "outcome", "object_id", "reason", "details"]
)
@pytest.mark.usefixtures("five")
def test_T46_a_changed_entry_is_named(column: str) -> None:
    behind_its_back(f"UPDATE audit_entry SET {column} = 'anders' WHERE seq = 3")  # noqa: S608 -- our own columns
    assert verified().broken == Broken(3, "第 3 条的内容被改动")


@pytest.mark.usefixtures("five")
def test_T46_a_changed_time_is_named() -> None:
    behind_its_back("UPDATE audit_entry SET at = '2016-01-01 00:00:00' WHERE seq = 2")
    assert verified().broken == Broken(2, "第 2 条的内容被改动")


@pytest.mark.skipif(
    "connection.vendor != 'sqlite'", reason="PostgreSQL keeps no nonsense in a time"
)
@pytest.mark.usefixtures("five")
@pytest.mark.parametrize("nonsense", ["'gestern'", "'2017-13-45 00:00:00'", "x'00ff'", "17"])
def test_T46_an_entry_that_cannot_be_read_any_more_is_named(nonsense: str) -> None:
    behind_its_back(f"UPDATE audit_entry SET at = {nonsense} WHERE seq = 4")  # noqa: S608 -- our own nonsense
    assert verified().broken == Broken(4, "第 4 条的内容被改动，已读不出来")


@pytest.mark.usefixtures("five")
def test_T46_two_entries_that_changed_places_are_found_at_the_first() -> None:
    behind_its_back(
        "UPDATE audit_entry SET seq = 99 WHERE seq = 2",
        "UPDATE audit_entry SET seq = 2 WHERE seq = 3",
        "UPDATE audit_entry SET seq = 3 WHERE seq = 99",
    )
    assert verified().broken == Broken(2, "第 2 条与前一条接不上")


@pytest.mark.usefixtures("five")
def test_T46_an_entry_taken_from_the_middle_leaves_its_gap() -> None:
    behind_its_back("DELETE FROM audit_entry WHERE seq = 3")
    assert verified().broken == Broken(3, "第 3 条缺失或次序被改动（此处是第 4 条）")


@pytest.mark.usefixtures("five")
def test_T46_an_entry_slipped_in_does_not_hang_together() -> None:
    slipped_in = Entry.objects.get(seq=4)
    run(*triggers("off"), "UPDATE audit_entry SET seq = 6 WHERE seq = 5")
    slipped_in.seq = 5
    slipped_in.save(force_insert=True)
    run(*triggers("on"))
    assert verified().broken == Broken(5, "第 5 条与前一条接不上")


def test_T46_a_tail_cut_off_is_found_by_an_anchor_that_was_kept(five: list[Entry]) -> None:
    kept = anchor()
    behind_its_back("DELETE FROM audit_entry WHERE seq > 3")
    assert verified().broken is None
    found = verified(by_number([kept]))
    assert found == Verified(3, five[2].hash, Broken(5, "有据可查的第 5 条不见了：尾部被截去"))


@pytest.mark.usefixtures("five")
def test_T47_a_chain_rewritten_as_a_whole_is_found_by_an_anchor_that_was_kept() -> None:
    kept, previous = anchor(), chain.START
    run(*triggers("off"))
    for entry in list(Entry.objects.order_by("seq")):
        entry.name, entry.previous = "别人", previous
        entry.hash = previous = chain.hash_of(entry)
        run(
            f"UPDATE audit_entry SET name = '别人', previous = '{entry.previous}',"  # noqa: S608 -- our own hashes
            f" hash = '{entry.hash}' WHERE seq = {entry.seq}"
        )
    run(*triggers("on"))
    assert verified().broken is None
    found = verified(by_number([kept]))
    assert found.broken == Broken(5, "第 5 条与留在别处的凭据不符：整条链被重写")


@pytest.mark.usefixtures("five")
def test_T46_a_trail_without_its_triggers_is_called_unguarded() -> None:
    run(*triggers("off"))
    assert check({})["unguarded"] == sorted(missing_triggers()) != []


def test_an_anchor_is_read_as_it_was_printed(five: list[Entry]) -> None:
    head = anchor()
    assert (head, read_anchor(f" {head} ")) == (Anchor(5, five[-1].hash), head)
    assert [read_anchor(text) for text in ("", "5", f"5={head.hash[:-1]}", f"0={head.hash}")] == [
        None,
        None,
        None,
        None,
    ]


@pytest.mark.django_db
def test_the_head_of_a_trail_without_entries_is_an_anchor_that_every_trail_holds() -> None:
    kept = anchor()
    assert read_anchor(str(kept)) == kept == BEFORE_ALL
    assert verified(by_number([kept])).broken is None


def test_an_entry_says_who_did_what_to_what_and_why() -> None:
    later = NOW + dt.timedelta(microseconds=1)
    trail.record(
        "test.refused",
        trail.What("thing", "7", "第七件", "3"),
        by=Nobody(name="示例", login="shili", title="考核办"),
        at=later,
        reason="理由",
        details={"分值": "0.1"},
        outcome="refused",
    )
    entry = Entry.objects.get()
    assert (
        entry.seq,
        entry.at,
        entry.login,
        entry.post,
        entry.what,
        entry.outcome,
        (entry.object_type, entry.object_id, entry.object_name, entry.cycle),
        entry.reason,
        json.loads(entry.details),
        entry.previous,
    ) == (
        1,
        later,
        "shili",
        "考核办",
        "test.refused",
        "refused",
        ("thing", "7", "第七件", "3"),
        "理由",
        {"分值": "0.1"},
        chain.START,
    )
