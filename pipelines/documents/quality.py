"""The data quality report of a period: its pages, and a workbook with the rows behind them. It computes nothing."""

from __future__ import annotations

from datetime import date
from pathlib import Path

import duckdb

from pipelines import warehouse
from pipelines.documents import marts_workbook
from pipelines.reports import LANGUAGES, data_quality, pages


def write_pages(connection: duckdb.DuckDBPyConnection, folder: Path) -> list[Path]:
    """data_quality.zh.html, .en.html and .xlsx in `folder`, of all that `connection` shows; returns their paths."""
    folder.mkdir(parents=True, exist_ok=True)
    facts = data_quality.facts(connection)
    found = [
        pages.write(folder / f"data_quality.{language}.html", "data_quality", language, facts) for language in LANGUAGES
    ]
    return [*found, marts_workbook.write(connection, folder / "data_quality.xlsx", marts_workbook.QUALITY)]


def write_of_period(file: Path, since: date, until: date, folder: Path) -> list[Path]:
    """The same of one period of the warehouse `file`, `until` exclusive."""
    with warehouse.window(file, since, until) as connection:
        return write_pages(connection, folder)
