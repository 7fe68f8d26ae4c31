"""The assessment office sets its year up: rubric, bodies, reading, units, calendar, plan."""

from pathlib import Path

from journeys.story import CENTRE, DEPARTMENTS, UNITS, YEAR, Story

RUBRIC = Path(__file__).with_name("rubric.yaml")
STAGES = {
    "目标备案": ("2026-10-08", "2026-10-31"),
    "自我评价": ("2027-09-01", "2027-09-30"),
    "文审初评": ("2027-10-08", "2027-10-31"),
    "实地核查": ("2027-10-11", "2027-10-31"),
    "结果公示": ("2027-11-01", "2027-12-31"),
    "申诉": ("2027-11-01", "2027-12-31"),
    "整改": ("2027-11-01", "2028-03-31"),
}
SIGNER = "考核办主任（示例）"


def adopt_rubric(story: Story) -> None:
    """The rubric is uploaded, looked over, and adopted with a reason for what stays unclear."""
    window = story.at("kaohe", "/rubrics/adopt/")
    offer = window.part("上传 YAML 文件")
    window.field("YAML 文件", offer).set_input_files(RUBRIC)
    window.press("检查", offer)
    reasons = window.page.locator("form", has_text="采用这一版次").get_by_label("K204 G3")
    assert reasons.count() == 2
    for number in range(2):
        reasons.nth(number).fill("原文如此，另定口径")
    window.press("采用这一版次")
    assert "已采用" in window.notices()


def enter_bodies(story: Story) -> None:
    """Three units with two departments each, and one data provider."""
    window = story.at("kaohe", "/bodies/")
    lists = window.part("被考核单位")
    window.fill("名单", "\n".join(f"u0{n} {name}" for n, name in enumerate(UNITS, 1)), lists)
    window.press("登记单位")
    assert "已登记 3 个单位" in window.notices()
    window.fill("名单", CENTRE, window.part("数据提供单位、第三方"))
    window.press("登记数据提供单位")
    for unit in UNITS:
        window.go("/bodies/")
        window.follow(unit)
        window.fill("名单", "\n".join(DEPARTMENTS))
        window.press("登记部门")
        assert "已登记 2 个部门" in window.notices()


def make_year(story: Story) -> None:
    """The year is made; it says everything that it still lacks."""
    window = story.at("kaohe", "/cycles/new/")
    window.fill("名称", YEAR)
    window.page.get_by_label("全市考核各区县").check()
    window.press("新建")
    story.cycle = int(window.path.split("/")[2])
    assert "还没有被考核单位" in window.part("启动前还缺").inner_text()
    assert "尚未定的口径 1 条：G3-edge" in window.part("请留意").inner_text()


def settle_reading(story: Story) -> None:
    """What the rubric leaves open at 95 % is settled, with reason and signer."""
    window = story.inside("kaohe", "readings/G3-edge/")
    window.page.get_by_label("95% 归上一档，得 12 分").check()
    window.fill("理由", "各档都含下端，前后一致")
    window.fill("签署人", SIGNER)
    window.press("签署")
    assert "口径已定" in window.notices()


def take_units(story: Story) -> None:
    """All three units take part, in one cohort."""
    window = story.inside("kaohe", "units/")
    for unit in UNITS:
        window.page.get_by_label(f"{unit} 参评", exact=True).check()
        window.page.get_by_label(f"{unit} 参评范围", exact=True).fill("全市")
    window.press("保存")
    assert "已保存 3 行" in window.notices()


def set_calendar(story: Story) -> None:
    """Seven stages with their days."""
    window = story.inside("kaohe", "calendar/")
    for title, (first, last) in STAGES.items():
        window.page.get_by_label(f"{title} 开始", exact=True).fill(first)
        window.page.get_by_label(f"{title} 截止", exact=True).fill(last)
    window.press("保存")


def divide(story: Story) -> None:
    """The duties and the providers follow from what the rubric prints."""
    for path in ("duties/", "provided/"):
        window = story.inside("kaohe", path)
        window.press("填写", window.open("按细则填"))


def plan_marking(story: Story) -> None:
    """M1 is judged by two, independently."""
    window = story.inside("kaohe", "marking/")
    row = window.row("M1 ", "质量提升行动")
    row.get_by_role("combobox").select_option(label="两人")
    window.press("保存")
    assert "已保存 1 行" in window.notices()


def start(story: Story) -> None:
    """Nothing is lacking: the year is opened."""
    window = story.inside("kaohe", "")
    assert "启动前还缺" not in window.text()
    window.press("启动", window.open("启动考核年度"))
    assert "进行中" in window.text()
