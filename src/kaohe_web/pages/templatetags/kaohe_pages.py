"""What templates say in one word: numbers as written, scores, Beijing days, states, icons."""

import datetime as dt
from decimal import Decimal

from django import forms, template
from django.core.paginator import Page
from django.forms.boundfield import BoundField
from django.utils.html import format_html
from django.utils.safestring import SafeString

from kaohe.quantity import write_number
from kaohe_web.clock import BEIJING
from kaohe_web.pages.icons import drawing

register = template.Library()

NOTHING = "—"
"""What stands where there is no value: never a zero, never an empty cell."""

Number = Decimal | int | str | None
"""A number of a template: exact, or as its canonical text."""

TONES = {
    state: tone
    for tone, states in {
        "neutral": "draft setup waiting superseded archived dismissed withdrawn dropped"
        " lifted stands next skipped",
        "info": "open filed submitted signed lodged taken reviewed running announced opened"
        " answered notified planned ordered reported todo news debug info now given",
        "good": "done accepted confirmed approved upheld closed active success raised",
        "warn": "due provisional reminder urge determined warning lowered",
        "bad": "sent_back returned late failed refused error",
        "final": "final",
        "veto": "veto decided",
    }.items()
    for state in states.split()
}
"""The colour a state is told in: a hint beside its word, never instead of it."""


@register.filter
def tone(state: str) -> str:
    """The tone of a state's code or of a message's level, for a badge or a notice."""
    return TONES.get(state, "neutral")


@register.filter
def number(value: Number) -> str:
    """A number in plain digits without trailing zeros; — where there is none."""
    exact = decimal_of(value)
    return NOTHING if exact is None else write_number(exact)


def decimal_of(value: Number) -> Decimal | None:
    """The number itself; nothing and the empty text are none."""
    if value is None or value == "":
        return None
    return value if isinstance(value, Decimal) else Decimal(value)


@register.simple_tag
def score_or_range(score: Number, low: Number = None, high: Number = None) -> str:
    """A settled score, or the range it lies in (``2.5–6``), or — before there is either."""
    if decimal_of(score) is not None:
        return number(score)
    if decimal_of(low) is None or decimal_of(high) is None:
        return NOTHING
    return number(low) if decimal_of(low) == decimal_of(high) else f"{number(low)}–{number(high)}"


@register.simple_tag
def range_bar(low: Number, high: Number, points: Number) -> str | SafeString:
    """A bar as long as the points: what is safe filled, what is open hatched by a paler tone."""
    safe, best, full = decimal_of(low), decimal_of(high), decimal_of(points)
    if safe is None or best is None or not full:
        return ""
    return format_html(
        '<svg class="range-bar" viewBox="0 0 {full} 1" preserveAspectRatio="none"'
        ' aria-hidden="true" focusable="false">'
        '<rect class="range-bar-all" width="{full}" height="1"/>'
        '<rect class="range-bar-open" width="{best}" height="1"/>'
        '<rect class="range-bar-safe" width="{safe}" height="1"/></svg>',
        full=write_number(full),
        best=write_number(max(best, Decimal(0))),
        safe=write_number(max(safe, Decimal(0))),
    )


@register.filter
def beijing_day(value: dt.date | None) -> str:
    """The day (``2026-11-22``) of a date, or of an instant in Beijing."""
    return NOTHING if value is None else in_beijing(value).strftime("%Y-%m-%d")


@register.filter
def month_day(value: dt.date | None) -> str:
    """The day within its year (``11-22``), where the year is plain from the place."""
    return NOTHING if value is None else in_beijing(value).strftime("%m-%d")


@register.filter
def beijing_time(value: dt.datetime | None) -> str:
    """The minute (``2026-11-22 14:05``) of an instant in Beijing."""
    return NOTHING if value is None else in_beijing(value).strftime("%Y-%m-%d %H:%M")


def in_beijing(value: dt.date) -> dt.date:
    """An instant as Beijing's clock shows it; a day is a day everywhere."""
    return value.astimezone(BEIJING) if isinstance(value, dt.datetime) else value


@register.filter
def masked_phone(value: str | None) -> str:
    """A telephone number of which only the last four digits, and a mobile's first three, are shown.

    >>> masked_phone("13812345678"), masked_phone("0427-2823456"), masked_phone("")
    ('138****5678', '****3456', '—')
    """
    if not value:
        return NOTHING
    digits = "".join(sign for sign in value if sign.isdigit())
    mobile = len(digits) == 11 and digits.startswith("1")  # noqa: PLR2004 -- as mobile numbers are
    return f"{digits[:3] if mobile else ''}****{digits[-4:]}"


@register.filter
def control(field: BoundField) -> str:
    """How a field is laid out: ``choices`` with a legend, ``check`` with its label after it."""
    if field.use_fieldset:
        return "choices"
    return "check" if isinstance(field.field.widget, forms.CheckboxInput) else "line"


@register.filter
def page_numbers(page: Page[object]) -> list[int | None]:
    """The pages offered beside this one; ``None`` is a gap."""
    offered = page.paginator.get_elided_page_range(page.number, on_each_side=2, on_ends=1)
    return [each if isinstance(each, int) else None for each in offered]


@register.simple_tag
def icon(name: str, title: str = "") -> SafeString:
    """A small drawing before a word; ``title`` where it stands without one."""
    if title:
        said = format_html('role="img" aria-label="{}"', title)
    else:
        said = format_html('aria-hidden="{}"', "true")
    return format_html(
        '<svg class="icon icon-{}" viewBox="0 0 16 16" focusable="false" {}>{}</svg>',
        name,
        said,
        drawing(name),
    )
