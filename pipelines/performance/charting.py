"""Rows of values → control charts → rows: chart (limits, false-alarm rate) and point. No chart is defined here."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from typing import Any

import numpy as np
import pyarrow as pa

from pipelines.performance import charts, run_lengths, run_rules
from pipelines.performance.charts import Limits, Point
from pipelines.performance.regression import autocorrelation

Row = dict[str, Any]

SCHEMA = pa.schema(
    [
        *(
            pa.field(name, pa.string())
            for name in ("record_kind", "warning_id", "status", "run_length_method", "rules")
        ),
        *(pa.field(name, pa.date32()) for name in ("period_start", "began_on")),
        *(pa.field(name, pa.bool_()) for name in ("is_in_window", "is_limit_point", "is_alarm")),
        *(pa.field(name, pa.int64()) for name in ("points", "points_in_window", "points_used", "rounds", "side")),
        *(
            pa.field(name, pa.float64())
            for name in (
                *("value", "statistic", "statistic_low", "lower_limit", "upper_limit"),
                *("centre", "sigma", "autocorrelation", "in_control_run_length"),
            )
        ),
    ]
)
DECIMALS = 9
DEFAULTS = {"sigma_multiple": 3.0, "smoothing": 0.2, "reference_value": 0.5, "decision_interval": 5.0}


def charted(values: pa.Table, warnings: pa.Table, limits: pa.Table) -> pa.Table:
    """Every chart of `warnings` on its `values` (warning_id, period_start, value, is_in_window); see SCHEMA."""
    least = {row["name"]: float(row["value"]) for row in limits.to_pylist()}["least_points"]
    by_chart: dict[str, list[Row]] = {}
    for row in values.sort_by([("warning_id", "ascending"), ("period_start", "ascending")]).to_pylist():
        by_chart.setdefault(row["warning_id"], []).append(row)
    rows = [
        {"warning_id": warning["warning_id"]} | row
        for warning in warnings.sort_by("warning_id").to_pylist()
        for row in _chart(warning, by_chart.get(warning["warning_id"], []), least)
    ]
    return pa.Table.from_pylist([_rounded(row) for row in rows], schema=SCHEMA)


def _chart(warning: Row, rows: list[Row], least: float) -> Iterator[Row]:
    """The chart's own row, then its points; without enough in-control points it says so and has none."""
    settings = {name: float(warning[name] or default) for name, default in DEFAULTS.items()}
    values = np.array([float(row["value"]) for row in rows])
    window = np.array([row["is_in_window"] for row in rows], dtype=bool)
    length, method = _run_length(warning, settings)
    chart: Row = {
        "record_kind": "chart",
        "points": len(rows),
        "points_in_window": int(window.sum()),
        "in_control_run_length": length,
        "run_length_method": method,
    }
    given = _given(warning, window)
    limits = given or (_limits(warning, values, window) if window.sum() >= max(least, 2) else None)
    if limits is None or limits.sigma <= 0 or (given is None and limits.used.sum() < least):
        yield chart | {"status": "not_enough_points", "points_used": 0 if limits is None else int(limits.used.sum())}
        return
    yield chart | {
        "status": "in_use",
        "points_used": int(limits.used.sum()),
        "rounds": limits.rounds,
        "centre": limits.centre,
        "sigma": limits.sigma,
        "autocorrelation": autocorrelation(values[limits.used]),
    }
    points = _points(warning, values, limits, settings)
    for row, point, used in zip(rows, points, limits.used, strict=True):
        yield _told(row, point, rows) | {"is_limit_point": bool(used)}


def _given(warning: Row, window: Any) -> Limits | None:
    """A centre and a sigma that are known beforehand; the plan's charts have none."""
    if warning.get("sigma") is None:
        return None
    return Limits(float(warning["centre"]), float(warning["sigma"]), window, 1)


def _limits(warning: Row, values: Any, window: Any) -> Limits:
    """A regression's residuals come in standard errors around 0: their limits are known."""
    if warning["chart"] == "regression_cusum":
        return Limits(0.0, 1.0, window, 1)
    return charts.in_control(values, window)


def _points(warning: Row, values: Any, limits: Limits, settings: Mapping[str, float]) -> list[Point]:
    match warning["chart"]:
        case "individuals":
            return charts.individuals(values, limits, settings["sigma_multiple"], _rules(warning))
        case "moving_range":
            return charts.moving_range(values, limits)
        case "ewma":
            return charts.ewma(values, limits, settings["smoothing"], settings["sigma_multiple"])
        case _:
            return charts.cusum(values, limits, settings["reference_value"], settings["decision_interval"])


def _run_length(warning: Row, settings: Mapping[str, float]) -> tuple[float, str]:
    """The chart's in-control average run length, and how it was found."""
    multiple = settings["sigma_multiple"]
    match warning["chart"]:
        case "individuals":
            exact = run_lengths.individuals(multiple, _rules(warning))
            if exact is None:
                return run_rules.simulated_run_length(multiple, _rules(warning)), "simulation"
            return exact, "markov_chain"
        case "moving_range":
            return run_lengths.moving_range(), "integral_equation"
        case "ewma":
            return run_lengths.ewma(settings["smoothing"], multiple), "integral_equation"
        case _:
            return run_lengths.cusum(settings["reference_value"], settings["decision_interval"]), "integral_equation"


def _rules(warning: Row) -> list[int]:
    return sorted({int(rule) for rule in (warning["run_rules"] or "1").split()})


def _told(row: Row, point: Point, rows: list[Row]) -> Row:
    return {
        "record_kind": "point",
        "period_start": row["period_start"],
        "is_in_window": row["is_in_window"],
        "value": float(row["value"]),
        "statistic": point.statistic,
        "statistic_low": point.statistic_low,
        "lower_limit": point.lower,
        "upper_limit": point.upper,
        "rules": " ".join(point.rules),
        "side": point.side,
        "is_alarm": point.is_alarm,
        "began_on": None if point.began is None else rows[point.began]["period_start"],
    }


def _rounded(row: Row) -> Row:
    return {name: round(value, DECIMALS) + 0.0 if isinstance(value, float) else value for name, value in row.items()}
