"""Rows of periods → regressions → rows: regression, coefficient, period, year. No statistic is defined here."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Set
from dataclasses import dataclass
from datetime import date
from typing import Any

import numpy as np
import pyarrow as pa

from pipelines.performance import regression
from pipelines.performance.regression import Model, Sample

Row = dict[str, Any]

_TEXT = ("record_kind", "baseline_key", "subject_id", "grain", "status", "variable")
_WHOLE = ("points", "degrees_of_freedom", "year")
_NUMBERS = (
    *("r_squared", "adjusted_r_squared", "f_statistic", "f_p", "residual_sd", "cv_rmse", "nmbe", "durbin_watson"),
    *("autocorrelation", "stability_p", "condition_number"),
    *("base_c", "coefficient", "standard_error", "t_statistic", "p_value", "lower", "upper"),
    *("emissions", "expected"),
)
SCHEMA = pa.schema(
    [
        *(pa.field(name, pa.string()) for name in _TEXT),
        pa.field("period_start", pa.date32()),
        pa.field("is_in_baseline", pa.bool_()),
        *(pa.field(name, pa.int64()) for name in _WHOLE),
        *(pa.field(name, pa.float64()) for name in _NUMBERS),
    ]
)
# What is stated is rounded: the last bits of a float are not the same on every machine.
DECIMALS = 9
DEGREE_DAYS = ("heating_degree_days", "cooling_degree_days")
# Every degree-day variable by base temperature and period.
Offered = Mapping[str, Mapping[float, Mapping[date, float | None]]]


@dataclass(frozen=True)
class Fit:
    """A baseline's model and every period that it can say something of, in their order, with their variables."""

    model: Model
    sample: Sample
    periods: list[Row]


@dataclass(frozen=True)
class NoFit:
    """Why there is no model, and how many periods it could have been fitted on."""

    status: str
    points: int


def fitted(periods: pa.Table, degree_days: pa.Table, limits: pa.Table) -> pa.Table:
    """One fit per baseline_key of `periods`; see SCHEMA. Rows that lack a variable are neither fitted nor predicted."""
    rules = {row["name"]: float(row["value"]) for row in limits.to_pylist()}
    offered = _offered(degree_days.to_pylist())
    groups = _grouped(periods, ("baseline_key",))
    rows = [row for _, group in groups for row in _rows(group, _of(group[0], offered), rules)]
    return pa.Table.from_pylist([rounded(row) for row in rows], schema=SCHEMA)


def fits(
    periods: pa.Table, degree_days: pa.Table, rules: Mapping[str, float], wanted: Set[str]
) -> dict[str, Fit | NoFit]:
    """baseline_key → its model, or why it has none, for those that are wanted."""
    offered = _offered(degree_days.to_pylist())
    groups = _grouped(periods, ("baseline_key",))
    return {key: _fit(group, _of(group[0], offered), rules) for (key,), group in groups if key in wanted}


def _grouped(table: pa.Table, keys: tuple[str, ...]) -> list[tuple[tuple[Any, ...], list[Row]]]:
    groups: dict[tuple[Any, ...], list[Row]] = {}
    ordered = table.sort_by([(name, "ascending") for name in (*keys, "period_start")])
    for row in ordered.to_pylist():
        groups.setdefault(tuple(row[key] for key in keys), []).append(row)
    return list(groups.items())


def _offered(degree_days: list[Row]) -> dict[tuple[str, str], Offered]:
    """The degree days of each subject and grain."""
    found: dict[tuple[str, str], dict[str, dict[float, dict[date, float | None]]]] = {}
    for row in degree_days:
        variables = found.setdefault((row["subject_id"], row["grain"]), {})
        days = variables.setdefault(row["variable"], {}).setdefault(float(row["base_c"]), {})
        days[row["period_start"]] = None if row["degree_days"] is None else float(row["degree_days"])
    return dict(found)


def _of(period: Row, offered: Mapping[tuple[str, str], Offered]) -> Offered:
    """Those of the baseline's subject and grain, as far as it names them."""
    variables = offered.get((period["subject_id"], period["grain"]), {})
    return {name: bases for name, bases in variables.items() if name in period["variables"].split()}


def _fit(periods: list[Row], offered: Offered, rules: Mapping[str, float]) -> Fit | NoFit:
    variables = periods[0]["variables"].split()
    usable = [row for row in periods if row["is_usable"] and _has_all(row, variables, offered)]
    chosen = np.array([row["is_in_baseline"] for row in usable], dtype=bool)
    enough = max(rules["least_points"], len(variables) + 2)
    if not usable or chosen.sum() < enough or set(DEGREE_DAYS) & set(variables) - set(offered):
        return NoFit("not_enough_points", int(chosen.sum()) if usable else 0)
    whole = _sample(usable, [name for name in variables if name not in DEGREE_DAYS])
    degrees = {
        name: {base: np.array([days[row["period_start"]] for row in usable], float) for base, days in bases.items()}
        for name, bases in offered.items()
    }
    within = {name: {base: values[chosen] for base, values in bases.items()} for name, bases in degrees.items()}
    try:
        model = regression.search(whole.where(chosen), within)
    except regression.NotIndependent:
        return NoFit("not_independent", int(chosen.sum()))
    predicted = whole.with_variables({name: degrees[name][base] for name, base in model.bases.items()})
    return Fit(model, predicted, usable)


def _rows(periods: list[Row], offered: Offered, rules: Mapping[str, float]) -> Iterator[Row]:
    named = {name: periods[0][name] for name in ("baseline_key", "subject_id", "grain")}
    found = _fit(periods, offered, rules)
    if isinstance(found, NoFit):
        yield {**named, "record_kind": "regression", "status": found.status, "points": found.points}
        return
    for row in _told(found.model, found.sample, found.periods, rules["confidence"]):
        yield named | row


def _has_all(row: Row, variables: list[str], offered: Offered) -> bool:
    plain = [row[name] for name in variables if name not in DEGREE_DAYS]
    degrees = [days.get(row["period_start"]) for bases in offered.values() for days in bases.values()]
    return None not in (row["emissions_tco2e"], *plain, *degrees)


def _sample(rows: list[Row], variables: list[str]) -> Sample:
    def column(name: str) -> Any:
        return np.array([float(row[name]) for row in rows])

    return Sample(column("days"), column("emissions_tco2e"), {name: column(name) for name in variables})


def _told(model: Model, sample: Sample, periods: list[Row], confidence: float) -> Iterator[Row]:
    results = model.results
    measured = {"points": int(results.nobs), "degrees_of_freedom": int(results.df_resid)}
    yield {"record_kind": "regression", "status": "fitted", **measured, **regression.quality(model)}
    interval = results.conf_int(alpha=1 - confidence)
    for at, name in enumerate(model.names):
        yield {
            "record_kind": "coefficient",
            "variable": name,
            "base_c": model.bases.get(name),
            "coefficient": results.params[at],
            "standard_error": results.bse[at],
            "t_statistic": results.tvalues[at],
            "p_value": results.pvalues[at],
            "lower": interval[at][0],
            "upper": interval[at][1],
        }
    foreseen = regression.expected(model, sample, confidence)
    for at, row in enumerate(periods):
        yield {
            "record_kind": "period",
            "period_start": row["period_start"],
            "is_in_baseline": row["is_in_baseline"],
            "emissions": float(row["emissions_tco2e"]),
            **{name: values[at] for name, values in foreseen.items()},
        }
    yield from _years(model, sample, periods, confidence)


def _years(model: Model, sample: Sample, periods: list[Row], confidence: float) -> Iterator[Row]:
    years = np.array([row["period_start"].year for row in periods])
    for year in sorted(set(years.tolist())):
        found = regression.difference(model, sample.where(years == year), confidence)
        yield {
            "record_kind": "year",
            "year": year,
            "points": int((years == year).sum()),
            "emissions": found.actual,
            "expected": found.expected,
            "lower": found.expected - found.half_width,
            "upper": found.expected + found.half_width,
        }


def rounded(row: Row) -> Row:
    """Floats to DECIMALS; what is not a number (a p value of a perfect fit) is unknown."""
    return {name: _stated(value) if isinstance(value, float) else value for name, value in row.items()}


def _stated(value: float) -> float | None:
    return round(float(value), DECIMALS) + 0.0 if np.isfinite(value) else None
