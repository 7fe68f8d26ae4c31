"""The root of every error that is raised on purpose; anything else that escapes is a bug."""

from collections.abc import Iterable


class KaoheError(Exception):
    """Base of the errors that are shown to people as a sentence, without a traceback."""


class UnknownName(KaoheError):  # noqa: N818 -- read as a sentence: raise UnknownName("reading", …)
    """A caller named something that the rubric does not have."""

    def __init__(self, kind: str, name: str, known: Iterable[str]) -> None:
        self.kind, self.name, self.known = kind, name, tuple(known)
        super().__init__(f"没有名为“{name}”的{kind}；可用的有：{'、'.join(self.known) or '（无）'}")
