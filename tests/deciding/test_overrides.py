"""An override stands in the account only while it is approved and has not expired; what was received stays beside it."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import date, timedelta
from decimal import Decimal
from typing import Any

import duckdb
import pytest

from pipelines import deciding, warehouse
from pipelines.archive import journal
from pipelines.workspace import Workspace
from tests.deciding import ground
from tests.deciding.ground import APPROVER, AS_OF, CHECKER, LATER, RECORDER, propose, states

MAY = {"parameter_id": "F-COAL-AD", "parameter_from": date(2023, 1, 1), "period_start": date(2024, 5, 1)}
DUE = MAY | {"planned_id": "F-COAL-AD@2024-05-01", "period_end": date(2024, 6, 1), "bucket": date(2024, 5, 1)}
SUMS = {"bucket": date(2024, 5, 1), "readings_count": 30, "known_count": 30, "is_event": False, "is_apportioned": False}


@pytest.fixture
def connection() -> Iterator[duckdb.DuckDBPyConnection]:
    with warehouse.scratch() as opened:
        yield opened


def planned(
    connection: duckdb.DuckDBPyConnection, workspace: Workspace, as_of: date, covered: int = 744
) -> dict[str, Any]:
    """The coal of May as readings.planned_quantities has it; 410.5 t came for `covered` of its 744 hours."""
    sums = MAY | SUMS | {"hours_covered": covered, "hours_beyond_24": 0, "measured_quantity": Decimal("410.5")}
    ground.lay(
        connection, deciding.read(workspace), as_of,
        planned_periods=[DUE | {"calendar_hours": 744}],
        period_sums=[sums],
        parameters=[{"parameter_id": "F-COAL-AD", "valid_from": date(2023, 1, 1), "valid_to": None, "unit": "t"}],
        unit_ratios=[
            {"from_unit": "t", "to_unit": "t", "numerator": 1, "denominator": 1},
            {"from_unit": "kg", "to_unit": "t", "numerator": 1, "denominator": 1000},
        ],
    )  # fmt: skip
    ground.standings(connection)
    for name in ("overrides_in_force", "planned_quantities"):
        ground.model(connection, f"readings/{name}")
    return connection.execute("select * from planned_quantities").to_arrow_table().to_pylist()[0]


def test_a_pending_one_changes_nothing_an_approved_one_stands_beside_what_came(
    connection: duckdb.DuckDBPyConnection, workspace: Workspace
) -> None:
    made = propose(workspace, value="399750.5", unit="kg")
    row = planned(connection, workspace, AS_OF)
    assert (row["quantity"], row["basis"], row["override_id"]) == (Decimal("410.5"), "measured", None)
    deciding.approve(workspace, made, CHECKER, "", AS_OF)
    row = planned(connection, workspace, AS_OF)
    assert (row["quantity"], row["basis"], row["override_id"]) == (Decimal("399.7505"), "override", made)
    assert (row["measured_quantity"], row["basis_received"]) == (Decimal("410.5"), "measured")


def test_it_makes_a_gap_whole_and_keeps_the_hours_that_never_came(
    connection: duckdb.DuckDBPyConnection, workspace: Workspace
) -> None:
    deciding.approve(workspace, propose(workspace), CHECKER, "", AS_OF)
    row = planned(connection, workspace, AS_OF, covered=700)
    assert (row["quantity"], row["hours_missing"], row["hours_not_received"]) == (Decimal("399.75"), 0, 44)


def test_it_holds_up_to_its_expiry_and_not_a_day_longer(
    connection: duckdb.DuckDBPyConnection, workspace: Workspace
) -> None:
    deciding.approve(workspace, propose(workspace), CHECKER, "", AS_OF)
    assert planned(connection, workspace, LATER)["quantity"] == Decimal("399.75")
    after = planned(connection, workspace, LATER + timedelta(1))
    assert (after["quantity"], after["basis"]) == (Decimal("410.5"), "measured")


def test_of_two_in_force_the_newer_holds_and_its_end_brings_the_older_back(
    connection: duckdb.DuckDBPyConnection, workspace: Workspace
) -> None:
    older, newer = propose(workspace, value="400"), propose(workspace, value="401", expires=AS_OF)
    for made in (newer, older):
        deciding.approve(workspace, made, APPROVER, "", AS_OF)
    assert states(workspace) == {older: "replaced", newer: "in_force"}
    assert planned(connection, workspace, AS_OF)["quantity"] == 401
    assert planned(connection, workspace, AS_OF + timedelta(1))["quantity"] == 400


@pytest.mark.parametrize(
    "answer",
    [
        {"person": RECORDER, "role_id": "R05", "duty": "checker"},
        {"person": "周敏", "role_id": "R02", "duty": "recorder"},
    ],
)
def test_a_line_that_went_past_the_command_does_not_approve(workspace: Workspace, answer: dict[str, str]) -> None:
    made = propose(workspace, RECORDER)
    journal.append(workspace.journal, "decision_approved", decision_id=made, note="", **answer)
    assert states(workspace) == {made: "pending"}
