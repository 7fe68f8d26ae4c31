"""Checks of the points, K1xx: they add up, they can be earned and lost, they end as decimals."""

from collections.abc import Iterable, Iterator
from decimal import Decimal

from kaohe.lint.check import check
from kaohe.lint.examined import Examined
from kaohe.lint.finding import Flaw
from kaohe.lint.profile import Amount
from kaohe.lint.sums import sums
from kaohe.quantity import HUNDRED, ZERO, rounded, write_number

WEAK = Decimal("0.8")
"""Keeping this share of the points with the worst value makes a deduction weak."""


@check("K101", "error")
def points_add_up(seen: Examined) -> Iterator[Flaw]:
    """各级分值合计相符。

    为什么：分项加起来不等于条目，条目加起来不等于部分，总分就不是文件写明的满分。
    条目按单位类别不同（applies_to）时，每一类单位各自合计；只取其一的（exclusive）按最高的一项计。
    见于：双台子 2016-2017 原文有四处括号和数字印错，照印读“质量发展”只有 18 分，应为 22 分。
    怎样改：对照原文核对各条分值；少印、错印的数字按上一级的合计找出来。
    """
    for found in sums(seen.rubric):
        if found.comes_to == found.stated:
            continue
        whom = f"对{'、'.join(found.types)}，" if found.types else ""
        message = (
            f"{whom}{found.of}合计 {write_number(found.comes_to)} 分，"
            f"与写明的 {write_number(found.stated)} 分不符；请对照原文核对各分值"
        )
        yield Flaw(found.place, "、".join(found.types), message)


@check("K102", "error")
def full_points_can_be_earned(seen: Examined) -> Iterator[Flaw]:
    """满分拿得到。

    为什么：最好的结果也得不到满分，这一条的分值就是虚的，所有单位都白白失分。
    见于：“最高得 8 分”的条目写成 10 分；封顶 cap 低于分值；达标线高于指标可能的最大值。
    怎样改：把分值改成最好的结果能得的分，或补上给满分的一档。
    """
    for _, part, profile in seen.looks:
        if profile.most is None or profile.most >= part.points:
            continue
        message = (
            f"最好的结果也只得{few_digits(profile.most)}分，拿不到写明的 "
            f"{write_number(part.points)} 分；请补上给满分的一档，或改正分值"
        )
        yield Flaw(part.id, "most", message)


def few_digits(number: Decimal) -> str:
    """A number for a sentence, with a word where digits are left out."""
    shown = rounded(number, 4)
    return f" {write_number(number)} " if shown == number else f"约 {write_number(shown)} "


@check("K103", "warning")
def points_can_be_lost(seen: Examined) -> Iterator[Flaw]:
    """分值丢得掉。

    为什么：无论结果如何都得满分的条目分不出好坏，等于白送。
    见于：达标线设在 0；各档得分全都一样。
    怎样改：补上得分较低的一档，或删去这一条。
    """
    for _, part, profile in seen.looks:
        if part.points <= ZERO or profile.least is None or profile.least < part.points:
            continue
        message = (
            f"无论结果如何都得满分 {write_number(part.points)} 分，分不出好坏；"
            "请补上得分较低的一档，或删去这一条"
        )
        yield Flaw(part.id, "least", message)


@check("K104", "error")
def amounts_fit_the_points(seen: Examined) -> Iterator[Flaw]:
    """得分、扣分不超出分值，也不是负数。

    为什么：扣 12 分的一档放在 10 分的条目里，多出的 2 分永远扣不到；得分多于分值则总分会超出满分。
    扣分写正数，是扣还是得由 deduct、award 说明；允许扣成负分的，要用 floor 写明扣到几分为止。
    见于：各地细则里由旧版分值改小而各档没有跟着改的条目。
    怎样改：核对分值与各档；要扣到负分的写 floor，否决项的扣分写正数。
    """
    for _, part, profile in seen.looks:
        if part.points < ZERO:
            shown = write_number(part.points)
            message = f"分值 {shown} 是负数；扣分的条目请写 points: 0 并用 floor 写明最多扣到几分"
            yield Flaw(part.id, "points", message)
            continue
        yield from ill_fitting(part.id, profile.amounts)
    for source, effects in seen.rubric.effects():
        if effects.deduct < ZERO:
            shown = write_number(effects.deduct)
            message = f"从总分中扣的 {shown} 分是负数；扣分请写正数"
            yield Flaw(source, "deduct", message)
    for precondition in seen.rubric.preconditions:
        if not ZERO <= precondition.share <= HUNDRED:
            shown = write_number(precondition.share)
            message = f"前提条件要求达到分值的 {shown}%，应在 0–100 之间；请改正 share"
            yield Flaw(precondition.id, "share", message)


def ill_fitting(place: str, amounts: Iterable[Amount]) -> Iterator[Flaw]:
    """The amounts of one rule that are below zero or above what makes sense."""
    for words, number, most in amounts:
        shown = write_number(number)
        if number < ZERO:
            yield Flaw(place, words, f"{words}为 {shown}，是负数；请写正数或 0")
        elif number > most:
            limit = write_number(most)
            message = f"{words}为 {shown}，超出最多可能的 {limit}；请核对分值与这个数"
            yield Flaw(place, words, message)


@check("K105", "warning")
def deductions_bite(seen: Examined) -> Iterator[Flaw]:
    """最差的结果失分够多。

    为什么：结果差到底仍保住八成以上的分，这一条对总分几乎没有影响，也可能是印漏了数字。
    见于：双台子 2016-2017 第 3 条，蔬菜 2.5 分最多扣 0.3 分；合格率为 0，整条 6 分仍得 5.4 分。
    怎样改：核对扣分的数字；确实如此的，用口径说明照印，并在修订时提出。
    """
    for criterion, part, profile in seen.looks:
        least = profile.least
        if least is None or part.points <= ZERO or not part.points * WEAK <= least < part.points:
            continue
        full = write_number(part.points)
        message = f"扣分过轻：结果差到底仍得 {write_number(least)} 分（满分 {full} 分）"
        if len(criterion.parts) > 1:
            rest = [look for look in seen.looks if look.criterion is criterion]
            kept = [p.points if q.least is None else q.least for _, p, q in rest]
            message += (
                f"，{criterion.id} 各分项都差到底、原文没有写明的按满分算，仍得 "
                f"{write_number(sum(kept, ZERO))} 分（满分 {write_number(criterion.points)} 分）"
            )
        yield Flaw(part.id, "weak", f"{message}；请核对是否印漏了数字")


@check("K106", "warning")
def exemptions_are_decided(seen: Examined) -> Iterator[Flaw]:
    """不适用的条目怎样计分已经写明。

    为什么：没有水产品的县区、没有公路工程的区，这些条目算满分、不计分还是按比例换算，总分差别很大。
    没有写明时，不适用的条目保留 0 至满分的范围，总分定不下来。
    见于：双台子 2016-2017 全文没有一句。
    怎样改：用 not_applicable 写明 treatment: rebase（换算）、full（给满分）或 leave_out（不计）。
    """
    if seen.rubric.not_applicable.treatment == "undecided":
        message = (
            "不适用的条目怎样计分没有写明，有这种条目的单位总分只能是一个范围；"
            "请用 treatment 写明 rebase、full 或 leave_out"
        )
        yield Flaw("not_applicable", "treatment", message)


@check("K108", "error")
def scores_end_as_decimals(seen: Examined) -> Iterator[Flaw]:
    """除不尽的得分写明保留几位。

    为什么：三分之一写不成有限小数；不写明保留几位，就没有确定的得分可以公布、合计和排名。
    见于：10 分的条目按 30 项的完成数折算；与平均值之比；并列取平均；不适用条目换算到满分。
    怎样改：在规则里写 round: 2（四舍五入到两位小数），或改用除得尽的分值。
    """
    for _, part, profile in seen.looks:
        if profile.unending:
            message = f"{profile.unending}，又没有写明保留几位小数；请在规则中加上 round: 2"
            yield Flaw(part.id, "round", message)
    policy = seen.rubric.not_applicable
    if policy.treatment == "rebase" and policy.round is None:
        message = "不适用条目按比例换算可能除不尽，又没有写明保留几位小数；请加上 round: 2"
        yield Flaw("not_applicable", "round", message)
