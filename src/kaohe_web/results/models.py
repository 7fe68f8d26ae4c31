"""Scoring runs: what was scored, by which rubric, from which inputs, with which result."""

from django.db import models
from django.utils.translation import gettext_lazy as _

from kaohe_web.cycles.models import AssessedUnit, Cycle
from kaohe_web.numbers import NumberField
from kaohe_web.rubrics.models import RubricEdition


class ScoringRun(models.Model):
    """One run of the score over the whole year (计分): inputs and result frozen together.

    ``inputs`` is the data in the shape of ``kaohe score`` and ``result`` what it prints, both as
    canonical JSON: anybody can compute the run again from the two.
    """

    class State(models.TextChoices):
        """Its way; what a later run replaces stays, marked."""

        PROVISIONAL = "provisional", _("初步结果")
        ANNOUNCED = "announced", _("公示中")
        APPROVED = "approved", _("已批准")
        FINAL = "final", _("最终结果")
        SUPERSEDED = "superseded", _("已被取代")

    cycle = models.ForeignKey(Cycle, models.PROTECT, related_name="runs")
    number = models.PositiveIntegerField(_("次数"))
    state = models.CharField(_("状态"), max_length=12, choices=State, default=State.PROVISIONAL)
    edition = models.ForeignKey(RubricEdition, models.PROTECT)
    readings = models.TextField(_("口径（JSON）"))
    inputs = models.TextField(_("计分数据（JSON）"))
    result = models.TextField(_("结果（JSON）"))
    digest = models.CharField(_("校验值"), max_length=80)
    reason = models.TextField(_("原因"))
    made_by = models.CharField(_("计算人"), max_length=200)
    made_at = models.DateTimeField(_("计算时间"))
    announced_at = models.DateTimeField(_("公示时间"), null=True, blank=True)
    objections_until = models.DateField(_("异议截止"), null=True, blank=True)
    open_reason = models.TextField(_("得分未定仍公示的理由"), blank=True)
    approved_at = models.DateTimeField(_("批准时间"), null=True, blank=True)
    approved_by = models.CharField(_("批准人"), max_length=200, blank=True)
    final_at = models.DateTimeField(_("定稿时间"), null=True, blank=True)
    supersedes = models.OneToOneField(
        "self", models.PROTECT, null=True, blank=True, related_name="superseded_by"
    )
    version = models.PositiveIntegerField(default=1)

    class Meta:
        """The latest first; numbered within the year."""

        ordering = ("-cycle__first_day", "-number")
        constraints = (models.UniqueConstraint(fields=["cycle", "number"], name="run_number_once"),)

    def __str__(self) -> str:
        return f"{self.cycle} 第 {self.number} 次计分"


class UnitResult(models.Model):
    """One unit's line in a run, as the lists show it; the whole is in the run's result."""

    run = models.ForeignKey(ScoringRun, models.CASCADE, related_name="units")
    cycle = models.ForeignKey(Cycle, models.PROTECT, related_name="unit_results")
    assessed = models.ForeignKey(AssessedUnit, models.PROTECT, related_name="results")
    total = NumberField(_("总分"), null=True, blank=True)
    low = NumberField(_("最低"))
    high = NumberField(_("最高"))
    grade = models.CharField(_("等级"), max_length=20, blank=True)
    rank = models.PositiveIntegerField(_("名次"), null=True, blank=True)
    detail = models.TextField(_("得分明细（JSON）"))

    class Meta:
        """In the official order."""

        ordering = ("assessed__position", "id")
        constraints = (
            models.UniqueConstraint(fields=["run", "assessed"], name="unit_result_once"),
        )

    def __str__(self) -> str:
        return f"{self.assessed} {self.total or ''}"


class DecidedVeto(models.Model):
    """What a decided veto case does to a score: the veto acts on the unit until the case is lifted.

    The case itself lives a floor above; its decision writes this row, its lifting removes it.
    """

    assessed = models.ForeignKey(AssessedUnit, models.PROTECT, related_name="decided_vetoes")
    cycle = models.ForeignKey(Cycle, models.PROTECT, related_name="decided_vetoes")
    veto = models.CharField(_("否决项"), max_length=40)
    authority = models.CharField(_("认定机关"), max_length=200, blank=True)
    document = models.CharField(_("认定文号"), max_length=200, blank=True)
    case_id = models.PositiveBigIntegerField(_("案卷"), unique=True)

    class Meta:
        """In the order of the decisions."""

        ordering = ("assessed", "id")

    def __str__(self) -> str:
        return f"{self.assessed} {self.veto}"


class Objection(models.Model):
    """An objection to an announced result (异议), raised within its window, and the answer."""

    run = models.ForeignKey(ScoringRun, models.PROTECT, related_name="objections")
    cycle = models.ForeignKey(Cycle, models.PROTECT, related_name="objections")
    assessed = models.ForeignKey(AssessedUnit, models.PROTECT, related_name="objections")
    text = models.TextField(_("异议"))
    by = models.CharField(_("提出人"), max_length=200)
    at = models.DateTimeField(_("提出时间"))
    answer = models.TextField(_("答复"), blank=True)
    answered_by = models.CharField(_("答复人"), max_length=200, blank=True)
    answered_at = models.DateTimeField(_("答复时间"), null=True, blank=True)
    version = models.PositiveIntegerField(default=1)

    class Meta:
        """The latest first."""

        ordering = ("-at", "-id")

    def __str__(self) -> str:
        return f"{self.assessed}"
