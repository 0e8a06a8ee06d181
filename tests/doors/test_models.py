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
    return {"control_id": control_id, "door": door, "enforced_by": enforced_by, "severity": severity, **texts}


def _rows() -> dict[str, list[dict[str, Any]]]:
    nothing_came = {"quantity": None, "hours_missing": 24, "facility_id": "F1"}
    emission = {"regime": "r", "facility_id": "F1", "stream_id": "S1", "emissions_tco2e": "1"}
    return {
        "plan.controls": [
            *(_control(one, "entry") for one in ("DQ01", "DQ09", "DQ10", "DQ14", "DQ23", "DQ25", "DQ99")),
            *(_control(one, "exit") for one in ("DQ15", "DQ18", "DQ28")),
            _control("DQ03", "entry", "dbt"),
            _control("DQ05", "entry", "dbt"),
            _control("DQ30", "exit", "manual"),
        ],
        "plan.parameters": [
            {"parameter_id": "P1", "kind": "activity_data", "role": "account", "measure": "consumption"}
            | {"record_type": "stock_movement", "source_key": "SITE/COAL"}
        ],
        "plan.versions": [{"version": "1", "author": "a", "reviewer": "b", "approver": "c"}],
        "plan.streams": [{"stream_id": "S1", "valid_from": date(2025, 1, 15)}],
        "settings.build": [{"as_of": date(2026, 3, 31), "first_period": JANUARY}],
        "readings.planned": [
            *ground.planned(2, "good", is_calibrated=None),
            *ground.planned(1, "gap", **nothing_came, is_calibrated=None),
            *ground.planned(1, "feb", is_calibrated=None, period_start=FEBRUARY),
            *ground.planned(1, "f2", is_calibrated=None, facility_id="F2", quantity=None, hours_missing=0),
        ],
        "readings.stock_balances": [
            {"row_key": "F1|COAL|2025-02", "facility_id": "F1", "material_code": "COAL", "month": FEBRUARY}
            | {"imbalance_absolute": "3", "tolerance_quantity": "0.5"}
        ],
        "readings.unplanned": [{"record_type": "utility_bill", "source_key": "ACC-9", "measure": ""}],
        "accounting.emissions": [
            *({**emission, "emission_id": f"e{month}", "month": date(2025, month, 1)} for month in range(1, 13)),
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
    expected = {
        ("DQ01", "F1", FEBRUARY, "FAIL", 1, 1),
        *(("DQ03", *place, "PASS", 3 if place == FACILITY_MONTHS[0] else 1, 0) for place in FACILITY_MONTHS),
        *(("DQ05", *place, "ERROR", 3 if place == FACILITY_MONTHS[0] else 1, 0) for place in FACILITY_MONTHS),
        ("DQ09", "F1", JANUARY, "PASS", 3, 0),
        ("DQ09", "F1", FEBRUARY, "PASS", 1, 0),
        ("DQ09", "F2", JANUARY, "MISSING", 1, 0),
        ("DQ10", "F1", JANUARY, "FAIL", 3, 1),
        ("DQ10", "F1", FEBRUARY, "PASS", 1, 0),
        ("DQ10", "F2", JANUARY, "FAIL", 1, 1),
        ("DQ14", None, None, "MISSING", 0, 0),
        ("DQ15", None, JANUARY, "PASS", 1, 0),
        *(("DQ18", "F1", date(2025, month, 1), "PASS", 1, 0) for month in range(1, 13)),
        ("DQ18", "F1", date(2026, 1, 1), "FAIL", 1, 1),
        ("DQ18", "F2", JANUARY, "MISSING", 1, 0),
        ("DQ23", None, None, "FAIL", 1, 1),
        ("DQ25", None, None, "PASS", 1, 0),
        ("DQ28", "F1", JANUARY, "PASS", 1, 0),
        ("DQ28", "F1", date(2026, 1, 1), "FAIL", 1, 1),
        *(("DQ30", *place, "MANUAL", 3 if place == FACILITY_MONTHS[0] else 1, 0) for place in FACILITY_MONTHS),
        *(("DQ99", *place, "ERROR", 3 if place == FACILITY_MONTHS[0] else 1, 0) for place in FACILITY_MONTHS),
    }
    assert set(found) == expected
    assert len(found) == len(expected)


def test_a_row_that_fails_two_expectations_of_a_control_is_one_verdict(built: Project) -> None:
    found = built.ask(
        """select control_id, planned_id, facility_id, stream_id, parameter_id, period_start, period_end, month, found,
            expected, message_en
        from doors.entry_failures where table_name = 'readings.planned' order by planned_id"""
    )
    both, one = ("24; 空/null", "0 … 0; 非空/not null"), ("空/null", "非空/not null")
    place = ("S1", "P1", JANUARY, FEBRUARY, JANUARY)
    assert found == [
        ("DQ10", "f20", "F2", *place, *one, "found 空/null, expected 非空/not null"),
        ("DQ10", "gap0", "F1", *place, *both, "found 24; 空/null, expected 0 … 0; 非空/not null"),
    ]


def test_failures_of_other_tables_carry_their_own_key(built: Project) -> None:
    entry = built.ask(
        """select control_id, row_key, planned_id, facility_id, stream_id, month, found, expected
        from doors.entry_failures where table_name <> 'readings.planned' order by all"""
    )
    assert entry == [
        ("DQ01", "F1|COAL|2025-02", "feb0", "F1", "S1", FEBRUARY, "3", "≤ 0.5"),
        ("DQ23", "utility_bill/ACC-9/", None, None, None, None, "ACC-9", "空/null"),
    ]
    exits = built.ask(
        "select control_id, row_key, regime, facility_id, stream_id, month, found from doors.exit_failures order by all"
    )
    later = date(2026, 1, 1)
    assert exits == [
        ("DQ18", "wrong", "r", "F1", "S1", later, "ARITHMETIC_RANGE"),
        ("DQ28", "r|S1|2026", "r", "F1", "S1", later, "0"),
    ]


def test_a_year_expects_the_months_in_which_the_stream_is_in_the_plan(built: Project) -> None:
    rows = built.ask("select year, months_expected, months_present from doors.annual_coverage order by year")
    assert rows == [(2025, 12, 12), (2026, 12, 0)]


def test_the_reasons_of_errors_are_told(built: Project) -> None:
    told = dict(built.ask("select distinct control_id, message from doors.control_months where status = 'ERROR'"))
    assert "no suite holds it" in told["DQ99"]
    assert "no dbt test that stops a build carries this control" in told["DQ05"]


def test_gx_results_are_kept_for_those_who_use_gx(built: Project) -> None:
    kept = {path.stem for path in (built.folder / "gx").glob("*.json")}
    assert kept == set(ground.ENTRY + ground.EXIT)
    result = json.loads((built.folder / "gx" / "readings.planned.json").read_text(encoding="utf-8"))
    assert result["suite_name"] == "readings.planned"
    counts = {one["expectation_config"]["meta"]["control"]: one["result"]["element_count"] for one in result["results"]}
    assert counts["DQ10"] == 5
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
