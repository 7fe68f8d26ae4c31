"""What is in the outbox, what a person was told, and who was urged."""

import datetime as dt

from django.db.models import Count, Q, QuerySet

from kaohe_web.jobs.models import Job, Notice, Urge
from kaohe_web.people import rights
from kaohe_web.people.actor import Actor
from kaohe_web.people.rights import Reach


def notices(by: Actor) -> QuerySet[Notice]:
    """The messages to the actor's present post, the latest first."""
    return Notice.objects.filter(post=by.post) if by.post else Notice.objects.none()


def unread_count(by: Actor) -> int:
    """How many of them are unread."""
    return notices(by).filter(read_at=None).count()


def jobs(by: Actor) -> QuerySet[Job]:
    """The background work of the installation, the latest first, for whoever keeps it."""
    if not rights.may(by, "system.see"):
        return Job.objects.none()
    return Job.objects.order_by("-made_at", "-id")


def last_job(kind: str) -> Job | None:
    """The latest job of a kind that was done, whoever asked for it."""
    done = Job.objects.filter(kind=kind, state=Job.State.DONE)
    return done.order_by("-done_at", "-id").first()


def oldest_waiting(at: dt.datetime) -> dt.datetime | None:
    """Since when the longest-waiting piece of work should have been begun; ``None`` if none is."""
    waiting = Job.objects.filter(state=Job.State.WAITING, run_after__lte=at)
    return waiting.order_by("run_after").values_list("run_after", flat=True).first()


def urges(by: Actor, cycle_id: int) -> QuerySet[Urge]:
    """Who was urged in a year, as far as the actor urges: the office all, a unit's office its own.

    Each with how many were told, and how many have read it.
    """
    if not rights.may(by, "urge.send"):
        return Urge.objects.none()
    found = Urge.objects.filter(cycle=cycle_id)
    if rights.reach(by, "urge.send") == Reach.UNIT:
        found = found.filter(unit=by.unit_id)
    counted = found.annotate(
        told=Count("notices"), read=Count("notices", filter=~Q(notices__read_at=None))
    )
    return counted.select_related("unit", "department").order_by("-at", "-id")
