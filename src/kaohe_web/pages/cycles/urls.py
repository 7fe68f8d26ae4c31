"""The addresses of this room."""

from django.urls import URLPattern, path

from kaohe_web.pages.cycles import (
    bodies,
    body,
    calendar,
    cycles,
    duties,
    edition,
    exemptions,
    marking,
    provided,
    readings,
    references,
    rubrics,
    targets,
    units,
)

RUBRICS = [
    path("rubrics/", rubrics.rubrics, name="rubrics"),
    path("rubrics/<int:pk>/", rubrics.rubric, name="rubric"),
    path("rubrics/<int:pk>/yaml/", rubrics.rubric_yaml, name="rubric_yaml"),
    path("rubrics/adopt/", rubrics.rubric_adopt, name="rubric_adopt"),
    path("rubrics/adopt/check/", rubrics.rubric_check, name="rubric_check"),
    path("rubrics/adopt/save/", rubrics.rubric_adopt_save, name="rubric_adopt_save"),
    path("rubrics/difference/", rubrics.rubric_diff, name="rubric_diff"),
]

BODIES = [
    path("bodies/", bodies.bodies, name="bodies"),
    path("bodies/units/paste/", bodies.units_paste, name="units_paste"),
    path("bodies/units/<int:pk>/", bodies.unit, name="unit"),
    path("bodies/units/<int:pk>/edit/", body.unit_edit, name="unit_edit"),
    path("bodies/units/<int:pk>/save/", body.unit_save, name="unit_save"),
    path("bodies/units/<int:pk>/remove/", body.unit_remove, name="unit_remove"),
    path("bodies/units/<int:pk>/paste/", bodies.departments_paste, name="departments_paste"),
    path("bodies/departments/<int:pk>/", body.department_edit, name="department_edit"),
    path("bodies/departments/<int:pk>/save/", body.department_save, name="department_save"),
    path("bodies/departments/<int:pk>/remove/", body.department_remove, name="department_remove"),
    path("bodies/providers/paste/", bodies.providers_paste, name="providers_paste"),
    path("bodies/providers/<int:pk>/", body.provider_edit, name="provider_edit"),
    path("bodies/providers/<int:pk>/save/", body.provider_save, name="provider_save"),
    path("bodies/providers/<int:pk>/remove/", body.provider_remove, name="provider_remove"),
]

YEARS = [
    path("cycles/", cycles.cycles, name="cycles"),
    path("cycles/new/", cycles.cycle_new, name="cycle_new"),
    path("cycles/create/", cycles.cycle_create, name="cycle_create"),
    path("cycles/copy/", cycles.cycle_copy, name="cycle_copy"),
    path("cycles/copy/save/", cycles.cycle_copy_save, name="cycle_copy_save"),
]


def inside(address: str) -> str:
    """An address inside a year."""
    return f"cycles/<int:cycle_id>/{address}"


YEAR = [
    path(inside(""), cycles.cycle, name="cycle"),
    path(inside("details/"), cycles.cycle_details, name="cycle_details"),
    path(inside("details/save/"), cycles.cycle_details_save, name="cycle_details_save"),
    path(inside("open/"), cycles.cycle_open, name="cycle_open"),
    path(inside("archive/"), cycles.cycle_archive, name="cycle_archive"),
    path(inside("roll-forward/"), cycles.cycle_roll_forward, name="cycle_roll_forward"),
    path(inside("rubric/"), rubrics.cycle_rubric, name="cycle_rubric"),
    path(inside("edition/"), edition.cycle_edition, name="cycle_edition"),
    path(inside("edition/save/"), edition.cycle_edition_save, name="cycle_edition_save"),
    path(inside("readings/"), readings.readings, name="readings"),
    path(inside("readings/confirm/"), readings.readings_confirm, name="readings_confirm"),
    path(inside("readings/<str:reading>/"), readings.reading, name="reading"),
    path(inside("readings/<str:reading>/settle/"), readings.reading_settle, name="reading_settle"),
    path(inside("units/"), units.units, name="units"),
    path(inside("units/save/"), units.units_save, name="units_save"),
    path(inside("duties/"), duties.duties, name="duties"),
    path(inside("duties/prefill/"), duties.duties_prefill, name="duties_prefill"),
    path(inside("duties/<int:assessed_id>/"), duties.duties_unit, name="duties_unit"),
    path(inside("duties/<int:assessed_id>/save/"), duties.duties_save, name="duties_save"),
    path(inside("duties/<int:assessed_id>/name/"), duties.duties_resolve, name="duties_resolve"),
    path(inside("duties/<int:assessed_id>/days/"), duties.deadlines_save, name="deadlines_save"),
    path(inside("provided/"), provided.provided, name="provided"),
    path(inside("provided/save/"), provided.provided_save, name="provided_save"),
    path(inside("provided/prefill/"), provided.provided_prefill, name="provided_prefill"),
    path(inside("targets/"), targets.targets, name="targets"),
    path(inside("targets/units/<int:assessed_id>/"), targets.targets_file, name="targets_file"),
    path(
        inside("targets/units/<int:assessed_id>/save/"), targets.targets_save, name="targets_save"
    ),
    path(
        inside("targets/units/<int:assessed_id>/file/"),
        targets.targets_submit,
        name="targets_submit",
    ),
    path(
        inside("targets/units/<int:assessed_id>/form/"), targets.targets_form, name="targets_form"
    ),
    path(inside("targets/<int:pk>/confirm/"), targets.target_confirm, name="target_confirm"),
    path(inside("targets/<int:pk>/return/"), targets.target_return, name="target_return"),
    path(inside("references/"), references.references, name="references"),
    path(inside("references/save/"), references.references_save, name="references_save"),
    path(inside("calendar/"), calendar.calendar, name="calendar"),
    path(inside("calendar/save/"), calendar.calendar_save, name="calendar_save"),
    path(inside("exceptions/"), calendar.exceptions, name="exceptions"),
    path(inside("exceptions/grant/"), calendar.exception_grant, name="exception_grant"),
    path(
        inside("exceptions/<int:pk>/withdraw/"),
        calendar.exception_withdraw,
        name="exception_withdraw",
    ),
    path(inside("exemptions/"), exemptions.exemptions, name="exemptions"),
    path(inside("exemptions/approve/"), exemptions.exemption_approve, name="exemption_approve"),
    path(inside("exemptions/<int:pk>/lift/"), exemptions.exemption_lift, name="exemption_lift"),
    path(inside("marking/"), marking.marking_plan, name="marking_plan"),
    path(inside("marking/save/"), marking.marking_save, name="marking_save"),
]

urlpatterns: list[URLPattern] = [*RUBRICS, *BODIES, *YEARS, *YEAR]
