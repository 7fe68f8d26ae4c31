"""Days as Excel counts them, and as people write them."""

import datetime as dt
import re
from decimal import Decimal

EPOCH = dt.date(1899, 12, 30)
"""Day 0 of the 1900 system, such that days from 1 March 1900 on are counted right."""

FIRST_TRUE_SERIAL = 61
"""1 March 1900; Excel believes in a 29 February before it."""

LAST_SERIAL = 2_958_465
SHIFT_1904 = 1462
"""The days by which the 1904 system is behind."""

WRITTEN = re.compile(r"(\d{4})[-/.年](\d{1,2})[-/.月](\d{1,2})日?", re.ASCII)


def serial_of(iso: str) -> int | None:
    """The number Excel keeps for a day; ``None`` for what is not one it can show rightly.

    >>> serial_of("2017-05-31"), serial_of("1899-01-01"), serial_of("20170531")
    (42886, None, None)
    """
    try:
        day = dt.date.fromisoformat(iso)
    except ValueError:
        return None
    serial = (day - EPOCH).days
    return serial if day.isoformat() == iso and serial >= FIRST_TRUE_SERIAL else None


def iso_of(serial: Decimal, *, since_1904: bool) -> str | None:
    """The day a cell shows, in ISO form, its time of day left out; ``None`` if it shows none.

    >>> iso_of(Decimal("42886.5"), since_1904=False), iso_of(Decimal("0.5"), since_1904=False)
    ('2017-05-31', None)
    """
    days = int(serial) + (SHIFT_1904 if since_1904 else 0)
    if not 1 <= days <= LAST_SERIAL:
        return None
    missed = 1 if days < FIRST_TRUE_SERIAL else 0
    return (EPOCH + dt.timedelta(days=days + missed)).isoformat()


def written_day(text: str) -> str:
    """A day written in one of the usual ways, in ISO form; other text as it is.

    >>> written_day("2017年5月31日"), written_day("2017/5/1"), written_day("去年")
    ('2017-05-31', '2017-05-01', '去年')
    """
    match = WRITTEN.fullmatch(text)
    if match is None:
        return text
    year, month, day = match.groups()
    return f"{year}-{month:0>2}-{day:0>2}"
