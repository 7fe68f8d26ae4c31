"""The forms of this room: which entries, which work, what to check against."""

from collections.abc import Sequence

from django import forms
from django.core.exceptions import ValidationError
from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _

from kaohe_web.audit.anchor import Anchor, read_anchor
from kaohe_web.audit.models import Outcome
from kaohe_web.jobs.models import Job
from kaohe_web.keeping.reading import Wanted

Choices = Sequence[tuple[str, str | Promise]]
ALL = ("", _("全部"))
LONGEST_ANCHORS = 5_000


class Narrowing(forms.Form):
    """Which entries of the trail are looked for."""

    who = forms.CharField(label=_("人员"), required=False, max_length=100)
    what = forms.ChoiceField(label=_("操作"), required=False)
    outcome = forms.ChoiceField(label=_("结果"), required=False, choices=[ALL, *Outcome.choices])
    thing = forms.CharField(label=_("对象"), required=False, max_length=100)
    cycle = forms.ChoiceField(label=_("考核年度"), required=False)
    first = forms.DateField(
        label=_("从"), required=False, widget=forms.DateInput(attrs={"type": "date"})
    )
    last = forms.DateField(
        label=_("到"), required=False, widget=forms.DateInput(attrs={"type": "date"})
    )

    def __init__(self, data: object, actions: Choices, years: Choices) -> None:
        super().__init__(data)  # type: ignore[arg-type]  # a GET, or none
        self.fields["what"].choices = [ALL, *actions]  # type: ignore[attr-defined]  # a choice field has them
        self.fields["cycle"].choices = [ALL, *years]  # type: ignore[attr-defined]  # the same

    def wanted(self) -> Wanted:
        """What is asked for, as far as it can be understood."""
        return Wanted(**self.cleaned_data) if self.is_valid() else Wanted()


class Verifying(forms.Form):
    """Heads of the chain from papers and backups, to check against."""

    anchors = forms.CharField(
        label=_("凭据"),
        required=False,
        max_length=LONGEST_ANCHORS,
        widget=forms.Textarea(attrs={"rows": 2}),
        help_text=_(
            "可不填。填写正式文件页脚或备份上的“序号=sha256:…”，每行一条，能查出整条链被重写"
        ),
    )

    def clean_anchors(self) -> list[Anchor]:
        """The anchors, line by line."""
        lines = [line for line in self.cleaned_data["anchors"].splitlines() if line.strip()]
        found = [(line, read_anchor(line)) for line in lines]
        wrong = [line.strip()[:40] for line, anchor in found if anchor is None]
        if wrong:
            said = _("“%(line)s”不是凭据；应为 序号=sha256:… ，照原样抄")
            raise ValidationError([ValidationError(said, params={"line": line}) for line in wrong])
        return [anchor for _line, anchor in found if anchor is not None]


class JobNarrowing(forms.Form):
    """Which background work is shown."""

    state = forms.ChoiceField(label=_("状态"), required=False, choices=[ALL, *Job.State.choices])
    kind = forms.ChoiceField(label=_("种类"), required=False)

    def __init__(self, data: object, kinds: Choices) -> None:
        super().__init__(data)  # type: ignore[arg-type]  # a GET, or none
        self.fields["kind"].choices = [ALL, *kinds]  # type: ignore[attr-defined]  # a choice field has them


class Dropping(forms.Form):
    """Why a piece of work is given up."""

    reason = forms.CharField(label=_("理由"), max_length=300)
