"""What happens by itself at night: evidence read again, what is over removed, idle people told."""

import datetime as dt
import hashlib
import json
from pathlib import Path

import pytest

from kaohe_web.audit.models import Entry
from kaohe_web.files.configured import evidence_store
from kaohe_web.filing.models import StoredFile
from kaohe_web.jobs import registry
from kaohe_web.jobs.models import Job, Notice
from kaohe_web.jobs.outbox import enqueue
from kaohe_web.jobs.worker import Worker
from kaohe_web.people.models import Session, SignInFailure, User
from world import NOW, World

DAY = dt.timedelta(days=1)


def work(kind: str, at: dt.datetime = NOW) -> dict[str, object]:
    """Do one kind of work; what it found."""
    registry.load()
    worker = Worker(clock=lambda: at)
    worker.planned = {f"{name}:{at.date()}" for name in registry.KINDS}
    job = enqueue(kind, {}, key=f"{kind}:{at.isoformat()}", at=at)
    assert worker.turn()
    job.refresh_from_db()
    assert (job.state, job.error) == ("done", "")
    found: dict[str, object] = json.loads(job.result)
    return found


def keep(folder: Path, text: str, *, row: bool = True) -> str:
    """Put a file into the store; whether it is anybody's."""
    content = text.encode()
    sha256 = hashlib.sha256(content).hexdigest()
    path = folder / "file"
    path.write_bytes(content)
    evidence_store().put(path, sha256)
    if row:
        StoredFile.objects.create(sha256=sha256, size=len(content), type="txt", stored_at=NOW)
    return sha256


@pytest.fixture(autouse=True)
def empty_store() -> None:
    """A store with nothing in it."""
    store = evidence_store()
    for sha256 in list(store.hashes()):
        store.delete(sha256)


def test_T11_every_night_each_stored_file_is_read_again(world: World, tmp_path: Path) -> None:
    whole, damaged, missing = (keep(tmp_path, text) for text in ("一", "二", "三"))
    store = evidence_store()
    place = store.root / damaged[:2] / damaged  # type: ignore[attr-defined]  # on disk here
    place.chmod(0o600)
    place.write_bytes(b"anders")
    store.delete(missing)
    found = work("evidence.verify")
    assert found == {
        "whole": 1,
        "missing": [missing],
        "damaged": [damaged],
        "unexpected": [],
        "swept": 0,
        "removed": 0,
    }
    assert store.exists(whole)
    entry = Entry.objects.get()
    assert (entry.what, json.loads(entry.details)["damaged"]) == ("evidence.verified", 1)
    [notice] = Notice.objects.all()
    assert (notice.post, notice.title) == (
        world.posts["system_officer"],
        "有佐证材料损坏或丢失",
    )
    assert damaged[:12] in notice.text


@pytest.mark.django_db
def test_what_nobody_took_up_is_removed_the_second_night(tmp_path: Path) -> None:
    nobodys = keep(tmp_path, "没人要", row=False)
    assert work("evidence.verify")["removed"] == 0
    assert evidence_store().exists(nobodys)
    assert work("evidence.verify", NOW + DAY)["removed"] == 1
    assert not evidence_store().exists(nobodys)


@pytest.mark.django_db
def test_what_somebody_took_up_meanwhile_stays(tmp_path: Path) -> None:
    sha256 = keep(tmp_path, "后来有人要", row=False)
    work("evidence.verify")
    keep(tmp_path, "后来有人要")
    assert work("evidence.verify", NOW + DAY)["removed"] == 0
    assert evidence_store().exists(sha256)


@pytest.mark.django_db
def test_what_is_over_is_removed_and_the_rest_stays() -> None:
    for key, ends in (("old", NOW - DAY), ("new", NOW + DAY)):
        Session.objects.create(session_key=key, session_data="", expire_date=ends)
    for days in (1, 61):
        SignInFailure.objects.create(login="x", address="::1", at=NOW - days * DAY)
        job = enqueue("reminders.send", {}, key=f"done {days}", at=NOW)
        Job.objects.filter(pk=job.pk).update(state="done", done_at=NOW - days * DAY)
    assert work("tidy") == {"sessions": 1, "sign_in_failures": 1, "jobs": 1}
    assert [session.session_key for session in Session.objects.all()] == ["new"]
    assert sorted(job.key for job in Job.objects.filter(kind="reminders.send")) == ["done 1"]
    entry = Entry.objects.get()
    assert (entry.what, json.loads(entry.details)["jobs"]) == ("installation.tidied", 1)


def test_idle_accounts_are_told_to_the_security_officer_once_a_week(world: World) -> None:
    User.objects.update(seen_at=NOW)
    User.objects.filter(login="liaison").update(seen_at=None, made_at=NOW - 91 * DAY)
    assert work("accounts.idle") == {"count": 1}
    assert work("accounts.idle", NOW + DAY) == {"count": 1}
    [notice] = Notice.objects.all()
    assert (notice.post, notice.title, notice.text) == (
        world.posts["security_officer"],
        "1 个账号超过 90 天没有使用",
        "请核实后停用：联络员（示例）（liaison）",
    )
    assert [entry.what for entry in Entry.objects.all()] == ["accounts.idle_told"]


def test_no_idle_account_is_no_message(world: World) -> None:
    del world
    User.objects.update(seen_at=NOW)
    assert work("accounts.idle") == {"count": 0}
    assert (Notice.objects.count(), Entry.objects.count()) == (0, 0)
