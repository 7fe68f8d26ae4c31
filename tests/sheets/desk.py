"""A department's filing and a provider's grid, and a desk to fill them in at, as WPS would."""

import io
from dataclasses import replace
from decimal import Decimal

from openpyxl import Workbook, load_workbook
from openpyxl.cell.cell import Cell
from openpyxl.worksheet.worksheet import Worksheet

from kaohe.nodes import Mistaken
from kaohe.quantity import UNITS
from kaohe.rubric.model import Indicator
from kaohe.rubric.register import Register, RegisterKind, RegisterLevel
from kaohe.rules.base import IndicatorId
from kaohe_web.sheets.awards import AwardRow
from kaohe_web.sheets.filing import FilingSheet, IndicatorRow, PartRow, filing_form
from kaohe_web.sheets.grid import GridSheet, GridUnit, grid_form
from kaohe_web.sheets.measured import Measured
from kaohe_web.sheets.model import Filled, Form, Issue
from kaohe_web.sheets.read import read_form
from kaohe_web.sheets.write import write_form

FILE = "填报表.xlsx"
SECRET = b"a secret of this installation"

RATE = Indicator(
    IndicatorId("vegetable_pass_rate"),
    "蔬菜监测合格率（示例）",
    UNITS["percent"],
    target=True,
    provider="农业农村局（示例）",
    definition="监测合格的批次占监测批次的比例",
    decimals=1,
)
COUNT = Indicator(IndicatorId("tourism_campaign_count"), "旅游质量活动次数（示例）", UNITS["count"])
GRADE = Indicator(
    IndicatorId("outside_grade"),
    "上级考核等级（示例）",
    UNITS["grade"],
    values=("优秀", "良好", "合格"),
)
AWARD = Register(
    IndicatorId("quality_award_count"),
    "质量激励项目（示例）",
    (
        RegisterLevel("nation", "国家级"),
        RegisterLevel("province", "省级"),
        RegisterLevel("city", "市级"),
    ),
    (RegisterKind("示例质量奖", ("province", "city")),),
)
BRAND = Register(
    IndicatorId("brand_count"), "地理标志（示例）", (RegisterLevel("nation", "国家级"),)
)


def issue(**changed: object) -> Issue:
    """The issue of a department's sheet."""
    first = Issue(
        "filing",
        "c2017",
        "2016-2017年度质量工作考核（示例）",
        "u01",
        "示例区",
        "d07",
        "农业农村局（示例）",
        "sha256:0123456789abcdef",
        1,
        "2017-10-16 09:30",
    )
    return replace(first, **changed)  # type: ignore[arg-type]  # whatever a test changes


def filing(**changed: object) -> FilingSheet:
    """What the department files: three indicators, three parts, an award."""
    rows: tuple[PartRow | IndicatorRow, ...] = (
        IndicatorRow(
            Measured(RATE, value=Decimal("93.2"), version=4, before=Decimal("92.75")),
            target=Decimal("94.5"),
            clauses=("3",),
            section="质量目标",
        ),
        PartRow(
            "G2.1",
            "蔬菜监测合格率",
            ("3",),
            Decimal("2.5"),
            "94.5 及以上得满分；92 到 94.5（不含）扣 0.1 分；其余扣 0.3 分",
            7,
            self_score=Decimal("2.4"),
            lost_reason="比满分线低 1.3 个百分点",
            section="质量目标",
        ),
        IndicatorRow(Measured(COUNT, asks_before=True), clauses=("7",), section="质量目标"),
        IndicatorRow(Measured(GRADE, value=Decimal(2), version=1), section="质量目标"),
        PartRow(
            "M9",
            "示例条目：安全责任落实",
            ("9",),
            Decimal(1),
            "由评审员按材料给 0–1 分",
            2,
            section="质量措施",
        ),
        PartRow(
            "M12.1",
            "示例条目：企业首席质量官",
            ("12", "13"),
            Decimal(1),
            "由评审员按材料给 0–1 分",
            3,
            self_score=Decimal(1),
            note="已交\n上一次的材料",
            section="质量措施",
            status="已提交",
            locked="已提交，等待审核",
        ),
    )
    first = FilingSheet(
        issue(),
        rows,
        (AWARD, BRAND),
        (
            AwardRow(
                "17",
                "quality_award_count",
                "示例质量奖",
                "province",
                "2017-05-31",
                "示例文〔2017〕5号",
                2,
                holder="示例企业",
            ),
        ),
        due="2017年11月3日",
    )
    return replace(first, **changed)  # type: ignore[arg-type]  # whatever a test changes


def part(name: str, **changed: object) -> PartRow:
    """One of the parts, with something else in it."""
    found = next(row for row in filing().rows if isinstance(row, PartRow) and row.part == name)
    return replace(found, **changed)  # type: ignore[arg-type]  # whatever a test changes


def with_part(name: str, **changed: object) -> FilingSheet:
    """The department's filing with one part changed on the site."""
    rows = filing().rows
    other = part(name, **changed)
    same = [isinstance(row, PartRow) and row.part == name for row in rows]
    return filing(
        rows=tuple(other if is_it else row for row, is_it in zip(rows, same, strict=True))
    )


def grid(**changed: object) -> GridSheet:
    """What a provider enters: three indicators for three units."""
    units = (
        GridUnit(
            "u01",
            "示例一区",
            {
                RATE.id: Measured(RATE, Decimal("93.2"), before=Decimal(92), version=3),
                COUNT.id: Measured(COUNT, state="pending", version=1),
                GRADE.id: Measured(GRADE),
            },
        ),
        GridUnit("u02", "示例二县", {RATE.id: Measured(RATE), COUNT.id: Measured(COUNT)}),
        GridUnit(
            "u03",
            "示例经济区",
            {RATE.id: Measured(RATE, locked="已公示"), GRADE.id: Measured(GRADE)},
        ),
    )
    head = issue(kind="grid", unit="", unit_title="", owner="p02", owner_title="市旅发委（示例）")
    first = GridSheet(head, (RATE, COUNT, GRADE), units, {RATE.id: ("3",)}, due="2017年11月3日")
    return replace(first, **changed)  # type: ignore[arg-type]  # whatever a test changes


def written(form: Form) -> bytes:
    """A form as it is handed out."""
    target = io.BytesIO()
    write_form(form, target, secret=SECRET)
    return target.getvalue()


class Desk:
    """One workbook on the desk; cells are found by their hidden keys, as the reader finds them."""

    def __init__(self, form: Form, data: bytes | None = None) -> None:
        self.form = form
        self.book: Workbook = load_workbook(io.BytesIO(data or written(form)))

    @classmethod
    def of_filing(cls, sheet: FilingSheet | None = None) -> "Desk":
        """A department's workbook."""
        return cls(filing_form(sheet or filing()))

    @classmethod
    def of_grid(cls, sheet: GridSheet | None = None) -> "Desk":
        """A provider's workbook."""
        return cls(grid_form(sheet or grid()))

    def cell(self, name: str, row: str, column: str) -> Cell:
        """The cell of two keys."""
        sheet = self.sheet(name)
        rows = {str(cell.value): number for number, cell in enumerate(sheet["A"], 1)}
        columns = {str(cell.value): number for number, cell in enumerate(sheet[1], 1)}
        found = sheet.cell(rows[row], columns[column])
        assert isinstance(found, Cell)
        return found

    def sheet(self, name: str) -> Worksheet:
        """A sheet by its name."""
        found = self.book[name]
        assert isinstance(found, Worksheet)
        return found

    def put(self, name: str, row: str, column: str, value: object, *, shown: str = "") -> str:
        """Fill in a cell; gives its place as messages name it."""
        cell = self.cell(name, row, column)
        cell.value = value  # type: ignore[assignment]  # whatever a person may type
        if shown:
            cell.number_format = shown
        return f"{FILE}:{name}!{cell.coordinate}"

    def saved(self) -> bytes:
        """The file as it is now."""
        target = io.BytesIO()
        self.book.save(target)
        return target.getvalue()

    def read(self, form: Form | None = None) -> Filled:
        """What the reader makes of it; ``form`` is the form as it has become meanwhile."""
        return read_form(self.saved(), FILE, form or self.form, secret=SECRET)

    def mistakes(self, form: Form | None = None) -> dict[str, str]:
        """What is wrong with it, by place."""
        try:
            self.read(form)
        except Mistaken as error:
            return {mistake.at: mistake.message for mistake in error.mistakes}
        return {}
