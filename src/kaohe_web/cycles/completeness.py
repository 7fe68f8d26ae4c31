"""What a year still lacks before it can be opened, and what is worth a second look; all at once."""

from collections.abc import Iterator
from dataclasses import dataclass

from django.utils.translation import gettext as _

from kaohe.rubric.interpretation import interpret
from kaohe.rubric.model import Rubric
from kaohe_web.cycles.asks import judged, means_needed, title_of, with_targets
from kaohe_web.cycles.duties import Division
from kaohe_web.cycles.models import AssessedUnit, Cycle, Duty, StageKind
from kaohe_web.cycles.provided import unprovided
from kaohe_web.cycles.queries import rubric_of
from kaohe_web.cycles.readings import register
from kaohe_web.cycles.waiting import without_lead

SHOWN = 8
"""How many of a long list a sentence names."""


@dataclass(frozen=True, slots=True)
class Lack:
    """One thing: which page it is mended on, in words, and whether the year waits for it."""

    page: str
    sentence: str
    stops: bool = True


def lacks(cycle: Cycle) -> list[Lack]:
    """Everything that is missing or doubtful, what stops the opening first."""
    rubric = rubric_of(cycle)
    units = list(cycle.units.select_related("unit"))
    found = [
        *of_units(cycle, rubric, units),
        *of_calendar(cycle, rubric),
        *of_duties(cycle, rubric, units),
        *of_provided(cycle, rubric),
        *of_readings(cycle),
        *of_references(cycle, rubric, units),
    ]
    return sorted(found, key=lambda lack: not lack.stops)


def of_units(cycle: Cycle, rubric: Rubric, units: list[AssessedUnit]) -> Iterator[Lack]:
    """The units that are assessed."""
    if not units:
        yield Lack("units", _("还没有被考核单位；请在“参评单位”里选择"))
    if cycle.scope == Cycle.Scope.DISTRICT and len(units) > 1:
        yield Lack("units", _("区县自用的考核年度只能有一个单位；请在“参评单位”里只留一个"))
    kindless = [str(unit) for unit in units if rubric.unit_types and not known(unit, rubric)]
    if kindless:
        yield Lack("units", _("还没有选类别的单位：%(units)s") % {"units": some(kindless)})


def known(unit: AssessedUnit, rubric: Rubric) -> bool:
    """Whether the rubric knows the kind of a unit."""
    return unit.type in rubric.unit_types


def of_calendar(cycle: Cycle, rubric: Rubric) -> Iterator[Lack]:
    """The stages."""
    held = set(cycle.stages.values_list("kind", flat=True))
    if StageKind.FILING not in held:
        yield Lack("calendar", _("还没有“自我评价”环节的起止日期；请设置日程"))
    if StageKind.REVIEW not in held and any(judged(part) for part in rubric.all_parts()):
        yield Lack("calendar", _("有评审打分的条目，而没有“文审初评”环节；请设置日程"))
    if StageKind.TARGETS not in held and with_targets(rubric):
        yield Lack("calendar", _("有须备案目标的指标，而没有“目标备案”环节；请设置日程"))
    left = [str(kind.label) for kind in StageKind if kind not in held]
    if left and held:
        yield Lack(
            "calendar", _("不设的环节：%(stages)s") % {"stages": "、".join(left)}, stops=False
        )


def of_duties(cycle: Cycle, rubric: Rubric, units: list[AssessedUnit]) -> Iterator[Lack]:
    """Who answers for what."""
    leads: dict[int, dict[str, Division]] = {}
    for duty in Duty.objects.filter(cycle=cycle, kind=Duty.Kind.LEAD):
        leads.setdefault(duty.assessed_id, {})[duty.part] = Division(duty.department_id)
    for unit in units:
        open_parts = [part.id for part in without_lead(unit, rubric, leads.get(unit.pk, {}))]
        if open_parts:
            yield Lack(
                "duties",
                _("%(unit)s有 %(count)s 个条目没有牵头部门：%(parts)s")
                % {"unit": unit, "count": len(open_parts), "parts": some(open_parts)},
            )


def of_provided(cycle: Cycle, rubric: Rubric) -> Iterator[Lack]:
    """Who provides what nobody files."""
    titles = [
        f"{title_of(rubric, indicator)}（{printed}）" if printed else title_of(rubric, indicator)
        for indicator, printed in unprovided(cycle, rubric)
    ]
    if titles:
        yield Lack(
            "provided", _("没有数据提供单位的指标：%(indicators)s") % {"indicators": some(titles)}
        )


def of_readings(cycle: Cycle) -> Iterator[Lack]:
    """What nobody has decided, and what nobody has signed."""
    standings = register(cycle)
    undecided = [each.reading.id for each in standings if each.state == "undecided"]
    defaults = [each.reading.id for each in standings if each.state == "default"]
    if undecided:
        yield Lack(
            "readings",
            _("尚未定的口径 %(count)s 条：%(ids)s；相关得分将是一个范围")
            % {"count": len(undecided), "ids": some(undecided)},
            stops=False,
        )
    if defaults:
        yield Lack(
            "readings",
            _("沿用默认、尚未签署的口径 %(count)s 条") % {"count": len(defaults)},
            stops=False,
        )


def of_references(cycle: Cycle, rubric: Rubric, units: list[AssessedUnit]) -> Iterator[Lack]:
    """Groups so small that a mean over them means nothing."""
    sizes: dict[str, int] = {}
    for unit in units:
        sizes[unit.group] = sizes.get(unit.group, 0) + 1
    own = [indicator for indicator, name in means_needed(interpret(rubric)) if not name]
    given = set(cycle.references.filter(mean="").values_list("group", "indicator"))
    for group, size in sizes.items():
        lacking = [title_of(rubric, i) for i in own if (group, i) not in given]
        if size == 1 and lacking:
            yield Lack(
                "references",
                _("“%(group)s”只有一个单位，还没有平均值的参考值：%(indicators)s")
                % {"group": group, "indicators": some(lacking)},
                stops=False,
            )


def some(names: list[str]) -> str:
    """The first few names of a list, and how many there are."""
    if len(names) <= SHOWN:
        return "、".join(names)
    return _("%(names)s 等 %(count)s 个") % {
        "names": "、".join(names[:SHOWN]),
        "count": len(names),
    }
