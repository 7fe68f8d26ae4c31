"""The colours and borders of a workbook: what is typed, what is chosen, what is left alone."""

from kaohe.workbook.book import Look

LINE = {"border": 1, "border_color": "#B7B7B7"}
WRAP = {"text_wrap": True}

TITLE: Look = {"bold": True, "font_size": 15}
NOTE: Look = {"font_color": "#595959", "font_size": 10}
PLAIN: Look = {**WRAP, "valign": "top"}
HEAD: Look = {**LINE, **WRAP, "bold": True, "bg_color": "#D9E4F1", "align": "center"}
SMALL_HEAD: Look = {**LINE, **WRAP, "bg_color": "#EEF3F9", "align": "center", "font_size": 10}
SECTION: Look = {**LINE, "bold": True, "bg_color": "#E7E6E6"}
FIXED: Look = {**LINE, **WRAP, "bg_color": "#F5F5F5"}
FIXED_CENTRE: Look = {**FIXED, "align": "center"}
RULED: Look = {**LINE, "bg_color": "#E3E3E3", "font_color": "#7F7F7F", "align": "center"}

OPEN = {"locked": False}
INPUT: Look = {**LINE, **OPEN, "bg_color": "#FFF7D6"}
INPUT_TEXT: Look = {**INPUT, **WRAP}
INPUT_DATE: Look = {**INPUT, "num_format": "yyyy-mm-dd", "align": "center"}
CHOICE: Look = {**LINE, **OPEN, **WRAP, "bg_color": "#DDEEF8", "align": "center"}
CHOICE_LEFT: Look = {**CHOICE, "align": "left"}
REASON: Look = {**LINE, **OPEN, **WRAP, "bg_color": "#EAF5E6"}
KEY: Look = {"font_size": 8, "font_color": "#A6A6A6"}
LINK: Look = {**LINE, "bg_color": "#F5F5F5", "font_color": "#1F4E9E", "underline": 1}
CELL: Look = {**LINE, **WRAP}
