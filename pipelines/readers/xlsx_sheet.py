"""One worksheet of an .xlsx, streamed: its cells as text with the digits the file holds. Knows nothing of other parts."""

from __future__ import annotations

import re
from dataclasses import dataclass, field

from pipelines.readers import Table
from pipelines.readers.excel_text import number_text, serial_text, unescaped
from pipelines.readers.grid import Cell, Grid, Merge
from pipelines.readers.xlsx_parts import Attributes, Workbook, parse

_MERGE = re.compile(rb'<(?:\w+:)?mergeCell\s[^>]*?ref="\$?([A-Z]+)\$?(\d+):\$?([A-Z]+)\$?(\d+)"')
_NUMBER = re.compile(r"[+-]?(\d+\.?\d*|\.\d+)([eE][+-]?\d+)?")
_ISO_DATE = re.compile(r"(\d{4}-\d\d-\d\d)(?:T(\d\d:\d\d:\d\d(?:\.\d+)?))?Z?")
_TRUTH = {"1": "TRUE", "0": "FALSE", "true": "TRUE", "false": "FALSE"}


@dataclass
class SheetContent:
    """table: its rows. unvalued: the formula cells that hold no value."""

    table: Table
    unvalued: list[str] = field(default_factory=list)


def read(data: bytes, name: str, part: str, workbook: Workbook) -> SheetContent:
    """The sheet in the XML `data`, named `name`. Empty cells and rows cost nothing, however far the sheet reaches."""
    walker = _Walker(Grid(name, merges(data), workbook.date_system), workbook)
    parse(data, part, walker.start, walker.end, walker.text)
    return SheetContent(walker.grid.table(), walker.unvalued)


def merges(data: bytes) -> list[Merge]:
    """The merged ranges: they stand behind the cells and are needed before them."""
    return [
        Merge(int(first_row), column_index(first.decode()), int(last_row), column_index(last.decode()))
        for first, first_row, last, last_row in _MERGE.findall(data)
    ]


def column_index(letters: str) -> int:
    """A → 0, Z → 25, AA → 26."""
    index = 0
    for letter in letters:
        index = index * 26 + ord(letter) - 64
    return index - 1


class _Walker:
    """Gathers cells into rows, rows into the grid."""

    def __init__(self, grid: Grid, workbook: Workbook) -> None:
        self.grid = grid
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
            self._row = int(attributes.get("r", self._row + 1))
            self._hidden = attributes.get("hidden") in ("1", "true")
            self._column = -1
            self._cells = []

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
            self.grid.add(self._row, self._cells, self._hidden)

    def _open_cell(self, attributes: Attributes) -> None:
        reference = attributes.get("r", "")
        self._column = column_index(reference.rstrip("0123456789")) if reference else self._column + 1
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
        return serial_text(stored, kind, self._workbook.date_system) if kind else number_text(stored)
