"""What can be followed up from a score sheet: an appeal against a part, an order to mend it."""

from kaohe.quantity import write_number
from kaohe_web.cycles.models import Cycle
from kaohe_web.errors import WrongState
from kaohe_web.followup import lodging
from kaohe_web.pages.asked import Asked
from kaohe_web.pages.cycles.around import here
from kaohe_web.people import rights
from kaohe_web.results.losses import losses_before, losses_of
from kaohe_web.results.models import UnitResult
from kaohe_web.results.queries import PUBLIC


def follow_ups(request: Asked, result: UnitResult) -> dict[str, object]:
    """Where an appeal and an order begin, as far as the person may; and what was lost again."""
    found: dict[str, object] = {"lost_again": lost_again(result)}
    cycle, by = result.run.cycle, request.by
    if rights.may(by, "appeals.lodge") and in_time(request, result):
        found["appeal_href"] = here(cycle, "appeal_new")
    orders = rights.may(by, "rectification.order") and cycle.state == Cycle.State.OPEN
    if orders and result.run.state in PUBLIC:
        found["order_href"] = here(cycle, "rectification_order", result_id=result.pk)
    return found


def in_time(request: Asked, result: UnitResult) -> bool:
    """Whether an appeal may be lodged now."""
    try:
        lodging.require_time(result, request.at)
    except WrongState:
        return False
    return True


def lost_again(result: UnitResult) -> list[str]:
    """The parts that lost points this year and the year before, with what they lost then."""
    before = losses_before(result.run.cycle).get(result.assessed.unit.code, {})
    return [
        f"{part}（{write_number(before[part])}）" for part in losses_of(result) if part in before
    ]
