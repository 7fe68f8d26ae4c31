"""The people of the sample city: one account for each post, named by what they do."""

import datetime as dt
from dataclasses import dataclass

from kaohe_web.people import accounts, contacts, posts
from kaohe_web.people.actor import Actor, Origin
from kaohe_web.people.models import Department, Post, Provider, Role, Unit
from kaohe_web.people.posts import NewPost
from kaohe_web.sheets.contacts import Contact

ORIGIN = Origin(address="127.0.0.1", request="sample")


@dataclass(slots=True)
class People:
    """Whoever acts in the sample, by login."""

    security: Actor
    day: dt.date

    def actor(self, login: str) -> Actor:
        """The person of a login, in their post."""
        related = ("user", "unit", "department__unit", "provider")
        post = Post.objects.select_related(*related).get(user__login=login)
        return Actor(post.user, post, ORIGIN)

    def liaison(self, department: Department) -> Actor:
        """The liaison of a department."""
        return self.actor(login_of(department))

    def invite(
        self,
        login: str,
        role: Role,
        at: dt.datetime,
        *,
        unit: Unit | None = None,
        department: Department | None = None,
        provider: Provider | None = None,
        cleared: bool = False,
    ) -> Actor:
        """Invite somebody for a post; nobody in the sample has a password."""
        body = department or unit or provider
        plain = str(body).removesuffix("（示例）") if body else ""
        post = NewPost(
            role,
            self.day,
            unit=unit,
            department=department,
            provider=provider,
            cleared=cleared,
        )
        name = f"{plain}{role.label}（示例）"
        accounts.invite(None, by=self.security, at=at, login=login, name=name, post=post)
        return self.actor(login)


def begin(at: dt.datetime) -> People:
    """The first account: the security officer, who invites all others."""
    user = accounts.make("anquan", "安全管理员（示例）", at)
    post = posts.put(user, NewPost(Role.SECURITY_OFFICER, at.date()), at)
    return People(Actor(user, post, ORIGIN), at.date())


def enter_contacts(office: Actor, at: dt.datetime) -> None:
    """Whom to call in each unit, and in the departments of the first."""
    bodies = [(unit.name, "质强办主任") for unit in Unit.objects.all()]
    first = Department.objects.filter(unit__position=1).select_related("unit")
    bodies += [(f"{each.unit.name}{each.name}", "科长") for each in first]
    for number, (body, duty) in enumerate(bodies, start=1):
        line = Contact(
            name=f"联系人{number:02}（示例）",
            body=body,
            duty=duty,
            phone=f"0427-55500{number:02}",
            mobile=f"138000000{number:02}",
            email=f"lianxi{number:02}@example.cn",
        )
        contacts.add(None, by=office, at=at, line=line)


def login_of(department: Department) -> str:
    """The login of a department's liaison."""
    return f"{department.unit.code}-{department.position:02}"
