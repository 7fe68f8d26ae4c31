"""What is said of the steps from the items to the total and the grade."""

from typing import Any

import pytest

from kaohe.wording.sentences import effect_sentence, grade_sentence
from kaohe.wording.words import Words
from spec import (
    test_deduct_from_total,
    test_exclusive,
    test_grade_cap_and_downgrade,
    test_not_applicable,
    test_veto,
    test_zero_group,
)
from spec.examples import results, whole_rubric

EFFECTS: list[tuple[str, dict[str, Any], list[str], str]] = [
    (
        test_veto.EXAMPLE,
        {"points": {"P": "95"}, "vetoes": ["V1"]},
        ["发生重大质量安全事件：等级一律为 D，得分不变。"],
        "总分 95，按得分为 A 级，最终为 D 级。",
    ),
    (
        test_grade_cap_and_downgrade.EXAMPLE,
        {"points": {"P": "95"}, "vetoes": ["X", "Y"]},
        ["不得评优：等级最高为 B。", "弄虚作假：等级降低 1 级。"],
        "总分 95，按得分为 A 级，最终为 B 级。",
    ),
    (
        test_deduct_from_total.EXAMPLE,
        {"points": {"Q": "60"}},
        ["重点条目不到一半的另扣：从总分中扣除，总分下限、上限 −5、0 分（是否发生尚未确定）。"],
        "总分 55–100，等级未定。",
    ),
    (
        test_zero_group.EXAMPLE,
        {"points": {"P": "20", "Q": "10", "R": "60"}, "vetoes": ["S"]},
        ["发生安全事故：安全 的得分不计，总分 −30 分。"],
        "总分 60，C 级（[60, ∞)）。",
    ),
    (
        test_exclusive.EXAMPLE,
        {"points": {"P": "10", "X": "5", "Y": "3", "Z": "0"}},
        ["试点只计最高的一项：就高不重复，只计最高的一项，总分 −3 分。"],
        "总分 15，D 级（[0, ∞)）。",
    ),
    (
        test_not_applicable.EXAMPLE,
        {"points": {"Q": "30", "R": "40"}, "exempt": {"P": "没有"}},
        ["示例细则：有不适用条目，其余得分乘以 100/80 折算，总分 +17.5 分。"],
        "总分 87.5，B 级（[80, ∞)）。",
    ),
]


@pytest.mark.parametrize(("text", "unit", "steps", "grade"), EFFECTS)
def test_what_acts_across_items_is_told_step_by_step(
    text: str, unit: dict[str, Any], steps: list[str], grade: str
) -> None:
    rubric = whole_rubric(text)
    scored = results(rubric, [unit])[0]
    words = Words.of(rubric)

    assert [effect_sentence(effect, rubric, words) for effect in scored.effects] == steps
    assert grade_sentence(scored, rubric, words) == grade


def test_effects_and_grades_are_told_in_english_too() -> None:
    rubric = whole_rubric(test_deduct_from_total.EXAMPLE)
    words = Words.of(rubric, "en")
    scored = results(rubric, [{"points": {"P": "19", "Q": "60"}, "vetoes": ["W"]}])[0]

    assert [effect_sentence(effect, rubric, words) for effect in scored.effects] == [
        "发生较大事故: taken from the total, −10 on the total.",
        "重点条目不到一半的另扣: taken from the total, −5 on the total.",
    ]
    assert grade_sentence(scored, rubric, words) == "Total 64, grade C ([60, ∞))."
