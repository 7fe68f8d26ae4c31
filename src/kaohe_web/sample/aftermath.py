"""What followed in the sample city: announced results, an appeal, a veto case, an order to mend."""

import datetime as dt

from kaohe_web.clock import day_of
from kaohe_web.cycles.models import AssessedUnit
from kaohe_web.followup import appeals, rectifications, veto_cases
from kaohe_web.followup.models import Rectification, VetoCase
from kaohe_web.people.models import Post
from kaohe_web.results import runs
from kaohe_web.results.losses import losses_of
from kaohe_web.results.models import ScoringRun, UnitResult
from kaohe_web.sample import evidence
from kaohe_web.sample.city import City
from kaohe_web.sample.clock import Diary

APPEALED = ("u02", "M23")
VETOED = "u04"
MENDED = "u05"
TO_MEND = "u06"


def announce(city: City, diary: Diary) -> None:
    """Score the year and announce what came of it."""
    made = runs.run(city.cycle, by=city.office, at=diary.ago(7), after=0, reason="文审和核查结束")
    runs.announce(made, by=city.office, at=diary.ago(6), version=made.version)


def follow_up(city: City, diary: Diary) -> None:
    """One unit appeals, another was heard on an event; of two that must mend, one has reported."""
    open_veto_case(city, diary)
    answer_veto_case(city, diary)
    appeal(city, diary)
    order_to_mend(city, MENDED, diary.ago(5), diary)
    report_mended(city, diary)
    order_to_mend(city, TO_MEND, diary.ago(1), diary)


def open_veto_case(city: City, diary: Diary) -> None:
    """An event that an authority has determined, of which the unit is told and heard."""
    assessed = unit(city, VETOED)
    first, _ = diary.year()
    veto = city.rubric.vetoes[0]
    case = veto_cases.open_case(
        assessed,
        by=city.office,
        at=diary.ago(5),
        veto=veto.id,
        event="辖区一类产品发生批量不合格，涉及多家企业（示例）",
        on_day=first + dt.timedelta(days=150),
    )
    veto_cases.determine(
        case,
        by=city.office,
        at=diary.ago(4),
        version=VetoCase.objects.get(pk=case.pk).version,
        authority="示例省市场监督管理局",
        document="示例监函〔2026〕6 号",
        answers=dict.fromkeys(veto.test, True),
        text="经调查认定属区域性产品质量安全事件",
    )
    veto_cases.notify_unit(
        case,
        by=city.office,
        at=diary.ago(3),
        version=VetoCase.objects.get(pk=case.pk).version,
        text="拟按否决项处理，请陈述申辩",
        document="示例质强办函〔2026〕12 号",
        until=day_of(diary.now) + dt.timedelta(days=5),
    )


def answer_veto_case(city: City, diary: Diary) -> None:
    """The unit has stated its defence: the case waits for the leaders' decision."""
    case = VetoCase.objects.get(assessed__unit__code=VETOED)
    veto_cases.answer(
        case,
        by=city.people.actor(f"{VETOED}-zhiqiangban"),
        at=diary.ago(2),
        version=case.version,
        text="事件发生后已全部召回并公告，涉事企业均已停产整顿，请酌情考虑（示例）",
    )


def appeal(city: City, diary: Diary) -> None:
    """An appeal that waits for its reviewer."""
    code, part = APPEALED
    lodged = appeals.lodge(
        result(city, code),
        by=city.people.actor(f"{code}-zhiqiangban"),
        at=diary.ago(3, minute=30),
        part=part,
        grounds="另有两个乡镇（街道）的会商记录已在补充材料中，请复核。",
    )
    marked = set(
        city.cycle.assignments.filter(assessed=lodged.assessed, part=part).values_list(
            "assessor", flat=True
        )
    )
    reviewer = Post.objects.filter(role="assessor").exclude(pk__in=marked).order_by("pk")[0]
    appeals.take(
        lodged,
        by=city.office,
        at=diary.ago(2),
        version=lodged.version,
        reviewer=reviewer,
        due_on=day_of(diary.now) + dt.timedelta(days=7),
    )


def order_to_mend(city: City, code: str, at: dt.datetime, diary: Diary) -> None:
    """The part that cost a unit most is to be mended."""
    of = result(city, code)
    lost = losses_of(of)
    part = max(lost, key=lambda name: (lost[name], name))
    rectifications.order(
        of,
        by=city.office,
        at=at,
        part=part,
        demand="查明原因，制定措施，三个月内见效，并报送佐证材料",
        due_on=day_of(diary.now) + dt.timedelta(days=60),
    )


def report_mended(city: City, diary: Diary) -> None:
    """One unit has mended what it was told to: the office is to look at its report."""
    row = Rectification.objects.get(assessed__unit__code=MENDED)
    by, at = city.people.actor(f"{MENDED}-zhiqiangban"), diary.ago(1)
    plan = "落实责任部门，补建台账，每月核对一次，并组织一次全员培训。"
    rectifications.plan(row, by=by, at=diary.ago(4), version=row.version, text=plan)
    row.refresh_from_db()
    paper = evidence.scan(row.assessed, "整改情况报告", 81, by=by, at=at)
    done = "台账已补建并核对，培训已完成，详见附件。"
    rectifications.report(row, by=by, at=at, version=row.version, text=done, papers=[paper])


def unit(city: City, code: str) -> AssessedUnit:
    """A unit of the year."""
    return city.cycle.units.select_related("unit", "cycle__edition").get(unit__code=code)


def result(city: City, code: str) -> UnitResult:
    """A unit's result in the announced run."""
    run = ScoringRun.objects.get(cycle=city.cycle, state=ScoringRun.State.ANNOUNCED)
    return run.units.select_related("run__cycle", "assessed__unit").get(assessed__unit__code=code)
