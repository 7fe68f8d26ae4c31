"""The page of settings: what the site reads from the environment, made from what reads it."""

import re
from pathlib import Path

from pydantic.fields import FieldInfo

from kaohe_web.commands.serve import SETTINGS
from kaohe_web.settings.environment import PREFIX, Environment

PAGE = Path(__file__).parent.parent / "docs/reference/settings.md"

HEAD = """# 设置 · Settings

This page is made from `src/kaohe_web/settings/environment.py` and the help of `kaohe serve`
(`make docs`). 本页由程序生成，请勿手工修改。

设置只取自环境变量，改后重新启动才生效。有误的、名称写错的，启动时一次全部列出，不会带着错误启动。
`kaohe serve`、`worker`、`backup`、`restore`、`audit` 读的是同一套设置，须在同样的环境变量下运行。

| 环境变量 | 缺省值 | 取值 | 说明 |
| --- | --- | --- | --- |
"""

TAIL = """
佐证材料存到 S3 时，密钥另用两个通行的变量 `AWS_ACCESS_KEY_ID`、`AWS_SECRET_ACCESS_KEY`，
不写在地址里。怎样部署见[运行和维护](../how-to/运行和维护.md)。
"""

LINE = re.compile(r"^  ([A-Z_]+)\s+(.+?)（([^（）]*)）$", re.MULTILINE)
"""A variable, what it means, and what its default means, as the help says."""


def render() -> dict[Path, str]:
    """The page by its path."""
    words = {name: said for name, *said in LINE.findall(SETTINGS)}
    lines = []
    for name, field in Environment.model_fields.items():
        variable = str(field.validation_alias or PREFIX + name.upper())
        means, empty = words[variable]
        cells = (f"`{variable}`", default(field) or f"空（{empty}）", taken(field), means)
        lines.append(f"| {' | '.join(cells)} |")
    return {PAGE: HEAD + "\n".join(lines) + "\n" + TAIL}


def default(field: FieldInfo) -> str:
    """What a setting is where nobody sets it; nothing if that is empty."""
    value = field.default
    if isinstance(value, bool):
        return f"`{int(value)}`"
    if isinstance(value, tuple):
        value = ",".join(value)
    return f"`{value}`" if str(value) else ""


def taken(field: FieldInfo) -> str:
    """What a setting can be."""
    kind = field.annotation
    if kind is bool:
        return "`1`、`0`"
    if kind is int:
        least, most = (limit(field, name) for name in ("ge", "le"))
        return f"{least}–{most}" if most else f"不小于 {least}"
    choices = getattr(kind, "__args__", ())
    if choices and all(isinstance(choice, str) for choice in choices):
        return "、".join(f"`{choice}`" for choice in choices)
    return "一项或几项" if isinstance(field.default, tuple) else "文字"


def limit(field: FieldInfo, name: str) -> str:
    """A bound of a number, if it has one."""
    return next((str(getattr(each, name)) for each in field.metadata if hasattr(each, name)), "")
