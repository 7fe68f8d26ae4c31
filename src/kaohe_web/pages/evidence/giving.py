"""Giving evidence for a part: files uploaded, files that are there used once more."""

from collections.abc import Sequence
from typing import TYPE_CHECKING, Any

from django.contrib import messages
from django.db.models import QuerySet
from django.http import HttpResponse, JsonResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils.translation import gettext as _

from kaohe_web.cycles.models import Cycle
from kaohe_web.errors import Invalid, WrongState
from kaohe_web.files.errors import FileRefused
from kaohe_web.filing import evidence as giving
from kaohe_web.filing import evidence_queries as queries
from kaohe_web.filing.evidence_reuse import notes
from kaohe_web.filing.evidence_words import clauses_in_words
from kaohe_web.filing.models import Evidence, EvidenceUse
from kaohe_web.filing.stored_files import keep
from kaohe_web.pages.asked import Asked, find, page
from kaohe_web.pages.evidence.forms import Attaching, Covering, Describing, Pointing
from kaohe_web.pages.evidence.lists import item_context, page_asked
from kaohe_web.pages.evidence.pane import pane
from kaohe_web.pages.evidence.panel import state_of
from kaohe_web.pages.filing.place import Place, find_place
from kaohe_web.people.searching import with_words

if TYPE_CHECKING:
    from django.core.files.uploadedfile import UploadedFile

MOST_OFFERED = 200


@page("evidence.see", cycle=True)
def evidence_of_part(request: Asked, cycle: Cycle, assessed_id: int, part: str) -> HttpResponse:
    """The evidence of one part, with the place to put more."""
    place = find_place(request, cycle, assessed_id, part)
    return render(request, "evidence/of_part.html", part_context(place))


def part_context(place: Place) -> dict[str, Any]:
    """What the page of a part's evidence shows."""
    return {"place": place, "clause": place.clause, "breadcrumbs": way_to(place, _("佐证材料"))}


@page("evidence.upload", methods=("POST",), cycle=True)
def evidence_upload(request: Asked, cycle: Cycle, assessed_id: int, part: str) -> HttpResponse:
    """Take files in, each by itself: what is refused does not keep back the others."""
    place = find_place(request, cycle, assessed_id, part)
    require_giving(request, place)
    form = Covering(request.POST)
    files = request.FILES.getlist("file")
    if not form.is_valid():
        return refused(request, place, form)
    if not files:
        raise Invalid([_("没有选择文件；请选择要上传的文件")])
    if len(files) == 1:
        take(request, place, form, files[0])
    else:
        take_all(request, place, form, files)
    if not request.accepts("text/html"):
        return JsonResponse({})
    return redirect(reverse("evidence_of_part", kwargs=place.address))


def require_giving(request: Asked, place: Place) -> None:
    """:raises WrongState: if a part is closed: before a file is looked into for nothing."""
    gives, closed = state_of(request.by, place.assessed, place.clause.part.id, request.at)
    if gives and closed:
        raise WrongState(closed)


def refused(request: Asked, place: Place, form: Covering) -> HttpResponse:
    """What is wrong with what was said of the files; nothing was taken."""
    if not request.accepts("text/html"):
        said = [
            f"{form[name].label}：{error}" if name in form.fields else str(error)
            for name, found in form.errors.items()
            for error in found
        ]
        return JsonResponse({"message": " ".join(said)}, status=422)
    context = part_context(place) | {"wrong": form}
    return render(request, "evidence/of_part.html", context, status=422)


def take_all(
    request: Asked, place: Place, form: Covering, files: Sequence["UploadedFile[Any]"]
) -> None:
    """Take several files; what is refused is told, and the others are kept."""
    for file in files:
        try:
            take(request, place, form, file)
        except FileRefused as refusal:  # one bad file must not cost the person the good ones
            said = _("“%(name)s”没有收下：%(why)s") % {"name": file.name, "why": refusal.sentence}
            messages.error(request, said)


def take(request: Asked, place: Place, form: Covering, file: "UploadedFile[Any]") -> None:
    """Take one file, and say where it was given before."""
    kept = keep(file, by=request.by, at=request.at)
    use = giving.upload(
        place.assessed,
        by=request.by,
        at=request.at,
        part=place.clause.part.id,
        kept=kept,
        label=form.cleaned_data["label"],
        period=form.period,
    )
    tell(request, use)


def tell(request: Asked, use: EvidenceUse) -> None:
    """Say that a file was taken, and where it was given before."""
    row, cycle = use.evidence, use.submission.cycle
    others = queries.uses(request.by, cycle).filter(evidence=row).exclude(pk=use.pk)
    parts = list(others.values_list("submission__part", flat=True))
    if parts:
        said = _("这份文件已用于%(clauses)s，本条直接引用，没有重复存放：%(name)s")
        named = {"clauses": clauses_in_words(cycle, parts), "name": row.name}
        messages.info(request, said % named)
    else:
        messages.success(request, _("已上传：%(name)s") % {"name": row.name})
    for note in notes(request.by, cycle, [row])[row.pk]:
        messages.warning(request, f"{row.name}：{note}")


@page("evidence.upload", cycle=True)
def evidence_choose(request: Asked, cycle: Cycle, assessed_id: int, part: str) -> HttpResponse:
    """The files that are there and that this part may use too."""
    place = find_place(request, cycle, assessed_id, part)
    rows = list(offered(request, place)[:MOST_OFFERED])
    used: dict[int, list[str]] = {row.pk: [] for row in rows}
    seen = queries.uses(request.by, cycle).filter(evidence__in=used)
    for key, other in seen.values_list("evidence", "submission__part"):
        used[key].append(other)
    context = {
        "place": place,
        "clause": place.clause,
        "rows": [
            (
                row,
                clauses_in_words(cycle, used[row.pk]) if used[row.pk] else "",
                Attaching(initial={"evidence": row.pk}, auto_id=f"use{row.pk}_%s"),
            )
            for row in rows
        ],
        "words": request.GET.get("words", ""),
        "breadcrumbs": way_to(place, _("引用已有材料")),
    }
    return render(request, "evidence/choose.html", context)


def offered(request: Asked, place: Place) -> QuerySet[Evidence]:
    """The unit's files in force that the person sees and this part does not use yet."""
    rows = queries.evidence(request.by, place.assessed.cycle).filter(
        assessed=place.assessed, withdrawn_at=None, replaced_by=None
    )
    if place.submission is not None:
        rows = rows.exclude(pk__in=place.submission.evidence_uses.values("evidence"))
    words = request.GET.get("words", "").strip()
    return with_words(rows, words[:100], "name") if words else rows


@page("evidence.upload", methods=("POST",), cycle=True)
def evidence_attach(request: Asked, cycle: Cycle, assessed_id: int, part: str) -> HttpResponse:
    """Use a file that is there for this part too."""
    place = find_place(request, cycle, assessed_id, part)
    form = Attaching(request.POST)
    if not form.is_valid():
        raise Invalid(problems(form))
    rows = queries.evidence(request.by, cycle).filter(assessed=place.assessed)
    row = find(request, rows, form.cleaned_data["evidence"])
    page_ = form.cleaned_data["page"]
    use = giving.attach(row, by=request.by, at=request.at, part=part, page=page_)
    messages.success(request, _("已引用：%(name)s") % {"name": use.evidence.name})
    return redirect(reverse("evidence_of_part", kwargs=place.address))


@page("evidence.upload", methods=("POST",), cycle=True)
def evidence_detach(request: Asked, cycle: Cycle, pk: int) -> HttpResponse:
    """Take a file from a part."""
    use = find(request, queries.uses_to_change(request.by, cycle), pk)
    where = address_of(use)
    giving.detach(use, by=request.by, at=request.at)
    messages.success(request, _("已从本条取下：%(name)s") % {"name": use.evidence.name})
    return redirect(where)


@page("evidence.upload", methods=("POST",), cycle=True)
def evidence_point(request: Asked, cycle: Cycle, pk: int) -> HttpResponse:
    """Say at which page of a file a part is proved."""
    use = find(request, queries.uses_to_change(request.by, cycle), pk)
    form = Pointing(request.POST)
    if not form.is_valid():
        raise Invalid(problems(form))
    giving.point(use, by=request.by, at=request.at, **form.cleaned_data)
    messages.success(request, _("已保存：%(name)s") % {"name": use.evidence.name})
    return redirect(address_of(use))


@page("evidence.upload", methods=("POST",), cycle=True)
def evidence_describe(request: Asked, cycle: Cycle, pk: int) -> HttpResponse:
    """Say which period a file covers, and who may see it."""
    row = find(request, queries.evidence_to_change(request.by, cycle), pk)
    form = Describing(request.POST)
    if not form.is_valid():
        context = item_context(request, row) | {
            "describing": form,
            "pane": pane(row, page_asked(request)),
        }
        return render(request, "evidence/item.html", context, status=422)
    giving.describe(
        row,
        by=request.by,
        at=request.at,
        version=form.cleaned_data["version"],
        label=form.cleaned_data["label"],
        period=form.period,
    )
    messages.success(request, _("已保存：%(name)s") % {"name": row.name})
    return redirect(item(row))


@page("evidence.upload", methods=("POST",), cycle=True)
def evidence_replace(request: Asked, cycle: Cycle, pk: int) -> HttpResponse:
    """Put a new version in the place of a file."""
    row = find(request, queries.evidence_to_change(request.by, cycle), pk)
    file = request.FILES.get("file")
    if file is None:
        raise Invalid([_("没有选择文件；请选择新版本的文件")])
    kept = keep(file, by=request.by, at=request.at)
    new = giving.replace(row, by=request.by, at=request.at, kept=kept)
    messages.success(request, _("已换成新版本，旧版本保留在“历次版本”里"))
    if not request.accepts("text/html"):
        return JsonResponse({})
    return redirect(item(new))


@page("evidence.upload", methods=("POST",), cycle=True)
def evidence_withdraw(request: Asked, cycle: Cycle, pk: int) -> HttpResponse:
    """Take a file back from every part that uses it."""
    row = find(request, queries.evidence_to_change(request.by, cycle), pk)
    giving.withdraw(row, by=request.by, at=request.at)
    messages.success(request, _("已撤下：%(name)s") % {"name": row.name})
    return redirect(reverse("evidence", kwargs={"cycle_id": cycle.pk}))


def problems(form: Attaching | Pointing) -> list[str]:
    """What is wrong with a small form, each with its field."""
    return [
        f"{form.fields[name].label}：{error}" if name in form.fields else str(error)
        for name, found in form.errors.items()
        for error in found
    ]


def item(row: Evidence) -> str:
    """The page of a file."""
    return reverse("evidence_item", kwargs={"cycle_id": row.cycle_id, "pk": row.pk})


def address_of(use: EvidenceUse) -> str:
    """The page of the evidence of a use's part."""
    submission = use.submission
    where = {
        "cycle_id": submission.cycle_id,
        "assessed_id": submission.assessed_id,
        "part": submission.part,
    }
    return reverse("evidence_of_part", kwargs=where)


def way_to(place: Place, title: str) -> list[tuple[str, str]]:
    """The way to a page about a part's evidence."""
    clause = "、".join(place.clause.numbers)
    return [
        (place.assessed.cycle.name, ""),
        (
            _("第 %(numbers)s 条") % {"numbers": clause} + f" {place.clause.part.title}",
            reverse("clause", kwargs=place.address),
        ),
        (title, ""),
    ]
