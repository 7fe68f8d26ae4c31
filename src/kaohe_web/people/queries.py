"""Who can be seen by whom: accounts, posts, sessions, handovers, bodies, contacts."""

import datetime as dt

from django.db.models import Prefetch, Q, QuerySet

from kaohe_web.people import rights
from kaohe_web.people.actor import Actor
from kaohe_web.people.models import (
    Contact,
    Department,
    Handover,
    Post,
    Provider,
    Role,
    Session,
    Unit,
    User,
)
from kaohe_web.people.sessions import held_posts

WITH_BODIES = ("unit", "department__unit", "provider")


def other_posts(by: Actor, at: dt.datetime) -> list[Post]:
    """The other posts that the person may change to."""
    return [post for post in held_posts(by.user, at) if by.post is None or post.pk != by.post.pk]


def own_posts(by: Actor) -> QuerySet[Post]:
    """Every post of the person, also those that ended or are yet to begin."""
    return by.user.posts.select_related(*WITH_BODIES)


def own_sessions(by: Actor) -> QuerySet[Session]:
    """The sessions of the person, the latest first."""
    return by.user.sessions.order_by("-used_at", "-began_at")


def handovers(by: Actor) -> QuerySet[Handover]:
    """The handovers that the person gave or took; the security officer sees all."""
    found = Handover.objects.select_related(
        "giver", "taker", *(f"post__{each}" for each in WITH_BODIES)
    )
    return found if rights.may(by, "people.manage") else found.filter(mine(by))


def own_handovers(by: Actor) -> QuerySet[Handover]:
    """The handovers that the person gave or took."""
    return handovers(by).filter(mine(by))


def mine(by: Actor) -> Q:
    """What the person gave or took."""
    return Q(giver=by.user) | Q(taker=by.user)


def accounts(by: Actor) -> QuerySet[User]:
    """Every account, for the security officer; nobody else keeps accounts."""
    if not rights.may(by, "people.manage"):
        return User.objects.none()
    posts = Post.objects.select_related(*WITH_BODIES)
    return User.objects.prefetch_related(Prefetch("posts", posts))


def posts(by: Actor) -> QuerySet[Post]:
    """Every post, for the security officer."""
    if not rights.may(by, "people.manage"):
        return Post.objects.none()
    return Post.objects.select_related("user", *WITH_BODIES)


def units(by: Actor) -> QuerySet[Unit]:
    """The units that posts can be given in."""
    return Unit.objects.all() if rights.may(by, "people.manage") else Unit.objects.none()


def departments(by: Actor) -> QuerySet[Department]:
    """The departments that posts can be given in."""
    found = Department.objects.select_related("unit").order_by("unit__position", "position", "id")
    return found if rights.may(by, "people.manage") else found.none()


def providers(by: Actor) -> QuerySet[Provider]:
    """The data providers that posts can be given in."""
    return Provider.objects.all() if rights.may(by, "people.manage") else Provider.objects.none()


def contacts(by: Actor) -> QuerySet[Contact]:
    """The contacts that the actor may see (masked).

    Office and leaders: all; unit offices: their unit's; liaisons and providers: their own body's.
    """
    found = Contact.objects.all()
    match by.role:
        case Role.OFFICE | Role.LEADER:
            return found
        case Role.UNIT_OFFICE:
            return found.filter(Q(unit=by.unit_id) | Q(department__unit=by.unit_id))
        case Role.LIAISON:
            return found.filter(department=by.department_id)
        case Role.PROVIDER:
            return found.filter(provider=by.provider_id)
        case _:
            return found.none()


def editable_contacts(by: Actor) -> QuerySet[Contact]:
    """The contacts that the actor may edit and give out."""
    return contacts(by) if rights.may(by, "contacts.edit") else Contact.objects.none()
