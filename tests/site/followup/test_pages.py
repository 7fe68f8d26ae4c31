"""The pages of the follow-up: what each role sees and may press, and how much a list costs."""

import datetime as dt
import html as markup
import re
from typing import Any

import pytest
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
    make_year,
    mend_at,
    result_of,
    unit_of,
)
from kaohe_web.cycles.models import Cycle
from kaohe_web.filing.models import Evidence, EvidenceUse, StoredFile, Submission
from kaohe_web.followup.models import Appeal, Rectification, VetoCase
from kaohe_web.results.models import ScoringRun
from world import NOW

TODAY = timezone.localdate()


def page(client: Client, where: str, status: int = 200) -> str:
    """A page's HTML."""
    response = client.get(where)
    assert response.status_code == status, response.content.decode()[:3000]
    return response.content.decode()


def words(shown: str) -> str:
    """What a person reads of a page's content."""
    content = shown.partition('<main class="page"')[2].partition("</main>")[0]
    return " ".join(markup.unescape(re.sub(r"<[^>]+>", " ", content)).split())


def rows(shown: str, table: str) -> list[str]:
    """The lines of a table as a person reads them."""
    body = re.search(rf'data-table="{table}".*?<tbody>(.*?)</tbody>', shown, re.DOTALL)
    lines = re.findall(r"<tr.*?</tr>", body[1], re.DOTALL) if body else []
    return [" ".join(re.sub(r"<[^>]+>", " ", line).split()) for line in lines]


def steps(shown: str, pattern: str) -> list[str]:
    """The steps of a thing's page by what their buttons are."""
    found = re.search(r'<div class="panel-body next-steps">(.*?)</section>', shown, re.DOTALL)
    return re.findall(pattern, found[1]) if found else []


def offered(shown: str) -> list[str]:
    """The steps that are offered now."""
    return steps(shown, r"<summary[^>]*>(.*?)</summary>")


def waiting(shown: str) -> list[str]:
    """The steps that are shown with why they must wait."""
    return steps(shown, r"disabled>(.*?)</button>")


def at(cycle: Cycle, name: str, **more: Any) -> str:
    """An address inside the year."""
    return reverse(name, kwargs={"cycle_id": cycle.pk, **more})


CASE_STEPS: dict[str, dict[str, list[str] | None]] = {
    "opened": {"office": ["登记认定"], "leader": ["不予否决"], "office u02": None},
    "determined": {"office": ["告知单位"], "leader": ["不予否决"], "office u02": None},
    "notified": {"office": [], "leader": ["决定否决", "不予否决"], "office u02": []},
    "answered": {"office": [], "leader": ["决定否决", "不予否决"], "office u02": []},
    "decided": {"office": [], "leader": ["解除否决"], "office u02": []},
    "lifted": {"office": [], "leader": [], "office u02": []},
}


def test_a_case_offers_each_role_its_next_steps(year: Cycle, people: People) -> None:
    clients = {who: people.client(who) for who in ("office", "leader", "office u02")}
    seen: dict[str, dict[str, list[str] | None]] = {}
    for state in CASE_STEPS:
        case = case_at(year, people, state, event=f"示例：{state}")
        answers = {who: each.get(case.get_absolute_url()) for who, each in clients.items()}
        seen[state] = {
            who: offered(answer.content.decode()) if answer.status_code == 200 else None
            for who, answer in answers.items()
        }
    assert seen == CASE_STEPS


def test_a_unit_states_its_defence_while_there_is_time(year: Cycle, people: People) -> None:
    case = case_at(year, people, "notified")
    unit, leader = people.client("office u02"), people.client("leader")
    assert waiting(page(unit, case.get_absolute_url())) == ["陈述申辩"]
    VetoCase.objects.update(answer_until=TODAY + dt.timedelta(days=2))
    assert offered(page(unit, case.get_absolute_url())) == ["陈述申辩"]
    shown = page(leader, case.get_absolute_url())
    assert (waiting(shown), offered(shown)) == (["决定否决"], ["不予否决"])
    assert "单位还没有陈述；现在不能决定" in words(shown)


def test_before_deciding_the_leader_sees_what_moves(run: ScoringRun, people: People) -> None:
    case = case_at(run.cycle, people, "answered")
    shown = page(people.client("leader"), case.get_absolute_url())
    assert "如果决定否决，将有这些变动" in words(shown)
    assert rows(shown, "moves") == ["城西区（示例） 总分 89.41 89.41 B → D 3"]
    for who in ("office", "office u02"):
        assert "将有这些变动" not in page(people.client(who), case.get_absolute_url())


def test_after_the_decision_the_office_is_sent_to_score_again(
    run: ScoringRun, people: People
) -> None:
    case = case_at(run.cycle, people, "decided")
    VetoCase.objects.get(pk=case.pk).steps.update(at=NOW + dt.timedelta(minutes=1))
    office, unit = people.client("office"), people.client("office u02")
    where = at(run.cycle, "runs")
    shown = page(office, case.get_absolute_url())
    assert "决定还没有计入成绩" in shown
    assert f'href="{where}"' in shown
    assert "决定还没有计入成绩" not in page(unit, case.get_absolute_url())
    announce(run.cycle, people, at=NOW + dt.timedelta(hours=1), after=1)
    assert "决定还没有计入成绩" not in page(office, case.get_absolute_url())


APPEAL_STEPS: dict[str, dict[str, list[str]]] = {
    "lodged": {"office": ["受理并指定复核人"], "unit": ["撤回申诉"]},
    "taken": {
        "office": ["受理并指定复核人"],
        "reviewer": ["填写复核意见"],
        "unit": ["撤回申诉"],
    },
    "reviewed": {
        "office": ["采纳并更正", "驳回"],
        "leader": [],
        "reviewer": [],
        "unit": ["撤回申诉"],
    },
    "upheld": {"office": [], "reviewer": [], "unit": []},
    "withdrawn": {"office": [], "unit": []},
}


def test_an_appeal_offers_each_role_its_next_steps(run: ScoringRun, people: People) -> None:
    seen = {}
    for place, state in enumerate(APPEAL_STEPS, start=1):
        unit = f"u{place:02}"
        appeal = appeal_at(run, people, state, of=f"{unit} G4")
        seen[state] = {
            who: offered(
                page(
                    people.client(f"office {unit}" if who == "unit" else who),
                    appeal.get_absolute_url(),
                )
            )
            for who in APPEAL_STEPS[state]
        }
    assert seen == APPEAL_STEPS


def test_an_appeal_stands_beside_what_the_score_sheet_says(run: ScoringRun, people: People) -> None:
    appeal = appeal_at(run, people, "reviewed")
    shown = words(page(people.client("office"), appeal.get_absolute_url()))
    for said in (
        "两项标准漏计（示例）",
        "原得分 2 ",
        "质量技术基础综合指数 0.74，全市平均值 ≈0.9567",
        "平均值 ≈0.9567 示例市，6 个单位",
        "数据 质量技术基础综合指数 · 联络员（示例） · 监测报告（示例）",
        "复核人 评审员（示例）",
        "建议：质量技术基础综合指数改为 1.24",
    ):
        assert said in shown
    unit = words(page(people.client("office u03"), appeal.get_absolute_url()))
    assert [said in unit for said in ("两项标准漏计（示例）", "复核人", "建议")] == [
        True,
        False,
        False,
    ]


def test_after_the_decision_the_unit_reads_the_review_without_its_author(
    run: ScoringRun, people: People
) -> None:
    appeal = appeal_at(run, people, "upheld")
    unit = page(people.client("office u03"), appeal.get_absolute_url())
    review = re.search(r'<li[^>]*data-step="appeal.reviewed">(.*?)</li>', unit, re.DOTALL)
    assert review is not None
    assert ("材料属实（示例）" in review[1], "评审员（示例）" in review[1]) == (True, False)
    assert "调高 2 → 4" in words(unit)


def test_trying_a_correction_shows_what_moves_and_changes_nothing(
    run: ScoringRun, people: People
) -> None:
    appeal = appeal_at(run, people, "reviewed")
    office, where, before = people.client("office"), appeal.get_absolute_url(), entries()
    shown = page(office, where)
    assert rows(shown, "means") == ["示例市 质量技术基础综合指数 ≈0.9567 1.04"]
    tried = page(office, f"{where}?try=1&value_0=0.8")
    assert rows(tried, "means") == ["示例市 质量技术基础综合指数 ≈0.9567 ≈0.9667"]
    assert '<input type="hidden" name="value_0" value="0.8"' in tried
    wrong = page(office, f"{where}?try=1&value_0=-1")
    assert (waiting(wrong), offered(wrong)) == (["采纳并更正"], ["驳回"])
    assert "质量技术基础综合指数：-1 小于 0；请核对数值和单位" in wrong
    none = page(office, f"{where}?try=1&value_0=")
    assert waiting(none) == ["采纳并更正"]
    assert entries() == before
    assert "更正前试算" not in page(people.client("leader"), where)


def test_what_was_tried_is_what_is_decided(run: ScoringRun, people: People) -> None:
    appeal = appeal_at(run, people, "reviewed")
    sent = {"version": 3, "value_0": "1.5", "decision": "按公告更正（示例）"}
    where = at(run.cycle, "appeal_uphold", appeal_id=appeal.pk)
    assert people.client("office").post(where, sent).status_code == 302
    appeal.refresh_from_db()
    value = appeal.assessed.values.get(indicator="quality_infrastructure_index")
    assert (appeal.state, str(value.value), str(appeal.proposed_value)) == (
        "upheld",
        "1.5",
        "1.24",
    )


def test_the_list_of_appeals_counts_them_part_by_part(run: ScoringRun, people: People) -> None:
    appeal_at(run, people, "upheld")
    appeal_at(run, people, "lodged", of="u02 G4")
    appeal_at(run, people, "withdrawn", of="u01 M9")
    where = at(run.cycle, "appeals")
    for who in ("office", "leader"):
        shown = page(people.client(who), where)
        assert [line.split()[-5:] for line in rows(shown, "tallies")] == [
            ["2", "1", "0", "0", "1"],
            ["1", "0", "0", "1", "0"],
        ]
        assert re.findall(r'<td class="num">(\d)</td>', shown.partition("<tfoot>")[2]) == list(
            "31011"
        )
    unit = page(people.client("office u03"), where)
    assert ('data-table="tallies"' in unit, len(rows(unit, "appeals"))) == (False, 1)


def test_lists_are_narrowed_by_state_and_unit(run: ScoringRun, people: People) -> None:
    appeal_at(run, people, "lodged", of="u02 G4")
    appeal_at(run, people, "taken", of="u03 G4")
    office, where = people.client("office"), at(run.cycle, "appeals")
    found = {
        query: len(rows(page(office, f"{where}?{query}"), "appeals"))
        for query in ("", "state=taken", f"unit={unit_of(run.cycle, 'u02').pk}", "state=no")
    }
    assert list(found.values()) == [2, 1, 1, 2]
    assert "没有符合条件的" in page(office, f"{where}?state=upheld")


def test_an_appeal_begins_at_the_score_sheet_while_there_is_time(
    run: ScoringRun, people: People
) -> None:
    ScoringRun.objects.update(announced_at=timezone.now())
    sheet = at(run.cycle, "score_sheet", result_id=result_of(run, "u03").pk)
    new = at(run.cycle, "appeal_new")
    unit = people.client("office u03")
    assert f'href="{new}?part=G4"' in page(unit, sheet)
    shown = page(unit, f"{new}?part=G4")
    assert '<option value="G4" selected>' in shown
    assert "（2/4）" in shown
    for who in ("office", "liaison u03"):
        assert new not in page(people.client(who), sheet)
    ScoringRun.objects.update(announced_at=NOW)
    assert new not in page(unit, sheet)
    assert "现在不能提出申诉" in page(unit, new)


def test_an_order_to_mend_begins_at_the_score_sheet(run: ScoringRun, people: People) -> None:
    result = result_of(run, "u06")
    sheet = at(run.cycle, "score_sheet", result_id=result.pk)
    order = at(run.cycle, "rectification_order", result_id=result.pk)
    shown = page(people.client("office"), sheet)
    assert f'href="{order}?part=M9"' in shown
    assert f'href="{order}?part=M22"' not in shown
    assert order not in page(people.client("leader"), sheet)
    assert '<option value="M9" selected>' in page(people.client("office"), f"{order}?part=M9")


def test_points_lost_again_are_shown_wherever_they_are_looked_at(
    year: Cycle, people: People
) -> None:
    announce(year, people)
    later = make_year("下一年度（示例）")
    later.before = year
    later.save()
    run = announce(later, people)
    result = result_of(run, "u06")
    office = people.client("office")
    order = page(office, at(later, "rectification_order", result_id=result.pk))
    (line,) = [row for row in rows(order, "losses") if row.startswith("M9 ")]
    assert line.endswith("上年也失分 0.6 0.6")
    row = mend_at(run, people, "ordered")
    listed = rows(page(office, at(later, "rectifications")), "rectifications")
    assert [" 0.6 0.6 " in each for each in listed] == [True]
    assert "同一条上年也失了 0.6 分" in page(people.client("office u06"), row.get_absolute_url())
    sheet = page(people.client("office u06"), at(later, "score_sheet", result_id=result.pk))
    assert "这些条目上年也失分" in sheet
    assert "M9（0.6）" in sheet


def test_late_is_marked_with_a_word(run: ScoringRun, people: People) -> None:
    row = mend_at(run, people, "ordered")
    appeal = appeal_at(run, people, "lodged")
    office = people.client("office")
    assert "已逾期" in page(office, at(run.cycle, "rectifications"))
    assert "已逾期" in page(office, at(run.cycle, "appeals"))
    Rectification.objects.update(due_on=TODAY + dt.timedelta(days=1))
    Appeal.objects.update(due_on=TODAY)
    for where in (
        at(run.cycle, "rectifications"),
        at(run.cycle, "appeals"),
        row.get_absolute_url(),
        appeal.get_absolute_url(),
    ):
        assert "已逾期" not in page(office, where)


EMPTY = [
    ("office", "veto_cases", "发生可能否决等级的事件时，先立案"),
    ("leader", "veto_cases", "有事项告知后会出现在这里"),
    ("office u01", "veto_cases", "有事项告知后会出现在这里"),
    ("office", "appeals", "结果公示后，单位在申诉期内提出的申诉会出现在这里"),
    ("office u01", "appeals", "申诉期内可以对成绩单上的任何一条提出申诉"),
    ("office", "rectifications", "在下面选一个单位"),
    ("liaison u01", "rectifications", "考核办下达的整改会出现在这里"),
]


def test_an_empty_list_says_what_comes_next(run: ScoringRun, people: People) -> None:
    for who, name, said in EMPTY:
        assert said in page(people.client(who), at(run.cycle, name))


def test_before_anything_is_announced_nothing_is_offered(year: Cycle, people: People) -> None:
    unit = people.client("office u01")
    assert "结果还没有公示" in page(unit, at(year, "appeals"))
    assert "现在不能提出申诉" in page(unit, at(year, "appeal_new"))
    response = unit.post(at(year, "appeal_lodge"), {"part": "G4", "grounds": "x"})
    assert (response.status_code, Appeal.objects.count()) == (409, 0)
    office = page(people.client("office"), at(year, "rectifications"))
    assert "结果公示以后，可以按各单位成绩单上的失分条目下达整改" in office


def test_in_an_archived_year_no_step_is_offered(run: ScoringRun, people: People) -> None:
    case, appeal = case_at(run.cycle, people, "answered"), appeal_at(run, people, "reviewed")
    row = mend_at(run, people, "reported")
    Cycle.objects.update(state=Cycle.State.ARCHIVED)
    leader, office = people.client("leader"), people.client("office")
    shown = [
        page(leader, case.get_absolute_url()),
        page(office, appeal.get_absolute_url()),
        page(office, row.get_absolute_url()),
    ]
    assert [offered(each) + waiting(each) for each in shown] == [[], [], []]
    assert "立案</a>" not in page(office, at(run.cycle, "veto_cases"))
    assert "不能立案" in page(office, at(run.cycle, "veto_new"))


def evidence_for(run: ScoringRun, code: str, part: str, label: str) -> Evidence:
    """Evidence that a part of a unit rests on."""
    file, _made = StoredFile.objects.get_or_create(
        sha256=f"{label:0<64}", defaults={"size": 1, "type": "pdf", "stored_at": NOW}
    )
    unit = unit_of(run.cycle, code)
    found = Evidence.objects.create(
        assessed=unit,
        cycle=run.cycle,
        file=file,
        name=f"{label}（示例）.pdf",
        label=label,
        uploaded_at=NOW,
    )
    submission = Submission.objects.get(assessed=unit, part=part)
    EvidenceUse.objects.create(evidence=found, submission=submission)
    return found


def test_the_reviewer_sees_the_evidence_of_the_part_and_sensitive_only_if_cleared(
    year: Cycle, people: People
) -> None:
    first = announce(year, people)
    evidence_for(first, "u03", "G4", "internal")
    evidence_for(first, "u03", "G4", "sensitive")
    evidence_for(first, "u03", "M9", "internal")
    run = announce(year, people, after=1)
    appeal = appeal_at(run, people, "taken")

    def files(who: str) -> list[str]:
        shown = page(people.client(who), appeal.get_absolute_url())
        return re.findall(r"/evidence/\d+/\">.*?</svg>(.*?)</a>", shown)

    assert files("reviewer") == ["internal（示例）.pdf"]
    people.post("reviewer").cleared = True
    people.post("reviewer").save()
    assert len(files("reviewer")) == len(files("office")) == len(files("office u03")) == 2


COUNTS = {"veto_cases": 10, "appeals": 11, "rectifications": 12}


@pytest.mark.parametrize("many", [1, 50])
@pytest.mark.parametrize("name", COUNTS)
def test_a_list_costs_the_same_with_one_row_and_with_fifty(
    run: ScoringRun, people: People, django_assert_num_queries: Any, name: str, many: int
) -> None:
    result = result_of(run, "u06")
    same: dict[str, Any] = {"cycle": run.cycle, "assessed": result.assessed}
    days = {"due_on": TODAY, "ordered_at": NOW}
    for number in range(many):
        VetoCase.objects.create(**same, veto="V1", event=f"{EVENT}{number}", on_day=TODAY)
        Appeal.objects.create(
            **same, run=run, part=f"M{number}", grounds="x", lodged_at=NOW, due_on=TODAY
        )
        Rectification.objects.create(
            **same, **days, result=result, part=f"M{number}", lost="0.1", demand="x"
        )
    client, where = people.client("office"), at(run.cycle, name)
    page(client, where)
    with django_assert_num_queries(COUNTS[name]):
        shown = page(client, where)
    assert len(rows(shown, name.replace("_", "-"))) == many
