"""What ``make run`` shows: an empty workbook, a sample city scored, a score sheet per unit."""

import subprocess
import sys
from pathlib import Path

RUBRIC = "shuangtaizi-2017"
SAMPLE = Path(__file__).parent.parent / "src/kaohe/samples/sample-city.xlsx"
KAOHE = Path(sys.executable).with_name("kaohe")

NEXT = """
这些是虚构的示例数据。请打开看看：
  {out}/空白数据表.xlsx            供单位和评审员填写的 Excel 数据表
  {out}/示例市数据表.xlsx          已填好的六个单位，上面的成绩由它算出
  {out}/得分说明/                  每个单位一份得分说明表，逐条写明理由

接着可以试试（kaohe 在 .venv/bin 里）：
  {kaohe} explain {rubric} {out}/示例市数据表.xlsx u03 G2
  {kaohe} outlook {rubric} {out}/示例市数据表.xlsx --unit u02
  {kaohe} score {rubric} {out}/示例市数据表.xlsx --reading G3-fifth=more-than
  {kaohe} show {rubric}
  {kaohe} lint {rubric} --all
"""


def kaohe(*arguments: str) -> None:
    """Run the command as a person would."""
    print(f"\n$ kaohe {' '.join(arguments)}", flush=True)
    subprocess.run([KAOHE, *arguments], check=True)  # noqa: S603 -- our own command


def main() -> None:
    """Run the whole show into the folder named on the command line."""
    out = Path(sys.argv[1] if len(sys.argv) > 1 else "out")
    out.mkdir(exist_ok=True)
    filled = out / "示例市数据表.xlsx"
    filled.write_bytes(SAMPLE.read_bytes())
    kaohe("template", RUBRIC, "-o", str(out / "空白数据表.xlsx"))
    kaohe("score", RUBRIC, str(filled), "--sheets", str(out / "得分说明"))
    print(NEXT.format(out=out, rubric=RUBRIC, kaohe=KAOHE.relative_to(Path.cwd())))


if __name__ == "__main__":
    main()
