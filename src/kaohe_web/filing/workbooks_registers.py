"""Counts and registers in one workbook: “无” means none, and nothing is both typed and listed."""

from collections import defaultdict
from collections.abc import Iterator

from django.utils.translation import gettext as _

from kaohe.location import Location, Mistake
from kaohe.nodes import shown
from kaohe.workbook.keys import NONE_REGISTERED
from kaohe_web.sheets.filing import INDICATOR
from kaohe_web.sheets.measured import NO_NUMBER, SEE_NOTE
from kaohe_web.sheets.merge import Merge
from kaohe_web.sheets.model import ENTRY, Filled, Form, Key

NONE = "0"
"""What “无” in a register comes to."""


def settle(form: Form, filled: Filled) -> tuple[Mistake, ...]:
    """Give what was filled in one meaning; gives what has none.

    A number with 见说明 is a number with a note. “无” in a register is a count of zero, and no
    entry.
    """
    for values in filled.values.values():
        if values.get("value") and values.get("state") == SEE_NOTE:
            values["state"] = ""
    none = [
        key
        for key, values in filled.values.items()
        if key[:1] == (ENTRY,) and values.get("name") == NONE_REGISTERED
    ]
    return tuple(mistake for key in none for mistake in settle_none(form, filled, key))


def settle_none(form: Form, filled: Filled, key: Key) -> Iterator[Mistake]:
    """Make a row that says “无” a count of zero; what contradicts it stands and is told."""
    indicator: Key = (INDICATOR, filled.values[key].get("indicator", ""))
    counted = filled.values.get(indicator)
    if indicator not in form.records or counted is None:
        yield at(filled, key, _("这一项的个数不由本部门填报，不能在这里确认“无”；请清空这一行"))
        return
    if counted.get("value", "") not in ("", NONE) or counted.get("state") in NO_NUMBER:
        yield at(filled, key, _("登记里填了“无”，填报表里却另填了个数或情况；请只留一样"))
        return
    counted["value"] = NONE
    filled.values[key] = dict.fromkeys(filled.values[key], "")


def counted_twice(form: Form, filled: Filled, merged: Merge) -> Iterator[Mistake]:
    """What would be both typed as a number and listed thing by thing."""
    after: dict[Key, dict[str, str]] = defaultdict(dict)
    for change in merged.changes:
        after[change.key][change.field] = change.value("file")
    listed = {
        values.get("indicator", "")
        for key, values in after.items()
        if key[:1] == (ENTRY,) and any(values.values())
    }
    for key, values in after.items():
        if key[0] != INDICATOR or key[1] not in listed or form.record(key) is None:
            continue
        if values.get("value") or values.get("state"):
            said = _("这一项已逐件登记，个数由登记算出；请清空这一格，或清空登记里的各行")
            yield at(filled, key, said, "value")


def at(filled: Filled, key: Key, message: str, field: str = "name") -> Mistake:
    """A mistake at the cell of a record's field."""
    place = filled.places.get((key, field), "")
    return Mistake(shown(str(Location(filled.file, place))), shown(message))
