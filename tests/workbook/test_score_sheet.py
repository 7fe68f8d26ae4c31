"""The score sheet of one unit, as people get it."""

import io
from decimal import Decimal

import pytest
from openpyxl import load_workbook
from openpyxl.worksheet.worksheet import Worksheet

from kaohe.reading.writer import fingerprint
from kaohe.rubric.interpretation import choose
from kaohe.rubric.model import Rubric
from kaohe.rules.base import Award, IndicatorId
from kaohe.scoring.observations import Dataset, Observations
from kaohe.scoring.result import PartScore, UnitScore
from kaohe.scoring.score import score
from kaohe.workbook.load import load_data
from kaohe.workbook.score_sheet import write_score_sheet


def explain(part: PartScore) -> str:
    return f"关于 {part.part.id} 的说明"


def written(rubric: Rubric, unit: UnitScore) -> bytes:
    target = io.BytesIO()
    write_score_sheet(rubric, unit, target, explain)
    return target.getvalue()


def sheet_of(rubric: Rubric, unit: UnitScore) -> Worksheet:
    sheet = load_workbook(io.BytesIO(written(rubric, unit)))["得分说明表"]
    assert isinstance(sheet, Worksheet)
    return sheet


def rows(sheet: Worksheet) -> dict[str, tuple[object, ...]]:
    """The rows of the table by what stands first in them."""
    return {
        str(row[0]): tuple(row[1:])
        for row in sheet.iter_rows(min_row=6, values_only=True)
        if row[0] is not None
    }


def one(rubric: Rubric, **known: object) -> UnitScore:
    unit = Observations("u1", "双台子区", "盘锦市", **known)  # type: ignore[arg-type]  # as told
    return score(rubric, Dataset((unit,)))[0]


def test_the_top_says_whose_it_is_and_what_came_out(seed: Rubric, sample: str) -> None:
    data, _ = load_data(sample, seed)
    unit = score(seed, data)[0]
    sheet = sheet_of(seed, unit)
    assert sheet["A1"].value == "双台子区政府质量工作专项考核评分细则得分说明表"
    assert sheet["A2"].value == (
        f"被考核单位：{unit.facts.unit.name}（{unit.facts.unit.group}）　　"
        f"总分：{unit.total} 分（满分 100 分）　　等级：{unit.grade}　　名次：第 {unit.rank} 名"
    )
    print_ = fingerprint(seed)[7:19]
    assert sheet["A3"].value == (
        f"考核年度：2016-2017　　细则：shuangtaizi-2017　　版次指纹：{print_}"
    )


def test_what_is_open_stands_as_a_range(seed: Rubric) -> None:
    sheet = sheet_of(seed, one(seed))
    assert str(sheet["A2"].value).endswith(
        "总分：0–100 分（满分 100 分），尚有未定项，先列出可能的范围　　等级：未定　　名次：未定"
    )
    assert rows(sheet)["G1"][2:5] == (10, "0–10", "0–10")


def test_every_item_and_part_stands_in_it_with_its_sums(seed: Rubric) -> None:
    rates = {IndicatorId("vegetable_pass_rate"): Decimal("93.2")}
    table = rows(sheet_of(seed, one(seed, values=rates, awards={"M9": Award(Decimal("0.5"))})))
    criteria = {c.id for c in seed.all_criteria()} | {p.id for p in seed.all_parts()}
    assert criteria <= set(table)
    assert table["G2.1"] == ("3", "蔬菜监测合格率", 2.5, 2.4, 0.1, "关于 G2.1 的说明", "区农经局")
    assert table["G2"][:5] == ("3", "主要农产品质量安全监测合格率", 6, "2.4–5.9", "0.1–3.6")
    assert table["M9"][2:5] == (1, 0.5, 0.5)
    assert table["质量目标"][2:4] == (35, "2.4–34.9")
    assert table["　质量发展"][2:4] == (22, "0.5–21.5")
    assert table["总分"][2:4] == (100, "2.9–99.4")


def test_an_exempt_part_says_so(county: Rubric) -> None:
    table = rows(sheet_of(county, one(county, type="zone", exempt={"A3": "没有投诉"})))
    assert table["A3"][2:5] == (15, "不适用", "—")
    assert "B2" not in table
    assert table["服务保障"][2:4] == (40, "0–40")


def test_what_stands_outside_the_points_comes_last_and_loses_nothing(county: Rubric) -> None:
    entries = {IndicatorId("criticism_count"): (), IndicatorId("commendation_count"): ()}
    table = rows(sheet_of(county, one(county, type="county", entries=entries)))
    assert table["X2"][2:5] == (0, 0, None)
    assert list(table).index("X1") > list(table).index("C3")


def test_vetoes_and_other_effects_are_told(seed: Rubric) -> None:
    table = rows(sheet_of(seed, one(seed, vetoes=("V1",))))
    title = seed.vetoes[0].title
    assert f"1. {title}：等级一律为 D，得分不变。" in table
    assert "跨条目事项（否决、前提条件、不适用换算等）" in table


def test_the_readings_in_force_are_listed(seed: Rubric) -> None:
    read_as = choose(seed, {"G3-fifth": "more-than"})
    told = [text for text in rows(sheet_of(read_as, one(read_as))) if "G3-fifth" in text]
    reading = next(r for r in seed.readings if r.id == "G3-fifth")
    choice = reading.choice("more-than")
    assert choice is not None
    (found,) = told
    assert found.endswith(f"→ {choice.means}；本次计分临时改用")


def test_it_prints_on_a4_with_its_heads_on_every_page(seed: Rubric) -> None:
    sheet = sheet_of(seed, one(seed))
    assert (sheet.page_setup.orientation, sheet.page_setup.paperSize) == ("landscape", 9)
    assert sheet.print_title_rows == "$5:$5"
    assert sheet.sheet_properties.pageSetUpPr is not None
    assert sheet.sheet_properties.pageSetUpPr.fitToPage is True


def test_a_long_explanation_gets_a_tall_row(seed: Rubric) -> None:
    target = io.BytesIO()
    write_score_sheet(seed, one(seed), target, lambda _: "长" * 300)
    sheet = load_workbook(target)["得分说明表"]
    assert sheet.row_dimensions[7].height == pytest.approx(171)


def test_equal_results_make_equal_bytes(seed: Rubric) -> None:
    assert written(seed, one(seed)) == written(seed, one(seed))
