"""A second opinion on a workbook: another implementation counts and adds up the same columns. It delivers no value."""

from __future__ import annotations

import io
import math
from collections.abc import Sequence
from dataclasses import dataclass, field

import python_calamine

from pipelines.readers import Refused, calamine
from pipelines.readers.grid import column_letters

# The witness lays a sheet out from its first to its last cell, so a stray one would cost it a gigabyte.
MOST_CELLS = 5_000_000
_TOLERANCE = 1e-9


@dataclass
class ColumnCount:
    """filled: cells that hold something other than an error. total: the sum of the plain numbers. has_dates: whether
    some are shown as dates; the two implementations know different formats, so then only the cells are compared."""

    filled: int = 0
    total: float = 0.0
    has_dates: bool = False

    def agrees(self, other: ColumnCount) -> bool:
        """Whether two implementations saw the same column."""
        same_total = math.isclose(self.total, other.total, rel_tol=_TOLERANCE, abs_tol=_TOLERANCE)
        return self.filled == other.filled and (self.has_dates or other.has_dates or same_total)


@dataclass
class SheetCount:
    """What one implementation saw of a sheet, by column index. rows: the last row that holds something."""

    name: str
    columns: dict[int, ColumnCount] = field(default_factory=dict)
    rows: int = 0

    def column(self, index: int) -> ColumnCount:
        """The column's count so far."""
        if index not in self.columns:
            self.columns[index] = ColumnCount()
        return self.columns[index]


def confirm(data: bytes, sheets: Sequence[SheetCount]) -> None:
    """Raises Refused FILE_CORRUPT when calamine sees other cells or another sum in a column of `sheets`.

    A workbook calamine cannot open, and a sheet too wide open for it, stay unconfirmed.
    """
    narrow = [sheet for sheet in sheets if sheet.rows * (max(sheet.columns, default=0) + 1) <= MOST_CELLS]
    try:
        with calamine.refusals("xlsx"):
            book = python_calamine.CalamineWorkbook.from_filelike(io.BytesIO(data))
            seen = [_counted(book.get_sheet_by_name(sheet.name)) for sheet in narrow]
    except Refused:
        return
    for mine, theirs in zip(narrow, seen, strict=True):
        _compare(mine, theirs)


def _counted(sheet: python_calamine.CalamineSheet) -> SheetCount:
    count = SheetCount(sheet.name)
    for row in sheet.to_python(skip_empty_area=False):
        for index, value in enumerate(row):
            if isinstance(value, str):
                if value.strip():
                    count.column(index).filled += 1
                continue
            column = count.column(index)
            column.filled += 1
            if isinstance(value, (int, float)) and not isinstance(value, bool):
                column.total += value
            elif not isinstance(value, bool):
                column.has_dates = True
    return count


def _compare(mine: SheetCount, theirs: SheetCount) -> None:
    for index in sorted(mine.columns.keys() | theirs.columns.keys()):
        one, other = mine.column(index), theirs.column(index)
        if not one.agrees(other):
            place = f"{mine.name}!{column_letters(index)}"
            seen = f"{one.filled} / {one.total:.15g} ≠ {other.filled} / {other.total:.15g}"
            raise Refused("FILE_CORRUPT", found=f"{place}: {seen} (cells / sum, two readers)")
