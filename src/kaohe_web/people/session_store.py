"""Sessions in the database, found by the hash of their key, each with its person and place."""

import datetime as dt
from collections.abc import Mapping
from typing import Any

from django.contrib.auth import SESSION_KEY
from django.contrib.sessions.backends import db
from django.utils import timezone

from kaohe_web.people.digests import digest
from kaohe_web.people.models import Session


def kept(key: str) -> str:
    """What is kept of a session's key."""
    return digest("session", key)


class SessionStore(db.SessionStore):
    """Django's sessions, but for the key, of which only the hash is kept."""

    @classmethod
    def get_model_class(cls) -> type[Session]:
        """Our own table."""
        return Session

    def _get_session_from_db(self) -> Session | None:
        found = Session.objects.filter(
            session_key=kept(self.session_key or ""), expire_date__gt=timezone.now()
        ).first()
        if found is None:
            self._session_key = None
        return found

    def exists(self, session_key: str) -> bool:
        """Whether there is such a session."""
        return Session.objects.filter(session_key=kept(session_key)).exists()

    def create_model_instance(self, data: Mapping[str, Any]) -> Session:
        """The row of a session."""
        user = data.get(SESSION_KEY)
        return Session(
            session_key=kept(self._get_or_create_session_key()),  # type: ignore[attr-defined]  # Django's own
            session_data=self.encode(dict(data)),
            expire_date=self.get_expiry_date(),
            user_id=int(user) if user else None,
            began_at=instant(data.get("began")),
            used_at=instant(data.get("used")),
            address=str(data.get("address", ""))[:64],
            browser=str(data.get("browser", ""))[:100],
        )

    def delete(self, session_key: str | None = None) -> None:
        """Take the row away; none that is there is no mistake."""
        key = session_key or self.session_key
        if key is not None:
            Session.objects.filter(session_key=kept(key)).delete()


def instant(text: object) -> dt.datetime | None:
    """An instant as a session notes it."""
    return dt.datetime.fromisoformat(text) if isinstance(text, str) else None
