"""A worksheet whose rows have a height to begin with, and still grow when people type more."""

from typing import Any

from xlsxwriter.worksheet import Worksheet  # type: ignore[import-untyped]  # annotated, no py.typed


class GrowingSheet(Worksheet):  # type: ignore[misc]  # its base is untyped, as above
    """XlsxWriter marks every height as set by hand, which stops Excel from fitting the row anew."""

    def _xml_start_tag_unencoded(self, tag: str, attributes: list[tuple[str, Any]]) -> None:
        if tag == "row":
            attributes = [pair for pair in attributes if pair[0] != "customHeight"]
        super()._xml_start_tag_unencoded(tag, attributes)
