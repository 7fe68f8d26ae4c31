"""What two editions differ in: each change on its own, and what it asks to be done over."""

import pytest

from kaohe.rubric.interpretation import choose
from kaohe_web.rubrics.difference import Impact, Kind, compare
from rubrics.texts import TEXT, changed, small

Told = list[tuple[str, str, str, str, Impact]]


def told(old: str, new: str) -> Told:
    """Every change that replacing one place of the text makes: part, aspect, before, after."""
    found = compare(small(), changed(old, new))
    return [
        (part.part.id, str(change.aspect), change.before, change.after, change.impact)
        for part in found.parts
        for change in part.changes
    ]


def test_equal_editions_have_no_difference() -> None:
    found = compare(small(), small())
    assert (found.whole, found.parts, found.impact) == ((), (), Impact.NONE)


def test_other_points_of_a_rule_ask_for_another_run() -> None:
    old, new = "points: 4\n        lead: 甲局\n", "points: 5\n        lead: 甲局\n"
    first = told(old, new)[0]
    assert first == ("A1", "分值", "4", "5", Impact.RESCORE)


def test_other_points_of_a_judged_part_ask_for_another_marking() -> None:
    old, new = "points: 3\n        lead: [甲局, 乙局]", "points: 2\n        lead: [甲局, 乙局]"
    assert told(old, new) == [("A2", "分值", "3", "2", Impact.REMARK)]


def test_other_bands_are_named_as_bands() -> None:
    found = told('"[80, ∞)": 3, "(-∞, 80)": 0', '"[85, ∞)": 3, "(-∞, 85)": 0')
    assert found == [
        (
            "A3",
            "分档",
            "二号合格率：不低于 80%的得满分；低于 80%的不得分。",
            "二号合格率：不低于 85%的得满分；低于 85%的不得分。",
            Impact.RESCORE,
        )
    ]


def test_a_rule_of_another_type_that_reads_a_known_value_asks_for_another_run() -> None:
    old = (
        'rule: banded\n        indicator: second_rate\n        award: {"[80, ∞)": 3, "(-∞, 80)": 0}'
    )
    new = "rule: attained\n        indicator: second_rate\n        at_least: 80\n        below: 0"
    assert [(part, aspect, impact) for part, aspect, _, _, impact in told(old, new)] == [
        ("A3", "计分规则", Impact.RESCORE)
    ]


def test_a_rule_that_reads_a_value_nobody_files_yet_asks_for_a_filing() -> None:
    old = "rule: judged\n        evidence: [制度文件]"
    new = (
        "rule: attained\n        indicator: second_rate\n        at_least: 80\n"
        "        below: 0\n        evidence: [制度文件]"
    )
    assert [(part, aspect, impact) for part, aspect, _, _, impact in told(old, new)] == [
        ("A2", "计分规则", Impact.REFILE)
    ]


def test_a_rule_that_becomes_judged_asks_for_another_marking() -> None:
    old = (
        'rule: banded\n        indicator: second_rate\n        award: {"[80, ∞)": 3, "(-∞, 80)": 0}'
    )
    assert [(part, aspect, impact) for part, aspect, _, _, impact in told(old, "rule: judged")] == [
        ("A3", "计分规则", Impact.REMARK)
    ]


def test_another_default_of_a_reading_shows_at_the_part_it_sets() -> None:
    found = compare(small(), changed("chosen: held", "chosen: not-held"))
    assert [
        (part.part.id, str(change.aspect), change.before, change.after, change.impact)
        for part in found.parts
        for change in part.changes
    ] == [
        (
            "A1",
            "口径",
            "一号合格率：不低于 90%的得满分；低于 90%的不得分。",
            "一号合格率：高于 90%的得满分；不高于 90%的不得分。",
            Impact.RESCORE,
        )
    ]
    assert [(str(change.aspect), change.name, change.impact) for change in found.whole] == [
        ("口径登记", "A1-edge", Impact.WORDING)
    ]


def test_a_reading_settled_in_the_year_hides_another_default() -> None:
    choices = {"A1-edge": "held"}
    old, new = choose(small(), choices), changed("chosen: held", "chosen: not-held")
    assert compare(old, choose(new, choices)).parts == ()


def test_other_departments_change_no_score() -> None:
    found = told("lead: [甲局, 乙局]", "lead: 乙局\n        supporting: 甲局")
    assert found == [("A2", "负责部门", "甲局、乙局", "乙局；配合：甲局", Impact.WORDING)]


@pytest.mark.parametrize(
    ("old", "new", "aspect", "before", "after"),
    [
        ("title: 制度建设", "title: 制度和机构", "名称", "制度建设", "制度和机构"),
        ("clauses: 2", "clauses: [2, 4]", "条款号", "2", "2、4"),
        ("evidence: [制度文件]", "evidence: [制度]", "佐证材料", "制度文件", "制度"),
        ("rule: judged", "rule: judged\n        note: 新", "备注", "", "新"),
    ],
)
def test_words_are_only_words(old: str, new: str, aspect: str, before: str, after: str) -> None:
    assert told(old, new) == [("A2", aspect, before, after, Impact.WORDING)]


def test_who_files_is_filed_anew() -> None:
    found = told("        filing: none\n        provider: 乙局\n", "")
    assert found == [
        (
            "A3",
            "报送方式",
            "无需报送，由数据提供单位填报（乙局）",
            "由单位报送",
            Impact.REFILE,
        )
    ]


def test_an_indicator_in_another_unit_is_filed_anew() -> None:
    found = told(
        "second_rate: {title: 二号合格率, provider: 乙局}",
        "second_rate: {title: 二号合格率, provider: 乙局, target: yes}",
    )
    assert found == [("A3", "指标", "", "target: yes", Impact.REFILE)]


def test_an_indicator_in_other_words_is_only_words() -> None:
    found = told("title: 二号合格率, provider", "title: 第二合格率, provider")
    assert found[-1] == (
        "A3",
        "指标",
        "title: 二号合格率",
        "title: 第二合格率",
        Impact.WORDING,
    )


def test_a_part_that_came_is_filed_and_one_that_went_is_counted_out() -> None:
    new = changed(
        "      - id: A2\n",
        "      - id: A4\n        title: 新条目\n        points: 1\n        rule: judged\n"
        "      - id: A2\n",
    )
    there, back = compare(small(), new), compare(new, small())
    assert [(part.part.id, part.kind, part.impact) for part in there.parts] == [
        ("A4", Kind.ADDED, Impact.REFILE)
    ]
    assert there.parts[0].changes[0].after == "1 分；由评审在 0–1 分之间给分。"
    assert [(part.part.id, part.kind, part.impact) for part in back.parts] == [
        ("A4", Kind.REMOVED, Impact.RESCORE)
    ]
    assert (there.ids(Kind.ADDED), there.of(Impact.REFILE)) == (frozenset({"A4"}), there.parts)


@pytest.mark.parametrize(
    ("old", "new", "aspect", "impact"),
    [
        ("{好: 6, 差: 0}", "{好: 7, 差: 0}", "等级", Impact.RESCORE),
        ("treatment: full", "treatment: leave_out", "不适用的条目", Impact.RESCORE),
        ("title: 示例小细则", "title: 示例小细则（修订）", "名称", Impact.WORDING),
        ("last: 2017-12-31", "last: 2017-11-30", "考核年度", Impact.WORDING),
        ("  - {name: 乙局}", "  - {name: 乙局, aliases: 乙}", "部门名称", Impact.WORDING),
        ("title: 全部", "title: 合计", "部分", Impact.WORDING),
    ],
)
def test_what_changes_outside_the_parts(old: str, new: str, aspect: str, impact: Impact) -> None:
    found = compare(small(), changed(old, new))
    assert {(str(change.aspect), change.impact) for change in found.whole} == {(aspect, impact)}


def test_a_veto_that_came_acts_on_every_result() -> None:
    new = changed("readings:\n", "vetoes:\n  - {id: V1, title: 示例否决, grade: 差}\nreadings:\n")
    found = compare(small(), new)
    assert [(str(c.aspect), c.name, c.before, c.after, c.impact) for c in found.whole] == [
        ("否决项", "V1", "", "id: V1；title: 示例否决；grade: 差", Impact.RESCORE)
    ]


def test_the_words_are_in_the_language_that_is_asked_for() -> None:
    new = changed('"[80, ∞)": 3, "(-∞, 80)": 0', '"[85, ∞)": 3, "(-∞, 85)": 0')
    change = compare(small(), new, "en").parts[0].changes[0]
    assert change.before == "二号合格率 at least 80%: full points; below 80%: no points."


def test_the_text_of_the_small_rubric_is_used_whole() -> None:
    assert [part.id for part in small().all_parts()] == ["A1", "A2", "A3"]
    assert TEXT.startswith("rubric: small-example")
