"""``kaohe template``, and the way back through ``kaohe score``."""

from pathlib import Path

import openpyxl
import pytest
import sample_workbook

from command.running import Kaohe


@pytest.mark.parametrize("rubric", ["shuangtaizi-2017", "example-county"])
def test_an_empty_workbook_opens_and_says_that_it_is_empty(
    kaohe: Kaohe, tmp_path: Path, rubric: str
) -> None:
    path = tmp_path / "数据表.xlsx"
    assert kaohe("template", rubric, "-o", path).status == 0
    assert openpyxl.load_workbook(path).sheetnames[0] == "填写说明"
    run = kaohe("score", rubric, path)
    assert (run.status, run.out) == (1, "")
    assert run.err.startswith(str(path))


def test_filled_from_data_it_scores_the_same(kaohe: Kaohe, tmp_path: Path) -> None:
    path = tmp_path / "city.xlsx"
    filled = kaohe("template", "shuangtaizi-2017", "-o", path, "--data", sample_workbook.DATA)
    assert filled.status == 0
    from_json = kaohe("score", "shuangtaizi-2017", sample_workbook.DATA, "--json")
    from_workbook = kaohe("score", "shuangtaizi-2017", path, "--json")
    assert from_workbook.json == from_json.json


def test_a_workbook_of_another_rubric_is_recognised(kaohe: Kaohe, tmp_path: Path) -> None:
    path = tmp_path / "county.xlsx"
    kaohe("template", "example-county", "-o", path)
    run = kaohe("score", "shuangtaizi-2017", path, "--json")
    assert (run.status, run.out) == (1, "")
    assert run.err.count("example-county") > 0
