"""What tests of results share: people without a year of their own, and the sample city."""

import datetime as dt

import pytest
from django.test import Client
from django.urls import reverse

from kaohe_web.cycles.models import Cycle
from kaohe_web.people import sessions
from kaohe_web.people.actor import Actor, Origin
from kaohe_web.people.models import Post, Role, Unit
from kaohe_web.results import runs
from kaohe_web.results.models import ScoringRun
from results.loading import load_cohort, sample_city
from world import NOW, person


class People:
    """People of any role, made when they are asked for."""

    def __init__(self) -> None:
        self.posts: dict[str, Post] = {}

    def post(self, role: Role, unit: str = "") -> Post:
        """The post of a role, in a unit if it has one."""
        name = f"{role}{unit}"
        if name not in self.posts:
            body = Unit.objects.get(code=unit) if unit else None
            bodies: dict[str, object] = {"unit": body} if body else {}
            if body and role == Role.LIAISON:
                bodies = {"department": body.departments.first()}
            self.posts[name] = person(name, role, **bodies)
        return self.posts[name]

    def actor(self, role: Role, unit: str = "") -> Actor:
        """Somebody in that role."""
        post = self.post(role, unit)
        return Actor(post.user, post, Origin("127.0.0.1", "test"))

    def client(self, role: Role, unit: str = "") -> Client:
        """A browser in which they are signed in."""
        post = self.post(role, unit)
        client = Client()
        client.force_login(post.user)
        session = client.session
        sessions.begin(session, post.user, dt.datetime.now(dt.UTC), second_factor=True)
        session["post"] = post.pk
        session.save()
        return client


@pytest.fixture
def people(db: None) -> People:
    """People of any role."""
    del db
    return People()


@pytest.fixture
def office(people: People) -> Actor:
    """The assessment office."""
    return people.actor(Role.OFFICE)


@pytest.fixture
def leader(people: People) -> Actor:
    """The leader."""
    return people.actor(Role.LEADER)


@pytest.fixture
def city(db: None) -> Cycle:
    """The sample city in a running year, everything submitted and judged."""
    del db
    return load_cohort(sample_city())


@pytest.fixture
def provisional(city: Cycle, office: Actor) -> ScoringRun:
    """Its first run."""
    return runs.run(city, by=office, at=NOW, after=0, reason="初评结束")


@pytest.fixture
def announced(provisional: ScoringRun, office: Actor) -> ScoringRun:
    """The same, announced."""
    return runs.announce(provisional, by=office, at=NOW, version=1)


def address(name: str, run: ScoringRun, **more: object) -> str:
    """An address of a run."""
    return reverse(name, kwargs={"cycle_id": run.cycle_id, "run_id": run.pk, **more})
