"""Anything of a rubric in one line, as its author writes it; and what two of them differ in."""

import dataclasses
from typing import Any

from kaohe.reading.writer import Plain, write_fields, write_value


def plain_words(value: Any) -> str:  # noqa: ANN401 -- anything that a rubric holds
    """A value in one line: ``provider: 市质监局；decimals: 2``."""
    if value is None:
        return ""
    return one_line(write_value(value))


def apart(old: Any, new: Any) -> tuple[str, str]:  # noqa: ANN401 -- two of one kind, or nothing
    """Two things of one kind in a line each, cut down to the fields they differ in."""
    if type(old) is not type(new) or not dataclasses.is_dataclass(old):
        return plain_words(old), plain_words(new)
    same = tuple(
        field.name
        for field in dataclasses.fields(old)
        if getattr(old, field.name) == getattr(new, field.name)
    )
    return one_line(write_fields(old, skip=same)), one_line(write_fields(new, skip=same))


def one_line(plain: Plain) -> str:
    """Plain data without line ends; what stands inside is set in brackets."""
    if isinstance(plain, str):
        return plain
    if isinstance(plain, list):
        return "、".join(map(inside, plain))
    return "；".join(f"{key}: {inside(child)}" for key, child in plain.items())


def inside(plain: Plain) -> str:
    """Plain data inside other."""
    return f"（{one_line(plain)}）" if isinstance(plain, dict) else one_line(plain)
