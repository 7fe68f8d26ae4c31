"""What is asked for each step of a rectification."""

from typing import Any

from django import forms
from django.http import QueryDict
from django.utils.translation import gettext_lazy as _

from kaohe_web.followup.models import Rectification
from kaohe_web.pages.asked import Asked
from kaohe_web.pages.cycles.fields import DayField
from kaohe_web.pages.followup.fields import Papers, statement
from kaohe_web.pages.followup.step_form import StepForm


class Order(forms.Form):
    """An order to mend one part."""

    part = forms.ChoiceField(label=_("失分条目"))
    demand = statement(_("整改要求"), help_text=_("写明要改什么、改到什么程度、交什么材料"))
    due_on = DayField(label=_("整改期限"), help_text=_("到当日 24 时为止"))
    papers = Papers()

    def __init__(
        self,
        *args: Any,  # noqa: ANN401 -- Django's own signature
        parts: list[tuple[str, str]],
        part: str = "",
    ) -> None:
        super().__init__(*args)
        self.initial["part"] = part
        self.fields["part"].choices = parts  # type: ignore[attr-defined]  # a ChoiceField


class Plan(StepForm[Rectification]):
    """A plan to mend."""

    text = statement(_("整改方案"), help_text=_("措施、责任人岗位、完成时间"))
    papers = Papers()

    def __init__(self, row: Rectification, request: Asked, data: QueryDict | None = None) -> None:
        super().__init__(row, request, data)
        self.initial["text"] = row.plan


class Report(StepForm[Rectification]):
    """What was done."""

    text = statement(_("整改情况"))
    papers = Papers(label=_("佐证材料"))


class SendBack(StepForm[Rectification]):
    """Why a report is not accepted, and until when it is to be mended."""

    reason = statement(_("退回理由"))
    due_on = DayField(label=_("新的期限"))
    papers = Papers()


class Close(StepForm[Rectification]):
    """What the check found."""

    text = statement(_("检查意见"))
    papers = Papers()
