"""A mart as an Excel workbook: its rows on one sheet, what its columns mean on a second. It chooses no column."""

from __future__ import annotations

from datetime import date, datetime
from decimal import Decimal
from pathlib import Path
from typing import Any

import duckdb

from pipelines.exporting import descriptions
from pipelines.exporting.tables import Column, ExportError
from pipelines.warehouse import quoted

MOST_ROWS = 1_000_000
LONGEST_TEXT = 32_767
EXACT_DIGITS = 15
FIRST_DAY = date(1900, 3, 1)  # before it, Excel counts a day that never was
BATCH = 10_000


def write(connection: duckdb.DuckDBPyConnection, mart: str, columns: list[Column], file: Path) -> None:
    """Rows and column descriptions; ExportError above MOST_ROWS rows or for a text that no cell can hold."""
    import xlsxwriter

    _refuse_too_many(connection, mart)
    options = {
        "constant_memory": True,
        "strings_to_formulas": False,
        "strings_to_urls": False,
        "strings_to_numbers": False,
    }
    with xlsxwriter.Workbook(file, options) as book:
        # the day the data stands for, not the clock's: the same build gives the same workbook
        as_of = connection.execute("select as_of from settings.build").fetchone()
        book.set_properties({"created": datetime.combine(as_of[0] if as_of else FIRST_DAY, datetime.min.time())})
        _Rows(book, mart, columns).write(connection)
        _write_descriptions(book, mart, columns)


def write_rows(book: Any, connection: duckdb.DuckDBPyConnection, mart: str, columns: list[Column]) -> None:
    """A mart's rows as a sheet of `book`; ExportError as in `write`."""
    _refuse_too_many(connection, mart)
    _Rows(book, mart, columns).write(connection)


class _Rows:
    """A sheet of rows."""

    def __init__(self, book: Any, mart: str, columns: list[Column]) -> None:
        self.mart, self.columns = mart, columns
        self.sheet = book.add_worksheet(mart[:31])
        self.heading = book.add_format(
            {"bold": True, "bg_color": "#e4f0f0", "bottom": 1, "text_wrap": True, "valign": "top"}
        )
        self.text = book.add_format({"num_format": "@"})
        self.day = book.add_format({"num_format": "yyyy-mm-dd"})
        self.instant = book.add_format({"num_format": "yyyy-mm-dd hh:mm:ss"})
        self.exact = book.add_format({"num_format": "@", "align": "right"})
        self.numbers = [book.add_format({"num_format": _number_format(column)}) for column in columns]

    def write(self, connection: duckdb.DuckDBPyConnection) -> None:
        for position, column in enumerate(self.columns):
            self.sheet.set_column(position, position, min(max(len(column.name) + 3, 12), 40))
            self.sheet.write_string(0, position, column.name, self.heading)
        self.sheet.freeze_panes(1, 0)
        query = f"select * from marts.{quoted(self.mart)} order by all"  # noqa: S608 - the name is quoted
        rows = connection.execute(query)
        number = 0
        while batch := rows.fetchmany(BATCH):
            for row in batch:
                number += 1
                for position, value in enumerate(row):
                    self._cell(number, position, value)
        self.sheet.autofilter(0, 0, number, len(self.columns) - 1)
        self.sheet.ignore_errors({"number_stored_as_text": f"A1:XFD{number + 1}"})

    def _cell(self, row: int, position: int, value: Any) -> None:
        """One cell by the type of its value; None stays empty."""
        if value is None:
            return
        if isinstance(value, bool):
            self.sheet.write_boolean(row, position, value)
        elif isinstance(value, (int, Decimal)):
            self._number(row, position, Decimal(value))
        elif isinstance(value, date) and (value.date() if isinstance(value, datetime) else value) >= FIRST_DAY:
            self.sheet.write_datetime(row, position, value, self.instant if isinstance(value, datetime) else self.day)
        else:
            text = ", ".join(map(str, value)) if isinstance(value, list) else str(value)
            self.sheet.write_string(row, position, self._fitting(text, row, position), self.text)

    def _number(self, row: int, position: int, value: Decimal) -> None:
        """A number where Excel's 15 digits hold it exactly, else its digits as text."""
        digits = format(value, "f")
        digits = digits.rstrip("0").rstrip(".") if "." in digits else digits
        if len(digits.lstrip("-0.").replace(".", "")) <= EXACT_DIGITS:
            self.sheet.write_number(row, position, float(value), self.numbers[position])
        else:
            self.sheet.write_string(row, position, digits, self.exact)

    def _fitting(self, text: str, row: int, position: int) -> str:
        if len(text) <= LONGEST_TEXT:
            return text
        where = f"{self.columns[position].name}, {row + 1}"
        raise ExportError(
            f"{self.mart} 有一格文字超过 Excel 单元格上限 {LONGEST_TEXT} 字（{where}），请导出 CSV 或 Parquet。"
            f" / {self.mart} holds a text longer than an Excel cell can ({where}): export CSV or Parquet."
        )


def _refuse_too_many(connection: duckdb.DuckDBPyConnection, mart: str) -> None:
    counted = connection.execute(f"select count(*) from marts.{quoted(mart)}").fetchone()  # noqa: S608 - quoted
    count = counted[0] if counted else 0
    if count > MOST_ROWS:
        raise ExportError(
            f"{mart} 有 {count} 行，Excel 导出最多 {MOST_ROWS} 行；请改用 --csv 或 --parquet。"
            f" / {mart} has {count} rows and a workbook takes {MOST_ROWS}: use --csv or --parquet."
        )


def _number_format(column: Column) -> str:
    """Tonnes and shares with all their decimals, counts without; long scales as Excel sees fit."""
    if not column.type.startswith("DECIMAL"):
        return "0"
    scale = int(column.type.rstrip(")").split(",")[1])
    return f"#,##0.{'0' * scale}" if 0 < scale <= 6 else "General"


def _write_descriptions(book: Any, mart: str, columns: list[Column]) -> None:
    sheet = book.add_worksheet("列说明 columns")
    heading = book.add_format({"bold": True, "bg_color": "#e4f0f0", "bottom": 1})
    wrapped = book.add_format({"text_wrap": True, "valign": "top"})
    for position, (title, width) in enumerate([("列 column", 30), ("中文", 34), ("English", 70), ("类型 type", 18)]):
        sheet.set_column(position, position, width)
        sheet.write_string(0, position, title, heading)
    said = descriptions.of_columns(mart)
    for row, column in enumerate(columns, start=1):
        term, english = said.get(column.name, ("", ""))
        for position, text in enumerate([column.name, term, english, column.type]):
            sheet.write_string(row, position, text, wrapped)
    sheet.freeze_panes(1, 0)
