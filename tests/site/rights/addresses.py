"""Every address of the site, with the right it names and what its numbers stand for."""

import re
from collections.abc import Iterator
from dataclasses import dataclass
from typing import Any

from django.urls import URLPattern, URLResolver, get_resolver

PARAMETER = re.compile(r"<(?:\w+:)?(\w+)>")

KINDS = {
    "appeal_id": "appeal",
    "assessed_id": "assessed",
    "assignment_id": "assignment",
    "award_id": "award",
    "case_id": "case",
    "conference_id": "conference",
    "cycle_id": "cycle",
    "draw_id": "draw",
    "evidence_id": "evidence",
    "finding_id": "finding",
    "objection_id": "objection",
    "paper_id": "step_paper",
    "rectification_id": "rectification",
    "result_id": "result",
    "run_id": "run",
    "seq": "entry",
    "submission_id": "submission",
    "visit_id": "visit",
}
"""What a number in an address stands for, by its name."""

OWN_KINDS = {
    "notice": "notice",
    "handover": "handover",
    "person": "user",
    "post_new": "user",
    "post_give": "user",
    "post": "post",
    "contact": "contact",
    "rubric": "edition",
    "unit": "unit",
    "departments": "unit",
    "department": "department",
    "provider": "provider",
    "job": "job",
    "target": "target",
    "exception": "exception",
    "exemption": "exemption",
    "evidence_detach": "use",
    "evidence_point": "use",
    "evidence": "evidence",
    "paper": "paper",
    "workbook": "workbook",
}
"""What ``pk`` stands for, by the name of the address or what it begins with."""

WORDS = {
    "form": "csv",
    "indicator": "manufacturing_pass_rate",
    "kind": "self_score",
    "number": "1",
    "reading": "G1-edges",
    "table": "ranking",
}
"""The words in addresses that are not numbers."""

OF_A_UNIT = {"assessed", "result", "visit", "finding"}
"""The kinds of things that belong to a unit as a whole: its departments share them."""


@dataclass(frozen=True, slots=True)
class Address:
    """One address: its name, its right, its methods, and what is in it."""

    name: str
    pattern: str
    right: str
    open_because: str
    methods: tuple[str, ...]
    parameters: tuple[str, ...]

    def kind(self, parameter: str) -> str:
        """What a number in it stands for; empty for a word."""
        if parameter != "pk":
            return KINDS.get(parameter, "")
        names = [self.name, self.name.split("_", maxsplit=1)[0]]
        return next(OWN_KINDS[name] for name in names if name in OWN_KINDS)

    @property
    def of_a_unit(self) -> bool:
        """Whether it names only what the departments of a unit share."""
        return set(self.kinds) <= OF_A_UNIT and "part" not in self.parameters

    @property
    def kinds(self) -> tuple[str, ...]:
        """The kinds of things that it names, without the year."""
        found = (self.kind(parameter) for parameter in self.parameters)
        return tuple(kind for kind in found if kind not in ("", "cycle"))


def addresses() -> list[Address]:
    """Every address, as the site itself has it."""
    return [address for address in walk(get_resolver(), "") if address.name]


def walk(resolver: URLResolver, before: str) -> Iterator[Address]:
    """The addresses below a resolver."""
    for pattern in resolver.url_patterns:
        text = before + str(pattern.pattern)
        if isinstance(pattern, URLResolver):
            yield from walk(pattern, text)
        elif isinstance(pattern, URLPattern):
            yield address_of(pattern, text)


def address_of(pattern: URLPattern, text: str) -> Address:
    """One address."""
    view: Any = pattern.callback
    return Address(
        name=pattern.name or "",
        pattern=text,
        right=getattr(view, "right", ""),
        open_because=getattr(view, "open_because", ""),
        methods=getattr(view, "methods", ()),
        parameters=tuple(PARAMETER.findall(text)),
    )
