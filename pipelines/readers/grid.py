"""A sheet's cells, row by row → a Table: merged ranges, hidden rows and stray cells. Knows no workbook format."""

from __future__ import annotations

import re
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from typing import NamedTuple

import pyarrow as pa

from pipelines.readers import Notice, Refused, Table, tables

HEADING_ROWS = 15
FAR_ROWS = 1000
FAR_COLUMNS = 100
MAX_CELLS = 50_000_000
_STRAY_ROWS = 20
_NOTICES = 20
_BATCH_ROWS = 5_000

# A short number kept as text: filling it through a merged range would count it twice.
_QUANTITY = re.compile(r"\s*[-+(]?(?!0\d)[\d,]{1,12}(\.\d*)?\)?%?\s*")


class Cell(NamedTuple):
    """column: 0-based. is_text: whether the workbook holds it as text and not as a number, date or truth value."""

    column: int
    text: str
    is_text: bool = True


@dataclass(frozen=True)
class Merge:
    """A merged range: rows 1-based, columns 0-based, both ends inside."""

    first_row: int
    first_column: int
    last_row: int
    last_column: int


class Grid:
    """Takes the occupied rows of one sheet in ascending order and gives back its Table."""

    def __init__(self, sheet: str, merges: Iterable[Merge] = (), date_system: int = 1900) -> None:
        self._sheet = sheet
        self._date_system = date_system
        self._merges: dict[int, list[Merge]] = {}
        for merge in merges:
            self._merges.setdefault(merge.first_row, []).append(merge)
        self._open: list[tuple[Merge, str]] = []
        self._rows: list[Sequence[str | None]] = []
        self._batches: list[pa.Table] = []
        self._numbers: list[int] = []
        self._stray: list[tuple[int, Sequence[Cell]]] = []
        self._far: list[tuple[str, str]] = []
        self._hidden: list[list[int]] = []
        self._last = 0
        self._width = 0
        self._cells = 0

    def add(self, number: int, cells: Sequence[Cell], hidden: bool = False) -> None:
        """One row that holds something; `number` is greater than that of the row before."""
        if self._stray or (self._last and number - self._last > FAR_ROWS):
            self._hold(number, cells)
        else:
            self._append(number, cells)
        if hidden:
            self._hide(number)

    def table(self) -> Table:
        """The sheet's rows from the first to the last, blank ones between them as nulls."""
        self._far += [(_name(cell.column, number), cell.text) for number, cells in self._stray for cell in cells]
        self._flush()
        cells = pa.concat_tables([tables.widened(batch, self._width) for batch in self._batches])
        table = Table(self._sheet, cells, tables.numbers(self._numbers), date_system=self._date_system)
        table.notices += [*self._hidden_notices(), *self._far_notices()]
        return table

    def _hold(self, number: int, cells: Sequence[Cell]) -> None:
        """Rows far below the table: a few are strays, many are data after all."""
        self._stray.append((number, cells))
        if len(self._stray) > _STRAY_ROWS:
            held, self._stray = self._stray, []
            for held_number, held_cells in held:
                self._append(held_number, held_cells)

    def _append(self, number: int, cells: Sequence[Cell]) -> None:
        if number - self._last <= FAR_ROWS:
            for blank in range(self._last + 1, number):
                self._put(blank, [])
        self._last = number
        near = self._near(number, cells)
        row: list[str | None] = [None] * (near[-1].column + 1 if near else 0)
        for cell in near:
            row[cell.column] = cell.text
        self._put(number, self._merged(number, near, row))

    def _put(self, number: int, row: Sequence[str | None]) -> None:
        self._rows.append(row)
        self._numbers.append(number)
        self._width = max(self._width, len(row))
        if len(self._rows) >= _BATCH_ROWS:
            self._flush()

    def _flush(self) -> None:
        width = max((len(row) for row in self._rows), default=0)
        self._cells += width * len(self._rows)
        if self._cells > MAX_CELLS:
            raise Refused("FILE_TOO_LARGE", found=f"{self._cells} cells", expected=f"≤ {MAX_CELLS}")
        self._batches.append(tables.columns_of(self._rows, width))
        self._rows = []

    def _near(self, number: int, cells: Sequence[Cell]) -> Sequence[Cell]:
        """The cells that belong to the table; those beyond a hundred empty columns are noted as strays."""
        if not cells or cells[-1].column < max(self._width, len(cells)) + FAR_COLUMNS:
            return cells
        edge = self._width
        for index, cell in enumerate(cells):
            if cell.column >= edge + FAR_COLUMNS:
                self._far += [(_name(far.column, number), far.text) for far in cells[index:]]
                return cells[:index]
            edge = max(edge, cell.column + 1)
        return cells

    def _merged(self, number: int, cells: Sequence[Cell], row: list[str | None]) -> Sequence[str | None]:
        """`row` with the texts of merged ranges in every cell they cover.

        Downwards a label goes everywhere; sideways only in the heading rows, and not where the range is the whole row
        (a title, a section). A quantity is never repeated.
        """
        if not self._open and number not in self._merges:
            return row
        texts = {cell.column: cell.text for cell in cells if cell.is_text and not _QUANTITY.fullmatch(cell.text)}
        for merge in self._merges.get(number, ()):
            if merge.first_column in texts and _spreads(merge, cells):
                self._open.append((merge, texts[merge.first_column]))
        self._open = [(merge, text) for merge, text in self._open if merge.last_row >= number]
        for merge, text in self._open:
            last = merge.last_column if merge.first_row <= HEADING_ROWS else merge.first_column
            row += [None] * (last + 1 - len(row))
            for column in range(merge.first_column, last + 1):
                row[column] = row[column] or text
        return row

    def _hide(self, number: int) -> None:
        if self._hidden and self._hidden[-1][1] == number - 1:
            self._hidden[-1][1] = number
        else:
            self._hidden.append([number, number])

    def _hidden_notices(self) -> list[Notice]:
        return [
            Notice("XL_HIDDEN_ROW", first, self._sheet, {"first": str(first), "last": str(last)})
            for first, last in self._hidden
        ]

    def _far_notices(self) -> list[Notice]:
        """One notice a stray cell, the surplus counted in the last."""
        notices = [_far_notice(self._sheet, cell, text) for cell, text in self._far[:_NOTICES]]
        if len(self._far) > _NOTICES:
            notices.append(_far_notice(self._sheet, self._far[-1][0], f"… {len(self._far)} cells"))
        return notices


def _spreads(merge: Merge, cells: Sequence[Cell]) -> bool:
    """Whether a range repeats its text: not if it is all its row holds, unless it goes straight down."""
    if merge.first_column == merge.last_column:
        return merge.last_row > merge.first_row
    alone = all(merge.first_column <= cell.column <= merge.last_column for cell in cells)
    return merge.first_row <= HEADING_ROWS and not alone and merge.last_column - merge.first_column < FAR_COLUMNS


def _far_notice(sheet: str, cell: str, text: str) -> Notice:
    row = int("".join(character for character in cell if character.isdigit()))
    return Notice("XL_FAR_CELL", row, sheet, {"cell": cell, "found": text[:80]})


def _name(column: int, row: int) -> str:
    """A cell's name as a person sees it: column 20, row 5 → U5."""
    return f"{column_letters(column)}{row}"


def column_letters(column: int) -> str:
    """0 → A, 25 → Z, 26 → AA."""
    letters = ""
    column += 1
    while column:
        column, rest = divmod(column - 1, 26)
        letters = chr(ord("A") + rest) + letters
    return letters
