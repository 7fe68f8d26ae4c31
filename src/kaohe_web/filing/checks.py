"""What is wrong, missing or odd about what is filed for a part, each at its field."""

from collections.abc import Iterable, Mapping
from decimal import Decimal

from django.utils.translation import gettext as _

from kaohe.quantity import write_number
from kaohe_web.filing import values
from kaohe_web.filing.clauses import Clause
from kaohe_web.filing.contents import Entered, label
from kaohe_web.filing.values import ValueEntry

Found = Iterable[tuple[str, str]]
"""A field's name and what is wrong there."""


def faults(clause: Clause, entered: Entered, registered: Mapping[str, int]) -> Found:
    """What cannot be taken, not even as a draft."""
    if entered.self_score is not None:
        part = clause.part
        fault = part.rule.award_fault(entered.self_score, part.points)
        if fault:
            yield "self_score", fault
    for indicator in clause.typed:
        entry = entered.values.get(indicator.id)
        if entry is None:
            continue
        for name, fault in values.faults(indicator, entry):
            yield f"{name}-{indicator.id}", fault
        if entry.value is not None and registered.get(indicator.id):
            yield (
                f"value-{indicator.id}",
                _("奖项登记里已有 %(count)s 件，个数由登记算出；请在登记里增减，这里留空")
                % {"count": registered[indicator.id]},
            )


def lacking(clause: Clause, entered: Entered, registered: Mapping[str, int]) -> Found:
    """What is missing before a part can be handed in."""
    for indicator in clause.typed:
        if registered.get(indicator.id):
            continue
        entry = entered.values.get(indicator.id, values.NOTHING)
        for name, lack in values.lacking(entry):
            yield f"{name}-{indicator.id}", lack
    if entered.self_score is None:
        yield "self_score", _("请填自评得分")
    elif entered.self_score < clause.part.points and not entered.lost_reason:
        yield (
            "lost_reason",
            _("自评得分 %(score)s 低于分值 %(points)s，请写明失分原因")
            % {
                "score": write_number(entered.self_score),
                "points": write_number(clause.part.points),
            },
        )


def doubts(
    clause: Clause,
    entries: Mapping[str, ValueEntry],
    *,
    self_score: Decimal | None = None,
    computed: Decimal | None = None,
) -> list[str]:
    """What is odd and may stand all the same; ``computed`` is the score by the rule."""
    found = [
        f"{indicator.title}：{doubt}"
        for indicator in clause.typed
        if indicator.id in entries
        for doubt in values.doubts(indicator, entries[indicator.id])
    ]
    if self_score is not None and computed is not None and self_score != computed:
        found.append(
            _("自评得分 %(own)s 与按现在填的值算出的 %(computed)s 不一致，请核对")
            % {"own": write_number(self_score), "computed": write_number(computed)}
        )
    return found


def sentences(clause: Clause, found: Found) -> list[str]:
    """The same as sentences, each with its field."""
    return [f"{label(clause, name)}：{fault}" for name, fault in found]
