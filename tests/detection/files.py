"""An inbox as tables that can be altered: bytes in, rows of cells, bytes out. It knows no enterprise and no error."""

from __future__ import annotations

import csv
import io
from collections.abc import Callable, Iterable
from dataclasses import dataclass, field
from datetime import datetime
from decimal import Decimal
from typing import Any

from pipelines.example import sheets

Row = list[Any]


@dataclass
class Table:
    """One file's rows as cells: text in a delimited file; text, Decimal and date in a workbook, by sheet.

    encoding, line_end: how a delimited file is written; '' in a workbook. merges: a workbook's merged ranges, by sheet.
    """

    pages: dict[str, list[Row]]
    encoding: str = ""
    line_end: str = "\n"
    merges: dict[str, list[tuple[int, int, int, int]]] = field(default_factory=dict)

    def bytes(self) -> bytes:
        """The file again."""
        if self.encoding:
            return sheets.delimited(self.pages[""], self.encoding, self.line_end)
        return sheets.workbook(self.pages, "0.0000", self.merges)


class Inbox:
    """Files by name. `rows` opens one as a table; what was opened is written anew by `content`."""

    def __init__(self, files: dict[str, bytes]) -> None:
        self._files = dict(files)
        self._tables: dict[str, Table] = {}

    def names(self, part: str = "") -> list[str]:
        """The files whose name holds `part`, sorted."""
        return sorted(name for name in self._files if part in name)

    def rows(self, name: str, sheet: str = "") -> list[Row]:
        """The file's rows, to read and to alter; of a workbook the named sheet, or its first."""
        table = self._tables.get(name) or self._tables.setdefault(name, _read(name, self._files[name]))
        return table.pages[sheet or next(iter(table.pages))]

    def kept(self) -> Kept:
        """Remembers everything as it stands now."""
        return Kept(self)

    def sheets(self, name: str) -> list[str]:
        """The sheets of a workbook, in order; '' of a delimited file."""
        self.rows(name)
        return list(self._tables[name].pages)

    def remove(self, name: str) -> None:
        """The file was never sent."""
        self._files.pop(name)
        self._tables.pop(name, None)

    def put(self, name: str, content: bytes) -> None:
        """Another file, or other bytes under a name."""
        self._files[name] = content
        self._tables.pop(name, None)

    def bytes(self, name: str) -> bytes:
        """A file as it stands now."""
        return self._tables[name].bytes() if name in self._tables else self._files[name]

    def content(self) -> dict[str, bytes]:
        """Every file as it stands now."""
        return {name: self.bytes(name) for name in self.names()}

    def number(self, name: str, wanted: Row) -> int:
        """The number of a row as a person sees it in the file; 0 when the row is gone."""
        if name not in self._tables:
            return 0
        places = (n for sheet in self.sheets(name) for n, row in enumerate(self.rows(name, sheet), 1) if row is wanted)
        return next(places, 0)


class Kept:
    """An inbox as it stood: has it been altered since, and back to it, row by row."""

    def __init__(self, inbox: Inbox) -> None:
        self._inbox, self._files, self._tables = inbox, dict(inbox._files), dict(inbox._tables)
        pages = [rows for table in self._tables.values() for rows in table.pages.values()]
        self._before = [(rows, list(rows), [list(row) for row in rows]) for rows in pages]

    def is_altered(self) -> bool:
        """Whether any figure, row or file is another one; the same figure written in another way is not."""
        if (self._files, self._tables) != (self._inbox._files, self._inbox._tables):
            return True
        return any(
            len(rows) != len(contents) or not all(_is_same(*pair) for pair in zip(rows, contents, strict=True))
            for rows, _, contents in self._before
        )

    def put_back(self) -> None:
        """The inbox as it was."""
        self._inbox._files, self._inbox._tables = dict(self._files), dict(self._tables)
        for rows, members, contents in self._before:
            rows[:] = members
            for row, content in zip(members, contents, strict=True):
                row[:] = content


def _is_same(row: Row, before: Row) -> bool:
    return row == before or (len(row) == len(before) and all(map(_is_same_cell, row, before)))


def _is_same_cell(cell: Any, before: Any) -> bool:
    if cell == before:
        return True
    try:
        return amount(cell) == amount(before)
    except (ArithmeticError, TypeError, ValueError):
        return False


def _read(name: str, content: bytes) -> Table:
    return _workbook(content) if name.endswith(".xlsx") else _delimited(content)


def _delimited(content: bytes) -> Table:
    encoding = "utf-8-sig" if content.startswith(b"\xef\xbb\xbf") else "utf-8"
    try:
        text = content.decode(encoding)
    except UnicodeDecodeError:
        encoding = "gb18030"
        text = content.decode(encoding)
    line_end = "\r\n" if "\r\n" in text else "\n"
    return Table({"": list(csv.reader(io.StringIO(text)))}, encoding, line_end)


def _workbook(content: bytes) -> Table:
    import openpyxl

    book = openpyxl.load_workbook(io.BytesIO(content))
    pages = {page.title: [[_cell(value) for value in row] for row in page.iter_rows(values_only=True)] for page in book}
    merges = {page.title: [_range(merged) for merged in page.merged_cells.ranges] for page in book}
    return Table(pages, merges=merges)


def _range(merged: Any) -> tuple[int, int, int, int]:
    return merged.min_row - 1, merged.min_col - 1, merged.max_row - 1, merged.max_col - 1


def _cell(value: Any) -> Any:
    if isinstance(value, datetime):
        return value.date()
    if isinstance(value, int | float):
        return Decimal(str(value))
    return "" if value is None else value


def amount(cell: Any) -> Decimal:
    """A cell as a number; thousands may be set off."""
    return cell if isinstance(cell, Decimal) else Decimal(str(cell).replace(",", ""))


def written(value: Decimal, like: Any) -> Any:
    """A number as the cell it stands in writes numbers: a Decimal in a workbook, text with as many decimals elsewhere."""
    if isinstance(like, Decimal):
        return value
    places = len(str(like).partition(".")[2])
    shown = f"{value:,.{places}f}" if "," in str(like) else f"{value:.{places}f}"
    exact = value == amount(shown)
    return shown if exact else f"{value.normalize():f}"


def alter(row: Row, column: int, change: Callable[[Decimal], Decimal]) -> None:
    """Another number in a cell, written as the one before."""
    row[column] = written(change(amount(row[column])), row[column])


def each(rows: Iterable[Row], column: int, change: Callable[[Decimal], Decimal]) -> None:
    """The same change in one column of several rows."""
    for row in rows:
        alter(row, column, change)
