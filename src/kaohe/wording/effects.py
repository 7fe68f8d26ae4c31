"""What acted across items, and the grade, as sentences."""

from decimal import Decimal

from kaohe.quantity import exact
from kaohe.rubric.interpretation import interpret
from kaohe.rubric.model import Rubric
from kaohe.scoring.result import Effect, UnitScore
from kaohe.wording.words import Words, shown, spread

EFFECTS = {
    "zh": {
        "exclusive": "{source}：就高不重复，只计最高的一项，{change}",
        "zero": "{source}：{detail} 的得分不计，{change}",
        "rebase": "{source}：有不适用条目，其余得分乘以 {detail} 折算，{change}",
        "rebase_nothing_left": "{source}：全部条目不适用，没有可供折算的得分，得分未定",
        "deduct": "{source}：从总分中扣除，{change}",
        "grade": "{source}：等级一律为 {detail}，得分不变",
        "cap": "{source}：等级最高为 {detail}",
        "downgrade": "{source}：等级降低 {detail} 级",
    },
    "en": {
        "exclusive": "{source}: only the best of them counts, {change}",
        "zero": "{source}: the points of {detail} do not count, {change}",
        "rebase": "{source}: parts do not apply, the rest is multiplied by {detail}, {change}",
        "rebase_nothing_left": "{source}: no part applies, nothing is left to scale up; open",
        "deduct": "{source}: taken from the total, {change}",
        "grade": "{source}: the grade is {detail} whatever the points, which stay as they are",
        "cap": "{source}: no grade better than {detail}",
        "downgrade": "{source}: the grade is lowered by {detail}",
    },
}
OPEN = {"zh": "（是否发生尚未确定）", "en": " (whether it acts is still open)"}


def effect_sentence(effect: Effect, rubric: Rubric, words: Words) -> str:
    """One step between the sum of the items and the total or the grade, in words.

    :raises NotImplementedError: for a kind of effect that has no words yet.
    """
    pattern = EFFECTS[words.lang].get(effect.kind)
    if pattern is None:
        raise NotImplementedError(f"no words for the effect {effect.kind}")
    with exact():
        said = pattern.format(
            source=title_of(effect.source, rubric),
            detail="、".join(title_of(place, rubric) for place in effect.detail.split("、")),
            change=change(effect.low, effect.high, words),
        )
    open_ = "" if effect.certain or effect.kind == "rebase_nothing_left" else OPEN[words.lang]
    return f"{said}{open_}。" if words.lang == "zh" else f"{said}{open_}."


def title_of(source: str, rubric: Rubric) -> str:
    """What brought an effect about, by its printed title where it has one."""
    titles = {section.id: section.title for section in rubric.all_sections()}
    titles |= {part.id: part.title for part in rubric.all_parts()}
    titles |= {criterion.id: criterion.title for criterion in rubric.all_criteria()}
    titles |= {veto.id: veto.title for veto in rubric.vetoes}
    titles |= {precondition.id: precondition.title for precondition in rubric.preconditions}
    titles |= {exclusive.id: exclusive.title for exclusive in rubric.exclusive}
    return titles.get(source, source)


def change(low: Decimal, high: Decimal, words: Words) -> str:
    """What was added to the total: +1.5 分, −2–0 分."""
    signed = "、".join(dict.fromkeys(sign(number) for number in (low, high)))
    if words.lang == "zh":
        return f"总分 {signed} 分" if low == high else f"总分下限、上限 {signed} 分"
    if low == high:
        return f"{signed} on the total"
    return f"{signed.replace('、', ' and ')} on the ends of the total"


def sign(number: Decimal) -> str:
    """A number with its sign."""
    return f"+{shown(number)}" if number > 0 else shown(number)


def grade_sentence(result: UnitScore, rubric: Rubric, words: Words) -> str:
    """The total and the grade of a unit, with the scale's stretch; open if both ends differ.

    A grade that an effect fixed, capped or lowered says so after the points' own.
    """
    with exact():
        span, grades = spread(result.low, result.high), interpret(rubric).grades
        if result.grade is None:
            if words.lang == "zh":
                return f"总分 {span}，等级未定。"
            return f"Total {span}, the grade is open."
        names = dict.fromkeys(grades.of(total) or "?" for total in (result.low, result.high))
        earned = "–".join(names)
        within = next(grade.within for grade in grades.scale if grade.name == result.grade)
        if earned == result.grade:
            if words.lang == "zh":
                return f"总分 {span}，{result.grade} 级（{within}）。"
            return f"Total {span}, grade {result.grade} ({within})."
        if words.lang == "zh":
            return f"总分 {span}，按得分为 {earned} 级，最终为 {result.grade} 级。"
        return f"Total {span}: grade {earned} by points, {result.grade} in the end."
