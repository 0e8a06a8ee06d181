"""The made-up enterprise's performance: one subject with everything a page can show, one with nothing but months.

March 2025 is not whole: its 999 tonnes may be told, never drawn."""

from __future__ import annotations

from datetime import date
from decimal import Decimal
from typing import Any

import duckdb

from tests.reports import fixture_targets

SCRIPT = '<script>alert("x")</script>'
MONTHS = [date(2024 + index // 12, index % 12 + 1, 1) for index in range(8, 22)]
LACKING = date(2025, 3, 1)
WHOLE = [month for month in MONTHS if month != LACKING]
RESIDUALS = dict(zip(WHOLE, [3, -2, 1, 0, 2, -1, -3, 2, 1, -2, 0, 4, 31], strict=True))
PARTS = {"corrections": Decimal("-12.5"), "factors": Decimal("4.25")}
PLAN = """
create table plan.subjects (subject_id varchar, name_zh varchar, name_en varchar, facility_id varchar, regime varchar,
    production_unit varchar, production_base decimal(38, 12));
create table rules.performance_limits (name varchar, value decimal(38, 12), description_zh varchar, description_en varchar);
"""
SUBJECTS = [
    ("P1", "一厂产品", "Product of plant 1", "F1", "gbt32150", "piece", 1000),
    ("P2", "二厂", "Plant 2", "F2", "gbt32150", "", None),
]
LIMIT = ("least_r_squared", Decimal("0.75"), "决定系数不小于此数", "explains at least this share")


def lay_plan(connection: duckdb.DuckDBPyConnection) -> None:
    """What the plan and the rules say beside the marts, without a row."""
    connection.execute(PLAN)


def fill(connection: duckdb.DuckDBPyConnection) -> None:
    """The rows into their tables, column by name: what a row does not say is null."""
    connection.executemany("insert into plan.subjects values (?, ?, ?, ?, ?, ?, ?)", SUBJECTS)
    connection.execute("insert into rules.performance_limits values (?, ?, ?, ?)", LIMIT)
    for table, rows in tables().items():
        for row in rows:
            marks = ", ".join("?" * len(row))
            connection.execute(f"insert into marts.{table} ({', '.join(row)}) values ({marks})", list(row.values()))


def tables() -> dict[str, list[dict[str, Any]]]:
    """Mart → rows."""
    return {
        "fct_performance_months": [_month("P1", month) for month in MONTHS] + [_month("P2", month) for month in WHOLE],
        "fct_baselines": BASELINES,
        "fct_baseline_comparisons": COMPARISONS,
        "fct_regressions": [REGRESSION],
        "fct_regression_coefficients": COEFFICIENTS,
        "fct_control_charts": CHARTS,
        "fct_control_points": [_point(chart, month) for chart in CHARTS[:2] for month in WHOLE],
        "fct_alarms": ALARMS,
        "fct_alarm_causes": CAUSES,
        "fct_closed_periods": CLOSED,
        "fct_restatements": [
            {"period_name": "2024", "regime": "gbt32150", "year": 2024, "facility_id": "F1", "position": position,
             "change_part": part, "name_zh": f"部分{position}", "name_en": f"Part {position}", "difference_tco2e": change}
            for position, (part, change) in enumerate(PARTS.items(), start=1)
        ],
    } | fixture_targets.tables()  # fmt: skip


def expected(month: date) -> int:
    return 100 + 10 * month.month


def _month(subject: str, month: date) -> dict[str, Any]:
    tonnes = expected(month) + RESIDUALS.get(month, 0)
    row: dict[str, Any] = {"subject_id": subject, "month": month, "production": 50, "status": "complete"}
    row |= {"emissions_tco2e": tonnes, "accounted_tco2e": tonnes, "reason_zh": "", "reason_en": ""}
    if month == LACKING:
        reason = {"reason_zh": "三月缺数" + SCRIPT, "reason_en": "March lacks data" + SCRIPT}
        return row | reason | {"emissions_tco2e": 999, "status": "incomplete"}
    if subject == "P2":
        return row
    interval = {"expected_low_tco2e": expected(month) - 5, "expected_high_tco2e": expected(month) + 5}
    return row | interval | {"expected_tco2e": expected(month), "intensity": Decimal(tonnes) / 50}


def _baseline(key: str, kind: str, measure: str, value: str | None, **more: Any) -> dict[str, Any]:
    name, version = key.split("@")
    row = {"baseline_key": key, "baseline_id": name, "version": version, "subject_id": "P1", "facility_id": "F1"}
    row |= {"measure": measure, "baseline_kind": kind, "grain": "month", "first_year": 2024, "last_year": 2024}
    row |= {"value": value and Decimal(value), "is_effective": False, "is_in_force": False, "status": "complete"}
    row |= {
        "valid_from": date(2025, 1, 1),
        "reason": "理由 / a reason",
        "approver": "陆建国",
        "reason_zh": "",
        "reason_en": "",
    }
    return row | {"verification_status": "not_verified", "months_verified": 0} | more


EFFECTIVE = {"is_effective": True, "is_in_force": True}
BASELINES = [
    _baseline("PRIOR@1", "prior_year", "intensity", "4.1"),
    _baseline("TYPICAL@1", "typical_year", "intensity", "4.25"),
    _baseline("MEAN@1", "historic_mean", "intensity", "4.125", **EFFECTIVE),
    _baseline("REG@1", "regression", "total", "1980.5", **EFFECTIVE),
    _baseline("BENCH@1", "benchmark", "intensity", "3.5", first_year=None, last_year=None,
              benchmark_source="行业值 / of the trade", verification_status="external"),
    _baseline("NONE@1", "typical_year", "total", None, status="missing"),
]  # fmt: skip
COMPARISONS = [
    {"baseline_key": key, "subject_id": "P1", "year": 2025, "periods": 9, "emissions_tco2e": 1500, "expected_tco2e": 1600,
     "difference_tco2e": -100, "difference_share": Decimal("-0.0625"), "expected_low_tco2e": low,
     "expected_high_tco2e": high}
    for key, low, high in (("REG@1", 1580, 1620), ("MEAN@1", None, None))
]  # fmt: skip
REGRESSION = {"baseline_key": "REG@1", "subject_id": "P1", "grain": "month", "status": "fitted", "points": 13,
              "r_squared": Decimal("0.612345678"), "adjusted_r_squared": Decimal("0.58"), "f_p": Decimal("0.0001"),
              "cv_rmse": Decimal("0.031"), "durbin_watson": Decimal("1.9"), "stability_p": Decimal("0.4"),
              "is_acceptable": False, "failed_limits": "least_r_squared"}  # fmt: skip
COEFFICIENTS = [
    {"baseline_key": "REG@1", "subject_id": "P1", "variable": name, "base_c": base, "coefficient": Decimal(value),
     "standard_error": 1, "t_statistic": 2, "p_value": Decimal("0.04"), "coefficient_low": 0, "coefficient_high": 9}
    for name, base, value in (("constant", None, "3.3"), ("heating_degree_days", 18, "0.25"))
]  # fmt: skip


def _chart(warning: str, kind: str, **more: Any) -> dict[str, Any]:
    row = {
        "warning_id": warning,
        "subject_id": "P1",
        "facility_id": "F1",
        "name_zh": f"图 {kind}",
        "name_en": f"Chart {kind}",
    }
    row |= {"chart": kind, "measure": "residual", "grain": "month", "baseline_id": "REG", "status": "in_use"}
    row |= {"window_from": MONTHS[0], "window_to": date(2025, 1, 1), "points_in_window": 4, "points_used": 4}
    row |= {"points_left_out": 0, "autocorrelation": Decimal("0.1"), "is_independent": True}
    return row | {"in_control_run_length": Decimal("109.049")} | more


CHARTS = [
    _chart("W-I", "individuals", sigma_multiple=3, run_rules="1 2"),
    _chart("W-SUM", "regression_cusum", reference_value=Decimal("0.5"), decision_interval=5, is_independent=False),
    _chart("W-NEW", "ewma", status="not_enough_points", smoothing=Decimal("0.2")),
]


def _point(chart: dict[str, Any], month: date) -> dict[str, Any]:
    residual, is_sum = RESIDUALS[month], chart["chart"] == "regression_cusum"
    fires = month == WHOLE[-1]
    row = {
        "warning_id": chart["warning_id"],
        "subject_id": "P1",
        "facility_id": "F1",
        "period_start": month,
        "value": residual,
    }
    row |= {"is_in_window": month.year == 2024, "is_limit_point": month.year == 2024, "is_alarm": fires and not is_sum}
    row |= {"rules": "1" if fires and not is_sum else "", "direction": "up" if fires else "", "centre": 0, "sigma": 3}
    if is_sum:
        sums = {"statistic_low": 0, "lower_limit": 0, "upper_limit": 5, "cumulative_residual_tco2e": residual}
        return row | sums | {"statistic": 1}
    return row | {"statistic": residual, "lower_limit": -9, "upper_limit": 9}


def _alarm(began: date, is_open: bool, **more: Any) -> dict[str, Any]:
    row = {
        "alarm_id": f"W-I@{began}",
        "warning_id": "W-I",
        "subject_id": "P1",
        "facility_id": "F1",
        "chart": "individuals",
    }
    row |= {"measure": "residual", "grain": "month", "baseline_id": "REG", "direction": "up", "began_on": began}
    row |= {"first_alarm_on": began, "last_alarm_on": began, "points": 1, "is_open": is_open, "rules": "1"}
    return row | {"cause": "a", "cause_kind": "operation", "changes_found": 0} | more


ALARMS = [
    _alarm(WHOLE[3], False, evidence_zh="没有变化在案", evidence_en="nothing on record"),
    _alarm(WHOLE[-1], True, cause="c", evidence_zh="因子变了" + SCRIPT, evidence_en="a factor changed" + SCRIPT),
]
CAUSES = [
    {"alarm_id": ALARMS[1]["alarm_id"], "change_id": f"c{position}", "cause": cause, "kind": "factor",
     "changed_on": WHOLE[-1], "evidence_zh": f"证据 {position}", "evidence_en": f"evidence {position}", "position": position}
    for position, cause in ((1, "c"), (2, "d"))
]  # fmt: skip
CLOSED = [
    {"period_name": "2024", "since": date(2024, 1, 1), "until": date(2025, 1, 1), "regime": "gbt32150", "year": 2024,
     "facility_id": facility, "status": "complete", "reported_tco2e": Decimal(reported), "restated_tco2e": Decimal(restated),
     "difference_tco2e": Decimal(restated) - Decimal(reported), "closed_build_id": "b0", "code_version": "v0",
     "closed_as_of": date(2025, 2, 15), "closed_by": "陆建国"}
    for facility, reported, restated in (("F1", "1000.5", "992.25"), ("F2", "400", "400"))
]  # fmt: skip
