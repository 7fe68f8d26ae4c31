"""Plain data that remembers where it stood and how its digits were printed.

YAML, JSON and workbooks all become these nodes; whoever reads them collects every mistake with
its place instead of stopping at the first.
"""

import datetime as dt
import unicodedata
from collections.abc import Iterable, Iterator
from dataclasses import dataclass, field
from decimal import Decimal
from enum import Enum
from typing import NewType

from kaohe.errors import KaoheError
from kaohe.location import Location, Mistake
from kaohe.quantity import NotANumber, read_number

MOST_MISTAKES = 500
"""More than anyone mends in one go; a hostile file could have millions."""

LONGEST_SHOWN = 600
"""Characters of one message, or of one place; what a user's file holds may be megabytes."""


Day = NewType("Day", str)
"""A day of the calendar as 2017-05-31; empty where none is said."""

NO_DAY = Day("")


class Kind(Enum):
    """What a scalar was in the file it came from."""

    TEXT = "文字"
    NUMBER = "数字"
    BOOLEAN = "true/false"
    NULL = "空值"


@dataclass(frozen=True, slots=True)
class Scalar:
    """One value, by its printed characters."""

    text: str
    at: Location
    kind: Kind = Kind.TEXT


@dataclass(frozen=True, slots=True)
class Mapping:
    """Named values, in the order of the file; ``keys`` says where each name stood.

    ``repeated`` are the names that stood once more, each with where and what to do.
    """

    entries: dict[str, "Node"]
    keys: dict[str, Location]
    at: Location
    repeated: tuple[tuple[Location, str], ...] = ()


@dataclass(frozen=True, slots=True)
class Sequence:
    """Values in a row."""

    items: tuple["Node", ...]
    at: Location


Node = Scalar | Mapping | Sequence


class Mistaken(KaoheError):  # noqa: N818 -- the reader is told of mistakes, not of an error
    """A user's file has mistakes; all of them are here, in the order of the file."""

    def __init__(self, mistakes: Iterable[Mistake]) -> None:
        self.mistakes = tuple(mistakes)
        super().__init__("\n".join(map(str, self.mistakes)))


@dataclass(slots=True)
class Mistakes:
    """Collects what is wrong, so that a person mends a file once and not ten times."""

    found: list[Mistake] = field(default_factory=list)

    def add(self, at: Location, message: str) -> None:
        """Note a mistake; the message says what is wrong and what to do.

        :raises Mistaken: once there are more than anyone reads.
        """
        self.found.append(Mistake(shown(str(at)), shown(message)))
        if len(self.found) == MOST_MISTAKES:
            more = f"错误已有 {MOST_MISTAKES} 处，后面的没有再查；请先改好这些，再查一遍"
            raise Mistaken([*self.found, Mistake(str(Location(at.file, "")), more)])

    def stop_if_any(self) -> None:
        """:raises Mistaken: with all of them, if there are any."""
        if self.found:
            raise Mistaken(self.found)

    def add_repeated(self, root: Node) -> None:
        """Note every name that stood twice, anywhere in a file."""
        for node in walk(root):
            if isinstance(node, Mapping):
                for at, message in node.repeated:
                    self.add(at, message)

    def mapping(self, node: Node, what: str) -> Mapping | None:
        """The node as a mapping, or a mistake."""
        if isinstance(node, Mapping):
            return node
        self.add(node.at, f"{what}应是“名称: 值”的一组，而这里是{shape(node)}")
        return None

    def items(self, node: Node, what: str) -> tuple[Node, ...]:
        """The node's items, or a mistake and none."""
        if isinstance(node, Sequence):
            return node.items
        self.add(node.at, f"{what}应是列表，而这里是{shape(node)}")
        return ()

    def text(self, node: Node, what: str) -> str:
        """The node as text, or a mistake and an empty one."""
        if isinstance(node, Scalar) and node.kind is Kind.TEXT:
            if not node.text.strip():
                self.add(node.at, f"{what}是空的；请填写")
            hidden = unseen(node.text)
            if hidden:
                self.add(node.at, f"{what}含有看不见的字符 U+{ord(hidden):04X}；请删去它，重新键入")
            return node.text
        self.add(node.at, f"{what}应是文字，而这里是{shape(node)}")
        return ""

    def number(self, node: Node, what: str) -> Decimal | None:
        """The node as a plain decimal by its printed digits, or a mistake."""
        if not isinstance(node, Scalar) or node.kind not in (Kind.TEXT, Kind.NUMBER):
            self.add(node.at, f"{what}应是数字，而这里是{shape(node)}")
            return None
        try:
            return read_number(node.text)
        except NotANumber as error:
            self.add(
                node.at, f"{what}：{error}" if node.text else f"{what}是空的；没有值就不要写这一项"
            )
            return None

    def unknown_keys(self, node: Mapping, known: Iterable[str], what: str) -> None:
        """A mistake for every key that is not known, with the nearest known one."""
        known = tuple(known)
        for key in node.entries:
            if key not in known:
                self.add(node.keys[key], f"{what}没有“{key}”这一项；{nearest(key, known)}")


def shape(node: Node) -> str:
    """What a node looks like, in the user's words."""
    if isinstance(node, Scalar):
        return node.kind.value
    return "一组值" if isinstance(node, Mapping) else "列表"


UNSEEN = ("Cc", "Cf", "Cs", "Cn", "Zl", "Zp")
"""Kinds of characters without a picture: controls, marks, halves, none at all, separators."""


def unseen(text: str) -> str:
    """The first character of a text that nobody sees (control, zero-width, turning); else empty.

    Two names that look alike must be alike, and none may carry orders to a terminal.
    """
    if text.isprintable():
        return ""
    hidden = (c for c in text if c not in "\n\t\r" and unicodedata.category(c) in UNSEEN)
    return next(hidden, "")


def shown(text: str) -> str:
    """A text as it may stand in one line of a message: not too long, nothing unseen in it."""
    if len(text) > LONGEST_SHOWN:
        half = LONGEST_SHOWN // 2
        text = f"{text[:half]}…{text[-half:]}"
    if text.isprintable():
        return text
    return "".join(
        c if c.isprintable() or c == "\u3000" else "\N{REPLACEMENT CHARACTER}" for c in text
    )


def is_day(text: str) -> bool:
    """Whether a text is a day of the calendar as 2017-05-31."""
    try:
        return dt.date.fromisoformat(text).isoformat() == text
    except ValueError:
        return False


def nearest(name: str, known: Iterable[str]) -> str:
    """A hint at what may have been meant: the nearest known name, or all of them if few."""
    from difflib import get_close_matches  # noqa: PLC0415 -- slow import, and only for mistakes

    known = tuple(filter(None, known))
    close = get_close_matches(name[:80], known, n=1)
    if close:
        return f"是不是“{close[0]}”？"
    return f"可用的有：{'、'.join(known)}" if len(known) <= 40 else "请查对名称"  # noqa: PLR2004 -- a screenful


def walk(node: Node) -> Iterator[Node]:
    """The node and everything below it."""
    yield node
    if isinstance(node, Mapping):
        for child in node.entries.values():
            yield from walk(child)
    elif isinstance(node, Sequence):
        for child in node.items:
            yield from walk(child)
