"""The addresses of this room."""

from django.urls import URLPattern, path

from kaohe_web.pages.filing import awards, clause, decisions, grid, lists

YEAR = "cycles/<int:cycle_id>"
UNIT = f"{YEAR}/units/<int:assessed_id>"
PART = f"{UNIT}/parts/<str:part>"

urlpatterns: list[URLPattern] = [
    path(f"{YEAR}/filing/", lists.filing, name="filing"),
    path(f"{YEAR}/filing/board/", lists.filing_board, name="filing_board"),
    path(f"{YEAR}/filing/progress/", lists.filing_progress, name="filing_progress"),
    path(f"{UNIT}/filing/", lists.unit_filing, name="unit_filing"),
    path(f"{PART}/", clause.clause, name="clause"),
    path(f"{PART}/preview/", clause.clause_preview, name="clause_preview"),
    path(f"{PART}/save/", clause.submission_save, name="submission_save"),
    path(f"{PART}/hand-in/", clause.submission_hand_in, name="submission_hand_in"),
    path(f"{PART}/withdraw/", clause.submission_withdraw, name="submission_withdraw"),
    path(f"{YEAR}/filing/check/", decisions.submission_check, name="submission_check"),
    path(
        f"{YEAR}/submissions/<int:submission_id>/return/",
        decisions.submission_return,
        name="submission_return",
    ),
    path(
        f"{YEAR}/submissions/<int:submission_id>/send-back/",
        decisions.submission_send_back,
        name="submission_send_back",
    ),
    path(f"{UNIT}/filing/sign-off/", decisions.sign_off, name="sign_off"),
    path(f"{UNIT}/filing/resubmit/", decisions.resubmit, name="filing_resubmit"),
    path(f"{YEAR}/values/", grid.provider_grid, name="provider_grid"),
    path(f"{UNIT}/values/<str:indicator>/save/", grid.grid_save, name="grid_save"),
    path(f"{YEAR}/awards/", awards.awards, name="awards"),
    path(f"{UNIT}/awards/", awards.unit_awards, name="unit_awards"),
    path(f"{UNIT}/awards/<str:indicator>/add/", awards.award_add, name="award_add"),
    path(f"{YEAR}/awards/<int:award_id>/", awards.award, name="award"),
    path(f"{YEAR}/awards/<int:award_id>/edit/", awards.award_edit, name="award_edit"),
    path(f"{YEAR}/awards/<int:award_id>/remove/", awards.award_remove, name="award_remove"),
]
