"""Values, self-scores and evidence come in: the provider's grid, the departments' clauses."""

import base64

from playwright.sync_api import expect

from files.making import pdf
from journeys import figures
from journeys.browsing import Window
from journeys.story import (
    EAST,
    INDUSTRY,
    MARKET,
    UNITS,
    Story,
    liaison_of,
)

LED = {MARKET: ("G2", "M1", "M3"), INDUSTRY: ("G3", "M2", "M4")}
"""The parts that each department leads."""

SELF = "材料齐全，自评如实（示例）"
WHY = "培训记录缺少签到表，请补充"


def number_of(unit: str) -> int:
    """A unit's number in addresses of the year: as they were taken, from one."""
    return UNITS.index(unit) + 1


def fill_grid(story: Story) -> None:
    """The provider enters its rate for every unit; each cell saves itself."""
    window = story.inside("jiance", "values/")
    for unit in UNITS:
        cell = window.row(unit)
        cell.get_by_label(f"{unit} 产品抽检合格率", exact=True).fill(figures.RATES[unit])
        expect(cell.locator("[data-autosave-state]")).to_contain_text("已保存")
    window = story.inside("jiance", "values/")
    entered = window.page.get_by_label("产品抽检合格率")
    assert [entered.nth(n).input_value() for n in range(3)] == list(figures.RATES.values())
    assert "0 / 3" in window.text()


def fill_department(story: Story, unit: str, department: str) -> None:
    """A liaison fills every clause that the department leads, and hands each in."""
    login = liaison_of(unit, department)
    for part in LED[department]:
        window = story.inside(login, f"units/{number_of(unit)}/parts/{part}/")
        fill_clause(window, unit, part)
        hand_in(window)


def fill_clause(window: Window, unit: str, part: str) -> None:
    """Value, self-score and reason of one clause."""
    value = {"G2": figures.AWARDS, "G3": figures.INSPECTIONS}.get(part)
    if value is not None:
        window.fill("本年数值", value[unit])
    own, full = figures.self_score(unit, part)
    window.fill("自评得分", own)
    if own != full:
        window.fill("失分原因", SELF)


def hand_in(window: Window) -> None:
    """Hand the open clause in; it waits for the unit's office."""
    window.press("报审")
    assert "已报审" in window.notices()


def see_at_once(story: Story) -> None:
    """While 99 % is typed, the page says what it scores and why; the draft saves itself."""
    path = f"units/{number_of(EAST)}/parts/G3/"
    window = story.inside(liaison_of(EAST, INDUSTRY), path)
    preview = window.page.locator("#preview")
    for typed, said in (("99", "得 15 分"), ("95", "得 12 分"), ("94.99", "得 8 分")):
        window.fill("本年数值", typed)
        expect(preview).to_contain_text(said)
    expect(preview).to_contain_text("属“不低于 90%、低于 95%”一档")
    expect(window.page.locator("#filing [data-autosave-state]")).to_contain_text("已保存")
    window = story.inside(liaison_of(EAST, INDUSTRY), path)
    assert window.field("本年数值").input_value() == "94.99"


def drop_evidence(window: Window, name: str, data: bytes) -> None:
    """Drop a file on the page; it is listed when it has arrived."""
    window.page.evaluate(
        """([name, data]) => {
            const bytes = Uint8Array.from(atob(data), letter => letter.charCodeAt(0));
            const carried = new DataTransfer();
            carried.items.add(new File([bytes], name));
            document.querySelector('form[data-drop]').dispatchEvent(
                new DragEvent('drop', {dataTransfer: carried, bubbles: true, cancelable: true}));
        }""",
        [name, base64.b64encode(data).decode()],
    )


def give_evidence(story: Story) -> None:
    """A PDF is dropped and kept; what only calls itself a PDF is refused in words."""
    window = story.inside(liaison_of(EAST, INDUSTRY), f"units/{number_of(EAST)}/parts/M2/")
    drop_evidence(window, "假的.pdf", b"MZ\x90\x00" * 64)
    refused = window.page.locator(".drop-file-refused")
    expect(refused).to_contain_text("假的.pdf")
    window.page.get_by_label("材料所属期间起").fill("2026-10-01")
    window.page.get_by_label("材料所属期间止").fill("2027-06-30")
    drop_evidence(window, "培训记录（示例）.pdf", pdf(2))
    listed = window.part("佐证材料").locator("tbody tr")
    expect(listed).to_have_count(1)
    assert "2026-10-01 – 2027-06-30" in window.cells(listed)[2]
