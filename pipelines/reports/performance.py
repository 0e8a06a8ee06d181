"""Gathers the facts of the performance report: baselines, charts, alarms, reviews by subject; targets; closed periods."""

from __future__ import annotations

from datetime import date
from typing import Any

import duckdb

from pipelines.asking import Row, grouped
from pipelines.reports import figures, performance_charts, target_charts
from pipelines.reports.questions import ask
from pipelines.reports.waterfall import waterfall

_OF_A_SUBJECT = (
    "months",
    "baselines",
    "comparisons",
    "regressions",
    "coefficients",
    "control_charts",
    "alarms",
    "reviews",
    "structural_changes",
)


def facts(connection: duckdb.DuckDBPyConnection) -> dict[str, Any]:
    """Everything the template prints, as SQL gave it, by subject; a chart's rows stand beside the table of the same."""
    build = ask(connection, "build")[0]
    held = {name: grouped(ask(connection, f"performance_{name}"), "subject_id") for name in _OF_A_SUBJECT}
    points = grouped(ask(connection, "performance_control_points"), "warning_id")
    subjects = [
        {**row, "number": number, **{name: found.get((row["subject_id"],), []) for name, found in held.items()}}
        for number, row in enumerate(ask(connection, "performance_subjects"), start=1)
    ]
    targets = ask(connection, "performance_targets")
    years = grouped(ask(connection, "performance_target_years"), "target_id")
    months = grouped(ask(connection, "performance_target_months"), "target_id")
    bridges = grouped(ask(connection, "restatements"), "period_name", "regime")
    changes = grouped(ask(connection, "performance_changes"), "regime", "facility_id", "from_year")
    restated = grouped(ask(connection, "restated"), "period_name", "regime", "facility_id", "year")
    charts: dict[str, tuple[Any, Any]] = {
        f"change-{number}": (_change, rows)
        for number, rows in enumerate(changes.values(), start=1)
        if rows[0]["is_newest"]
    }
    for number, target in enumerate(targets, start=1):
        charts[f"target-{number}"] = (_target, {"target": target, "years": years[(target["target_id"],)]})
        if any(row["forecast_value"] is not None for row in months.get((target["target_id"],), [])):
            charts[f"target-months-{number}"] = (
                _target_months,
                {"target": target, "months": months[(target["target_id"],)]},
            )
    for subject in subjects:
        charts |= _charts_of(subject, points, build["as_of"])
    return {
        "build": build,
        "subjects": subjects,
        "attention": ask(connection, "performance_attention"),
        "causes": grouped(ask(connection, "performance_alarm_causes"), "alarm_id"),
        "limits": {row["name"]: row for row in ask(connection, "performance_limits")},
        "changes": changes,
        "targets": targets,
        "target_years": years,
        "target_months": months,
        "measures": ask(connection, "performance_measures"),
        "evaluations": ask(connection, "performance_evaluations"),
        "closed": [rows[0] for rows in restated.values()],
        "bridges": bridges,
        "unit_of": unit_of,
        "charts": charts
        | {f"bridge-{number}": (_bridge, rows) for number, rows in enumerate(bridges.values(), start=1)},
    }


def _charts_of(subject: Row, points: dict[tuple[Any, ...], list[Row]], until: date) -> dict[str, tuple[Any, Any]]:
    """The subject's monthly chart, and a control chart for each of the plan's that has points."""
    is_any_whole = any(row["status"] == "complete" for row in subject["months"])
    found: dict[str, tuple[Any, Any]] = {f"months-{subject['number']}": (_months, subject)} if is_any_whole else {}
    for position, chart in enumerate(subject["control_charts"], start=1):
        rows = points.get((chart["warning_id"],), [])
        if rows:
            given = {"chart": chart, "points": rows, "until": until, "subject": subject}
            found[f"control-{subject['number']}-{position}"] = (_control, given)
    return found


def _months(subject: Row, words: Any) -> Any:
    """Intensity where the subject has a product, else tonnes."""
    measure = "intensity" if subject["months_with_intensity"] else "total"
    baselines = [row for row in subject["baselines"] if row["measure"] == measure == "intensity"]
    given = {"months": subject["months"], "measure": measure, "baselines": baselines}
    return performance_charts.monthly({**given, "unit": unit_of(subject, measure, words)}, words)


def _control(given: dict[str, Any], words: Any) -> Any:
    chart = given["chart"]
    summed = chart["chart"] in {"cusum", "regression_cusum"}
    unit = words.standard_deviations if summed else unit_of(given["subject"], chart["measure"], words)
    return performance_charts.control({**given, "unit": unit}, words)


def _target(given: dict[str, Any], words: Any) -> Any:
    target = given["target"]
    unit = unit_of(target, target["measure"], words)
    return target_charts.progress({"years": given["years"], "unit": unit}, words)


def _target_months(given: dict[str, Any], words: Any) -> Any:
    target = given["target"]
    unit = unit_of(target, target["measure"], words)
    return target_charts.months({"months": given["months"], "unit": unit}, words)


def unit_of(subject: Row, measure: str, words: Any) -> str:
    """The unit of a subject's measure: tonnes, or tonnes per unit (or per 1000 units) of its product."""
    if measure != "intensity":
        return "tCO₂e"
    unit = words.term("unit", subject["production_unit"])
    base = "" if subject["production_base"] in (None, 1) else f"{figures.plain(subject['production_base'])} "
    return f"tCO₂e / {base}{unit}"


def _bridge(rows: list[Row], words: Any) -> Any:
    parts = [(words.of(row), row["difference_tco2e"]) for row in rows]
    given = {
        "before": words.as_reported,
        "after": words.as_restated,
        "start": rows[0]["start_tco2e"],
        "parts": parts,
    }
    return waterfall(given, words)


def _change(rows: list[Row], words: Any) -> Any:
    """From one year to the next; what the parts leave over, were there anything, is no part: the table shows it."""
    parts = [(words.of(row), row["difference_tco2e"]) for row in rows]
    years = {"before": f"{rows[0]['from_year']}", "after": f"{rows[0]['to_year']}"}
    return waterfall({**years, "start": rows[0]["start_tco2e"], "parts": parts}, words)
