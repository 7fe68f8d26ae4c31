"""What people fill in for assignments, marks, recusals and conferences."""

from collections.abc import Mapping
from typing import TYPE_CHECKING, Any

from django import forms
from django.db.models import QuerySet
from django.utils.translation import gettext_lazy as _

from kaohe_web.cycles.models import AssessedUnit
from kaohe_web.errors import Invalid
from kaohe_web.filing.clauses import Clause
from kaohe_web.numbers import NumberInput
from kaohe_web.pages.filing.fields import Words, lines
from kaohe_web.people.models import Post
from kaohe_web.review.draws import LONGEST_SEED

LONGEST = 2000
"""Characters of a reason, a finding, a note."""

CHOOSE = _("请选择")
"""What stands in a list of choices before one is made."""

Data = Mapping[str, Any] | None


if TYPE_CHECKING:
    _One = forms.ModelChoiceField[Post]
    _Many = forms.ModelMultipleChoiceField[Post]
else:
    _One, _Many = forms.ModelChoiceField, forms.ModelMultipleChoiceField


class OneAssessor(_One):
    """One assessor, by name and login."""

    def label_from_instance(self, obj: Post) -> str:
        """The name, the login, and the unit where they come from one."""
        return named(obj)


class ManyAssessors(_Many):
    """Several assessors, by name and login."""

    def label_from_instance(self, obj: Post) -> str:
        """The name, the login, and the unit where they come from one."""
        return named(obj)


def named(post: Post) -> str:
    """An assessor as lists show them."""
    unit = f"，{post.unit.name}" if post.unit else ""
    return f"{post.user.name}（{post.user.login}{unit}）"


class Score(NumberInput):
    """Points that the rubric allows for a part."""

    def __init__(self, clause: Clause, **kwargs: Any) -> None:  # noqa: ANN401 -- Django's own signature
        self.clause = clause
        super().__init__(**kwargs)

    def clean(self, value: Any) -> Any:  # noqa: ANN401 -- Django's own signature
        """The points, or what the rubric says against them."""
        score = super().clean(value)
        part = self.clause.part
        if score is not None and (fault := part.rule.award_fault(score, part.points)):
            raise forms.ValidationError(fault)
        return score


class Decision(forms.Form):
    """Points for a part with the reason; the base of every form that decides on some."""

    def __init__(self, clause: Clause, data: Data = None, **kwargs: Any) -> None:  # noqa: ANN401 -- Django's own signature
        super().__init__(data, **kwargs)
        self.fields["score"] = Score(clause, label=_("得分"))
        self.fields["reason"] = Words(
            label=_("理由"), required=True, max_length=LONGEST, widget=lines(4)
        )


class Mark(Decision):
    """A mark."""

    version = forms.IntegerField(min_value=0, widget=forms.HiddenInput)
    filed_version = forms.IntegerField(min_value=0, widget=forms.HiddenInput)

    def __init__(self, clause: Clause, data: Data = None, **kwargs: Any) -> None:  # noqa: ANN401 -- Django's own signature
        super().__init__(clause, data, **kwargs)
        self.fields["reason"].help_text = _("满分、零分和失分都要写明依据。")


class ChangedMark(Mark):
    """A mark that is changed, and why it is."""

    def __init__(self, clause: Clause, data: Data = None, **kwargs: Any) -> None:  # noqa: ANN401 -- Django's own signature
        super().__init__(clause, data, **kwargs)
        self.fields["why"] = Words(
            label=_("修改理由"),
            required=True,
            max_length=LONGEST,
            widget=lines(2),
            help_text=_("为什么改，会留痕。"),
        )


class Held(Decision):
    """A conference as it was held."""

    version = forms.IntegerField(min_value=0, widget=forms.HiddenInput)
    attendees = Words(
        label=_("参加人"),
        required=True,
        max_length=LONGEST,
        widget=lines(3),
        help_text=_("每行一人，写明岗位。"),
    )
    minutes = Words(
        label=_("纪要"),
        required=True,
        max_length=20000,
        widget=lines(6),
        help_text=_("分歧在哪里、怎样商定。"),
    )

    def __init__(self, clause: Clause, data: Data = None, **kwargs: Any) -> None:  # noqa: ANN401 -- Django's own signature
        super().__init__(clause, data, **kwargs)
        self.fields["reason"].label = _("决定理由")
        self.fields["reason"].help_text = _("写进得分说明，被考核单位能看到。")


class Judged(Decision):
    """Other points for a part, for what a visit found."""

    seen = forms.IntegerField(min_value=0, widget=forms.HiddenInput)


class Reason(forms.Form):
    """Why something is done, and the version that was seen."""

    version = forms.IntegerField(min_value=0, widget=forms.HiddenInput)
    reason = Words(label=_("理由"), required=True, max_length=LONGEST, widget=lines(3))


class Version(forms.Form):
    """A step that needs nothing but the version that was seen."""

    version = forms.IntegerField(min_value=0, widget=forms.HiddenInput)


class PassOn(Reason):
    """Who takes an assignment over, and why."""

    field_order = ("version", "assessor", "reason")

    def __init__(self, assessors: QuerySet[Post], data: Data = None, **kwargs: Any) -> None:  # noqa: ANN401 -- Django's own signature
        super().__init__(data, **kwargs)
        self.fields["assessor"] = OneAssessor(assessors, label=_("改派给"), empty_label=CHOOSE)
        self.order_fields(self.field_order)


class Assign(forms.Form):
    """Who gets the ticked parts."""

    def __init__(self, assessors: QuerySet[Post], data: Data = None, **kwargs: Any) -> None:  # noqa: ANN401 -- Django's own signature
        super().__init__(data, **kwargs)
        self.fields["assessor"] = OneAssessor(assessors, label=_("评审员"), empty_label=CHOOSE)


class Spread(forms.Form):
    """Over whom everything is spread, and by which seed."""

    def __init__(self, assessors: QuerySet[Post], data: Data = None, **kwargs: Any) -> None:  # noqa: ANN401 -- Django's own signature
        super().__init__(data, **kwargs)
        self.fields["assessors"] = ManyAssessors(
            assessors, label=_("评审员"), widget=forms.CheckboxSelectMultiple
        )
        self.fields["seed"] = Words(
            label=_("随机种子"),
            required=True,
            max_length=LONGEST_SEED,
            help_text=_("一行文字；同样的种子、名单和待派条目得到同样的分派。"),
        )


class Recuse(forms.Form):
    """The unit that an assessor asks to be kept from, and why."""

    def __init__(self, units: QuerySet[AssessedUnit], data: Data = None, **kwargs: Any) -> None:  # noqa: ANN401 -- Django's own signature
        super().__init__(data, **kwargs)
        self.fields["unit"] = forms.ModelChoiceField(
            units, label=_("回避的单位"), empty_label=CHOOSE
        )
        self.fields["reason"] = Words(
            label=_("理由"), required=True, max_length=LONGEST, widget=lines(3)
        )


class Impose(Recuse):
    """Whom the office keeps from a unit, and why."""

    def __init__(
        self,
        assessors: QuerySet[Post],
        units: QuerySet[AssessedUnit],
        data: Data = None,
        **kwargs: Any,  # noqa: ANN401 -- Django's own signature
    ) -> None:
        super().__init__(units, data, **kwargs)
        self.fields["assessor"] = OneAssessor(assessors, label=_("评审员"), empty_label=CHOOSE)
        self.order_fields(["assessor", "unit", "reason"])


class Narrow(forms.Form):
    """The filters of a list of parts or marks."""

    state = forms.ChoiceField(label=_("状态"), required=False)
    unit = forms.ChoiceField(label=_("单位"), required=False)

    def __init__(
        self, data: Data, *, states: Mapping[str, str], units: Mapping[int, str], every: str
    ) -> None:
        super().__init__(data)
        for name, choices in (
            ("state", states.items()),
            ("unit", [(str(key), words) for key, words in units.items()]),
        ):
            field = self.fields[name]
            assert isinstance(field, forms.ChoiceField)  # noqa: S101 -- declared above
            field.choices = [("", every), *choices]

    def chosen(self, name: str) -> str:
        """What a filter is set to; nothing for a word that is none of its choices."""
        self.is_valid()
        return str(self.cleaned_data.get(name, ""))


def require_valid(form: forms.Form) -> None:
    """:raises Invalid: with everything that is wrong in a short form."""
    if not form.is_valid():
        raise Invalid(
            [
                f"{form.fields[name].label}：{error}" if name in form.fields else str(error)
                for name, errors in form.errors.items()
                for error in errors
            ]
        )
