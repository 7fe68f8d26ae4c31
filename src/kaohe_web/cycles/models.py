"""A year's frame: its rubric and readings, its units, who answers for what, and its calendar."""

from django.db import models
from django.utils.translation import gettext_lazy as _

from kaohe_web.numbers import NumberField
from kaohe_web.people.models import Department, Provider, Unit
from kaohe_web.rubrics.models import RubricEdition


class Cycle(models.Model):
    """One assessment year (考核年度) of a city over its units, or of one district alone."""

    class Scope(models.TextChoices):
        """Whose year it is."""

        CITY = "city", _("全市考核各区县")
        DISTRICT = "district", _("一个区县自用")

    class State(models.TextChoices):
        """Where it stands: nobody but the office sees one that is being set up."""

        SETUP = "setup", _("筹备中")
        OPEN = "open", _("进行中")
        ARCHIVED = "archived", _("已归档")

    name = models.CharField(_("名称"), max_length=100, unique=True)
    scope = models.CharField(_("范围"), max_length=10, choices=Scope, default=Scope.CITY)
    state = models.CharField(_("状态"), max_length=10, choices=State, default=State.SETUP)
    edition = models.ForeignKey(RubricEdition, models.PROTECT, verbose_name=_("评分细则"))
    first_day = models.DateField(_("考核年度首日"))
    last_day = models.DateField(_("考核年度末日"))
    before = models.ForeignKey(
        "self", models.PROTECT, null=True, blank=True, verbose_name=_("上一年度")
    )
    threshold = NumberField(_("两人评分的分歧界限（占分值的百分之几）"), default="20")
    appeal_days = models.PositiveIntegerField(_("申诉期（天）"), default=5)
    objection_days = models.PositiveIntegerField(_("公示期（天）"), default=5)
    version = models.PositiveIntegerField(default=1)
    made_at = models.DateTimeField()
    archived_at = models.DateTimeField(null=True, blank=True)

    class Meta:
        """The latest first."""

        ordering = ("-first_day", "-id")
        constraints = (
            models.CheckConstraint(
                name="year_has_days", condition=models.Q(first_day__lte=models.F("last_day"))
            ),
        )

    def __str__(self) -> str:
        return self.name


class SettledReading(models.Model):
    """A reading (口径) settled for this year: which choice, why, signed by whom."""

    cycle = models.ForeignKey(Cycle, models.CASCADE, related_name="readings")
    reading = models.CharField(_("口径"), max_length=60)
    choice = models.CharField(_("选择"), max_length=60)
    why = models.TextField(_("理由"))
    signer = models.CharField(_("签署人"), max_length=100)
    document = models.CharField(_("文号"), max_length=100, blank=True)
    at = models.DateTimeField(_("时间"))

    class Meta:
        """One choice per reading; a change replaces it, the trail keeps both."""

        ordering = ("reading",)
        constraints = (
            models.UniqueConstraint(fields=["cycle", "reading"], name="reading_settled_once"),
        )

    def __str__(self) -> str:
        return f"{self.reading} = {self.choice}"


class StageKind(models.TextChoices):
    """The stages of a year, in their order."""

    TARGETS = "targets", _("目标备案")
    FILING = "filing", _("自我评价")
    REVIEW = "review", _("文审初评")
    VISITS = "visits", _("实地核查")
    RESULTS = "results", _("结果公示")
    APPEALS = "appeals", _("申诉")
    RECTIFICATION = "rectification", _("整改")


class Stage(models.Model):
    """A stage and its days; both are held, in Beijing time (到当日24时)."""

    cycle = models.ForeignKey(Cycle, models.CASCADE, related_name="stages")
    kind = models.CharField(_("环节"), max_length=20, choices=StageKind)
    first_day = models.DateField(_("开始"))
    last_day = models.DateField(_("截止"))

    class Meta:
        """In the order of the days."""

        ordering = ("first_day", "last_day", "id")
        constraints = (
            models.UniqueConstraint(fields=["cycle", "kind"], name="stage_once_per_cycle"),
            models.CheckConstraint(
                name="stage_has_days", condition=models.Q(first_day__lte=models.F("last_day"))
            ),
        )

    def __str__(self) -> str:
        return self.get_kind_display()


class StageException(models.Model):
    """A stage kept open or opened again for one unit or all, to a day, with a reason (例外).

    It stays on record when it is withdrawn, and only then no longer counts.
    """

    stage = models.ForeignKey(Stage, models.CASCADE, related_name="exceptions")
    cycle = models.ForeignKey(Cycle, models.CASCADE, related_name="stage_exceptions")
    unit = models.ForeignKey(
        Unit, models.PROTECT, null=True, blank=True, verbose_name=_("单位（空为全部）")
    )
    last_day = models.DateField(_("延至"))
    reason = models.TextField(_("理由"))
    by = models.CharField(_("批准人"), max_length=200)
    at = models.DateTimeField(_("时间"))
    withdrawn_at = models.DateTimeField(_("撤销时间"), null=True, blank=True)
    withdrawn_why = models.TextField(_("撤销理由"), blank=True)

    class Meta:
        """The latest first."""

        ordering = ("-at", "-id")

    def __str__(self) -> str:
        return f"{self.stage} {self.unit or ''} → {self.last_day}"


class AssessedUnit(models.Model):
    """A unit as it is assessed in one year: its kind and the cohort it is compared within."""

    cycle = models.ForeignKey(Cycle, models.CASCADE, related_name="units")
    unit = models.ForeignKey(Unit, models.PROTECT, related_name="years", verbose_name=_("单位"))
    type = models.CharField(_("类别"), max_length=60, blank=True)
    group = models.CharField(_("参评范围"), max_length=60)
    position = models.PositiveIntegerField(_("排序"), default=0)

    class Meta:
        """In the official order."""

        ordering = ("position", "unit__position", "id")
        constraints = (
            models.UniqueConstraint(fields=["cycle", "unit"], name="unit_once_per_cycle"),
        )

    def __str__(self) -> str:
        return self.unit.name


class Duty(models.Model):
    """A part of the rubric that a department answers for (负责部门：牵头、配合)."""

    class Kind(models.TextChoices):
        """Whether it leads or supports."""

        LEAD = "lead", _("牵头")
        SUPPORTING = "supporting", _("配合")

    assessed = models.ForeignKey(AssessedUnit, models.CASCADE, related_name="duties")
    cycle = models.ForeignKey(Cycle, models.CASCADE, related_name="duties")
    part = models.CharField(_("条目"), max_length=40)
    department = models.ForeignKey(
        Department, models.PROTECT, related_name="duties", verbose_name=_("部门")
    )
    kind = models.CharField(_("方式"), max_length=12, choices=Kind, default=Kind.LEAD)

    class Meta:
        """One leading department per part and unit."""

        ordering = ("assessed", "part", "kind", "id")
        constraints = (
            models.UniqueConstraint(
                fields=["assessed", "part", "department"], name="duty_once_per_department"
            ),
            models.UniqueConstraint(
                fields=["assessed", "part"],
                condition=models.Q(kind="lead"),
                name="duty_one_lead",
            ),
        )

    def __str__(self) -> str:
        return f"{self.part} {self.department}"


class InternalDeadline(models.Model):
    """An earlier last day of filing for one department, set by its unit."""

    assessed = models.ForeignKey(AssessedUnit, models.CASCADE, related_name="deadlines")
    cycle = models.ForeignKey(Cycle, models.CASCADE, related_name="deadlines")
    department = models.ForeignKey(Department, models.PROTECT, verbose_name=_("部门"))
    last_day = models.DateField(_("内部截止"))

    class Meta:
        """One per department."""

        constraints = (
            models.UniqueConstraint(
                fields=["assessed", "department"], name="deadline_once_per_department"
            ),
        )

    def __str__(self) -> str:
        return f"{self.department} {self.last_day}"


class ProvidedIndicator(models.Model):
    """An indicator that a data provider enters for every unit; the units file nothing for it."""

    cycle = models.ForeignKey(Cycle, models.CASCADE, related_name="provided")
    indicator = models.CharField(_("指标"), max_length=80)
    provider = models.ForeignKey(Provider, models.PROTECT, related_name="indicators")

    class Meta:
        """One provider per indicator."""

        ordering = ("id",)
        constraints = (
            models.UniqueConstraint(fields=["cycle", "indicator"], name="provided_once"),
        )

    def __str__(self) -> str:
        return f"{self.indicator} {self.provider}"


class Target(models.Model):
    """A unit's target for an indicator (目标值), filed by it and confirmed by the office."""

    class State(models.TextChoices):
        """Its way."""

        DRAFT = "draft", _("未报")
        FILED = "filed", _("已报备")
        RETURNED = "returned", _("已退回")
        CONFIRMED = "confirmed", _("已确认")

    assessed = models.ForeignKey(AssessedUnit, models.CASCADE, related_name="targets")
    cycle = models.ForeignKey(Cycle, models.CASCADE, related_name="targets")
    indicator = models.CharField(_("指标"), max_length=80)
    value = NumberField(_("目标值"), null=True, blank=True)
    basis = models.CharField(_("依据"), max_length=300, blank=True)
    state = models.CharField(_("状态"), max_length=10, choices=State, default=State.DRAFT)
    note = models.TextField(_("退回理由"), blank=True)
    version = models.PositiveIntegerField(default=1)

    class Meta:
        """One per indicator."""

        ordering = ("assessed", "indicator")
        constraints = (
            models.UniqueConstraint(fields=["assessed", "indicator"], name="target_once"),
        )

    def __str__(self) -> str:
        return f"{self.assessed} {self.indicator}"


class ReferenceValue(models.Model):
    """A mean that stands in for the cohort's own, or another mean that a rule names (参考值)."""

    cycle = models.ForeignKey(Cycle, models.CASCADE, related_name="references")
    group = models.CharField(_("参评范围"), max_length=60)
    indicator = models.CharField(_("指标"), max_length=80)
    mean = models.CharField(_("名称"), max_length=40, blank=True)
    """Empty: the cohort's own mean; else the name that the rubric gives, such as ``province``."""
    value = NumberField(_("数值"))
    document = models.CharField(_("依据"), max_length=300, blank=True)

    class Meta:
        """One per group, indicator and mean."""

        ordering = ("group", "indicator", "mean")
        constraints = (
            models.UniqueConstraint(
                fields=["cycle", "group", "indicator", "mean"], name="reference_once"
            ),
        )

    def __str__(self) -> str:
        return f"{self.group} {self.indicator}"


class Exemption(models.Model):
    """A part that does not apply to a unit (不适用), approved with a reason."""

    assessed = models.ForeignKey(AssessedUnit, models.CASCADE, related_name="exemptions")
    cycle = models.ForeignKey(Cycle, models.CASCADE, related_name="exemptions")
    part = models.CharField(_("条目"), max_length=40)
    reason = models.TextField(_("理由"))
    by = models.CharField(_("批准人"), max_length=200)
    at = models.DateTimeField(_("时间"))

    class Meta:
        """One per part."""

        constraints = (models.UniqueConstraint(fields=["assessed", "part"], name="exempt_once"),)

    def __str__(self) -> str:
        return f"{self.assessed} {self.part}"


class MarkingPlan(models.Model):
    """How a part is judged this year: by how many, and which reasons are offered."""

    cycle = models.ForeignKey(Cycle, models.CASCADE, related_name="marking")
    part = models.CharField(_("条目"), max_length=40)
    marks = models.PositiveSmallIntegerField(_("几人独立评分"), default=1)
    phrases = models.TextField(_("常用理由（每行一条）"), blank=True)

    class Meta:
        """One per part; one or two marks."""

        constraints = (
            models.UniqueConstraint(fields=["cycle", "part"], name="marking_once"),
            models.CheckConstraint(name="one_or_two_marks", condition=models.Q(marks__in=[1, 2])),
        )

    def __str__(self) -> str:
        return self.part
