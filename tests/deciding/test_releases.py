"""A released row loads with the texts given, its file's account stays exact, and the text received stays as it is."""

from __future__ import annotations

import hashlib
from collections.abc import Mapping
from datetime import date, timedelta
from decimal import Decimal
from pathlib import Path
from typing import Any

import duckdb
import pyarrow.parquet as pq
import pytest

from pipelines import archive, deciding, founding, landing
from pipelines.archive import journal
from pipelines.deciding import DecisionError
from pipelines.landing import FileAccount
from pipelines.workspace import HOUSE_PLAN_DIR, Workspace
from tests.deciding.ground import AS_OF, CHECKER, LATER, RECORDER, states
from tests.landing.writing import DAILY, csv_of

ROWS = (
    ["M1", "2025-03-03", "N/A?"],
    ["M1", "2025-03-04", "7"],
    ["M1", "2025-03-05", "1", "2"],
    ["M1", "2025-13-06", "9"],
)
TEXT = csv_of(DAILY, *ROWS)
GIVEN = {"电量(kWh)": "12.5"}


@pytest.fixture
def workspace(tmp_path: Path) -> Workspace:
    """A founded workspace with the house's roles and one file, of whose four rows three are kept out."""
    founded = founding.found(tmp_path / "enterprise")
    for file in HOUSE_PLAN_DIR.iterdir():
        (founded.plan / file.name).write_bytes(file.read_bytes())
    (founded.inbox / "march.csv").write_text(TEXT, encoding="utf-8")
    archive.take_in(founded)
    publish(founded)
    return founded


def publish(workspace: Workspace) -> None:
    """What is quarantined now as marts.fct_quarantine of a published warehouse."""
    account(workspace)
    rows = kept_out(workspace, AS_OF)
    workspace.published.mkdir(exist_ok=True)
    columns = "file_sha256, sheet, row_number, code, field, found, row_text, message_zh, message_en"
    with duckdb.connect(str(workspace.published_warehouse)) as connection:
        connection.register("rows", rows)
        connection.execute("create schema marts")
        connection.execute(f"create table marts.fct_quarantine as select 'march.csv' as file_name, {columns} from rows")


def decided(workspace: Workspace, as_of: date) -> list[archive.Delivery]:
    return deciding.with_releases(archive.deliveries(workspace), deciding.read(workspace), as_of)


def account(workspace: Workspace, as_of: date = AS_OF) -> FileAccount:
    return landing.land_all(workspace, decided(workspace, as_of))[0]


def lake(workspace: Workspace, table: str, as_of: date) -> Any:
    return pq.read_table(landing.lake_files(workspace, decided(workspace, as_of))[table][0])


def kept_out(workspace: Workspace, as_of: date) -> Any:
    return lake(workspace, "quarantined_row", as_of)


def counts(found: FileAccount) -> tuple[int, int, int, int]:
    return found.rows_read, found.rows_loaded, found.rows_quarantined, found.rows_skipped


def release(
    workspace: Workspace, row: int, values: Mapping[str, str], expires: date = LATER, name: str = RECORDER
) -> str:
    return deciding.release(workspace, "march.csv", row, None, values, "抄表本核对", expires, name, AS_OF)[0]


def test_the_row_is_counted_as_loaded_by_decision_and_the_account_stays_exact(workspace: Workspace) -> None:
    assert counts(account(workspace)) == (4, 1, 3, 0)
    made = release(workspace, 2, GIVEN)
    assert counts(account(workspace)) == (4, 1, 3, 0), "a pending release changes nothing"
    deciding.approve(workspace, made, CHECKER, "", AS_OF)
    found = account(workspace)
    assert counts(found) == (4, 2, 2, 0)
    assert "ROW_RELEASED" in found.codes
    rows = {row["row_first"]: row for row in lake(workspace, "load_profile", AS_OF).to_pylist()}
    assert rows[2]["values"] == [Decimal("12.5")] and rows[2]["meter_id"] == "M1"
    assert kept_out(workspace, AS_OF).column("row_number").to_pylist() == [4, 5]
    told = [row for row in lake(workspace, "file_message", AS_OF).to_pylist() if row["code"] == "ROW_RELEASED"]
    assert [row["row_number"] for row in told] == [2]
    assert made in told[0]["message_zh"] and "12.5" in told[0]["message_en"]


def test_the_bytes_received_and_the_text_journalled_stay(workspace: Workspace) -> None:
    before = archive.deliveries(workspace)[0]
    deciding.approve(workspace, release(workspace, 2, GIVEN), CHECKER, "", AS_OF)
    account(workspace)
    assert before.path.read_text(encoding="utf-8") == TEXT
    assert hashlib.sha256(before.path.read_bytes()).hexdigest() == before.file_sha256
    line = next(line for line in journal.read(workspace.journal) if line["event"] == "release_proposed")
    assert line["row_text"] == "M1 | 2025-03-03 | N/A?" and line["values"] == GIVEN


def test_it_holds_up_to_its_expiry_and_the_row_is_quarantined_again_after(workspace: Workspace) -> None:
    made = release(workspace, 2, GIVEN)
    deciding.approve(workspace, made, CHECKER, "", AS_OF)
    assert counts(account(workspace, LATER)) == (4, 2, 2, 0)
    assert counts(account(workspace, LATER + timedelta(1))) == (4, 1, 3, 0)
    assert counts(account(workspace, AS_OF)) == (4, 2, 2, 0)
    deciding.reject(workspace, made, CHECKER, "抄错行", AS_OF)
    assert counts(account(workspace, AS_OF)) == (4, 1, 3, 0)


def test_a_row_that_could_not_be_split_loads_when_every_column_is_given(workspace: Workspace) -> None:
    with pytest.raises(DecisionError, match="would still not load"):
        release(workspace, 4, GIVEN)
    whole = {"电表编号": "M1", "日期": "2025-03-05", "电量(kWh)": "8.25"}
    deciding.approve(workspace, release(workspace, 4, whole), CHECKER, "", AS_OF)
    assert counts(account(workspace)) == (4, 2, 2, 0)
    rows = {row["row_first"]: row for row in lake(workspace, "load_profile", AS_OF).to_pylist()}
    assert list(rows) == [3, 4] and rows[4]["values"] == [Decimal("8.25")]


def test_two_rows_of_one_file_and_a_second_release_of_the_same_row(workspace: Workspace) -> None:
    made = [
        release(workspace, 2, GIVEN),
        release(workspace, 5, {"日期": "2025-03-06"}),
        release(workspace, 2, {"电量(kWh)": "13"}),
    ]
    for one in made:
        deciding.approve(workspace, one, CHECKER, "", AS_OF)
    assert list(states(workspace).values()) == ["replaced", "in_force", "in_force"]
    assert counts(account(workspace)) == (4, 3, 1, 0)
    rows = {row["row_first"]: row["values"][0] for row in lake(workspace, "load_profile", AS_OF).to_pylist()}
    assert rows == {2: 13, 3: 7, 5: 9}


@pytest.mark.parametrize(
    ("row", "values", "told"),
    [
        (2, {"电量": "12.5"}, r"没有列 “电量”.*电量\(kWh\)"),
        (2, {"电量(kWh)": "abc"}, "would still not load"),
        (2, {"日期": "2025-03-07"}, "would still not load"),
        (3, GIVEN, "rows that are: 2, 4, 5"),
        (99, GIVEN, "rows that are: 2, 4, 5"),
    ],
)
def test_a_release_that_would_not_load_its_row_is_refused(
    workspace: Workspace, row: int, values: dict[str, str], told: str
) -> None:
    with pytest.raises(DecisionError, match=told):
        release(workspace, row, values)
    assert not states(workspace)


def test_a_file_without_quarantined_rows_is_refused_with_those_that_have_some(workspace: Workspace) -> None:
    with pytest.raises(DecisionError, match=r"march\.csv"):
        deciding.release(workspace, "marsh.csv", 2, None, GIVEN, "x", LATER, RECORDER, AS_OF)


def test_the_list_says_where_why_and_what_to_do(workspace: Workspace) -> None:
    rows = deciding.quarantined(workspace)
    assert [row["row_number"] for row in rows] == [2, 4, 5]
    assert all(row["code"] and row["message_zh"] and row["message_en"] and row["row_text"] for row in rows)
    assert deciding.quarantined(workspace, "other.csv") == []


def test_without_decisions_the_lake_is_what_it_was(workspace: Workspace) -> None:
    files = landing.lake_files(workspace, archive.deliveries(workspace))
    assert landing.lake_files(workspace, decided(workspace, AS_OF)) == files
