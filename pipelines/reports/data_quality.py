"""Gathers the facts of the data quality report: verdicts, gaps, decisions, deliveries and corrections."""

from __future__ import annotations

from typing import Any

import duckdb

from pipelines.asking import Row, grouped
from pipelines.reports.questions import ask


def facts(connection: duckdb.DuckDBPyConnection) -> dict[str, Any]:
    """Everything the template prints, as SQL gave it; long lists come cut, with their whole length beside them."""
    gathered = [
        _verdicts(connection),
        _people(connection),
        _gaps(connection),
        _decisions(connection),
        _files(connection),
    ]
    charts = {name: chart for part in gathered for name, chart in part.pop("charts", {}).items() if chart[1]}
    return {key: value for part in gathered for key, value in part.items()} | {
        "build": ask(connection, "build")[0],
        "hands": ask(connection, "data_quality/hands"),
        "charts": charts,
    }


def _verdicts(connection: duckdb.DuckDBPyConnection) -> dict[str, Any]:
    conformity = ask(connection, "conformity")
    scores = ask(connection, "score_months")
    return {
        "worst_score": next(iter(ask(connection, "data_quality/worst_score")), None),
        "scores": grouped(ask(connection, "scores"), "period", "facility_id"),
        "conformity": conformity[:-1],
        "conformity_total": conformity[-1],
        "heat": _heat(ask(connection, "control_months")),
        "failed_controls": ask(connection, "failed_controls"),
        "failed_rows": {key: rows for (key,), rows in grouped(ask(connection, "failed_rows"), "control_id").items()},
        # one month is no course: the table beside it says all
        "charts": {"scores": ("scores", scores)} if len({row["month"] for row in scores}) > 1 else {},
    }


def _people(connection: duckdb.DuckDBPyConnection) -> dict[str, Any]:
    return {
        "nonconformities": ask(connection, "data_quality/nonconformities"),
        "manual_controls": ask(connection, "manual_controls"),
        "tasks": ask(connection, "data_quality/tasks"),
        "duties": ask(connection, "data_quality/duties"),
        "duties_in_all": ask(connection, "data_quality/duties_in_all"),
    }


def _gaps(connection: duckdb.DuckDBPyConnection) -> dict[str, Any]:
    prices = ask(connection, "data_quality/gap_prices")
    totals = [row for row in prices if row["line"] == "total" and row["tonnes_at_risk"] is not None]
    drawn = grouped([row for row in prices if row["line"] == "gap" and row["tonnes_at_risk"]], "regime")
    return {
        "gap_prices": grouped(prices, "regime"),
        "dearest": max(totals, key=lambda row: row["tonnes_at_risk"], default=None),
        "prices": ask(connection, "data_quality/allowance_price"),
        "side_by_side": grouped(ask(connection, "data_quality/shares_side_by_side"), "regime"),
        "basis": grouped(ask(connection, "basis_of_activity"), "year"),
        "defaults": ask(connection, "data_quality/defaults"),
        "default_rules": ask(connection, "data_quality/default_rules"),
        "approvals": ask(connection, "data_quality/approvals"),
        "charts": {f"gaps_{regime}": ("gaps", rows) for (regime,), rows in drawn.items()},
    }


def _decisions(connection: duckdb.DuckDBPyConnection) -> dict[str, Any]:
    return {
        "overrides": ask(connection, "overrides"),
        "releases": ask(connection, "data_quality/releases"),
        "period_states": ask(connection, "period_states"),
        "findings": ask(connection, "findings"),
    }


def _files(connection: duckdb.DuckDBPyConnection) -> dict[str, Any]:
    delivered = ask(connection, "delivery_totals")
    return {
        "points": ask(connection, "completeness_by_point"),
        "delivered": delivered[:-1],
        "delivered_total": delivered[-1],
        "deliveries": ask(connection, "deliveries"),
        "late": ask(connection, "data_quality/late"),
        "duplicates": ask(connection, "duplicates"),
        "quarantine": ask(connection, "quarantine"),
        "quarantine_by_code": ask(connection, "quarantine_by_code"),
        "events": ask(connection, "events"),
        "reconciliations": ask(connection, "reconciliations"),
        "reconciliations_by_kind": ask(connection, "reconciliations_by_kind"),
        "unplanned": ask(connection, "unplanned"),
        "charts": {"completeness": ("completeness", ask(connection, "completeness_runs"))},
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
