"""The figures that stand in a page, read out of its HTML as a person reads them."""

from collections.abc import Iterator
from dataclasses import dataclass, field
from html.parser import HTMLParser

Figures = dict[str, str | None]


@dataclass
class Line:
    """A row of a table: what it is about, and its figures by name (the same name: in order)."""

    about: dict[str, str]
    figures: dict[str, list[str]] = field(default_factory=dict)


class _Reader(HTMLParser):
    def __init__(self) -> None:
        super().__init__()
        self.table = ""
        self.lines: list[tuple[str, Line]] = []
        self.figure = ""
        self.text: list[str] = []

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        known = {name: value or "" for name, value in attrs}
        if tag == "table":
            self.table = known.get("data-table", "")
        if tag == "tr":
            about = {name[5:]: value for name, value in known.items() if name.startswith("data-")}
            self.lines.append((self.table, Line(about)))
        if tag in ("td", "th") and "data-figure" in known:
            self.figure, self.text = known["data-figure"], []

    def handle_data(self, data: str) -> None:
        if self.figure:
            self.text.append(data)

    def handle_endtag(self, tag: str) -> None:
        if tag in ("td", "th") and self.figure:
            said = "".join(self.text).strip()
            self.lines[-1][1].figures.setdefault(self.figure, []).append(said)
            self.figure = ""


def lines_in(html: str, table: str) -> Iterator[Line]:
    """The rows of the tables of that name."""
    reader = _Reader()
    reader.feed(html)
    for name, line in reader.lines:
        if name == table:
            yield line


def span(text: str) -> Figures:
    """A score as it is written: settled, or its range."""
    low, dash, high = text.partition("–")
    if dash:
        return {"score": None, "low": low, "high": high}
    return {"score": text, "low": text, "high": text}


def ranking_in(html: str) -> dict[str, Figures]:
    """The totals, grades and ranks of a ranking, by unit."""
    found = {}
    for line in lines_in(html, "ranking"):
        if "unit" in line.about:
            total = span(line.figures["total"][0])
            grade, rank = line.figures["grade"][0], line.figures["rank"][0]
            found[line.about["unit"]] = {
                "total": total["score"],
                "low": total["low"],
                "high": total["high"],
                "grade": None if grade == "未定" else grade,
                "rank": None if rank == "—" else rank,
            }
    return found


def sheet_in(html: str) -> dict[str, Figures]:
    """The points and scores of a score sheet, by item or part; the total under no name."""
    found: dict[str, Figures] = {}
    for line in lines_in(html, "sheet"):
        name = line.about.get("part") or line.about.get("item")
        if name:
            found[name] = {**span(line.figures["score"][0]), "points": line.figures["points"][0]}
        elif "total" in line.figures:
            found[""] = span(line.figures["total"][0])
    return found


def heat_in(html: str) -> dict[str, list[str]]:
    """The cells of a heat map, by unit."""
    cells: dict[str, list[str]] = {}
    reader = _Cells()
    reader.feed(html)
    for unit, text in reader.found:
        cells.setdefault(unit, []).append(text)
    return cells


class _Cells(HTMLParser):
    def __init__(self) -> None:
        super().__init__()
        self.unit = ""
        self.inside = False
        self.found: list[tuple[str, str]] = []

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        known = dict(attrs)
        if tag == "tr":
            self.unit = known.get("data-unit") or ""
        if tag == "td" and "data-item" in known and self.unit:
            self.inside = True
            self.found.append((self.unit, ""))

    def handle_data(self, data: str) -> None:
        if self.inside:
            unit, said = self.found[-1]
            self.found[-1] = (unit, said + data.strip())

    def handle_endtag(self, tag: str) -> None:
        if tag == "td":
            self.inside = False
