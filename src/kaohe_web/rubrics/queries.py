"""Adopted editions, and the rubric that each one is."""

from functools import lru_cache

from django.db.models import QuerySet

from kaohe.reading.reader import read_rubric
from kaohe.rubric.model import Rubric
from kaohe_web.people import rights
from kaohe_web.people.actor import Actor
from kaohe_web.rubrics.models import RubricEdition


def editions(by: Actor) -> QuerySet[RubricEdition]:
    """The editions that the actor may see: all of them, for whoever may see rubrics."""
    if not rights.may(by, "rubrics.see"):
        return RubricEdition.objects.none()
    return RubricEdition.objects.all()


def rubric_of(edition: RubricEdition) -> Rubric:
    """The rubric of an edition, as printed: its own readings chosen, none of a year's."""
    return _rubric(edition.fingerprint, edition.text)


@lru_cache(maxsize=16)
def _rubric(fingerprint: str, text: str) -> Rubric:
    return read_rubric(text, f"{fingerprint[7:15]}.yaml")
