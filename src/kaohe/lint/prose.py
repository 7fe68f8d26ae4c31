"""Checks of what the words leave unsaid, K4xx: partly done, periods, rounding and missing data."""

from collections.abc import Iterator

from kaohe.lint.check import check
from kaohe.lint.examined import Examined
from kaohe.lint.finding import Flaw
from kaohe.rules.judged import Judged


@check("K401", "advice")
def partly_done_has_a_rule(seen: Examined) -> Iterator[Flaw]:
    """评审给分的条目写明部分做到的怎样给分。

    为什么：“出台政策”“开展活动”做到一半给几分，全凭评审员掌握，同样的材料会得不同的分。
    见于：双台子 2016-2017 第 8 至 35 条，几项任务合用一个分值。
    怎样改：分成几级（rule: levels），或写明给分的最小单位（step）、酌情扣分的范围（discretion）。
    """
    for _, part, _ in seen.looks:
        rule = part.rule
        if isinstance(rule, Judged) and rule.step is None and rule.discretion is None:
            message = (
                "由评审员给分，部分做到的怎样给分没有写明；"
                "请分级（levels），或写明最小单位 step、酌情范围 discretion"
            )
            yield Flaw(part.id, "partly", message)


@check("K403", "advice")
def counts_state_their_period(seen: Examined) -> Iterator[Flaw]:
    """计数的指标写明哪段时间内的算、怎样算一次。

    为什么：“每年 2 次”是自然年还是考核年度，会差出一次；一次活动几处开展算几次也要说清。
    见于：双台子 2016-2017 第 7 条，“每年”与考核年度（9 月至次年 8 月）不一致。
    怎样改：在指标的 definition 中写明起止时间和算一次（项、起）的标准。
    """
    for indicator in seen.rubric.indicators.values():
        if indicator.unit.name == "count" and not indicator.definition:
            message = (
                f"“{indicator.title}”没有写明哪段时间内的算、怎样算一次；请在 definition 中写明"
            )
            yield Flaw(indicator.id, "definition", message)


@check("K404", "advice")
def rounding_and_missing_data_are_settled(seen: Examined) -> Iterator[Flaw]:
    """小数怎样取舍、缺少数据怎样处理，由一条口径写明。

    为什么：得分保留几位、缺一个数据算零还是待定，几乎没有细则写明，而排名常常就差这一点。
    系统内部不取整，缺少的数据使得分成为一个范围，不当作零；这样做要有人认可。
    见于：双台子 2016-2017 全文没有一句。
    怎样改：在细则的 reading 指向一条口径，它的选项写 accepts: K404。
    """
    del seen
    message = (
        "小数怎样取舍、缺少数据怎样处理没有写明；请用一条口径写明（选项写 accepts: K404），"
        "并由细则的 reading 指向它"
    )
    yield Flaw("rubric", "rounding", message)
