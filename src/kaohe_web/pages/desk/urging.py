"""The pages of urging: who owes what, whom to press, and the log of it."""

from django.contrib import messages
from django.core.paginator import Paginator
from django.http import HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils.translation import gettext as _

from kaohe_web.cycles.models import AssessedUnit, Cycle
from kaohe_web.cycles.queries import visible_units
from kaohe_web.desk import urging
from kaohe_web.desk.outstanding import Owing, departments_owing, units_owing
from kaohe_web.desk.reminders import reminders
from kaohe_web.jobs.queries import urges
from kaohe_web.pages.asked import Asked, find, page
from kaohe_web.pages.desk.forms import Urging
from kaohe_web.people.models import Role

PER_PAGE = 50


@page("urge.send", cycle=True)
def urge(request: Asked, cycle: Cycle) -> HttpResponse:
    """Who owes what; the office looks at units, or at one unit's departments."""
    unit = unit_of(request, cycle)
    owing = owing_of(request, cycle, unit)
    form = Urging(None, owing, text=proposed(cycle))
    return shown(request, cycle, unit, owing, form)


@page("urge.send", methods=("POST",), cycle=True)
def send(request: Asked, cycle: Cycle) -> HttpResponse:
    """Press those who were chosen."""
    unit = unit_of(request, cycle)
    owing = owing_of(request, cycle, unit)
    form = Urging(request.POST, owing)
    if not form.is_valid():
        return shown(request, cycle, unit, owing, form)
    found = urging.urge(
        cycle,
        by=request.by,
        at=request.at,
        text=form.cleaned_data["text"],
        units=form.keys("u"),
        departments=form.keys("d"),
    )
    messages.success(request, _("已催办 %(told)s 人") % {"told": found.told})
    if found.nobody:
        said = _("没有人可以通知：%(names)s；请让安全管理员为其开通账号，或电话联系")
        messages.warning(request, said % {"names": "、".join(found.nobody)})
    return redirect("urge_log", cycle_id=cycle.pk)


@page("urge.send", cycle=True)
def log(request: Asked, cycle: Cycle) -> HttpResponse:
    """Who was urged and who was reminded, when, and whether they read it."""
    which = "reminders" if request.GET.get("show") == "reminders" else "urges"
    rows = reminders(request.by) if which == "reminders" else urges(request.by, cycle.pk)
    here = reverse("urge_log", kwargs={"cycle_id": cycle.pk})
    tabs = [
        {"title": _("催办记录"), "href": here, "current": which == "urges"},
        {
            "title": _("到期提醒记录"),
            "href": here + "?show=reminders",
            "current": which == "reminders",
        },
    ]
    context = {
        "page": Paginator(rows, PER_PAGE).get_page(request.GET.get("page")),
        "tabs": tabs,
        "which": which,
        "breadcrumbs": crumbs(cycle, _("催办记录")),
    }
    return render(request, "desk/urge_log.html", context)


def unit_of(request: Asked, cycle: Cycle) -> AssessedUnit | None:
    """The unit whose departments are looked at: one's own, or the one in the address."""
    if request.by.role == Role.UNIT_OFFICE:
        return visible_units(request.by, cycle).first()
    asked = request.GET.get("unit")
    return find(request, visible_units(request.by, cycle), asked) if asked else None


def owing_of(request: Asked, cycle: Cycle, unit: AssessedUnit | None) -> list[Owing]:
    """Those who can be urged here."""
    if unit is None:
        return units_owing(request.by, cycle)
    return departments_owing(request.by, cycle, unit, request.at)


def proposed(cycle: Cycle) -> str:
    """Words to begin with."""
    return _("请抓紧办理%(cycle)s中的未完成事项，按期办结。") % {"cycle": cycle.name}


def shown(
    request: Asked, cycle: Cycle, unit: AssessedUnit | None, owing: list[Owing], form: Urging
) -> HttpResponse:
    """The page, with what is wrong where something is."""
    chosen = set(form.data.getlist("to")) if form.is_bound else set()  # type: ignore[attr-defined]  # a POST has lists
    context = {
        "unit": unit,
        "by_office": request.by.role == Role.OFFICE,
        "owing": [(each, each.key in chosen) for each in owing],
        "form": form,
        "breadcrumbs": crumbs(cycle, _("催办")),
    }
    return render(request, "desk/urge.html", context, status=422 if form.is_bound else 200)


def crumbs(cycle: Cycle, title: str) -> list[tuple[str, str]]:
    """The way to a page of urging."""
    return [(_("首页"), reverse("home")), (cycle.name, ""), (title, "")]
