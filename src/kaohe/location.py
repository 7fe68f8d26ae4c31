"""Where something stands in a user's file, told the way the user would point at it."""

from dataclasses import dataclass

WHOLE = "整个文件"
"""The place of a mistake that is not at any one place."""


@dataclass(frozen=True, slots=True)
class Location:
    """A file and a place in it; no place means the whole file.

    The place is ``12:5`` in YAML, ``units[0].points`` in JSON and ``指标值!D7`` in a workbook.

    >>> str(Location("data.json", "units[0].points"))
    'data.json:units[0].points'
    """

    file: str
    place: str

    def __str__(self) -> str:
        return f"{self.file}:{self.place or WHOLE}"


@dataclass(frozen=True, slots=True, order=True)
class Mistake:
    """One thing wrong in a user's file: where, what is wrong, and what to do about it."""

    at: str
    message: str

    def __str__(self) -> str:
        return f"{self.at}: {self.message}"
