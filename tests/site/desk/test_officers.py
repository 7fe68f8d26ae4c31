"""The desks of the three officers: what each must see to, and figures that lead further."""

import datetime as dt

from kaohe_web.audit import trail
from kaohe_web.jobs.models import Job
from kaohe_web.jobs.outbox import enqueue
from kaohe_web.keeping.figures import figures
from kaohe_web.keeping.todos import todos
from kaohe_web.people.actor import SYSTEM
from kaohe_web.people.models import User
from world import NOW, World

DAY = dt.timedelta(days=1)


def asked(world: World, who: str, at: dt.datetime = NOW) -> list[tuple[str, int, str]]:
    """What an officer must see to."""
    return [(todo.title, todo.count, todo.link) for todo in todos(world.actor(who), at)]


def told(world: World, who: str) -> dict[str, tuple[str, bool]]:
    """An officer's figures: each with whether it is bad."""
    return {each.title: (each.value, each.bad) for each in figures(world.actor(who), NOW)}


def test_the_system_officer_sees_to_failed_work_and_to_a_weekly_backup(world: World) -> None:
    backup = ("做一次备份", 1, "/system/")
    assert asked(world, "system_officer") == [backup]
    enqueue("reminders.send", {}, key="a", at=NOW)
    Job.objects.update(state="failed")
    failed = ("后台任务失败，待重试或放弃", 1, "/jobs/?state=failed")
    assert asked(world, "system_officer") == [failed, backup]
    trail.record("backup.made", None, by=SYSTEM, at=NOW)
    assert asked(world, "system_officer") == [failed]
    assert asked(world, "system_officer", NOW + 8 * DAY) == [failed, backup]
    found = told(world, "system_officer")
    assert (found["失败的任务"], found["最近一次备份"]) == (("1", True), ("2017-10-20", False))


def test_the_security_officer_sees_to_people_who_never_came(world: World) -> None:
    assert asked(world, "security_officer") == []
    User.objects.filter(login="liaison").update(password="!never", made_at=NOW)
    assert asked(world, "security_officer", NOW + 2 * DAY) == []
    assert asked(world, "security_officer", NOW + 4 * DAY) == [
        ("邀请已过期、尚未设密码的账号", 1, "/people/?state=invited")
    ]
    User.objects.filter(login="provider").update(is_active=False)
    found = told(world, "security_officer")
    assert (found["启用的账号"], found["已停用的账号"]) == (("13", False), ("1", False))


def test_the_audit_officer_sees_the_days_entries_and_refusals(world: World) -> None:
    assert asked(world, "audit_officer") == []
    trail.record("notice.read", None, by=SYSTEM, at=NOW)
    trail.record_refusal("page.refused", None, by=SYSTEM, at=NOW, reason="x")
    trail.record("notice.read", None, by=SYSTEM, at=NOW - 2 * DAY)
    assert told(world, "audit_officer") == {
        "今天的留痕": ("2", False),
        "今天被拒绝的操作": ("1", False),
        "最近一次核验": ("还没有", False),
    }


def test_nobody_else_has_figures_of_the_installation(world: World) -> None:
    others = ("office", "leader", "unit_office", "liaison", "provider", "assessor")
    assert [told(world, who) for who in others] == [{}] * 6
    assert [asked(world, who) for who in others] == [[]] * 6
