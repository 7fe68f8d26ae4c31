"""Assessors judge: spread by lot, two marks where the plan asks, a disagreement, a visit."""

import hashlib
import re

from journeys import figures
from journeys.browsing import Window
from journeys.steps_filing import number_of
from journeys.story import ASSESSORS, EAST, SOUTH, UNITS, WEST, Story

TITLES = {"质量提升行动": "M1", "企业质量管理": "M2", "质量基础建设": "M3", "质量宣传": "M4"}
MARKERS = tuple(ASSESSORS)[:3]
"""Those who judge; the fourth is kept for whoever appeals."""

SEED = "示例彩票第 2027013 期"
PHRASE = "材料齐全，措施具体，成效明显"
REASON = "材料齐全，与要求一致（示例）"


def stand_before_review(story: Story) -> None:
    """What is settled already, and what can still be had: 45 points are open everywhere."""
    window = story.inside("kaohe", "standing/")
    spans = {unit: window.cells(window.row(unit))[2] for unit in (EAST, WEST, SOUTH)}
    assert spans == {
        EAST: "55–100",
        WEST: "40–85",
        SOUTH: "36–81",
    }


def spread(story: Story) -> None:
    """Twelve parts, of which three are judged twice: fifteen assignments, by lot."""
    window = story.inside("kaohe", "assignments/")
    for login, name in ASSESSORS.items():
        taken = window.page.get_by_label(f"{name}（{login}）", exact=True)
        taken.set_checked(login in MARKERS)
    window.fill("随机种子", "示例彩票第 2027012 期")
    window.press("随机分派")
    assert "15" in window.notices()


def mark_everything(story: Story) -> None:
    """Each goes through their queue, one after another, until nothing is left."""
    waiting = {unit: {part: list(m) for part, m in of.items()} for unit, of in judged()}
    refused = False
    for login in MARKERS:
        window = story.inside(login, "marks/")
        window.follow("评下一条")
        while window.part("评分").count():
            unit, part = at_hand(window)
            score = waiting[unit][part].pop(0)
            if score == figures.POINTS[part] and not refused:
                must_give_reason(window, score)
                refused = True
            else:
                window.fill("得分", score)
                window.fill("理由", REASON)
            window.press("保存并评下一条")
    assert refused
    assert not any(left for of in waiting.values() for left in of.values())


def judged() -> list[tuple[str, dict[str, tuple[str, ...]]]]:
    """The marks of each unit."""
    return list(figures.MARKS.items())


def at_hand(window: Window) -> tuple[str, str]:
    """Which unit's which part lies on the desk."""
    heading = window.page.locator("h1").inner_text().split()[-1]
    return window.page.locator("#filed").inner_text(), TITLES[heading]


def must_give_reason(window: Window, score: str) -> None:
    """Without a reason the browser does not send the mark; a phrase is one press away."""
    here = window.page.url
    window.fill("得分", score)
    window.page.get_by_role("button", name="保存并评下一条").click()
    assert window.page.url == here
    assert window.field("理由").evaluate("field => field.validity.valueMissing")
    window.page.get_by_role("button", name=PHRASE, exact=True).click()
    assert window.field("理由").input_value() == PHRASE


def confer(story: Story) -> None:
    """10 and 4 are further apart than a fifth of 10 points: a conference gives 7, with minutes."""
    window = story.inside("kaohe", "disagreements/")
    rows = window.part("待裁定").locator("tbody tr")
    assert rows.count() == 1
    cells = window.cells(rows)
    assert cells[:4] == ["M1 质量提升行动", WEST, "10", "2"]
    assert [word for word in re.split("[ ；]", cells[4]) if word.isdigit()] == ["10", "4"]
    window.go(f"/cycles/{story.cycle}/review/{number_of(WEST)}/M1/")
    window.press("召集会商")
    window.fill("参加人", "两位评审员、考核办经办人（示例）")
    window.fill("纪要", "逐份核对行动方案和活动记录，半数活动没有记录（示例）")
    window.fill("得分", figures.AGREED)
    window.fill("决定理由", "核对后一致同意给 7 分")
    window.press("记录并评定")


def draw_and_visit(story: Story) -> None:
    """One unit is drawn from a published seed; anybody can draw it again and gets the same."""
    window = story.inside("kaohe", "draws/")
    draw = window.part("抽取")
    for unit in UNITS:
        window.page.get_by_label(unit, exact=True).check()
    window.fill("抽取个数", "1", draw)
    window.fill("随机种子", SEED, draw)
    window.press("抽取并公布", draw)
    drawn = [window.cells(row) for row in window.part("公布").locator("tbody tr").all()]
    assert drawn == [
        [str(place), unit, digest, "抽中" if place == 1 else "未抽中"]
        for place, (digest, unit) in enumerate(sorted((lot(u), u) for u in UNITS), start=1)
    ]
    window.press("按抽取结果安排核查")
    window.follow(drawn[0][1])
    arranged = window.open("安排日期和核查组")
    window.fill("日期", "2027-10-15", arranged)
    window.fill("核查组", "考核办一人、评审员两人（示例）", arranged)
    window.press("保存", arranged)
    found = window.part("记录发现")
    window.field("条目", found).select_option("M3")
    window.fill("发现", "台账记录完整，两份文件未存档（示例）", found)
    window.press("记录", found)
    assert "两份文件未存档" in window.part("核查发现").inner_text()


def lot(unit: str) -> str:
    """The lot of a unit, as anybody can work it out from the published seed."""
    return hashlib.sha256(f"{SEED}\n{unit}".encode()).hexdigest()
