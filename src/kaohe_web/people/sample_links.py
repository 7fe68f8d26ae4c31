"""Links by which one walks into the sample city in a role; only there, and only on this machine."""

import hmac
from dataclasses import dataclass

from django.conf import settings
from django.urls import reverse

from kaohe_web.people.digests import digest
from kaohe_web.people.models import Post, Role

BRIEF = 32
"""Hexadecimal digits of a token's proof."""


@dataclass(frozen=True, slots=True)
class SampleLink:
    """A role of the sample city and the path that walks in as it."""

    title: str
    path: str


def links() -> list[SampleLink]:
    """One link for each role that somebody has; none outside the sample city."""
    if not are_open():
        return []
    found = []
    for role in Role:
        post = Post.objects.filter(role=role, user__is_active=True).order_by("pk").first()
        if post is not None:
            path = reverse("sample_link", kwargs={"token": token_of(post)})
            found.append(SampleLink(post.title, path))
    return found


def are_open() -> bool:
    """Whether this is the sample city, reached from this machine only."""
    environment = settings.ENVIRONMENT
    return environment.sample and environment.binding.is_loopback


def token_of(post: Post) -> str:
    """What stands in a link for a post."""
    return f"{post.pk}-{digest('sample link', str(post.pk))[:BRIEF]}"


def post_of(token: str) -> Post | None:
    """The post that a token stands for; ``None`` if it is not one of ours, or this is no sample."""
    if not are_open():
        return None
    key, _dash, proof = token.partition("-")
    if not (key.isascii() and key.isdigit() and proof.isascii()):
        return None
    if not hmac.compare_digest(proof, digest("sample link", key)[:BRIEF]):
        return None
    posts = Post.objects.select_related("user", "unit", "department__unit", "provider")
    return posts.filter(pk=int(key), user__is_active=True).first()
