"""The rows behind a report as an Excel workbook: a sheet a mart, in the order of the page. It computes nothing."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date, datetime
from pathlib import Path
from typing import Any

import duckdb

from pipelines.exporting import tables, workbook

# What each workbook shows, a sheet each, in the order of its page.
QUALITY = (
    "fct_quality_scores", "fct_verdicts", "fct_verdict_rows", "fct_nonconformities", "fct_similar_failures", "fct_duties",
    "fct_gap_prices", "fct_activity_data", "fct_defaults", "fct_substitutions", "fct_substitution_approvals",
    "fct_overrides", "fct_releases", "fct_period_states", "fct_findings", "fct_decisions", "fct_meter_completeness",
    "fct_deliveries", "fct_events", "fct_quarantine", "fct_reconciliations",
)  # fmt: skip
PERFORMANCE = (
    "fct_baselines", "fct_baseline_comparisons", "fct_baseline_versions", "fct_regressions", "fct_regression_coefficients",
    "fct_performance_months", "fct_control_charts", "fct_control_points", "fct_alarms", "fct_alarm_causes",
    "fct_baseline_reviews", "fct_structural_changes", "fct_recalculated_years", "fct_yearly_changes", "fct_targets",
    "fct_target_paths", "fct_target_progress", "fct_measures", "fct_evaluations", "fct_closed_periods", "fct_restatements",
)  # fmt: skip


def write(connection: duckdb.DuckDBPyConnection, file: Path, marts: Sequence[str]) -> Path:
    """All rows of these marts as `file`; a mart too long for a sheet says so instead of being cut."""
    import xlsxwriter

    options = {"strings_to_formulas": False, "strings_to_urls": False, "strings_to_numbers": False}
    with xlsxwriter.Workbook(file, options) as book:
        # the day the data stands for, not the clock's: the same build gives the same workbook
        as_of = connection.execute("select as_of from settings.build").fetchone()
        book.set_properties({"created": datetime.combine(as_of[0] if as_of else date(2000, 1, 1), datetime.min.time())})
        for mart in marts:
            _write_sheet(book, connection, mart)
    return file


def _write_sheet(book: Any, connection: duckdb.DuckDBPyConnection, mart: str) -> None:
    try:
        workbook.write_rows(book, connection, mart, tables.columns_of(connection, mart))
    except tables.ExportError as refused:
        book.add_worksheet(mart[:31]).write_string(0, 0, str(refused))
