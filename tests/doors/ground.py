"""The tables that the doors judge, made by hand in a DuckDB. It holds no expectation."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from datetime import date
from pathlib import Path
from typing import Any

import duckdb
import yaml

from pipelines import doors

QUANTITY = "decimal(38, 12)"
TABLES: dict[str, dict[str, str]] = {
    "plan.controls": {
        **dict.fromkeys(["control_id", "name_zh", "name_en", "door", "severity", "enforced_by"], "varchar"),
        **{"message_zh": "varchar", "message_en": "varchar"},
    },
    "plan.parameters": dict.fromkeys(
        ["parameter_id", "kind", "record_type", "source_key", "measure", "role"], "varchar"
    ),
    "plan.versions": dict.fromkeys(["version", "author", "reviewer", "approver"], "varchar"),
    "plan.streams": {"stream_id": "varchar", "valid_from": "date", "valid_to": "date"},
    "settings.build": {"as_of": "date", "first_period": "date"},
    "readings.planned": {
        **dict.fromkeys(["planned_id", "parameter_id", "stream_id", "facility_id", "role"], "varchar"),
        **{"period_start": "date", "period_end": "date", "quantity": QUANTITY, "hours_missing": "decimal(18, 3)"},
        **{"plan_min": QUANTITY, "plan_max": QUANTITY, "is_calibrated": "boolean", "calibration_due_on": "date"},
        **{"cross_check_gap": QUANTITY, "cross_check_tolerance": QUANTITY, "plan_version": "varchar"},
    },
    "readings.unplanned": dict.fromkeys(["record_type", "source_key", "measure"], "varchar"),
    "readings.stock_balances": {
        **{"row_key": "varchar", "facility_id": "varchar", "material_code": "varchar", "month": "date"},
        **{"imbalance_absolute": QUANTITY, "tolerance_quantity": QUANTITY},
    },
    "accounting.emissions": {
        **dict.fromkeys(["emission_id", "regime", "facility_id", "stream_id", "error_code"], "varchar"),
        **{"month": "date", "emissions_tco2e": "decimal(38, 6)"},
    },
    "accounting.factors_in_force": {
        **dict.fromkeys(["regime", "term", "gas", "subject", "stream_type", "region_code", "dimension"], "varchar"),
        **{"month": "date", "factor_id": "varchar", "error_code": "varchar"},
    },
    "doors.annual_coverage": {
        **{"coverage_id": "varchar", "facility_id": "varchar", "stream_id": "varchar", "period_start": "date"},
        **{"months_expected": "bigint", "months_present": "bigint"},
    },
}
ENTRY = ("readings.planned", "readings.unplanned", "readings.stock_balances", "plan.versions")
EXIT = ("accounting.emissions", "accounting.factors_in_force", "doors.annual_coverage")
# A planned reading that no control finds fault with; each test spoils what it is about.
GOOD = {
    **{"parameter_id": "P1", "stream_id": "S1", "facility_id": "F1", "role": "account"},
    **{"period_start": date(2025, 1, 1), "period_end": date(2025, 2, 1), "quantity": "50", "hours_missing": 0},
    **{"plan_min": "10", "plan_max": "100", "is_calibrated": True, "calibration_due_on": date(2026, 1, 1)},
    **{"cross_check_gap": "0.001", "cross_check_tolerance": "0.01", "plan_version": "1"},
}


def lay(connection: duckdb.DuckDBPyConnection) -> None:
    """Every table, empty."""
    for table, columns in TABLES.items():
        connection.execute(f"create schema if not exists {table.split('.')[0]}")
        connection.execute(f"create table {table} ({', '.join(f'{name} {kind}' for name, kind in columns.items())})")


def put(connection: duckdb.DuckDBPyConnection, table: str, rows: Iterable[Mapping[str, Any]]) -> None:
    """Rows into a table; a column that a row does not name is null, one that the table does not know is an error."""
    columns = list(TABLES[table])
    listed = [dict(row) for row in rows]
    unknown = {name for row in listed for name in row} - set(columns)
    assert not unknown, f"{table} has no {unknown}"
    marks = ", ".join("?" * len(columns))
    if listed:
        connection.executemany(
            f"insert into {table} values ({marks})", [[row.get(c) for c in columns] for row in listed]
        )


def plan_controls(connection: duckdb.DuckDBPyConnection, *control_ids: str, **given: str) -> None:
    """Controls of the plan; `given`: door, severity, enforced_by other than entry, E, suite."""
    columns = {
        "door": "entry",
        "severity": "E",
        "enforced_by": "suite",
        "message_zh": "错",
        "message_en": "wrong",
    } | given
    put(connection, "plan.controls", [{"control_id": one, **columns} for one in control_ids])


def planned(count: int, prefix: str, **spoiled: Any) -> list[dict[str, Any]]:
    """`count` planned readings, good but for what is spoiled."""
    return [GOOD | {"planned_id": f"{prefix}{number}"} | spoiled for number in range(count)]


def write_suite(folder: Path, table: str, expectations: Sequence[Mapping[str, Any]], **content: Any) -> None:
    """A suite file as a person would write it."""
    text = yaml.safe_dump({"table": table, **content, "expectations": list(expectations)}, allow_unicode=True)
    (folder / f"{table}.yml").write_text(text, encoding="utf-8")


def judged(
    connection: duckdb.DuckDBPyConnection, door: str, tables: Sequence[str], folder: Path | None = None
) -> duckdb.DuckDBPyConnection:
    """The door's rows as table `verdicts`, to ask."""
    result = doors.judge(connection, door, tables, folder) if folder else doors.judge(connection, door, tables)
    result.create("verdicts")
    return connection


def controls(connection: duckdb.DuckDBPyConnection) -> dict[str, tuple[str, int]]:
    """Each control's status and failing rows, as the door says."""
    rows = connection.execute(
        "select control_id, status, unexpected_count from verdicts where record_kind = 'control'"
    ).fetchall()
    assert len(rows) == len({row[0] for row in rows})
    return {control_id: (status, count) for control_id, status, count in rows}
