"""The rules between the rows of the plan's performance tables: subjects, baselines, warnings. It reads no file.

A further table of this kind (targets, measures, events) gets its fields in tables.py, its checks here, a line each in
MAY_BE_ABSENT, REFERENCES and UNIQUE, and its source in dbt_project/models/sources.yml.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence

from pipelines.plan.problems import Problems
from pipelines.plan.rows import Row, not_among

VARIABLES = ("production", "heating_degree_days", "cooling_degree_days", "weekend_days")
NELSON_RULES = tuple("12345678")
RESIDUALS = ("residual", "accounted_residual")


def check(tables: Mapping[str, Sequence[Row]], problems: Problems) -> None:
    """Every rule between subjects, baselines and warnings; whatever breaks one goes to `problems`."""
    streams = [row["stream_id"] for row in tables["streams"]]
    subjects = {row["subject_id"]: row for row in tables["subjects"]}
    baselines = {row["baseline_id"]: row for row in tables["baselines"]}
    for row in tables["subjects"]:
        _words(row, "stream_ids", streams, problems)
        _needs(row, "production_unit", bool(row["product_stream_id"]), problems)
    for row in tables["baselines"]:
        _baseline(row, subjects, problems)
    for row in tables["warnings"]:
        _warning(row, baselines, problems)


def effective(baselines: Iterable[Row]) -> list[Row]:
    """Those that the plan calls effective: of a subject and measure one at a time."""
    return [row for row in baselines if row["is_effective"]]


def _baseline(row: Row, subjects: Mapping[str, Row], problems: Problems) -> None:
    _words(row, "variables", VARIABLES, problems)
    kind, subject = row["baseline_kind"], subjects.get(row["subject_id"])
    _needs(row, "first_year", kind in ("typical_year", "historic_mean", "regression"), problems)
    _needs(row, "variables", kind == "regression", problems)
    for column in ("benchmark_value", "benchmark_source"):
        _needs(row, column, kind == "benchmark", problems)
    _needs(row, "approver", row["is_effective"] is True, problems)
    if kind == "regression" and row["measure"] == "intensity":
        problems.add("UNKNOWN_VALUE", row.file, row.line, "measure", **not_among("intensity", ("total",)))
    if subject is None:
        return
    used = (row["variables"] or "").split()
    if (row["measure"] == "intensity" or "production" in used) and not subject["product_stream_id"]:
        problems.add("EMPTY_CELL", subject.file, subject.line, "product_stream_id")
    if any(name.endswith("degree_days") for name in used) and not subject["weather_stream_id"]:
        problems.add("EMPTY_CELL", subject.file, subject.line, "weather_stream_id")


def _warning(row: Row, baselines: Mapping[str, Row], problems: Problems) -> None:
    _words(row, "run_rules", NELSON_RULES, problems)
    is_sum, measure = row["chart"] == "regression_cusum", row["measure"]
    if is_sum and measure not in ("residual", None):
        problems.add("UNKNOWN_VALUE", row.file, row.line, "measure", **not_among(measure, ("residual",)))
    if measure in RESIDUALS:
        _needs(row, "baseline_id", True, problems)
    baseline = baselines.get(row["baseline_id"])
    if baseline is None:
        return
    for column, wanted in (
        ("subject_id", baseline["subject_id"]),
        ("grain", baseline["grain"] or "month"),
    ):
        if row[column] != wanted and column not in row.bad:
            problems.add("UNKNOWN_VALUE", row.file, row.line, column, **not_among(row[column], (wanted,)))
    if baseline["baseline_kind"] != "regression":
        regressions = [name for name, one in baselines.items() if one["baseline_kind"] == "regression"]
        told = not_among(row["baseline_id"], regressions)
        problems.add("UNKNOWN_VALUE", row.file, row.line, "baseline_id", **told)


def _words(row: Row, column: str, known: Sequence[str], problems: Problems) -> None:
    for word in (row[column] or "").split():
        if word not in known:
            problems.add("UNKNOWN_VALUE", row.file, row.line, column, **not_among(word, known))


def _needs(row: Row, column: str, is_needed: bool, problems: Problems) -> None:
    if is_needed and row[column] in ("", None) and column not in row.bad:
        problems.add("EMPTY_CELL", row.file, row.line, column)
