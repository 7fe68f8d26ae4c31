"""What follows the results: appeals, a veto case, an order to mend."""

from playwright.sync_api import expect

from files.making import pdf
from journeys import figures
from journeys.browsing import Window
from journeys.story import ASSESSORS, EAST, PHONE, SOUTH, WEST, Story, office_of

REVIEWER = tuple(ASSESSORS)[3]
"""The assessor who judged nothing, and so may look at every appeal."""


def appeal(story: Story) -> None:
    """城南区 says that fifteen awards were left out, 城西区 that M2 deserves more."""
    for unit, part, grounds in (
        (SOUTH, "G2", "另有 15 项省级奖项漏报（示例），证书已补充"),
        (WEST, "M2", "培训场次多于往年（示例），请求加分"),
    ):
        window = story.inside(office_of(unit), "appeals/new/")
        window.field("申诉条目").select_option(part)
        window.fill("申诉理由", grounds)
        window.press("提出申诉")
        story.kept[f"{unit} appeal"] = window.path


def take_appeals(story: Story) -> None:
    """The office gives both to the assessor who judged neither."""
    name = ASSESSORS[REVIEWER]
    for unit in (SOUTH, WEST):
        window = story.at("kaohe", story.kept[f"{unit} appeal"])
        body = window.open("受理并指定复核人")
        window.choose("复核人", f"{name} · 评审员", body)
        window.step("受理并指定复核人", {"办结期限": "2027-11-10"})


def review_appeals(story: Story) -> None:
    """The reviewer counts the awards: 55; the marks of the other stand."""
    window = story.at(REVIEWER, story.kept[f"{SOUTH} appeal"])
    window.step(
        "填写复核意见",
        {"更正后的值：质量奖项数": figures.CORRECTED, "复核意见": "证书齐全，应为 55 项（示例）"},
    )
    window = story.at(REVIEWER, story.kept[f"{WEST} appeal"])
    window.step("填写复核意见", {"复核意见": "评分恰当，建议维持（示例）"})


def decide_appeals(story: Story) -> None:
    """Before one is upheld, the office sees what it moves; the other is dismissed."""
    window = story.at("kaohe", story.kept[f"{SOUTH} appeal"])
    window.fill("更正后的值：质量奖项数", figures.CORRECTED, window.part("更正前试算"))
    window.press("试算")
    assert table_of(window, "变动的平均值") == [["全市", "质量奖项数", "50", "55"]]
    assert table_of(window, "变动的单位") == figures.IMPACT
    window.step("采纳并更正", {"决定及理由": "核实有误，更正为 55 项（示例）"})
    assert "已办理：采纳并更正" in window.notices()
    assert "决定还没有计入成绩" in window.notices()
    window = story.at("kaohe", story.kept[f"{WEST} appeal"])
    window.step("驳回", {"决定及理由": "评分恰当，维持 8 分（示例）"})
    assert "8 → 8" in window.text()


def table_of(window: Window, heading: str) -> list[list[str]]:
    """The rows of the table under a heading."""
    rows = window.part(heading).locator("tbody tr").all()
    return [window.cells(row) for row in rows]


def open_veto_case(story: Story) -> None:
    """An event in 城西区 is determined by the authority; the unit is told and asked."""
    window = story.inside("kaohe", "vetoes/new/")
    window.choose("被考核单位", WEST)
    window.fill("事件发生日期", "2027-03-05")
    window.fill("事件", "一类产品批量不合格，涉及多家企业（示例）")
    window.press("立案")
    story.kept["veto"] = window.path
    body = window.page.locator("details.next-step")
    body.locator("summary").click()
    for answer in body.get_by_label("是", exact=True).all():
        answer.check()
    window.step(
        "登记认定",
        {
            "认定机关": "示例省市场监督管理局",
            "认定文号": "示监函〔2027〕6 号",
            "认定意见": "属区域性产品质量安全事件（示例）",
        },
    )
    window.step(
        "告知单位",
        {
            "告知文号": "示质强办函〔2027〕12 号",
            "陈述申辩截止": "2027-11-12",
            "告知内容": "拟按否决项处理，请陈述申辩（示例）",
        },
    )


def defend(story: Story) -> None:
    """城西区 is heard."""
    window = story.at(office_of(WEST), story.kept["veto"])
    window.step("陈述申辩", {"陈述申辩": "已召回全部产品（示例）"})


def decide_veto(story: Story) -> None:
    """The leader decides, on the telephone."""
    window = story.at("lingdao", story.kept["veto"], width=PHONE)
    window.step(
        "决定否决",
        {"决定文号": "示政办〔2027〕3 号", "决定及理由": "认定属实，按否决项处理（示例）"},
    )
    assert "已办理：决定否决" in window.notices()


def order_rectification(story: Story) -> None:
    """城东区 lost 4.5 points on M3: that is to be mended."""
    window = story.inside("kaohe", "rectifications/")
    window.follow("下达整改", window.row(EAST))
    window.field("失分条目").select_option("M3")
    window.fill("整改要求", "补齐质量基础建设台账，报送佐证材料（示例）")
    window.fill("整改期限", "2028-01-31")
    window.press("下达")
    assert "已下达整改，并通知了单位" in window.notices()
    window.go(f"/cycles/{story.cycle}/rectifications/")
    window.follow("查看", window.row("M3"))
    story.kept["order"] = window.path


def mend(story: Story) -> None:
    """城东区 plans, then reports with evidence."""
    window = story.at(office_of(EAST), story.kept["order"])
    window.step("报整改方案", {"整改方案": "年底前补齐台账（示例）"})


def report(story: Story) -> None:
    """What was done, with a file."""
    window = story.at(office_of(EAST), story.kept["order"])
    window.open("报告整改情况")
    window.field("佐证材料").set_input_files(
        {"name": "台账（示例）.pdf", "mimeType": "application/pdf", "buffer": pdf(3)}
    )
    window.step("报告整改情况", {"整改情况": "台账已补齐（示例）"})
    expect(window.part("办理过程")).to_contain_text("台账（示例）.pdf")


def close(story: Story) -> None:
    """The office checks, and closes it."""
    window = story.at("kaohe", story.kept["order"])
    window.step("销号", {"检查意见": "现场核对，已整改到位（示例）"})
    assert "已销号" in window.page.locator("h1").inner_text()
