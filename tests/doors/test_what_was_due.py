"""How many rows were due and how many could be judged, by facility and month; and what an empty table means."""

from __future__ import annotations

from datetime import date
from typing import Any

import duckdb

from pipelines.doors import suites
from tests.doors import ground

JANUARY, FEBRUARY = date(2025, 1, 1), date(2025, 2, 1)
EVERY_SUITE_CONTROL = {
    one.control_id for table in ground.ENTRY + ground.EXIT for one in suites.load(table).expectations
}


def test_rows_are_counted_by_facility_and_month(session: duckdb.DuckDBPyConnection) -> None:
    ground.plan_controls(session, "DQ09", "DQ04")
    rows = ground.planned(4, "a") + ground.planned(3, "b", quantity=None)
    rows += ground.planned(2, "c", cross_check_tolerance=None)
    rows += ground.planned(2, "d", plan_min=None, plan_max=None, kind="ncv")
    rows += ground.planned(5, "e", period_start=date(2025, 2, 27)) + ground.planned(1, "f", facility_id="F2")
    ground.put(session, "readings.planned", rows)

    ground.judged(session, "entry", ["readings.planned"])

    assert _months(session, "DQ09") == [("F1", JANUARY, 9, 6), ("F1", FEBRUARY, 5, 5), ("F2", JANUARY, 1, 1)]
    assert _months(session, "DQ04") == [("F1", JANUARY, 9, 6), ("F1", FEBRUARY, 5, 5), ("F2", JANUARY, 1, 1)]


def test_a_row_is_judged_only_when_every_expectation_of_its_control_could_judge_it(
    session: duckdb.DuckDBPyConnection,
) -> None:
    ground.plan_controls(session, "DQ10")
    ground.put(session, "readings.planned", ground.planned(2, "a") + ground.planned(3, "b", hours_missing=None))

    ground.judged(session, "entry", ["readings.planned"])

    assert _months(session, "DQ10") == [("F1", JANUARY, 5, 2)]


def test_what_the_plan_makes_due_is_counted_where_the_table_has_no_row(session: duckdb.DuckDBPyConnection) -> None:
    ground.plan_controls(session, "DQ01")
    stock = {"record_type": "stock_movement"}
    ground.put(
        session,
        "plan.parameters",
        [
            {"parameter_id": "P1", "measure": "closing", **stock},
            {"parameter_id": "P2", "measure": "consumption", **stock},
        ],
    )
    rows = (
        ground.planned(2, "a")
        + ground.planned(1, "b", period_start=FEBRUARY)
        + ground.planned(7, "c", parameter_id="P2")
    )
    ground.put(session, "readings.planned", rows)
    flows = dict.fromkeys(["opening", "receipts", "consumption", "other", "closing"], "0")
    balance = {"row_key": "x", "facility_id": "F1", **flows, "tolerance_quantity": "1"}
    ground.put(session, "checks.fuel_stocks", [balance | {"month": JANUARY}])

    ground.judged(session, "entry", ["checks.fuel_stocks"])

    assert _months(session, "DQ01") == [("F1", JANUARY, 1, 1), ("F1", FEBRUARY, 1, 0)]
    assert ground.controls(session) == {"DQ01": ("PASS", 0)}


def test_empty_tables_leave_nothing_to_judge_but_a_list_of_offenders_passes(session: duckdb.DuckDBPyConnection) -> None:
    placed = sorted(EVERY_SUITE_CONTROL - {"DQ25", "DQ32"})
    ground.plan_controls(session, *placed, "DQ32", door="both")

    ground.judged(session, "entry", ground.ENTRY)
    entry = session.execute("select distinct control_id, status from verdicts where record_kind = 'control'").fetchall()
    months = session.execute("select control_id, due_count from verdicts where record_kind = 'month'").fetchall()
    session.execute("drop table verdicts")
    ground.judged(session, "exit", ground.EXIT)
    exits = session.execute("select distinct control_id, status from verdicts where record_kind = 'control'").fetchall()

    at_entry = {control for control, status in entry if status != "ERROR"}
    assert dict(entry) == {control: "MISSING" if control in at_entry else "ERROR" for control in placed} | {
        "DQ32": "PASS"
    }
    assert months == [("DQ32", 0)]
    at_exit = {control for control, status in exits if status != "ERROR"}
    assert at_entry | at_exit == {*placed, "DQ32"} and at_entry & at_exit == {"DQ16", "DQ18"}
    assert {status for _, status in exits} == {"MISSING", "ERROR"}


def test_a_table_without_facility_stands_for_the_enterprise(session: duckdb.DuckDBPyConnection) -> None:
    ground.plan_controls(session, "DQ15", door="exit")
    factor = {"regime": "r", "term": "ncv", "factor_id": "x"}
    ground.put(session, "accounting.factors_in_force", [factor | {"month": JANUARY}, factor | {"month": FEBRUARY}])

    ground.judged(session, "exit", ground.EXIT)

    assert _months(session, "DQ15") == [(None, JANUARY, 1, 1), (None, FEBRUARY, 1, 1)]


def _months(session: duckdb.DuckDBPyConnection, control_id: str) -> list[tuple[Any, ...]]:
    query = """select facility_id, period_start, due_count, judged_count from verdicts
        where record_kind = 'month' and control_id = ? order by all"""
    return session.execute(query, [control_id]).fetchall()
