"""Veto cases, appeals and rectification as pages know them: each a thing and its next steps.

A step is declared once, with its right, its words, its form and its action; from that come its
address, the button on the thing's page, and what a press of it does.
"""

from collections.abc import Callable, Iterator, Mapping
from dataclasses import dataclass
from typing import Any, Generic

from django import forms
from django.contrib import messages
from django.db.models import QuerySet
from django.http import HttpResponse
from django.shortcuts import redirect, render
from django.urls import URLPattern, path, reverse
from django.utils.functional import Promise
from django.utils.translation import gettext as _

from kaohe.nodes import Mistaken
from kaohe_web.cycles.models import Cycle
from kaohe_web.errors import Invalid
from kaohe_web.files.errors import FileRefused
from kaohe_web.followup import queries
from kaohe_web.followup.steps import Way
from kaohe_web.pages.asked import Asked, View, find, page
from kaohe_web.pages.followup.fields import kept
from kaohe_web.pages.followup.step_form import StepForm, T
from kaohe_web.people import rights
from kaohe_web.people.actor import Actor


@dataclass(frozen=True, slots=True)
class NextStep(Generic[T]):
    """A step that can be taken: the end of its address, its right, words, form and action."""

    name: str
    right: str
    label: Promise
    form: type[StepForm[T]]
    act: Callable[..., object]
    tone: str = ""


@dataclass(frozen=True, slots=True)
class Room(Generic[T]):
    """One kind of thing: where it is found, what its page shows, which steps it can take."""

    name: str
    prefix: str
    address: str
    key: str
    right: str
    visible: Callable[[Actor], QuerySet[T]]
    ways: Mapping[str, Way]
    steps: tuple[NextStep[T], ...]
    template: str
    context: Callable[[Asked, T], dict[str, object]]


@dataclass(frozen=True, slots=True)
class Offer(Generic[T]):
    """A step as it is offered on the page; open where its form came back with mistakes."""

    label: Promise
    form: StepForm[T]
    action: str
    tone: str

    @property
    def open(self) -> bool:
        """Whether its form is shown without a press."""
        return bool(self.form.errors)


def addresses(room: Room[T]) -> list[URLPattern]:
    """The page of a thing, and one address for each of its steps."""
    steps = [
        path(
            f"{room.address}{step.name.replace('_', '-')}/",
            taking(room, step),
            name=f"{room.prefix}_{step.name}",
        )
        for step in room.steps
    ]
    return [path(room.address, showing(room), name=room.name), *steps]


def showing(room: Room[T]) -> View:
    """The page of a thing."""

    @page(room.right, cycle=True)
    def show(request: Asked, cycle: Cycle, **key: Any) -> HttpResponse:  # noqa: ANN401 -- the address's values
        return shown(request, room, found(request, room, cycle, key))

    return show


def taking(room: Room[T], step: NextStep[T]) -> View:
    """What a press of a step's button does; with mistakes, its form comes back as it was filled."""

    @page(step.right, cycle=True, methods=("POST",))
    def take(request: Asked, cycle: Cycle, **key: Any) -> HttpResponse:  # noqa: ANN401 -- the address's values
        row = found(request, room, cycle, key)
        form = step.form(row, request, request.POST)
        if taken(request, form, lambda **given: step.act(row, **given)):
            messages.success(request, _("已办理：%(step)s") % {"step": step.label})
            return redirect(row)
        return shown(request, room, row, form)

    return take


def found(request: Asked, room: Room[T], cycle: Cycle, key: Mapping[str, Any]) -> T:
    """The thing of the address, among those that the person may see."""
    return find(request, room.visible(request.by).filter(cycle=cycle), key[room.key])


def taken(request: Asked, form: forms.Form, act: Callable[..., object]) -> bool:
    """Do it if the form is right; what the action or the store finds wrong is shown in the form."""
    if not form.is_valid():
        return False
    given = form.cleaned_data
    try:
        if "papers" in given:
            given = {**given, "papers": kept(request, given["papers"])}
        act(by=request.by, at=request.at, **given)
    except FileRefused as refusal:
        form.add_error("papers", refusal.sentence)
    except Invalid as refusal:
        form.add_error(None, list(refusal.problems))
    except Mistaken as refusal:
        form.add_error(None, [str(mistake) for mistake in refusal.mistakes])
    return form.is_valid()


def shown(request: Asked, room: Room[T], row: T, bound: StepForm[T] | None = None) -> HttpResponse:
    """The page of a thing: what it is, its history, and what the person can do with it now."""
    context = {
        "row": row,
        "history": history(request, room, row),
        "offers": list(offers(request, room, row, bound)),
        **room.context(request, row),
    }
    return render(request, room.template, context, status=200 if bound is None else 422)


def history(request: Asked, room: Room[T], row: T) -> QuerySet[Any]:
    """The steps that were taken, the latest first, with their papers."""
    mine = {room.key.removesuffix("_id"): row}
    steps = queries.steps(request.by).filter(**mine)
    return steps.order_by("-id").prefetch_related("papers")


def offers(request: Asked, room: Room[T], row: T, bound: StepForm[T] | None) -> Iterator[Offer[T]]:
    """The steps that the thing's state and the person's right allow; one of them is the next."""
    if row.cycle.state != Cycle.State.OPEN:
        return
    may = [step for step in room.steps if rights.may(request.by, step.right)]
    for place, step in enumerate(step for step in may if row.state in room.ways[step.name][0]):
        form = bound if isinstance(bound, step.form) else step.form(row, request)
        where = {"cycle_id": row.cycle_id, room.key: row.pk}
        href = reverse(f"{room.prefix}_{step.name}", kwargs=where)
        tone = "" if place and step.tone == "primary" else step.tone
        yield Offer(step.label, form, href, tone)
