"""Makes the shipped sample workbook from the sample data in JSON beside it."""

from pathlib import Path

from kaohe.reading.load import load_rubric
from kaohe.scoring.data import read_data
from kaohe.scoring.json_data import read_json
from kaohe.workbook.template import write_template

SAMPLES = Path(__file__).parent.parent / "src/kaohe/samples"
DATA = SAMPLES / "sample-city.json"
SAMPLE = SAMPLES / "sample-city.xlsx"


def write(path: Path) -> None:
    """Write the filled workbook of the sample city."""
    rubric = load_rubric("shuangtaizi-2017")
    data = read_data(read_json(DATA.read_text("utf-8"), DATA.name), rubric)
    write_template(rubric, path, data=data, slots=8)
