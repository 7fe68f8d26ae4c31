"""The names that the template writes and the reader looks for: sheets, keys, words in cells."""

FORMAT = "1"
"""The version of the workbook's lay-out; a reader of another version refuses it."""

GUIDE = "填写说明"
HIDDEN = "_kaohe"

MARK = "kaohe:"
"""Begins the cell where a sheet's row of keys and column of keys meet."""

SHEETS = {
    "units": "单位",
    "values": "指标值",
    "targets": "目标值",
    "previous": "上年值",
    "points": "评审得分",
    "entries": "登记",
    "vetoes": "否决",
    "references": "参考值",
}
"""The input sheets by what they hold, in the order of the workbook."""

UNIT_COLUMNS = {"id": "编号", "name": "名称", "group": "所属市（参评组）", "type": "类别"}
ENTRY_COLUMNS = {
    "unit": "单位",
    "indicator": "登记哪一项",
    "name": "名称",
    "level": "级别",
    "holder": "获得者",
    "date": "日期",
    "document": "证明文件及文号",
    "approval": "目录以外的认定依据",
}
VETO_COLUMNS = {"unit": "单位", "veto": "否决项", "authority": "认定机关", "document": "文号"}
REFERENCE_COLUMNS = {"group": "参评组", "indicator": "指标", "mean": "本组平均值"}

PENDING = "待定"
NOT_APPLICABLE = "无此项"
STATES = (PENDING, NOT_APPLICABLE)
NONE_REGISTERED = "无"
"""The name of an entry that says: nothing to register, which is not the same as unknown."""

UNKNOWN_MEAN = "未知"
"""In place of a group's mean: not all units compared with are in the workbook."""

MOST_SLOTS = 500
NUMBER_DIGITS = 15
"""As many significant digits as Excel keeps; a longer number travels as text."""


def default_id(slot: int) -> str:
    """The id that a unit slot has until somebody writes another.

    >>> default_id(3)
    'u03'
    """
    return f"u{slot:02d}"


def key(kind: str, name: str) -> str:
    """The key of a column: what stands in it, and of which indicator or unit slot."""
    return f"{kind}:{name}"
