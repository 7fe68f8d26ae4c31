"""The addresses of this room."""

from django.urls import URLPattern, include, path
from django.urls.resolvers import URLResolver

from kaohe_web.pages.results import (
    district,
    exports,
    live,
    objections,
    public,
    runs,
    sheets,
)

of_run: list[URLPattern] = [
    path("", runs.run, name="run"),
    path("announce", runs.run_announce, name="run_announce"),
    path("approve", runs.run_approve, name="run_approve"),
    path("finalise", runs.run_finalise, name="run_finalise"),
    path("reproduce", runs.run_reproduce, name="run_reproduce"),
    path("moved/", runs.run_moved, name="run_moved"),
    path("heat-map/", live.run_heat_map, name="run_heat_map"),
    path("means/", live.run_means, name="run_means"),
    path("archive.zip", exports.run_archive, name="run_archive"),
    path("export/<slug:table>.<slug:form>", exports.run_export, name="run_export"),
]
of_sheet: list[URLPattern] = [
    path("", sheets.score_sheet, name="score_sheet"),
    path("export.<slug:form>", exports.sheet_export, name="sheet_export"),
    path("objections/new", sheets.objection_raise, name="objection_raise"),
]
of_cycle: list[URLPattern | URLResolver] = [
    path("runs/", runs.runs, name="runs"),
    path("runs/new", runs.run_new, name="run_new"),
    path("runs/<int:run_id>/", include(of_run)),
    path("score-sheets/<int:result_id>/", include(of_sheet)),
    path("standing/", live.standing, name="standing"),
    path("standing/<int:assessed_id>/", live.standing_sheet, name="standing_sheet"),
    path(
        "standing/export/<slug:table>.<slug:form>", exports.standing_export, name="standing_export"
    ),
    path("heat-map/", live.heat_map, name="heat_map"),
    path("means/", live.means, name="means"),
    path("data.json", exports.data_export, name="data_export"),
    path("objections/", objections.objections, name="objections"),
    path(
        "objections/<int:objection_id>/answer", objections.objection_answer, name="objection_answer"
    ),
    path("district/", district.district, name="district"),
]
urlpatterns: list[URLPattern | URLResolver] = [
    path("cycles/<int:cycle_id>/", include(of_cycle)),
    path("public/<int:cycle_id>/", public.public_results, name="public_results"),
]
