"""Giving out a stored file: found whole, recorded, whoever it hangs on."""

import datetime as dt
from typing import BinaryIO

from django.db import models

from kaohe_web.audit import trail
from kaohe_web.files.configured import evidence_store
from kaohe_web.filing.models import StoredFile
from kaohe_web.people.acting import action
from kaohe_web.people.actor import Actor


@action("file.downloaded", right="files.download")
def download(
    holder: models.Model, /, *, by: Actor, at: dt.datetime, file: StoredFile, name: str
) -> BinaryIO:
    """The bytes of a file, hashed again; ``holder`` is what it hangs on, from the actor's query.

    :raises Damaged: if it is not what was stored: then it is not given out.
    """
    stream = evidence_store().open(file.sha256)
    details = {"sha256": file.sha256, "name": name}
    trail.record("file.downloaded", holder, by=by, at=at, details=details)
    return stream
