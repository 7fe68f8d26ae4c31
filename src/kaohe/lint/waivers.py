"""Which reading settles a finding, and which findings a reading brings about."""

from dataclasses import replace

from kaohe.lint.check import CHECKS
from kaohe.lint.examined import Examined
from kaohe.lint.finding import Finding
from kaohe.lint.places import pointers
from kaohe.rubric.interpretation import in_force, interpret
from kaohe.rubric.model import Rubric
from kaohe.rules.base import RuleFault

Key = tuple[str, str, str]


def examine(rubric: Rubric) -> list[Finding]:
    """What every check finds in a rubric as it stands, no reading applied."""
    seen = Examined(rubric)
    return [finding for check in CHECKS.values() for finding in check.findings(seen)]


class Waivers:
    """The rubric as printed, beside the rubric as its chosen readings have it.

    A finding is waived by the first reading that its place points at which makes it vanish, or
    else by the first whose chosen choice accepts its code.
    """

    def __init__(self, rubric: Rubric) -> None:
        self.rubric = rubric
        self.pointers = pointers(rubric)
        self.by_id = {reading.id: reading for reading in rubric.readings}
        choices = in_force(rubric)
        self.chosen = {
            reading.id: choice
            for reading in rubric.readings
            if (choice := reading.choice(choices.get(reading.id, ""))) is not None
        }
        self._keys: dict[frozenset[str], set[Key]] = {}

    def findings(self) -> list[Finding]:
        """The findings of the document, each with its waiver, and what the readings bring."""
        printed = examine(self.rubric)
        read = examine(interpret(self.rubric))
        left = {finding.key for finding in read}
        known = {finding.key for finding in printed}
        found = [replace(f, waived_by=self.waiver(f, vanishes=f.key not in left)) for f in printed]
        return found + [self.brought(finding) for finding in read if finding.key not in known]

    def waiver(self, finding: Finding, *, vanishes: bool) -> str | None:
        """The reading that settles a finding, if one does."""
        by = self.settling(finding) if vanishes else None
        return by or self.accepting(finding)

    def settling(self, finding: Finding) -> str | None:
        """The first reading that makes a finding vanish, those before it applied."""
        setters = self.setters(finding.place)
        if len(setters) == 1:
            return setters[0]
        for count in range(1, len(setters) + 1):
            if finding.key not in self.keys(frozenset(setters[:count])):
                return setters[count - 1]
        return None

    def setters(self, place: str) -> list[str]:
        """The chosen readings that a place points at and that set something there."""
        return [
            pointer
            for pointer in dict.fromkeys(self.pointers.get(place, ()))
            if pointer in self.chosen
            and any(change.place == place for change in self.chosen[pointer].set)
        ]

    def keys(self, applied: frozenset[str]) -> set[Key]:
        """The findings that are left when only some readings are applied."""
        if applied not in self._keys:
            try:
                partly = interpret(self.rubric, without=self.by_id.keys() - applied)
                self._keys[applied] = {finding.key for finding in examine(partly)}
            except RuleFault:
                self._keys[applied] = {finding.key for finding in examine(self.rubric)}
        return self._keys[applied]

    def accepting(self, finding: Finding) -> str | None:
        """The first reading, of the place or of the whole rubric, that accepts the code."""
        pointed = self.pointers.get(finding.place, ()) + self.rubric.reading
        for pointer in pointed:
            choice = self.chosen.get(pointer)
            if choice is not None and finding.code in choice.accepts:
                return pointer
        return None

    def brought(self, finding: Finding) -> Finding:
        """A finding that the document itself does not have: the chosen reading causes it."""
        named = "、".join(f"{r}={self.chosen[r].id}" for r in self.setters(finding.place))
        message = f"{finding.message}（照原文没有这个问题，由所选口径 {named or '的设置'} 带来）"
        return replace(finding, message=message, waived_by=self.accepting(finding))
