"""What a control's standing says of it: which statuses let it pass. The statuses themselves are tested next door."""

from __future__ import annotations

from datetime import date

import duckdb
import pytest

from pipelines.doors import verdicts

JANUARY = date(2025, 1, 1)


@pytest.mark.parametrize(
    ("status", "month", "due", "passed"),
    [
        ("PASS", JANUARY, 3, True),
        ("MANUAL", JANUARY, 3, True),
        ("FAIL", JANUARY, 3, False),
        ("ERROR", JANUARY, 3, False),
        ("MISSING", JANUARY, 3, False),
        ("MISSING", None, 0, True),  # the plan has nothing that it would be due for
    ],
)
def test_a_control_passes_unless_something_that_was_due_did_not(
    status: str, month: date | None, due: int, passed: bool, session: duckdb.DuckDBPyConnection
) -> None:
    session.execute(
        "create table doors.control_months (control_id varchar, month date, status varchar, due_count bigint)"
    )
    session.execute("insert into doors.control_months values ('DQ01', ?, ?, ?)", [month, status, due])

    assert verdicts.standing(session)["DQ01"].passed is passed


def test_a_control_that_never_ran_has_not_passed() -> None:
    assert not verdicts.NEVER_RAN.passed
