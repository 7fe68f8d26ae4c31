"""What a person has to do (待办): counted by each room, shown together on the desk."""

import datetime as dt
from dataclasses import dataclass


@dataclass(frozen=True, slots=True)
class Todo:
    """So many things of one kind to do, until when, and where; ``link`` is a site address."""

    title: str
    count: int
    link: str
    due: dt.date | None = None
    detail: str = ""
    urgent: bool = False
