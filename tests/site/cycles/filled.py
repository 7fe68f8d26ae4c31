"""A page's form as a browser holds it: its fields as they stand, to be changed and sent."""

from dataclasses import dataclass, field
from html.parser import HTMLParser
from typing import Any

from django.test import Client

Attributes = list[tuple[str, str | None]]


@dataclass
class Form:
    """A form: where it goes, and what its fields hold."""

    action: str
    fields: dict[str, list[str]] = field(default_factory=dict)

    def put(self, name: str, *values: str) -> None:
        """Fill a field; it must be there."""
        assert name in self.fields, (name, sorted(self.fields))
        self.fields[name] = list(values)

    def put_row(self, label_field: str, value: str, changes: dict[str, str | list[str]]) -> None:
        """Change the row of a table in which a field holds a value."""
        prefix = next(
            name.partition("-")[0]
            for name, found in self.fields.items()
            if name.endswith(label_field) and found == [value]
        )
        for name, change in changes.items():
            self.fields[f"{prefix}-{name}"] = [change] if isinstance(change, str) else change


class _Reader(HTMLParser):
    """Collects the forms of a page with the values that their fields hold."""

    def __init__(self) -> None:
        super().__init__()
        self.forms: list[Form] = []
        self.inside: Form | None = None
        self.select: str | None = None
        self.text: str | None = None

    def handle_starttag(self, tag: str, attrs: Attributes) -> None:
        found = dict(attrs)
        if tag == "form":
            self.inside = Form(found.get("action") or "")
            self.forms.append(self.inside)
        if self.inside is None or (tag != "option" and not found.get("name")):
            return
        name = found.get("name") or ""
        match tag:
            case "input" if found.get("type") in ("checkbox", "radio"):
                self.inside.fields.setdefault(name, [])
                if "checked" in found:
                    self.inside.fields[name].append(found.get("value") or "on")
            case "input":
                self.inside.fields.setdefault(name, []).append(found.get("value") or "")
            case "select":
                self.select = name
                self.inside.fields.setdefault(name, [])
            case "option" if self.select is not None and "selected" in found:
                self.inside.fields[self.select].append(found.get("value") or "")
            case "textarea":
                self.text = name
                self.inside.fields[name] = [""]

    def handle_data(self, data: str) -> None:
        if self.text is not None and self.inside is not None:
            self.inside.fields[self.text][0] += data

    def handle_endtag(self, tag: str) -> None:
        if tag == "form":
            self.inside = None
        if tag == "select":
            self.select = None
        if tag == "textarea" and self.text is not None and self.inside is not None:
            whole = self.inside.fields[self.text][0]
            self.inside.fields[self.text] = [whole.removeprefix("\n")]
            self.text = None


def forms_of(answer: Any) -> list[Form]:
    """The forms of a page."""
    reader = _Reader()
    reader.feed(answer.content.decode())
    return reader.forms


def form_of(answer: Any, end: str) -> Form:
    """The form of a page whose address ends so."""
    found = [form for form in forms_of(answer) if form.action.endswith(end)]
    assert len(found) == 1, [form.action for form in forms_of(answer)]
    return found[0]


def send(client: Client, form: Form, **extra: Any) -> Any:
    """Send a form as it stands."""
    return client.post(form.action, form.fields | extra)
