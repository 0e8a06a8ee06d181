"""The official documents: the printed plan, the monthly record sheet, a period's data quality report. None computes.

A form is data (`control_plan.toml`): sections, tables, columns in both languages; its rows come from `questions/*.sql`.
"""

from __future__ import annotations

from pathlib import Path

import duckdb

from pipelines.documents import control_plan, marts_workbook, workbook
from pipelines.documents.monthly_record import NoRecords
from pipelines.documents.monthly_record import write as write_monthly_record
from pipelines.documents.quality import write_of_period as write_quality_of_period
from pipelines.plan import UnknownVersion
from pipelines.reports import LANGUAGES, pages

__all__ = [
    "NoRecords",
    "UnknownVersion",
    "write_monthly_record",
    "write_plan",
    "write_quality_of_period",
    "write_workbooks",
]


def write_plan(connection: duckdb.DuckDBPyConnection, folder: Path, version: str = "") -> list[Path]:
    """The plan of `version` (the newest when empty) as control_plan.zh.html, .en.html and .xlsx; returns their paths.

    The same plan gives the same bytes. Raises UnknownVersion, naming the versions there are.
    """
    folder.mkdir(parents=True, exist_ok=True)
    facts = control_plan.facts(connection, version)
    found = [
        pages.write(folder / f"control_plan.{language}.html", "control_plan", language, facts) for language in LANGUAGES
    ]
    return [*found, workbook.write(folder / "control_plan.xlsx", facts)]


def write_workbooks(connection: duckdb.DuckDBPyConnection, folder: Path) -> list[Path]:
    """data_quality.xlsx and performance.xlsx beside their pages, with the rows behind them; returns their paths."""
    folder.mkdir(parents=True, exist_ok=True)
    held = {"data_quality": marts_workbook.QUALITY, "performance": marts_workbook.PERFORMANCE}
    return [marts_workbook.write(connection, folder / f"{name}.xlsx", marts) for name, marts in held.items()]
