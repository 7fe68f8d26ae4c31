"""Why a file is not taken, not given out or not shown."""

import errno
import os
from enum import StrEnum
from typing import ClassVar

from django.utils.translation import gettext as _

from kaohe_web.errors import Refused


class Why(StrEnum):
    """The kinds of refusal, for the trail; people read the sentence."""

    TOO_LARGE = "too-large"
    TOO_SLOW = "too-slow"
    EMPTY = "empty"
    UNWANTED = "unwanted"
    MISMATCH = "mismatch"
    MACRO = "macro"
    LOCKED = "locked"
    ARCHIVE = "archive"
    BOMB = "bomb"
    ENTITIES = "entities"
    PICTURE = "picture"
    DAMAGED = "damaged"
    VIRUS = "virus"
    NOT_SCANNED = "not-scanned"


class FileRefused(Refused):
    """A file that is not taken; the sentence says what is wrong with it and what to do."""

    status: ClassVar[int] = 422

    def __init__(self, message: str, code: Why) -> None:
        super().__init__(message)
        self.message, self.code = message, code


class NotScanned(FileRefused):
    """The virus scanner is asked for and does not answer: nothing is taken without it."""

    status = 503

    def __init__(self, message: str) -> None:
        super().__init__(message, Why.NOT_SCANNED)


class Damaged(Refused):
    """A stored file is not what was stored: it is not given out."""

    status = 500

    def __init__(self, sha256: str) -> None:
        self.sha256 = sha256
        super().__init__(
            _(
                "文件在存储中已被改动或损坏（校验值 %(hash)s…），不能下载；"
                "请联系管理员从备份恢复，或请上传人重新上传"
            )
            % {"hash": sha256[:12]}
        )


class Missing(Refused):
    """A file that should be stored is not there."""

    status = 500

    def __init__(self, sha256: str) -> None:
        self.sha256 = sha256
        super().__init__(
            _(
                "存储中找不到这个文件（校验值 %(hash)s…）；"
                "请联系管理员从备份恢复，或请上传人重新上传"
            )
            % {"hash": sha256[:12]}
        )


class StoreUnavailable(Refused):
    """The store cannot be written or reached just now; nothing was half stored."""

    status = 503


def not_written(error: OSError) -> StoreUnavailable:
    """The disk is full, or cannot be written."""
    message = _("文件没有存下：%(why)s；已填的内容不受影响，请联系管理员处理后再传")
    return StoreUnavailable(message % {"why": _why(error)})


def not_read(error: OSError) -> StoreUnavailable:
    """The folder or disk cannot be read."""
    message = _("文件存储读不了：%(why)s；请稍后再试，仍不行请联系管理员")
    return StoreUnavailable(message % {"why": _why(error)})


def _why(error: OSError) -> str:
    """What the system says, in words where it says it often."""
    if error.errno in (errno.ENOSPC, errno.EDQUOT):
        return _("磁盘已满")
    if error.errno in (errno.EROFS, errno.EACCES, errno.EPERM):
        return _("没有读写权限")
    return os.strerror(error.errno or errno.EIO)


class CannotPreview(Refused):
    """A file cannot be shown in the page; it can still be downloaded."""

    status = 422


class Broken(CannotPreview):
    """A PDF or picture whose content is broken."""


class Locked(CannotPreview):
    """A PDF that opens only with a password."""


class BadAddress(Refused):
    """The address of a store or a scanner cannot be used."""
