"""The data quality report of a period: its pages, and a workbook with the rows behind them. It computes nothing."""

from __future__ import annotations

from datetime import date, datetime
from pathlib import Path
from typing import Any

import duckdb

from pipelines import warehouse
from pipelines.exporting import tables, workbook
from pipelines.reports import LANGUAGES, data_quality, pages

# What the workbook shows, a sheet each, in the order of the page.
SHEETS = (
    "fct_quality_scores", "fct_verdicts", "fct_verdict_rows", "fct_nonconformities", "fct_similar_failures", "fct_duties",
    "fct_gap_prices", "fct_activity_data", "fct_defaults", "fct_substitutions", "fct_substitution_approvals",
    "fct_overrides", "fct_releases", "fct_period_states", "fct_findings", "fct_decisions", "fct_meter_completeness",
    "fct_deliveries", "fct_events", "fct_quarantine", "fct_reconciliations",
)  # fmt: skip


def write_pages(connection: duckdb.DuckDBPyConnection, folder: Path) -> list[Path]:
    """data_quality.zh.html, .en.html and .xlsx in `folder`, of all that `connection` shows; returns their paths."""
    folder.mkdir(parents=True, exist_ok=True)
    facts = data_quality.facts(connection)
    found = [
        pages.write(folder / f"data_quality.{language}.html", "data_quality", language, facts) for language in LANGUAGES
    ]
    return [*found, write_workbook(connection, folder / "data_quality.xlsx")]


def write_of_period(file: Path, since: date, until: date, folder: Path) -> list[Path]:
    """The same of one period of the warehouse `file`, `until` exclusive."""
    with warehouse.window(file, since, until) as connection:
        return write_pages(connection, folder)


def write_workbook(connection: duckdb.DuckDBPyConnection, file: Path) -> Path:
    """The rows behind the pages, a sheet a mart; a mart too long for a sheet says so instead of being cut."""
    import xlsxwriter

    options = {"strings_to_formulas": False, "strings_to_urls": False, "strings_to_numbers": False}
    with xlsxwriter.Workbook(file, options) as book:
        # the day the data stands for, not the clock's: the same build gives the same workbook
        as_of = connection.execute("select as_of from settings.build").fetchone()
        book.set_properties({"created": datetime.combine(as_of[0] if as_of else date(2000, 1, 1), datetime.min.time())})
        for mart in SHEETS:
            _write_sheet(book, connection, mart)
    return file


def _write_sheet(book: Any, connection: duckdb.DuckDBPyConnection, mart: str) -> None:
    try:
        workbook.write_rows(book, connection, mart, tables.columns_of(connection, mart))
    except tables.ExportError as refused:
        book.add_worksheet(mart[:31]).write_string(0, 0, str(refused))
