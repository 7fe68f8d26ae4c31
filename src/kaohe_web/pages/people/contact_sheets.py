"""The contact list as a workbook: in with a preview, out for a purpose, empty to fill in."""

from io import BytesIO

from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from kaohe_web.clock import day_of
from kaohe_web.files.headers import CLOSED
from kaohe_web.files.names import attachment
from kaohe_web.pages.asked import Asked, page
from kaohe_web.pages.people.accounts import POST
from kaohe_web.pages.people.contact_forms import Purpose, Upload
from kaohe_web.pages.people.crumbs import to_contacts
from kaohe_web.people import contacts
from kaohe_web.people.contact_sheet import look_into, sealed_rows, unsealed_rows
from kaohe_web.sheets.contacts import write_contacts

XLSX = "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet"


@page("contacts.edit")
def contacts_import(request: Asked) -> HttpResponse:
    """The form for a workbook."""
    return ask_workbook(request, Upload())


def ask_workbook(request: Asked, form: Upload, faults: tuple[str, ...] = ()) -> HttpResponse:
    """The page that asks for a workbook, with what was wrong in the last one."""
    context = {"form": form, "faults": faults, "breadcrumbs": to_contacts(_("导入"))}
    status = 422 if form.errors or faults else 200
    return render(request, "people/contacts_import.html", context, status=status)


@page("contacts.edit", methods=POST)
def contacts_import_preview(request: Asked) -> HttpResponse:
    """What taking the workbook in would do; nothing is changed yet.

    The people of the workbook travel sealed in the page until the person agrees.
    """
    form = Upload(request.POST, request.FILES)
    if not form.is_valid():
        return ask_workbook(request, form)
    upload = form.cleaned_data["file"]
    rows, found = look_into(request.by, upload.file, upload.name)
    if found.faults:
        return ask_workbook(request, Upload(), tuple(str(fault) for fault in found.faults))
    sealed = sealed_rows(request.by, rows, found.fingerprint, upload.name, request.at)
    context = {
        "found": found,
        "sealed": sealed,
        "file": upload.name,
        "breadcrumbs": to_contacts(_("导入预览")),
    }
    return render(request, "people/contacts_preview.html", context)


@page("contacts.edit", methods=POST)
def contacts_import_confirm(request: Asked) -> HttpResponse:
    """Take in what was previewed: everything, or nothing."""
    rows, seen, file = unsealed_rows(request.by, request.POST.get("sealed", ""), request.at)
    done = contacts.take_in(None, by=request.by, at=request.at, rows=rows, seen=seen, file=file)
    sentence = ngettext(
        "已导入：新增 %(new)s 人，更新 %(count)s 人",
        "已导入：新增 %(new)s 人，更新 %(count)s 人",
        len(done.changed),
    )
    messages.success(request, sentence % {"new": len(done.new), "count": len(done.changed)})
    return redirect("contacts")


@page("contacts.export")
def contacts_export(request: Asked) -> HttpResponse:
    """The form for the purpose."""
    return ask_purpose(request, Purpose())


def ask_purpose(request: Asked, form: Purpose) -> HttpResponse:
    """The page that asks what the list is wanted for."""
    context = {"form": form, "breadcrumbs": to_contacts(_("导出"))}
    status = 422 if form.errors else 200
    return render(request, "people/contacts_export.html", context, status=status)


@page("contacts.export", methods=POST)
def contacts_export_file(request: Asked) -> HttpResponse:
    """The list in full as a workbook that says what it may be used for."""
    form = Purpose(request.POST)
    if not form.is_valid():
        return ask_purpose(request, form)
    purpose = form.cleaned_data["purpose"]
    lines = contacts.export(None, by=request.by, at=request.at, purpose=purpose)
    target = BytesIO()
    write_contacts(lines, target, purpose)
    return workbook(target, f"{_('联系人员名单')} {day_of(request.at)}.xlsx")


@page("contacts.edit")
def contacts_template(request: Asked) -> HttpResponse:
    """An empty list to fill in; nobody's data is in it."""
    del request
    target = BytesIO()
    write_contacts([], target, _("填好后导入本系统"))
    return workbook(target, f"{_('联系人员名单（空表）')}.xlsx")


def workbook(target: BytesIO, name: str) -> HttpResponse:
    """A workbook to save."""
    headers = {"Content-Disposition": attachment(name), **CLOSED}
    return HttpResponse(target.getvalue(), content_type=XLSX, headers=headers)
