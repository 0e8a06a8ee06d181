"""HTML tables, as many systems write them under the name .xls → Tables. Knows no Excel format."""

from __future__ import annotations

import re
from dataclasses import dataclass, field
from html.parser import HTMLParser

from pipelines.readers import Document, Notice, ReaderOptions, Refused, Table, decoding
from pipelines.readers.grid import Cell, Grid, Merge

_CHARSET = re.compile(rb"""<meta[^>]+charset\s*=\s*["']?\s*([\w\-]+)""", re.IGNORECASE)
_MOST_SPANNED = 1000
_MOST_RESERVED = 5_000_000


def read(data: bytes, options: ReaderOptions) -> Document:
    """Every table that holds something, in order of appearance; the n-th row is row n, as a spreadsheet shows it.

    The declared charset comes after UTF-8: it is often false. Raises Refused FILE_TYPE when there is no table.
    """
    declared = _CHARSET.search(data[:4096])
    text = decoding.to_utf8(data, options.encoding, declared[1].decode("ascii") if declared else "")
    walker = _Walker()
    walker.feed(text.decode("utf-8"))  # never closed: html.parser takes quadratic time over an unfinished end
    found = [table for table in walker.finished + walker.unfinished if table.rows]
    if not found:
        raise Refused("FILE_TYPE", found="html", expected="table")
    names = [""] if len(found) == 1 else [f"table {number}" for number in range(1, len(found) + 1)]
    notices = [Notice("FILE_PARTIAL", values={"found": "</table>"})] if walker.unfinished else []
    return Document("html", [table.as_table(name) for table, name in zip(found, names, strict=True)], notices)


@dataclass
class _HtmlTable:
    """rows: by row number, the occupied cells. taken: cells covered from above by a rowspan."""

    rows: dict[int, list[Cell]] = field(default_factory=dict)
    merges: list[Merge] = field(default_factory=list)
    taken: dict[int, set[int]] = field(default_factory=dict)
    row: int = 0
    column: int = 0
    open_cell: list[str] | None = None
    number: str | None = None
    span: tuple[int, int] = (1, 1)
    reserved: int = 0

    def as_table(self, name: str) -> Table:
        self.close_cell()
        grid = Grid(name, self.merges)
        for number, cells in sorted(self.rows.items()):
            grid.add(number, cells)
        return grid.table()

    def begin_row(self) -> None:
        self.close_cell()
        self.row, self.column = self.row + 1, 0

    def begin_cell(self, attributes: dict[str, str | None]) -> None:
        self.close_cell()
        self.row = max(self.row, 1)
        self.open_cell = []
        self.number = attributes.get("x:num")
        self.span = _span(attributes.get("rowspan")), _span(attributes.get("colspan"))

    def close_cell(self) -> None:
        """Put the open cell in its place: the next column that no cell above reaches into."""
        if self.open_cell is None:
            return
        while self.column in self.taken.get(self.row, ()):
            self.column += 1
        text = self.number or " ".join("".join(self.open_cell).split())
        self.open_cell = None
        if text:
            self.rows.setdefault(self.row, []).append(Cell(self.column, text, self.number is None))
        self._reserve()
        self.column += self.span[1]

    def _reserve(self) -> None:
        down, right = self.span
        if (down, right) != (1, 1):
            self.merges.append(Merge(self.row, self.column, self.row + down - 1, self.column + right - 1))
        self.reserved += (down - 1) * right
        if self.reserved > _MOST_RESERVED:
            raise Refused("FILE_TOO_LARGE", found=f"{self.reserved} cells", expected=f"≤ {_MOST_RESERVED}")
        for row in range(self.row + 1, self.row + down):
            self.taken.setdefault(row, set()).update(range(self.column, self.column + right))


def _span(value: str | None) -> int:
    digits = (value or "").strip()
    return min(max(int(digits), 1), _MOST_SPANNED) if digits.isdecimal() else 1


class _Walker(HTMLParser):
    """Follows the tags; a table inside a table is a table of its own."""

    def __init__(self) -> None:
        super().__init__(convert_charrefs=True)
        self.finished: list[_HtmlTable] = []
        self.unfinished: list[_HtmlTable] = []
        self._silent = 0

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        if tag == "table":
            self.unfinished.append(_HtmlTable())
        elif tag in ("style", "script", "title"):
            self._silent += 1
        elif self.unfinished:
            self._inside(self.unfinished[-1], tag, dict(attrs))

    def handle_endtag(self, tag: str) -> None:
        if tag in ("style", "script", "title"):
            self._silent = max(self._silent - 1, 0)
        if not self.unfinished:
            return
        if tag in ("td", "th", "tr"):
            self.unfinished[-1].close_cell()
        elif tag == "table":
            self.unfinished[-1].close_cell()
            self.finished.append(self.unfinished.pop())

    def handle_data(self, data: str) -> None:
        if self.unfinished and self.unfinished[-1].open_cell is not None and not self._silent:
            self.unfinished[-1].open_cell.append(data)

    @staticmethod
    def _inside(table: _HtmlTable, tag: str, attributes: dict[str, str | None]) -> None:
        if tag == "tr":
            table.begin_row()
        elif tag in ("td", "th"):
            table.begin_cell(attributes)
        elif tag in ("br", "p", "div") and table.open_cell is not None:
            table.open_cell.append(" ")
