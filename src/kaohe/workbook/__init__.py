"""The data workbook: made from a rubric, filled in Excel or WPS, read back with cell addresses."""
