"""What people do while the server is killed: each act, and what it was acknowledged.

To add one, write a class with a name and ``do``, enter it in ``ACTS``, and write what must hold
afterwards in ``check.py`` under the same name.
"""

import re
import struct
import zlib
from dataclasses import dataclass
from itertools import count
from typing import Protocol
from uuid import uuid4

from installation import TOKEN, Installation
from processes import Filled

VERSION = re.compile(r'name="version" value="(\d+)"')
AFTER = re.compile(r'name="after" value="(\d+)"')
PASSWORD = "只用于测试的口令-2017"
DONE = 302
"""A form that was taken leads on."""


@dataclass
class Person:
    """Somebody at a browser."""

    filled: Filled
    name: str

    @property
    def site(self) -> Installation:
        """The site."""
        return self.filled.installation

    @property
    def year(self) -> str:
        """The address of the year."""
        return f"/cycles/{self.filled.told['cycle']}"

    def get(self, path: str) -> str:
        """A page; empty if nobody answers."""
        status, text = self.site.get(path, self.filled.cookie(self.name))
        return text if status == 200 else ""

    def post(self, path: str, page: str, **fields: str) -> bool:
        """Send a form of a page; whether it was acknowledged."""
        status, _text = self.site.post(path, self.filled.cookie(self.name), page, fields)
        return status == DONE


class Act(Protocol):
    """One thing that one person does again and again."""

    name: str

    def do(self) -> dict[str, object] | None:
        """Do it once more; what was acknowledged, or ``None`` if it was not."""


class Urge:
    """The office presses a unit."""

    name = "urge"

    def __init__(self, filled: Filled) -> None:
        self.person, self.numbers = Person(filled, "office"), count(1)

    def do(self) -> dict[str, object] | None:
        """Once more."""
        page = self.person.get(f"{self.person.year}/urge/")
        keys = re.findall(r'name="to" value="(u\d+)"', page)
        text = f"第 {next(self.numbers)} 次催办"
        done = keys and self.person.post(
            f"{self.person.year}/urge/send/", page, to=keys[0], text=text
        )
        return {"text": text} if done else None


class HandIn:
    """A liaison hands a part in, and takes it back."""

    name = "hand_in"

    def __init__(self, filled: Filled) -> None:
        self.person, self.numbers = Person(filled, "liaison"), count(1)
        self.part = f"{self.person.year}/units/{filled.told['assessed']}/parts/M9"

    def do(self) -> dict[str, object] | None:
        """Take it back if it is handed in, then hand it in with a new note."""
        page = self.person.get(f"{self.part}/")
        found = VERSION.search(page)
        if found is None:
            return None
        if f"{self.part}/withdraw/" in page:
            self.person.post(f"{self.part}/withdraw/", page, version=found[1])
            return None
        note = f"第 {next(self.numbers)} 次报审"
        done = self.person.post(
            f"{self.part}/hand-in/", page, version=found[1], self_score="1", note=note
        )
        return {"note": note} if done else None


class Upload:
    """Another liaison uploads pictures, each another."""

    name = "upload"

    def __init__(self, filled: Filled) -> None:
        self.person = Person(filled, "other_liaison")
        self.part = f"{self.person.year}/units/{filled.told['assessed']}/parts/M10/evidence"

    def do(self) -> dict[str, object] | None:
        """Once more."""
        page = self.person.get(f"{self.part}/")
        found = TOKEN.search(page)
        if found is None:
            return None
        name = f"{uuid4().hex}.png"
        status, _text = self.person.site.upload(
            f"{self.part}/upload/",
            self.person.filled.cookie(self.person.name),
            {"csrfmiddlewaretoken": found[1], "label": "internal"},
            (name, "image/png", picture()),
        )
        return {"file": name} if status == DONE else None


class Run:
    """The office scores the year."""

    name = "run"

    def __init__(self, filled: Filled) -> None:
        self.person, self.numbers = Person(filled, "office"), count(1)

    def do(self) -> dict[str, object] | None:
        """Once more."""
        page = self.person.get(f"{self.person.year}/runs/")
        found = AFTER.search(page)
        reason = f"第 {next(self.numbers)} 次计分"
        done = found and self.person.post(
            f"{self.person.year}/runs/new", page, after=found[1], reason=reason
        )
        return {"reason": reason} if done else None


class SignIn:
    """Somebody signs in, in a new browser each time."""

    name = "sign_in"

    def __init__(self, filled: Filled) -> None:
        self.filled = filled

    def do(self) -> dict[str, object] | None:
        """Once more."""
        site = self.filled.installation
        status, page = site.get("/login/")
        if status != 200:
            return None
        fields = {"login": "leader", "password": PASSWORD}
        status, _text = site.post("/login/", "", page, fields)
        return {} if status == DONE else None


class Check:
    """The audit officer has the trail checked in the background."""

    name = "check"

    def __init__(self, filled: Filled) -> None:
        self.person = Person(filled, "audit_officer")

    def do(self) -> dict[str, object] | None:
        """Once more."""
        page = self.person.get("/audit/")
        return {} if page and self.person.post("/audit/verify/", page, anchors="") else None


ACTS = (Urge, HandIn, Upload, Run, SignIn, Check)


def picture() -> bytes:
    """A picture that nobody has seen before."""
    dots = uuid4().bytes + uuid4().bytes
    lines = b"".join(b"\0" + dots[start : start + 8] * 64 for start in range(0, 24, 8)) * 8
    head = struct.pack("!IIBBBBB", 512, 24, 8, 0, 0, 0, 0)
    return b"\x89PNG\r\n\x1a\n" + b"".join(
        chunk(kind, content)
        for kind, content in ((b"IHDR", head), (b"IDAT", zlib.compress(lines)), (b"IEND", b""))
    )


def chunk(kind: bytes, content: bytes) -> bytes:
    """A chunk of a picture."""
    return (
        struct.pack("!I", len(content))
        + kind
        + content
        + struct.pack("!I", zlib.crc32(kind + content))
    )
