"""The outbox: work to be done later, and messages to people, written with what causes them."""

from django.db import models
from django.utils.translation import gettext_lazy as _

from kaohe_web.people.models import Department, Unit


class Job(models.Model):
    """A piece of background work; whoever holds its lease does it, once in effect."""

    class State(models.TextChoices):
        """Its way; what failed for good waits for a person."""

        WAITING = "waiting", _("等待")
        RUNNING = "running", _("进行中")
        DONE = "done", _("完成")
        FAILED = "failed", _("失败")
        DROPPED = "dropped", _("已放弃")

    kind = models.CharField(_("种类"), max_length=40)
    key = models.CharField(_("去重键"), max_length=200, unique=True)
    payload = models.TextField(_("参数（JSON）"))
    state = models.CharField(_("状态"), max_length=8, choices=State, default=State.WAITING)
    attempts = models.PositiveIntegerField(_("次数"), default=0)
    run_after = models.DateTimeField(_("最早执行"))
    lease = models.CharField(_("租约"), max_length=64, blank=True)
    lease_until = models.DateTimeField(_("租约到期"), null=True, blank=True)
    error = models.TextField(_("错误"), blank=True)
    progress = models.PositiveSmallIntegerField(_("进度（%）"), default=0)
    result = models.TextField(_("结果（JSON）"), blank=True)
    asked_by = models.CharField(_("发起人"), max_length=200, blank=True)
    made_at = models.DateTimeField(_("建立时间"))
    done_at = models.DateTimeField(_("完成时间"), null=True, blank=True)

    class Meta:
        """The next one first."""

        ordering = ("run_after", "id")
        indexes = (models.Index(fields=["state", "run_after"], name="job_next"),)

    def __str__(self) -> str:
        return f"{self.kind} {self.key}"


class Urge(models.Model):
    """That somebody pressed a unit or a department to do what is due (催办).

    ``cycle`` is the key of the year, without a foreign key: the years stand above this room.
    """

    cycle = models.BigIntegerField(_("考核年度"), db_index=True)
    unit = models.ForeignKey(Unit, models.PROTECT, related_name="+", verbose_name=_("单位"))
    department = models.ForeignKey(
        Department, models.PROTECT, null=True, blank=True, related_name="+", verbose_name=_("部门")
    )
    """Empty: the unit's own office was pressed."""
    from_unit = models.BooleanField(_("由本单位催办"), default=False)
    """Whether the unit's own office pressed its department; else the assessment office did."""
    text = models.TextField(_("内容"))
    by = models.CharField(_("催办人"), max_length=200)
    at = models.DateTimeField(_("时间"))

    class Meta:
        """The latest first."""

        ordering = ("-at", "-id")

    def __str__(self) -> str:
        return f"{self.unit} · {self.department}" if self.department else str(self.unit)


class Notice(models.Model):
    """A message to one person (站内消息), written in the transaction of what it tells of.

    ``post`` is the id of the post it was meant for; on handover it goes with the post.
    """

    class Kind(models.TextChoices):
        """What it is about."""

        TODO = "todo", _("待办")
        REMINDER = "reminder", _("提醒")
        URGE = "urge", _("催办")
        NEWS = "news", _("通知")

    post = models.ForeignKey("people.Post", models.CASCADE, related_name="notices")
    kind = models.CharField(_("种类"), max_length=10, choices=Kind)
    title = models.CharField(_("标题"), max_length=200)
    text = models.TextField(_("内容"), blank=True)
    link = models.CharField(_("链接"), max_length=300, blank=True)
    key = models.CharField(_("去重键"), max_length=200, unique=True)
    urge = models.ForeignKey(Urge, models.SET_NULL, null=True, blank=True, related_name="notices")
    made_at = models.DateTimeField(_("时间"))
    read_at = models.DateTimeField(_("阅读时间"), null=True, blank=True)

    class Meta:
        """The latest first."""

        ordering = ("-made_at", "-id")
        indexes = (models.Index(fields=["post", "read_at"], name="notice_unread"),)

    def __str__(self) -> str:
        return self.title


class Delivery(models.Model):
    """That a notice was told to somebody, by which channel, and how it went (提醒记录)."""

    class Channel(models.TextChoices):
        """How; other channels come later and read the same outbox."""

        PAGE = "page", _("站内")

    notice = models.ForeignKey(Notice, models.CASCADE, related_name="deliveries")
    channel = models.CharField(_("渠道"), max_length=10, choices=Channel, default=Channel.PAGE)
    at = models.DateTimeField(_("时间"))
    outcome = models.CharField(_("结果"), max_length=100, default="已送达")

    def __str__(self) -> str:
        return f"{self.notice} {self.channel}"


class Reminder(models.Model):
    """That a post was reminded of something due: at which step before or after its day (提醒).

    ``subject`` is the room and year of what is due; ``step`` the days that were left.
    """

    post = models.ForeignKey("people.Post", models.CASCADE, related_name="reminders")
    subject = models.CharField(_("事项"), max_length=100)
    due = models.DateField(_("截止"))
    step = models.SmallIntegerField(_("剩余天数"))
    notice = models.ForeignKey(Notice, models.CASCADE, related_name="reminders")
    at = models.DateTimeField(_("时间"))

    class Meta:
        """Once per step."""

        ordering = ("-at", "-id")
        constraints = (
            models.UniqueConstraint(
                fields=["post", "subject", "due", "step"], name="reminded_once"
            ),
        )

    def __str__(self) -> str:
        return f"{self.subject} {self.due}"
