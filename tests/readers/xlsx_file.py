"""Small .xlsx files for the reader's tests: written by xlsxwriter, then changed inside where a test needs it."""

from __future__ import annotations

import io
import re
import zipfile
from typing import Any

import xlsxwriter

HEADER = ["电表编号", "日期", "电量(kWh)"]


def workbook(fill: Any, **options: Any) -> bytes:
    """What `fill(book)` makes of an empty workbook of xlsxwriter."""
    stream = io.BytesIO()
    with xlsxwriter.Workbook(stream, options) as book:
        fill(book)
    return stream.getvalue()


def sheet_of(rows: list[list[Any]]) -> bytes:
    def fill(book: xlsxwriter.Workbook) -> None:
        sheet = book.add_worksheet("数据")
        for number, row in enumerate(rows):
            sheet.write_row(number, 0, row)

    return workbook(fill, strings_to_formulas=False, strings_to_urls=False)


def rewritten(data: bytes, change: Any) -> bytes:
    """A workbook with `change(name, bytes)` applied to each part."""
    stream = io.BytesIO()
    with zipfile.ZipFile(io.BytesIO(data)) as old, zipfile.ZipFile(stream, "w", zipfile.ZIP_DEFLATED) as new:
        for name in old.namelist():
            new.writestr(name, change(name, old.read(name)))
    return stream.getvalue()


def with_sheet_xml(cells: str) -> bytes:
    """A workbook whose sheet data is `cells`."""

    def change(name: str, part: bytes) -> bytes:
        if not name.endswith("sheet1.xml"):
            return part
        return re.sub(
            rb"<sheetData/?>.*(</sheetData>)?", b"<sheetData>" + cells.encode() + b"</sheetData></worksheet>", part
        )

    return rewritten(sheet_of([]), change)
