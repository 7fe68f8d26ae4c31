"""Where a server listens, read from its setting."""

import ipaddress
import re
from dataclasses import dataclass

from kaohe.errors import KaoheError

ADDRESS = re.compile(r"(?:\[(?P<six>[0-9a-fA-F:]+)\]|(?P<four>[^\[\]:/]+)):(?P<port>[0-9]{1,5})")
LARGEST = 65535


class NotABinding(KaoheError):  # noqa: N818 -- it says what it is
    """A text that names no place to listen at."""


@dataclass(frozen=True, slots=True)
class Binding:
    """An address and a port, or the path of a socket of this machine."""

    address: str
    port: int = 0
    socket: str = ""

    @property
    def is_loopback(self) -> bool:
        """Whether only this machine can reach it.

        >>> binding("127.0.0.1:80").is_loopback, binding("0.0.0.0:80").is_loopback
        (True, False)
        """
        if self.socket or self.address == "localhost":
            return True
        return ipaddress.ip_address(self.address).is_loopback

    @property
    def url(self) -> str:
        """The address to type into a browser of this machine."""
        if self.socket:
            return ""
        named = f"[{self.address}]" if ":" in self.address else self.address
        return f"http://{named}:{self.port}/"


def binding(text: str) -> Binding:
    """Read ``127.0.0.1:8000``, ``[::1]:8000``, ``0.0.0.0:80`` or ``unix:/run/kaohe.sock``.

    :raises NotABinding: for anything else.
    """
    if text.startswith("unix:/"):
        return Binding("", socket=text.removeprefix("unix:"))
    found = ADDRESS.fullmatch(text)
    address = found and (found["six"] or found["four"])
    if not found or not address or not 0 < int(found["port"]) <= LARGEST or not is_known(address):
        raise NotABinding("应为 地址:端口（如 127.0.0.1:8000、0.0.0.0:8000），或 unix:/套接字路径")
    return Binding(address, int(found["port"]))


def is_known(address: str) -> bool:
    """Whether an address is one of a machine, and not a name that might mean any."""
    if address == "localhost":
        return True
    try:
        ipaddress.ip_address(address)
    except ValueError:
        return False
    return True
