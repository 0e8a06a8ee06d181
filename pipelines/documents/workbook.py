"""The printed plan as an Excel workbook: a sheet a section, its tables one below the other, headings in both languages."""

from __future__ import annotations

from datetime import datetime
from pathlib import Path
from typing import Any

from pipelines.documents.control_plan import Table
from pipelines.exporting.workbook import LONGEST_TEXT
from pipelines.reports.pages import Words

WIDEST, NARROWEST = 46, 11


def write(file: Path, facts: dict[str, Any]) -> Path:
    """The form as `file`; cells are text, as the plan holds them."""
    import xlsxwriter

    options = {"strings_to_formulas": False, "strings_to_urls": False, "strings_to_numbers": False}
    with xlsxwriter.Workbook(file, options) as book:
        # the day the plan begins, not the clock's: the same plan gives the same workbook
        book.set_properties({"created": datetime.combine(facts["version"]["valid_from"], datetime.min.time())})
        formats = {
            "title": book.add_format({"bold": True, "font_size": 13}),
            "heading": book.add_format({"bold": True, "bg_color": "#e4f0f0", "border": 1, "text_wrap": True}),
            "cell": book.add_format({"border": 1, "text_wrap": True, "valign": "top", "num_format": "@"}),
        }
        for letter, (key, tables) in zip("abcdef", facts["filled"], strict=True):
            _write_section(book, f"{letter} {Words('zh')('section_' + key)}", tables, formats)
    return file


def _write_section(book: Any, name: str, tables: list[Table], formats: dict[str, Any]) -> None:
    sheet = book.add_worksheet(name[:31])
    sheet.set_landscape()
    sheet.fit_to_pages(1, 0)
    widths: dict[int, int] = {}
    row = 0
    for table in tables:
        sheet.write_string(row, 0, f"{table.title['zh']} / {table.title['en']}", formats["title"])
        row = _write_table(sheet, row + 1, table, formats, widths) + 1
    for column, width in widths.items():
        sheet.set_column(column, column, min(max(width, NARROWEST), WIDEST))


def _write_table(sheet: Any, row: int, table: Table, formats: dict[str, Any], widths: dict[int, int]) -> int:
    """The headings and the rows from `row` on; returns the row below them."""
    for position, column in enumerate(table.columns):
        sheet.write_string(row, position, f"{column.zh}\n{column.en}", formats["heading"])
        widths[position] = max(widths.get(position, 0), 2 * len(column.zh), len(column.en))
    for answer in table.rows:
        row += 1
        for position, column in enumerate(table.columns):
            zh, en = column.cell(answer, "zh"), column.cell(answer, "en")
            text = (zh if zh == en else f"{zh} {en}")[:LONGEST_TEXT]
            sheet.write_string(row, position, text, formats["cell"])
            widths[position] = max(widths[position], min(len(text) + 2, WIDEST))
    return row + 1
