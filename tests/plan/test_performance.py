"""The plan's performance tables: what cannot be is named, with its place; a plan without them is whole."""

from __future__ import annotations

from pathlib import Path
from typing import Any

import pytest

from pipelines.plan import PlanError, load_folder
from tests.plan import folder

SUBJECT = {"subject_id": "S", "name_zh": "对象", "facility_id": "F1", "subject_kind": "facility", "regime": "gbt32150"}
SUBJECT |= {"stream_ids": "S-EL S-COAL", "factors_as_of": "2025-01-01"}
TOTAL = {
    "baseline_id": "B",
    "subject_id": "S",
    "measure": "total",
    "baseline_kind": "historic_mean",
    "first_year": "2023",
}
TOTAL |= {"last_year": "2024", "is_effective": "true", "version": "1", "valid_from": "2025-01-01", "reason": "均值"}
TOTAL |= {"approver": "甲"}
REGRESSION = TOTAL | {
    "baseline_id": "R",
    "baseline_kind": "regression",
    "variables": "weekend_days",
    "is_effective": "false",
}
CHART = {
    "warning_id": "W",
    "subject_id": "S",
    "name_zh": "图",
    "chart": "ewma",
    "measure": "residual",
    "grain": "month",
}
CHART |= {"baseline_id": "R", "window_from": "2023-01-01", "window_to": "2025-01-01"}

SPOILT: dict[str, tuple[str, int, dict[str, Any], tuple[str, str, str]]] = {
    "a stream that is not there": (
        "subjects",
        0,
        {"stream_ids": "S-EL S-X"},
        ("UNKNOWN_VALUE", "subjects", "stream_ids"),
    ),
    "a regime that no rules know": ("subjects", 0, {"regime": "x"}, ("UNKNOWN_VALUE", "subjects", "regime")),
    "an intensity without a product": (
        *("baselines", 0, {"measure": "intensity"}),
        ("EMPTY_CELL", "subjects", "product_stream_id"),
    ),
    "weather that no station tells": (
        *("baselines", 1, {"variables": "heating_degree_days"}),
        ("EMPTY_CELL", "subjects", "weather_stream_id"),
    ),
    "a variable nobody knows": ("baselines", 1, {"variables": "moon"}, ("UNKNOWN_VALUE", "baselines", "variables")),
    "nobody approved it": ("baselines", 0, {"approver": ""}, ("EMPTY_CELL", "baselines", "approver")),
    "two effective at a time": ("baselines", 1, {"is_effective": "true"}, ("DUPLICATE", "baselines", "subject_id")),
    "the years run backwards": ("baselines", 0, {"last_year": "2020"}, ("BAD_ORDER", "baselines", "last_year")),
    "a chart of residuals of nothing": ("warnings", 0, {"baseline_id": ""}, ("EMPTY_CELL", "warnings", "baseline_id")),
    "a chart of what is no regression": (
        "warnings",
        0,
        {"baseline_id": "B"},
        ("UNKNOWN_VALUE", "warnings", "baseline_id"),
    ),
    "days held against months": ("warnings", 0, {"grain": "day"}, ("UNKNOWN_VALUE", "warnings", "grain")),
    "a ninth rule of Nelson's": ("warnings", 0, {"run_rules": "1 9"}, ("UNKNOWN_VALUE", "warnings", "run_rules")),
    "no smoothing at all": ("warnings", 0, {"smoothing": "1"}, ("BAD_ORDER", "warnings", "smoothing")),
}


def tables() -> dict[str, list[dict[str, Any]]]:
    performance = {"subjects": [dict(SUBJECT)], "baselines": [dict(TOTAL), dict(REGRESSION)], "warnings": [dict(CHART)]}
    return folder.good() | performance


def test_a_plan_with_them_has_no_problem(tmp_path: Path) -> None:
    read = load_folder(folder.write(tmp_path, tables()))
    assert [len(read.rows(name)) for name in ("subjects", "baselines", "warnings")] == [1, 2, 1]


@pytest.mark.parametrize("name", SPOILT)
def test_what_cannot_be_is_named_with_its_place(name: str, tmp_path: Path) -> None:
    table, row, spoilt, (code, file, column) = SPOILT[name]
    plan = tables()
    plan[table][row] |= spoilt
    with pytest.raises(PlanError) as error:
        load_folder(folder.write(tmp_path, plan))
    (problem,) = error.value.problems
    assert (problem.code, problem.file, problem.field) == (code, f"{file}.csv", column)
    assert problem.zh and problem.en
