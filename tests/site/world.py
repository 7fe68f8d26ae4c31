"""A small year to test in: three units with departments, nine roles, the built-in rubric."""

import datetime as dt
from dataclasses import dataclass, field
from functools import cache

from django.contrib.auth.hashers import make_password
from django.test import Client

from kaohe.reading.load import load_rubric
from kaohe.reading.writer import fingerprint, write_rubric
from kaohe.rubric.model import Rubric
from kaohe_web.clock import BEIJING
from kaohe_web.cycles.models import (
    AssessedUnit,
    Cycle,
    Duty,
    ProvidedIndicator,
    Stage,
    StageKind,
    Target,
)
from kaohe_web.people import sessions
from kaohe_web.people.actor import Actor, Origin
from kaohe_web.people.models import Department, Post, Provider, Role, Unit, User
from kaohe_web.review.models import Assignment
from kaohe_web.rubrics.models import RubricEdition

NOW = dt.datetime(2017, 10, 20, 10, 0, tzinfo=BEIJING)
"""The instant at which the tests act: every stage of the year is open."""

PASSWORD_HASH = make_password("只用于测试的口令-2017", hasher="default")


@cache
def built_in(name: str) -> tuple[Rubric, str, str]:
    """A built-in rubric, its fingerprint and its text: read once, since nothing changes it."""
    rubric = load_rubric(name)
    return rubric, fingerprint(rubric), write_rubric(rubric)


def adopt(name: str = "shuangtaizi-2017") -> RubricEdition:
    """An edition of a built-in rubric."""
    rubric, mark, text = built_in(name)
    return RubricEdition.objects.create(
        fingerprint=mark,
        rubric=rubric.id,
        title=rubric.title,
        period=rubric.period.name,
        text=text,
        source=name,
        adopted_at=NOW,
        adopted_by="示例考核办",
    )


def person(login: str, role: Role, **bodies: object) -> Post:
    """An account with one post."""
    user = User.objects.create(
        login=login, name=f"{Role(role).label}（示例）", password=PASSWORD_HASH, made_at=NOW
    )
    return Post.objects.create(user=user, role=role, first_day=dt.date(2017, 1, 1), **bodies)


@dataclass
class World:
    """Everything that was made, by short names."""

    edition: RubricEdition
    cycle: Cycle
    units: list[Unit]
    assessed: list[AssessedUnit]
    departments: dict[tuple[str, str], Department]
    provider: Provider
    posts: dict[str, Post] = field(default_factory=dict)

    @property
    def rubric(self) -> Rubric:
        """The rubric of the year."""
        return built_in(self.edition.rubric)[0]

    def actor(self, name: str) -> Actor:
        """The person of that short name, in their post."""
        post = self.posts[name]
        return Actor(post.user, post, Origin("127.0.0.1", "test"))

    def client(self, name: str) -> Client:
        """A browser in which that person is signed in."""
        client = Client()
        post = self.posts[name]
        client.force_login(post.user)
        session = client.session
        sessions.begin(session, post.user, dt.datetime.now(dt.UTC), second_factor=True)
        session["post"] = post.pk
        session.save()
        return client


def make_world() -> World:
    """A running year of a sample city: 城东区 has two departments, the others one each.

    Short names of people: office, unit_office, liaison (城东区 市监局), other_liaison (城东区
    经信局), foreign_office and foreign_liaison (城西区), provider, assessor, second_assessor,
    third_assessor, leader, system_officer, security_officer, audit_officer.
    """
    edition = adopt()
    cycle = Cycle.objects.create(
        name="2016-2017 年度（示例）",
        edition=edition,
        state=Cycle.State.OPEN,
        first_day=dt.date(2016, 9, 1),
        last_day=dt.date(2017, 8, 31),
        made_at=NOW,
    )
    for kind in StageKind:
        Stage.objects.create(
            cycle=cycle, kind=kind, first_day=dt.date(2017, 10, 1), last_day=dt.date(2027, 12, 31)
        )
    units, assessed, departments = [], [], {}
    for number, name in enumerate(("城东区（示例）", "城西区（示例）", "城南区（示例）"), start=1):
        unit = Unit.objects.create(code=f"u{number:02}", name=name, position=number)
        units.append(unit)
        assessed.append(
            AssessedUnit.objects.create(cycle=cycle, unit=unit, group="示例市", position=number)
        )
        for position, short in enumerate(("市监局", "经信局") if number == 1 else ("市监局",)):
            departments[unit.code, short] = Department.objects.create(
                unit=unit, name=short, position=position
            )
    provider = Provider.objects.create(name="市质监局（示例）")
    world = World(edition, cycle, units, assessed, departments, provider)
    add_people(world)
    add_duties(world)
    return world


def add_people(world: World) -> None:
    """One person per role, and the strangers that must not see."""
    first, second = world.units[:2]
    made = {
        "office": person("office", Role.OFFICE),
        "leader": person("leader", Role.LEADER),
        "unit_office": person("unit_office", Role.UNIT_OFFICE, unit=first),
        "foreign_office": person("foreign_office", Role.UNIT_OFFICE, unit=second),
        "provider": person("provider", Role.PROVIDER, provider=world.provider),
        "assessor": person("assessor", Role.ASSESSOR),
        "second_assessor": person("second_assessor", Role.ASSESSOR),
        "third_assessor": person("third_assessor", Role.ASSESSOR),
        "system_officer": person("system_officer", Role.SYSTEM_OFFICER),
        "security_officer": person("security_officer", Role.SECURITY_OFFICER),
        "audit_officer": person("audit_officer", Role.AUDIT_OFFICER),
    }
    for name, key in (
        ("liaison", ("u01", "市监局")),
        ("other_liaison", ("u01", "经信局")),
        ("foreign_liaison", ("u02", "市监局")),
    ):
        made[name] = person(name, Role.LIAISON, department=world.departments[key])
    world.posts = made


def add_duties(world: World) -> None:
    """市监局 leads every part that units file, but M10 and M11, which 城东区's 经信局 leads."""
    filed = [part.id for part in world.rubric.all_parts() if part.filing != "none"]
    Duty.objects.bulk_create(
        Duty(cycle=world.cycle, assessed=of, part=part, department=leading(world, of, part))
        for of in world.assessed
        for part in filed
    )
    for of in world.assessed:
        Target.objects.create(
            cycle=world.cycle,
            assessed=of,
            indicator="manufacturing_pass_rate",
            value="95",
            state=Target.State.CONFIRMED,
        )
        Assignment.objects.create(
            cycle=world.cycle, assessed=of, part="M8.1", assessor=world.posts["assessor"]
        )
    for indicator in ("manufacturing_pass_rate", "water_project_quality_score"):
        ProvidedIndicator.objects.create(
            cycle=world.cycle, indicator=indicator, provider=world.provider
        )


def leading(world: World, of: AssessedUnit, part: str) -> Department:
    """The department of a unit that leads a part."""
    short = "经信局" if of.unit.code == "u01" and part in ("M10", "M11") else "市监局"
    return world.departments[of.unit.code, short]
