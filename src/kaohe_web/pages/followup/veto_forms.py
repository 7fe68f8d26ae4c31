"""What is asked for each step of a veto case."""

from typing import Any

from django import forms
from django.http import QueryDict
from django.utils.translation import gettext_lazy as _

from kaohe.rubric.grading import Veto
from kaohe_web.cycles.models import AssessedUnit
from kaohe_web.followup import veto_cases
from kaohe_web.followup.models import VetoCase
from kaohe_web.pages.asked import Asked
from kaohe_web.pages.cycles.fields import DayField
from kaohe_web.pages.followup.fields import Papers, name, statement
from kaohe_web.pages.followup.step_form import StepForm


class OpenCase(forms.Form):
    """Opening a case."""

    assessed = forms.ModelChoiceField(
        AssessedUnit.objects.none(), label=_("被考核单位"), empty_label=_("请选择")
    )
    veto = forms.ChoiceField(label=_("否决项"))
    on_day = DayField(label=_("事件发生日期"))
    event = statement(_("事件"), help_text=_("写明时间、地点、经过和造成的后果"))
    papers = Papers()

    def __init__(
        self,
        *args: Any,  # noqa: ANN401 -- Django's own signature
        units: Any,  # noqa: ANN401 -- a queryset of units
        vetoes: tuple[Veto, ...],
    ) -> None:
        super().__init__(*args)
        self.fields["assessed"].queryset = units  # type: ignore[attr-defined]  # a ModelChoiceField
        self.fields["veto"].choices = [(veto.id, veto.title) for veto in vetoes]  # type: ignore[attr-defined]  # a ChoiceField


class Determine(StepForm[VetoCase]):
    """Who determined the event, and the answer to each legal test."""

    authority = name(_("认定机关"))
    document = name(_("认定文号"))
    text = statement(_("认定意见"))
    papers = Papers(label=_("认定文件"))

    def __init__(self, row: VetoCase, request: Asked, data: QueryDict | None = None) -> None:
        super().__init__(row, request, data)
        tests = veto_cases.veto_of(row.cycle, row.veto).test
        self.tests = {f"test_{number}": test for number, test in enumerate(tests)}
        for key, question in self.tests.items():
            self.fields[key] = forms.ChoiceField(
                label=question,
                choices=[("yes", _("是")), ("no", _("否"))],
                widget=forms.RadioSelect,
            )
        self.order_fields(["authority", "document", *self.tests])

    def clean(self) -> dict[str, Any]:
        """The answers by their questions."""
        given = super().clean() or {}
        said = {test: given.pop(key, "") for key, test in self.tests.items()}
        answers = {test: answer == "yes" for test, answer in said.items() if answer}
        return {**given, "answers": answers}


class NotifyUnit(StepForm[VetoCase]):
    """Telling the unit."""

    document = name(_("告知文号"))
    until = DayField(label=_("陈述申辩截止"), help_text=_("到当日 24 时为止"))
    text = statement(_("告知内容"), help_text=_("告知以后，单位能看到本案的全部步骤和附件"))
    papers = Papers(label=_("告知书"))


class StateDefence(StepForm[VetoCase]):
    """The unit's statement of defence."""

    text = statement(_("陈述申辩"))
    papers = Papers()

    @property
    def why_not(self) -> str:
        """That its time is over."""
        return veto_cases.why_unanswerable(self.row, self.request.at)


class Decide(StepForm[VetoCase]):
    """The decision that the veto acts."""

    document = name(_("决定文号"))
    text = statement(_("决定及理由"))
    papers = Papers(label=_("决定书"))

    @property
    def why_not(self) -> str:
        """That the unit is still to be heard, or that the legal test is not met."""
        return veto_cases.why_undecidable(self.row, self.request.at)


class Dismiss(StepForm[VetoCase]):
    """The decision that there is no veto."""

    text = statement(_("理由"))
    papers = Papers()


class Lift(StepForm[VetoCase]):
    """Lifting a decided veto."""

    document = name(_("解除文号"))
    text = statement(_("解除的理由"))
    papers = Papers()
