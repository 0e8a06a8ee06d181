"""One worksheet of an .xlsx, streamed: its cells as text with the digits the file holds. Knows nothing of other parts."""

from __future__ import annotations

import re
from dataclasses import dataclass
from functools import lru_cache

from pipelines.readers import Table
from pipelines.readers.excel_text import number_text, serial_text, unescaped
from pipelines.readers.excel_witness import SheetCount
from pipelines.readers.grid import Cell, Grid, Merge
from pipelines.readers.xlsx_parts import Attributes, Workbook, parse

_MERGE = re.compile(rb'<(?:\w+:)?mergeCell\s[^>]*?ref="\$?([A-Z]+)\$?(\d+):\$?([A-Z]+)\$?(\d+)"')
_NUMBER = re.compile(r"[+-]?(?:\d++(?:\.\d*+)?|\.\d++)(?:[eE][+-]?\d++)?")
_ISO_DATE = re.compile(r"(\d{4}-\d\d-\d\d)(?:T(\d\d:\d\d:\d\d(?:\.\d+)?))?Z?")
_TRUTH = {"1": "TRUE", "0": "FALSE", "true": "TRUE", "false": "FALSE"}


@dataclass
class SheetContent:
    """table: its rows. unvalued: the formula cells that hold no value. count: for the second opinion."""

    table: Table
    unvalued: list[str]
    count: SheetCount


def read(data: bytes, name: str, part: str, workbook: Workbook) -> SheetContent:
    """The sheet in the XML `data`, named `name`. Empty cells and rows cost nothing, however far the sheet reaches."""
    walker = _Walker(Grid(name, merges(data), workbook.date_system), workbook, SheetCount(name))
    parse(data, part, walker.start, walker.end, walker.text)
    return SheetContent(walker.grid.table(), walker.unvalued, walker.count)


def merges(data: bytes) -> list[Merge]:
    """The merged ranges: they stand behind the cells and are needed before them."""
    return [
        Merge(int(first_row), column_index(first.decode()), int(last_row), column_index(last.decode()))
        for first, first_row, last, last_row in _MERGE.findall(data)
    ]


@lru_cache(maxsize=20_000)
def column_index(letters: str) -> int:
    """A → 0, Z → 25, AA → 26."""
    index = 0
    for letter in letters:
        index = index * 26 + ord(letter) - 64
    return index - 1


class _Walker:
    """Gathers cells into rows, rows into the grid."""

    def __init__(self, grid: Grid, workbook: Workbook, count: SheetCount) -> None:
        self.grid = grid
        self.count = count
        self.unvalued: list[str] = []
        self._workbook = workbook
        self._row = 0
        self._column = -1
        self._hidden = False
        self._cells: list[Cell] = []
        self._attributes: Attributes = {}
        self._value: list[str] = []
        self._taking = False
        self._in_guide = False
        self._has_formula = False

    def start(self, name: str, attributes: Attributes) -> None:
        if name == "c":
            self._open_cell(attributes)
        elif name == "v":
            self._taking = True
        elif name == "t":
            self._taking = not self._in_guide
        elif name == "f":
            self._has_formula = True
        elif name == "rPh":
            self._in_guide = True
        elif name == "row":
            self._open_row(attributes)

    def text(self, text: str) -> None:
        if self._taking:
            self._value.append(text)

    def end(self, name: str) -> None:
        if name == "c":
            self._close_cell()
        elif name in ("v", "t"):
            self._taking = False
        elif name == "rPh":
            self._in_guide = False
        elif name == "row" and self._cells:
            self.count.rows = self._row
            self.grid.add(self._row, self._cells, self._hidden)

    def _open_row(self, attributes: Attributes) -> None:
        row = int(attributes.get("r", self._row + 1))
        if row <= self._row:
            raise ValueError(f"row {row} behind row {self._row}")
        self._row, self._column, self._cells = row, -1, []
        self._hidden = attributes.get("hidden") in ("1", "true")

    def _open_cell(self, attributes: Attributes) -> None:
        reference = attributes.get("r", "")
        column = column_index(reference.rstrip("0123456789")) if reference else self._column + 1
        if column <= self._column:
            raise ValueError(f"cell {reference} out of order")
        self._column = column
        self._attributes = attributes
        self._value = []
        self._has_formula = False

    def _close_cell(self) -> None:
        kind = self._attributes.get("t", "n")
        stored = "".join(self._value)
        if self._has_formula and not stored and kind != "str":
            self.unvalued.append(self._attributes.get("r", f"{self._row}:{self._column + 1}"))
        text = self._text_of(stored, kind)
        if text:
            if kind != "e" and text.strip():
                self.count.column(self._column).filled += 1
            self._cells.append(Cell(self._column, text, kind in ("s", "str", "inlineStr")))

    def _text_of(self, stored: str, kind: str) -> str:
        if kind == "s":
            return self._workbook.texts[int(stored)] if stored else ""
        if kind == "n":
            return self._number(stored.strip())
        if kind == "b":
            return _TRUTH.get(stored, stored)
        if kind == "d":
            return _ISO_DATE.sub(lambda match: " ".join(filter(None, match.groups())), stored)
        return unescaped(stored)

    def _number(self, stored: str) -> str:
        if not _NUMBER.fullmatch(stored):
            return stored
        style = int(self._attributes.get("s", 0))
        kinds = self._workbook.kinds
        kind = kinds[style] if style < len(kinds) else ""
        column = self.count.column(self._column)
        column.total += float(stored)
        column.has_dates = column.has_dates or bool(kind)
        return serial_text(stored, kind, self._workbook.date_system) if kind else number_text(stored)
