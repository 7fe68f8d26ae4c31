"""Which data provider enters which indicator for all units (数据提供)."""

import datetime as dt
from collections.abc import Mapping

from django.utils.translation import gettext as _

from kaohe.rubric.interpretation import interpret
from kaohe.rubric.model import Rubric
from kaohe.rules.base import IndicatorId
from kaohe_web.audit import trail
from kaohe_web.cycles.asks import measured, printed_provider, title_of, to_be_provided
from kaohe_web.cycles.edits import Edit, require_unchanged
from kaohe_web.cycles.matching import Bodies
from kaohe_web.cycles.models import Cycle, ProvidedIndicator
from kaohe_web.cycles.queries import rubric_of
from kaohe_web.cycles.setting_up import year_to_change
from kaohe_web.errors import Invalid
from kaohe_web.people.acting import action
from kaohe_web.people.actor import Actor
from kaohe_web.people.models import Provider


def providers(cycle: Cycle) -> dict[str, int]:
    """The provider of each indicator that has one, by key."""
    return dict(cycle.provided.values_list("indicator", "provider"))


@action("provided.set", right="cycles.set_up")
def set_providers(
    cycle: Cycle,
    /,
    *,
    by: Actor,
    at: dt.datetime,
    edits: Mapping[str, Edit[int | None]],
    reason: str = "",
) -> Cycle:
    """Say who provides an indicator; ``None`` leaves it to the units.

    :raises Invalid: for an indicator or a provider that there is not, or one that must have one.
    :raises Conflict: if somebody changed one of them meanwhile.
    """
    year = year_to_change(by, cycle, reason)
    rubric = interpret(rubric_of(year))
    known = {of.pk: of for of in Provider.objects.all()}
    problems = []
    for indicator, edit in edits.items():
        if indicator not in measured(rubric):
            problems.append(_("没有指标“%(name)s”；请刷新页面后重试") % {"name": indicator})
        elif edit.now is not None and edit.now not in known:
            problems.append(_("没有所选的数据提供单位；请从列表中选择"))
    if problems:
        raise Invalid(problems)
    standing = providers(year)

    def words(key: int | None) -> str:
        return known[key].name if key in known else "—"

    changed = require_unchanged(
        edits, standing.get, label=lambda key: title_of(rubric, key), words=words
    )
    for indicator, provider in changed.items():
        year.provided.filter(indicator=indicator).delete()
        if provider is not None:
            ProvidedIndicator.objects.create(cycle=year, indicator=indicator, provider_id=provider)
    details = {key: [words(standing.get(key)), words(now)] for key, now in changed.items()}
    trail.record("provided.set", year, by=by, at=at, reason=reason, details=details)
    return year


@action("provided.prefilled", right="cycles.set_up")
def prefill(cycle: Cycle, /, *, by: Actor, at: dt.datetime, reason: str = "") -> list[str]:
    """Give every indicator that nobody files for the provider that the rubric names.

    Names that no provider goes by are left for a person. Returns the indicators that were given.
    """
    year = year_to_change(by, cycle, reason)
    given = prefill_indicators(year, rubric_of(year))
    trail.record(
        "provided.prefilled", year, by=by, at=at, reason=reason, details={"indicators": given}
    )
    return given


def prefill_indicators(cycle: Cycle, rubric: Rubric) -> list[str]:
    """Prefill the providers of a year; the indicators that were given one."""
    bodies = Bodies.of(rubric, Provider.objects.all())
    standing = providers(cycle)
    given: list[str] = []
    for indicator, parts in to_be_provided(interpret(rubric)).items():
        meant = bodies.match(printed_provider(rubric, indicator, parts))
        if indicator not in standing and meant is not None:
            ProvidedIndicator.objects.create(cycle=cycle, indicator=indicator, provider=meant)
            given.append(str(indicator))
    return given


def unprovided(cycle: Cycle, rubric: Rubric) -> list[tuple[IndicatorId, str]]:
    """The indicators that nobody files for and nobody provides, with the printed provider."""
    standing = providers(cycle)
    return [
        (indicator, printed_provider(rubric, indicator, parts))
        for indicator, parts in to_be_provided(interpret(rubric)).items()
        if indicator not in standing
    ]
