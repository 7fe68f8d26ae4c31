"""T10: the scanner of an installation is asked about every upload; without it nothing is taken."""

import json
import socket
from collections.abc import Iterator
from typing import Any

import pytest

from evidence.desk import Desk, as_file
from files.making import SOUND
from files.test_scanner import EICAR, Daemon, serving
from kaohe_web.audit.models import Entry
from kaohe_web.filing.models import Evidence

DOWN = "病毒检查服务连接不上，文件没有收下"


@pytest.fixture
def clamd() -> Iterator[Daemon]:
    """A little clamd."""
    yield from serving(Daemon())


def scanned_by(settings: Any, address: str) -> None:
    """Let the installation ask a scanner."""
    settings.ENVIRONMENT = settings.ENVIRONMENT.model_copy(update={"scanner": address})


def upload(desk: Desk, content: bytes, name: str) -> tuple[int, dict[str, Any]]:
    """What the page answers to an upload."""
    answer = desk.world.client("liaison").post(
        desk.of_part("evidence_upload"),
        {"label": "internal", "file": as_file(content, name)},
        headers={"Accept": "application/json"},
    )
    return answer.status_code, answer.json()


def refusals() -> list[tuple[str, str]]:
    """The entries of files that were not taken: whose, and which kind of refusal."""
    found = Entry.objects.filter(what="file.refused", outcome="refused").order_by("seq")
    return [(entry.login, json.loads(entry.details)["kind"]) for entry in found]


def test_T10_a_virus_is_blocked_at_the_page(desk: Desk, settings: Any, clamd: Daemon) -> None:
    scanned_by(settings, clamd.address)
    status, told = upload(desk, EICAR.encode(), "说明.txt")
    assert (status, "文件带有病毒（Eicar-Signature），没有收下" in told["message"]) == (422, True)
    assert desk.nothing_is_there()
    assert refusals() == [("liaison", "virus")]


def test_T10_a_sound_file_passes_the_scanner(desk: Desk, settings: Any, clamd: Daemon) -> None:
    scanned_by(settings, clamd.address)
    assert upload(desk, SOUND["pdf"], "好.pdf")[0] == 200
    assert [row.file_id for row in Evidence.objects.all()] == clamd.seen


def test_T10_with_its_scanner_down_nothing_is_taken(desk: Desk, settings: Any) -> None:
    with socket.socket() as closed:
        closed.bind(("127.0.0.1", 0))
        scanned_by(settings, f"127.0.0.1:{closed.getsockname()[1]}")
        status, told = upload(desk, SOUND["pdf"], "好.pdf")
    assert (status, DOWN in told["message"]) == (503, True)
    assert desk.nothing_is_there()
    assert refusals() == [("liaison", "not-scanned")]
