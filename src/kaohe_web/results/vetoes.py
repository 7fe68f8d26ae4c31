"""What a decided veto does to scores: written when a case is decided, removed when it is lifted."""

from kaohe_web.cycles.models import AssessedUnit
from kaohe_web.results.models import DecidedVeto


def take_effect(
    assessed: AssessedUnit, veto: str, *, case_id: int, authority: str = "", document: str = ""
) -> DecidedVeto:
    """From now on the veto acts on the unit's grade: part of the action that decides the case."""
    effect, _ = DecidedVeto.objects.update_or_create(
        case_id=case_id,
        defaults={
            "assessed": assessed,
            "cycle_id": assessed.cycle_id,
            "veto": veto,
            "authority": authority,
            "document": document,
        },
    )
    return effect


def lift(case_id: int) -> None:
    """From now on the case acts on nothing: part of the action that lifts it."""
    DecidedVeto.objects.filter(case_id=case_id).delete()
