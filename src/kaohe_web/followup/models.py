"""Veto cases, appeals and rectification: each with its clock, its steps and their papers."""

from django.db import models
from django.urls import reverse
from django.utils.translation import gettext_lazy as _

from kaohe_web.cycles.models import AssessedUnit, Cycle
from kaohe_web.filing.models import StoredFile
from kaohe_web.numbers import NumberField
from kaohe_web.people.models import Post
from kaohe_web.results.models import ScoringRun, UnitResult


class VetoCase(models.Model):
    """An event that may fix a unit's grade (一票否决事项), as a case and not a checkbox.

    ``answers`` is each question of the legal test with its answer, as JSON. A unit knows of its
    case once it was given until ``answer_until`` to state its defence.
    """

    class State(models.TextChoices):
        """Its way; only a decided case acts on the grade."""

        OPENED = "opened", _("已立案")
        DETERMINED = "determined", _("已认定")
        NOTIFIED = "notified", _("已告知")
        ANSWERED = "answered", _("已陈述")
        DECIDED = "decided", _("决定否决")
        DISMISSED = "dismissed", _("不予否决")
        LIFTED = "lifted", _("已解除")

    cycle = models.ForeignKey(Cycle, models.PROTECT, related_name="veto_cases")
    assessed = models.ForeignKey(AssessedUnit, models.PROTECT, related_name="veto_cases")
    veto = models.CharField(_("否决项"), max_length=40)
    event = models.TextField(_("事件"))
    on_day = models.DateField(_("发生日期"))
    state = models.CharField(_("状态"), max_length=12, choices=State, default=State.OPENED)
    authority = models.CharField(_("认定机关"), max_length=200, blank=True)
    document = models.CharField(_("认定文号"), max_length=200, blank=True)
    answers = models.TextField(_("认定要件"), blank=True)
    answer_until = models.DateField(_("陈述申辩截止"), null=True, blank=True)
    version = models.PositiveIntegerField(default=1)

    class Meta:
        """The latest first."""

        verbose_name = _("一票否决事项")
        ordering = ("-id",)

    def __str__(self) -> str:
        return f"{self.assessed} {self.veto}"

    def get_absolute_url(self) -> str:
        """Where it is shown."""
        return reverse("veto_case", kwargs={"cycle_id": self.cycle_id, "case_id": self.pk})


class Appeal(models.Model):
    """A unit's appeal against one part of an announced result (申诉); never without its part."""

    class State(models.TextChoices):
        """Its way."""

        LODGED = "lodged", _("已提出")
        TAKEN = "taken", _("已受理")
        REVIEWED = "reviewed", _("已复核")
        UPHELD = "upheld", _("采纳")
        DISMISSED = "dismissed", _("驳回")
        WITHDRAWN = "withdrawn", _("已撤回")

    class Outcome(models.TextChoices):
        """What it does to the score."""

        RAISED = "raised", _("调高")
        LOWERED = "lowered", _("调低")
        STANDS = "stands", _("维持")

    cycle = models.ForeignKey(Cycle, models.PROTECT, related_name="appeals")
    run = models.ForeignKey(ScoringRun, models.PROTECT, related_name="appeals")
    assessed = models.ForeignKey(AssessedUnit, models.PROTECT, related_name="appeals")
    part = models.CharField(_("条目"), max_length=40)
    grounds = models.TextField(_("理由"))
    wants = NumberField(_("请求得分"), null=True, blank=True)
    state = models.CharField(_("状态"), max_length=12, choices=State, default=State.LODGED)
    lodged_at = models.DateTimeField(_("提出时间"))
    due_on = models.DateField(_("办结期限"))
    reviewer = models.ForeignKey(
        Post,
        models.PROTECT,
        null=True,
        blank=True,
        related_name="appeals",
        verbose_name=_("复核人"),
    )
    proposed_score = NumberField(_("建议得分"), null=True, blank=True)
    proposed_value = NumberField(_("建议指标值"), null=True, blank=True)
    indicator = models.CharField(_("更正的指标"), max_length=80, blank=True)
    outcome = models.CharField(_("结果"), max_length=8, choices=Outcome, blank=True)
    decided_at = models.DateTimeField(_("决定时间"), null=True, blank=True)
    score_before = NumberField(_("原得分"), null=True, blank=True)
    score_after = NumberField(_("现得分"), null=True, blank=True)
    version = models.PositiveIntegerField(default=1)

    class Meta:
        """The latest first; one open appeal per part."""

        verbose_name = _("申诉")
        ordering = ("-lodged_at", "-id")
        constraints = (
            models.UniqueConstraint(
                fields=["assessed", "part"],
                condition=models.Q(state__in=["lodged", "taken", "reviewed"]),
                name="appeal_one_open",
            ),
        )

    def __str__(self) -> str:
        return f"{self.assessed} {self.part}"

    def get_absolute_url(self) -> str:
        """Where it is shown."""
        return reverse("appeal", kwargs={"cycle_id": self.cycle_id, "appeal_id": self.pk})


class Rectification(models.Model):
    """What a unit must mend after lost points (整改), from the order to its closing (销号)."""

    class State(models.TextChoices):
        """Its way; a report that is not accepted goes back to the plan."""

        ORDERED = "ordered", _("已下达")
        PLANNED = "planned", _("整改中")
        REPORTED = "reported", _("待检查")
        CLOSED = "closed", _("已销号")

    cycle = models.ForeignKey(Cycle, models.PROTECT, related_name="rectifications")
    result = models.ForeignKey(UnitResult, models.PROTECT, related_name="rectifications")
    assessed = models.ForeignKey(AssessedUnit, models.PROTECT, related_name="rectifications")
    part = models.CharField(_("条目"), max_length=40)
    lost = NumberField(_("失分"))
    demand = models.TextField(_("整改要求"))
    state = models.CharField(_("状态"), max_length=10, choices=State, default=State.ORDERED)
    due_on = models.DateField(_("期限"))
    plan = models.TextField(_("整改方案"), blank=True)
    ordered_at = models.DateTimeField(_("下达时间"))
    reported_at = models.DateTimeField(_("报告时间"), null=True, blank=True)
    closed_at = models.DateTimeField(_("销号时间"), null=True, blank=True)
    version = models.PositiveIntegerField(default=1)

    class Meta:
        """By due date; a part is ordered once in a year, whichever run its points were lost in."""

        verbose_name = _("整改")
        ordering = ("due_on", "id")
        constraints = (models.UniqueConstraint(fields=["assessed", "part"], name="rectified_once"),)

    def __str__(self) -> str:
        return f"{self.assessed} {self.part}"

    def get_absolute_url(self) -> str:
        """Where it is shown."""
        return reverse(
            "rectification", kwargs={"cycle_id": self.cycle_id, "rectification_id": self.pk}
        )


class Step(models.Model):
    """One step of a case, an appeal or a rectification: what was done, in which words, by whom.

    Steps are only added, so that nothing that was once said is written over.
    """

    class What(models.TextChoices):
        """What was done, by the name that the trail gives it."""

        CASE_OPENED = "veto.opened", _("立案")
        CASE_DETERMINED = "veto.determined", _("认定")
        CASE_NOTIFIED = "veto.notified", _("告知单位")
        CASE_ANSWERED = "veto.answered", _("陈述申辩")
        CASE_DECIDED = "veto.decided", _("决定否决")
        CASE_DISMISSED = "veto.dismissed", _("不予否决")
        CASE_LIFTED = "veto.lifted", _("解除否决")
        APPEAL_LODGED = "appeal.lodged", _("提出申诉")
        APPEAL_TAKEN = "appeal.taken", _("受理")
        APPEAL_REVIEWED = "appeal.reviewed", _("复核")
        APPEAL_UPHELD = "appeal.upheld", _("采纳")
        APPEAL_DISMISSED = "appeal.dismissed", _("驳回")
        APPEAL_WITHDRAWN = "appeal.withdrawn", _("撤回")
        MEND_ORDERED = "rectification.ordered", _("下达整改")
        MEND_PLANNED = "rectification.planned", _("制定整改方案")
        MEND_REPORTED = "rectification.reported", _("报告整改情况")
        MEND_RETURNED = "rectification.returned", _("退回整改")
        MEND_CLOSED = "rectification.closed", _("销号")

    case = models.ForeignKey(VetoCase, models.PROTECT, null=True, related_name="steps")
    appeal = models.ForeignKey(Appeal, models.PROTECT, null=True, related_name="steps")
    rectification = models.ForeignKey(
        Rectification, models.PROTECT, null=True, related_name="steps"
    )
    cycle = models.ForeignKey(Cycle, models.PROTECT, related_name="+")
    what = models.CharField(_("步骤"), max_length=24, choices=What)
    text = models.TextField(_("内容"), blank=True)
    document = models.CharField(_("文号"), max_length=200, blank=True)
    by = models.CharField(_("办理人"), max_length=200)
    at = models.DateTimeField(_("时间"))

    class Meta:
        """In their order; each of exactly one thing."""

        verbose_name = _("办理步骤")
        ordering = ("id",)
        constraints = (
            models.CheckConstraint(
                name="step_of_one_thing",
                condition=models.Q(
                    case__isnull=False, appeal__isnull=True, rectification__isnull=True
                )
                | models.Q(case__isnull=True, appeal__isnull=False, rectification__isnull=True)
                | models.Q(case__isnull=True, appeal__isnull=True, rectification__isnull=False),
            ),
        )

    def __str__(self) -> str:
        return self.get_what_display()

    @property
    def code(self) -> str:
        """What was done, without of what: the code that its colour is known by."""
        return self.what.partition(".")[2]


class StepPaper(models.Model):
    """A paper that was put forward with a step."""

    step = models.ForeignKey(Step, models.PROTECT, related_name="papers")
    cycle = models.ForeignKey(Cycle, models.PROTECT, related_name="+")
    file = models.ForeignKey(StoredFile, models.PROTECT, related_name="+")
    name = models.CharField(_("文件名"), max_length=255)

    class Meta:
        """In the order in which they came."""

        verbose_name = _("附件")
        ordering = ("id",)

    def __str__(self) -> str:
        return self.name
