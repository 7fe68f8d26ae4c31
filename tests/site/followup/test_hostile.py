"""What somebody who means no good sends: other ids, other fields, markup, files, twice."""

import html as markup
from typing import Any

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.test import Client
from django.urls import reverse
from django.utils import timezone

from followup.following import (
    EVENT,
    People,
    announce,
    appeal_at,
    case_at,
    entries,
    last_entry,
    make_year,
    mend_at,
    result_of,
    unit_of,
    upload,
)
from kaohe_web.audit.models import Entry
from kaohe_web.cycles.models import Cycle
from kaohe_web.filing.models import StoredFile
from kaohe_web.followup.models import Appeal, Rectification, Step, StepPaper, VetoCase
from kaohe_web.people.models import User
from kaohe_web.results.models import ScoringRun
from world import NOW

MARKUP = (
    "<script>alert(1)</script><img src=x onerror=alert(1)> \" onmouseover='x' {{7*7}} {% now 'Y' %}"
    ' <a href="javascript:x" data-hx-get="/x" hx-on:click="x">x</a></textarea>＜script＞'
)


def at(cycle: Cycle, name: str, **more: Any) -> str:
    """An address inside a year."""
    return reverse(name, kwargs={"cycle_id": cycle.pk, **more})


def steps_of(cycle: Cycle, case: int, appeal: int, mend: int) -> list[tuple[str, str]]:
    """Every address that takes a step, with who has the right to take it."""
    found = [
        *[("office", f"veto_{name}", {"case_id": case}) for name in ("determine", "notify")],
        ("office u02", "veto_answer", {"case_id": case}),
        *[("leader", f"veto_{name}", {"case_id": case}) for name in ("decide", "dismiss", "lift")],
        *[
            ("office", f"appeal_{name}", {"appeal_id": appeal})
            for name in ("take", "uphold", "dismiss")
        ],
        ("reviewer", "appeal_review", {"appeal_id": appeal}),
        ("office u02", "appeal_withdraw", {"appeal_id": appeal}),
        *[
            (who, f"rectification_{name}", {"rectification_id": mend})
            for who, name in (
                ("liaison u02", "plan"),
                ("office u02", "report"),
                ("office", "close"),
                ("office", "send_back"),
            )
        ],
    ]
    return [(who, at(cycle, name, **more)) for who, name, more in found]


def test_T22_ids_of_others_and_of_other_years_are_not_there_and_are_noted(
    run: ScoringRun, people: People
) -> None:
    other = make_year("另一年度（示例）")
    case = case_at(run.cycle, people, "answered", code="u03")
    appeal, mend = appeal_at(run, people, "reviewed"), mend_at(run, people, "reported")
    clients = {name: people.client(name) for name in people.posts}
    wrong_year = steps_of(other, case.pk, appeal.pk, mend.pk)
    others = [
        (who, where)
        for who, where in steps_of(run.cycle, case.pk, appeal.pk, mend.pk)
        if who.endswith("u02")
    ]
    shown = [
        ("office u02", case.get_absolute_url()),
        ("office u02", appeal.get_absolute_url()),
        ("marker", appeal.get_absolute_url()),
        ("office u02", mend.get_absolute_url()),
        ("liaison u05", mend.get_absolute_url()),
        ("office", at(other, "veto_case", case_id=case.pk)),
        ("office", at(other, "rectification_order", result_id=result_of(run, "u03").pk)),
    ]
    before = entries()
    statuses = [clients[who].post(where, {"version": 1}).status_code for who, where in wrong_year]
    statuses += [clients[who].post(where, {"version": 1}).status_code for who, where in others]
    statuses += [clients[who].get(where).status_code for who, where in shown]
    assert set(statuses) == {404}
    refusals = Entry.objects.filter(seq__gt=before).order_by("seq")
    assert [(e.what, e.outcome, e.object_name) for e in refusals] == [
        ("page.refused", "refused", where) for _who, where in (*wrong_year, *others, *shown)
    ]
    for thing in (case, appeal, mend):
        version = thing.version
        thing.refresh_from_db()
        assert thing.version == version


def begin(response: Any) -> bytes:
    """How a file begins that is given out; nothing where it is not there."""
    if response.status_code == 404:
        return b""
    return b"".join(response.streaming_content)[:4]


def test_T22_papers_are_given_only_to_who_sees_their_step(run: ScoringRun, people: People) -> None:
    appeal = appeal_at(run, people, "taken")
    reviewer = people.client("reviewer")
    where = at(run.cycle, "appeal_review", appeal_id=appeal.pk)
    sent = {"version": 2, "opinion": "示例", "papers": [upload("意见（示例）.pdf")]}
    assert reviewer.post(where, sent).status_code == 302
    paper = StepPaper.objects.get()
    href = at(run.cycle, "step_paper", paper_id=paper.pk)
    found = {
        who: begin(people.client(who).get(href))
        for who in (
            "office",
            "leader",
            "reviewer",
            "office u03",
            "marker",
            "office u02",
            "liaison u03",
        )
    }
    assert found == {
        "office": b"%PDF",
        "leader": b"%PDF",
        "reviewer": b"%PDF",
        "office u03": b"",
        "marker": b"",
        "office u02": b"",
        "liaison u03": b"",
    }
    response = people.client("office").get(href)
    assert (begin(response), response["Content-Disposition"][:11]) == (b"%PDF", "attachment;")
    assert last_entry()[:4] == ("office", "file.downloaded", "done", "意见（示例）.pdf")
    other = make_year("另一年度（示例）")
    assert (
        people.client("office").get(at(other, "step_paper", paper_id=paper.pk)).status_code == 404
    )


def test_T22_evidence_of_another_part_is_not_given_with_an_appeal(
    run: ScoringRun, people: People
) -> None:
    appeal = appeal_at(run, people, "taken")
    unit = unit_of(run.cycle, "u03")
    file = StoredFile.objects.create(sha256="0" * 64, size=1, type="pdf", stored_at=NOW)
    secret = unit.evidence.create(
        cycle=run.cycle, file=file, name="别条（示例）.pdf", uploaded_at=NOW
    )
    where = at(run.cycle, "appeal_evidence", appeal_id=appeal.pk, evidence_id=secret.pk)
    found = [people.client(who).get(where).status_code for who in ("reviewer", "office")]
    assert (found, last_entry()[1:3]) == ([404, 404], ("page.refused", "refused"))


def test_T23_T24_fields_that_are_not_asked_for_change_nothing(
    run: ScoringRun, people: People
) -> None:
    ScoringRun.objects.update(announced_at=timezone.now())
    stranger = unit_of(run.cycle, "u02")
    sent = {
        "part": "G4",
        "grounds": "漏计（示例）",
        "assessed": stranger.pk,
        "state": "upheld",
        "score_after": "4",
        "outcome": "raised",
        "run": 999,
        "reviewer": people.post("marker").pk,
    }
    where = at(run.cycle, "appeal_lodge")
    assert people.client("office u03").post(where, sent).status_code == 302
    appeal = Appeal.objects.get()
    assert (
        appeal.assessed.unit.code,
        appeal.state,
        appeal.score_after,
        appeal.outcome,
        appeal.run_id,
        appeal.reviewer,
    ) == ("u03", "lodged", None, "", run.pk, None)
    order = at(run.cycle, "rectification_give", result_id=result_of(run, "u06").pk)
    sent = {"part": "M9", "demand": "示例", "due_on": "2099-01-01", "lost": "9", "state": "closed"}
    assert people.client("office").post(order, sent).status_code == 302
    mend = Rectification.objects.get()
    assert (str(mend.lost), mend.state) == ("0.6", "ordered")


def test_T24_a_reviewer_who_may_not_review_cannot_be_named(run: ScoringRun, people: People) -> None:
    appeal = appeal_at(run, people, "lodged")
    where = at(run.cycle, "appeal_take", appeal_id=appeal.pk)
    for name in ("marker", "leader", "office u03"):
        sent = {"version": 1, "reviewer": people.post(name).pk, "due_on": "2099-01-01"}
        assert people.client("office").post(where, sent).status_code == 422
    appeal.refresh_from_db()
    assert (appeal.state, appeal.reviewer, appeal.version) == ("lodged", None, 1)


def test_T30_without_the_version_that_was_seen_no_step_is_taken(
    run: ScoringRun, people: People
) -> None:
    case, leader = case_at(run.cycle, people, "answered"), people.client("leader")
    where = at(run.cycle, "veto_decide", case_id=case.pk)
    sent = {"document": "x", "text": "x"}
    assert leader.post(where, sent).status_code == 422
    assert leader.post(where, {**sent, "version": 3}).status_code == 409
    assert leader.post(where, {**sent, "version": "x"}).status_code == 422
    case.refresh_from_db()
    assert case.state == "answered"


def test_T40_markup_in_every_text_is_shown_as_it_was_typed(run: ScoringRun, people: People) -> None:
    case, appeal = case_at(run.cycle, people, "answered"), appeal_at(run, people, "reviewed")
    mend = mend_at(run, people, "reported")
    VetoCase.objects.update(event=MARKUP, authority=MARKUP, document=MARKUP)
    Appeal.objects.update(grounds=MARKUP)
    Rectification.objects.update(demand=MARKUP, plan=MARKUP)
    Step.objects.update(text=MARKUP, document=MARKUP, by=MARKUP)
    User.objects.filter(login="reviewer").update(name="<b>x</b>")
    pages = {
        "leader": [case.get_absolute_url(), at(run.cycle, "veto_cases")],
        "office": [
            appeal.get_absolute_url(),
            mend.get_absolute_url(),
            at(run.cycle, "appeals"),
            at(run.cycle, "rectifications"),
        ],
        "office u03": [appeal.get_absolute_url()],
    }
    for who, addresses in pages.items():
        client = people.client(who)
        for where in addresses:
            shown = client.get(where).content.decode()
            assert "<script>alert" not in shown
            assert "<img src=x" not in shown
            assert "<b>x</b>" not in shown
            assert 'data-hx-get="/x"' not in shown
            assert "{% now" in shown or where.endswith(("s/", "appeals/"))
    shown = people.client("leader").get(case.get_absolute_url()).content.decode()
    assert markup.escape(MARKUP) in shown


def test_T40_what_comes_back_in_a_form_is_shown_as_it_was_typed(
    run: ScoringRun, people: People
) -> None:
    case = case_at(run.cycle, people, "answered")
    sent = {"version": 4, "text": MARKUP, "document": ""}
    response = people.client("leader").post(at(run.cycle, "veto_decide", case_id=case.pk), sent)
    shown = response.content.decode()
    assert (response.status_code, markup.escape(MARKUP) in shown) == (422, True)
    assert "<script>alert" not in shown
    assert '<details class="next-step" open>' in shown


def press(client: Client, where: str, sent: dict[str, Any]) -> list[tuple[int, str]]:
    """What comes of pressing a button twice."""
    answers = [client.post(where, sent) for _ in range(2)]
    return [(answer.status_code, answer.headers.get("Location", "")) for answer in answers]


def test_T55_the_same_post_twice_makes_one_thing(run: ScoringRun, people: People) -> None:
    ScoringRun.objects.update(announced_at=timezone.now())
    office, unit = people.client("office"), people.client("office u03")
    sent: dict[str, Any] = {
        "assessed": unit_of(run.cycle, "u02").pk,
        "veto": "V1",
        "event": EVENT,
        "on_day": "2017-03-01",
    }
    found = press(office, at(run.cycle, "veto_open"), sent)
    assert found == [(302, VetoCase.objects.get().get_absolute_url())] * 2
    sent = {"part": "G4", "grounds": "漏计（示例）"}
    found = press(unit, at(run.cycle, "appeal_lodge"), sent)
    assert found == [(302, Appeal.objects.get().get_absolute_url())] * 2
    order = at(run.cycle, "rectification_give", result_id=result_of(run, "u06").pk)
    sent = {"part": "M9", "demand": "示例", "due_on": "2099-01-01"}
    back = at(run.cycle, "rectification_order", result_id=result_of(run, "u06").pk)
    assert press(office, order, sent) == [(302, back)] * 2
    assert Rectification.objects.count() == 1
    assert Step.objects.count() == 3


def test_T55_a_step_pressed_twice_is_taken_once(run: ScoringRun, people: People) -> None:
    case = case_at(run.cycle, people, "answered")
    where = at(run.cycle, "veto_decide", case_id=case.pk)
    found = press(people.client("leader"), where, {"version": 4, "document": "x", "text": "x"})
    assert [status for status, _where in found] == [302, 409]
    case.refresh_from_db()
    assert (case.state, case.version, case.steps.filter(what="veto.decided").count()) == (
        "decided",
        5,
        1,
    )


EVIL = b"MZ\x90\x00" + b"\x00" * 200


@pytest.mark.parametrize("bad", [upload("说明.exe", EVIL), upload("说明.pdf", EVIL)])
def test_T06_a_file_that_is_refused_leaves_everything_as_it_was(
    run: ScoringRun, people: People, bad: Any
) -> None:
    ScoringRun.objects.update(announced_at=timezone.now())
    case = case_at(run.cycle, people, "answered")
    posts: list[tuple[str, str, dict[str, Any]]] = [
        (
            "leader",
            at(run.cycle, "veto_decide", case_id=case.pk),
            {"version": 4, "document": "x", "text": "我写的话（示例）"},
        ),
        (
            "office u03",
            at(run.cycle, "appeal_lodge"),
            {"part": "G4", "grounds": "我写的话（示例）"},
        ),
        (
            "office",
            at(run.cycle, "rectification_give", result_id=result_of(run, "u06").pk),
            {"part": "M9", "demand": "我写的话（示例）", "due_on": "2099-01-01"},
        ),
        (
            "office",
            at(run.cycle, "veto_open"),
            {
                "assessed": unit_of(run.cycle, "u01").pk,
                "veto": "V1",
                "event": "我写的话（示例）",
                "on_day": "2017-03-01",
            },
        ),
    ]
    before, steps = StoredFile.objects.count(), Step.objects.count()
    for who, where, sent in posts:
        bad.seek(0)
        good = upload("好（示例）.pdf")
        response = people.client(who).post(where, {**sent, "papers": [good, bad]})
        shown = response.content.decode()
        assert (response.status_code, "我写的话（示例）" in shown) == (422, True)
        assert last_entry()[1:3] == ("file.refused", "refused")
    case.refresh_from_db()
    assert (case.state, case.version) == ("answered", 4)
    counts = (VetoCase, Appeal, Rectification, StepPaper)
    assert [model.objects.count() for model in counts] == [1, 0, 0, 0]
    assert (StoredFile.objects.count(), Step.objects.count()) == (before, steps)


def test_an_empty_file_or_a_hidden_sign_is_said_at_its_field(
    run: ScoringRun, people: People
) -> None:
    case = case_at(run.cycle, people, "answered")
    where = at(run.cycle, "veto_dismiss", case_id=case.pk)
    leader = people.client("leader")
    empty = SimpleUploadedFile("空（示例）.pdf", b"")
    response = leader.post(where, {"version": 4, "text": "x", "papers": [empty]})
    assert (response.status_code, "所提交的是空文件" in response.content.decode()) == (422, True)
    response = leader.post(where, {"version": 4, "text": "报告\u202excod"})
    assert (response.status_code, "含有看不见的字符" in response.content.decode()) == (422, True)
    case.refresh_from_db()
    assert case.state == "answered"


def test_a_get_never_takes_a_step(run: ScoringRun, people: People) -> None:
    case, appeal = case_at(run.cycle, people, "answered"), appeal_at(run, people, "reviewed")
    mend = mend_at(run, people, "reported")
    for who, where in steps_of(run.cycle, case.pk, appeal.pk, mend.pk):
        assert people.client(who).get(where).status_code == 405
    for name in ("veto_open", "appeal_lodge"):
        who = "office" if name == "veto_open" else "office u03"
        assert people.client(who).get(at(run.cycle, name)).status_code == 405


def test_a_second_announcement_opens_its_own_time(run: ScoringRun, people: People) -> None:
    appeal_at(run, people, "dismissed")
    again = announce(run.cycle, people, at=timezone.now(), after=1)
    unit = people.client("office u02")
    sent = {"part": "G4", "grounds": "示例"}
    assert unit.post(at(run.cycle, "appeal_lodge"), sent).status_code == 302
    assert Appeal.objects.get(assessed__unit__code="u02").run == again
