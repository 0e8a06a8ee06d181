"""Gathers the facts of the inventory report: totals, what is incomplete, streams, energy, factors, the way home."""

from __future__ import annotations

from typing import Any

import duckdb

from pipelines.asking import Row, grouped
from pipelines.reports.questions import ask


def facts(connection: duckdb.DuckDBPyConnection) -> dict[str, Any]:
    """Everything the template prints, as SQL gave it; every sum is a sum of DECIMALs made by SQL."""
    totals = ask(connection, "totals")
    monthly = grouped(ask(connection, "monthly_by_stream"), "regime")
    months = grouped(ask(connection, "monthly_totals"), "regime")
    regimes = ask(connection, "regimes")
    return {
        "build": ask(connection, "build")[0],
        "regimes": regimes,
        "regime_names": {row["regime"]: {} for row in totals} | {row["regime"]: row for row in regimes},
        "totals": _totals(totals),
        "incomplete_lines": ask(connection, "incomplete_lines"),
        "monthly": {regime: _monthly(rows, months[(regime,)]) for (regime,), rows in monthly.items()},
        "charts": {f"monthly_{regime}": ("monthly", rows) for (regime,), rows in monthly.items()},
        "by_stream": grouped(ask(connection, "by_stream"), "regime", "year"),
        "by_fuel": grouped(ask(connection, "by_fuel"), "regime", "year"),
        "by_gas": grouped(ask(connection, "by_gas"), "regime", "year"),
        "energy": grouped(ask(connection, "energy"), "year"),
        "basis": grouped(ask(connection, "data_quality/shares_side_by_side"), "regime"),
        "uncertainty": {(row["regime"], row["year"]): row for row in ask(connection, "uncertainty")},
        "bridges": [_bridge(pair, rows) for pair, rows in _pairs(connection).items()],
        "restated": grouped(ask(connection, "restated"), "period_name", "regime", "facility_id", "year"),
        "yearly": grouped(ask(connection, "yearly_changes"), "regime", "facility_id", "from_year"),
        "factors": ask(connection, "factors_used"),
        "outside": ask(connection, "out_of_boundary"),
        "exclusions": ask(connection, "exclusions"),
        "biogenic": ask(connection, "biogenic"),
        "substitutions": ask(connection, "substitutions"),
        "overrides": ask(connection, "overrides"),
        "period_states": ask(connection, "period_states"),
        "findings": ask(connection, "findings"),
        "walks": ask(connection, "walks"),
    }


def _pairs(connection: duckdb.DuckDBPyConnection) -> dict[tuple[str, ...], list[Row]]:
    return grouped(ask(connection, "bridges"), "from_regime", "to_regime")


def _bridge(pair: tuple[str, ...], rows: list[Row]) -> dict[str, Any]:
    """From one regime to another: its items against the years; the template only looks them up."""
    return {
        "from_regime": pair[0],
        "to_regime": pair[1],
        "years": sorted({row["year"] for row in rows}),
        "items": list({row["item"]: row for row in rows}.values()),
        "cells": {(row["item"], row["year"]): row["difference_tco2e"] for row in rows},
    }


def _totals(rows: list[Row]) -> dict[str, Any]:
    """The totals by what they are a total of: the template only looks them up."""
    keys = ("regime", "year", "facility_id", "scope")
    facilities = {row["facility_id"]: row for row in rows if not row["is_all_facilities"]}
    return {
        "cells": {tuple(row[key] for key in keys): row for row in rows},
        "whole": [row for row in rows if row["is_all_facilities"] and row["is_all_scopes"]],
        "lines": _lines(rows, facilities),
        "scopes": sorted({row["scope"] for row in rows if not row["is_all_scopes"]}),
        "facilities": [facilities[facility] for facility in sorted(facilities)],
    }


def _lines(rows: list[Row], facilities: dict[str, Row]) -> dict[int, list[tuple[Row, str]]]:
    """Year by year every facility and scope that any regime has, newest year first."""
    found = {(row["year"], row["facility_id"], row["scope"]) for row in rows if row["facility_id"] and row["scope"]}
    lines: dict[int, list[tuple[Row, str]]] = {year: [] for year in sorted({key[0] for key in found}, reverse=True)}
    for year, facility, scope in sorted(found):
        lines[year].append((facilities[facility], scope))
    return lines


def _monthly(rows: list[Row], totals: list[Row]) -> dict[str, Any]:
    """One regime's months against its streams, in the chart's order."""
    streams = {row["position"]: row for row in rows}
    return {
        "streams": [streams[position] for position in sorted(streams)],
        "cells": {(row["month"], row["position"]): row for row in rows},
        "months": totals,
    }
