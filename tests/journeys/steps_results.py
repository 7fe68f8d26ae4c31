"""Results: a run that is frozen, announced, seen by its units and by anybody; approved; final."""

from journeys import figures
from journeys.browsing import Window
from journeys.story import EAST, PHONE, UNITS, WEST, Story, office_of

WIDER = "document.documentElement.scrollWidth > document.documentElement.clientWidth"
"""Whether a page is wider than its window."""


def run(story: Story, reason: str) -> Window:
    """Score the year; the new run lies open, and computes again to the same digits."""
    window = story.inside("kaohe", "runs/")
    window.fill("这次计分的原因", reason)
    window.press("计分")
    window.press("重新计算并核对")
    assert "重新计算的结果与存档逐字相同，校验值也相符" in window.notices()
    return window


def announce(window: Window) -> None:
    """Announce the run that lies open."""
    window.press("确认公示", window.open("公示"))
    assert "已经公示，并通知了各单位" in window.notices()


def ranking(window: Window) -> dict[str, tuple[str, str, str]]:
    """Total, grade and rank of each unit, as the ranking shows them."""
    shown = {unit: window.cells(window.row(unit)) for unit in UNITS}
    return {unit: (cells[2], cells[4], cells[0]) for unit, cells in shown.items()}


def score_and_announce(story: Story) -> None:
    """The first run comes to what was worked out by hand, and is announced."""
    window = run(story, "初评和核查结束")
    assert ranking(window) == figures.FIRST_TOTALS
    announce(window)


def read_score_sheets(story: Story) -> None:
    """Each unit reads its own sheet, with every part's points; a foreign one is not there."""
    for unit in UNITS:
        window = own_sheet(story, unit)
        points = {part: points_of(window, part) for part in figures.PARTS}
        assert points == dict(zip(figures.PARTS, figures.FIRST[unit], strict=True))
        assert f"总分 {figures.FIRST_TOTALS[unit][0]}" in window.row("合计").inner_text()
    sheet = story.windows[office_of(EAST), 1366].path
    foreign = story.at(office_of(WEST))
    answer = foreign.page.goto(foreign.base + sheet)
    assert answer is not None
    assert answer.status == 404


def own_sheet(story: Story, unit: str) -> Window:
    """The score sheet of a unit in the window of its office."""
    window = story.inside(office_of(unit), "runs/")
    window.follow("成绩单")
    return window


def points_of(window: Window, part: str) -> str:
    """What a score sheet gives for a part."""
    row = window.page.locator("tbody tr").filter(
        has=window.page.locator(f"td:text-is({part!r}), th:text-is({part!r})")
    )
    return window.cells(row.first)[3]


def look_from_outside(story: Story, grades: dict[str, str]) -> None:
    """Anybody sees the grades, and nothing else of the results."""
    window = story.new_window()
    window.go(f"/public/{story.cycle}/")
    rows = [window.cells(row) for row in window.page.locator("tbody tr").all()]
    assert rows == [[unit, grades[unit]] for unit in UNITS]
    assert figures.FIRST_TOTALS[EAST][0] not in window.page.locator("body").inner_text()


def object_and_answer(story: Story) -> None:
    """城东区 objects to how it is put; the office answers."""
    window = own_sheet(story, EAST)
    window.fill("异议内容和理由", "单位名称请用全称（示例）")
    window.press("提出异议")
    window = story.inside("kaohe", "objections/")
    window.fill("答复", "已改为全称（示例）")
    window.press("答复")


def score_again(story: Story) -> None:
    """The second run has the correction and the veto; it says who moved, and takes over."""
    window = run(story, "申诉更正、否决事项决定后重新计分")
    assert ranking(window) == figures.LAST_TOTALS
    window.follow("与上次相比")
    moves = window.part("变动的单位").locator("tbody tr").all()
    assert [window.cells(row) for row in moves] == figures.MOVED
    window.go(f"/cycles/{story.cycle}/runs/")
    window.follow("查看", window.row("申诉更正"))
    announce(window)
    window.go(f"/cycles/{story.cycle}/runs/")
    assert "已被取代" in window.row("初评和核查结束").inner_text()


def approve(story: Story) -> None:
    """After the windows the leader approves, on the telephone."""
    window = story.inside("lingdao", "runs/", width=PHONE)
    window.follow("查看", window.row("申诉更正"))
    assert ranking(window) == figures.LAST_TOTALS
    assert window.page.evaluate(WIDER) is False
    window.press("确认批准", window.open("批准"))
    assert "已经批准，请考核办定稿" in window.notices()


def finalise(story: Story) -> None:
    """The office makes it final."""
    window = story.inside("kaohe", "runs/")
    window.follow("查看", window.row("申诉更正"))
    window.press("确认定稿", window.open("定稿"))
    assert "已经定稿，并通知了各单位" in window.notices()
