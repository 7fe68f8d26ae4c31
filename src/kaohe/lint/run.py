"""Linting a rubric: every check over the document as printed and as read, with waivers."""

from collections.abc import Iterable

from kaohe.lint import bands, grades, points, prose, references, sources, undecided
from kaohe.lint.finding import Finding
from kaohe.lint.places import places_in_order
from kaohe.lint.waivers import Waivers
from kaohe.quantity import exact
from kaohe.rubric.model import Rubric

FAMILIES = (points, bands, undecided, grades, references, sources, prose)
"""The modules of checks; reading them fills the register."""


def lint(rubric: Rubric) -> list[Finding]:
    """Everything found in a rubric, in document order, each with the reading that settles it."""
    with exact():
        found = Waivers(rubric).findings()
    order = places_in_order(rubric)
    return sorted(found, key=lambda finding: (order.get(finding.place, len(order)), finding.code))


def has_errors(findings: Iterable[Finding]) -> bool:
    """Whether any error is left that no reading settles."""
    return any(finding.stops for finding in findings)
