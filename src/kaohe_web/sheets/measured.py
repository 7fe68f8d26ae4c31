"""Values of indicators as cells to fill: the number, why there is none, what there is to say."""

from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from decimal import Decimal

from kaohe.quantity import write_number
from kaohe.rubric.model import Indicator
from kaohe_web.sheets.kinds import Choice, Kind, Number, Words
from kaohe_web.sheets.model import Fault, Field, Key, Record

NONE, PENDING, SEE_NOTE = "none", "pending", "see_note"
STATES = {NONE: "无此项", PENDING: "待定", SEE_NOTE: "见说明"}
"""Why a cell holds no number, or not only one; none of these is zero."""

NO_NUMBER = (NONE, PENDING)
"""The states that contradict a number."""

MOST_NOTE = 500

STATE_FIELD = Field(
    "无此项、待定、见说明",
    Choice(tuple(STATES.items()), "情况", "有数就不用选"),
    "无此项：没有这一项，不考核。待定：数还没有出来，不当作 0。见说明：情况写在备注或说明里。",
)
USE_THE_STATE = "还没有数就留空，并在右边一栏选“待定”"


@dataclass(frozen=True, slots=True)
class Measured:
    """One indicator's value for one unit, as the site holds it; version 0 if it holds none yet.

    ``value`` and ``before`` of a graded indicator are the place of the grade. ``state`` is empty
    or one of ``STATES``. ``asks_before`` if last year's value is to be filled in too.
    """

    indicator: Indicator
    value: Decimal | None = None
    state: str = ""
    note: str = ""
    before: Decimal | None = None
    version: int = 0
    asks_before: bool = False
    locked: str = ""


def measured_record(key: Key, title: str, measured: Measured, heads: tuple[str, str]) -> Record:
    """The cells of one value; ``heads`` are what its columns for value and remark are called."""
    kind, definition = kind_of(measured.indicator), measured.indicator.definition
    value_title, note_title = heads
    fields = {
        "value": Field(value_title, kind, definition),
        "state": STATE_FIELD,
        "note": Field(note_title, Words(MOST_NOTE), "选了“见说明”的，请在这里写明情况"),
    }
    values = {
        "value": number_text(measured.value),
        "state": measured.state,
        "note": measured.note,
    }
    if measured.asks_before:
        fields["before"] = Field("上年值", kind, "上一个考核年度的数值，用来计算升降")
        values["before"] = number_text(measured.before)

    def check(filled: Mapping[str, str]) -> Iterator[Fault]:
        return faults_of(filled, note_title)

    return Record(key, title, fields, values, measured.version, measured.locked, check)


def kind_of(indicator: Indicator) -> Kind:
    """What may stand in the cell of a value: a number, or the name of a grade."""
    if indicator.values:
        grades = tuple((str(place), name) for place, name in enumerate(indicator.values, 1))
        return Choice(grades, "等级", "还没有就留空")
    return Number(indicator.unit, USE_THE_STATE, indicator.decimals)


def number_text(number: Decimal | None) -> str:
    """A number of the site as its canonical text; empty for none."""
    return "" if number is None else write_number(number)


def told(indicator: Indicator, number: Decimal | None) -> str | Decimal:
    """A value that is only shown: a number, or the name of the grade whose place it is."""
    if number is None:
        return ""
    return indicator.values[int(number) - 1] if indicator.values else number


def faults_of(filled: Mapping[str, str], note_title: str) -> Iterator[Fault]:
    """What of a value, its state and its remark contradicts."""
    state = filled.get("state", "")
    if filled.get("value") and state in NO_NUMBER:
        message = f"既填了数，又选了“{STATES[state]}”，互相矛盾；请只留一样"
        yield Fault("state", message)
    if state == SEE_NOTE and filled.get("note") == "":
        yield Fault("note", f"选了“见说明”，而“{note_title}”是空的；请写明情况")
