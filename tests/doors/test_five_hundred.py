"""500 bad rows of each kind, among good ones, through the project's own suites: exactly 500 verdicts of each, none lost."""

from __future__ import annotations

from datetime import date
from typing import Any

import duckdb

from tests.doors import ground

MANY = 500  # more than the 20 and the 200 rows at which GX cuts its own lists
JANUARY = date(2025, 1, 1)

# control and expectation → what spoils a planned reading so that only this one finds fault with it
PLANNED: dict[tuple[str, str], dict[str, Any]] = {
    ("DQ04", "agree_with_bill"): {"cross_check_quantity": "50.51"},
    ("DQ09", "plan_min"): {"quantity": "9.999999999999", "cross_check_quantity": "10"},
    ("DQ09", "plan_max"): {"quantity": "100.000000000001", "cross_check_quantity": "100"},
    ("DQ09", "be_between(quantity)"): {"quantity": "-1", "plan_min": None, "cross_check_quantity": "-1"},
    ("DQ10", "not_be_null(quantity)"): {"quantity": None},
    ("DQ10", "hours_missing"): {"hours_missing": "0.25"},
    ("DQ24", "plan_version"): {"plan_version": None},
}


def test_the_entry_door_finds_every_planted_row(session: duckdb.DuckDBPyConnection) -> None:
    ground.plan_controls(session, "DQ01", "DQ04", "DQ09", "DQ10", "DQ24", "DQ25", "DQ32")
    ground.put(session, "readings.planned", ground.planned(MANY, "good-"))
    for (control, name), spoiled in PLANNED.items():
        ground.put(session, "readings.planned", ground.planned(MANY, f"{control}-{name}-", **spoiled))
    ground.put(session, "readings.unplanned", _numbered(record_type="utility_bill", source_key="", measure=None))
    flows = {"opening": "10", "receipts": "5", "consumption": "4", "other": "0", "tolerance_quantity": "1"}
    balance = {"facility_id": "F1", "month": JANUARY, **flows}
    ground.put(session, "checks.fuel_stocks", _numbered("row_key", **balance, closing="12.000000000001"))
    ground.put(session, "plan.versions", _numbered("version", author="a", reviewer="b", approver="b"))

    ground.judged(session, "entry", ground.ENTRY)

    for (control, name), _ in PLANNED.items():
        assert _failing(session, control, name) == (MANY, MANY), (control, name)
        strangers = f"""select count(*) from verdicts where record_kind = 'failure' and control_id = '{control}'
            and contains(expectation, '{name}') and not starts_with(row_key, '{control}-{name}-')"""
        assert session.execute(strangers).fetchone() == (0,), (control, name)
    for control in ("DQ01", "DQ32", "DQ25"):
        assert _failing(session, control, "") == (MANY, MANY), control
    assert {status for status, _ in ground.controls(session).values()} == {"FAIL"}
    assert session.execute("select count(*) from verdicts where record_kind = 'failure'").fetchone() == (10 * MANY,)


def test_the_exit_door_finds_every_planted_row(session: duckdb.DuckDBPyConnection) -> None:
    ground.plan_controls(session, "DQ15", "DQ28", "DQ37", door="exit")
    place = {"facility_id": "F1", "month": JANUARY}
    ground.put(session, "checks.emission_errors", _numbered("emission_id", **place, error_code=""))
    ground.put(
        session, "checks.emission_errors", _numbered("emission_id", "bad", **place, error_code="ARITHMETIC_RANGE")
    )
    ground.put(session, "accounting.factors_in_force", _numbered("subject", month=JANUARY, factor_id="x"))
    ground.put(session, "accounting.factors_in_force", _numbered("subject", month=JANUARY, error_code="FACTOR_MISSING"))
    year = {"facility_id": "F1", "period_start": JANUARY, "is_ended": True, "months_expected": 12}
    ground.put(session, "doors.annual_coverage", _numbered("coverage_id", **year, months_present=12))
    ground.put(session, "doors.annual_coverage", _numbered("coverage_id", "short", **year, months_present=11))

    ground.judged(session, "exit", ground.EXIT)

    for control in ("DQ15", "DQ28", "DQ37"):
        assert _failing(session, control, "") == (MANY, MANY), control
    assert session.execute("select count(*) from verdicts where record_kind = 'failure'").fetchone() == (3 * MANY,)


def _numbered(key: str = "source_key", prefix: str = "good", **columns: Any) -> list[dict[str, Any]]:
    return [{**columns, key: f"{prefix}{number}"} for number in range(MANY)]


def _failing(session: duckdb.DuckDBPyConnection, control: str, name: str) -> tuple[int, int]:
    """Verdicts of one expectation, and how many different rows they name."""
    query = """select count(*), count(distinct row_key) from verdicts
        where record_kind = 'failure' and control_id = ? and contains(expectation, ?)"""
    return session.execute(query, [control, name]).fetchone()
