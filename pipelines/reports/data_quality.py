"""Gathers the facts of the data quality report: verdicts, completeness, deliveries, quarantine, corrections."""

from __future__ import annotations

from typing import Any

import duckdb

from pipelines.asking import Row, grouped
from pipelines.reports.questions import ask


def facts(connection: duckdb.DuckDBPyConnection) -> dict[str, Any]:
    """Everything the template prints, as SQL gave it; long lists come cut, with their whole length beside them."""
    conformity = ask(connection, "conformity")
    delivered = ask(connection, "delivery_totals")
    runs = ask(connection, "completeness_runs")
    return {
        "build": ask(connection, "build")[0],
        "scores": grouped(ask(connection, "scores"), "period", "facility_id"),
        "conformity": conformity[:-1],
        "conformity_total": conformity[-1],
        "heat": _heat(ask(connection, "control_months")),
        "failed_controls": ask(connection, "failed_controls"),
        "failed_rows": {key: rows for (key,), rows in grouped(ask(connection, "failed_rows"), "control_id").items()},
        "manual_controls": ask(connection, "manual_controls"),
        "points": ask(connection, "completeness_by_point"),
        "charts": {
            name: (name, rows)
            for name, rows in {"completeness": runs, "scores": ask(connection, "score_months")}.items()
            if rows
        },
        "basis": grouped(ask(connection, "basis_of_activity"), "year"),
        "delivered": delivered[:-1],
        "delivered_total": delivered[-1],
        "deliveries": ask(connection, "deliveries"),
        "duplicates": ask(connection, "duplicates"),
        "quarantine": ask(connection, "quarantine"),
        "quarantine_by_code": ask(connection, "quarantine_by_code"),
        "events": ask(connection, "events"),
        "reconciliations": ask(connection, "reconciliations"),
        "reconciliations_by_kind": ask(connection, "reconciliations_by_kind"),
        "unplanned": ask(connection, "unplanned"),
    }


def _heat(rows: list[Row]) -> dict[str, Any]:
    """Control × month, facility by facility: absent where nothing was due."""
    facilities = []
    for (facility,), held in grouped(rows, "facility_id").items():
        controls = grouped(held, "control_id")
        facilities.append(
            {
                "facility_id": facility,
                "facility_zh": held[0]["facility_zh"],
                "facility_en": held[0]["facility_en"],
                "has_no_month": any(row["month"] is None for row in held),
                "controls": [(cells[0], {cell["month"]: cell for cell in cells}) for cells in controls.values()],
            }
        )
    return {
        "facilities": facilities,
        "months": sorted({row["month"] for row in rows if row["month"]}),
    }
