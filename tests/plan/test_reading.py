"""A plan without problems, in every form a person may keep it: the same typed tables."""

from __future__ import annotations

from datetime import date, datetime
from decimal import Decimal
from pathlib import Path

import pyarrow as pa
import pytest

from pipelines import plan, warehouse
from pipelines.plan import Plan, PlanError, load_folder
from pipelines.plan.tables import MAY_BE_ABSENT, TABLES, schema_of
from pipelines.workspace import PROJECT_ROOT, Workspace
from tests.plan import folder


def _content(read: Plan) -> dict[str, list[dict[str, object]]]:
    return {name: table.to_pylist() for name, table in read.tables.items()}


@pytest.fixture
def expected(tmp_path: Path) -> dict[str, list[dict[str, object]]]:
    return _content(load_folder(folder.write(tmp_path / "reference", folder.good())))


def test_cells_are_typed(tmp_path: Path) -> None:
    read = load_folder(folder.write(tmp_path, folder.good()))

    assert {name: table.schema for name, table in read.tables.items()} == {name: schema_of(name) for name in TABLES}
    assert read.tables["meters"].schema.field("multiplier").type == pa.decimal128(38, 12)
    meter, facility = read.rows("meters")[0], read.rows("facilities")[0]
    assert (meter["meter_id"], meter["multiplier"]) == ("00320000000000000001", Decimal("80"))
    assert (meter["interval_minutes"], meter["register_digits"], meter["accuracy_class"]) == (15, None, "")
    assert (facility["is_in_boundary"], facility["is_ets_boundary"]) == (True, None)
    assert (facility["consolidation_share"], facility["valid_to"]) == (Decimal("0.8"), None)
    calibration = read.rows("calibrations")[0]
    assert (calibration["calibrated_on"], calibration["due_on"]) == (date(2024, 3, 1), date(2030, 3, 1))


def test_units_and_fuels_get_the_name_that_the_rules_use(tmp_path: Path) -> None:
    read = load_folder(folder.write(tmp_path, folder.good()))

    assert [row["fuel"] for row in read.rows("streams")] == ["electricity", "bituminous_coal"]
    assert [row["unit"] for row in read.rows("parameters")] == ["kWh", "kWh", "t"]


@pytest.mark.parametrize("encoding", ["utf-8-sig", "gbk", "gb18030", "utf-16"])
def test_encodings(encoding: str, tmp_path: Path, expected: dict[str, list[dict[str, object]]]) -> None:
    assert _content(load_folder(folder.write(tmp_path / encoding, folder.good(), encoding))) == expected


@pytest.mark.parametrize("delimiter", [";", "\t"])
def test_delimiters_blank_lines_and_spaced_headers(
    delimiter: str, tmp_path: Path, expected: dict[str, list[dict[str, object]]]
) -> None:
    folder.write(tmp_path / "plan", folder.good())
    for path in (tmp_path / "plan").glob("*.csv"):
        lines = path.read_text(encoding="utf-8").replace(",", delimiter).splitlines()
        header = delimiter.join(f" {name.upper()} " for name in lines[0].split(delimiter))
        path.write_text("\n".join(["", header, "", *lines[1:], delimiter * 3]), encoding="utf-8")

    assert _content(load_folder(tmp_path / "plan")) == expected


def test_a_workbook_with_typed_cells(tmp_path: Path, expected: dict[str, list[dict[str, object]]]) -> None:
    tables = folder.good()
    tables["facilities"][0] |= {"consolidation_share": 0.8, "is_in_boundary": True, "valid_from": datetime(2023, 1, 1)}
    tables["meters"][0] |= {"multiplier": 80, "interval_minutes": 15.0, "valid_from": date(2023, 1, 1)}
    tables["parameters"][0] |= {"plan_min": 1.5, "plan_max": 2000}
    down = [[name, date(2025, 1, 1) if name == "valid_from" else value] for name, value in folder.VERSION.items()]

    assert _content(load_folder(folder.workbook(tmp_path / "down", tables, down))) == expected
    across = [list(folder.VERSION), list(folder.VERSION.values())]
    assert _content(load_folder(folder.workbook(tmp_path / "across", tables, across))) == expected


def test_a_workbook_with_plan_toml_beside(tmp_path: Path, expected: dict[str, list[dict[str, object]]]) -> None:
    folder.workbook(tmp_path / "plan", folder.good())
    (tmp_path / "plan" / "plan.toml").write_text(folder.toml(folder.VERSION), encoding="utf-8")

    assert _content(load_folder(tmp_path / "plan")) == expected


@pytest.mark.parametrize(
    ("number", "text"), [(0.1 + 0.2, "0.3"), (5e-05, "0.00005"), (123456789012345.0, "123456789012345")]
)
def test_a_number_of_a_workbook_is_what_excel_shows(number: float, text: str, tmp_path: Path) -> None:
    tables = folder.good()
    tables["parameters"][0] |= {"plan_min": number, "plan_max": ""}
    down = [list(pair) for pair in folder.VERSION.items()]

    assert load_folder(folder.workbook(tmp_path, tables, down)).rows("parameters")[0]["plan_min"] == Decimal(text)


def test_tables_that_may_be_absent_come_empty(tmp_path: Path) -> None:
    tables = folder.good()
    tables["controls"][0]["owner_role"] = ""
    read = load_folder(
        folder.write(tmp_path, {name: rows for name, rows in tables.items() if name not in MAY_BE_ABSENT})
    )

    assert [read.tables[name] for name in ("calibrations", "roles")] == [
        schema_of("calibrations").empty_table(),
        schema_of("roles").empty_table(),
    ]


def test_several_versions_and_the_one_in_force(tmp_path: Path) -> None:
    folder.write(tmp_path, folder.good())
    newer = folder.VERSION | {"version": "2026.1", "valid_from": "2026-01-01"}
    older = folder.VERSION | {"valid_to": "2026-01-01"}
    text = "".join(f"[[versions]]  # 版本\n{folder.toml(one)}\n" for one in (newer, older))
    (tmp_path / "plan.toml").write_text(text, encoding="utf-8")

    read = load_folder(tmp_path)

    assert read.version == "2026.1"
    days = (date(2024, 12, 31), date(2025, 1, 1), date(2025, 12, 31), date(2026, 1, 1))
    assert [read.version_on(day) for day in days] == [None, "2025.1", "2025.1", "2026.1"]


def test_rows_may_follow_each_other_in_time(tmp_path: Path) -> None:
    tables = folder.good()
    first = tables["meters"][0]
    tables["meters"] = [
        first | {"valid_to": "2024-05-16"},
        first | {"meter_id": "M2", "valid_from": "2024-05-16"},
    ]
    assert len(load_folder(folder.write(tmp_path, tables)).rows("meters")) == 2


def test_the_tables_are_ready_for_the_warehouse(tmp_path: Path) -> None:
    read = load_folder(folder.write(tmp_path, folder.good()))
    with warehouse.scratch() as connection:
        for name, table in read.tables.items():
            warehouse.write_table(connection, "plan", name, table)
        found = connection.execute("select plan_max, cross_check_parameter_id from plan.parameters").fetchall()
    assert found == [(Decimal("2000.000000000000"), "EL-BILL"), (None, ""), (None, "")]


def test_the_workspace_names_the_folder(tmp_path: Path) -> None:
    workspace = Workspace(tmp_path)
    folder.write(workspace.plan, folder.good())
    assert plan.load(workspace).version == "2025.1"


def test_the_examples_own_plan_has_no_problem() -> None:
    source = PROJECT_ROOT / "pipelines" / "example" / "plan"
    try:
        read = load_folder(source)
    except PlanError as error:
        pytest.fail(str(error))
    assert read.rows("parameters") and read.rows("controls")
