"""Rows as the bytes of a CSV file or an Excel workbook, the same bytes every time. It knows no enterprise and no folder."""

from __future__ import annotations

import csv
import io
from collections.abc import Iterable, Mapping, Sequence
from datetime import date, datetime
from decimal import Decimal
from typing import Any

CREATED = datetime(2023, 1, 1, 8, 0, 0)
DATE_FORMAT = {"num_format": "yyyy-mm-dd"}

Row = Sequence[Any]


def delimited(rows: Iterable[Row], encoding: str = "utf-8", line_end: str = "\n") -> bytes:
    """Comma-separated text, with quotes where a cell needs them and a line end after the last row."""
    text = io.StringIO()
    csv.writer(text, lineterminator=line_end).writerows(rows)
    return text.getvalue().encode(encoding)


def workbook(
    sheets: Mapping[str, Sequence[Row]],
    number_format: str = "General",
    merges: Mapping[str, Sequence[tuple[int, int, int, int]]] | None = None,
) -> bytes:
    """An .xlsx file: one sheet a name. `merges` are zero-based (first row, first column, last row, last column).

    Text stays text (codes keep their leading zeros), Decimal becomes a number, a date a date; None is an empty cell.
    """
    import xlsxwriter

    target = io.BytesIO()
    with xlsxwriter.Workbook(target, {"in_memory": True}) as book:
        book.set_properties({"created": CREATED, "author": "示例 / example"})
        formats = {"date": book.add_format(DATE_FORMAT), "number": book.add_format({"num_format": number_format})}
        for name, rows in sheets.items():
            sheet = book.add_worksheet(name)
            for first_row, first_column, last_row, last_column in (merges or {}).get(name, ()):
                sheet.merge_range(first_row, first_column, last_row, last_column, "")
            for number, row in enumerate(rows):
                _fill(sheet, number, row, formats)
    return target.getvalue()


def _fill(sheet: Any, number: int, row: Row, formats: Mapping[str, Any]) -> None:
    for column, value in enumerate(row):
        if isinstance(value, date):
            sheet.write_datetime(number, column, datetime(value.year, value.month, value.day), formats["date"])
        elif isinstance(value, Decimal | int):
            sheet.write_number(number, column, value, formats["number"])
        elif value:
            sheet.write_string(number, column, value)
