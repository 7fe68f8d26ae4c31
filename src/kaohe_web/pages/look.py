"""The living page of the visual system: every component in every state, with invented content."""

import datetime as dt
from typing import Any

from django import forms
from django.conf import settings
from django.core.paginator import Paginator
from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.utils.translation import gettext as _

from kaohe_web.errors import Difference, NotThere
from kaohe_web.pages.asked import open_page
from kaohe_web.pages.icons import STROKES

Shown = dict[str, Any]

ACTOR: Shown = {
    "name": "联络员（示例）",
    "role": "liaison",
    "post": {"title": "城东区（示例） · 市场监管局 · 联络员"},
}
POSTS: list[Shown] = [
    {"pk": 1, "title": "城东区（示例） · 质强办 · 审核人"},
    {"pk": 2, "title": "示例市 · 评审员"},
]


def link(title: str, count: int | None = None, *, current: bool = False) -> Shown:
    """A line of the function tree."""
    return {"title": title, "href": "#content", "count": count, "current": current}


NAVIGATION: list[Shown] = [
    {"title": "工作台", "links": [link("待办事项", 7), link("已办事项"), link("考核日程")]},
    {
        "title": "填报",
        "links": [link("自我评价", 5, current=True), link("佐证材料"), link("数据表导入导出")],
    },
    {"title": "评审", "links": [link("文审初评"), link("实地核查"), link("申诉", 1)]},
    {"title": "结果", "links": [link("得分与等级"), link("得分说明"), link("整改销号", 2)]},
    {"title": "资料", "links": [link("评分细则"), link("口径说明"), link("通讯录")]},
]

BADGES = [
    ("草稿", "draft", "edit"),
    ("待办", "due", "clock"),
    ("已签批", "signed", "stamp"),
    ("已提交", "submitted", "send"),
    ("退回", "sent_back", "back"),
    ("审核通过", "accepted", "check"),
    ("已逾期", "late", "warning"),
    ("初步结果", "provisional", ""),
    ("公示中", "announced", "eye"),
    ("最终结果", "final", "lock"),
    ("已被替代", "superseded", ""),
    ("申诉中", "lodged", "scales"),
    ("采纳", "upheld", ""),
    ("驳回", "dismissed", ""),
    ("一票否决", "veto", "stop"),
]

STAGES: list[Shown] = [
    {
        "title": title,
        "state": state,
        "starts_on": dt.date(2026, *begin),
        "ends_on": dt.date(2026, *end),
    }
    for title, state, begin, end in (
        ("细则发布", "done", (2, 2), (2, 27)),
        ("目标备案", "late", (3, 1), (3, 31)),
        ("自我评价", "now", (9, 1), (9, 30)),
        ("文审初评", "next", (10, 8), (10, 31)),
        ("实地核查", "next", (11, 2), (11, 13)),
        ("结果公示", "next", (11, 25), (12, 1)),
        ("申诉", "skipped", (12, 2), (12, 8)),
        ("通报", "next", (12, 20), (12, 25)),
    )
]

TASKS: list[Shown] = [
    {
        "title": "第 13 条 首席质量官制度：评审退回，请补正",
        "where": "退回理由：缺少任命文件，现有材料只有培训照片",
        "text": "退回",
        "state": "sent_back",
        "due": dt.date(2026, 9, 25),
        "left": "已超 2 天",
        "late": True,
    },
    {
        "title": "第 24 条 食品安全监督抽检：填报完成值与自评分",
        "where": "质量措施 › 质量安全 · 6 分 · 需佐证材料",
        "text": "草稿",
        "state": "draft",
        "due": dt.date(2026, 9, 30),
        "left": "还有 3 天",
        "late": False,
    },
    {
        "title": "第 1、2 条 制造业产品质量合格率：核对第三方数据",
        "where": "质量目标 · 10 分 · 由数据提供单位填报，本单位只核对",
        "text": "待办",
        "state": "due",
        "due": dt.date(2026, 10, 12),
        "left": "还有 15 天",
        "late": False,
    },
]

Row = tuple[str, str, str, str, str | None, str, str, str, str, str]


def clause(row: Row) -> Shown:
    """A line of the clause table."""
    keys = ("clause", "title", "lead", "points", "score", "low", "high", "text", "state", "row")
    return dict(zip(keys, row, strict=True))


CLAUSES = [
    clause(row)
    for row in (
        (
            "1–2",
            "制造业产品质量合格率",
            "第三方机构",
            "10",
            "7",
            "7",
            "7",
            "审核通过",
            "accepted",
            "done",
        ),
        (
            "3",
            "农产品质量安全例行监测",
            "农业农村局",
            "6",
            None,
            "2.5",
            "6",
            "待评审",
            "submitted",
            "now",
        ),
        ("5", "质量获奖数量", "市场监管局", "4", "3", "3", "3", "审核通过", "accepted", "done"),
        ("7", "旅游投诉办结率", "文旅局", "5", "4.85", "4.85", "4.85", "草稿", "draft", "due"),
    )
]
MEASURES = [
    clause(row)
    for row in (
        (
            "8",
            "质量发展规划与年度计划",
            "发展改革局",
            "2",
            "2",
            "2",
            "2",
            "审核通过",
            "accepted",
            "done",
        ),
        ("13", "首席质量官制度", "市场监管局", "3", None, "0", "3", "退回", "sent_back", "back"),
        (
            "20",
            "特种设备应急演练",
            "市场监管局",
            "0.5",
            "0.5",
            "0.5",
            "0.5",
            "已提交",
            "submitted",
            "",
        ),
        ("35", "检验检测机构能力", "市场监管局", "1", None, "", "", "不适用", "exempt", "off"),
    )
]

UNITS: list[Shown] = [
    {"name": name, "cells": cells, "total": total, "low": low, "high": high, "grade": grade}
    for name, cells, total, low, high, grade in (
        ("城东区（示例）", (("8.5", 2), ("5.9", 3), ("3", 2)), "87.35", "87.35", "87.35", "B"),
        ("城西区（示例）", (("10", 3), ("5.7", 3), ("4", 3)), "92.1", "92.1", "92.1", "A"),
        ("河口县（示例）", (("2", 0), ("—", "open"), ("2", 1)), None, "58.2", "71.9", None),
        ("经济开发区（示例）", (("7", 2), ("6", 3), ("1", 0)), "78.05", "78.05", "78.05", "C"),
    )
]

HISTORY: list[Shown] = [
    {
        "at": dt.datetime(2026, 9, 22, 8, 41, tzinfo=dt.UTC),
        "who": "评审员（示例）",
        "what": "退回",
        "tone": "bad",
        "reason": "缺少任命文件，现有材料只有培训照片；请补充盖章的任命文件。",
    },
    {
        "at": dt.datetime(2026, 9, 18, 2, 5, tzinfo=dt.UTC),
        "who": "城东区质强办（示例）",
        "what": "签批并提交",
        "tone": "info",
        "reason": "",
    },
    {
        "at": dt.datetime(2026, 9, 15, 7, 30, tzinfo=dt.UTC),
        "who": "联络员（示例）",
        "what": "保存草稿",
        "tone": "neutral",
        "reason": "",
    },
]

DIFFERENCES = (
    Difference("完成值", "93.2", "93.4"),
    Difference("自评分", "7", "7.5"),
    Difference("扣分原因", "低于目标值 1.8 个百分点", ""),
)


class Report(forms.Form):
    """A liaison's report on one clause."""

    value = forms.CharField(
        label="完成值",
        help_text="按监测报告填写，不要四舍五入。",
        widget=forms.TextInput(attrs={"inputmode": "decimal"}),
    )
    own_score = forms.CharField(
        label="自评分", widget=forms.TextInput(attrs={"inputmode": "decimal"})
    )
    period = forms.ChoiceField(
        label="数据期间", choices=[("year", "2026 年全年"), ("half", "2026 年上半年")]
    )
    source = forms.ChoiceField(
        label="数据来源",
        widget=forms.RadioSelect,
        choices=[("report", "监测报告"), ("ledger", "部门台账"), ("third", "第三方评价")],
    )
    reason = forms.CharField(
        label="扣分原因",
        required=False,
        widget=forms.Textarea(attrs={"rows": 3}),
        help_text="自评分低于满分时说明原因，写清文号和日期。",
    )
    settled = forms.BooleanField(label="以上数据已与统计部门核对一致", required=False)


class Narrowing(forms.Form):
    """The filters of the clause table."""

    state = forms.ChoiceField(
        label="状态",
        choices=[("", "全部"), ("sent_back", "退回"), ("draft", "草稿")],
        required=False,
    )
    lead = forms.ChoiceField(
        label="负责部门",
        choices=[("", "全部"), ("market", "市场监管局"), ("farm", "农业农村局")],
        required=False,
    )
    words = forms.CharField(label="条款或名称", required=False)


class Reason(forms.Form):
    """Why something is sent back."""

    reason = forms.CharField(
        label="退回理由", widget=forms.Textarea(attrs={"rows": 3}), help_text="填报人会看到这段话。"
    )


def reports() -> tuple[Report, Report]:
    """The form as it is first met, and as it comes back with what is wrong."""
    fresh = Report(
        initial={"value": "93.2", "own_score": "7", "source": "report"}, auto_id="fresh_%s"
    )
    wrong = Report(
        {"value": "9３.2%", "own_score": "12", "period": "year", "reason": "见附件"},
        auto_id="wrong_%s",
    )
    wrong.add_error("value", "“93.2%”不是普通十进制数；只写数字 93.2，单位已在右边。")
    wrong.add_error("own_score", "自评分 12 超过本条分值 10，请填 0–10 之间的数。")
    wrong.add_error(None, "第 1、2 条的完成值与上月数据表不一致，请核对后保存。")
    return fresh, wrong


@open_page("界面样式：只有虚构的示例内容，只在示例城市里有")
def look(request: HttpRequest) -> HttpResponse:
    """Every component in every state, on one page."""
    if not settings.ENVIRONMENT.sample:
        raise NotThere(_("没有这个页面"))
    fresh, wrong = reports()
    pages = Paginator(range(1, 343), 20)
    return render(
        request,
        "look.html",
        {
            "actor": ACTOR,
            "posts": POSTS,
            "cycle": {"name": "2026 年度质量工作考核（示例）"},
            "navigation": NAVIGATION,
            "message_count": 3,
            "sample": True,
            "breadcrumbs": [("工作台", "#content"), ("自我评价", "#content"), ("界面样式", "")],
            "badges": BADGES,
            "stages": STAGES,
            "tasks": TASKS,
            "clauses": CLAUSES,
            "measures": MEASURES,
            "units": UNITS,
            "history": HISTORY,
            "differences": DIFFERENCES,
            "fresh": fresh,
            "wrong": wrong,
            "narrowing": Narrowing({"state": "", "lead": ""}, auto_id="filter_%s"),
            "sending_back": Reason(auto_id="back_%s"),
            "page": pages.page(6),
            "saved_at": dt.datetime(2026, 9, 27, 6, 5, tzinfo=dt.UTC),
            "tabs": [
                {"title": "待填报", "href": "#content", "current": True, "count": 5},
                {"title": "已提交", "href": "#content", "current": False, "count": 21},
                {"title": "全部", "href": "#content", "current": False},
            ],
            "icons": sorted(STROKES),
        },
    )
