"""Where files are kept, by the hash of what is in them."""

import re
from collections.abc import Iterator
from datetime import datetime
from pathlib import Path
from typing import BinaryIO, Protocol
from urllib.parse import parse_qs, unquote, urlsplit

from django.utils.translation import gettext as _

from kaohe_web.files.disk import DiskStore
from kaohe_web.files.errors import BadAddress
from kaohe_web.files.s3 import S3Store

BUCKET = re.compile(r"[a-z0-9][a-z0-9.-]{1,61}[a-z0-9]")
OPTIONS = {"endpoint", "region", "addressing"}
ADDRESSING = {"path", "virtual", "auto"}


class Store(Protocol):
    """A place for files; each method raises ``StoreUnavailable`` where the place cannot be used."""

    def put(self, path: Path, sha256: str) -> None:
        """Keep a copy of a file; once it returns, the copy outlives a crash.

        Putting a file again does nothing, or mends a damaged copy.

        :raises Damaged: if the file is not the one of that hash.
        """

    def open(self, sha256: str) -> BinaryIO:
        """A stored file, found whole before a byte of it is given out.

        :raises Damaged: if it is not what was stored.
        :raises Missing: if it is not there.
        """

    def exists(self, sha256: str) -> bool:
        """Whether there is a file of that hash, whole or not."""

    def hashes(self) -> Iterator[str]:
        """The hashes of all files there are."""

    def delete(self, sha256: str) -> None:
        """Remove a file that nothing refers to; nothing happens if it is not there."""

    def sweep(self, *, before: datetime) -> int:
        """Remove what a killed server left half written before a moment; gives how many."""


def store_from(address: str) -> Store:
    """The store of an address: ``file:///folder`` or ``s3://bucket/prefix?endpoint=https://…``.

    Options of S3: ``endpoint``, ``region``, ``addressing`` (path or virtual). The keys are taken
    from the usual variables ``AWS_ACCESS_KEY_ID`` and ``AWS_SECRET_ACCESS_KEY``.

    :raises BadAddress: if the address is neither.
    """
    parts = urlsplit(address)
    if parts.scheme == "file" and not parts.netloc and parts.path.startswith("/"):
        return DiskStore(Path(unquote(parts.path)))
    if parts.scheme == "s3":
        return _s3(address)
    message = _("存储地址“%(address)s”应为 file:///目录 或 s3://桶/前缀?endpoint=地址")
    raise BadAddress(message % {"address": address})


def _s3(address: str) -> S3Store:
    parts = urlsplit(address)
    options = {name: values[-1] for name, values in parse_qs(parts.query).items()}
    endpoint = options.get("endpoint", "")
    wrong = (
        not BUCKET.fullmatch(parts.netloc)
        or not options.keys() <= OPTIONS
        or options.get("addressing", "auto") not in ADDRESSING
        or (endpoint and urlsplit(endpoint).scheme not in ("http", "https"))
    )
    if wrong:
        message = _(
            "存储地址“%(address)s”不完整或有误；应为 s3://桶/前缀?endpoint=https://主机，"
            "可加 region=地域 和 addressing=path 或 virtual，密钥不写在地址里"
        )
        raise BadAddress(message % {"address": _without_password(address)})
    return S3Store(
        parts.netloc,
        prefix=unquote(parts.path).strip("/"),
        endpoint=endpoint,
        region=options.get("region", ""),
        addressing=options.get("addressing", "path" if endpoint else "auto"),
    )


def _without_password(address: str) -> str:
    """The address as it may be shown, should somebody have written a key into it."""
    return re.sub(r"//[^/@]*@", "//…@", address)
