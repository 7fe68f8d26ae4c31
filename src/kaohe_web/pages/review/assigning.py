"""The office's pages of assigning: the list of parts, by hand, spread, passed on, taken away."""

from typing import Any

from django.contrib import messages
from django.core.paginator import Paginator
from django.http import HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from kaohe_web.clock import day_of
from kaohe_web.cycles.models import Cycle
from kaohe_web.errors import Invalid
from kaohe_web.pages.asked import Asked, find, page
from kaohe_web.pages.review import forms
from kaohe_web.pages.review.forms import require_valid
from kaohe_web.pages.review.words import PART_TONES, here, in_year, part_words, to_part
from kaohe_web.review import assignments as actions
from kaohe_web.review import queries
from kaohe_web.review.standing import Item, items, tally

PER_PAGE = 50
MOST_AT_ONCE = 500


@page("review.assign", cycle=True)
def assignments(request: Asked, cycle: Cycle) -> HttpResponse:
    """Every part that awaits an assessor, and who has it."""
    return list_page(request, cycle)


def list_page(
    request: Asked,
    cycle: Cycle,
    *,
    spread: forms.Spread | None = None,
    assign: forms.Assign | None = None,
) -> HttpResponse:
    """The list, with the forms by which parts are given to assessors."""
    found = items(request.by, cycle)
    words = part_words()
    units = {each.assessed.pk: str(each.assessed) for each in found}
    narrow = forms.Narrow(request.GET, states=words, units=units, every=_("全部"))
    state, unit = narrow.chosen("state"), narrow.chosen("unit")
    shown = [
        each for each in found if state in ("", each.state) and unit in ("", str(each.assessed.pk))
    ]
    people = queries.assessors(request.at)
    seed = f"{cycle.name} {day_of(request.at)}"
    context = {
        "breadcrumbs": in_year(cycle, (_("评审分派"), "")),
        "page": Paginator(rows(shown, words), PER_PAGE).get_page(request.GET.get("page")),
        "narrow": narrow,
        "filtered": any(narrow.chosen(name) for name in narrow.fields),
        "sums": tally(found),
        "people": people,
        "spread": spread
        or forms.Spread(
            people,
            initial={"seed": seed, "assessors": [post.pk for post in people]},
            auto_id="spread-%s",
        ),
        "assign": assign or forms.Assign(people, auto_id="assign-%s"),
    }
    status = 422 if spread is not None or assign is not None else 200
    return render(request, "review/assignments.html", context, status=status)


def rows(found: list[Item], words: dict[str, str]) -> list[dict[str, Any]]:
    """Parts with the words and colours of their states."""
    return [
        {"item": each, "words": words[each.state], "tone": PART_TONES[each.state]} for each in found
    ]


@page("review.assign", methods=("POST",), cycle=True)
def assignment_add(request: Asked, cycle: Cycle) -> HttpResponse:
    """Give the ticked parts to an assessor."""
    form = forms.Assign(queries.assessors(request.at), request.POST, auto_id="assign-%s")
    if not form.is_valid():
        return list_page(request, cycle, assign=form)
    places = [place_of(text) for text in request.POST.getlist("place")[:MOST_AT_ONCE]]
    made = actions.assign(
        cycle,
        assessor=form.cleaned_data["assessor"],
        places=places,
        by=request.by,
        at=request.at,
    )
    said = ngettext("已分派 %(count)s 条", "已分派 %(count)s 条", len(made))
    messages.success(request, said % {"count": len(made)})
    if len(made) == 1 and request.POST.get("from") == "part":
        return redirect(to_part(made[0].assessed, made[0].part))
    return redirect(here(cycle, "assignments") + "?state=missing")


def place_of(text: str) -> tuple[int, str]:
    """A part of a unit, as a box that was ticked names it."""
    key, _colon, part = text.partition(":")
    if not (key.isascii() and key.isdigit() and part):
        raise Invalid([_("页面送来的内容不完整；请刷新页面后再试")])
    return int(key), part


@page("review.assign", methods=("POST",), cycle=True)
def assignments_spread(request: Asked, cycle: Cycle) -> HttpResponse:
    """Spread everything that lacks an assessor."""
    form = forms.Spread(queries.assessors(request.at), request.POST, auto_id="spread-%s")
    if not form.is_valid():
        return list_page(request, cycle, spread=form)
    made = actions.spread_over(
        cycle,
        assessors=list(form.cleaned_data["assessors"]),
        seed=form.cleaned_data["seed"],
        by=request.by,
        at=request.at,
    )
    left = tally(items(request.by, cycle)).lacking
    if made:
        said = ngettext("已分派 %(count)s 条评分", "已分派 %(count)s 条评分", len(made))
        messages.success(request, said % {"count": len(made)})
    else:
        messages.info(request, _("没有缺评审员的条目，不用再分派"))
    if left:
        said = _("还缺 %(count)s 人次：这些条目的评审员都要回避或已在评；请另选评审员")
        messages.warning(request, said % {"count": left})
    return redirect(here(cycle, "assignments"))


@page("review.assign", methods=("POST",), cycle=True)
def assignment_pass_on(request: Asked, cycle: Cycle, assignment_id: int) -> HttpResponse:
    """Give an open assignment to another assessor."""
    row = find(request, queries.assignments_to_change(request.by, cycle), assignment_id)
    form = forms.PassOn(queries.assessors(request.at), request.POST)
    require_valid(form)
    actions.pass_on(row, **form.cleaned_data, by=request.by, at=request.at)
    messages.success(request, _("已改派，两位评审员都会收到消息"))
    return redirect(to_part(row.assessed, row.part))


@page("review.assign", methods=("POST",), cycle=True)
def assignment_remove(request: Asked, cycle: Cycle, assignment_id: int) -> HttpResponse:
    """Take an open assignment away."""
    row = find(request, queries.assignments_to_change(request.by, cycle), assignment_id)
    form = forms.Reason(request.POST)
    require_valid(form)
    actions.remove(row, **form.cleaned_data, by=request.by, at=request.at)
    messages.success(request, _("已撤下，评审员会收到消息"))
    return redirect(to_part(row.assessed, row.part))
