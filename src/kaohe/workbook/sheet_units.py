"""The sheet of units: one row for each assessed unit, to which all other sheets point."""

from kaohe.workbook import looks
from kaohe.workbook.form import FIRST_UNIT_ROW, KEY_COLUMN, KEY_ROW, TITLE_ROW, Form
from kaohe.workbook.hints import refused, shown
from kaohe.workbook.keys import UNIT_COLUMNS
from kaohe.workbook.labels import Labels

NOTE = (
    "先填这一张表：每个被考核单位一行，其他各表的单位名称由此带出。"
    "同一参评组的单位放在一起算平均值、排名次。"
)
WIDTHS = {"id": 12, "name": 32, "group": 28, "type": 18}
HINTS = {
    "id": ("编号", "每个单位一个，不能重复；可以不改"),
    "name": ("单位名称", "如：双台子区"),
    "group": ("所属市（参评组）", "平均值和名次在同一组之内计算；同组各行要写得完全一样"),
    "type": ("单位类别", "从下拉列表中选择"),
}


def write_units(form: Form) -> None:
    """The sheet ``单位``."""
    sheet = form.sheet("units", "被考核单位", NOTE)
    types = Labels(form.rubric.unit_types)
    typed = types.titles or any(unit.type for unit in form.data.units)
    columns = [name for name in UNIT_COLUMNS if name != "type" or typed]
    sheet.columns([WIDTHS[name] for name in columns], 1)
    for column, name in enumerate(columns, 1):
        sheet.text(KEY_ROW, column, name, looks.KEY)
        sheet.text(FIRST_UNIT_ROW - 1, column, UNIT_COLUMNS[name], looks.HEAD)
        last = FIRST_UNIT_ROW + form.slots - 1
        rule = {"validate": "any", **shown(*HINTS[name])}
        if name == "type" and types.titles:
            message = f"可用的类别：{'、'.join(types.all())}"
            no = refused("没有这种类别", message, "stop")
            rule |= {"validate": "list", "source": form.choices(types.all()), **no}
        sheet.validate([(FIRST_UNIT_ROW, column, last, column)], rule)
    for slot, unit in form.units():
        row = FIRST_UNIT_ROW + slot - 1
        sheet.text(row, KEY_COLUMN, str(slot), looks.KEY)
        known = {
            "id": form.id_of(slot),
            "name": unit.name if unit else "",
            "group": unit.group if unit else "",
            "type": types.of(unit.type) if unit else "",
        }
        for column, name in enumerate(columns, 1):
            sheet.text(row, column, known[name], looks.INPUT_TEXT)
        sheet.fit(row, {c: known[name] for c, name in enumerate(columns, 1)})
    sheet.raw.freeze_panes(FIRST_UNIT_ROW, 3)
    sheet.print_on_a4((TITLE_ROW, FIRST_UNIT_ROW - 1))
    sheet.protect()
