"""What people choose by name and machines know by id: both ways, without a doubt."""

from collections.abc import Mapping
from dataclasses import dataclass


@dataclass(frozen=True, slots=True)
class Labels:
    """Ids with their titles; where titles would be confused, the id is the label.

    >>> levels = Labels({"national": "国家级", "city": "市级", "town": "市级"})
    >>> levels.of("national"), levels.of("city")
    ('国家级', 'city')
    >>> levels.find("国家级"), levels.find("town"), levels.find("市级"), levels.find("省级")
    ('national', 'town', None, None)
    """

    titles: Mapping[str, str]

    def of(self, name: str) -> str:
        """The label of an id; an id that is not known is its own."""
        title = self.titles.get(name, name)
        same = [other for other, its in self.titles.items() if title in (its, other)]
        return title if title and same == [name] else name

    def find(self, label: str) -> str | None:
        """The id that a label or an id stands for; ``None`` if it is none, or might be two."""
        titled = [name for name, title in self.titles.items() if title == label]
        if len(titled) == 1:
            return titled[0]
        return label if label in self.titles and not titled else None

    def all(self) -> list[str]:
        """Every label, in order."""
        return [self.of(name) for name in self.titles]
