"""Whether everything that should be stored is stored, whole, and nothing else is."""

from collections.abc import Iterable
from dataclasses import dataclass

from kaohe_web.files.errors import Damaged, Missing
from kaohe_web.files.store import Store


@dataclass(frozen=True, slots=True)
class Verified:
    """What a walk over a store found; every tuple in the order of the hashes."""

    whole: int
    """How many files are what was stored."""

    missing: tuple[str, ...]
    damaged: tuple[str, ...]
    unexpected: tuple[str, ...]
    """Files nothing refers to: an upload that was broken off, or somebody's own hand."""

    @property
    def is_sound(self) -> bool:
        """Whether nothing is missing or damaged; what is unexpected harms nobody."""
        return not self.missing and not self.damaged


def verify(store: Store, expected: Iterable[str]) -> Verified:
    """Read every expected file again and compare it with its hash.

    :raises StoreUnavailable: if the store cannot be reached.
    """
    wanted, missing, damaged = sorted(set(expected)), [], []
    for sha256 in wanted:
        try:
            store.open(sha256).close()
        except Missing:
            missing.append(sha256)
        except Damaged:
            damaged.append(sha256)
    whole = len(wanted) - len(missing) - len(damaged)
    unexpected = sorted(set(store.hashes()) - set(wanted))
    return Verified(whole, tuple(missing), tuple(damaged), tuple(unexpected))
