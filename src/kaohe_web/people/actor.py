"""Whoever acts: an account in one of its posts, in a request from an address."""

from dataclasses import dataclass

from kaohe_web.people.models import Post, Role, User


@dataclass(frozen=True, slots=True)
class Origin:
    """Where a request came from."""

    address: str = ""
    request: str = ""


@dataclass(frozen=True, slots=True)
class Actor:
    """A person in a post; a person without a post (yet) may do next to nothing.

    Every action takes one as ``by``, and every query that shows objects takes one first.
    """

    user: User
    post: Post | None
    origin: Origin = Origin()

    @property
    def login(self) -> str:
        """The account's login."""
        return self.user.login

    @property
    def name(self) -> str:
        """The person's name."""
        return self.user.name

    @property
    def title(self) -> str:
        """The post in words."""
        return str(self.post) if self.post else ""

    @property
    def address(self) -> str:
        """The network address."""
        return self.origin.address

    @property
    def request(self) -> str:
        """The id of the request."""
        return self.origin.request

    @property
    def role(self) -> Role | None:
        """The role of the post."""
        return Role(self.post.role) if self.post else None

    @property
    def unit_id(self) -> int | None:
        """The unit of the post, its own or its department's."""
        if self.post is None:
            return None
        return self.post.department.unit_id if self.post.department else self.post.unit_id

    @property
    def department_id(self) -> int | None:
        """The department of the post."""
        return self.post.department_id if self.post else None

    @property
    def provider_id(self) -> int | None:
        """The data provider of the post."""
        return self.post.provider_id if self.post else None


@dataclass(frozen=True, slots=True)
class Nobody:
    """Nobody that is signed in, or the system itself doing background work."""

    name: str = ""
    origin: Origin = Origin()
    login: str = ""
    title: str = ""

    @property
    def address(self) -> str:
        """The network address."""
        return self.origin.address

    @property
    def request(self) -> str:
        """The id of the request."""
        return self.origin.request


SYSTEM = Nobody(name="系统")
"""Background work that no person asked for at that moment."""
