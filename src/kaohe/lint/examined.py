"""A rubric under examination, with what several checks ask of it worked out once."""

from functools import cached_property
from typing import NamedTuple

import kaohe.lint.laddered
import kaohe.lint.measured  # noqa: F401 -- both register their profiles
from kaohe.lint.profile import Profile, Setting, profile
from kaohe.rubric.model import Criterion, Part, Rubric


class Look(NamedTuple):
    """A part, the criterion it stands in, and the profile of its rule."""

    criterion: Criterion
    part: Part
    profile: Profile


class Examined:
    """A rubric and the profiles of its parts, in document order."""

    def __init__(self, rubric: Rubric) -> None:
        self.rubric = rubric

    @cached_property
    def looks(self) -> tuple[Look, ...]:
        """Every part with its profile."""
        indicators = self.rubric.indicators
        return tuple(
            Look(criterion, part, profile(part.rule, Setting(part.points, indicators)))
            for criterion in self.rubric.all_criteria()
            for part in criterion.parts
        )

    def title(self, indicator: str) -> str:
        """The printed name of an indicator, or its id where it has none."""
        for known in self.rubric.indicators.values():
            if known.id == indicator:
                return known.title
        return indicator
