"""What an upheld appeal corrects: the points of a part, or the value that its rule reads."""

import datetime as dt
from dataclasses import dataclass
from decimal import Decimal

from django.utils.translation import gettext as _

from kaohe.quantity import ZERO, write_number
from kaohe.rubric.model import Indicator, Part
from kaohe.rules.base import Award, IndicatorId
from kaohe_web.errors import Invalid
from kaohe_web.filing.clauses import year_of
from kaohe_web.filing.models import AwardEntry, ReportedValue, Submission
from kaohe_web.filing.observed import observed as filed
from kaohe_web.filing.values import ValueEntry, fault_of, put
from kaohe_web.followup.models import Appeal
from kaohe_web.people.actor import Actor
from kaohe_web.results.impact import Change, impact
from kaohe_web.results.moves import Moves, leaves
from kaohe_web.results.observed import score_now, with_points
from kaohe_web.results.scoring import figure, readings_of, rubric_as_read
from kaohe_web.review.models import Judgement


@dataclass(frozen=True, slots=True)
class Correction:
    """Other points for the part, or another value of an indicator; neither: the score stands."""

    score: Decimal | None = None
    indicator: str = ""
    value: Decimal | None = None

    @property
    def is_empty(self) -> bool:
        """Whether nothing is corrected."""
        return self.score is None and self.value is None


def proposed(appeal: Appeal) -> Correction:
    """What the reviewer proposed."""
    return Correction(appeal.proposed_score, appeal.indicator, appeal.proposed_value)


def takes_points(appeal: Appeal) -> bool:
    """Whether assessors' points decide the part, as things stand."""
    return not idle(appeal, ZERO)


def indicators_of(appeal: Appeal) -> list[Indicator]:
    """The indicators that the part's rule reads; none where assessors judge it."""
    rubric = year_of(appeal.cycle).rubric
    read = dict.fromkeys(need.indicator for need in part_of(appeal).rule.needs())
    return [rubric.indicators[name] for name in read]


def preview(appeal: Appeal, correction: Correction) -> Moves:
    """Whose score, mean, rank and grade moves if the correction is made; nothing is changed."""
    check(appeal, correction)
    code = appeal.assessed.unit.code
    if correction.score is not None:
        return impact(appeal.cycle, Change(code, points={appeal.part: correction.score}))
    if correction.value is not None:
        return impact(appeal.cycle, Change(code, values={correction.indicator: correction.value}))
    return impact(appeal.cycle)


def check(appeal: Appeal, correction: Correction) -> None:
    """:raises Invalid: unless the correction is one that would act on the score."""
    if correction.score is not None and correction.value is not None:
        raise Invalid([_("得分和指标值只能更正一项，请删去其中一项")])
    fault = ""
    if correction.score is not None:
        fault = fault_of_points(appeal, correction.score)
    elif correction.value is not None:
        fault = fault_of_value(appeal, correction.indicator, correction.value)
    if fault:
        raise Invalid([fault])


def fault_of_points(appeal: Appeal, score: Decimal) -> str:
    """Why the part cannot have these points; empty if it can."""
    part = part_of(appeal)
    if why := idle(appeal, score):
        return why
    if fault := part.rule.award_fault(score, part.points):
        return _("更正后的得分不行：%(fault)s") % {"fault": fault}
    judged = Judgement.objects.filter(assessed=appeal.assessed, part=appeal.part).first()
    same = judged is not None and judged.score == score
    return _("更正后的得分与现在的得分相同；维持原分请不填更正") if same else ""


def fault_of_value(appeal: Appeal, name: str, value: Decimal) -> str:
    """Why the unit cannot have this value, or why it would not count; empty if neither."""
    known = {indicator.id: indicator for indicator in indicators_of(appeal)}
    indicator = known.get(IndicatorId(name))
    if indicator is None:
        return _("这一条的规则不用这个指标，请重新选择要更正的指标")
    if AwardEntry.objects.filter(assessed=appeal.assessed, indicator=name).exists():
        return _(
            "这个指标由登记的奖项累计，不能直接改数；请退回该条目，由单位更正登记并重新提交后，"
            "不填更正值直接采纳"
        )
    if not counts(appeal, name):
        return _("这个指标随条目填报，而该条目还没有提交，更正了也不计入；请先让单位提交")
    if fault := fault_of(indicator, value):
        return _("%(title)s：%(fault)s") % {"title": indicator.title, "fault": fault}
    entered = ReportedValue.objects.filter(assessed=appeal.assessed, indicator=name).first()
    same = entered is not None and entered.value == value
    return _("更正后的值与现在的值相同；维持原分请不填更正") if same else ""


def counts(appeal: Appeal, name: str) -> bool:
    """Whether a value of the indicator counts: its part is submitted, or no part goes with it."""
    with_part = year_of(appeal.cycle).clauses(appeal.assessed.type).entered_with.get(name)
    filed_for = Submission.objects.filter(
        assessed=appeal.assessed, part=with_part, state=Submission.State.SUBMITTED
    )
    return with_part is None or filed_for.exists()


def idle(appeal: Appeal, score: Decimal) -> str:
    """Why an assessor's points would not act on the part as things stand; empty if they would."""
    given = {(appeal.assessed.unit.code, appeal.part): Award(score)}
    rubric = rubric_as_read(appeal.cycle.edition, readings_of(appeal.cycle))
    found = with_points(rubric, filed(appeal.cycle, drafts=False), given)
    return next((each.why for each in found.idle), "")


def part_of(appeal: Appeal) -> Part:
    """The appealed part as the year's rubric has it.

    :raises Invalid: if it has it no more.
    """
    parts = year_of(appeal.cycle).rubric.all_parts()
    found = next((part for part in parts if part.id == appeal.part), None)
    if found is None:
        raise Invalid([_("现在的评分细则没有这个条目，不能更正；请驳回并说明")])
    return found


def carry_out(
    appeal: Appeal, correction: Correction, *, reason: str, by: Actor, at: dt.datetime
) -> None:
    """Make the correction, as part of the action that decides the appeal."""
    check(appeal, correction)
    if correction.score is not None:
        write_judgement(appeal, correction.score, reason=reason, by=by, at=at)
    if correction.value is not None:
        write_value(appeal, correction.indicator, correction.value, by=by, at=at)


def write_judgement(
    appeal: Appeal, score: Decimal, *, reason: str, by: Actor, at: dt.datetime
) -> None:
    """Put the decided points in the place of what was judged."""
    key = {"assessed": appeal.assessed, "part": appeal.part}
    row = Judgement.objects.select_for_update().filter(**key).first()
    row = row or Judgement(**key, cycle_id=appeal.cycle_id, version=0)
    row.score, row.reason, row.how = score, reason, Judgement.How.APPEAL
    row.by, row.at = by.name, at
    row.version += 1
    row.save()


def write_value(appeal: Appeal, name: str, value: Decimal, *, by: Actor, at: dt.datetime) -> None:
    """Put the decided value in the place of what was entered."""
    key = {"assessed": appeal.assessed, "indicator": name}
    row = ReportedValue.objects.select_for_update().filter(**key).first()
    row = row or ReportedValue(**key, cycle_id=appeal.cycle_id, version=0)
    source = _("申诉决定（%(appeal)s）") % {"appeal": appeal}
    put(row, ValueEntry(value, note=row.note, before=row.before), source=source, by=by, at=at)


def score_of(appeal: Appeal) -> Decimal | None:
    """The score of the part as things stand; ``None`` while it is open."""
    scored, _observed = score_now(appeal.cycle)
    code = appeal.assessed.unit.code
    unit = next(unit for unit in scored.plain()["units"] if unit["id"] == code)
    leaf = leaves(unit).get(appeal.part)
    return None if leaf is None or leaf["score"] is None else figure(leaf["score"])


def sentence(appeal: Appeal, correction: Correction) -> str:
    """The correction as people read it in the history."""
    if correction.score is not None:
        return _("得分改为 %(score)s") % {"score": write_number(correction.score)}
    if correction.value is None:
        return ""
    titles = {indicator.id: indicator.title for indicator in indicators_of(appeal)}
    known = titles.get(IndicatorId(correction.indicator), correction.indicator)
    told = {"title": known, "value": write_number(correction.value)}
    return _("%(title)s改为 %(value)s") % told


def in_words(correction: Correction) -> dict[str, str]:
    """The correction as the trail keeps it."""
    if correction.score is not None:
        return {"score": write_number(correction.score)}
    if correction.value is not None:
        return {"indicator": correction.indicator, "value": write_number(correction.value)}
    return {}
