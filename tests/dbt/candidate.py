"""A candidate warehouse made of a few rows, and dbt run on it. It holds no expectation."""

from __future__ import annotations

import os
import subprocess
import sys
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from decimal import Decimal
from pathlib import Path
from typing import Any

import pyarrow as pa

from pipelines import closing, deciding, rules, warehouse
from pipelines.plan import tables as plan_tables
from pipelines.workspace import DBT_PROJECT_DIR, PROJECT_ROOT

Rows = Sequence[Mapping[str, Any]]

DEFAULTS: dict[str, dict[str, Any]] = {
    "meters": {"channel": "active_import", "unit": "kWh"},
    "streams": {"facility_id": "F1", "stream_type": "purchased_electricity", "fuel": "electricity"},
    "parameters": {
        **{"stream_id": "S1", "kind": "activity_data", "unit": "kWh", "role": "account", "frequency": "month"},
    },
}


@dataclass(frozen=True)
class Candidate:
    """A warehouse file and where dbt keeps what it makes of it."""

    file: Path

    def run(self, *arguments: str) -> None:
        """Invoke dbt in a process of its own (in this one it leaves sockets open); fails with dbt's own messages."""
        folders = ["--project-dir", DBT_PROJECT_DIR, "--profiles-dir", DBT_PROJECT_DIR]
        logs = ["--log-path", self.file.parent / "logs"]
        command = [sys.executable, "-m", "tests.dbt.running", self.file.parent / "target", *arguments, *folders, *logs]
        variables = {"TANKU_CANDIDATE": str(self.file), "GX_ANALYTICS_ENABLED": "false"}
        environment = os.environ | variables | {"PYTHONPATH": str(PROJECT_ROOT)}
        done = subprocess.run(
            list(map(str, command)), capture_output=True, text=True, env=environment, cwd=PROJECT_ROOT, check=False
        )
        assert done.returncode == 0, done.stdout + done.stderr

    def ask(self, query: str) -> list[tuple[Any, ...]]:
        """The rows of a query on the closed warehouse."""
        with warehouse.reading(self.file) as connection:
            return connection.execute(query).fetchall()


def lay_down(
    folder: Path,
    lake: Mapping[str, Rows],
    plan: Mapping[str, Rows],
    as_of: date,
    first_period: date,
) -> Candidate:
    """Write lake, archive, plan and settings as the build does, from rows whose unnamed columns are defaults or null."""
    file = folder / "warehouse.duckdb"
    with warehouse.writing(file) as connection:
        for name, schema in warehouse.lake_schemas().items():
            warehouse.write_table(connection, "lake", name, _lake_table(lake.get(name, []), schema))
        closing.lay_nothing(connection)
        rules.lay_down(connection)
        for name, schema in deciding.TABLES.items():
            warehouse.write_table(connection, "decisions", name, schema.empty_table())
        for name in plan_tables.TABLES:
            warehouse.write_table(connection, "plan", name, _plan_table(name, plan.get(name, [])))
        warehouse.write_table(connection, "archive", "deliveries", _deliveries(lake))
        build = {"as_of": as_of, "first_period": first_period, "time_zone": "Asia/Shanghai", "plan_version": "1"}
        build |= {"name_zh": "试验厂", "name_en": "Test works"}
        warehouse.write_table(connection, "settings", "build", pa.Table.from_pylist([build]))
        regimes = pa.table({"regime": ["gbt32150", "ghgp_location"]})
        warehouse.write_table(connection, "settings", "regimes", regimes)
        price = pa.schema([("price_cny_per_t", pa.decimal128(10, 2)), ("price_date", pa.date32())])
        warehouse.write_table(connection, "settings", "allowance", price.empty_table())
    return Candidate(file)


def _lake_table(rows: Rows, schema: pa.Schema) -> pa.Table:
    filled = []
    for number, row in enumerate(rows, start=2):
        seq = row.get("received_seq", 1)
        lineage = {"file_sha256": f"{seq:064x}", "sheet": "", "row_first": number, "row_last": number, "feed": "test"}
        filled.append({**lineage, "received_seq": seq, **row})
    return _table(filled, schema)


def _plan_table(name: str, rows: Rows) -> pa.Table:
    """As the plan is read: text is never null, and whatever has a validity is valid from some day on."""
    schema = plan_tables.schema_of(name)
    empty = {field.name: "" for field in schema if pa.types.is_string(field.type)}
    always = {"valid_from": date(2000, 1, 1)} if "valid_from" in schema.names else {}
    return _table([{**empty, **always, **DEFAULTS.get(name, {}), **row} for row in rows], schema)


def _table(rows: Rows, schema: pa.Schema) -> pa.Table:
    unknown = {key for row in rows for key in row} - set(schema.names)
    assert not unknown, f"no such column: {unknown}"
    complete = [{field.name: _exact(row.get(field.name), field.type) for field in schema} for row in rows]
    return pa.Table.from_pylist(complete, schema=schema)


def _exact(value: Any, kind: pa.DataType) -> Any:
    """Numbers in tests are written as text or whole numbers, never as floating point."""
    assert not isinstance(value, float), value
    if value is None:
        return None
    if pa.types.is_decimal(kind):
        return Decimal(value)
    if pa.types.is_list(kind):
        return [_exact(one, kind.value_type) for one in value]
    return value


def _deliveries(lake: Mapping[str, Rows]) -> pa.Table:
    seqs = sorted({row.get("received_seq", 1) for rows in lake.values() for row in rows})
    schema = pa.schema(
        [
            ("received_seq", pa.int64()),
            ("file_sha256", pa.string()),
            ("file_name", pa.string()),
            ("byte_count", pa.int64()),
            ("received_at", pa.timestamp("us")),
            ("event", pa.string()),
            ("first_seq", pa.int64()),
            ("reason", pa.string()),
        ]
    )
    rows = [{"received_seq": seq, "file_sha256": f"{seq:064x}", "event": "received", "first_seq": seq} for seq in seqs]
    return _table(rows, schema)
