"""A data provider's workbook for all units at once, and the office's of a district alone."""

import json
import time
from decimal import Decimal
from typing import Any

from evidence.desk import Desk, entries
from evidence.sheet import Sheet, seen_in
from kaohe_web.audit.models import Entry
from kaohe_web.cycles.models import AssessedUnit, Cycle, StageException
from kaohe_web.filing import provided
from kaohe_web.filing.models import ReportedValue
from kaohe_web.filing.values import ValueEntry
from kaohe_web.people.models import Unit
from world import NOW

GRID = "数据表"
RATE, SCORE = "manufacturing_pass_rate", "water_project_quality_score"


def confirm(desk: Desk, client: Any, found: Any, page: str, **sides: str) -> Any:
    """The press that takes a workbook in."""
    data = {"seen": seen_in(page), **{name.replace("_", "-"): v for name, v in sides.items()}}
    return client.post(desk.address("workbook_confirm", pk=found.pk), data, follow=True)


def held() -> dict[tuple[str, str], tuple[str, str]]:
    """What stands, by unit and indicator."""
    rows = ReportedValue.objects.select_related("assessed__unit")
    return {
        (row.assessed.unit.code, row.indicator): (
            "" if row.value is None else str(row.value),
            row.state,
        )
        for row in rows
    }


def test_a_provider_s_values_come_back_for_every_unit(desk: Desk) -> None:
    sheet = Sheet.fetched(desk, "provider")
    sheet.put(GRID, "value/u01", f"{RATE}/value", "93.2%")
    sheet.put(GRID, "value/u02", f"{RATE}/state", "待定")
    sheet.put(GRID, "value/u03", f"{SCORE}/value", "88.125")
    client, found, page = sheet.brought_back(desk, "provider", "数据表.xlsx")
    assert "已导入，写入 3 处" in confirm(desk, client, found, page).content.decode()
    assert held() == {
        ("u01", RATE): ("93.2", "value"),
        ("u02", RATE): ("", "pending"),
        ("u03", SCORE): ("88.125", "value"),
    }
    row = ReportedValue.objects.get(indicator=SCORE)
    assert (row.source, row.entered_by, row.version) == (
        "市质监局（示例）",
        "数据提供单位（示例）（市质监局（示例） · 数据提供单位）",
        1,
    )
    changes = json.loads(Entry.objects.get(what="workbook.imported").details)["changes"]
    assert changes[0] == ["城东区（示例） 制造业产品质量合格率", "数值", "", "93.2"]


def test_two_bad_cells_of_a_grid_are_told_at_their_places(desk: Desk) -> None:
    sheet = Sheet.fetched(desk, "provider")
    places = [
        sheet.put(GRID, "value/u01", f"{RATE}/value", 193),
        sheet.put(GRID, "value/u02", f"{SCORE}/value", "优"),
    ]
    sheet.put(GRID, "value/u03", f"{RATE}/value", 95)
    client, found, page = sheet.brought_back(desk, "provider", "数据表.xlsx")
    assert [place in page for place in places] == [True, True]
    assert held() == {}
    marked = Sheet.of(client.get(desk.address("workbook_marked", pk=found.pk)).content)
    assert marked.cell(GRID, "value/u01", f"{RATE}/value").value == 193


def test_a_cell_that_two_changed_is_decided_by_a_person(desk: Desk) -> None:
    sheet = Sheet.fetched(desk, "provider")
    sheet.put(GRID, "value/u01", f"{RATE}/value", "93")
    provided.enter(
        desk.world.assessed[0],
        by=desk.world.actor("provider"),
        at=NOW,
        indicator=RATE,
        version=0,
        entry=ValueEntry(Decimal(94)),
    )
    client, found, page = sheet.brought_back(desk, "provider", "数据表.xlsx")
    assert "两边改得不同（1 处）" in page
    assert confirm(desk, client, found, page).status_code == 422
    assert held() == {("u01", RATE): ("94", "value")}
    assert confirm(desk, client, found, page, side_0="file").status_code == 200
    assert held() == {("u01", RATE): ("93", "value")}


def test_a_unit_whose_days_are_over_is_locked_and_one_with_an_exception_is_not(
    desk: Desk,
) -> None:
    for stage in desk.world.cycle.stages.all():
        stage.last_day = NOW.date().replace(day=19)
        stage.save()
    filing = desk.world.cycle.stages.get(kind="filing")
    StageException.objects.create(
        stage=filing,
        cycle=desk.world.cycle,
        unit=desk.world.units[1],
        last_day=NOW.date().replace(year=2027),
        reason="示例",
        by="考核办",
        at=NOW,
    )
    sheet = Sheet.fetched(desk, "provider")
    sheet.put(GRID, "value/u02", f"{RATE}/value", 95)
    client, found, page = sheet.brought_back(desk, "provider", "数据表.xlsx")
    assert confirm(desk, client, found, page).status_code == 200
    assert held() == {("u02", RATE): ("95", "value")}
    place = sheet.put(GRID, "value/u01", f"{RATE}/value", 95)
    _client, _found, page = sheet.brought_back(desk, "provider", "数据表.xlsx")
    assert (place in page, "已于 2017-10-19 24 时截止" in page) == (True, True)


def test_the_office_of_a_district_alone_fills_the_grid_in(desk: Desk) -> None:
    assert desk.world.client("office").get(desk.address("workbook_download")).status_code == 409
    Cycle.objects.update(scope=Cycle.Scope.DISTRICT)
    sheet = Sheet.fetched(desk, "office")
    sheet.put(GRID, "value/u01", f"{RATE}/value", 95)
    client, found, page = sheet.brought_back(desk, "office", "数据表.xlsx")
    assert confirm(desk, client, found, page).status_code == 200
    assert held() == {("u01", RATE): ("95", "value")}
    _client, _found, page = sheet.brought_back(desk, "provider", "数据表.xlsx")
    assert "这是发给另一个部门或数据提供单位" in page


def test_two_hundred_units_come_and_go_in_one_workbook(desk: Desk) -> None:
    units = Unit.objects.bulk_create(
        Unit(code=f"n{number:03}", name=f"示例县{number}", position=number)
        for number in range(4, 201)
    )
    AssessedUnit.objects.bulk_create(
        AssessedUnit(cycle=desk.world.cycle, unit=unit, group="示例市", position=unit.position)
        for unit in units
    )
    sheet = Sheet.fetched(desk, "provider")
    page = sheet.book[GRID]
    rows = [number for number, cell in enumerate(page["A"], 1) if "value/" in str(cell.value)]
    columns = {str(cell.value): number for number, cell in enumerate(page[1], 1)}
    for number in rows:
        page.cell(number, columns[f"{RATE}/value"]).value = 90
        page.cell(number, columns[f"{SCORE}/value"]).value = "88.8"
    client, found, text = sheet.brought_back(desk, "provider", "数据表.xlsx")
    assert ("导入后会改的（400 处）" in text, "只列出前 300 处" in text) == (True, True)
    begun = time.process_time_ns()
    answer = confirm(desk, client, found, text)
    assert time.process_time_ns() - begun < 10_000_000_000
    assert "已导入，写入 400 处" in answer.content.decode()
    assert ReportedValue.objects.count() == 400
    assert entries("workbook.imported") == [("provider", "done", "")]
    assert len(json.loads(Entry.objects.get(what="workbook.imported").details)["changes"]) == 400
