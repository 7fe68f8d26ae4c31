"""T10: a virus is refused; a scanner that is down, slow or unclear means refused too."""

import socket
import socketserver
import struct
import threading
import time
from collections.abc import Iterator
from pathlib import Path

import pytest

from files.making import sha256
from kaohe_web.files.errors import BadAddress, FileRefused, NotScanned
from kaohe_web.files.limits import Limits
from kaohe_web.files.quarantine import receive
from kaohe_web.files.scan import Clamd, scanner_at

EICAR = "X5O!P%@AP[4\\PZX54(P^)7CC)7}$" + "EICAR-STANDARD-ANTIVIRUS-TEST-FILE" + "!$H+H*"
"""The file that every scanner takes for a virus; in two pieces, so that this one is not."""


class Talk(socketserver.StreamRequestHandler):
    """The scanner's side of INSTREAM, as clamd's manual tells it."""

    server: "Daemon"

    def handle(self) -> None:
        assert self.rfile.read(10) == b"zINSTREAM\0"
        got = b""
        while size := struct.unpack("!L", self.rfile.read(4))[0]:
            if len(got) + size > self.server.most:
                self.wfile.write(b"INSTREAM size limit exceeded. ERROR\0")
                return
            got += self.rfile.read(size)
        self.server.seen.append(sha256(got))
        if self.server.answer is None:
            self.server.patience.wait()
        elif EICAR.encode() in got:
            self.wfile.write(b"stream: Eicar-Signature FOUND\0")
        else:
            self.wfile.write(self.server.answer)


class Daemon(socketserver.ThreadingTCPServer):
    """A little clamd: it knows one virus."""

    daemon_threads = True
    allow_reuse_address = True

    def __init__(self, where: object = ("127.0.0.1", 0)) -> None:
        super().__init__(where, Talk)  # type: ignore[arg-type]  # a path, for a unix socket
        self.answer: bytes | None = b"stream: OK\0"
        self.most = 25_000_000
        self.seen: list[str] = []
        self.patience = threading.Event()

    @property
    def address(self) -> str:
        return f"127.0.0.1:{self.server_address[1]}"


class UnixDaemon(Daemon):
    """The same on a unix socket."""

    address_family = socket.AF_UNIX


def serving(daemon: Daemon) -> Iterator[Daemon]:
    thread = threading.Thread(target=daemon.serve_forever, args=(0.01,))
    thread.start()
    yield daemon
    daemon.patience.set()
    daemon.shutdown()
    thread.join()
    daemon.server_close()


@pytest.fixture
def clamd() -> Iterator[Daemon]:
    yield from serving(Daemon())


@pytest.fixture
def unix_clamd(tmp_path: Path) -> Iterator[Daemon]:
    yield from serving(UnixDaemon(str(tmp_path / "clamd.ctl")))


def upload(text: str, folder: Path, scanner: Clamd) -> None:
    with receive([text.encode()], "a.txt", limits=Limits(), folder=folder, scanner=scanner):
        pass


def test_T10_a_sound_file_is_seen_whole_and_taken(clamd: Daemon, folder: Path) -> None:
    text = "示例材料\n" * 100_000
    upload(text, folder, Clamd(clamd.address))
    assert clamd.seen == [sha256(text.encode())]


def test_T10_a_virus_is_refused(clamd: Daemon, folder: Path) -> None:
    with pytest.raises(FileRefused) as caught:
        upload(EICAR, folder, Clamd(clamd.address))
    assert (caught.value.code.value, caught.value.message) == (
        "virus",
        "文件带有病毒（Eicar-Signature），没有收下；请先在本机查杀病毒",
    )
    assert list(folder.iterdir()) == []


def test_T10_a_scanner_on_a_unix_socket_is_asked_too(
    unix_clamd: Daemon, folder: Path, tmp_path: Path
) -> None:
    scanner = Clamd(str(tmp_path / "clamd.ctl"))
    upload("示例", folder, scanner)
    with pytest.raises(FileRefused, match="Eicar-Signature"):
        upload(EICAR, folder, scanner)
    assert unix_clamd.seen == [sha256("示例".encode()), sha256(EICAR.encode())]


def refused(folder: Path, scanner: Clamd) -> str:
    """Why a sound file is not taken, for want of the scanner."""
    with pytest.raises(NotScanned) as caught:
        upload("示例\n" * 100_000, folder, scanner)
    assert (caught.value.code.value, caught.value.status) == ("not-scanned", 503)
    assert list(folder.iterdir()) == []
    return caught.value.message


def test_T10_without_its_scanner_nothing_is_taken(folder: Path, tmp_path: Path) -> None:
    with Daemon() as closed:
        address = closed.address
    told = "病毒检查服务连接不上，文件没有收下；请稍后再传，仍不行请联系管理员"
    assert refused(folder, Clamd(address)) == told
    assert refused(folder, Clamd(str(tmp_path / "none.ctl"))) == told


def test_T10_a_slow_scanner_is_not_waited_for(clamd: Daemon, folder: Path) -> None:
    clamd.answer = None
    begun = time.monotonic_ns()
    told = "病毒检查超时，文件没有收下；请稍后再传，仍不行请联系管理员"
    assert refused(folder, Clamd(clamd.address, seconds=1)) == told
    assert time.monotonic_ns() - begun < 3_000_000_000


@pytest.mark.parametrize(
    ("answer", "told"),
    [
        (b"stream: Can't allocate memory ERROR\0", "stream: Can't allocate memory ERROR"),
        (b"", "没有回答"),
    ],
)
def test_T10_an_answer_that_is_not_ok_means_refused(
    clamd: Daemon, folder: Path, answer: bytes, told: str
) -> None:
    clamd.answer = answer
    assert refused(folder, Clamd(clamd.address)) == (
        f"病毒检查没有完成（{told}），文件没有收下；请把这句话告诉管理员"
    )


def test_T10_what_is_too_long_for_the_scanner_is_refused(clamd: Daemon, folder: Path) -> None:
    clamd.most = 100_000
    told = refused(folder, Clamd(clamd.address))
    assert told.startswith("病毒检查")
    assert clamd.seen == []


def test_no_scanner_is_asked_where_none_is_configured() -> None:
    assert scanner_at("") is None
    assert scanner_at("127.0.0.1:3310") == Clamd("127.0.0.1:3310")
    assert scanner_at("/run/clamav/clamd.ctl") == Clamd("/run/clamav/clamd.ctl")


@pytest.mark.parametrize("address", ["clamd", "localhost:", ":3310", "localhost:http"])
def test_an_address_that_is_none_is_told(address: str) -> None:
    with pytest.raises(BadAddress, match=f"病毒检查服务的地址“{address}”应为 主机:端口"):
        scanner_at(address)
