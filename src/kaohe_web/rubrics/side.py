"""One of two rubrics that are compared: its parts as printed and as read, and its words."""

from collections.abc import Iterable
from dataclasses import dataclass

from kaohe.rubric.interpretation import interpret
from kaohe.rubric.model import Part, Rubric
from kaohe.wording.sentences import rule_sentence
from kaohe.wording.words import Lang, Words

FILED = ("value", "target", "tally", "previous")
"""The needs of a rule that somebody has to file; means and places are worked out of these."""

Ask = tuple[str, str, str]
"""What is filed by whom: ``units`` or ``none`` (a data provider), the need, the indicator."""


@dataclass(frozen=True, slots=True)
class Side:
    """A rubric laid out for comparing."""

    rubric: Rubric
    interpreted: Rubric
    words: Words
    printed: dict[str, Part]
    read: dict[str, Part]
    pointers: dict[str, tuple[str, ...]]
    sections: dict[str, str]
    asks: frozenset[Ask]

    @classmethod
    def of(cls, rubric: Rubric, lang: Lang) -> "Side":
        """The rubric laid out, its words in that language."""
        pointers: dict[str, tuple[str, ...]] = {}
        sections: dict[str, str] = {}
        for criterion in rubric.all_criteria():
            for part in criterion.parts:
                pointers[part.id] = tuple(dict.fromkeys((*criterion.reading, *part.reading)))
        for section in rubric.all_sections():
            for criterion in section.criteria:
                sections |= {part.id: section.title for part in criterion.parts}
        interpreted = interpret(rubric)
        read = {part.id: part for part in interpreted.all_parts()}
        return cls(
            rubric=rubric,
            interpreted=interpreted,
            words=Words.of(rubric, lang),
            printed={part.id: part for part in rubric.all_parts()},
            read=read,
            pointers=pointers,
            sections=sections,
            asks=frozenset(ask for part in read.values() for ask in asked(part)),
        )

    def rule(self, part_id: str) -> str:
        """The rule of a part in words, as it is read."""
        part = self.read[part_id]
        return rule_sentence(part.rule, part.points, self.words)

    def list(self, names: Iterable[str]) -> str:
        """Names in a row."""
        return ("、" if self.words.lang == "zh" else ", ").join(names)


def asked(part: Part) -> frozenset[Ask]:
    """What has to be filed for a part."""
    needs = (need for need in part.rule.needs() if need.kind in FILED)
    return frozenset((part.filing, need.kind, str(need.indicator)) for need in needs)
