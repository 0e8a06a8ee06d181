"""Workbooks of Excel 97 to 2003: the values calamine reads, and what it does not tell. Reads no OOXML."""

from __future__ import annotations

from datetime import date
from pathlib import Path
from typing import Any

import pytest

from pipelines.readers import Table
from tests.readers import xls_file
from tests.readers.reading import codes, document_of, numbered, only_table, refusal, rows_of

HEADER = ["电表编号", "日期", "电量(kWh)"]
OLD_ROWS = [
    HEADER,
    ["A1", xls_file.DateSerial(45717), 100.5],
    ["A2", xls_file.DateSerial(45717.5), xls_file.Error(0x07)],
    ["A3", 45717.0, xls_file.FormulaError(0x2A)],
    [None, None, None],
    ["A4", True, 300.0],
]


def old_table(folder: Path, short: bool = False, **options: Any) -> Table:
    stream = xls_file.workbook_stream({"数据": OLD_ROWS}, **options)
    return only_table(folder, xls_file.compound(stream, short=short), "a.xls")


@pytest.mark.parametrize("short", [False, True], ids=["plain sectors", "short sectors"])
def test_an_old_workbook_keeps_its_error_cells(tmp_path: Path, short: bool) -> None:
    """calamine gives error cells as empty text; the file's records still hold them."""
    assert numbered(old_table(tmp_path, short)) == {
        1: HEADER,
        2: ["A1", "2025-03-01", "100.5"],
        3: ["A2", "2025-03-01 12:00:00", "#DIV/0!"],
        4: ["A3", "45717", "#N/A"],
        5: [None, None, None],
        6: ["A4", "TRUE", "300"],
    }


def test_an_old_workbook_tells_of_hidden_rows_and_its_day_system(tmp_path: Path) -> None:
    table = old_table(tmp_path, hidden_rows=[3, 4], date_1904=True)
    assert [(notice.code, notice.row_number) for notice in table.notices] == [("XL_HIDDEN_ROW", 3)]
    assert table.date_system == 1904
    assert rows_of(table)[1][1] == date(2029, 3, 2).isoformat()


def test_an_old_workbook_with_hidden_sheet_and_merged_heading(tmp_path: Path) -> None:
    rows = [["物料", "收入", None], [None, "数量", "金额"], ["煤", 1.0, 2.0]]
    stream = xls_file.workbook_stream({"a": rows}, hidden_sheets=["a"], merges=[(0, 1, 0, 0), (0, 0, 1, 2)])
    document = document_of(tmp_path, xls_file.compound(stream), "a.xls")
    assert codes(document) == ["XL_HIDDEN_SHEET"]
    assert rows_of(document.tables[0])[:2] == [["物料", "收入", "收入"], ["物料", "数量", "金额"]]


def test_an_old_workbook_behind_a_password_is_refused(tmp_path: Path) -> None:
    stream = xls_file.workbook_stream({"a": [["x"]]}, password=True)
    assert refusal(tmp_path, xls_file.compound(stream), "a.xls").code == "FILE_ENCRYPTED"


def test_a_compound_file_that_is_no_workbook_or_cut_off(tmp_path: Path) -> None:
    assert refusal(tmp_path, xls_file.compound(b"\0" * 5000, name="WordDocument"), "a.xls").code == "FILE_TYPE"
    whole = xls_file.compound(xls_file.workbook_stream({"a": [["x"]]}))
    assert refusal(tmp_path, whole[:700], "a.xls").code == "FILE_PARTIAL"
