"""What is filed in a year: values, submissions clause by clause, awards, evidence, papers."""

from django.db import models
from django.utils.translation import gettext_lazy as _

from kaohe_web.cycles.models import AssessedUnit, Cycle
from kaohe_web.numbers import NumberField
from kaohe_web.people.models import Department, Provider


class ReportedValue(models.Model):
    """One value of an indicator for one unit (填报数据、监测值), with who says so."""

    class State(models.TextChoices):
        """Whether there is a number, and if not, why not: none of these is zero."""

        VALUE = "value", _("有数值")
        NONE = "none", _("无此项")
        PENDING = "pending", _("待定")
        SEE_NOTE = "see_note", _("见说明")

    assessed = models.ForeignKey(AssessedUnit, models.CASCADE, related_name="values")
    cycle = models.ForeignKey(Cycle, models.CASCADE, related_name="values")
    indicator = models.CharField(_("指标"), max_length=80)
    value = NumberField(_("数值"), null=True, blank=True)
    before = NumberField(_("上年数值"), null=True, blank=True)
    rolled = models.BooleanField(_("上年数值由上年度结转"), default=False)
    """Whether ``before`` is last year's own value: then nobody types over it."""
    state = models.CharField(_("情况"), max_length=10, choices=State, default=State.VALUE)
    note = models.CharField(_("说明"), max_length=500, blank=True)
    source = models.CharField(_("来源"), max_length=200, blank=True)
    entered_by = models.CharField(_("填报人"), max_length=200, blank=True)
    entered_at = models.DateTimeField(_("填报时间"), null=True, blank=True)
    version = models.PositiveIntegerField(default=1)

    class Meta:
        """One per indicator."""

        ordering = ("assessed", "indicator")
        constraints = (
            models.UniqueConstraint(fields=["assessed", "indicator"], name="value_once"),
            models.CheckConstraint(
                name="number_or_why_none",
                condition=models.Q(state="value") | models.Q(value__isnull=True),
            ),
        )

    def __str__(self) -> str:
        return f"{self.assessed} {self.indicator}"


class Submission(models.Model):
    """What a department files for one part (报送): self-score and reason, on its way upward.

    ``version`` stands for the values entered with it too. ``accepted`` is what it held when the
    unit's office last accepted it, as canonical JSON: what changed since is counted from there.
    """

    class State(models.TextChoices):
        """Its way: only what is returned opens again."""

        DRAFT = "draft", _("填报中")
        HANDED_IN = "handed_in", _("待审核")
        CHECKED = "checked", _("审核通过")
        SUBMITTED = "submitted", _("已提交")
        MISSING = "missing", _("确认缺报")
        RETURNED = "returned", _("已退回")

    assessed = models.ForeignKey(AssessedUnit, models.CASCADE, related_name="submissions")
    cycle = models.ForeignKey(Cycle, models.CASCADE, related_name="submissions")
    part = models.CharField(_("条目"), max_length=40)
    department = models.ForeignKey(Department, models.PROTECT, verbose_name=_("牵头部门"))
    state = models.CharField(_("状态"), max_length=10, choices=State, default=State.DRAFT)
    self_score = NumberField(_("自评得分"), null=True, blank=True)
    lost_reason = models.TextField(_("失分原因"), blank=True)
    note = models.TextField(_("备注"), blank=True)
    returned_note = models.TextField(_("退回理由"), blank=True)
    returned_by = models.CharField(_("退回人"), max_length=200, blank=True)
    returned_at = models.DateTimeField(_("退回时间"), null=True, blank=True)
    due_on = models.DateField(_("退回后的补报截止"), null=True, blank=True)
    missing_reason = models.TextField(_("缺报原因"), blank=True)
    accepted = models.TextField(_("审核通过时的内容（JSON）"), blank=True)
    handed_in_at = models.DateTimeField(_("报审时间"), null=True, blank=True)
    submitted_at = models.DateTimeField(_("提交时间"), null=True, blank=True)
    version = models.PositiveIntegerField(default=1)

    class Meta:
        """One per part and unit."""

        ordering = ("assessed", "id")
        constraints = (
            models.UniqueConstraint(fields=["assessed", "part"], name="submission_once"),
            models.CheckConstraint(
                name="return_has_reason",
                condition=~models.Q(state="returned")
                | models.Q(returned_at__isnull=False) & ~models.Q(returned_note=""),
            ),
            models.CheckConstraint(
                name="missing_has_reason",
                condition=~models.Q(state="missing") | ~models.Q(missing_reason=""),
            ),
        )

    def __str__(self) -> str:
        return f"{self.assessed} {self.part}"


class AwardEntry(models.Model):
    """One thing in a register (奖项登记): counted by the rubric's rules, once at its highest."""

    assessed = models.ForeignKey(AssessedUnit, models.CASCADE, related_name="awards")
    cycle = models.ForeignKey(Cycle, models.CASCADE, related_name="awards")
    department = models.ForeignKey(
        Department, models.PROTECT, null=True, blank=True, verbose_name=_("填报部门")
    )
    provider = models.ForeignKey(
        Provider, models.PROTECT, null=True, blank=True, verbose_name=_("填报的数据提供单位")
    )
    indicator = models.CharField(_("登记簿"), max_length=80)
    name = models.CharField(_("名称"), max_length=200)
    level = models.CharField(_("级别"), max_length=40)
    on_day = models.DateField(_("日期"))
    document = models.CharField(_("文号"), max_length=200)
    holder = models.CharField(_("获得者"), max_length=200, blank=True)
    approval = models.CharField(_("批准计入的依据"), max_length=200, blank=True)
    version = models.PositiveIntegerField(default=1)

    class Meta:
        """In the order of entry."""

        ordering = ("assessed", "id")

    def __str__(self) -> str:
        return self.name


class StoredFile(models.Model):
    """A file in the store, by the hash of its content; who uploads it again finds it here."""

    sha256 = models.CharField(primary_key=True, max_length=64)
    size = models.BigIntegerField(_("大小（字节）"))
    type = models.CharField(_("类型"), max_length=40)
    pages = models.PositiveIntegerField(_("页数"), null=True, blank=True)
    stored_at = models.DateTimeField(_("存入时间"))

    def __str__(self) -> str:
        return self.sha256[:12]


class Evidence(models.Model):
    """A file that a unit puts forward as evidence (佐证材料), with the period it covers."""

    class Label(models.TextChoices):
        """Who may see it: what is sensitive is seen by those who decide on it."""

        INTERNAL = "internal", _("内部")
        SENSITIVE = "sensitive", _("敏感")

    assessed = models.ForeignKey(AssessedUnit, models.CASCADE, related_name="evidence")
    cycle = models.ForeignKey(Cycle, models.CASCADE, related_name="evidence")
    department = models.ForeignKey(
        Department, models.PROTECT, null=True, blank=True, verbose_name=_("上传部门")
    )
    file = models.ForeignKey(StoredFile, models.PROTECT, related_name="evidence")
    name = models.CharField(_("文件名"), max_length=255)
    label = models.CharField(_("标记"), max_length=10, choices=Label, default=Label.INTERNAL)
    period_first = models.DateField(_("材料所属期间起"), null=True, blank=True)
    period_last = models.DateField(_("材料所属期间止"), null=True, blank=True)
    replaces = models.OneToOneField(
        "self", models.PROTECT, null=True, blank=True, related_name="replaced_by"
    )
    uploaded_by = models.CharField(_("上传人"), max_length=200)
    uploaded_at = models.DateTimeField(_("上传时间"))
    withdrawn_at = models.DateTimeField(_("撤下时间"), null=True, blank=True)
    version = models.PositiveIntegerField(default=1)

    class Meta:
        """The latest first."""

        ordering = ("-uploaded_at", "-id")

    def __str__(self) -> str:
        return self.name


class EvidenceUse(models.Model):
    """A part that a file is evidence for, and the page to look at."""

    evidence = models.ForeignKey(Evidence, models.CASCADE, related_name="uses")
    submission = models.ForeignKey(Submission, models.CASCADE, related_name="evidence_uses")
    page = models.PositiveIntegerField(_("页码"), null=True, blank=True)
    note = models.CharField(_("说明"), max_length=200, blank=True)
    version = models.PositiveIntegerField(default=1)

    class Meta:
        """Once per part."""

        ordering = ("id",)
        constraints = (
            models.UniqueConstraint(fields=["evidence", "submission"], name="evidence_used_once"),
        )

    def __str__(self) -> str:
        return f"{self.evidence} → {self.submission}"


class Paper(models.Model):
    """A sealed paper's scan or a report that a department or unit hands in (盖章件、自评报告)."""

    class Kind(models.TextChoices):
        """What it is."""

        TARGETS = "targets", _("目标备案表（盖章）")
        SELF_SCORE = "self_score", _("自评得分表（盖章）")
        SELF_REPORT = "self_report", _("自评报告")

    assessed = models.ForeignKey(AssessedUnit, models.CASCADE, related_name="papers")
    cycle = models.ForeignKey(Cycle, models.CASCADE, related_name="papers")
    department = models.ForeignKey(
        Department, models.PROTECT, null=True, blank=True, verbose_name=_("部门（空为全单位）")
    )
    kind = models.CharField(_("种类"), max_length=12, choices=Kind)
    file = models.ForeignKey(StoredFile, models.PROTECT, related_name="papers")
    name = models.CharField(_("文件名"), max_length=255)
    uploaded_by = models.CharField(_("上传人"), max_length=200)
    uploaded_at = models.DateTimeField(_("上传时间"))
    superseded_at = models.DateTimeField(_("被替换时间"), null=True, blank=True)

    class Meta:
        """The latest first."""

        ordering = ("-uploaded_at", "-id")

    def __str__(self) -> str:
        return self.name


class WorkbookUpload(models.Model):
    """A filled workbook that came back (填报表、数据表), kept between its preview and its import.

    Whose it is stands in ``department`` or ``provider``; neither is the office's of a district.
    """

    cycle = models.ForeignKey(Cycle, models.CASCADE, related_name="workbooks")
    department = models.ForeignKey(
        Department, models.PROTECT, null=True, blank=True, verbose_name=_("部门")
    )
    provider = models.ForeignKey(
        Provider, models.PROTECT, null=True, blank=True, verbose_name=_("数据提供单位")
    )
    file = models.ForeignKey(StoredFile, models.PROTECT, related_name="workbooks")
    name = models.CharField(_("文件名"), max_length=255)
    uploaded_by = models.CharField(_("上传人"), max_length=200)
    uploaded_at = models.DateTimeField(_("上传时间"))
    imported_at = models.DateTimeField(_("导入时间"), null=True, blank=True)
    written = models.PositiveIntegerField(_("写入几处"), default=0)

    class Meta:
        """The latest first."""

        ordering = ("-uploaded_at", "-id")

    def __str__(self) -> str:
        return self.name


class SignOff(models.Model):
    """A unit's signature under its filing (签署提交): who, when, with which words."""

    assessed = models.OneToOneField(AssessedUnit, models.CASCADE, related_name="sign_off")
    cycle = models.ForeignKey(Cycle, models.CASCADE, related_name="sign_offs")
    by = models.CharField(_("签署人"), max_length=200)
    at = models.DateTimeField(_("时间"))
    note = models.TextField(_("说明"), blank=True)

    def __str__(self) -> str:
        return f"{self.assessed}"
