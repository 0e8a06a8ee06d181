"""The workbook beside the performance page: every row behind it, as the marts hold it."""

from __future__ import annotations

from datetime import datetime
from decimal import Decimal
from pathlib import Path
from typing import Any

import openpyxl

from pipelines import documents, warehouse
from pipelines.documents import marts_workbook
from pipelines.workspace import Workspace


def cells(sheet: Any) -> list[dict[str, Any]]:
    head, *rows = [[cell.value for cell in row] for row in sheet.iter_rows()]
    return [dict(zip(head, row, strict=True)) for row in rows]


def test_the_workbook_holds_every_row_behind_the_page(built: Workspace, tmp_path: Path) -> None:
    with warehouse.reading(built.published_warehouse) as connection:
        documents.write_workbooks(connection, tmp_path)
        counted = {
            mart: connection.execute(f"select count(*) from marts.{mart}").fetchall()[0][0]
            for mart in marts_workbook.PERFORMANCE
        }
        progress = connection.execute(
            "select target_id, cut_month, forecast_value, path_value from marts.fct_target_progress"
        ).fetchall()
    book = openpyxl.load_workbook(tmp_path / "performance.xlsx", read_only=True)
    assert {name: book[name].max_row - 1 for name in book.sheetnames} == counted
    assert all(counted[name] for name in ("fct_baselines", "fct_control_points", "fct_alarms", "fct_alarm_causes"))
    # month by month, to the digits that a spreadsheet keeps
    shown = {(row["target_id"], row["cut_month"]): row for row in cells(book["fct_target_progress"])}
    assert len(shown) == len(progress)
    for target_id, month, forecast, path in progress:
        row = shown[target_id, datetime.combine(month, datetime.min.time())]
        for told, value in ((row["forecast_value"], forecast), (row["path_value"], path)):
            assert (told is None) == (value is None)
            assert value is None or abs(Decimal(str(told)) - value) <= abs(value) * Decimal("1e-14")


def test_a_build_writes_both_workbooks_and_the_same_again(built: Workspace, tmp_path: Path) -> None:
    folder = built.published_warehouse.parent / "reports"
    with warehouse.reading(built.published_warehouse) as connection:
        for file in documents.write_workbooks(connection, tmp_path):
            assert (folder / file.name).read_bytes() == file.read_bytes()
