"""How large a file may be, packed and unpacked, and how long it may take to arrive."""

from dataclasses import dataclass

from django.utils.translation import gettext as _

from kaohe_web.files.errors import FileRefused, Why

MB = 1024 * 1024
"""As file managers count."""

NANOSECONDS = 1_000_000_000


@dataclass(frozen=True, slots=True)
class Limits:
    """What is too much; the defaults let any honest office file through."""

    file_bytes: int = 50 * MB
    seconds: int = 600
    """For one file to arrive."""

    members: int = 2_000
    """Files in one archive."""

    members_in_all: int = 20_000
    """Files in an archive and in the archives inside it."""

    unpacked_bytes: int = 200 * MB
    """Of an archive, with the archives inside it."""

    ratio: int = 100
    """How many times larger an archive may become, and any large file in it."""

    pixels: int = 100_000_000
    """An A3 page scanned at 600 dpi has seventy million."""

    frames: int = 500
    """Of an animated picture."""

    def refuse_longer(self, size: int) -> None:
        """Ask this of a declared length, before anything is read.

        :raises FileRefused: if a file of ``size`` bytes is too large.
        """
        if size > self.file_bytes:
            message = _("文件超过 %(limit)d MB；请压缩、拆分或降低扫描分辨率后再上传")
            raise FileRefused(message % {"limit": self.file_bytes // MB}, Why.TOO_LARGE)
