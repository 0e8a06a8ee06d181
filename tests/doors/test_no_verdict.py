"""When nothing can be said, the door says ERROR: never FAIL, never PASS, and no failing row is left over."""

from __future__ import annotations

from pathlib import Path
from typing import Any

import duckdb
import pytest

from pipelines import doors
from pipelines.doors import shapes
from pipelines.doors.verdict_rows import Outcome
from tests.doors import ground

TABLE = "readings.planned"
NOT_NULL = {"expect": shapes.NOT_NULL, "kwargs": {"column": "quantity"}, "found": "quantity"}
PLACE = {"row_key": ["planned_id"], "facility": "facility_id", "period": "period_start"}


def test_an_expectation_that_raises_is_an_error_and_the_others_stand(
    session: duckdb.DuckDBPyConnection, tmp_path: Path
) -> None:
    ground.put(session, TABLE, ground.planned(3, "p", quantity=None))
    query = "select * from {batch} where cast(plan_version || 'x' as integer) = 1"
    raises = {"expect": shapes.ROWS, "kwargs": {"unexpected_rows_query": query}, "found": "quantity"}
    ground.write_suite(tmp_path, TABLE, [{"control": "DQ09", **raises}, {"control": "DQ10", **NOT_NULL}], **PLACE)
    ground.plan_controls(session, "DQ09", "DQ10")

    ground.judged(session, "entry", [TABLE], tmp_path)

    assert ground.controls(session) == {"DQ09": ("ERROR", 0), "DQ10": ("FAIL", 3)}
    assert "Could not convert string" in _message(session, "DQ09")


def test_a_column_that_is_not_there_is_an_error(session: duckdb.DuckDBPyConnection, tmp_path: Path) -> None:
    ground.put(session, TABLE, ground.planned(3, "p", quantity=None))
    absent = {"expect": shapes.NOT_NULL, "kwargs": {"column": "no_such"}, "found": "quantity"}
    ground.write_suite(tmp_path, TABLE, [{"control": "DQ10", **absent}], **PLACE)
    ground.plan_controls(session, "DQ10")

    ground.judged(session, "entry", [TABLE], tmp_path)

    assert ground.controls(session) == {"DQ10": ("ERROR", 0)}
    assert "no_such" in _message(session, "DQ10")


def test_one_expectation_in_error_leaves_its_control_without_failures(
    session: duckdb.DuckDBPyConnection, tmp_path: Path
) -> None:
    ground.put(session, TABLE, ground.planned(3, "p", quantity=None))
    query = "select * from {batch} where cast(plan_version || 'x' as integer) = 1"
    raises = {"expect": shapes.ROWS, "kwargs": {"unexpected_rows_query": query}, "found": "quantity"}
    ground.write_suite(tmp_path, TABLE, [{"control": "DQ10", **NOT_NULL}, {"control": "DQ10", **raises}], **PLACE)
    ground.plan_controls(session, "DQ10")

    ground.judged(session, "entry", [TABLE], tmp_path)

    assert ground.controls(session)["DQ10"][0] == "ERROR"
    assert session.execute("select count(*) from verdicts where record_kind = 'failure'").fetchone() == (0,)


def test_a_table_that_is_not_there_is_an_error(session: duckdb.DuckDBPyConnection) -> None:
    session.execute("drop table readings.unplanned")
    ground.plan_controls(session, "DQ23")

    ground.judged(session, "entry", ["readings.unplanned"])

    assert ground.controls(session) == {"DQ23": ("ERROR", 0)}


@pytest.mark.parametrize(
    ("told", "words"),
    [
        (
            Outcome(due=5, missing=None, unexpected=2, query="select * from readings.planned"),
            "failing rows: GX 2, SQL 5",
        ),
        (Outcome(due=5, missing=None, unexpected=5, query=None), "no query"),
        (Outcome(due=4, missing=None, unexpected=0), "rows due: GX 4, SQL 5"),
        (Outcome(due=5, missing=1, unexpected=0), "rows without a value: GX 1, SQL 0"),
    ],
)
def test_counts_on_which_gx_and_sql_disagree_are_an_error(
    told: Outcome, words: str, session: duckdb.DuckDBPyConnection, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    ground.put(session, TABLE, ground.planned(5, "p", quantity=None))
    ground.write_suite(tmp_path, TABLE, [{"control": "DQ10", **NOT_NULL}], **PLACE)
    ground.plan_controls(session, "DQ10")
    monkeypatch.setattr(doors, "_ask", lambda *_: [told])

    ground.judged(session, "entry", [TABLE], tmp_path)

    assert ground.controls(session)["DQ10"][0] == "ERROR"
    assert words in _message(session, "DQ10")
    assert session.execute("select count(*) from verdicts where record_kind = 'failure'").fetchone() == (0,)


def test_a_result_that_gx_left_out_is_an_error(
    session: duckdb.DuckDBPyConnection, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    ground.put(session, TABLE, ground.planned(1, "p"))
    ground.write_suite(tmp_path, TABLE, [{"control": "DQ10", **NOT_NULL}], **PLACE)
    ground.plan_controls(session, "DQ10")
    monkeypatch.setattr(doors, "_validate", lambda *_: {"results": []})

    ground.judged(session, "entry", [TABLE], tmp_path)

    assert ground.controls(session) == {"DQ10": ("ERROR", 0)}


def test_a_control_that_no_suite_holds_is_an_error(session: duckdb.DuckDBPyConnection) -> None:
    ground.plan_controls(session, "DQ99")

    ground.judged(session, "entry", ground.ENTRY)

    assert ground.controls(session) == {"DQ99": ("ERROR", 0)}
    assert "没有套件含有它" in _message(session, "DQ99") and "no suite holds it" in _message(session, "DQ99")


@pytest.mark.parametrize("given", [{"enforced_by": "manual"}, {"enforced_by": "dbt"}, {"door": "exit"}])
def test_an_expectation_whose_control_the_plan_gives_to_another_does_not_run(
    given: dict[str, Any], session: duckdb.DuckDBPyConnection
) -> None:
    ground.put(session, TABLE, ground.planned(3, "p", quantity=None))
    ground.plan_controls(session, "DQ10", **given)

    ground.judged(session, "entry", ground.ENTRY)

    assert session.execute("select count(*) from verdicts").fetchone() == (0,)


def _message(session: duckdb.DuckDBPyConnection, control_id: str) -> str:
    query = "select message from verdicts where record_kind = 'control' and control_id = ?"
    return session.execute(query, [control_id]).fetchone()[0]
