"""The command as a person runs it: arguments in, exit status and both outputs out."""

import json
from pathlib import Path
from typing import Any

import pytest

from command.running import Kaohe, Run, Written
from kaohe.cli.main import main

CONTRACT_EXAMPLE = {
    "rubric": "shuangtaizi-2017",
    "units": [
        {
            "id": "u01",
            "name": "双台子区",
            "group": "盘锦市",
            "indicators": {"manufacturing_pass_rate": "93.2", "vegetable_pass_rate": "95"},
            "targets": {"manufacturing_pass_rate": "95"},
            "points": {"M8.1": "1", "M9": "0.5"},
            "vetoes": [],
        }
    ],
    "references": {"盘锦市": {"quality_award_count": {"mean": "3.5"}}},
}


@pytest.fixture
def kaohe(monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]) -> Kaohe:
    """Run ``kaohe`` with these arguments."""

    def run(*arguments: str | Path) -> Run:
        monkeypatch.setattr("sys.argv", ["kaohe", *map(str, arguments)])
        with pytest.raises(SystemExit) as left:
            main()
        captured = capsys.readouterr()
        code = left.value.code
        assert isinstance(code, int)
        return Run(code, captured.out, captured.err)

    return run


@pytest.fixture
def example() -> dict[str, Any]:
    """The data of the contract, to be changed by a test."""
    copy: dict[str, Any] = json.loads(json.dumps(CONTRACT_EXAMPLE))
    return copy


@pytest.fixture
def written(tmp_path: Path) -> Written:
    """Write data as a JSON file."""

    def write(value: Any) -> Path:
        path = tmp_path / "data.json"
        text = value if isinstance(value, str) else json.dumps(value, ensure_ascii=False)
        path.write_text(text, "utf-8")
        return path

    return write
