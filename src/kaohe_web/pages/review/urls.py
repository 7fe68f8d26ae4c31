"""The addresses of this room."""

from django.urls import URLPattern, path

from kaohe_web.pages.review import (
    assigning,
    board,
    deciding,
    drawing,
    marking,
    recusing,
    visiting,
)

YEAR = "cycles/<int:cycle_id>"
PART = f"{YEAR}/review/<int:assessed_id>/<str:part>"
GIVEN = f"{YEAR}/assignments/<int:assignment_id>"
MARK = f"{YEAR}/marks/<int:assignment_id>"
MEETING = f"{YEAR}/conferences/<int:conference_id>"
VISIT = f"{YEAR}/visits/<int:visit_id>"

urlpatterns: list[URLPattern] = [
    path(f"{YEAR}/review/", board.review_board, name="review_board"),
    path(f"{PART}/", board.review_part, name="review_part"),
    path(f"{PART}/third-mark/", deciding.third_mark, name="third_mark"),
    path(f"{PART}/conference/", deciding.conference_call, name="conference_call"),
    path(f"{YEAR}/disagreements/", deciding.disagreements, name="disagreements"),
    path(f"{MEETING}/", deciding.conference, name="conference"),
    path(f"{MEETING}/hold/", deciding.conference_hold, name="conference_hold"),
    path(f"{MEETING}/call-off/", deciding.conference_call_off, name="conference_call_off"),
    path(f"{YEAR}/assignments/", assigning.assignments, name="assignments"),
    path(f"{YEAR}/assignments/add/", assigning.assignment_add, name="assignment_add"),
    path(f"{YEAR}/assignments/spread/", assigning.assignments_spread, name="assignments_spread"),
    path(f"{GIVEN}/pass-on/", assigning.assignment_pass_on, name="assignment_pass_on"),
    path(f"{GIVEN}/remove/", assigning.assignment_remove, name="assignment_remove"),
    path(f"{YEAR}/recusals/", recusing.recusals, name="recusals"),
    path(f"{YEAR}/recusals/impose/", recusing.recusal_impose, name="recusal_impose"),
    path(f"{YEAR}/recusals/declare/", recusing.recuse, name="recuse"),
    path(f"{YEAR}/marks/", marking.queue, name="queue"),
    path(f"{MARK}/", marking.mark, name="mark"),
    path(f"{MARK}/give/", marking.mark_give, name="mark_give"),
    path(f"{MARK}/send-back/", marking.review_send_back, name="review_send_back"),
    path(f"{YEAR}/draws/", drawing.draws, name="draws"),
    path(f"{YEAR}/draws/make/", drawing.draw_make, name="draw_make"),
    path(f"{YEAR}/draws/rerun/", drawing.draw_rerun, name="draw_rerun"),
    path(f"{YEAR}/draws/<int:draw_id>/", drawing.draw, name="draw"),
    path(f"{YEAR}/draws/<int:draw_id>/visits/", drawing.draw_plan, name="draw_plan"),
    path(f"{YEAR}/visits/", visiting.visits, name="visits"),
    path(f"{YEAR}/visits/plan/", visiting.visit_plan, name="visit_plan"),
    path(f"{VISIT}/", visiting.visit, name="visit"),
    path(f"{VISIT}/arrange/", visiting.visit_arrange, name="visit_arrange"),
    path(f"{VISIT}/cancel/", visiting.visit_cancel, name="visit_cancel"),
    path(f"{VISIT}/close/", visiting.visit_close, name="visit_close"),
    path(f"{VISIT}/findings/add/", visiting.finding_add, name="finding_add"),
    path(f"{VISIT}/judge/<str:part>/", visiting.visit_judge, name="visit_judge"),
    path(f"{YEAR}/findings/<int:finding_id>/file/", visiting.finding_file, name="finding_file"),
]
