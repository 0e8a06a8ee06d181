"""Events, targets, measures, the evaluation plan: a sound set is read, and one thing wrong is one problem with its place."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest

from pipelines.plan import PlanError, load_folder
from tests.plan import folder

Tables = dict[str, folder.Table]
NAMES = {"name_zh": "名", "name_en": "name"}
SINCE = {"valid_from": "2024-01-01", "valid_to": ""}


def good() -> Tables:
    """A plan with an enterprise, its base, an acquisition, a target with steps, a measure and an item of evaluation."""
    subject = {**NAMES, "regime": "gbt32150", "factors_as_of": "2026-01-01"}
    baseline = {
        "subject_id": "ALL",
        "measure": "total",
        "is_effective": "false",
        "version": "1",
        **SINCE,
        "reason": "r",
    }
    return folder.good() | {
        "subjects": [{"subject_id": "ALL", "facility_id": "", "subject_kind": "enterprise", **subject}],
        "baselines": [
            {"baseline_id": "BASE", "baseline_kind": "typical_year", "first_year": "2023", "variables": "", **baseline},
            {"baseline_id": "REG", "baseline_kind": "regression", "first_year": "2023", "variables": "weekend_days"}
            | baseline,
        ],
        "events": [
            {"event_id": "E1", **NAMES, "happened_on": "2024-07-01", "event_kind": "acquisition", "facility_id": "F1"}
            | {"subject_ids": "ALL", "existed_since": "2016-01-01", "is_scope_shift_covered": ""},
        ],
        "event_emissions": [
            {"event_id": "E1", "year": "2023", "scope": "scope_1", "emissions_tco2e": "10.5", "source": "账单"}
        ],
        "targets": [
            {"target_id": "T1", **NAMES, "baseline_id": "BASE", "target_year": "2030", "target_reduction": "0.1"}
            | {"target_value": "", "path": "stated", "owner_role": "R1", **SINCE, "reason": "r", "approver": "丙"},
        ],
        "target_steps": [{"target_id": "T1", "year": "2025", "target_reduction": "0.02", "target_value": ""}],
        "measures": [
            {"measure_id": "M1", **NAMES, "target_id": "T1", "baseline_id": "REG", "started_on": "2025-01-01"}
            | {"ended_on": "", "ex_ante_tco2e": "100", "estimate_method": "e", "owner_role": "R1", "status": "running"},
        ],
        "evaluations": [
            {"item_id": "P1", **NAMES, "content": "objectives", "monitoring_method": "m", "accounting_method": "a"}
            | {
                "analysis_method": "b",
                "frequency": "month",
                "monitored_within_days": "10",
                "evaluated_within_days": "20",
            }
            | {"evaluator_role": "R1", "metric": "target_ratio", "object_id": "T1", "criterion": "at_most"}
            | {"threshold": "1", **SINCE},
        ],
    }


def test_a_sound_set_is_read_and_may_be_absent(tmp_path: Path) -> None:
    read = load_folder(folder.write(tmp_path / "with", good()))
    assert [row["event_id"] for row in read.rows("events")] == ["E1"]
    without = load_folder(folder.write(tmp_path / "without", folder.good()))
    assert without.tables["targets"].num_rows == 0
    assert without.tables["targets"].schema == read.tables["targets"].schema


def put(table: str, **cells: Any) -> Callable[[Tables], None]:
    return lambda tables: tables[table][0].update(cells)


WRONG: dict[str, tuple[Callable[[Tables], None], tuple[str, str, str]]] = {
    "an enterprise has no facility": (
        put("subjects", facility_id="F1"),
        ("UNKNOWN_VALUE", "subjects.csv", "facility_id"),
    ),
    "a facility's subject has one": (
        put("subjects", subject_kind="facility"),
        ("EMPTY_CELL", "subjects.csv", "facility_id"),
    ),
    "kind": (put("events", event_kind="takeover"), ("UNKNOWN_VALUE", "events.csv", "event_kind")),
    "subject": (put("events", subject_ids="ALL NONE"), ("UNKNOWN_VALUE", "events.csv", "subject_ids")),
    "facility": (put("events", facility_id="F9"), ("UNKNOWN_REFERENCE", "events.csv", "facility_id")),
    "age of the unit": (put("events", existed_since=""), ("EMPTY_CELL", "events.csv", "existed_since")),
    "younger than its transfer": (
        put("events", existed_since="2025-01-01"),
        ("BAD_ORDER", "events.csv", "existed_since"),
    ),
    "shift of scope": (put("events", event_kind="outsourcing"), ("EMPTY_CELL", "events.csv", "is_scope_shift_covered")),
    "event": (put("event_emissions", event_id="E9"), ("UNKNOWN_REFERENCE", "event_emissions.csv", "event_id")),
    "negative": (put("event_emissions", emissions_tco2e="-1"), ("BAD_ORDER", "event_emissions.csv", "emissions_tco2e")),
    "no value": (put("targets", target_reduction=""), ("ONE_OF_TWO", "targets.csv", "target_reduction")),
    "two values": (put("targets", target_value="5"), ("ONE_OF_TWO", "targets.csv", "target_reduction")),
    "all of it": (put("targets", target_reduction="1"), ("BAD_ORDER", "targets.csv", "target_reduction")),
    "before it begins": (put("targets", target_year="2023"), ("BAD_ORDER", "targets.csv", "target_year")),
    "base": (put("targets", baseline_id="REG"), ("UNKNOWN_VALUE", "targets.csv", "baseline_id")),
    "owner": (put("targets", owner_role="R9"), ("UNKNOWN_REFERENCE", "targets.csv", "owner_role")),
    "no steps": (lambda tables: tables["target_steps"].clear(), ("NO_STEPS", "targets.csv", "path")),
    "normalised by what": (put("measures", baseline_id="BASE"), ("UNKNOWN_VALUE", "measures.csv", "baseline_id")),
    "ended before": (put("measures", ended_on="2024-01-01"), ("BAD_ORDER", "measures.csv", "ended_on")),
    "metric": (put("evaluations", metric="tonnes"), ("UNKNOWN_VALUE", "evaluations.csv", "metric")),
    "of which target": (put("evaluations", object_id=""), ("EMPTY_CELL", "evaluations.csv", "object_id")),
    "unknown target": (put("evaluations", object_id="T9"), ("UNKNOWN_REFERENCE", "evaluations.csv", "object_id")),
    "evaluated before measured": (
        put("evaluations", evaluated_within_days="5"),
        ("BAD_ORDER", "evaluations.csv", "evaluated_within_days"),
    ),
}


@pytest.mark.parametrize("name", WRONG)
def test_one_thing_wrong_is_one_problem(name: str, tmp_path: Path) -> None:
    spoil, place = WRONG[name]
    tables = good()
    spoil(tables)
    if not tables["target_steps"]:
        del tables["target_steps"]
    with pytest.raises(PlanError) as error:
        load_folder(folder.write(tmp_path, tables))
    (problem,) = error.value.problems
    assert (problem.code, problem.file, problem.field) == place
    assert problem.line == 2
    assert "{" not in str(problem) and " / " in str(problem)
