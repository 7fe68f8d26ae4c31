"""The addresses of this room."""

from django.urls import include, path
from django.urls.resolvers import URLPattern, URLResolver

from kaohe_web.pages.followup import appeals, papers, rectifications, vetoes
from kaohe_web.pages.followup.room import addresses

of_cycle: list[URLPattern] = [
    path("vetoes/", vetoes.case_list, name="veto_cases"),
    path("vetoes/new/", vetoes.new, name="veto_new"),
    path("vetoes/open/", vetoes.open_case, name="veto_open"),
    *addresses(vetoes.ROOM),
    path("appeals/", appeals.appeal_list, name="appeals"),
    path("appeals/new/", appeals.new, name="appeal_new"),
    path("appeals/lodge/", appeals.lodge, name="appeal_lodge"),
    *addresses(appeals.ROOM),
    path(
        "appeals/<int:appeal_id>/evidence/<int:evidence_id>/",
        appeals.evidence,
        name="appeal_evidence",
    ),
    path("rectifications/", rectifications.rectification_list, name="rectifications"),
    path("rectifications/order/<int:result_id>/", rectifications.order, name="rectification_order"),
    path(
        "rectifications/order/<int:result_id>/give/",
        rectifications.give,
        name="rectification_give",
    ),
    *addresses(rectifications.ROOM),
    path("steps/papers/<int:paper_id>/", papers.step_paper, name="step_paper"),
]
urlpatterns: list[URLPattern | URLResolver] = [path("cycles/<int:cycle_id>/", include(of_cycle))]
