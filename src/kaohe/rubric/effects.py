"""What acts across items: a grade fixed, capped or lowered; items emptied; the total reduced."""

from dataclasses import dataclass
from decimal import Decimal

from kaohe.quantity import ZERO


@dataclass(frozen=True, slots=True)
class Effects:
    """What a veto or a failed precondition does; the points of the items stay as they are.

    ``grade`` fixes the grade (一票否决), ``cap`` is the best grade still possible (一票否优),
    ``downgrade`` lowers it by so many; ``zero`` names items, parts or sections whose points do not
    count; ``deduct`` is taken from the total. Forms R14, R15, R16.
    """

    grade: str = ""
    cap: str = ""
    downgrade: int = 0
    zero: tuple[str, ...] = ()
    deduct: Decimal = ZERO

    @property
    def nothing(self) -> bool:
        """Whether it has no effect at all."""
        return self == Effects()
