"""A non-conformity follows from the verdicts: it opens, is corrected, closes after enough passes, and opens again."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import date
from typing import Any

import duckdb
import pytest

from pipelines import deciding, warehouse
from pipelines.archive import journal
from pipelines.deciding import DecisionError
from pipelines.workspace import Workspace
from tests.deciding import ground
from tests.deciding.ground import AS_OF, CHECKER, OTHER_CHECKER, RECORDER

FIRST = "DQ10@NJ-F@2024-03"
STATUS = {"P": "PASS", "F": "FAIL", "E": "ERROR", "M": "MISSING"}
MODELS = (
    "improvement/failed_months",
    "improvement/nonconformities",
    "improvement/similar_failures",
    "marts/fct_nonconformities",
    "marts/fct_similar_failures",
)


@pytest.fixture
def connection() -> Iterator[duckdb.DuckDBPyConnection]:
    with warehouse.scratch() as opened:
        yield opened


def verdicts(months: str, control: str = "DQ10", facility: str | None = "NJ-F", severity: str = "E") -> list[dict]:
    """One verdict a letter, from January 2024 on: P, F, E, M; a blank is a month in which nothing was due."""
    return [
        {
            **{"control_id": control, "facility_id": facility, "month": date(2024 + at // 12, at % 12 + 1, 1)},
            **{"severity": severity, "status": STATUS[letter], "judged_count": 5, "failed_count": int(letter == "F")},
        }
        for at, letter in enumerate(months)
        if letter != " "
    ]


def found(
    connection: duckdb.DuckDBPyConnection, workspace: Workspace, *months: list[dict], as_of: date = AS_OF
) -> dict[str, dict[str, Any]]:
    """The non-conformities of these verdicts by id."""
    ground.lay(
        connection, deciding.read(workspace), as_of,
        control_months=[row for part in months for row in part],
        dim_controls=[{"control_id": "DQ10", "owner_role": "R05"}, {"control_id": "DQ04", "owner_role": "R99"}],
        roles=[{"role_id": "R05", "person": CHECKER}],
        planned_meters=[{"planned_id": "A@1", "meter_id": "M-7"}],
        entry_failures=[
            {"control_id": "DQ10", "month": date(2024, 3, 1), "facility_id": "NJ-F", "parameter_id": "A",
             "planned_id": "A@1"},
            {"control_id": "DQ10", "month": date(2024, 3, 1), "facility_id": "NJ-E", "parameter_id": "B",
             "planned_id": "B@1"},
            {"control_id": "DQ10", "month": date(2024, 4, 1), "facility_id": "NJ-E", "parameter_id": "C",
             "planned_id": "C@1"},
        ],
    )  # fmt: skip
    connection.register("nonconformity_rules", ground.nonconformity_rules())
    for name in MODELS:
        ground.model(connection, name)
    rows = connection.execute("select * from fct_nonconformities order by 1").to_arrow_table().to_pylist()
    return {row["nonconformity_id"]: row for row in rows}


def corrected(workspace: Workspace, until: date = date(2024, 3, 1), month: date = date(2024, 3, 1)) -> None:
    failure = {"control_id": "DQ10", "facility_id": "NJ-F", "first_failed_month": month.isoformat()}
    failure |= {"failed_until": until.isoformat(), "nonconformity_id": "any"}
    person = {"person": CHECKER, "role_id": "R05", "duty": "checker"}
    given = {"cause": "采集器断电", "correction": "加装备用电源", "plan_version": "2024.2"}
    journal.append(workspace.journal, "nonconformity_corrected", **failure, **given, **person)


def scanned(workspace: Workspace, until: date = date(2024, 3, 1), month: date = date(2024, 3, 1)) -> None:
    failure = {"control_id": "DQ10", "facility_id": "NJ-F", "first_failed_month": month.isoformat()}
    failure |= {"failed_until": until.isoformat(), "nonconformity_id": "any"}
    person = {"person": CHECKER, "role_id": "R05", "duty": "checker"}
    journal.append(workspace.journal, "nonconformity_scanned", **failure, found_count=1, note="", **person)


def test_a_failed_month_opens_one_with_owner_and_due_date(
    connection: duckdb.DuckDBPyConnection, workspace: Workspace
) -> None:
    rows = found(connection, workspace, verdicts("PPFP"), as_of=date(2024, 5, 1))
    assert list(rows) == [FIRST]
    row = rows[FIRST]
    assert (row["status"], row["owner"], row["first_failed_month"]) == ("open", CHECKER, date(2024, 3, 1))
    # the month ends on 31 March; severity E has 30 days
    assert (row["opened_on"], row["due_on"], row["is_overdue"]) == (date(2024, 4, 1), date(2024, 5, 1), False)
    assert found(connection, workspace, verdicts("PPFP"), as_of=date(2024, 5, 2))[FIRST]["is_overdue"]


def test_it_opens_is_corrected_closes_after_three_passes_and_opens_again(
    connection: duckdb.DuckDBPyConnection, workspace: Workspace
) -> None:
    assert found(connection, workspace, verdicts("PPF"))[FIRST]["status"] == "open"
    corrected(workspace)
    row = found(connection, workspace, verdicts("PPFPP"))[FIRST]
    assert (row["status"], row["passes"], row["cause"], row["plan_version"]) == ("corrected", 2, "采集器断电", "2024.2")
    # three passes are enough, but nobody has looked at the look-alikes
    assert found(connection, workspace, verdicts("PPFPPP"))[FIRST]["status"] == "corrected"
    scanned(workspace)
    row = found(connection, workspace, verdicts("PPFPPP"))[FIRST]
    assert (row["status"], row["passed_month"]) == ("closed", date(2024, 6, 1))
    assert row["closed_on"] >= date(2024, 7, 1)
    rows = found(connection, workspace, verdicts("PPFPPPF"))
    assert {name: row["status"] for name, row in rows.items()} == {FIRST: "closed", "DQ10@NJ-F@2024-07": "reopened"}
    again = rows["DQ10@NJ-F@2024-07"]
    assert (again["occurrence"], again["reopened_on"], again["cause"]) == (2, date(2024, 8, 1), "")


def test_scan_and_passes_do_not_close_what_nobody_corrected(
    connection: duckdb.DuckDBPyConnection, workspace: Workspace
) -> None:
    scanned(workspace)
    assert found(connection, workspace, verdicts("PPFPPPPP"))[FIRST]["status"] == "open"


def test_a_correction_that_did_not_hold_opens_it_again(
    connection: duckdb.DuckDBPyConnection, workspace: Workspace
) -> None:
    corrected(workspace)
    scanned(workspace)
    row = found(connection, workspace, verdicts("PPFPF"))[FIRST]
    assert (row["status"], row["failed_months"], row["reopened_on"]) == ("reopened", 2, date(2024, 6, 1))
    assert row["due_on"] == date(2024, 7, 1)  # of the failure that is not corrected
    corrected(workspace, until=date(2024, 5, 1))
    # the scan does not cover May
    assert found(connection, workspace, verdicts("PPFPFPPP"))[FIRST]["status"] == "corrected"
    scanned(workspace, until=date(2024, 5, 1))
    assert found(connection, workspace, verdicts("PPFPFPPP"))[FIRST]["status"] == "closed"


@pytest.mark.parametrize(
    ("months", "passes"),
    [("PPFPPE", 0), ("PPFPEP", 1), ("PPFMPP", 2), ("PPFPPEP", 1), ("PPFP PP", 3), ("PPFPEPPP", 3)],
)
def test_only_passes_in_a_row_count_and_a_month_without_verdict_breaks_the_row(
    connection: duckdb.DuckDBPyConnection, workspace: Workspace, months: str, passes: int
) -> None:
    corrected(workspace)
    scanned(workspace)
    row = found(connection, workspace, verdicts(months))[FIRST]
    assert (row["passes"], row["status"]) == (passes, "closed" if passes >= 3 else "corrected")


def test_a_failure_healed_by_a_late_delivery_stays_once_somebody_recorded_it(
    connection: duckdb.DuckDBPyConnection, workspace: Workspace
) -> None:
    assert not found(connection, workspace, verdicts("PPPPPP"))
    corrected(workspace)
    assert found(connection, workspace, verdicts("PPPPPP"))[FIRST]["status"] == "corrected"
    scanned(workspace)
    assert found(connection, workspace, verdicts("PPPPPP"))[FIRST]["status"] == "closed"


def test_information_and_the_enterprise_as_a_whole(connection: duckdb.DuckDBPyConnection, workspace: Workspace) -> None:
    rows = found(connection, workspace, verdicts("F", severity="I"), verdicts("F", "DQ04", None, "W"))
    assert list(rows) == ["DQ04@all@2024-01"]
    row = rows["DQ04@all@2024-01"]
    assert (row["facility_id"], row["owner_role"], row["owner"]) == (None, "R99", None)
    assert row["due_on"] == date(2024, 4, 1)  # 60 days after 31 January


def test_the_scan_says_found_and_clean_over_other_sites_and_meters(
    connection: duckdb.DuckDBPyConnection, workspace: Workspace
) -> None:
    found(connection, workspace, verdicts("PPF"), verdicts("PPF", facility="NJ-E"), verdicts("FFP", facility="NJ-W"),
          verdicts("PPE", facility="NJ-X"), verdicts("PPF", "DQ04"))  # fmt: skip
    told = connection.execute(
        "select scope, facility_id, parameter_id, meter_ids, is_own_facility, result from similar_failures"
        " where nonconformity_id = ? order by all",
        [FIRST],
    ).fetchall()
    assert told == [
        ("facility", "NJ-E", None, None, False, "found"),
        ("facility", "NJ-W", None, None, False, "clean"),
        ("facility", "NJ-X", None, None, False, "not_judged"),
        ("parameter", "NJ-E", "B", None, False, "found"),
        ("parameter", "NJ-F", "A", "M-7", True, "found"),
    ]


def test_commands_journal_the_failure_as_published(workspace: Workspace) -> None:
    given = {"cause": "采集器断电", "correction": "加装备用电源"}
    with pytest.raises(DecisionError, match=FIRST):
        deciding.correct(workspace, "DQ10@NJ-F@2024-04", **given, version="", name=CHECKER)
    with pytest.raises(DecisionError, match=r"2024\.2"):
        deciding.correct(workspace, FIRST, **given, version="2024.9", name=CHECKER)
    with pytest.raises(DecisionError, match="must not be empty"):
        deciding.correct(workspace, FIRST, cause=" ", correction="x", version="", name=CHECKER)
    with pytest.raises(DecisionError, match="checker or approver"):
        deciding.scanned(workspace, FIRST, "", RECORDER)
    deciding.correct(workspace, FIRST, **given, version="2024.2", name=RECORDER)
    _, rows = deciding.scanned(workspace, FIRST, "另一厂同样断电", OTHER_CHECKER)
    assert [row["facility_id"] for row in rows] == ["NJ-E"]
    first, second = journal.read(workspace.journal)
    assert (first["control_id"], first["first_failed_month"], first["failed_until"]) == (
        "DQ10",
        "2024-03-01",
        "2024-03-01",
    )
    assert (second["found_count"], second["person"]) == (1, OTHER_CHECKER)
