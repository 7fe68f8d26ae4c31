"""The days of the sample year, counted back from the day on which it is made."""

import datetime as dt
from dataclasses import dataclass

from kaohe_web.clock import BEIJING, day_of
from kaohe_web.cycles.models import StageKind
from kaohe_web.cycles.stages import Days
from kaohe_web.cycles.years import usual_days

MORNING = dt.time(9, 30)


@dataclass(frozen=True, slots=True)
class Diary:
    """What happened when: so many days before the sample is made."""

    now: dt.datetime

    def ago(self, days: int, minute: int = 0) -> dt.datetime:
        """The morning so many days ago, so many minutes later."""
        day = day_of(self.now) - dt.timedelta(days=days)
        return dt.datetime.combine(day, MORNING, BEIJING) + dt.timedelta(minutes=minute)

    def year(self) -> tuple[dt.date, dt.date]:
        """The assessment year that has just ended."""
        first, _ = usual_days(day_of(self.now))
        return usual_days(first - dt.timedelta(days=1))

    def next_year(self) -> tuple[dt.date, dt.date]:
        """The assessment year that has just begun."""
        return usual_days(day_of(self.now))

    def stages(self) -> dict[StageKind, Days]:
        """The calendar of the year that has ended: its results are announced."""
        return self.calendar(
            {
                StageKind.TARGETS: (-200, -170),
                StageKind.FILING: (-75, -46),
                StageKind.REVIEW: (-45, -12),
                StageKind.VISITS: (-30, -12),
                StageKind.RESULTS: (-7, 25),
                StageKind.APPEALS: (-7, 25),
                StageKind.RECTIFICATION: (-7, 90),
            }
        )

    def next_stages(self) -> dict[StageKind, Days]:
        """The calendar of the year that has begun: targets are filed, filing is open."""
        return self.calendar(
            {
                StageKind.TARGETS: (-20, 15),
                StageKind.FILING: (-10, 300),
                StageKind.REVIEW: (301, 330),
                StageKind.VISITS: (310, 330),
                StageKind.RESULTS: (335, 360),
                StageKind.APPEALS: (335, 360),
                StageKind.RECTIFICATION: (335, 430),
            }
        )

    def calendar(self, spans: dict[StageKind, tuple[int, int]]) -> dict[StageKind, Days]:
        """Stages by the days before and after today."""
        today = day_of(self.now)
        return {
            kind: Days(today + dt.timedelta(days=first), today + dt.timedelta(days=last))
            for kind, (first, last) in spans.items()
        }
