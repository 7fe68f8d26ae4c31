"""Accounts, the bodies that people work for, and the posts that give them rights."""

import datetime as dt

from django.contrib.auth.base_user import AbstractBaseUser, BaseUserManager
from django.contrib.sessions.base_session import AbstractBaseSession
from django.db import models
from django.utils.translation import gettext_lazy as _

from kaohe_web.people.sealed import SealedField


class Role(models.TextChoices):
    """What a post is for; the rights of each are in ``people.rights``."""

    OFFICE = "office", _("考核办")
    UNIT_OFFICE = "unit_office", _("被考核单位质强办")
    LIAISON = "liaison", _("联络员")
    PROVIDER = "provider", _("数据提供单位")
    ASSESSOR = "assessor", _("评审员")
    LEADER = "leader", _("领导小组")
    SYSTEM_OFFICER = "system_officer", _("系统管理员")
    SECURITY_OFFICER = "security_officer", _("安全管理员")
    AUDIT_OFFICER = "audit_officer", _("审计管理员")


OFFICERS = (Role.SYSTEM_OFFICER, Role.SECURITY_OFFICER, Role.AUDIT_OFFICER)
"""The three officers (三员); no person holds two of them, nor one of them and another post."""

SECOND_FACTOR = (*OFFICERS, Role.ASSESSOR)
"""The roles that sign in with a second factor."""


class Unit(models.Model):
    """An assessed unit (被考核单位) as a body that lasts over the years."""

    code = models.CharField(_("代码"), max_length=20, unique=True)
    name = models.CharField(_("名称"), max_length=100, unique=True)
    position = models.PositiveIntegerField(_("排序"), default=0)

    class Meta:
        """In the official order."""

        ordering = ("position", "code")

    def __str__(self) -> str:
        return self.name


class Department(models.Model):
    """A department of a unit that answers for clauses (负责部门)."""

    unit = models.ForeignKey(
        Unit, models.PROTECT, related_name="departments", verbose_name=_("单位")
    )
    name = models.CharField(_("名称"), max_length=100)
    aliases = models.CharField(_("别名"), max_length=300, blank=True, help_text=_("用顿号隔开"))
    position = models.PositiveIntegerField(_("排序"), default=0)

    class Meta:
        """In the official order; names are unique within a unit."""

        ordering = ("unit", "position", "id")
        constraints = (
            models.UniqueConstraint(fields=["unit", "name"], name="department_once_per_unit"),
        )

    def __str__(self) -> str:
        return self.name


class Provider(models.Model):
    """A body that enters values for every unit (数据提供单位、第三方)."""

    name = models.CharField(_("名称"), max_length=100, unique=True)
    aliases = models.CharField(_("别名"), max_length=300, blank=True, help_text=_("用顿号隔开"))

    class Meta:
        """By name."""

        ordering = ("name",)

    def __str__(self) -> str:
        return self.name


class Users(BaseUserManager["User"]):
    """Accounts by login."""

    def get_by_natural_key(self, username: str | None) -> "User":
        """The account of a login, in lower case."""
        return self.get(login=(username or "").lower())


class User(AbstractBaseUser):
    """A person's account; what it may do comes from its posts."""

    login = models.CharField(_("用户名"), max_length=40, unique=True)
    name = models.CharField(_("姓名"), max_length=50)
    is_active = models.BooleanField(_("启用"), default=True)
    expires_on = models.DateField(_("到期日"), null=True, blank=True)
    password_at = models.DateTimeField(_("密码修改时间"), null=True, blank=True)
    stamp = models.PositiveIntegerField(default=0)
    """Raised by everything that must end all sessions: a disable, a new password, a reset."""
    totp = SealedField(_("动态口令密钥"), blank=True)
    totp_used = models.BigIntegerField(default=0)
    """The last time step whose code was used: no code works twice."""
    made_at = models.DateTimeField()
    seen_at = models.DateTimeField(_("上次登录"), null=True, blank=True)
    enabled_at = models.DateTimeField(null=True, blank=True)
    """When the security officer last enabled it: from then on it is again not idle."""
    last_login = None

    USERNAME_FIELD = "login"
    objects = Users()

    class Meta:
        """By login."""

        ordering = ("login",)

    def __str__(self) -> str:
        return f"{self.name}（{self.login}）"


class Post(models.Model):
    """A role that a person holds in a body, from a day to a day (岗位)."""

    user = models.ForeignKey(User, models.PROTECT, related_name="posts", verbose_name=_("人员"))
    role = models.CharField(_("角色"), max_length=20, choices=Role)
    unit = models.ForeignKey(Unit, models.PROTECT, null=True, blank=True, verbose_name=_("单位"))
    department = models.ForeignKey(
        Department, models.PROTECT, null=True, blank=True, verbose_name=_("部门")
    )
    provider = models.ForeignKey(
        Provider, models.PROTECT, null=True, blank=True, verbose_name=_("数据提供单位")
    )
    first_day = models.DateField(_("开始"))
    last_day = models.DateField(_("结束"), null=True, blank=True)
    cleared = models.BooleanField(_("可阅敏感材料"), default=False)

    class Meta:
        """A post has the body that its role needs, and no other."""

        ordering = ("id",)
        constraints = (
            models.CheckConstraint(
                name="post_has_its_body",
                condition=(
                    models.Q(role="liaison", department__isnull=False, provider__isnull=True)
                    | models.Q(role="unit_office", unit__isnull=False, department__isnull=True)
                    | models.Q(role="provider", provider__isnull=False, department__isnull=True)
                    | models.Q(
                        role__in=[
                            "office",
                            "assessor",
                            "leader",
                            "system_officer",
                            "security_officer",
                            "audit_officer",
                        ],
                        department__isnull=True,
                        provider__isnull=True,
                    )
                ),
            ),
        )

    def __str__(self) -> str:
        unit = self.department.unit if self.department else self.unit
        bodies = (unit, self.department, self.provider)
        named = [str(body) for body in bodies if body is not None]
        return " · ".join([*named, self.get_role_display()])

    @property
    def title(self) -> str:
        """The post in words."""
        return str(self)

    def holds_on(self, day: dt.date) -> bool:
        """Whether the post is held on a day; both ends are held."""
        return self.first_day <= day and (self.last_day is None or day <= self.last_day)


class Handover(models.Model):
    """A post that went from one person to another, with everything that hangs on it (移交)."""

    post = models.ForeignKey(Post, models.PROTECT, related_name="handovers", verbose_name=_("岗位"))
    giver = models.ForeignKey(User, models.PROTECT, related_name="given", verbose_name=_("移交人"))
    taker = models.ForeignKey(User, models.PROTECT, related_name="taken", verbose_name=_("接收人"))
    moved = models.TextField(_("随岗位移交的事项（JSON）"))
    by = models.CharField(_("经办"), max_length=200)
    reason = models.TextField(_("原因"))
    at = models.DateTimeField(_("时间"))

    class Meta:
        """The latest first."""

        ordering = ("-at", "-id")

    def __str__(self) -> str:
        return f"{self.giver.name} → {self.taker.name}"


class Session(AbstractBaseSession):
    """A browser's session; its key is kept as a hash, so that no copy of the database opens one."""

    session_key = models.CharField(max_length=64, primary_key=True)
    user = models.ForeignKey(User, models.CASCADE, null=True, related_name="sessions")
    began_at = models.DateTimeField(_("登录时间"), null=True)
    used_at = models.DateTimeField(_("最近使用"), null=True)
    address = models.CharField(_("来源地址"), max_length=64, blank=True)
    browser = models.CharField(_("浏览器"), max_length=100, blank=True)


class Link(models.Model):
    """A one-time link by which a person sets a password: an invitation or a reset.

    Only the hash of its secret is kept. Without ``user`` it makes the first account of an empty
    installation.
    """

    user = models.ForeignKey(User, models.CASCADE, null=True, related_name="links")
    digest = models.CharField(max_length=64, unique=True)
    made_at = models.DateTimeField()
    ends_at = models.DateTimeField()
    used_at = models.DateTimeField(null=True, blank=True)


class RecoveryCode(models.Model):
    """A code that stands in once for a lost second factor; only its hash is kept."""

    user = models.ForeignKey(User, models.CASCADE, related_name="recovery_codes")
    digest = models.CharField(max_length=64)
    used_at = models.DateTimeField(null=True, blank=True)


class SignInFailure(models.Model):
    """A failed sign-in, by login and address: enough of them lock the pair for a while.

    A login that nobody has is kept as a hash: people type passwords there.
    """

    login = models.CharField(max_length=150)
    address = models.CharField(max_length=64)
    at = models.DateTimeField()

    class Meta:
        """Found by the pair."""

        indexes = (models.Index(fields=["login", "address", "at"], name="failure_pair"),)


class UsedPassword(models.Model):
    """The hash of an earlier password, so that none of the last ones comes back."""

    user = models.ForeignKey(User, models.CASCADE, related_name="used_passwords")
    hash = models.CharField(max_length=200)
    at = models.DateTimeField()


class Contact(models.Model):
    """One line of the contact list (附件2 联系人员名单); telephone and mail are sealed."""

    unit = models.ForeignKey(
        Unit, models.PROTECT, null=True, blank=True, verbose_name=_("所在单位")
    )
    department = models.ForeignKey(
        Department, models.PROTECT, null=True, blank=True, verbose_name=_("部门")
    )
    provider = models.ForeignKey(
        Provider, models.PROTECT, null=True, blank=True, verbose_name=_("数据提供单位")
    )
    body = models.CharField(_("所在单位"), max_length=200)
    name = models.CharField(_("姓名"), max_length=50)
    gender = models.CharField(_("性别"), max_length=4, blank=True)
    duty = models.CharField(_("职务"), max_length=50, blank=True)
    phone = SealedField(_("办公电话"), blank=True)
    mobile = SealedField(_("手机"), blank=True)
    fax = SealedField(_("传真"), blank=True)
    email = SealedField(_("电子邮件"), blank=True)
    version = models.PositiveIntegerField(default=1)

    class Meta:
        """In the order of the list."""

        ordering = ("unit__position", "body", "id")

    def __str__(self) -> str:
        return f"{self.body} {self.name}"
