"""The addresses of this room."""

from django.urls import URLPattern, path

from kaohe_web.pages.evidence import file_set, files, giving, lists, papers, workbooks

YEAR = "cycles/<int:cycle_id>"
UNIT = f"{YEAR}/units/<int:assessed_id>"
PART = f"{UNIT}/parts/<str:part>/evidence"
ITEM = f"{YEAR}/evidence/<int:pk>"
USE = f"{YEAR}/evidence/uses/<int:pk>"

EVIDENCE = [
    path(f"{YEAR}/evidence/", lists.evidence, name="evidence"),
    path(f"{UNIT}/evidence.zip", lists.evidence_zip, name="evidence_zip"),
    path(f"{PART}/", giving.evidence_of_part, name="evidence_of_part"),
    path(f"{PART}/upload/", giving.evidence_upload, name="evidence_upload"),
    path(f"{PART}/choose/", giving.evidence_choose, name="evidence_choose"),
    path(f"{PART}/attach/", giving.evidence_attach, name="evidence_attach"),
    path(f"{USE}/detach/", giving.evidence_detach, name="evidence_detach"),
    path(f"{USE}/point/", giving.evidence_point, name="evidence_point"),
    path(f"{ITEM}/", lists.evidence_item, name="evidence_item"),
    path(f"{ITEM}/file/", files.evidence_download, name="evidence_download"),
    path(f"{ITEM}/pages/<int:number>.png", files.evidence_preview, name="evidence_preview"),
    path(f"{ITEM}/describe/", giving.evidence_describe, name="evidence_describe"),
    path(f"{ITEM}/replace/", giving.evidence_replace, name="evidence_replace"),
    path(f"{ITEM}/withdraw/", giving.evidence_withdraw, name="evidence_withdraw"),
]

PAPERS = [
    path(f"{YEAR}/papers/", papers.papers, name="papers"),
    path(f"{UNIT}/papers/", papers.unit_papers, name="unit_papers"),
    path(f"{UNIT}/papers/<str:kind>/upload/", papers.paper_upload, name="paper_upload"),
    path(f"{UNIT}/self-score/", papers.self_score_sheet, name="self_score_sheet"),
    path(f"{YEAR}/papers/<int:pk>/file/", files.paper_download, name="paper_download"),
]

WORKBOOKS = [
    path(f"{YEAR}/workbook/", workbooks.workbook, name="workbook"),
    path(f"{YEAR}/workbook/download/", workbooks.workbook_download, name="workbook_download"),
    path(f"{YEAR}/workbook/upload/", workbooks.workbook_upload, name="workbook_upload"),
    path(f"{YEAR}/workbook/<int:pk>/", workbooks.workbook_preview, name="workbook_preview"),
    path(f"{YEAR}/workbook/<int:pk>/confirm/", workbooks.workbook_confirm, name="workbook_confirm"),
    path(f"{YEAR}/workbook/<int:pk>/marked/", workbooks.workbook_marked, name="workbook_marked"),
]

FILE_SET = [
    path(f"{YEAR}/file-set/", file_set.file_set, name="file_set"),
    path(f"{YEAR}/file-set/make/", file_set.file_set_make, name="file_set_make"),
]

urlpatterns: list[URLPattern] = [*EVIDENCE, *PAPERS, *WORKBOOKS, *FILE_SET]
