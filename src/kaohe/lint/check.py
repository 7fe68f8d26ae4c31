"""The register of checks: each a generator of flaws with a code; its docstring is its page."""

import inspect
from collections.abc import Callable, Iterable, Iterator
from dataclasses import dataclass

from kaohe.lint.examined import Examined
from kaohe.lint.finding import Finding, Flaw, Severity

Run = Callable[[Examined], Iterable[Flaw]]


@dataclass(frozen=True, slots=True)
class Check:
    """A check: its code, how grave its findings are unless they say so, and what runs it."""

    code: str
    severity: Severity
    run: Run

    @property
    def name(self) -> str:
        """The sentence that holds where the check finds nothing, as a Python name."""
        return self.run.__name__

    @property
    def page(self) -> str:
        """Its page in the manual: what, why, where it was seen, how to mend."""
        return inspect.cleandoc(self.run.__doc__ or "")

    def findings(self, seen: Examined) -> Iterator[Finding]:
        """What it finds in a rubric."""
        for flaw in self.run(seen):
            severity = flaw.severity or self.severity
            yield Finding(self.code, severity, flaw.place, flaw.message, flaw.subject)


CHECKS: dict[str, Check] = {}
"""Every check by its code; filled as the modules of checks are read."""


def check(code: str, severity: Severity) -> Callable[[Run], Run]:
    """Enter a generator of flaws into the register under its code."""

    def enter(run: Run) -> Run:
        assert code not in CHECKS, f"{code} is taken"  # noqa: S101 -- a mistake of ours
        CHECKS[code] = Check(code, severity, run)
        return run

    return enter
