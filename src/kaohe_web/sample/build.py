"""Making the sample city: everything up to now, in the order in which it happened."""

import datetime as dt

from kaohe_web.sample import aftermath, beginning, figures, filings, people, reviews
from kaohe_web.sample import city as cities
from kaohe_web.sample.clock import Diary


def build(now: dt.datetime) -> cities.City:
    """Fill an empty database with the sample city; its days are counted back from ``now``."""
    diary = Diary(now)
    city = cities.set_up(people.begin(diary.ago(270)), diary, figures.names())
    filings.file_everything(city, diary)
    reviews.review_everything(city, diary)
    aftermath.announce(city, diary)
    aftermath.follow_up(city, diary)
    beginning.begin(city, diary)
    return city
