"""What is wrong with a plan is named: file, line, field, what to do, in two languages; and everything at once."""

from __future__ import annotations

from pathlib import Path
from typing import Any

import pytest

from pipelines.plan import PlanError, Problem, load_folder
from pipelines.plan import problems as texts
from tests.plan import folder
from tests.plan.spoilt_cells import CELLS


@pytest.mark.parametrize("name", CELLS)
def test_one_thing_wrong_is_one_problem_that_names_its_place(name: str, tmp_path: Path) -> None:
    spoil, place, words = CELLS[name]
    tables = folder.good()
    spoil(tables)

    (problem,) = _problems(folder.write(tmp_path, tables))

    assert (problem.code, problem.file, problem.line, problem.field) == place
    _is_told(problem, *words)


def test_everything_is_reported_at_once(tmp_path: Path) -> None:
    tables = folder.good()
    for spoil, _, _ in (CELLS[name] for name in ("thousands", "day first", "severity", "fuel")):
        spoil(tables)
    del tables["meters"]

    found = _problems(folder.write(tmp_path, tables))

    assert {(one.code, one.file) for one in found} == {
        ("BAD_DECIMAL", "parameters.csv"),
        ("BAD_DATE", "streams.csv"),
        ("UNKNOWN_VALUE", "controls.csv"),
        ("UNKNOWN_VALUE", "streams.csv"),
        ("MISSING_FILE", "meters.csv"),
        ("UNKNOWN_REFERENCE", "parameters.csv"),
        ("UNKNOWN_REFERENCE", "calibrations.csv"),
    }


def test_the_error_lists_its_problems(tmp_path: Path) -> None:
    tables = folder.good()
    for name in ("thousands", "severity"):
        CELLS[name][0](tables)

    with pytest.raises(PlanError) as error:
        load_folder(folder.write(tmp_path, tables))

    lines = str(error.value).splitlines()
    assert lines[0] == "数据质量控制计划有 2 处问题 / the data quality control plan has 2 problem(s):"
    assert [line.strip() for line in lines[1:]] == [str(one) for one in error.value.problems]


@pytest.mark.parametrize("empty", [True, False])
def test_an_empty_plan_is_one_clear_error(empty: bool, tmp_path: Path) -> None:
    place = tmp_path / "plan"
    if empty:
        place.mkdir()
        (place / "plan.toml").write_text(folder.toml(folder.VERSION), encoding="utf-8")

    (problem,) = _problems(place)

    assert (problem.code, problem.file) == ("EMPTY_PLAN", "plan/")
    assert "计划为空" in problem.zh and "the plan is empty" in problem.en


@pytest.mark.parametrize("table", ["facilities", "streams", "parameters", "controls"])
def test_a_table_without_rows_is_named(table: str, tmp_path: Path) -> None:
    tables = folder.good()
    folder.write(tmp_path, tables)
    header = ",".join(folder.columns(tables[table]))
    (tmp_path / f"{table}.csv").write_text(header + "\n", encoding="utf-8")

    found = [one for one in _problems(tmp_path) if one.code == "EMPTY_TABLE"]

    assert [(one.file, one.line) for one in found] == [(f"{table}.csv", 1)]


@pytest.mark.parametrize("table", ["facilities", "streams", "meters", "parameters", "controls"])
def test_a_missing_table_is_named(table: str, tmp_path: Path) -> None:
    folder.write(tmp_path, {name: rows for name, rows in folder.good().items() if name != table})
    assert ("MISSING_FILE", f"{table}.csv") in {(one.code, one.file) for one in _problems(tmp_path)}


def test_a_missing_plan_toml_is_named(tmp_path: Path) -> None:
    (folder.write(tmp_path, folder.good()) / "plan.toml").unlink()
    (problem,) = _problems(tmp_path)
    assert (problem.code, problem.file) == ("MISSING_FILE", "plan.toml")


def test_columns_missing_unknown_or_twice(tmp_path: Path) -> None:
    folder.write(tmp_path, folder.good())
    text = (tmp_path / "streams.csv").read_text(encoding="utf-8")
    (tmp_path / "streams.csv").write_text(
        text.replace("stream_type", "steam_type").replace("name_en", "name_zh", 1), encoding="utf-8"
    )

    found = {(one.code, one.line, one.field): one for one in _problems(tmp_path)}

    assert set(found) == {
        ("MISSING_COLUMN", 1, "stream_type"),
        ("UNKNOWN_COLUMN", 1, "steam_type"),
        ("REPEATED_COLUMN", 1, "name_zh"),
    }
    assert "stream_type" in found["UNKNOWN_COLUMN", 1, "steam_type"].zh


def test_a_ragged_row_and_a_broken_quote(tmp_path: Path) -> None:
    folder.write(tmp_path, folder.good())
    with (tmp_path / "roles.csv").open("a", encoding="utf-8") as file:
        file.write("R2,名\r\nR3,名,name,recorder,surplus\r\n")
    with (tmp_path / "controls.csv").open("a", encoding="utf-8") as file:
        file.write('"DQ11"x,名\r\n')

    found = {(one.code, one.file, one.line) for one in _problems(tmp_path)}

    assert {
        ("RAGGED_ROW", "roles.csv", 3),
        ("RAGGED_ROW", "roles.csv", 4),
        ("UNREADABLE", "controls.csv", None),
    } <= found


def test_lines_are_those_a_person_sees(tmp_path: Path) -> None:
    tables = folder.good()
    tables["streams"][0]["name_zh"] = "两行\n名称"
    tables["streams"][1]["fuel"] = "coal dust"
    folder.write(tmp_path, tables)
    text = (tmp_path / "streams.csv").read_text(encoding="utf-8")
    (tmp_path / "streams.csv").write_text("\n\n" + text, encoding="utf-8")

    (problem,) = _problems(tmp_path)

    assert (problem.file, problem.line) == ("streams.csv", 6)


def test_a_file_that_is_no_table_is_named(tmp_path: Path) -> None:
    (folder.write(tmp_path, folder.good()) / "paramters.csv").write_text("x\n", encoding="utf-8")
    (problem,) = _problems(tmp_path)
    assert (problem.code, problem.file) == ("UNKNOWN_FILE", "paramters.csv")
    _is_told(problem, "parameters")


def test_csv_and_workbook_side_by_side(tmp_path: Path) -> None:
    folder.write(folder.workbook(tmp_path, folder.good()), {"roles": folder.good()["roles"]})
    (problem,) = _problems(tmp_path)
    assert (problem.code, problem.file) == ("TWO_SOURCES", "roles.csv")


def test_versions_in_workbook_and_toml(tmp_path: Path) -> None:
    folder.workbook(tmp_path, folder.good(), [list(pair) for pair in folder.VERSION.items()])
    (tmp_path / "plan.toml").write_text(folder.toml(folder.VERSION), encoding="utf-8")
    (problem,) = _problems(tmp_path)
    assert (problem.code, problem.file) == ("TWO_SOURCES", "plan.toml")


def test_plan_toml(tmp_path: Path) -> None:
    folder.write(tmp_path, folder.good())
    overlapping = folder.VERSION | {"version": "2025.2", "valid_from": "2025-06-01"}
    text = "".join(f"[[versions]]\n{folder.toml(one)}" for one in (folder.VERSION, overlapping))
    (tmp_path / "plan.toml").write_text(text, encoding="utf-8")
    (problem,) = _problems(tmp_path)
    assert (problem.code, problem.file, problem.line, problem.field) == ("OVERLAPPING", "plan.toml", 9, "valid_from")

    (tmp_path / "plan.toml").write_text('version = "1"\nvalid_from = \n', encoding="utf-8")
    unreadable, missing = _problems(tmp_path)
    assert (unreadable.code, unreadable.file, unreadable.line) == ("UNREADABLE", "plan.toml", 2)
    assert missing.code == "MISSING_FILE"


@pytest.mark.parametrize(
    ("cell", "code", "words"),
    [
        (32000000000000001, "ID_DAMAGED", ("Excel",)),
        ("=1+1", "FORMULA_UNSAVED", ("Excel",)),
        ("#N/A", "ERROR_CELL", ("#N/A",)),
    ],
)
def test_what_excel_does_to_an_id(cell: Any, code: str, words: tuple[str, ...], tmp_path: Path) -> None:
    tables = folder.good()
    tables["parameters"][1]["source_key"] = cell
    down = [list(pair) for pair in folder.VERSION.items()]

    (problem,) = _problems(folder.workbook(tmp_path, tables, down))

    assert (problem.code, problem.file, problem.line, problem.field) == (code, "plan.xlsx[parameters]", 3, "source_key")
    _is_told(problem, *words)


def test_a_short_numeric_id_of_a_workbook_is_its_digits(tmp_path: Path) -> None:
    tables = folder.good()
    tables["parameters"][1]["source_key"] = 3299100100017
    down = [list(pair) for pair in folder.VERSION.items()]
    assert load_folder(folder.workbook(tmp_path, tables, down)).rows("parameters")[1]["source_key"] == "3299100100017"


def test_a_workbook_that_is_none(tmp_path: Path) -> None:
    (tmp_path / "plan.xlsx").write_bytes(b"PK\x03\x04 not a workbook")
    (problem,) = _problems(tmp_path)
    assert (problem.code, problem.file) == ("UNREADABLE", "plan.xlsx")


def test_every_problem_has_both_texts_and_a_test() -> None:
    tried = {place[0] for _, place, _ in CELLS.values()}
    told_apart = {"EMPTY_PLAN", "MISSING_FILE", "TWO_SOURCES", "UNKNOWN_FILE", "UNREADABLE", "EMPTY_TABLE"}
    told_apart |= {"MISSING_COLUMN", "UNKNOWN_COLUMN", "REPEATED_COLUMN", "RAGGED_ROW", "FORMULA_UNSAVED", "ERROR_CELL"}
    # those of targets have a plan of their own: test_targets.py
    told_apart |= {"ONE_OF_TWO", "NO_STEPS"}
    assert tried | told_apart == set(texts._TEXTS)
    for zh, en in texts._TEXTS.values():
        assert any("\u4e00" <= letter <= "\u9fff" for letter in zh) and en.isascii()


def _problems(place: Path) -> list[Problem]:
    with pytest.raises(PlanError) as error:
        load_folder(place)
    return error.value.problems


def _is_told(problem: Problem, *words: str) -> None:
    """Both languages name file, line, field and the words; no placeholder is left open."""
    zh, en = str(problem).split(" / ", 1)
    for text in (zh, en):
        assert problem.file in text and problem.field in text and "{" not in text
    assert f"第 {problem.line} 行" in zh or problem.line is None
    assert f"line {problem.line}" in en or problem.line is None
    for word in words:
        assert word in problem.zh and word in problem.en, word
