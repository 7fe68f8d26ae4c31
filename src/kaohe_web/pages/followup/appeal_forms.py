"""What is asked for each step of an appeal."""

from typing import Any

from django import forms
from django.http import QueryDict
from django.utils.translation import gettext
from django.utils.translation import gettext_lazy as _

from kaohe_web.errors import Invalid
from kaohe_web.followup import appeals, corrections
from kaohe_web.followup.corrections import Correction
from kaohe_web.followup.models import Appeal
from kaohe_web.numbers import NumberInput
from kaohe_web.pages.asked import Asked
from kaohe_web.pages.cycles.fields import DayField
from kaohe_web.pages.filing.fields import field_of
from kaohe_web.pages.followup.fields import Papers, statement
from kaohe_web.pages.followup.step_form import StepForm
from kaohe_web.people.models import Post


class Lodge(forms.Form):
    """An appeal against one part."""

    part = forms.ChoiceField(label=_("申诉条目"))
    grounds = statement(
        _("申诉理由"), help_text=_("写明得分说明中的哪一处与事实不符、依据什么材料")
    )
    wants = NumberInput(label=_("请求得分"), required=False)
    papers = Papers(label=_("证明材料"))

    def __init__(
        self,
        *args: Any,  # noqa: ANN401 -- Django's own signature
        parts: list[tuple[str, str]],
        part: str = "",
    ) -> None:
        super().__init__(*args)
        self.initial["part"] = part
        self.fields["part"].choices = [("", _("请选择")), *parts]  # type: ignore[attr-defined]  # a ChoiceField


class Take(StepForm[Appeal]):
    """Who reviews an appeal, and until when it is to be decided."""

    reviewer = forms.ChoiceField(
        label=_("复核人"), help_text=_("没有评过这一条、不属于该单位、没有回避的评审员")
    )
    due_on = DayField(label=_("办结期限"))

    def __init__(self, row: Appeal, request: Asked, data: QueryDict | None = None) -> None:
        super().__init__(row, request, data)
        self.posts = {str(post.pk): post for post in appeals.may_review(row, request.at)}
        named = [(key, f"{post.user.name} · {post}") for key, post in self.posts.items()]
        self.fields["reviewer"].choices = named  # type: ignore[attr-defined]  # a ChoiceField
        self.initial["due_on"], self.initial["reviewer"] = row.due_on, row.reviewer_id

    def clean_reviewer(self) -> Post:
        """The post that was chosen."""
        return self.posts[self.cleaned_data["reviewer"]]

    @property
    def why_not(self) -> str:
        """That nobody may review it."""
        if self.posts:
            return ""
        return gettext(
            "没有可以复核的评审员：都评过这一条、属于该单位或已回避；请安全管理员增设岗位"
        )


class Corrected(StepForm[Appeal]):
    """What is corrected: the points, or the value of an indicator; nothing: the score stands.

    Points are asked for only where assessors' points decide the part, values only where its rule
    reads them.
    """

    def __init__(self, row: Appeal, request: Asked, data: QueryDict | None = None) -> None:
        super().__init__(row, request, data)
        self.indicators = corrections.indicators_of(row)
        asked: dict[str, forms.Field] = {}
        if corrections.takes_points(row):
            asked["score"] = NumberInput(label=_("更正后的得分"), required=False)
        for number, indicator in enumerate(self.indicators):
            title = gettext("更正后的值：%(title)s") % {"title": indicator.title}
            asked[f"value_{number}"] = field_of(indicator, label=title)
        self.corrected = tuple(asked)
        self.fields = {**asked, **self.fields}
        self.fill(corrections.proposed(row))

    def fill(self, correction: Correction) -> None:
        """Show a correction in the fields."""
        self.initial["score"] = correction.score
        for number, indicator in enumerate(self.indicators):
            same = indicator.id == correction.indicator
            self.initial[f"value_{number}"] = correction.value if same else None

    def clean(self) -> dict[str, Any]:
        """The correction in the place of its fields; what is wrong with it is said above them."""
        given = super().clean() or {}
        score, values = given.pop("score", None), {}
        for number, indicator in enumerate(self.indicators):
            value = given.pop(f"value_{number}", None)
            if value is not None:
                values[str(indicator.id)] = value
        if len(values) > 1:
            self.add_error(None, gettext("一次只能更正一个指标，请删去其中一项"))
        indicator_id, value = next(iter(values.items()), ("", None))
        correction = Correction(score, indicator_id, value)
        try:
            corrections.check(self.row, correction)
        except Invalid as refusal:
            self.add_error(None, list(refusal.problems))
        return {**given, "correction": correction}


class Try(Corrected):
    """Trying what a correction would move: it stands in the address and changes nothing."""

    def __init__(self, row: Appeal, request: Asked) -> None:
        super().__init__(row, request, request.GET if "try" in request.GET else None)
        del self.fields["version"]


class Review(Corrected):
    """The reviewer's opinion."""

    opinion = statement(_("复核意见"), help_text=_("上面不填更正值，就是建议维持原分"))
    papers = Papers()


class Uphold(Corrected):
    """The decision that corrects: by what was tried last, so that its moves have been seen."""

    decision = statement(_("决定及理由"))
    papers = Papers(label=_("决定书"))

    def __init__(self, row: Appeal, request: Asked, data: QueryDict | None = None) -> None:
        super().__init__(row, request, data)
        self.tried = Try(row, request)
        if self.tried.is_valid():
            self.fill(self.tried.cleaned_data["correction"])
        for name in self.corrected:
            self.fields[name].widget = forms.HiddenInput()

    @property
    def why_not(self) -> str:
        """That nothing is corrected, or that what was tried cannot be."""
        if self.tried.errors:
            return gettext("试算的更正不行；请改正后再试算")
        if any(self.initial[name] is not None for name in self.corrected):
            return ""
        if corrections.score_of(self.row) != self.row.score_before:
            return ""
        return gettext("要采纳，请先在上面填写更正后的得分或指标值并试算")


class Dismiss(StepForm[Appeal]):
    """The decision that the score stands."""

    decision = statement(_("决定及理由"))
    papers = Papers(label=_("决定书"))


class Withdraw(StepForm[Appeal]):
    """Taking an appeal back."""
