"""Looking for words in names: found however they are typed, there or here."""

from typing import TypeVar

from django.db.models import Model, QuerySet

from kaohe_web.sheets.texts import folded

M = TypeVar("M", bound=Model)


def with_words(rows: QuerySet[M], words: str, *fields: str) -> QuerySet[M]:
    """The rows with the words in one of their fields.

    Letters that only look like others (Kangxi radicals, half and full width) count as those, and
    neither blanks nor capitals matter; no database folds them so.
    """
    wanted = folded(words)
    found = [
        pk
        for pk, *texts in rows.values_list("pk", *fields)
        if any(wanted in folded(text) for text in texts)
    ]
    return rows.filter(pk__in=found)
