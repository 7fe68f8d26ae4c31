"""Fields of this room's forms: a few sentences, and papers put forward with a step."""

from typing import Any

from django import forms
from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _

from kaohe_web.filing.stored_files import Kept, keep
from kaohe_web.pages.asked import Asked
from kaohe_web.pages.filing.fields import Words, lines

LONGEST = 4000
"""Characters of one statement: some pages of print."""

LONGEST_NAME = 200
"""Characters of a body's name or a document's number."""


def statement(label: Promise, **options: Any) -> Words:  # noqa: ANN401 -- a field's own options
    """A field for a few sentences."""
    options.setdefault("required", True)
    return Words(label=label, max_length=LONGEST, widget=lines(4), **options)


def name(label: Promise) -> Words:
    """A field for the name of a body, or for the number of a document."""
    return Words(label=label, max_length=LONGEST_NAME, required=True)


class ManyFiles(forms.FileInput):
    """The browser's own way to choose several files."""

    allow_multiple_selected = True


class Papers(forms.FileField):
    """Any number of files; its value is the list of them."""

    widget = ManyFiles

    def __init__(self, **options: Any) -> None:  # noqa: ANN401 -- a field's own options
        options.setdefault("label", _("附件"))
        options.setdefault("help_text", _("可以选多个文件，请勿上传涉密材料"))
        super().__init__(required=False, **options)

    def clean(self, data: Any, initial: Any = None) -> list[Any]:  # noqa: ANN401 -- Django's own signature
        """The files, each checked by itself."""
        return [super(Papers, self).clean(each, initial) for each in data or ()]


def kept(request: Asked, files: list[Any]) -> list[Kept]:
    """Files that were sent along, put into the store.

    :raises FileRefused: at the first that is not taken; those before it are nobody's.
    """
    return [keep(file, by=request.by, at=request.at) for file in files]
