"""The units' offices check what their departments handed in: one item goes back; they sign."""

from journeys.browsing import Window
from journeys.steps_filing import hand_in, number_of
from journeys.story import EAST, INDUSTRY, UNITS, Story, liaison_of, office_of

WHY = "培训记录缺少签到表，请补充"


def return_one(story: Story) -> None:
    """城东区's office sends M2 back with its reason."""
    window = story.inside(office_of(EAST), f"units/{number_of(EAST)}/parts/M2/")
    back = window.open("退回部门")
    window.fill("退回理由", WHY, back)
    window.press("确认退回", back)


def mend_it(story: Story) -> None:
    """Only that item is open again; the department says what it added, and hands it in."""
    login = liaison_of(EAST, INDUSTRY)
    todo = story.at(login).text()
    assert "退回" in todo
    window = story.inside(login, f"units/{number_of(EAST)}/parts/M4/")
    assert not window.page.get_by_role("button", name="报审", exact=True).count()
    window = story.inside(login, f"units/{number_of(EAST)}/parts/M2/")
    assert f"退回理由：{WHY}" in window.notices()
    window.fill("备注", "已补充签到表（示例）")
    hand_in(window)


def check_and_sign(story: Story) -> None:
    """Every item is ticked and accepted, and the unit's office signs."""
    for unit in UNITS:
        window = story.inside(office_of(unit), "filing/board/")
        accept_all(window)
        window.fill("说明", "情况属实，同意上报（示例）")
        window.press("签署并提交")
        assert "签署并提交考核办" in window.notices()


def accept_all(window: Window) -> None:
    """Tick what waits, and accept it."""
    for box in window.page.locator("input[name=checked]").all():
        box.check()
    window.press("勾选的审核通过")
