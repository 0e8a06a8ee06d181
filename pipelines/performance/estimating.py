"""What is to come and what was saved: sums over months with their intervals, by a regression or by the year before.

Tables in, one table out. Nothing is assumed here: output and weather of months to come are given.
"""

from __future__ import annotations

from collections.abc import Mapping
from datetime import date
from typing import Any

import numpy as np
import pyarrow as pa

from pipelines.performance import fitting, regression
from pipelines.performance.fitting import Fit, NoFit
from pipelines.performance.regression import Model, Sample

Row = dict[str, Any]
# degree-day variable, base temperature, year, calendar month
Place = tuple[str, float, int, int]

SCHEMA = pa.schema(
    [
        *(pa.field(name, pa.string()) for name in ("record_kind", "estimate_id", "baseline_key", "method", "status")),
        *(pa.field(name, pa.int64()) for name in ("points", "days")),
        *(pa.field(name, pa.float64()) for name in ("emissions", "expected", "half_width", "shift_per_day", "ratio")),
    ]
)
# the months before that say how far the operation is from its baseline now, and how few will do
RECENT, FEWEST = 12, 3


def estimated(
    periods: pa.Table, degree_days: pa.Table, months: pa.Table, assumed: pa.Table, chosen: pa.Table, spans: pa.Table,
    limits: pa.Table,
) -> pa.Table:  # fmt: skip
    """Every forecast of `months` (by forecast_id) and every measure of `spans`; see SCHEMA."""
    rules = {row["name"]: float(row["value"]) for row in limits.to_pylist()}
    regressions = {row["subject_id"]: row["baseline_key"] for row in chosen.to_pylist()}
    wanted = {*regressions.values(), *spans.column("baseline_key").to_pylist()}
    fits = fitting.fits(periods, degree_days, rules, wanted)
    weather = _weather(assumed)
    rows = []
    for subject_id, forecasts in _forecasts(months).items():
        fit = fits.get(regressions.get(subject_id, ""))
        known = weather.get(subject_id, {})
        for forecast_id, group in forecasts.items():
            found = _by_regression(group, fit, known, rules) if isinstance(fit, Fit) else None
            named = {"record_kind": "forecast", "estimate_id": forecast_id}
            if found is None:
                rows.append(named | _by_year_before(group, forecasts, rules))
            else:
                rows.append(named | found | {"baseline_key": regressions[subject_id]})
    for row in spans.sort_by("measure_id").to_pylist():
        named = {"record_kind": "measure", "estimate_id": row["measure_id"], "baseline_key": row["baseline_key"]}
        rows.append(named | _saved(row, fits.get(row["baseline_key"]), rules))
    return pa.Table.from_pylist([fitting.rounded(row) for row in rows], schema=SCHEMA)


def _weather(assumed: pa.Table) -> dict[str, dict[Place, float]]:
    weather: dict[str, dict[Place, float]] = {}
    for row in assumed.to_pylist():
        place = (row["variable"], float(row["base_c"]), row["year"], row["calendar_month"])
        weather.setdefault(row["subject_id"], {})[place] = float(row["degree_days"])
    return weather


def _forecasts(months: pa.Table) -> dict[str, dict[str, list[Row]]]:
    """Subject → forecast → its twelve months, all in the order of time."""
    found: dict[str, dict[str, list[Row]]] = {}
    ordered = months.sort_by([(name, "ascending") for name in ("subject_id", "cut_month", "month")])
    for row in ordered.to_pylist():
        found.setdefault(row["subject_id"], {}).setdefault(row["forecast_id"], []).append(row)
    return found


def _by_regression(
    group: list[Row], fit: Fit, weather: Mapping[Place, float], rules: Mapping[str, float]
) -> Row | None:
    """The unknown months by the baseline's regression, shifted by how far the last months were from it.

    None where output or weather of a month cannot be assumed. The half width holds the model's own error, the months'
    scatter and that of the months behind the shift (an intercept correction).
    """
    unknown = [row for row in group if not row["is_known"]]
    sample = _assumed(unknown, fit.model, weather)
    if sample is None:
        return None
    cut = group[0]["cut_month"]
    recent = np.array([row["period_start"] <= cut for row in fit.periods], dtype=bool)
    recent &= np.cumsum(recent[::-1])[::-1] <= RECENT
    shift, scatter = 0.0, 0.0
    if recent.sum() >= FEWEST:
        behind = fit.sample.where(recent)
        shift = -regression.difference(fit.model, behind, rules["confidence"]).saving / float(behind.days.sum())
        scatter = fit.model.results.scale / float(behind.days.sum())
    days = float(sample.days.sum())
    foreseen = regression.difference(fit.model, sample, rules["confidence"])
    quantile = _quantile(fit.model.results.df_resid, rules["confidence"])
    return {
        "method": "regression",
        "status": "estimated",
        "points": len(unknown),
        "days": int(days),
        "expected": foreseen.expected + shift * days,
        "half_width": float(np.hypot(foreseen.half_width, quantile * days * np.sqrt(scatter))),
        "shift_per_day": shift,
    }


def _assumed(months: list[Row], model: Model, weather: Mapping[Place, float]) -> Sample | None:
    def of(name: str, row: Row) -> Any:
        if name in model.bases:
            return weather.get((name, model.bases[name], row["month"].year, row["month"].month))
        return row[name]

    columns = {name: [of(name, row) for row in months] for name in model.sample.variables}
    if any(value is None for values in columns.values() for value in values):
        return None
    days = np.array([float(row["days"]) for row in months])
    variables = {name: np.array([float(value) for value in values]) for name, values in columns.items()}
    return Sample(days, np.zeros(len(months)), variables)


def _by_year_before(group: list[Row], forecasts: Mapping[str, list[Row]], rules: Mapping[str, float]) -> Row:
    """The unknown months as those of the year before times the ratio of the last known months to theirs.

    The ratio is the weighted regression through the origin, whose variance grows with the month; its prediction interval,
    summed over the months, is the half width.
    """
    unknown = [row for row in group if not row["is_known"]]
    pairs = _pairs(group[0]["cut_month"], forecasts)
    lacking = any(row["emissions_year_before"] is None for row in unknown)
    if lacking or len(pairs) < FEWEST:
        return {"method": "none", "status": "not_enough_months", "points": len(pairs)}
    now, before = (np.array([pair[at] for pair in pairs]) for at in (0, 1))
    ratio = float(now.sum() / before.sum())
    freedom = len(pairs) - 1
    variance = float(np.sum((now - ratio * before) ** 2 / before)) / freedom
    ahead = float(sum(float(row["emissions_year_before"]) for row in unknown))
    spread = np.sqrt(variance * (ahead + ahead**2 / float(before.sum())))
    return {
        "method": "year_before",
        "status": "estimated",
        "points": len(unknown),
        "days": sum(row["days"] for row in unknown),
        "expected": ratio * ahead,
        "half_width": _quantile(freedom, rules["confidence"]) * float(spread),
        "ratio": ratio,
    }


def _pairs(cut: date, forecasts: Mapping[str, list[Row]]) -> list[tuple[float, float]]:
    """The last known months up to `cut`, each with the same month of the year before."""
    found: dict[date, tuple[float, float]] = {}
    for rows in forecasts.values():
        for row in rows:
            if row["month"] <= cut and row["is_known"] and row["emissions_year_before"] and row["cut_month"] <= cut:
                found[row["month"]] = (float(row["emissions_tco2e"]), float(row["emissions_year_before"]))
    return [found[month] for month in sorted(found)][-RECENT:]


def _saved(span: Row, fit: Fit | NoFit | None, rules: Mapping[str, float]) -> Row:
    if not isinstance(fit, Fit):
        return {"method": "regression", "status": fit.status if fit else "no_baseline"}
    within = [span["first_month"] <= row["period_start"] < span["end_month"] for row in fit.periods]
    if sum(within) < FEWEST:
        return {"method": "regression", "status": "not_enough_months", "points": sum(within)}
    sample = fit.sample.where(np.array(within, dtype=bool))
    found = regression.difference(fit.model, sample, rules["confidence"])
    return {
        "method": "regression",
        "status": "estimated",
        "points": sum(within),
        "days": int(sample.days.sum()),
        "emissions": found.actual,
        "expected": found.expected,
        "half_width": found.half_width,
    }


def _quantile(freedom: float, confidence: float) -> float:
    from scipy import stats

    return float(stats.t.ppf((1 + confidence) / 2, freedom))
