"""Workbooks of Excel 97 to 2003 (.xls): values by calamine, structure by biff. Reads no OOXML."""

from __future__ import annotations

import io
from collections.abc import Iterator
from datetime import date, datetime, time, timedelta

import python_calamine

from pipelines.readers import Refused, Table, biff, calamine, ole
from pipelines.readers.excel_text import float_text
from pipelines.readers.grid import Cell, Grid, Merge

_WORKBOOK_STREAMS = ("Workbook", "Book")


class Workbook:
    """names: the worksheets in tab order. hidden: those a person does not see."""

    def __init__(self, data: bytes) -> None:
        self._structure = biff.structure(_workbook_stream(data))
        with calamine.refusals("xls"):
            self._values = python_calamine.CalamineWorkbook.from_filelike(io.BytesIO(data))
        metadata = self._values.sheets_metadata
        self._positions = {
            sheet.name: position
            for position, sheet in enumerate(metadata)
            if sheet.typ == python_calamine.SheetTypeEnum.WorkSheet
        }
        visible = python_calamine.SheetVisibleEnum.Visible
        self.names = list(self._positions)
        self.hidden = {sheet.name for sheet in metadata if sheet.visible != visible}

    def table(self, name: str) -> Table:
        """The rows of one sheet; error cells as their text (#DIV/0!), dates as ISO text."""
        with calamine.refusals("xls"):
            sheet = self._values.get_sheet_by_name(name)
        position = self._positions[name]
        known = self._structure.sheets
        structure = known[position] if position < len(known) else biff.SheetStructure()
        grid = Grid(name, _merges(sheet), self._structure.date_system)
        for number, cells in _rows(sheet, structure):
            if cells:
                grid.add(number, cells, number in structure.hidden_rows)
        return grid.table()


def _workbook_stream(data: bytes) -> bytes:
    compound = ole.CompoundFile(data)
    name = next((name for name in _WORKBOOK_STREAMS if name in compound.names), "")
    if not name:
        raise Refused("FILE_TYPE", found="OLE", expected="xls")
    return compound.stream(name)


def _merges(sheet: python_calamine.CalamineSheet) -> list[Merge]:
    ranges = sheet.merged_cell_ranges or []
    return [Merge(first[0] + 1, first[1], last[0] + 1, last[1]) for first, last in ranges]


def _rows(sheet: python_calamine.CalamineSheet, structure: biff.SheetStructure) -> Iterator[tuple[int, list[Cell]]]:
    first_row, first_column = sheet.start or (0, 0)
    errors: dict[int, dict[int, str]] = {}
    for (row, column), text in structure.errors.items():
        errors.setdefault(row, {})[column] = text
    for number, values in enumerate(_used_rows(sheet), first_row + 1):
        texts = {column: _cell(column, value) for column, value in enumerate(values, first_column) if value != ""}
        texts |= {column: Cell(column, text, False) for column, text in errors.get(number, {}).items()}
        yield number, [texts[column] for column in sorted(texts)]


def _used_rows(sheet: python_calamine.CalamineSheet) -> Iterator[list]:
    return iter(sheet.to_python(skip_empty_area=True)) if sheet.start else iter(())


def _cell(column: int, value: object) -> Cell:
    return Cell(column, _text(value), isinstance(value, str))


def _text(value: object) -> str:
    """A calamine value as text; times and durations as hours, minutes and seconds."""
    if isinstance(value, bool):
        return str(value).upper()
    if isinstance(value, (int, float)):
        return float_text(float(value))
    if isinstance(value, datetime):
        return value.isoformat(sep=" ", timespec="milliseconds").removesuffix(".000")
    if isinstance(value, (date, time)):
        return value.isoformat()
    if isinstance(value, timedelta):
        seconds = round(value.total_seconds())
        return f"{seconds // 3600:02d}:{seconds // 60 % 60:02d}:{seconds % 60:02d}"
    return str(value)
