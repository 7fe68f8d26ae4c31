"""Finding a rubric: by the name of one that is built in, or by the path of a YAML file."""

from importlib import resources
from pathlib import Path

from kaohe.location import Location, Mistake
from kaohe.nodes import Mistaken
from kaohe.reading.reader import read_rubric
from kaohe.rubric.model import Rubric

MOST_BYTES = 8_000_000
"""No rubric is nearly as long; more is not even read."""

BUILT_IN = resources.files("kaohe") / "rubrics"


def built_in_names() -> tuple[str, ...]:
    """The rubrics that come with Kaohe."""
    names = (entry.name for entry in BUILT_IN.iterdir())
    return tuple(sorted(name.removesuffix(".yaml") for name in names if name.endswith(".yaml")))


def load_rubric(name: str) -> Rubric:
    """The built-in rubric of that name, or the one in the YAML file at that path.

    :raises Mistaken: if there is none, or its text has mistakes.
    """
    if name in built_in_names():
        return read_rubric((BUILT_IN / f"{name}.yaml").read_text("utf-8"), f"{name}.yaml")
    path = Path(name)
    if path.suffix.lower() not in (".yaml", ".yml"):
        message = "评分细则应是 .yaml 文件；请核对文件，或改正文件名"
        raise Mistaken([Mistake(str(Location(name, "")), message)])
    try:
        with path.open("rb") as file:
            content = file.read(MOST_BYTES + 1)
        if len(content) > MOST_BYTES:
            message = f"文件超过 {MOST_BYTES} 字节，不像是评分细则；请核对文件"
            raise Mistaken([Mistake(str(Location(name, "")), message)])
        text = content.decode("utf-8")
    except UnicodeDecodeError as error:
        message = (
            f"不是 UTF-8 文本（第 {error.start + 1} 个字节起）；评分细则应是 YAML 文件，请核对"
        )
        raise Mistaken([Mistake(str(Location(name, "")), message)]) from error
    except OSError as error:
        known = "、".join(built_in_names())
        message = (
            f"找不到这份评分细则（{error.strerror}）；内置的有：{known}，也可以给出 YAML 文件的路径"
        )
        raise Mistaken([Mistake(str(Location(name, "")), message)]) from error
    return read_rubric(text, name)
