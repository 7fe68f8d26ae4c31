"""What a person does with their own account: password, sessions, the post they act in."""

import datetime as dt

from django.utils.translation import gettext as _

from kaohe_web.audit import trail
from kaohe_web.errors import Invalid, NotThere
from kaohe_web.people import passwords, sessions
from kaohe_web.people.acting import action
from kaohe_web.people.actor import Actor
from kaohe_web.people.models import Post, Session, User


@action("password.changed", right="account.own")
def change_password(user: User, /, *, by: Actor, at: dt.datetime, password: str) -> None:
    """Take a new password for one's own account; every session of it ends.

    The present password was asked for just before (:func:`signing_in.confirm_password`).

    :raises Invalid: with everything that is wrong with it.
    """
    assert user == by.user  # noqa: S101 -- pages pass the person's own account
    password = passwords.composed(password)
    found = passwords.faults(password, user)
    if found:
        raise Invalid(found)
    passwords.put(user, password, at)
    sessions.end_all(user)
    trail.record("password.changed", user, by=by, at=at)


@action("post.chosen", right="account.own")
def choose_post(post: Post, /, *, by: Actor, at: dt.datetime) -> None:
    """Act in another of one's own posts from now on; the caller notes it in the session.

    :raises NotThere: if it is not the person's, or not held now.
    """
    if post.user_id != by.user.pk or not any(
        held.pk == post.pk for held in sessions.held_posts(by.user, at)
    ):
        raise NotThere(_("您现在没有这个岗位；请刷新页面再选"))
    trail.record("post.chosen", post, by=by, at=at)


@action("session.ended_elsewhere", right="account.own")
def end_session(session: Session, /, *, by: Actor, at: dt.datetime) -> None:
    """End one of one's own sessions, such as one left open on another computer.

    :raises NotThere: if it is somebody else's.
    """
    if session.user_id != by.user.pk:
        raise NotThere(_("没有这个登录；它可能已经退出"))
    named = trail.What("people.session", "", f"{session.address} {session.browser}")
    session.delete()
    trail.record("session.ended_elsewhere", named, by=by, at=at)


@action("sessions.ended_elsewhere", right="account.own")
def end_other_sessions(session: Session, /, *, by: Actor, at: dt.datetime) -> int:
    """End all of one's own sessions but this one; gives how many."""
    others = Session.objects.filter(user=by.user).exclude(pk=session.pk)
    ended = others.delete()[0]
    trail.record(
        "sessions.ended_elsewhere", by.user, by=by, at=at, details={"sessions": str(ended)}
    )
    return ended
