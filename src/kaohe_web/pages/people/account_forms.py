"""The forms of the security officer: inviting, posts, handing over, reasons, days."""

import datetime as dt
from typing import TYPE_CHECKING, Any

from django import forms
from django.utils.translation import gettext_lazy as _

from kaohe_web.clock import day_of
from kaohe_web.pages.people.fields import DayInput, LoginInput, NameInput
from kaohe_web.people import queries
from kaohe_web.people.actor import Actor
from kaohe_web.people.models import Department, Post, Provider, Role, Unit, User
from kaohe_web.people.posts import NewPost, faults

if TYPE_CHECKING:
    from django.forms import ModelChoiceField as ModelChoice
else:

    class ModelChoice(forms.ModelChoiceField):
        """Django's choice among rows, of a type that is told."""

        def __class_getitem__(cls, _model: type) -> type:
            """The type is for the reader only."""
            return cls


ROLES = [("", _("请选择")), *Role.choices]


class Departments(ModelChoice[Department]):
    """Departments by unit and name."""

    def label_from_instance(self, obj: Department) -> str:
        """The unit stands before the department: many have one of the same name."""
        return f"{obj.unit.name} · {obj.name}"


class Accounts(ModelChoice[User]):
    """Accounts by name and login, with their posts."""

    def label_from_instance(self, obj: User) -> str:
        """Two people of one name are told apart by login and posts."""
        titles = "；".join(post.title for post in obj.posts.all())
        return f"{obj.name}（{obj.login}）{titles}"


class PostForm(forms.Form):
    """A post: its role, its body, its days."""

    role = forms.ChoiceField(label=_("角色"), choices=ROLES)
    unit: ModelChoice[Unit] = forms.ModelChoiceField(
        label=_("单位"),
        queryset=None,
        required=False,
        empty_label=_("（无）"),
        help_text=_("被考核单位质强办必选；评审员来自被考核单位的也选，系统据此回避。"),
    )
    department = Departments(
        label=_("部门"),
        queryset=None,
        required=False,
        empty_label=_("（无）"),
        help_text=_("联络员必选。"),
    )
    provider: ModelChoice[Provider] = forms.ModelChoiceField(
        label=_("数据提供单位"),
        queryset=None,
        required=False,
        empty_label=_("（无）"),
        help_text=_("数据提供单位的人员必选。"),
    )
    first_day = DayInput(label=_("任职开始"))
    last_day = DayInput(
        label=_("任职结束"), required=False, help_text=_("到当日 24 时；不定的留空。")
    )
    cleared = forms.BooleanField(label=_("可以查阅标为“敏感”的佐证材料"), required=False)

    def __init__(self, *args: Any, by: Actor, at: dt.datetime, **kwargs: Any) -> None:  # noqa: ANN401 -- Django's own signature
        super().__init__(*args, **kwargs)
        self.at = at
        self.fields["unit"].queryset = queries.units(by)  # type: ignore[attr-defined]  # a choice of rows
        self.fields["department"].queryset = queries.departments(by)  # type: ignore[attr-defined]  # the same
        self.fields["provider"].queryset = queries.providers(by)  # type: ignore[attr-defined]  # the same
        self.fields["first_day"].initial = day_of(at)

    def clean(self) -> dict[str, Any]:
        """The role has the body that it needs, and no other."""
        cleaned = super().clean() or self.cleaned_data
        if not self.errors:
            for fault in faults(self.post(), self.at):
                self.add_error(None, fault)
        return cleaned

    def post(self) -> NewPost:
        """The post that was filled in."""
        names = ("first_day", "last_day", "unit", "department", "provider", "cleared")
        return NewPost(
            role=Role(self.cleaned_data["role"]),
            **{name: self.cleaned_data[name] for name in names},
        )


class Invitation(PostForm):
    """A new account with its first post."""

    login = LoginInput()
    name = NameInput()
    expires_on = DayInput(
        label=_("账号到期日"), required=False, help_text=_("到当日 24 时；长期使用的留空。")
    )
    field_order = ("login", "name", "role", "unit", "department", "provider")

    def __init__(self, *args: Any, by: Actor, **kwargs: Any) -> None:  # noqa: ANN401 -- Django's own signature
        super().__init__(*args, by=by, **kwargs)
        self.by = by

    def clean_login(self) -> str:
        """A login that nobody has."""
        login: str = self.cleaned_data["login"]
        if queries.accounts(self.by).filter(login=login).exists():
            raise forms.ValidationError(_("已有人用这个用户名；请换一个"))
        return login

    def clean_expires_on(self) -> dt.date | None:
        """Not in the past."""
        day: dt.date | None = self.cleaned_data["expires_on"]
        if day is not None and day < day_of(self.at):
            raise forms.ValidationError(_("早于今天；请核对"))
        return day


class HandOver(forms.Form):
    """Who takes a post, and why."""

    to = Accounts(label=_("接收人"), queryset=None, empty_label=_("请选择"))
    reason = forms.CharField(
        label=_("移交原因"), max_length=300, widget=forms.Textarea(attrs={"rows": 2})
    )

    def __init__(self, *args: Any, by: Actor, post: Post, **kwargs: Any) -> None:  # noqa: ANN401 -- Django's own signature
        super().__init__(*args, **kwargs)
        takers = queries.accounts(by).filter(is_active=True).exclude(pk=post.user_id)
        self.fields["to"].queryset = takers  # type: ignore[attr-defined]  # a choice of rows


class Reason(forms.Form):
    """Why something is done to an account."""

    reason = forms.CharField(label=_("原因"), max_length=300)


class PostEnd(Reason):
    """On which day a post ends, and why."""

    last_day = DayInput(
        label=_("最后一天"), help_text=_("到当日 24 时；要立即结束，填昨天的日期。")
    )
    field_order = ("last_day", "reason")


class Expiry(forms.Form):
    """To the end of which day an account may be used."""

    expires_on = DayInput(label=_("到期日"), required=False, help_text=_("留空为长期有效。"))


class Renaming(forms.Form):
    """The name as it should be."""

    name = NameInput()


class AccountFilter(forms.Form):
    """The filters of the list of accounts."""

    words = forms.CharField(label=_("姓名或用户名"), required=False, max_length=50)
    role = forms.ChoiceField(
        label=_("角色"), required=False, choices=[("", _("全部")), *Role.choices]
    )
    state = forms.ChoiceField(
        label=_("状态"),
        required=False,
        choices=[
            ("", _("全部")),
            ("active", _("启用")),
            ("invited", _("待设密码")),
            ("idle", _("90 天未用")),
            ("expired", _("已到期")),
            ("disabled", _("已停用")),
        ],
    )
