"""Each expectation type that a suite may use, on this very stack: what fails, what passes, and what NULL does."""

from __future__ import annotations

from datetime import date
from pathlib import Path
from typing import Any

import duckdb
import pytest

from pipelines.doors import shapes
from tests.doors import ground

TABLE = "readings.planned"
# Rows: what is spoiled, and whether the expectation must find it (None: not judged, because a value is missing).
Case = tuple[dict[str, Any], bool | None]
CASES: dict[str, tuple[dict[str, Any], str, list[Case]]] = {
    shapes.NOT_NULL: ({"column": "quantity"}, "quantity", [({"quantity": None}, True), ({}, False)]),
    shapes.NULL: ({"column": "plan_version"}, "plan_version", [({}, True), ({"plan_version": None}, False)]),
    shapes.BETWEEN: (
        {"column": "hours_missing", "min_value": 0, "max_value": 0},
        "hours_missing",
        [({"hours_missing": "0.001"}, True), ({}, False), ({"hours_missing": None}, None)],
    ),
    shapes.IN_SET: (
        {"column": "role", "value_set": ["account"]},
        "role",
        [({"role": "record"}, True), ({}, False), ({"role": None}, None)],
    ),
    shapes.NOT_IN_SET: (
        {"column": "role", "value_set": ["record", "cross_check"]},
        "role",
        [({"role": "record"}, True), ({}, False), ({"role": None}, None)],
    ),
    shapes.EQUAL: (
        {"column_A": "quantity", "column_B": "measured_quantity"},
        "quantity",
        [
            ({"quantity": "50.000000000001"}, True),
            ({}, False),
            ({"quantity": None}, None),
            ({"quantity": None, "measured_quantity": None}, None),
        ],
    ),
    # the house's own, over columns that stand in for theirs: quantity 50, measured 50, least 10, most 100, bill 50.05
    shapes.STOCK: (
        {"column_list": ["quantity", "plan_max", "measured_quantity", "plan_min", "plan_max", "cross_check_tolerance"]},
        "quantity",
        [
            ({"plan_min": "0.010000000001"}, True),
            ({"plan_min": "0.01"}, False),
            ({"plan_min": "-0.01"}, False),
            ({"plan_min": None}, None),
            ({"plan_max": None, "plan_min": "0"}, None),
        ],
    ),
    shapes.SUB_METERS: (
        {"column_list": ["quantity", "plan_min", "plan_max"]},
        "quantity",
        [
            ({"quantity": "9.999999999999"}, True),
            ({"quantity": "100.000000000001"}, True),
            ({"quantity": "10"}, False),
            ({"quantity": "100"}, False),
            ({"quantity": None}, None),
            ({"plan_min": None}, None),
        ],
    ),
    shapes.BILL: (
        {"column_list": ["quantity", "cross_check_quantity", "cross_check_tolerance"]},
        "quantity",
        [
            ({"quantity": "101.000001", "cross_check_quantity": "100"}, True),
            ({"quantity": "98.999999", "cross_check_quantity": "100"}, True),
            ({"quantity": "101", "cross_check_quantity": "100"}, False),
            ({"quantity": "99", "cross_check_quantity": "100"}, False),
            ({"quantity": "0.000001", "cross_check_quantity": "0"}, True),
            ({"quantity": "0", "cross_check_quantity": "0"}, False),
            ({"cross_check_quantity": None}, None),
        ],
    ),
    shapes.CALIBRATED: (
        {"column_list": ["period_start", "period_end", "calibrated_from", "calibrated_to"]},
        "calibrated_to",
        [
            ({"calibrated_from": date(2025, 1, 1), "calibrated_to": date(2025, 2, 1)}, False),
            ({"calibrated_from": date(2025, 1, 2), "calibrated_to": date(2025, 2, 1)}, True),
            ({"calibrated_from": date(2025, 1, 1), "calibrated_to": date(2025, 1, 31)}, True),
            ({}, True),
        ],
    ),
    shapes.PRODUCTION: (
        {"column_list": ["quantity", "measured_quantity", "plan_min", "plan_max", "cross_check_tolerance"]},
        "quantity",
        [
            ({"quantity": "140.010000000001"}, True),
            ({"quantity": "140.01"}, False),
            ({"quantity": "139.99"}, False),
            ({"measured_quantity": None}, None),
        ],
    ),
    shapes.NO_REPEAT: (
        {"column_list": ["plan_min", "plan_max"]},
        "plan_min",
        [({"plan_min": "100"}, True), ({"plan_min": "99"}, False), ({"plan_min": None}, None)],
    ),
    shapes.PAIR: (
        {"column_A": "plan_max", "column_B": "quantity", "or_equal": True},
        "quantity",
        [
            ({"quantity": "100.000000000001"}, True),
            ({"quantity": "100"}, False),
            ({"quantity": None}, None),
            ({"plan_max": None}, None),
            ({"plan_max": None, "quantity": None}, None),
        ],
    ),
    shapes.ALL_DIFFERENT: (
        {"column_list": ["planned_id", "parameter_id", "stream_id"]},
        "stream_id",
        [
            ({"stream_id": "P1"}, True),
            ({}, False),
            ({"stream_id": None}, None),
            ({"parameter_id": None, "stream_id": None}, None),
        ],
    ),
    shapes.ROWS: (
        {"unexpected_rows_query": "select * from {batch} where period_end <= period_start"},
        "period_end",
        [({"period_end": date(2025, 1, 1)}, True), ({}, False)],
    ),
}


def test_every_type_that_a_suite_may_use_is_tried_here() -> None:
    assert set(CASES) == set(shapes.SHAPES)


@pytest.mark.parametrize("kind", CASES)
def test_a_type_finds_the_bad_rows_and_only_those(
    kind: str, session: duckdb.DuckDBPyConnection, tmp_path: Path
) -> None:
    arguments, found, cases = CASES[kind]
    rows = [ground.planned(3, f"{number}-", **spoiled) for number, (spoiled, _) in enumerate(cases)]
    ground.put(session, TABLE, [row for group in rows for row in group])
    _suite(tmp_path, {"expect": kind, "kwargs": arguments, "found": found})
    ground.plan_controls(session, "DQ10")

    ground.judged(session, "entry", [TABLE], tmp_path)

    bad = [row["planned_id"] for group, (_, fails) in zip(rows, cases, strict=True) for row in group if fails]
    assert ground.controls(session) == {"DQ10": ("FAIL", len(bad))}
    keys = session.execute("select row_key from verdicts where record_kind = 'failure' order by 1").fetchall()
    assert [key for (key,) in keys] == sorted(bad)
    empty = 3 * sum(fails is None for _, fails in cases)
    counts = session.execute("select due_count, judged_count from verdicts where record_kind = 'month'").fetchall()
    assert counts == [(3 * len(cases), 3 * len(cases) - empty)]


@pytest.mark.parametrize("kind", CASES)
def test_a_type_passes_when_nothing_is_bad(kind: str, session: duckdb.DuckDBPyConnection, tmp_path: Path) -> None:
    arguments, found, cases = CASES[kind]
    ground.put(
        session, TABLE, [row for spoiled, fails in cases if fails is False for row in ground.planned(2, "", **spoiled)]
    )
    _suite(tmp_path, {"expect": kind, "kwargs": arguments, "found": found})
    ground.plan_controls(session, "DQ10")

    ground.judged(session, "entry", [TABLE], tmp_path)

    assert ground.controls(session) == {"DQ10": ("PASS", 0)}


CONDITIONS: list[tuple[list[dict[str, Any]], int]] = [
    ([{"column": "facility_id", "equals": "F2"}, {"column": "stream_type", "is_null": False}], 2),
    ([{"column": "facility_id", "equals": "F1"}], 2),
    ([{"column": "facility_id", "is_in": ["F1", "F2"]}], 4),
    ([{"column": "stream_type", "is_null": True}], 6),
]
CONDITIONED = [kind for kind in CASES if kind != shapes.ROWS]


@pytest.mark.parametrize(
    ("kind", "condition", "due"),
    [(kind, *CONDITIONS[0]) for kind in CONDITIONED] + [(shapes.PAIR, *one) for one in CONDITIONS[1:]],
)
def test_a_row_condition_narrows_what_is_due(
    kind: str, condition: list[dict[str, Any]], due: int, session: duckdb.DuckDBPyConnection, tmp_path: Path
) -> None:
    """GX's own query for the failing rows knows no row condition: the counts must agree all the same."""
    arguments, found, cases = CASES[kind]
    spoiled = next(spoiled for spoiled, fails in cases if fails)
    for facility, gap in (("F1", "x"), ("F2", "x"), ("F3", None), (None, None), ("F4", None)):
        ground.put(session, TABLE, ground.planned(2, f"{facility}-", **spoiled, facility_id=facility, stream_type=gap))
    _suite(tmp_path, {"expect": kind, "kwargs": arguments, "found": found, "row_condition": condition})
    ground.plan_controls(session, "DQ10")

    ground.judged(session, "entry", [TABLE], tmp_path)

    assert ground.controls(session) == {"DQ10": ("FAIL", due)}
    assert session.execute("select sum(due_count) from verdicts where record_kind = 'month'").fetchone() == (due,)


def test_a_failing_row_shows_what_was_found_and_what_was_expected(
    session: duckdb.DuckDBPyConnection, tmp_path: Path
) -> None:
    ground.put(session, TABLE, ground.planned(1, "a", quantity="100.5") + ground.planned(1, "b", quantity="9"))
    pair, limits = shapes.PAIR, {"or_equal": True}
    _suite(
        tmp_path,
        {"expect": pair, "kwargs": {"column_A": "plan_max", "column_B": "quantity", **limits}, "found": "quantity"},
        {"expect": pair, "kwargs": {"column_A": "quantity", "column_B": "plan_min", **limits}, "found": "quantity"},
        {"expect": shapes.NULL, "kwargs": {"column": "quantity"}, "found": "plan_version"},
    )
    ground.plan_controls(session, "DQ10")

    ground.judged(session, "entry", [TABLE], tmp_path)

    rows = session.execute(
        """select row_key, facility_id, period_start, expectation, found, expected from verdicts
        where record_kind = 'failure' and expectation like '%plan%' order by row_key"""
    ).fetchall()
    january = date(2025, 1, 1)
    above = "column_pair_values_a_to_be_greater_than_b(plan_max, quantity)"
    below = "column_pair_values_a_to_be_greater_than_b(quantity, plan_min)"
    assert rows == [("a0", "F1", january, above, "100.5", "≤ 100"), ("b0", "F1", january, below, "9", "≥ 10")]


def _suite(folder: Path, *entries: dict[str, Any]) -> None:
    expectations = [{"control": "DQ10", **entry} for entry in entries]
    place = {"facility": "facility_id", "period": "period_start"}
    ground.write_suite(folder, TABLE, expectations, row_key=["planned_id"], **place)
