"""Why the site cannot do its work just now: the disk is full, the database is away or busy."""

import errno

from django.db import InterfaceError, OperationalError
from django.utils.translation import gettext as _

FULL = (errno.ENOSPC, errno.EDQUOT)
CLOSED = (errno.EROFS, errno.EACCES, errno.EPERM)
POSTGRESQL_FULL = "53100"
"""PostgreSQL's own code for a full disk."""


def why(error: BaseException | None) -> str:
    """What to tell a person; empty if it is a bug of ours."""
    if isinstance(error, OSError):
        if error.errno in FULL:
            return full()
        return closed() if error.errno in CLOSED else ""
    if not isinstance(error, OperationalError | InterfaceError):
        return ""
    said = str(error)
    if "disk is full" in said or code_of(error) == POSTGRESQL_FULL:
        return full()
    if "readonly database" in said:
        return closed()
    return _("数据库暂时连不上或太忙，这一步没有办成，已保存的内容不受影响；请稍后再试。")


def code_of(error: BaseException) -> str:
    """PostgreSQL's code of an error; empty if it has none."""
    return str(getattr(error.__cause__, "sqlstate", None) or "")


def full() -> str:
    """The disk is full."""
    return _(
        "服务器磁盘已满，这一步没有办成，已保存的内容不受影响；请告知系统管理员，腾出空间后再试。"
    )


def closed() -> str:
    """The data folder cannot be written."""
    return _("服务器的数据目录不能写入，这一步没有办成，已保存的内容不受影响；请告知系统管理员。")
