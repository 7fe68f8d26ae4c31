"""Targets are filed by the units; the office sends one back and confirms them all."""

from journeys import figures
from journeys.story import EAST, SOUTH, UNITS, WEST, Story, office_of

WHY = "低于上年实绩，请按质量发展规划重报"


def file_targets(story: Story) -> None:
    """Every unit files; 城西区 asks too little of itself."""
    for unit in UNITS:
        file_target(story, unit, "90" if unit == WEST else figures.TARGETS[unit])


def file_target(story: Story, unit: str, value: str) -> None:
    """One unit's office files its target."""
    window = story.inside(office_of(unit), "targets/")
    window.follow(unit)
    window.fill("目标值", value)
    window.fill("依据", "质量发展规划（示例）")
    window.press("报备")
    window = story.inside(office_of(unit), "targets/")
    assert window.cells(window.row(unit))[1:5] == [
        "产品抽检合格率",
        f"{value}%",
        "质量发展规划（示例）",
        "已报备",
    ]


def decide_targets(story: Story) -> None:
    """Two are confirmed, one goes back with its reason; only that unit is asked again."""
    window = story.inside("kaohe", "targets/")
    for unit in (EAST, SOUTH):
        window.press("确认", window.row(unit))
        assert "已确认" in window.row(unit).inner_text()
    back = window.open("退回", window.row(WEST))
    window.fill("退回的理由", WHY, back)
    window.press("确认退回", back)
    assert "已退回" in window.row(WEST).inner_text()
    returned = story.at(office_of(WEST))
    assert "目标" in returned.text()
    returned = story.inside(office_of(WEST), "targets/")
    returned.follow(WEST)
    assert WHY in returned.notices()


def file_again(story: Story) -> None:
    """城西区 files a better target, which is confirmed: 95 to 96 over all units."""
    file_target(story, WEST, figures.TARGETS[WEST])
    window = story.inside("kaohe", "targets/")
    window.press("确认", window.row(WEST))
    total = window.cells(window.page.locator("tfoot tr"))
    assert total == ["已确认合计", "产品抽检合格率", "95–96", "3 个单位"]
