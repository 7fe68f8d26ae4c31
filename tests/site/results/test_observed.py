"""The data of a year as it is scored: filed, judged, vetoed; and what does not act."""

import json
from decimal import Decimal

import pytest

from kaohe_web.cycles.models import Cycle, Exemption
from kaohe_web.filing.models import ReportedValue, Submission
from kaohe_web.results import vetoes
from kaohe_web.results.models import DecidedVeto
from kaohe_web.results.observed import Basis, Idle, observe, score_now
from kaohe_web.results.scoring import Plain
from kaohe_web.results.standing import standing
from kaohe_web.review.models import Judgement
from results.loading import sample_city
from world import NOW


def unit_of(data: Plain, code: str) -> Plain:
    """One unit of the data."""
    found: Plain = next(unit for unit in data["units"] if unit["id"] == code)
    return found


def told(data: Plain) -> Plain:
    """Data without the keys that hold nothing, its numbers without trailing zeros."""
    units = [{key: value for key, value in unit.items() if value} for unit in data["units"]]
    return {"units": units}


def test_the_sample_city_comes_out_of_the_tables_as_it_went_in(city: Cycle) -> None:
    given = sample_city()
    for unit in given["units"]:
        unit["vetoes"] = [v if isinstance(v, dict) else {"veto": v} for v in unit.get("vetoes", [])]
    assert told(observe(city).data) == told(given)


def test_the_text_is_the_same_for_the_same_data(city: Cycle) -> None:
    first = observe(city).text
    assert json.loads(first) == observe(city).data
    assert observe(city).text == first


def test_points_on_a_part_that_its_rule_decides_rest_and_are_told(city: Cycle) -> None:
    assessed = city.units.get(unit__code="u01")
    Judgement.objects.create(
        cycle=city, assessed=assessed, part="G2.2", score="1", reason="", how="single", at=NOW
    )
    found = observe(city)
    assert "G2.2" not in unit_of(found.data, "u01")["points"]
    assert found.idle == (
        Idle(
            "u01",
            "城东区（示例）",
            "G2.2",
            "G2.2（畜禽产品监测合格率）由规则计分，不能直接给分；请删去得分，改填指标值",
        ),
    )
    ReportedValue.objects.filter(assessed=assessed, indicator="livestock_pass_rate").update(
        value="97"
    )
    found = observe(city)
    assert (unit_of(found.data, "u01")["points"]["G2.2"], found.idle) == ("1", ())


def test_points_on_an_exempt_part_rest(city: Cycle) -> None:
    assessed = city.units.get(unit__code="u01")
    Exemption.objects.create(
        cycle=city, assessed=assessed, part="M9", reason="辖区内没有", by="示例", at=NOW
    )
    found = observe(city)
    assert [(idle.part, idle.unit) for idle in found.idle] == [("M9", "u01")]
    assert unit_of(found.data, "u01")["exempt"] == {"M9": "辖区内没有"}


def test_points_on_a_part_that_is_no_more_rest(city: Cycle) -> None:
    assessed = city.units.get(unit__code="u01")
    Judgement.objects.create(
        cycle=city, assessed=assessed, part="X9", score="1", reason="", how="single", at=NOW
    )
    assert [idle.part for idle in observe(city).idle] == ["X9"]


def test_a_decided_veto_acts_on_the_grade_until_its_case_is_lifted(city: Cycle) -> None:
    assessed = city.units.get(unit__code="u01")
    before = score_now(city)[0].plain()["units"][0]
    vetoes.take_effect(assessed, "V1", case_id=7, authority="示例省局", document="示例〔2017〕1号")
    vetoes.take_effect(assessed, "V1", case_id=8)
    during = score_now(city)[0].plain()["units"][0]
    assert (before["grade"], during["grade"]) == ("A", "D")
    assert (before["total"], before["rank"]) == (during["total"], during["rank"])
    assert unit_of(observe(city).data, "u01")["vetoes"] == [
        {"veto": "V1", "authority": "示例省局", "document": "示例〔2017〕1号"}
    ]
    vetoes.lift(7)
    assert score_now(city)[0].plain()["units"][0]["grade"] == "D"
    vetoes.lift(8)
    assert score_now(city)[0].plain()["units"][0] == before
    assert not DecidedVeto.objects.filter(assessed=assessed).exists()


def test_what_is_not_submitted_counts_only_where_drafts_do(city: Cycle) -> None:
    Submission.objects.filter(assessed__unit__code="u01", part="G2.1").update(state="draft")
    for basis, known in ((Basis.SUBMITTED, False), (Basis.DRAFTS, True), (Basis.OWN, True)):
        values = unit_of(observe(city, basis).data, "u01")["indicators"]
        assert ("vegetable_pass_rate" in values) == known


def test_own_scores_stand_in_only_where_nobody_judged_yet(city: Cycle) -> None:
    Judgement.objects.filter(assessed__unit__code="u01", part__in=("M9", "M10")).delete()
    own = Submission.objects.filter(assessed__unit__code="u01")
    own.filter(part="M9").update(self_score=Decimal("0.5"), lost_reason="缺一份台账")
    own.filter(part="M10").update(self_score=Decimal(4))
    own.filter(part="M11").update(self_score=Decimal(0))
    own.filter(part="G2.1").update(self_score=Decimal(2))
    points = unit_of(observe(city, Basis.OWN).data, "u01")["points"]
    assert points["M9"] == {"score": "0.5", "reason": "部门自评：缺一份台账"}
    assert points["M11"] == {"score": "1", "reason": "材料齐全"}
    assert "M10" not in points
    assert observe(city, Basis.OWN).idle == ()
    assert "M9" not in unit_of(observe(city, Basis.DRAFTS).data, "u01")["points"]


def test_mistakes_are_told_by_unit_and_not_raised_where_things_are_only_looked_at(
    city: Cycle,
) -> None:
    ReportedValue.objects.filter(
        assessed__unit__code="u02", indicator="vegetable_pass_rate"
    ).update(value="101")
    found = standing(city, Basis.SUBMITTED)
    assert found.scored is None
    place = "计分数据:城西区（示例） indicators.vegetable_pass_rate"
    wrong = "101 大于 100；百分数应在 0–100 之间，请核对数值和单位"
    assert found.mistakes == (f"{place}: 蔬菜监测合格率（vegetable_pass_rate）：{wrong}",)


@pytest.mark.parametrize("basis", list(Basis))
def test_looking_changes_nothing(city: Cycle, basis: Basis) -> None:
    before = list(Judgement.objects.values()), list(ReportedValue.objects.values())
    standing(city, basis)
    assert (list(Judgement.objects.values()), list(ReportedValue.objects.values())) == before
