"""Telling people something, in the transaction that causes it (站内消息)."""

import datetime as dt
from collections.abc import Iterable

from django.db.models import Q

from kaohe_web.clock import day_of
from kaohe_web.jobs.models import Delivery, Notice, Urge
from kaohe_web.people.models import Post

KEY = 175
"""What of a key is kept, so that the post's number always fits behind it."""


def notify(
    posts: Iterable[Post],
    *,
    kind: str,
    title: str,
    at: dt.datetime,
    key: str,
    text: str = "",
    link: str = "",
    urge: Urge | None = None,
) -> int:
    """Tell each post something once: the same key is never told twice to one post.

    Returns how many were told now.
    """
    told = 0
    for post in posts:
        notice, made = Notice.objects.get_or_create(
            key=f"{key[:KEY]}:{post.pk}",
            defaults={
                "post": post,
                "kind": kind,
                "title": title[:200],
                "text": text,
                "link": link,
                "urge": urge,
                "made_at": at,
            },
        )
        if made:
            Delivery.objects.create(notice=notice, at=at)
            told += 1
    return told


def posts_of(
    role: str,
    at: dt.datetime,
    *,
    unit_id: int | None = None,
    department_id: int | None = None,
    provider_id: int | None = None,
) -> list[Post]:
    """The posts of a role that are held now, of one body or of all."""
    day = day_of(at)
    posts = Post.objects.filter(
        Q(last_day=None) | Q(last_day__gte=day), role=role, first_day__lte=day
    )
    if unit_id is not None:
        posts = posts.filter(Q(unit=unit_id) | Q(department__unit=unit_id))
    if department_id is not None:
        posts = posts.filter(department=department_id)
    if provider_id is not None:
        posts = posts.filter(provider=provider_id)
    return list(posts.order_by("pk"))
