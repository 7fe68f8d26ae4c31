"""The random draw of units for site visits: computed from published words, by published steps.

1. The candidates are the units as listed, one name a line; the seed is the published text.
2. For each candidate take the SHA-256 of: the seed, a line feed, the name (UTF-8); write it in
   small hexadecimal digits.
3. Put the candidates in the order of these texts; the first ones are drawn.

Nobody can steer it who does not choose seed and list after computing it; so the seed should be
something nobody knows beforehand, and the list stand before the seed does.
"""

from collections.abc import Sequence
from dataclasses import dataclass

from django.utils.translation import gettext as _

from kaohe_web.errors import Invalid
from kaohe_web.review.chance import lot


@dataclass(frozen=True, slots=True)
class Lot:
    """A candidate with its number, and whether it is drawn."""

    name: str
    number: str
    is_drawn: bool


def lots(candidates: Sequence[str], seed: str, many: int) -> list[Lot]:
    """Every candidate in the order of the draw, the drawn ones first.

    :raises Invalid: with everything that is wrong with the list, the seed or the number.
    """
    if problems := faults(candidates, seed, many):
        raise Invalid(problems)
    numbered = sorted((lot(seed, name), name) for name in candidates)
    return [Lot(name, number, place < many) for place, (number, name) in enumerate(numbered)]


def drawn(candidates: Sequence[str], seed: str, many: int) -> list[str]:
    """The candidates that are drawn, in the order of the draw.

    :raises Invalid: as :func:`lots`.
    """
    return [each.name for each in lots(candidates, seed, many) if each.is_drawn]


def faults(candidates: Sequence[str], seed: str, many: int) -> list[str]:
    """What is wrong with a draw; nothing if it can be made."""
    found = []
    if not candidates:
        found.append(_("候选名单是空的；请至少列一个单位"))
    twice = sorted({name for name in candidates if candidates.count(name) > 1})
    if twice:
        found.append(_("候选名单里重复：%(names)s；每个单位只列一次") % {"names": "、".join(twice)})
    if not seed.strip():
        found.append(_("请写明随机种子，例如事先说好的某期彩票开奖号码"))
    if "\n" in seed or "\r" in seed or any("\n" in name or "\r" in name for name in candidates):
        found.append(_("种子和单位名称里不能换行"))
    if not 1 <= many <= len(candidates):
        found.append(_("抽取个数应在 1–%(most)s 之间") % {"most": len(candidates) or 1})
    return found


def lines_of(text: str) -> list[str]:
    """The names in a text, one a line; empty lines and blanks around names count for nothing."""
    return [line.strip() for line in text.splitlines() if line.strip()]
