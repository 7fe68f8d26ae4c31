"""The trail in words: what an action did, what a thing is called, what a detail says."""

import json

from django.utils.translation import gettext as _

from kaohe_web.audit.models import Entry
from kaohe_web.audit.vocabulary import ACTIONS, DETAILS, THINGS


def what_in_words(what: str) -> str:
    """What an action did; its bare name if nobody has put it into words."""
    return str(ACTIONS.get(what, what))


def thing_in_words(object_type: str) -> str:
    """The kind of thing that something was done to."""
    return str(THINGS.get(object_type, object_type))


def details_in_words(entry: Entry) -> list[tuple[str, str]]:
    """The details of an entry, name by name; what is nested is told line by line."""
    if not entry.details:
        return []
    found = json.loads(entry.details)
    if not isinstance(found, dict):
        return [(_("内容"), plain(found))]
    return [(detail_in_words(name), plain(value)) for name, value in found.items()]


def detail_in_words(name: str) -> str:
    """What a detail is called."""
    return str(DETAILS.get(name, name))


def plain(value: object, indent: str = "") -> str:
    """A detail's value as text."""
    if isinstance(value, dict):
        lines = [
            f"{indent}{detail_in_words(str(name))}：{plain(inner, indent + '　').lstrip('　')}"
            for name, inner in value.items()
        ]
        return "\n".join(lines) or "—"
    if isinstance(value, list):
        parts = [plain(inner, indent) for inner in value]
        return ("\n" if any("\n" in part for part in parts) else "、").join(parts) or "—"
    if isinstance(value, bool):
        return _("是") if value else _("否")
    return "—" if value is None or value == "" else str(value)
