"""Where the answer is another than the table alone would say; each with its reason."""

NAMED_INSIDE = {
    "switch_post": "the post stands in the form, and the form is empty here",
    "session_end": "the session stands in the form, and the form is empty here",
}
"""Addresses whose thing is named in the form: an empty form names nothing."""

NOT_THERE = {
    ("district", "office"): "only in the year of a district alone",
    ("district", "leader"): "the same",
    ("district", "unit_office"): "the same",
    ("grid_save", "office"): "the office enters values only in the year of a district alone",
    ("workbook_preview", "office"): "the same",
    ("workbook_confirm", "office"): "the same",
    ("workbook_marked", "office"): "the same",
    ("contact", "provider"): "the line is a department's, not the provider's own",
    ("award", "provider"): "the entry is in a register that no provider keeps",
    ("award_add", "provider"): "the same",
    ("award_edit", "provider"): "the same",
    ("award_remove", "provider"): "the same",
    ("workbook_preview", "provider"): "the workbook is a department's",
    ("workbook_confirm", "provider"): "the same",
    ("workbook_marked", "provider"): "the same",
    ("step_paper", "provider"): "a provider has nothing to do with appeals",
    ("step_paper", "liaison"): "appeals are the unit office's",
    ("paper_download", "assessor"): "sealed papers are between the unit and the office",
    ("appeal_evidence", "office"): "the appeal is about another part than the file",
    ("appeal_evidence", "leader"): "the same",
    ("appeal_evidence", "unit_office"): "the same",
    ("appeal_evidence", "assessor"): "the same",
}
"""Own things that are not there all the same: (address, role) → why."""

EVERYBODYS = {
    "rubric": "editions are for everybody who takes part",
    "rubric_yaml": "the same",
    "draw": "a draw is published so that anybody can run it again",
}
"""Things that are nobody's own."""

SHARED = {
    ("handover", "security_officer"): "keeps the receipts of every handover",
    ("unit_awards", "provider"): "shows of each unit the registers that the provider keeps",
    ("grid_save", "provider"): "enters its indicators for every unit",
    ("award", "liaison"): "its department leads the part that the register belongs to",
    ("award_edit", "liaison"): "the same",
    ("award_remove", "liaison"): "the same",
}
"""Others' things that are there all the same: (address, role) → why."""
