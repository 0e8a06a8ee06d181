"""Suite files: what one may say, and that the project's own say it. What they judge is tested next door."""

from __future__ import annotations

import re
from pathlib import Path
from typing import Any

import pytest

from pipelines.doors import shapes, suites
from pipelines.doors.suites import SuiteError
from pipelines.workspace import DBT_PROJECT_DIR, EXPECTATIONS_DIR
from tests.doors import ground

TABLE = "readings.planned"
GOOD: dict[str, Any] = {
    "control": "DQ09",
    "expect": shapes.PAIR,
    "kwargs": {"column_A": "plan_max", "column_B": "quantity", "or_equal": True},
    "found": "quantity",
}


@pytest.mark.parametrize("file", sorted(EXPECTATIONS_DIR.glob("*.yml")), ids=lambda file: file.stem)
def test_the_projects_own_suites_are_read_and_judged_by_a_door(file: Path) -> None:
    suite = suites.load(file.stem)
    models = [path.read_text(encoding="utf-8") for path in (DBT_PROJECT_DIR / "models" / "doors").glob("*_door.py")]

    assert suite.expectations and suite.table in ground.ENTRY + ground.EXIT
    assert [f'"{suite.table}"' in model for model in models].count(True) == 1


@pytest.mark.parametrize("tables", [ground.ENTRY, ground.EXIT])
def test_a_door_waits_for_every_table_that_it_judges(tables: tuple[str, ...]) -> None:
    door = "entry_door" if tables == ground.ENTRY else "exit_door"
    model = (DBT_PROJECT_DIR / "models" / "doors" / f"{door}.py").read_text(encoding="utf-8")
    awaited = re.findall(r'dbt\.(?:ref|source)\((?:"\w+", )?"(\w+)"\)', model)
    assert {table.split(".")[1] for table in tables} <= set(awaited)
    assert {"planned", "controls", "parameters"} <= set(awaited)
    assert sorted(re.findall(r'"(\w+\.\w+)"', model)) == sorted(tables)


@pytest.mark.parametrize(
    ("change", "words"),
    [
        ({"expect": "expect_column_values_to_match_regex"}, "untested"),
        ({"kwargs": {"column_A": "plan_max"}}, "column_B"),
        ({"kwargs": GOOD["kwargs"] | {"mostly": 0}}, "mostly"),
        ({"found": "unit"}, "one of its two columns"),
        ({"row_condition": [{"column": "role", "like": "x"}]}, "a condition is"),
        ({"row_condition": [{"column": "role", "equals": "x", "is_null": True}]}, "a condition is"),
        (
            {"expect": shapes.BETWEEN, "kwargs": {"column": "quantity", "min_value": 0, "max_value": 1000}},
            "the threshold [1000]",
        ),
        ({"expect": shapes.IN_SET, "kwargs": {"column": "quantity", "value_set": [0, 2]}}, "the threshold [2]"),
        (
            {
                "expect": shapes.ROWS,
                "kwargs": {"unexpected_rows_query": "select * from {batch}"},
                "row_condition": [{"column": "role", "equals": "x"}],
            },
            "write it into the query",
        ),
    ],
)
def test_what_a_suite_may_not_say_is_refused_by_name(change: dict[str, Any], words: str, tmp_path: Path) -> None:
    ground.write_suite(tmp_path, TABLE, [GOOD | change], row_key=["planned_id"])

    with pytest.raises(SuiteError, match=re.escape(words)) as refused:
        suites.load(TABLE, tmp_path)

    assert str(refused.value).startswith(f"{TABLE}.yml: ") and " / " in str(refused.value)


def test_a_suite_that_is_named_after_another_table_is_refused(tmp_path: Path) -> None:
    ground.write_suite(tmp_path, TABLE, [GOOD], row_key=["planned_id"])
    (tmp_path / f"{TABLE}.yml").rename(tmp_path / "readings.unplanned.yml")

    with pytest.raises(SuiteError, match=r"`table` should be readings\.unplanned"):
        suites.load("readings.unplanned", tmp_path)


def test_a_suite_without_row_key_or_file_is_refused(tmp_path: Path) -> None:
    with pytest.raises(SuiteError, match="no such suite"):
        suites.load(TABLE, tmp_path)
    ground.write_suite(tmp_path, TABLE, [GOOD])
    with pytest.raises(SuiteError, match="'row_key' is missing"):
        suites.load(TABLE, tmp_path)


def test_names_and_texts_are_quoted() -> None:
    condition = suites.Condition('a"b', "is_in", ["it's", True, 3])
    assert condition.sql == """"a""b" in ('it''s', true, 3)"""
