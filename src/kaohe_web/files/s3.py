"""Files kept in storage that speaks S3, with bounded waiting and few retries."""

import hashlib
import tempfile
from collections.abc import Iterator
from contextlib import contextmanager
from datetime import datetime
from pathlib import Path
from typing import TYPE_CHECKING, BinaryIO

from django.utils.translation import gettext as _

from kaohe_web.files.disk import CHUNK, HASH, hash_of
from kaohe_web.files.errors import Damaged, Missing, StoreUnavailable, not_written

if TYPE_CHECKING:
    from types_boto3_s3 import S3Client

CONNECT_SECONDS, READ_SECONDS, ATTEMPTS = 5, 30, 3
NOT_THERE = {"404", "NoSuchKey", "NotFound"}


class S3Store:
    """Files in a bucket, by their hash, below a prefix."""

    def __init__(
        self,
        bucket: str,
        *,
        prefix: str = "",
        endpoint: str = "",
        region: str = "",
        addressing: str = "auto",
        seconds: int = READ_SECONDS,
    ) -> None:
        self.bucket, self.prefix = bucket, f"{prefix}/" if prefix else ""
        self._client = _client(endpoint, region, addressing, seconds)

    def __repr__(self) -> str:
        return f"S3Store({self.bucket}/{self.prefix})"

    def put(self, path: Path, sha256: str) -> None:
        """Keep a copy of a file; it is there whole or not at all.

        :raises Damaged: if the file is not the one of that hash.
        :raises StoreUnavailable: if the storage cannot be reached or refuses.
        """
        key = self._key(sha256)
        if self._holds(sha256):
            return
        with path.open("rb") as file:
            if hash_of(file) != sha256:
                raise Damaged(sha256)
            file.seek(0)
            with _reached():
                self._client.put_object(Bucket=self.bucket, Key=key, Body=file)

    def open(self, sha256: str) -> BinaryIO:
        """A stored file, fetched and found whole before a byte of it is given out.

        :raises Damaged: if it is not what was stored.
        :raises Missing: if it is not there.
        """
        key, file = self._key(sha256), tempfile.TemporaryFile()  # noqa: SIM115 -- it is given out
        try:
            self._fetch(key, sha256, file)
        except BaseException:
            file.close()
            raise
        return file

    def _fetch(self, key: str, sha256: str, file: BinaryIO) -> None:
        """Bring what is stored into a file here, and compare it."""
        with _reached(sha256):
            body = self._client.get_object(Bucket=self.bucket, Key=key)["Body"]
            digest = hashlib.sha256()
            for chunk in body.iter_chunks(CHUNK):
                digest.update(chunk)
                try:
                    file.write(chunk)
                except OSError as error:
                    raise not_written(error) from error
        if digest.hexdigest() != sha256:
            raise Damaged(sha256)
        file.seek(0)

    def exists(self, sha256: str) -> bool:
        """Whether there is a file of that hash, whole or not."""
        try:
            with _reached(sha256):
                self._client.head_object(Bucket=self.bucket, Key=self._key(sha256))
        except Missing:
            return False
        return True

    def hashes(self) -> Iterator[str]:
        """The hashes of all files there are."""
        pages = self._client.get_paginator("list_objects_v2")
        with _reached():
            for page in pages.paginate(Bucket=self.bucket, Prefix=self.prefix):
                for entry in page.get("Contents", []):
                    name = entry["Key"].removeprefix(self.prefix)
                    folder, _slash, sha256 = name.partition("/")
                    if HASH.fullmatch(sha256) and folder == sha256[:2]:
                        yield sha256

    def delete(self, sha256: str) -> None:
        """Remove a file that nothing refers to; nothing happens if it is not there."""
        with _reached():
            self._client.delete_object(Bucket=self.bucket, Key=self._key(sha256))

    def sweep(self, *, before: datetime) -> int:  # noqa: ARG002 -- other stores have more to do
        """Nothing is ever half written here."""
        return 0

    def _key(self, sha256: str) -> str:
        """What a file of that hash is called."""
        if not HASH.fullmatch(sha256):
            raise Missing(sha256)
        return f"{self.prefix}{sha256[:2]}/{sha256}"

    def _holds(self, sha256: str) -> bool:
        """Whether the file is kept already, and whole."""
        try:
            self.open(sha256).close()
        except (Damaged, Missing):
            return False
        return True


def _client(endpoint: str, region: str, addressing: str, seconds: int) -> "S3Client":
    """A client that waits so long and no longer."""
    from boto3.session import Session  # noqa: PLC0415 -- slow, and most stores are on disk
    from botocore.config import Config  # noqa: PLC0415 -- as above

    config = Config(
        connect_timeout=min(CONNECT_SECONDS, seconds),
        read_timeout=seconds,
        retries={"total_max_attempts": ATTEMPTS, "mode": "standard"},
        # the server compares what it gets with a SHA-256 in the signed request
        s3={"addressing_style": addressing, "payload_signing_enabled": True},  # type: ignore[arg-type]  # a text, not a literal
        request_checksum_calculation="when_required",  # other makers' storage knows no newer sums
        response_checksum_validation="when_required",
    )
    session = Session(region_name=region or "us-east-1")
    return session.client("s3", config=config, endpoint_url=endpoint or None)


@contextmanager
def _reached(sha256: str = "") -> Iterator[None]:
    """Turn what the client raises into what a store raises."""
    from botocore.exceptions import BotoCoreError, ClientError  # noqa: PLC0415 -- as above

    try:
        yield
    except ClientError as error:
        code = error.response.get("Error", {}).get("Code", "")
        if sha256 and code in NOT_THERE:
            raise Missing(sha256) from error
        raise _unavailable(code) from error
    except BotoCoreError as error:
        raise _unavailable(type(error).__name__) from error


def _unavailable(why: str) -> StoreUnavailable:
    message = _("文件存储暂时不能使用（%(why)s）；请稍后再试，仍不行请联系管理员")
    return StoreUnavailable(message % {"why": why})
