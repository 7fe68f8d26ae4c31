"""The year is archived; the audit officer verifies the trail, the system officer sees the work."""

from journeys.story import EAST, WEST, Story, office_of
from kaohe_web.jobs import registry
from kaohe_web.jobs.worker import Worker


def archive(story: Story) -> None:
    """The office archives the year; nothing in it can be changed any more."""
    window = story.inside("kaohe", "")
    window.press("归档", window.open("归档"))
    assert "已归档" in window.page.locator("h1").inner_text()
    window = story.inside("kaohe", "calendar/")
    assert not window.page.get_by_role("button", name="保存", exact=True).count()
    assert not story.inside("kaohe", "runs/").part("计算成绩").count()


def work(story: Story) -> None:
    """The worker does what waits: the daily tasks, and whatever was asked for."""
    del story
    registry.load()
    worker = Worker()
    while worker.turn():
        pass


def verify_chain(story: Story) -> None:
    """The audit officer has the chain verified: it is whole, to its head."""
    window = story.at("shenji", "/audit/")
    window.press("现在核验")
    work(story)
    window = story.at("shenji", "/audit/")
    checked = window.page.locator(".figure", has_text="最近一次核验").inner_text()
    assert "完整" in checked.split()
    assert "不完整" not in checked


def find_entries(story: Story) -> None:
    """Who did what is found by words: the conference, the decision, the foreign sheet refused."""
    for what, name in (
        ("记录了会商结果", "考核办（示例）"),
        ("采纳了申诉", "考核办（示例）"),
        ("批准了结果", "领导小组（示例）"),
        ("归档了考核年度", "考核办（示例）"),
    ):
        window = story.at("shenji", "/audit/")
        window.choose("操作", what)
        window.press("筛选")
        rows = window.page.locator("table[data-table=audit] tbody tr")
        assert rows.count() == 1, what
        assert name in window.cells(rows)[2]
    window = story.at("shenji", "/audit/")
    window.choose("结果", "拒绝")
    window.press("筛选")
    refused = window.page.locator("table[data-table=audit] tbody").inner_text()
    assert WEST in refused
    assert office_of(EAST) not in refused


def see_jobs(story: Story) -> None:
    """The system officer sees the verification done; the audit officer's pages are not theirs."""
    window = story.at("xitong", "/jobs/")
    row = window.row("核验操作留痕").first
    assert "完成" in window.cells(row)[1]
    assert "正常" in story.at("xitong", "/system/").part("能否正常使用").inner_text()
    answer = window.page.goto(window.base + "/audit/")
    assert answer is not None
    assert answer.status == 403
