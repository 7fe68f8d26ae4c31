"""Forms of the pages about rubrics: offering a text, adopting it, comparing two editions."""

from collections.abc import Sequence
from typing import Any, cast

from django import forms
from django.core.exceptions import ValidationError
from django.utils.translation import gettext_lazy as _

from kaohe.lint.finding import Finding
from kaohe.nodes import Mistaken
from kaohe_web.files.names import clean_name
from kaohe_web.pages.cycles.fields import LongText, PlainText
from kaohe_web.pages.cycles.year_forms import offer
from kaohe_web.rubrics.models import RubricEdition
from kaohe_web.rubrics.uploaded import MOST_BYTES, built_in_text, text_of


class Offer(forms.Form):
    """A rubric as it is offered: a built-in one, a file, or a text mended in the page."""

    built_in = forms.CharField(required=False, max_length=100)
    file = forms.FileField(
        label=_("YAML 文件"),
        required=False,
        widget=forms.ClearableFileInput(attrs={"accept": ".yaml,.yml"}),
        help_text=_("扩展名为 .yaml 或 .yml，UTF-8 编码，不超过 1 MB"),
    )
    text = forms.CharField(required=False, strip=False, max_length=MOST_BYTES)
    source = PlainText(required=False, max_length=200)

    def clean(self) -> dict[str, Any]:
        """The text and where it comes from, as ``text`` and ``source``."""
        found = cast("dict[str, Any]", super().clean())
        try:
            return self.offered(found)
        except Mistaken as error:
            self.add_error("file", [str(mistake) for mistake in error.mistakes])
            return found

    def offered(self, found: dict[str, Any]) -> dict[str, Any]:
        """What was offered, whichever way."""
        if found.get("built_in"):
            name = found["built_in"]
            return found | {"text": built_in_text(name), "source": f"{name}.yaml"}
        file = found.get("file")
        if file is not None:
            name = clean_name(file.name or "")
            if not name.lower().endswith((".yaml", ".yml")):
                raise ValidationError(
                    {"file": _("评分细则应是 .yaml 文件；请核对文件，或改正文件名")}
                )
            return found | {"text": text_of(file.read(MOST_BYTES + 1), name), "source": name}
        if not found.get("text"):
            raise ValidationError({"file": _("请选择一个 YAML 文件")})
        text = found["text"].replace("\r\n", "\n")
        return found | {"text": text, "source": found.get("source") or "rubric.yaml"}


class Adoption(forms.Form):
    """What is asked before a text is adopted: why each open error stands, and a note."""

    def __init__(self, findings: Sequence[Finding], data: Any = None) -> None:  # noqa: ANN401 -- Django's own
        super().__init__(data)
        self.findings = list(findings)
        for number, finding in enumerate(self.findings):
            self.fields[f"reason{number}"] = LongText(
                label=f"{finding.code} {finding.place}",
                help_text=finding.message,
                error_messages={"required": _("请写明为什么保留这个问题，或改正后重新检查")},
                widget=forms.Textarea(attrs={"rows": 2}),
            )
        self.fields["note"] = LongText(
            label=_("采用说明"), required=False, help_text=_("例如发文文号、修订内容")
        )

    @property
    def reasons(self) -> dict[tuple[str, str, str], str]:
        """Why each error stands, by the key of the finding."""
        return {
            finding.key: self.cleaned_data[f"reason{number}"]
            for number, finding in enumerate(self.findings)
        }


class Pair(forms.Form):
    """Two editions to be laid side by side."""

    old: "forms.ModelChoiceField[RubricEdition]" = forms.ModelChoiceField(
        None, label=_("原版次"), empty_label=None
    )
    new: "forms.ModelChoiceField[RubricEdition]" = forms.ModelChoiceField(
        None, label=_("新版次"), empty_label=None
    )

    def __init__(self, editions: Any, data: Any = None) -> None:  # noqa: ANN401 -- Django's own
        super().__init__(data)
        for name in ("old", "new"):
            offer(self, name, editions)
