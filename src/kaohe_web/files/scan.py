"""The virus scanner: clamd over its socket (INSTREAM); asked for and silent means refused."""

import socket
import struct
import time
from dataclasses import dataclass
from typing import BinaryIO, Protocol

from django.utils.translation import gettext as _

from kaohe_web.files.errors import BadAddress, FileRefused, NotScanned, Why
from kaohe_web.files.limits import NANOSECONDS

CHUNK = 64 * 1024
LONGEST_ANSWER = 4_096
LENGTH = struct.Struct("!L")


class Scanner(Protocol):
    """What looks for viruses."""

    def scan(self, file: BinaryIO) -> None:
        """Look through a file from its beginning.

        :raises FileRefused: if there is a virus in it, or it could not be looked through.
        """


@dataclass(frozen=True, slots=True)
class Clamd:
    """A clamd at ``host:port`` or at the path of a unix socket."""

    address: str
    seconds: int = 30
    """For one file, from the first byte to the answer."""

    def __post_init__(self) -> None:
        if not self._is_path():
            self._host_and_port()

    def scan(self, file: BinaryIO) -> None:
        """Look through a file from its beginning.

        :raises FileRefused: if there is a virus in it.
        :raises NotScanned: if the scanner is down, too slow or says nothing intelligible.
        """
        try:
            answer = self._ask(file)
        except TimeoutError:
            raise NotScanned(
                _("病毒检查超时，文件没有收下；请稍后再传，仍不行请联系管理员")
            ) from None
        except OSError:
            raise NotScanned(
                _("病毒检查服务连接不上，文件没有收下；请稍后再传，仍不行请联系管理员")
            ) from None
        if answer == "stream: OK":
            return
        if answer.endswith(" FOUND"):
            virus = answer.removeprefix("stream: ").removesuffix(" FOUND")
            message = _("文件带有病毒（%(virus)s），没有收下；请先在本机查杀病毒")
            raise FileRefused(message % {"virus": virus}, Why.VIRUS)
        raise NotScanned(
            _("病毒检查没有完成（%(answer)s），文件没有收下；请把这句话告诉管理员")
            % {"answer": answer or _("没有回答")}
        )

    def _ask(self, file: BinaryIO) -> str:
        """What clamd says of a file."""
        deadline = time.monotonic_ns() + self.seconds * NANOSECONDS
        with self._connected() as connection:
            connection.sendall(b"zINSTREAM\0")
            file.seek(0)
            try:
                while chunk := file.read(CHUNK):
                    connection.settimeout(_whole_seconds_left(deadline))
                    connection.sendall(LENGTH.pack(len(chunk)) + chunk)
                connection.sendall(LENGTH.pack(0))
            except (BrokenPipeError, ConnectionResetError):
                pass  # clamd stops listening at its size limit, and says so
            return _answer(connection, deadline)

    def _connected(self) -> socket.socket:
        if not self._is_path():
            return socket.create_connection(self._host_and_port(), timeout=self.seconds)
        connection = socket.socket(socket.AF_UNIX)
        try:
            connection.settimeout(self.seconds)
            connection.connect(self.address)
        except OSError:
            connection.close()
            raise
        return connection

    def _is_path(self) -> bool:
        return self.address.startswith("/")

    def _host_and_port(self) -> tuple[str, int]:
        host, _colon, port = self.address.rpartition(":")
        if not host or not port.isdecimal():
            message = _("病毒检查服务的地址“%(address)s”应为 主机:端口，或以 / 开头的套接字路径")
            raise BadAddress(message % {"address": self.address})
        return host.strip("[]"), int(port)


def scanner_at(address: str) -> Scanner | None:
    """The scanner at an address; none where none is configured.

    :raises BadAddress: if it is not an address.
    """
    return Clamd(address) if address else None


def _answer(connection: socket.socket, deadline: int) -> str:
    """The answer up to its closing zero."""
    answer = b""
    while not answer.endswith(b"\0") and len(answer) < LONGEST_ANSWER:
        connection.settimeout(_whole_seconds_left(deadline))
        more = connection.recv(LONGEST_ANSWER)
        if not more:
            break
        answer += more
    return answer.rstrip(b"\0").decode("utf-8", "replace").strip()


def _whole_seconds_left(deadline: int) -> int:
    """Seconds until the deadline, at least one.

    :raises TimeoutError: if it has passed.
    """
    left = deadline - time.monotonic_ns()
    if left <= 0:
        raise TimeoutError
    return -(-left // NANOSECONDS)
