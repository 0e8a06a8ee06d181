"""The door models inside dbt, on dbt's own connection: verdicts, their roll-up to months, and dbt's tests of them."""

from __future__ import annotations

import json
from datetime import date
from pathlib import Path
from typing import Any

import pytest

from pipelines import doors
from tests.doors import ground, project
from tests.doors.project import Project

JANUARY, FEBRUARY = date(2025, 1, 1), date(2025, 2, 1)
FACILITY_MONTHS = [("F1", JANUARY), ("F1", FEBRUARY), ("F2", JANUARY)]


def _control(control_id: str, door: str, enforced_by: str = "suite", severity: str = "E") -> dict[str, str]:
    texts = {"message_zh": "现为 {found}，应为 {expected}", "message_en": "found {found}, expected {expected}"}
    ruled = {"door": door, "enforced_by": enforced_by, "severity": severity, "tolerance": "0.005"}
    return {"control_id": control_id, **ruled, **texts}


def _rows() -> dict[str, list[dict[str, Any]]]:
    nothing_came = {"quantity": None, "measured_quantity": None, "hours_missing": 24, "facility_id": "F1"}
    plain = {"cross_check_tolerance": None}
    emission = {"regime": "r", "facility_id": "F1", "stream_id": "S1", "scope": "scope_2", "emissions_tco2e": "1"}
    done = {"person": "p", "evidence_file": "f.pdf", "outcome": "pass"}
    dated = {"valid_from": JANUARY, "valid_to": FEBRUARY}
    return {
        "plan.controls": [
            *(_control(one, "entry") for one in ("DQ01", "DQ09", "DQ10", "DQ25", "DQ32", "DQ99")),
            *(_control(one, "exit") for one in ("DQ15", "DQ28", "DQ37")),
            _control("DQ07", "entry", severity="W") | {"name_en": "never due"},
            _control("DQ93", "entry", "dbt"),
            _control("DQ95", "entry", "dbt"),
            _control("DQ30", "exit", "manual"),
            _control("DQ31", "entry", "manual"),
            # a person's in January, the suite's from February on, and then severe
            _control("DQ24", "entry", "manual", "W") | dated,
            _control("DQ24", "entry") | {"valid_from": FEBRUARY},
            # the suite's in January, and gone afterwards
            _control("DQ04", "entry", severity="W") | dated,
        ],
        "plan.tasks": [
            {"task_id": "T1", "control_id": "DQ30", "facility_id": "F1", "due_on": date(2025, 2, 15)}
            | done
            | {"done_on": date(2025, 2, 15)},
            {"task_id": "T2", "control_id": "DQ30", "facility_id": "", "due_on": date(2025, 3, 15)}
            | done
            | {"done_on": date(2025, 3, 1), "outcome": "fail"},
            {"task_id": "T3", "control_id": "DQ30", "facility_id": "F2", "due_on": date(2025, 2, 20)},
            {"task_id": "T4", "control_id": "DQ31", "facility_id": "", "due_on": date(2026, 12, 31)},
        ],
        "plan.parameters": [
            {"parameter_id": "P1", "kind": "activity_data", "role": "account", "measure": "consumption"}
            | {"record_type": "stock_movement", "source_key": "SITE/COAL", "stream_id": "S1"}
        ],
        "plan.versions": [{"version": "1", "author": "a", "reviewer": "b", "approver": "c"}],
        "plan.streams": [{"stream_id": "S1", "facility_id": "F1", "valid_from": date(2025, 1, 15)}],
        "settings.build": [{"as_of": date(2026, 3, 31), "first_period": JANUARY}],
        "readings.planned": [
            *ground.planned(2, "good", **plain),
            *ground.planned(1, "gap", **nothing_came, **plain),
            *ground.planned(1, "feb", period_start=FEBRUARY, cross_check_quantity="60"),
            *ground.planned(1, "f2", facility_id="F2", quantity=None, hours_missing=0, **plain),
        ],
        "readings.stock_balances": [
            {"row_key": "F1|COAL|2025-02", "facility_id": "F1", "material_code": "COAL", "month": FEBRUARY}
            | {"opening": "10", "receipts": "100", "consumption": "0", "other": "0", "closing": "107", "imbalance": "3"}
        ],
        "readings.unplanned": [{"record_type": "utility_bill", "source_key": "ACC-9", "measure": ""}],
        "accounting.emissions": [
            *({**emission, "emission_id": f"e{month}", "month": date(2025, month, 1)} for month in range(1, 12)),
            {**emission, "emission_id": "wrong", "month": date(2026, 1, 1), "emissions_tco2e": None}
            | {"error_code": "ARITHMETIC_RANGE"},
        ],
        "accounting.factors_in_force": [{"regime": "r", "term": "ncv", "month": JANUARY, "factor_id": "f"}],
    }


@pytest.fixture(scope="module")
def built(tmp_path_factory: pytest.TempPathFactory) -> Project:
    folder = tmp_path_factory.mktemp("doors")
    made = project.make(folder, _rows())
    with pytest.MonkeyPatch.context() as patch:
        patch.setenv(doors.RESULTS_VARIABLE, str(folder / "gx"))
        statuses = made.run("build")
    broken = {name: status for name, status in statuses.items() if not status.startswith(("success", "pass"))}
    assert not broken, broken
    return made


def test_every_control_has_its_standing_in_every_month_it_was_due(built: Project) -> None:
    found = built.ask(
        "select control_id, facility_id, month, status, due_count, failed_count from doors.control_months"
    )
    counts = {FACILITY_MONTHS[0]: 3, FACILITY_MONTHS[1]: 1, FACILITY_MONTHS[2]: 1}
    tasks = {FACILITY_MONTHS[0]: "PASS", FACILITY_MONTHS[1]: "FAIL", FACILITY_MONTHS[2]: "MISSING"}
    expected = {
        ("DQ01", "F1", FEBRUARY, "FAIL", 1, 1),
        ("DQ04", None, None, "MISSING", 0, 0),
        ("DQ07", None, None, "MISSING", 0, 0),
        *(("DQ93", *place, "PASS", counts[place], 0) for place in FACILITY_MONTHS),
        *(("DQ95", *place, "ERROR", counts[place], 0) for place in FACILITY_MONTHS),
        ("DQ09", "F1", JANUARY, "PASS", 3, 0),
        ("DQ09", "F1", FEBRUARY, "PASS", 1, 0),
        ("DQ09", "F2", JANUARY, "MISSING", 1, 0),
        ("DQ10", "F1", JANUARY, "FAIL", 3, 1),
        ("DQ10", "F1", FEBRUARY, "PASS", 1, 0),
        ("DQ10", "F2", JANUARY, "FAIL", 1, 1),
        ("DQ15", None, JANUARY, "PASS", 1, 0),
        *(("DQ15", "F1", date(2025, month, 1), "PASS", 1, 0) for month in range(1, 12)),
        ("DQ15", "F1", date(2026, 1, 1), "PASS", 1, 0),
        ("DQ15", "F2", JANUARY, "MISSING", 1, 0),
        ("DQ24", "F1", JANUARY, "MANUAL", 3, 0),
        ("DQ24", "F2", JANUARY, "MANUAL", 1, 0),
        ("DQ24", "F1", FEBRUARY, "PASS", 1, 0),
        ("DQ25", None, None, "PASS", 1, 0),
        ("DQ28", "F1", JANUARY, "FAIL", 1, 1),
        *(("DQ30", *place, tasks[place], counts[place], 0) for place in FACILITY_MONTHS),
        *(("DQ31", *place, "MANUAL", counts[place], 0) for place in FACILITY_MONTHS),
        ("DQ32", None, None, "FAIL", 1, 1),
        *(("DQ37", "F1", date(2025, month, 1), "PASS", 1, 0) for month in range(1, 12)),
        ("DQ37", "F1", date(2026, 1, 1), "FAIL", 1, 1),
        ("DQ37", "F2", JANUARY, "MISSING", 1, 0),
        *(("DQ99", *place, "ERROR", counts[place], 0) for place in FACILITY_MONTHS),
    }
    assert set(found) == expected
    assert len(found) == len(expected)


def test_a_row_that_fails_two_expectations_of_a_control_is_one_verdict(built: Project) -> None:
    found = built.ask(
        """select control_id, planned_id, facility_id, stream_id, parameter_id, period_start, period_end, month, found,
            expected, message_en
        from doors.entry_failures where table_name = 'readings.planned' order by planned_id"""
    )
    both, one = ("24; null", "0; not null"), ("null", "not null")
    place = ("S1", "P1", JANUARY, FEBRUARY, JANUARY)
    assert found == [
        ("DQ10", "f20", "F2", *place, *one, "found quantity nothing, expected a value"),
        ("DQ10", "gap0", "F1", *place, *both, "found hours missing 24; quantity nothing, expected 0; a value"),
    ]


def test_failures_of_other_tables_carry_their_own_key(built: Project) -> None:
    entry = built.ask(
        """select control_id, row_key, planned_id, facility_id, stream_id, month, found, expected
        from doors.entry_failures where table_name <> 'readings.planned' order by all"""
    )
    assert entry == [
        ("DQ01", "F1|COAL|2025-02", "feb0", "F1", "S1", FEBRUARY, "3", "10 + 100 − 0 + 0 = 107 ± 0.5"),
        ("DQ32", "utility_bill/ACC-9/", None, None, None, None, "ACC-9", "null"),
    ]
    exits = built.ask(
        "select control_id, row_key, regime, facility_id, stream_id, month, found from doors.exit_failures order by all"
    )
    later = date(2026, 1, 1)
    assert exits == [
        ("DQ28", "r|S1|2025", "r", "F1", "S1", JANUARY, "11"),
        ("DQ37", "wrong", "r", "F1", "S1", later, "ARITHMETIC_RANGE"),
    ]


def test_a_year_expects_the_months_in_which_the_stream_is_in_the_plan(built: Project) -> None:
    rows = built.ask("select year, months_expected, months_present, is_ended from doors.annual_coverage order by year")
    assert rows == [(2025, 12, 11, True), (2026, 12, 0, False)]


def test_a_task_is_told_of_where_it_answers(built: Project) -> None:
    told = dict(built.ask("select task_id, any_value(message) from doors.manual_tasks group by task_id"))
    assert told["T1"] == "T1 应于/due 2025-02-15 完成于/done 2025-02-15 pass f.pdf p"
    assert told["T3"] == "T3 应于/due 2025-02-20 未完成/not done"
    assert set(told) == {"T1", "T2", "T3", "T4"}


def test_a_control_is_severe_only_while_its_severe_row_is_in_force(built: Project) -> None:
    rows = built.ask(
        "select distinct month, severity from doors.control_months where control_id = 'DQ24' order by month"
    )
    assert rows == [(JANUARY, "W"), (FEBRUARY, "E")]


def test_the_reasons_of_errors_are_told(built: Project) -> None:
    told = dict(built.ask("select distinct control_id, message from doors.control_months where status = 'ERROR'"))
    assert "no suite holds it" in told["DQ99"]
    assert "no dbt test that stops a build carries this control" in told["DQ95"]


def test_gx_results_are_kept_for_those_who_use_gx(built: Project) -> None:
    kept = {path.stem for path in (built.folder / "gx").glob("*.json")}
    assert {"readings.planned", "checks.fuel_stocks", "plan.versions", "checks.emission_errors"} <= kept
    result = json.loads((built.folder / "gx" / "readings.planned.json").read_text(encoding="utf-8"))
    assert result["suite_name"] == "readings.planned"
    counts = {one["expectation_config"]["meta"]["control"]: one["result"]["element_count"] for one in result["results"]}
    assert counts["DQ10"] == 5
    from great_expectations.core.expectation_validation_result import expectationSuiteValidationResultSchema

    own = expectationSuiteValidationResultSchema.load(result)
    assert own.statistics["evaluated_expectations"] == len(own.results) == len(result["results"])
    assert str(built.folder) not in json.dumps(result) and "ge_load_time" not in json.dumps(result)


def test_a_lost_verdict_stops_the_build(built: Project, tmp_path: Path) -> None:
    """dbt's own tests of the doors must be able to fail: a failure taken away, a control taken away."""
    import shutil

    import duckdb

    shutil.copytree(built.folder, tmp_path / "copy")
    with duckdb.connect(str(tmp_path / "copy" / "warehouse.duckdb")) as connection:
        connection.execute("delete from doors.entry_door where record_kind = 'failure' and row_key = 'gap0'")
        connection.execute("delete from doors.exit_door where control_id = 'DQ15'")
        connection.execute("delete from doors.control_months where control_id = 'DQ30'")

    statuses = Project(tmp_path / "copy").run("test")

    failed = {name for name, status in statuses.items() if status.startswith("fail")}
    assert failed == {
        "failures_are_all_there_entry_door_",
        "every_suite_control_has_a_verdict_exit_door_",
        "every_control_has_a_standing_control_months_",
    }
