"""Every address of the site, room by room."""

from django.urls import URLPattern, URLResolver, include, path

from kaohe_web.pages.look import look

urlpatterns: list[URLPattern | URLResolver] = [
    path("", include("kaohe_web.pages.desk.urls")),
    path("", include("kaohe_web.pages.people.urls")),
    path("", include("kaohe_web.pages.cycles.urls")),
    path("", include("kaohe_web.pages.filing.urls")),
    path("", include("kaohe_web.pages.evidence.urls")),
    path("", include("kaohe_web.pages.review.urls")),
    path("", include("kaohe_web.pages.results.urls")),
    path("", include("kaohe_web.pages.followup.urls")),
    path("", include("kaohe_web.pages.keeping.urls")),
    path("look/", look, name="look"),
]

handler400 = "kaohe_web.pages.refusals.bad_request"
handler403 = "kaohe_web.pages.refusals.forbidden"
handler404 = "kaohe_web.pages.refusals.not_found"
handler500 = "kaohe_web.pages.refusals.server_error"
