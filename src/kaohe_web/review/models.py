"""Judging: who judges what, each mark, what came of it, visits and draws."""

from django.db import models
from django.utils.translation import gettext_lazy as _

from kaohe_web.cycles.models import AssessedUnit, Cycle
from kaohe_web.filing.models import StoredFile
from kaohe_web.numbers import NumberField
from kaohe_web.people.models import Post


class Recusal(models.Model):
    """An assessor who does not judge a unit (回避), by their own word or the office's."""

    cycle = models.ForeignKey(Cycle, models.CASCADE, related_name="recusals")
    assessor = models.ForeignKey(Post, models.PROTECT, related_name="recusals")
    assessed = models.ForeignKey(AssessedUnit, models.CASCADE, related_name="recusals")
    reason = models.TextField(_("理由"))
    by = models.CharField(_("提出人"), max_length=200)
    at = models.DateTimeField(_("时间"))

    class Meta:
        """Once per unit."""

        constraints = (
            models.UniqueConstraint(fields=["assessor", "assessed"], name="recused_once"),
        )

    def __str__(self) -> str:
        return f"{self.assessor} / {self.assessed}"


class Assignment(models.Model):
    """A part of a unit that an assessor judges, independently of the others (评审任务).

    ``turn`` 1 and 2 are the independent marks; 3 is the third mark that a disagreement calls.
    ``order`` is the assessor's own random order of work. The mark itself lives here too, with the
    version of the filing that it was given on: what was filed anew since then is seen from it.
    """

    class State(models.TextChoices):
        """Whether the mark is given."""

        OPEN = "open", _("待评")
        GIVEN = "given", _("已评")

    cycle = models.ForeignKey(Cycle, models.CASCADE, related_name="assignments")
    assessed = models.ForeignKey(AssessedUnit, models.CASCADE, related_name="assignments")
    part = models.CharField(_("条目"), max_length=40)
    assessor = models.ForeignKey(Post, models.PROTECT, related_name="assignments")
    turn = models.PositiveSmallIntegerField(_("第几人"), default=1)
    order = models.PositiveIntegerField(default=0)
    state = models.CharField(_("状态"), max_length=8, choices=State, default=State.OPEN)
    score = NumberField(_("得分"), null=True, blank=True)
    reason = models.TextField(_("理由"), blank=True)
    given_at = models.DateTimeField(_("评分时间"), null=True, blank=True)
    filed_version = models.PositiveIntegerField(null=True, blank=True)
    version = models.PositiveIntegerField(default=1)

    class Meta:
        """One assessor marks a part of a unit once; each turn is taken once."""

        ordering = ("order", "id")
        constraints = (
            models.UniqueConstraint(fields=["assessed", "part", "turn"], name="turn_once"),
            models.UniqueConstraint(fields=["assessed", "part", "assessor"], name="marks_once"),
            models.CheckConstraint(
                name="mark_has_score",
                condition=models.Q(state="open") | models.Q(score__isnull=False),
            ),
        )

    def __str__(self) -> str:
        return f"{self.assessed} {self.part}（{self.turn}）"


class Judgement(models.Model):
    """The points that a part of a unit was given in the end, and how that came about (评定)."""

    class How(models.TextChoices):
        """Where the points come from."""

        SINGLE = "single", _("一人评分")
        MEAN = "mean", _("两人平均")
        THIRD = "third", _("第三人评分")
        CONFERENCE = "conference", _("会商")
        VISIT = "visit", _("实地核查")
        APPEAL = "appeal", _("申诉决定")

    assessed = models.ForeignKey(AssessedUnit, models.CASCADE, related_name="judgements")
    cycle = models.ForeignKey(Cycle, models.CASCADE, related_name="judgements")
    part = models.CharField(_("条目"), max_length=40)
    score = NumberField(_("得分"))
    reason = models.TextField(_("理由"))
    how = models.CharField(_("方式"), max_length=12, choices=How)
    by = models.CharField(_("评定人"), max_length=300)
    at = models.DateTimeField(_("时间"))
    version = models.PositiveIntegerField(default=1)

    class Meta:
        """One in force per part."""

        ordering = ("assessed", "id")
        constraints = (models.UniqueConstraint(fields=["assessed", "part"], name="judgement_once"),)

    def __str__(self) -> str:
        return f"{self.assessed} {self.part}"


class Conference(models.Model):
    """A meeting over marks too far apart (会商), with its minutes and what it decided.

    ``held_at`` is empty while it is only called.
    """

    assessed = models.ForeignKey(AssessedUnit, models.CASCADE, related_name="conferences")
    cycle = models.ForeignKey(Cycle, models.CASCADE, related_name="conferences")
    part = models.CharField(_("条目"), max_length=40)
    called_by = models.CharField(_("召集人"), max_length=200)
    called_at = models.DateTimeField(_("召集时间"))
    attendees = models.TextField(_("参加人"), blank=True)
    minutes = models.TextField(_("纪要"), blank=True)
    score = NumberField(_("决定得分"), null=True, blank=True)
    reason = models.TextField(_("决定理由"), blank=True)
    held_at = models.DateTimeField(_("结束时间"), null=True, blank=True)
    version = models.PositiveIntegerField(default=1)

    class Meta:
        """The latest first; one under way per part."""

        ordering = ("-called_at", "-id")
        constraints = (
            models.UniqueConstraint(
                fields=["assessed", "part"],
                condition=models.Q(held_at__isnull=True),
                name="conference_one_called",
            ),
            models.CheckConstraint(
                name="conference_decides",
                condition=models.Q(held_at__isnull=True) | models.Q(score__isnull=False),
            ),
        )

    def __str__(self) -> str:
        return f"{self.assessed} {self.part}"


class Draw(models.Model):
    """A random draw of units for site visits; anybody can run it again from what it publishes.

    A draw is never changed or removed; why there is another one stands in its ``note``.
    """

    cycle = models.ForeignKey(Cycle, models.CASCADE, related_name="draws")
    seed = models.CharField(_("随机种子"), max_length=200)
    candidates = models.TextField(_("候选名单（每行一个）"))
    many = models.PositiveIntegerField(_("抽取个数"))
    drawn = models.TextField(_("抽中（每行一个）"))
    note = models.TextField(_("说明"), blank=True)
    by = models.CharField(_("抽取人"), max_length=200)
    at = models.DateTimeField(_("时间"))

    class Meta:
        """The latest first."""

        ordering = ("-at", "-id")

    def __str__(self) -> str:
        return f"{self.cycle} {self.seed}"


class Visit(models.Model):
    """A site visit to a unit (实地核查): drawn, or chosen by the office with a reason."""

    cycle = models.ForeignKey(Cycle, models.CASCADE, related_name="visits")
    assessed = models.ForeignKey(AssessedUnit, models.CASCADE, related_name="visits")
    draw = models.ForeignKey(Draw, models.PROTECT, null=True, blank=True, related_name="visits")
    on_day = models.DateField(_("日期"), null=True, blank=True)
    team = models.TextField(_("核查组"), blank=True)
    reason = models.TextField(_("指定核查的理由"), blank=True)
    closed_at = models.DateTimeField(_("结束时间"), null=True, blank=True)
    version = models.PositiveIntegerField(default=1)

    class Meta:
        """One per unit."""

        ordering = ("assessed__position", "id")
        constraints = (models.UniqueConstraint(fields=["cycle", "assessed"], name="visit_once"),)

    def __str__(self) -> str:
        return f"{self.assessed}"


class Finding(models.Model):
    """What a visit found for a part (核查发现)."""

    visit = models.ForeignKey(Visit, models.CASCADE, related_name="findings")
    cycle = models.ForeignKey(Cycle, models.CASCADE, related_name="findings")
    part = models.CharField(_("条目"), max_length=40)
    text = models.TextField(_("发现"))
    file = models.ForeignKey(StoredFile, models.PROTECT, null=True, blank=True)
    name = models.CharField(_("附件名"), max_length=255, blank=True)
    by = models.CharField(_("记录人"), max_length=200)
    at = models.DateTimeField(_("时间"))

    class Meta:
        """In the order of the records."""

        ordering = ("id",)

    def __str__(self) -> str:
        return f"{self.visit} {self.part}"
