"""分档：数值（或与目标值的差距）落在哪一档，就得（或扣）哪一档的分。

区间的方括号表示含端点，圆括号表示不含，问号表示原文没有写明。`on: shortfall` 量的是目标值减实际值。

The stretch that holds the value, or its shortfall against the target, names the award or deduction.
Square brackets hold their end, round ones do not, and a question mark says that nobody said.
"""

import pytest

from spec.examples import score

POINTS = "10"
EXAMPLE = """\
rule: banded
indicator: pass_rate
on: shortfall
deduct: {"(0, 1]": 1, "(1, 3]": 3, "(3, 5]": 5, "(5, 10]": 6, "(10, 15]": 8, "(15, ∞)": 10}
"""

ON_VALUE = """\
rule: banded
indicator: pass_rate
deduct: {"[94.5, ∞)": 0, "[92, 94.5)": 0.1, "[90, 92)": 0.2, "(-∞, 90)": 0.3}
"""


@pytest.mark.form("R2", "R1")
@pytest.mark.parametrize(
    ("value", "expected"),
    [
        ("96", "10"),  # 高于目标值
        ("95", "10"),  # R1：达到目标值
        ("94.99", "9"),  # 差 0.01 个百分点
        ("94", "9"),  # 恰差 1 个百分点，含
        ("93.99", "7"),
        ("92", "7"),  # 恰差 3，含
        ("91.99", "5"),
        ("90", "5"),  # 恰差 5，含
        ("85", "4"),  # 恰差 10，含
        ("80", "2"),  # 恰差 15，含
        ("79.99", "0"),
        ("0", "0"),
    ],
)
def test_the_band_of_the_shortfall_names_the_deduction(value: str, expected: str) -> None:
    """目标值为 95%。上端点含在本档之内，下端点不含；超过目标值也只得满分。

    The target is 95%. Each band holds its upper end; beyond the target there is no more to be had.
    """
    assert score(EXAMPLE, value, target="95") == expected


@pytest.mark.form("R2")
@pytest.mark.parametrize(
    ("value", "expected"),
    [
        ("94.5", "2.5"),
        ("94.49", "2.4"),  # 没有空档：94.4 与 94.5 之间属下一档
        ("92", "2.4"),
        ("91.999999999999", "2.3"),  # 不先取整
        ("90", "2.3"),
        ("89.99", "2.2"),
        ("0", "2.2"),  # 扣分很轻：为 0 仍有 2.2 分
    ],
)
def test_bands_may_be_of_the_value_itself(value: str, expected: str) -> None:
    """2.5 分的条目，按合格率本身分档扣分。

    A part of 2.5 points with deductions by bands of the rate itself.
    """
    assert score(ON_VALUE, value, points="2.5") == expected


@pytest.mark.form("R2")
@pytest.mark.parametrize(
    ("value", "expected"),
    [("98", "15"), ("97.99", "12"), ("95", "12"), ("90", "8"), ("89.99", "0")],
)
def test_bands_may_award(value: str, expected: str) -> None:
    """`award` 写得分，`deduct` 写扣分，两者只写一种。

    `award` says what a band gives, `deduct` what it costs; a rule has one of them.
    """
    rule = """
rule: banded
indicator: pass_rate
award: {"[98, ∞)": 15, "[95, 98)": 12, "[90, 95)": 8, "(-∞, 90)": 0}
"""
    assert score(rule, value, points="15") == expected


PRINTED = """\
rule: banded
indicator: pass_rate
deduct: {"[93, ∞)": 0, "[90, 93.4]": 0.1, "[85, 89.9]": 0.2, "(-∞, 84.9]": 0.3}
"""


@pytest.mark.parametrize(
    ("value", "expected"),
    [
        ("93.5", "1.5"),
        ("93.4", "1.4..1.5"),  # 两档都写到了 93–93.4
        ("93", "1.4..1.5"),
        ("92.99", "1.4"),
        ("89.95", "0..1.5"),  # 两档之间的空档
        ("84.9", "1.2"),
    ],
)
def test_gaps_and_overlaps_stay_open(value: str, expected: str) -> None:
    """照原文写下的空档和重叠不替它作主：重叠处是几档之间的范围，空档处待评审给分。

    Gaps and overlaps are kept as printed: between the bands' scores, or anything at all in a gap.
    """
    assert score(PRINTED, value, points="1.5") == expected


@pytest.mark.parametrize(
    ("value", "expected"),
    [
        ("93.45", "1.5"),  # 93.5
        ("89.95", "1.4"),  # 90.0
        ("89.94", "1.3"),  # 89.9
        ("84.95", "1.3"),  # 85.0
        ("84.94", "1.2"),  # 84.9
    ],
)
def test_rounding_the_value_first_closes_the_gaps(value: str, expected: str) -> None:
    """`round: 1` 先把数值四舍五入到一位小数再找档，这是一位小数的端点之间没有空档的另一种读法。

    `round: 1` rounds the value half up before it is looked up: another way to close such gaps.
    """
    assert score(PRINTED + "round: 1\n", value, points="1.5") == expected


UNSAID = """\
rule: banded
indicator: pass_rate
on: shortfall
deduct: {"[1, 1]": 1, "?1, 3]": 3, "?3, 5?": 5}
"""


@pytest.mark.parametrize(
    ("value", "expected"),
    [
        ("94.5", "0..10"),  # 差 0.5，哪一档都没有写
        ("94", "7..9"),  # 恰差 1：一档写明含，另一档没写明
        ("93", "7"),
        ("92", "5..7"),
        ("90", "0..10"),  # 恰差 5：只有一档到此，而没写明是否含
        ("89", "0..10"),
    ],
)
def test_an_end_of_which_nothing_is_said_leaves_the_score_open(value: str, expected: str) -> None:
    """问号的一端恰好碰上时不猜：可能在这一档，也可能在别的档，或者哪一档都不是。

    On an end that nobody said is held, the score is open: this band, another one, or none.
    """
    assert score(UNSAID, value, target="95") == expected


@pytest.mark.form("R23")
@pytest.mark.parametrize(
    ("value", "floor", "expected"),
    [("50", "0", "0"), ("50", "-2", "-1"), ("10", "-2", "-2"), ("90", "-2", "2")],
)
def test_a_floor_below_zero_lets_a_score_be_negative(value: str, floor: str, expected: str) -> None:
    """扣完为止是 `floor: 0`；写成负数时可以倒扣。

    A score stops at `floor`, which is zero unless the rubric says less.
    """
    rule = f"""
rule: banded
indicator: pass_rate
deduct: {{"[90, ∞)": 0, "[50, 90)": 3, "(-∞, 50)": 9}}
floor: {floor}
"""
    assert score(rule, value, points="2") == expected


@pytest.mark.parametrize(
    ("value", "target", "expected"),
    [(None, "95", "0..10"), ("93", None, "0..10"), ("0", "95", "0")],
)
def test_missing_is_not_zero(value: str | None, target: str | None, expected: str) -> None:
    """缺值或缺目标值时得分是整个范围；填了 0 才是 0。

    Without its value or its target a part keeps its whole range; a zero that was entered is a zero.
    """
    assert score(EXAMPLE, value, target=target) == expected


def test_where_the_document_is_silent_an_assessor_gives_the_points() -> None:
    """规则没有写到的地方由评审给分，写到的地方不能另给。

    Where the rule is silent an assessor's points settle the score.
    """
    rule = """
rule: banded
indicator: pass_rate
deduct: {"[98, ∞)": 0}
elsewhere: undecided
"""
    assert score(rule, "97", points="2") == "0..2"
    assert score(rule, "97", points="2", award="1.5") == "1.5"
