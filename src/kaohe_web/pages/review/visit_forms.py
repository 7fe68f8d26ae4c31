"""What people fill in for draws and site visits."""

from typing import Any

from django import forms
from django.db.models import QuerySet
from django.utils.translation import gettext_lazy as _

from kaohe_web.cycles.models import AssessedUnit
from kaohe_web.filing.clauses import Clause
from kaohe_web.pages.filing.fields import Words, lines
from kaohe_web.pages.review.forms import CHOOSE, LONGEST, Data
from kaohe_web.review.drawing import faults, lines_of
from kaohe_web.review.draws import LONGEST_SEED


class DrawUnits(forms.Form):
    """A draw to be made."""

    seed = Words(
        label=_("随机种子"),
        required=True,
        max_length=LONGEST_SEED,
        help_text=_("用事先约定、事后人人可查、谁也预料不到的一行文字，例如某期彩票的开奖号码。"),
    )
    many = forms.IntegerField(
        label=_("抽取个数"), min_value=1, widget=forms.TextInput(attrs={"inputmode": "numeric"})
    )

    def __init__(
        self,
        units: QuerySet[AssessedUnit],
        data: Data = None,
        *,
        again: bool = False,
        **kwargs: Any,  # noqa: ANN401 -- Django's own signature
    ) -> None:
        super().__init__(data, **kwargs)
        self.fields["candidates"] = forms.ModelMultipleChoiceField(
            units, label=_("候选单位"), widget=forms.CheckboxSelectMultiple
        )
        self.fields["note"] = Words(
            label=_("再抽的原因") if again else _("说明"),
            required=again,
            max_length=LONGEST,
            widget=lines(2),
            help_text=_("原来的抽取会保留，与这次并列公布。") if again else "",
        )
        self.order_fields(["candidates", "many", "seed", "note"])

    def clean(self) -> dict[str, Any]:
        """Everything that is wrong with the draw."""
        found: dict[str, Any] = super().clean() or self.cleaned_data
        if not self.errors:
            names = [unit.unit.name for unit in found["candidates"]]
            for problem in faults(names, found["seed"], found["many"]):
                self.add_error(None, problem)
        return found


class Rerun(forms.Form):
    """A draw to be computed again from what was published, by anybody."""

    seed = forms.CharField(label=_("随机种子"), max_length=LONGEST_SEED, strip=False)
    many = forms.IntegerField(
        label=_("抽取个数"), min_value=1, widget=forms.TextInput(attrs={"inputmode": "numeric"})
    )
    candidates = forms.CharField(
        label=_("候选名单"), max_length=50000, widget=lines(8), help_text=_("每行一个单位。")
    )

    def clean(self) -> dict[str, Any]:
        """Everything that is wrong with the draw."""
        found: dict[str, Any] = super().clean() or self.cleaned_data
        if not self.errors:
            found["candidates"] = lines_of(found["candidates"])
            for problem in faults(found["candidates"], found["seed"], found["many"]):
                self.add_error(None, problem)
        return found


class PlanVisit(forms.Form):
    """A unit to be visited that was not drawn, and why."""

    def __init__(self, units: QuerySet[AssessedUnit], data: Data = None, **kwargs: Any) -> None:  # noqa: ANN401 -- Django's own signature
        super().__init__(data, **kwargs)
        self.fields["unit"] = forms.ModelChoiceField(units, label=_("单位"), empty_label=CHOOSE)
        self.fields["reason"] = Words(
            label=_("指定核查的理由"), required=True, max_length=LONGEST, widget=lines(2)
        )


class Arrange(forms.Form):
    """The day of a visit, and who goes."""

    version = forms.IntegerField(min_value=0, widget=forms.HiddenInput)
    on_day = forms.DateField(
        label=_("日期"),
        required=False,
        widget=forms.DateInput(attrs={"type": "date"}, format="%Y-%m-%d"),
    )
    team = Words(
        label=_("核查组"), max_length=LONGEST, widget=lines(3), help_text=_("每行一人，写明岗位。")
    )


class AddFinding(forms.Form):
    """What was found for a part."""

    part = forms.ChoiceField(label=_("条目"), error_messages={"required": _("请选择条目")})
    text = Words(label=_("发现"), required=True, max_length=LONGEST, widget=lines(4))
    file = forms.FileField(
        label=_("附件"), required=False, help_text=_("照片、扫描件等，一个文件。")
    )

    def __init__(self, clauses: list[Clause], data: Data = None, **kwargs: Any) -> None:  # noqa: ANN401 -- Django's own signature
        super().__init__(data, **kwargs)
        part = self.fields["part"]
        assert isinstance(part, forms.ChoiceField)  # noqa: S101 -- declared above
        part.choices = [("", CHOOSE), *((each.part.id, clause_label(each)) for each in clauses)]


def clause_label(clause: Clause) -> str:
    """A clause in a list of choices: its number, its title, its points."""
    numbers = "、".join(clause.numbers)
    return f"{clause.part.id}　第 {numbers} 条 {clause.part.title}"
