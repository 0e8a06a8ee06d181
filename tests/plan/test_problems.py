"""What is wrong with a plan is named: file, line, field, what to do, in two languages; and everything at once."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest

from pipelines.plan import PlanError, Problem, load_folder
from pipelines.plan import problems as texts
from tests.plan import folder

Tables = dict[str, folder.Table]


def _put(table: str, row: int, **cells: Any) -> Callable[[Tables], None]:
    def spoil(tables: Tables) -> None:
        tables[table][row] |= cells

    return spoil


def _add(table: str, source: int, **cells: Any) -> Callable[[Tables], None]:
    def spoil(tables: Tables) -> None:
        tables[table].append(tables[table][source] | cells)

    return spoil


# what is spoiled → code, file, line, field, and words that both texts must hold
CELLS: dict[str, tuple[Callable[[Tables], None], tuple[str, str, int, str], tuple[str, ...]]] = {
    "empty cell": (_put("streams", 1, name_zh=" "), ("EMPTY_CELL", "streams.csv", 3, "name_zh"), ()),
    "exponent as id": (
        _put("meters", 0, point_id="3.2E+16"),
        ("ID_DAMAGED", "meters.csv", 2, "point_id"),
        ("3.2E+16", "Excel"),
    ),
    "exponent as source key": (
        _put("parameters", 1, source_key="3.29910000001E+12"),
        ("ID_DAMAGED", "parameters.csv", 3, "source_key"),
        ("3.29910000001E+12",),
    ),
    "thousands": (
        _put("parameters", 0, plan_max="1,000"),
        ("BAD_DECIMAL", "parameters.csv", 2, "plan_max"),
        ("1,000",),
    ),
    "percent": (
        _put("parameters", 0, cross_check_tolerance="1%"),
        ("BAD_DECIMAL", "parameters.csv", 2, "cross_check_tolerance"),
        ("1%",),
    ),
    "exponent as number": (
        _put("parameters", 0, plan_max="1E3"),
        ("BAD_DECIMAL", "parameters.csv", 2, "plan_max"),
        ("1E3",),
    ),
    "13 decimals": (
        _put("parameters", 0, plan_min="0.1234567890123"),
        ("BAD_DECIMAL", "parameters.csv", 2, "plan_min"),
        ("0.1234567890123", "12"),
    ),
    "not a number": (_put("parameters", 0, plan_min="NaN"), ("BAD_DECIMAL", "parameters.csv", 2, "plan_min"), ("NaN",)),
    "integer": (
        _put("meters", 0, interval_minutes="15.5"),
        ("BAD_INTEGER", "meters.csv", 2, "interval_minutes"),
        ("15.5",),
    ),
    "day first": (
        _put("streams", 0, valid_from="31/12/2024"),
        ("BAD_DATE", "streams.csv", 2, "valid_from"),
        ("31/12/2024",),
    ),
    "no such day": (
        _put("streams", 0, valid_to="2025-02-29"),
        ("BAD_DATE", "streams.csv", 2, "valid_to"),
        ("2025-02-29",),
    ),
    "mixed date": (
        _put("streams", 0, valid_to="2025-02/28"),
        ("BAD_DATE", "streams.csv", 2, "valid_to"),
        ("2025-02/28",),
    ),
    "date of two rows with one key": (
        lambda tables: (
            [spoil(tables) for spoil in (_put("meters", 0, valid_to="x"), _add("meters", 0, valid_to=""))]
            and tables["meters"][1].update(valid_from="2025-01-01")
        ),
        ("BAD_DATE", "meters.csv", 2, "valid_to"),
        ("x",),
    ),
    "boolean": (
        _put("facilities", 0, is_in_boundary="maybe"),
        ("BAD_BOOLEAN", "facilities.csv", 2, "is_in_boundary"),
        ("maybe",),
    ),
    "kind": (
        _put("parameters", 2, kind="activity"),
        ("UNKNOWN_VALUE", "parameters.csv", 4, "kind"),
        ("activity_data",),
    ),
    "frequency": (
        _put("parameters", 0, frequency="weekly"),
        ("UNKNOWN_VALUE", "parameters.csv", 2, "frequency"),
        ("weekly", "day, month"),
    ),
    "record type": (
        _put("parameters", 0, record_type="load_profiles"),
        ("UNKNOWN_VALUE", "parameters.csv", 2, "record_type"),
        ("load_profile",),
    ),
    "severity": (_put("controls", 0, severity="F"), ("UNKNOWN_VALUE", "controls.csv", 2, "severity"), ("E, W, I",)),
    "enforced by": (
        _put("controls", 0, enforced_by="gx"),
        ("UNKNOWN_VALUE", "controls.csv", 2, "enforced_by"),
        ("suite",),
    ),
    "door": (_put("controls", 0, door="back"), ("UNKNOWN_VALUE", "controls.csv", 2, "door"), ("entry, exit",)),
    "missing rule": (
        _put("parameters", 0, missing_rule="MD-99"),
        ("UNKNOWN_VALUE", "parameters.csv", 2, "missing_rule"),
        ("MD-04",),
    ),
    "fuel": (_put("streams", 1, fuel="coal dust"), ("UNKNOWN_VALUE", "streams.csv", 3, "fuel"), ("coal dust",)),
    "unit": (_put("parameters", 0, unit="kWhh"), ("UNKNOWN_VALUE", "parameters.csv", 2, "unit"), ("kWhh", "kWh")),
    "stream type": (
        _put("streams", 0, stream_type="power"),
        ("UNKNOWN_VALUE", "streams.csv", 2, "stream_type"),
        ("power",),
    ),
    "duty": (_put("roles", 0, duty="boss"), ("UNKNOWN_VALUE", "roles.csv", 2, "duty"), ("approver",)),
    "result": (
        _put("calibrations", 0, result="ok"),
        ("UNKNOWN_VALUE", "calibrations.csv", 2, "result"),
        ("pass, fail",),
    ),
    "stock measure": (
        _put("parameters", 2, measure="burnt"),
        ("UNKNOWN_VALUE", "parameters.csv", 4, "measure"),
        ("consumption",),
    ),
    "facility of a stream": (
        _put("streams", 0, facility_id="F2"),
        ("UNKNOWN_REFERENCE", "streams.csv", 2, "facility_id"),
        ("F2", "facilities"),
    ),
    "stream of a parameter": (
        _put("parameters", 2, stream_id="S-COOL"),
        ("UNKNOWN_REFERENCE", "parameters.csv", 4, "stream_id"),
        ("S-COAL",),
    ),
    "point of a parameter": (
        _put("parameters", 0, source_key="PT-9"),
        ("UNKNOWN_REFERENCE", "parameters.csv", 2, "source_key"),
        ("PT-9", "meters.point_id"),
    ),
    "channel of a parameter": (
        _put("parameters", 0, measure="active_export"),
        ("UNKNOWN_REFERENCE", "parameters.csv", 2, "measure"),
        ("active_export",),
    ),
    "cross check": (
        _put("parameters", 0, cross_check_parameter_id="BILL"),
        ("UNKNOWN_REFERENCE", "parameters.csv", 2, "cross_check_parameter_id"),
        ("EL-BILL",),
    ),
    "meter of a calibration": (
        _put("calibrations", 0, meter_id="0032"),
        ("UNKNOWN_REFERENCE", "calibrations.csv", 2, "meter_id"),
        ("meters",),
    ),
    "owner": (_put("controls", 0, owner_role="R9"), ("UNKNOWN_REFERENCE", "controls.csv", 2, "owner_role"), ("roles",)),
    "control twice": (_add("controls", 0), ("DUPLICATE", "controls.csv", 3, "control_id"), ("DQ10", "2")),
    "stream twice": (_add("streams", 0), ("DUPLICATE", "streams.csv", 4, "stream_id"), ("S-EL", "2")),
    "overlapping meter": (
        _add("meters", 0, valid_from="2024-01-01", point_id="PT-2"),
        ("OVERLAPPING", "meters.csv", 3, "meter_id"),
        ("00320000000000000001", "valid_to", "2"),
    ),
    "two meters at a point": (
        _add("meters", 0, meter_id="M2", valid_from="2024-01-01"),
        ("OVERLAPPING", "meters.csv", 3, "point_id"),
        ("PT-1",),
    ),
    "same figure twice": (
        _add("parameters", 2, parameter_id="COAL-2"),
        ("DOUBLE_COUNT", "parameters.csv", 5, "source_key"),
        ("stock_movement/F1/M1/consumption", "4", "cross_check"),
    ),
    "ends before it begins": (
        _put("streams", 0, valid_to="2022-01-01"),
        ("BAD_ORDER", "streams.csv", 2, "valid_to"),
        ("2022-01-01",),
    ),
    "limits": (
        _put("parameters", 0, plan_min="2001"),
        ("BAD_ORDER", "parameters.csv", 2, "plan_max"),
        ("plan_max ≥ plan_min",),
    ),
    "share": (
        _put("facilities", 0, consolidation_share="80"),
        ("BAD_ORDER", "facilities.csv", 2, "consolidation_share"),
        ("80",),
    ),
    "multiplier": (
        _put("meters", 0, multiplier="0"),
        ("BAD_ORDER", "meters.csv", 2, "multiplier"),
        ("multiplier > 0",),
    ),
    "interval": (
        _put("meters", 0, interval_minutes="7"),
        ("BAD_ORDER", "meters.csv", 2, "interval_minutes"),
        ("1440",),
    ),
    "due before calibrated": (
        _put("calibrations", 0, due_on="2023-01-01"),
        ("BAD_ORDER", "calibrations.csv", 2, "due_on"),
        (),
    ),
    "negative tolerance": (
        _put("parameters", 0, cross_check_tolerance="-0.01"),
        ("BAD_ORDER", "parameters.csv", 2, "cross_check_tolerance"),
        ("-0.01",),
    ),
    "out of boundary without a reason": (
        _put("facilities", 0, is_in_boundary="否"),
        ("EMPTY_CELL", "facilities.csv", 2, "boundary_reason"),
        (),
    ),
    "cross check without tolerance": (
        _put("parameters", 0, cross_check_tolerance=""),
        ("EMPTY_CELL", "parameters.csv", 2, "cross_check_tolerance"),
        (),
    ),
}


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
