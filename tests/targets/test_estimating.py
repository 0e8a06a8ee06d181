"""Forecasts and savings with their intervals: against statsmodels on its own, and on series whose truth is known."""

from __future__ import annotations

from datetime import date
from typing import Any

import numpy as np
import pyarrow as pa
import pytest

from pipelines import performance

LIMITS = pa.table({"name": ["least_points", "confidence"], "value": [12.0, 0.9]})
MONTHS = [date(year, month, 1) for year in (2022, 2023, 2024) for month in range(1, 13)]
NO_WEATHER = pa.schema(
    [
        *(("subject_id", pa.string()), ("grain", pa.string()), ("variable", pa.string()), ("base_c", pa.float64())),
        *(("period_start", pa.date32()), ("degree_days", pa.float64())),
    ]
)
ASSUMED = pa.schema(
    [
        *(("subject_id", pa.string()), ("year", pa.int64()), ("calendar_month", pa.int64())),
        *(("variable", pa.string()), ("base_c", pa.float64()), ("degree_days", pa.float64())),
    ]
)
SPANS = pa.schema(
    [
        *(("measure_id", pa.string()), ("baseline_key", pa.string()), ("subject_id", pa.string())),
        *(("first_month", pa.date32()), ("end_month", pa.date32())),
    ]
)
ANY = [date(2024, 12, 1)]


def output(month: date) -> float:
    return 900.0 + 25 * month.month + 3 * (month.year - 2022)


def series(noise: float = 0.0, saved: float = 0.0, since: date = date.max) -> dict[date, float]:
    chance = np.random.default_rng(7)
    return {
        month: 30 * 4.0 + 0.5 * output(month) + noise * float(chance.standard_normal()) - saved * (month >= since)
        for month in MONTHS
    }


def periods(emitted: dict[date, float]) -> pa.Table:
    named = {"baseline_key": "B@1", "subject_id": "S", "grain": "month", "variables": "production", "weekend_days": 8}
    rows = [
        {"period_start": month, "days": 30, "emissions_tco2e": tonnes, "production": output(month), "is_usable": True}
        | {"is_in_baseline": month.year < 2024}
        | named
        for month, tonnes in emitted.items()
    ]
    return pa.Table.from_pylist(rows)


def forecast_months(emitted: dict[date, float], cuts: list[date]) -> pa.Table:
    rows: list[dict[str, Any]] = []
    for cut in cuts:
        for number in range(1, 13):
            month = date(cut.year, number, 1)
            rows.append(
                {"forecast_id": f"S@{cut}", "subject_id": "S", "cut_month": cut, "month": month, "days": 30}
                | {"is_known": month <= cut, "emissions_tco2e": emitted[month] if month <= cut else None}
                | {"production": output(month), "weekend_days": 8}
                | {"emissions_year_before": emitted.get(month.replace(year=cut.year - 1))}
            )
    return pa.Table.from_pylist(rows)


def estimated(
    emitted: dict[date, float], cuts: list[date], is_normalised: bool = True, spans: list[dict] | None = None
) -> list[dict[str, Any]]:
    chosen = pa.table({"subject_id": ["S"] if is_normalised else [""], "baseline_key": ["B@1"]})
    measured = pa.Table.from_pylist(spans or [], schema=SPANS)
    found = performance.estimated(
        periods(emitted), NO_WEATHER.empty_table(), forecast_months(emitted, cuts), ASSUMED.empty_table(), chosen, measured,
        LIMITS,
    )  # fmt: skip
    return found.to_pylist()


def test_where_nothing_scatters_the_forecast_is_the_truth() -> None:
    emitted = series()
    (row,) = estimated(emitted, [date(2024, 5, 1)])
    assert row["method"] == "regression" and row["points"] == 7
    assert row["expected"] == pytest.approx(sum(emitted[date(2024, month, 1)] for month in range(6, 13)), abs=1e-6)
    assert row["half_width"] == pytest.approx(0, abs=1e-6)


def test_a_lasting_shift_is_carried_into_the_months_to_come() -> None:
    """40 t a month less since 2023-06 lies within the last twelve months of May 2024 throughout: the forecast has it too."""
    emitted = series(saved=40, since=date(2024, 1, 1))
    (row,) = estimated(emitted, [date(2024, 5, 1)])
    # five of the last twelve months are 40 t below: 5/12 of it is carried on
    expected = sum(series()[date(2024, month, 1)] for month in range(6, 13)) - 7 * 40 * 5 / 12
    assert row["expected"] == pytest.approx(expected, abs=1e-6)
    assert row["shift_per_day"] == pytest.approx(-40 * 5 / 12 / 30, abs=1e-9)


def test_the_interval_is_that_of_statsmodels() -> None:
    """One month to come: the prediction interval of an observation, widened by what the shift rests on."""
    import statsmodels.api as sm
    from scipy import stats

    emitted = series(noise=12)
    (row,) = estimated(emitted, [date(2024, 11, 1)])
    base = [month for month in MONTHS if month.year < 2024]
    design = sm.add_constant(np.array([output(month) / 30 for month in base]))
    fitted = sm.WLS(np.array([emitted[month] / 30 for month in base]), design, weights=np.full(24, 30.0)).fit()
    ahead = np.array([[1.0, output(date(2024, 12, 1)) / 30]])
    mean = fitted.get_prediction(np.vstack([ahead, ahead]), weights=30.0).summary_frame(alpha=0.1)
    residuals = fitted.wresid
    rho = max(float(np.sum((residuals[1:] - residuals.mean()) * (residuals[:-1] - residuals.mean()))) / float(
        np.sum((residuals - residuals.mean()) ** 2)
    ), 0.0)  # fmt: skip
    own = float(mean["obs_ci_upper"].iloc[0] - mean["mean"].iloc[0]) * 30 * np.sqrt((1 + rho) / (1 - rho))
    shift = stats.t.ppf(0.95, 22) * 30 * np.sqrt(fitted.scale / 360)
    assert row["half_width"] == pytest.approx(float(np.hypot(own, shift)), rel=1e-6)


def test_without_a_regression_the_year_before_serves() -> None:
    """Weighted regression through the origin, whose prediction statsmodels confirms."""
    import statsmodels.api as sm
    from scipy import stats

    emitted = series(noise=15)
    cut = date(2024, 9, 1)
    cuts = [date(year, month, 1) for year in (2023, 2024) for month in range(1, 13) if date(year, month, 1) <= cut]
    row = next(one for one in estimated(emitted, cuts, is_normalised=False) if one["estimate_id"] == f"S@{cut}")
    last = [month for month in MONTHS if date(2023, 10, 1) <= month <= cut]
    now = np.array([emitted[month] for month in last])
    before = np.array([emitted[month.replace(year=month.year - 1)] for month in last])
    ahead = sum(emitted[date(2023, month, 1)] for month in (10, 11, 12))
    fitted = sm.WLS(now, before, weights=1 / before).fit()
    assert row["method"] == "year_before" and row["ratio"] == pytest.approx(fitted.params[0], rel=1e-9)
    assert row["expected"] == pytest.approx(fitted.params[0] * ahead, rel=1e-9)
    width = stats.t.ppf(0.95, 11) * np.sqrt(fitted.scale * ahead + (fitted.bse[0] * ahead) ** 2)
    assert row["half_width"] == pytest.approx(float(width), rel=1e-9)


def test_too_few_months_say_so() -> None:
    (row,) = estimated(series(), [date(2022, 3, 1)], is_normalised=False)
    assert (row["method"], row["status"], row["expected"]) == ("none", "not_enough_months", None)


@pytest.mark.parametrize(("saved", "is_found"), [(60, True), (0, False)])
def test_a_saving_is_found_where_there_is_one(saved: float, is_found: bool) -> None:
    since = date(2024, 1, 1)
    span = {
        "measure_id": "M",
        "baseline_key": "B@1",
        "subject_id": "S",
        "first_month": since,
        "end_month": date(2025, 1, 1),
    }
    emitted = series(noise=8, saved=saved, since=since)
    row = next(one for one in estimated(emitted, ANY, spans=[span]) if one["record_kind"] == "measure")
    saving = row["expected"] - row["emissions"]
    assert row["points"] == 12 and abs(saving - 12 * saved) < row["half_width"]
    assert (saving - row["half_width"] > 0) == is_found


def test_a_measure_of_two_months_is_not_judged() -> None:
    span = {"measure_id": "M", "baseline_key": "B@1", "subject_id": "S"}
    span |= {"first_month": date(2024, 11, 1), "end_month": date(2025, 1, 1)}
    row = estimated(series(), ANY, spans=[span])[-1]
    assert (row["status"], row["points"], row["expected"]) == ("not_enough_months", 2, None)
