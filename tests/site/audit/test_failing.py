"""T49: where the trail cannot be written, nothing is done, and the person is told which request."""

import pytest
from django.db import DatabaseError, connection

from kaohe_web.audit.models import Entry
from kaohe_web.jobs import notices
from kaohe_web.jobs.models import Notice
from world import NOW, World

SQLITE = """CREATE TRIGGER audit_full BEFORE INSERT ON audit_entry WHEN NEW.what = 'notice.read'
    BEGIN SELECT RAISE(ABORT, 'database or disk is full'); END"""
POSTGRESQL = """CREATE FUNCTION audit_full() RETURNS trigger LANGUAGE plpgsql AS
    $$ BEGIN RAISE EXCEPTION 'could not extend file'; END $$;
    CREATE TRIGGER audit_full BEFORE INSERT ON audit_entry FOR EACH ROW
    WHEN (NEW.what = 'notice.read') EXECUTE FUNCTION audit_full()"""


@pytest.fixture
def notice(world: World) -> Notice:
    """An unread message, and a trail that cannot take that it was read."""
    with connection.cursor() as cursor:
        cursor.execute(POSTGRESQL if connection.vendor == "postgresql" else SQLITE)
    return Notice.objects.create(
        post=world.posts["liaison"], kind="news", title="通知（示例）", key="a", made_at=NOW
    )


def test_T49_an_action_whose_entry_cannot_be_written_is_undone(
    world: World, notice: Notice
) -> None:
    with pytest.raises(DatabaseError):
        notices.read(notice, by=world.actor("liaison"), at=NOW)
    notice.refresh_from_db()
    assert (notice.read_at, Entry.objects.count()) == (None, 0)


def test_T49_the_person_gets_a_page_with_the_number_of_the_request(
    world: World, notice: Notice
) -> None:
    client = world.client("liaison")
    client.raise_request_exception = False
    answer = client.post(f"/notices/{notice.pk}/read/")
    assert answer.status_code == 500
    assert answer["X-Request-Id"] in answer.content.decode()
    assert "full" not in answer.content.decode()
    notice.refresh_from_db()
    assert (notice.read_at, Entry.objects.filter(what="notice.read").count()) == (None, 0)
