"""Reminders: 7, 3 and 1 days before and after the day, one message a day, at most five a stage."""

import datetime as dt
import json

import pytest

from kaohe_web.audit.models import Entry
from kaohe_web.clock import BEIJING
from kaohe_web.cycles.models import Stage, Target
from kaohe_web.desk import reminders
from kaohe_web.desk.reminders import held_posts, remind, step_of, subject_of
from kaohe_web.jobs import registry
from kaohe_web.jobs.models import Delivery, Notice, Reminder
from kaohe_web.jobs.outbox import enqueue
from kaohe_web.jobs.worker import Worker
from kaohe_web.people.models import User
from world import World

DUE = dt.date(2017, 11, 3)


def at(days: int, hour: int = 8) -> dt.datetime:
    """An instant so many days from the due day."""
    return dt.datetime.combine(DUE + dt.timedelta(days=days), dt.time(hour), BEIJING)


@pytest.fixture
def due(world: World) -> World:
    """A year whose filing is due on one day, and in which nothing else is due for long."""
    Stage.objects.filter(kind="filing").update(last_day=DUE)
    return world


def told(world: World, who: str) -> list[tuple[str, str]]:
    """When somebody was reminded, and with which title."""
    found = Notice.objects.filter(post=world.posts[who], kind="reminder").order_by("made_at")
    return [(str(notice.made_at.astimezone(BEIJING).date()), notice.title) for notice in found]


def test_somebody_is_reminded_before_and_after_the_day_five_times_in_all(due: World) -> None:
    for days in range(-12, 30):
        remind(due.posts["liaison"], at(days))
    before = "提醒：填报条目并报审 41 项，2017-11-03 24 时截止"
    after = "提醒：填报条目并报审 41 项，已于 2017-11-03 截止"
    assert told(due, "liaison") == [
        ("2017-10-27", before),
        ("2017-10-31", before),
        ("2017-11-02", before),
        ("2017-11-04", after),
        ("2017-11-06", after),
    ]
    steps = Reminder.objects.values_list("subject", "due", "step").order_by("at")
    subject = f"cycles/{due.cycle.pk}/filing"
    assert list(steps) == [(subject, DUE, step) for step in (7, 3, 1, -1, -3)]
    assert Delivery.objects.count() == 5


def test_a_day_that_was_missed_is_made_up_for_once(due: World) -> None:
    for days in (-2, -2, 10, 11):
        remind(due.posts["liaison"], at(days))
    assert [day for day, _title in told(due, "liaison")] == ["2017-11-01", "2017-11-13"]


def test_there_is_one_message_a_day_however_often_one_looks(due: World) -> None:
    found = [remind(due.posts["liaison"], at(-7, hour)) for hour in (8, 9, 23)]
    assert found == [1, 0, 0]


def test_what_is_due_on_one_day_is_one_message(due: World) -> None:
    Stage.objects.filter(kind="targets").update(last_day=DUE)
    Target.objects.update(state="returned")
    assert remind(due.posts["unit_office"], at(-3)) == 2
    [notice] = Notice.objects.all()
    assert (notice.title, notice.link) == ("提醒：2 件事即将到期", "/")
    assert sorted(notice.text.splitlines()) == [
        "审核齐全后签署提交 43 项，2017-11-03 24 时截止（2016-2017 年度（示例））",
        "目标被退回，待重新报备 1 项，2017-11-03 24 时截止（2016-2017 年度（示例））",
    ]


def test_a_stage_whose_day_moves_is_not_reminded_of_more_than_five_times(due: World) -> None:
    day = DUE
    for _ in range(6):
        Stage.objects.filter(kind="filing").update(last_day=day)
        for left in (3, 1):
            instant = dt.datetime.combine(day - dt.timedelta(days=left), dt.time(8), BEIJING)
            remind(due.posts["liaison"], instant)
        day += dt.timedelta(days=10)
    assert len(told(due, "liaison")) == 5


def test_whoever_has_nothing_due_is_not_reminded(due: World) -> None:
    assert [remind(due.posts[who], at(-7)) for who in ("office", "leader", "audit_officer")] == [
        0,
        0,
        0,
    ]


def test_only_posts_that_are_held_by_accounts_in_use_are_reminded(due: World) -> None:
    User.objects.filter(login="liaison").update(is_active=False)
    gone = due.posts["other_liaison"]
    gone.last_day = dt.date(2017, 10, 1)
    gone.save()
    found = {post.pk for post in held_posts(at(-7))}
    assert {due.posts["liaison"].pk, gone.pk} & found == set()
    assert due.posts["unit_office"].pk in found


@pytest.mark.usefixtures("due")
def test_the_mornings_work_reminds_everybody_once_and_leaves_an_entry() -> None:
    registry.load()
    instant = at(-7)
    worker = Worker(clock=lambda: instant)
    worker.planned = {f"{name}:{instant.date()}" for name in registry.KINDS}
    for key in ("first", "second"):
        enqueue("reminders.send", {}, key=key, at=instant)
        assert worker.turn()
    people = sorted(notice.post.user.login for notice in Notice.objects.filter(kind="reminder"))
    assert people == [
        "foreign_liaison",
        "foreign_office",
        "liaison",
        "other_liaison",
        "unit_office",
    ]
    entries = [
        json.loads(entry.details)
        for entry in Entry.objects.filter(what="reminders.sent").order_by("seq")
    ]
    assert entries == [{"people": 5}, {"people": 0}]


def test_the_log_shows_the_office_all_and_a_unit_its_own(due: World) -> None:
    for who in ("liaison", "foreign_liaison"):
        remind(due.posts[who], at(-7))
    seen = {
        who: sorted(notice.post.user.login for notice in reminders.reminders(due.actor(who)))
        for who in ("office", "unit_office", "liaison")
    }
    assert seen == {
        "office": ["foreign_liaison", "liaison"],
        "unit_office": ["liaison"],
        "liaison": [],
    }
    page = due.client("unit_office").get(f"/cycles/{due.cycle.pk}/urge/log/?show=reminders")
    text = page.content.decode()
    assert ("填报条目并报审 41 项" in text, "城西区" in text) == (True, False)


@pytest.mark.parametrize(
    ("left", "step"),
    [
        (30, None),
        (8, None),
        (7, 7),
        (4, 7),
        (3, 3),
        (2, 3),
        (1, 1),
        (0, 1),
        (-1, -1),
        (-2, -1),
        (-3, -3),
        (-99, -3),
    ],
)
def test_a_step_is_the_last_one_that_was_reached(left: int, step: int | None) -> None:
    assert step_of(left) == step


def test_the_subject_is_the_room_and_the_year() -> None:
    assert subject_of("/cycles/3/filing/board/?state=open") == "cycles/3/filing"
    assert subject_of("/") == ""
