"""The invented figures of the sample city, as the library ships them."""

import json
from functools import lru_cache
from importlib import resources
from typing import Any

Plain = dict[str, Any]


@lru_cache(maxsize=1)
def units() -> dict[str, Plain]:
    """Each unit of the sample with its values, targets, points and awards, by code."""
    text = (resources.files("kaohe") / "samples/sample-city.json").read_text("utf-8")
    read: list[Plain] = json.loads(text, parse_float=str, parse_int=str)["units"]
    return {unit["id"]: unit for unit in read}


def names() -> dict[str, str]:
    """What each unit is called, by code."""
    return {code: unit["name"] for code, unit in units().items()}


def value(code: str, indicator: str) -> str | None:
    """A unit's value of an indicator."""
    found: str | None = units()[code]["indicators"].get(indicator)
    return found


def points(code: str, part: str) -> Plain | None:
    """What assessors gave a part of a unit, with the reason."""
    found: Plain | None = units()[code]["points"].get(part)
    return found
