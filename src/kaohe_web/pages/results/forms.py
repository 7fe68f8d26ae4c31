"""What is typed on the pages of results: reasons, objections, answers, filters."""

from django import forms
from django.utils.translation import gettext_lazy as _

LONG = forms.Textarea(attrs={"rows": 3})


class Versioned(forms.Form):
    """A step of a thing that the person saw in this version."""

    version = forms.IntegerField(widget=forms.HiddenInput)


class Run(forms.Form):
    """Asking for a scoring; ``after`` is the number of the last run that the person saw."""

    after = forms.IntegerField(widget=forms.HiddenInput, min_value=0)
    reason = forms.CharField(
        label=_("这次计分的原因"),
        max_length=500,
        widget=LONG,
        help_text=_("例如：初评结束；申诉采纳后重新计分。会写入留痕。"),
    )


class Announce(Versioned):
    """Announcing a run whose units are all settled."""


class AnnounceOpen(Versioned):
    """Announcing a run in which something is still open."""

    open_reason = forms.CharField(label=_("得分未定仍公示的理由"), max_length=1000, widget=LONG)


class Approve(Versioned):
    """Approving a run."""

    note = forms.CharField(label=_("批示"), max_length=1000, widget=LONG, required=False)


class Finalise(Versioned):
    """Making a run final."""


class Objection(forms.Form):
    """Objecting to one's own result."""

    text = forms.CharField(
        label=_("异议内容和理由"),
        max_length=4000,
        widget=forms.Textarea(attrs={"rows": 4}),
        help_text=_("写明对哪一条有异议、依据什么材料。公示期内提出，考核办会答复。"),
    )


class Answer(Versioned):
    """Answering an objection."""

    text = forms.CharField(label=_("答复"), max_length=4000, widget=LONG)


class Narrowing(forms.Form):
    """The filters of a ranking; they stand in the address, as does the basis of a live one."""

    basis = forms.CharField(widget=forms.HiddenInput, required=False)
    group = forms.ChoiceField(label=_("参评范围"), required=False)
    grade = forms.ChoiceField(label=_("等级"), required=False)
    show = forms.ChoiceField(
        label=_("只看"),
        required=False,
        choices=[
            ("", _("全部")),
            ("open", _("得分未定")),
            ("veto", _("有否决项")),
        ],
    )

    def __init__(self, data: object, groups: list[str], grades: list[str], *, moved: bool) -> None:
        super().__init__(data, auto_id="filter_%s")  # type: ignore[arg-type]  # a QueryDict
        everything = [("", _("全部"))]
        self.fields["group"].choices = [*everything, *((g, g) for g in groups)]  # type: ignore[attr-defined]  # a ChoiceField
        named = [(grade, grade) for grade in grades]
        self.fields["grade"].choices = [*everything, *named, ("-", _("未定"))]  # type: ignore[attr-defined]  # the same
        if moved:
            shown = [*self.fields["show"].choices, ("moved", _("比上次有变动"))]  # type: ignore[attr-defined]  # the same
            self.fields["show"].choices = shown  # type: ignore[attr-defined]  # the same
