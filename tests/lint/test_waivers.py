"""Which reading settles a finding, when several are pointed at."""

import yaml

from kaohe.lint.finding import Finding
from kaohe.lint.run import has_errors, lint
from kaohe.reading.reader import read_rubric
from kaohe.rubric.interpretation import choose
from kaohe.rubric.model import Rubric
from lint.cases import rubric_text

BOTH = """
part:
  rule: banded
  indicator: pass_rate
  deduct: {"[93, ∞)": 0, "[90, 93.4]": 2, "[80, 89.9]": 5, "(-∞, 80)": 10}
  reading: [holes, overlap]
readings:
  - id: holes
    unclear: 89.9 与 90 之间
    chosen: meet
    choices:
      meet:
        means: 首尾相接
        set: {A1: {deduct: {"[93, ∞)": 0, "[90, 93.4]": 2, "[80, 90)": 5, "(-∞, 80)": 10}}}
      printed: 照原文
  - id: overlap
    unclear: 93 至 93.4
    chosen: full
    choices:
      full:
        means: 93 起满分
        set: {A1: {deduct: {"[93, ∞)": 0, "[90, 93)": 2, "[80, 90)": 5, "(-∞, 80)": 10}}}
      known: {means: 照原文，由评审员给分, accepts: K202}
"""


def rubric(text: str) -> Rubric:
    return read_rubric(rubric_text(yaml.load(text, Loader=yaml.BaseLoader)), "rubric.yaml")  # noqa: S506 -- makes nothing but texts


def bands(found: list[Finding]) -> list[tuple[str, str | None]]:
    return [(f.code, f.waived_by) for f in found if f.code in ("K201", "K202")]


def test_each_finding_is_settled_by_the_first_reading_that_makes_it_vanish() -> None:
    assert bands(lint(rubric(BOTH))) == [("K201", "holes"), ("K202", "overlap")]


def test_a_later_reading_settles_what_an_earlier_choice_leaves() -> None:
    printed = choose(rubric(BOTH), {"holes": "printed"})

    assert bands(lint(printed)) == [("K201", "overlap"), ("K202", "overlap")]


def test_a_choice_may_accept_what_it_does_not_change() -> None:
    known = choose(rubric(BOTH), {"overlap": "known"})

    assert bands(lint(known)) == [("K201", "holes"), ("K202", "overlap")]
    assert not has_errors(lint(known))


def test_what_nobody_settles_is_left_open() -> None:
    open_ = choose(rubric(BOTH), {"holes": "printed", "overlap": "known"})

    assert bands(lint(open_)) == [("K201", None), ("K202", "overlap")]
    assert has_errors(lint(open_))


def test_a_reading_that_the_place_does_not_point_at_settles_nothing() -> None:
    elsewhere = BOTH.replace("  reading: [holes, overlap]\n", "")

    assert bands(lint(rubric(elsewhere))) == [("K201", None), ("K202", None)]


def test_a_reading_of_the_whole_rubric_accepts_at_every_place() -> None:
    text = """
    part: {rule: judged}
    reading: partly
    readings:
      - {id: partly, unclear: 部分做到, chosen: x, choices: {x: {means: 评审员给分, accepts: K401}}}
    """

    found = [(f.place, f.waived_by) for f in lint(rubric(text)) if f.code == "K401"]
    assert found == [("A1", "partly")]


def test_a_finding_is_told_in_plain_json() -> None:
    found = next(f for f in lint(rubric(BOTH)) if f.code == "K202")

    assert found.as_plain() == {
        "code": "K202",
        "severity": "error",
        "place": "A1",
        "message": "[93, ∞) 扣 0 分，[90, 93.4] 扣 2 分，两档在 [93, 93.4] 重叠："
        "93.2 两样都算；请改正其中一档的端点",
        "waived_by": "overlap",
    }


def test_findings_stand_in_the_order_of_the_document_and_then_of_their_codes() -> None:
    text = """
    sections:
      - title: 目标
        points: 9
        criteria:
          - {id: A2, title: 其一, points: 4, rule: judged}
          - id: A1
            title: 其二
            points: 6
            rule: banded
            indicator: pass_rate
            deduct: {"[90, ∞)": 0, "[80, 89]": 7}
    """

    found = [(f.place, f.code) for f in lint(rubric(text)) if f.severity == "error"]
    assert found == [
        ("rubric", "K101"),
        ("目标", "K101"),
        ("A1", "K104"),
        ("A1", "K201"),
        ("A1", "K203"),
    ]
