"""A candidate warehouse made of a few rows, and dbt run on it in this process. It holds no expectation."""

from __future__ import annotations

import os
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from decimal import Decimal
from pathlib import Path
from typing import Any

import pyarrow as pa

from pipelines import records, warehouse
from pipelines.workspace import DBT_PROJECT_DIR

Rows = Sequence[Mapping[str, Any]]

TEXT, DAY, NUMBER, WHOLE, FLAG = pa.string(), pa.date32(), pa.decimal128(38, 12), pa.int32(), pa.bool_()

PLAN: dict[str, dict[str, pa.DataType]] = {
    "facilities": {
        **dict.fromkeys(["facility_id", "name_zh", "name_en", "legal_entity", "credit_code"], TEXT),
        **{"consolidation_approach": TEXT, "consolidation_share": NUMBER, "region_code": TEXT, "is_in_boundary": FLAG},
        **{"boundary_reason": TEXT, "is_ets_boundary": FLAG, "estimated_tco2e": NUMBER},
        **{"valid_from": DAY, "valid_to": DAY},
    },
    "streams": {
        **dict.fromkeys(["stream_id", "facility_id", "name_zh", "name_en", "stream_type", "fuel", "origin"], TEXT),
        **{"valid_from": DAY, "valid_to": DAY},
    },
    "meters": {
        **dict.fromkeys(["meter_id", "point_id", "name_zh", "name_en", "facility_id", "commodity", "channel"], TEXT),
        **{"unit": TEXT, "multiplier": NUMBER, "register_digits": WHOLE, "interval_minutes": WHOLE},
        **{"rated_per_hour": NUMBER, "accuracy_class": TEXT, "maximum_permissible_error": NUMBER, "position": TEXT},
        **{"valid_from": DAY, "valid_to": DAY},
    },
    "parameters": {
        **dict.fromkeys(["parameter_id", "stream_id", "name_zh", "name_en", "kind", "record_type", "source_key"], TEXT),
        **{"measure": TEXT, "unit": TEXT, "role": TEXT, "frequency": TEXT, "plan_min": NUMBER, "plan_max": NUMBER},
        **{"missing_rule": TEXT, "cross_check_parameter_id": TEXT, "cross_check_tolerance": NUMBER},
        **{"uncertainty": NUMBER, "responsible_department": TEXT, "review_department": TEXT},
        **{"valid_from": DAY, "valid_to": DAY},
    },
    "calibrations": {
        **{"meter_id": TEXT, "calibrated_on": DAY, "due_on": DAY, "result": TEXT, "as_found_error": NUMBER},
        **{"certificate_number": TEXT, "laboratory": TEXT},
    },
    "controls": {
        **dict.fromkeys(["control_id", "name_zh", "name_en", "clause", "door", "severity", "enforced_by"], TEXT),
        **{"tolerance": NUMBER, "treatment_zh": TEXT, "treatment_en": TEXT, "owner_role": TEXT},
        **{"message_zh": TEXT, "message_en": TEXT},
    },
    "roles": dict.fromkeys(["role_id", "name_zh", "name_en", "department", "person", "duty"], TEXT),
    "versions": {
        **{"version": TEXT, "valid_from": DAY, "valid_to": DAY, "made_on": DAY, "author": TEXT, "reviewer": TEXT},
        **{"approver": TEXT, "reason": TEXT},
    },
}

DEFAULTS: dict[str, dict[str, Any]] = {
    "meters": {"channel": "active_import", "unit": "kWh"},
    "streams": {"facility_id": "F1", "stream_type": "purchased_electricity", "fuel": "electricity"},
    "parameters": {
        **{"stream_id": "S1", "kind": "activity_data", "measure": "", "unit": "kWh", "role": "account"},
        **{"frequency": "month", "missing_rule": "", "cross_check_parameter_id": ""},
    },
}


@dataclass(frozen=True)
class Candidate:
    """A warehouse file and where dbt keeps what it makes of it."""

    file: Path

    def run(self, *arguments: str) -> Any:
        """Invoke dbt in this process; fails with dbt's own messages."""
        from dbt.adapters.duckdb.connections import DuckDBConnectionManager
        from dbt.cli.main import dbtRunner

        os.environ["TANKU_CANDIDATE"] = str(self.file)
        folders = ["--project-dir", str(DBT_PROJECT_DIR), "--profiles-dir", str(DBT_PROJECT_DIR)]
        outputs = ["--target-path", str(self.file.parent / "target"), "--log-path", str(self.file.parent / "logs")]
        flags = ["--no-send-anonymous-usage-stats", "--quiet", "--no-version-check"]
        outcome = dbtRunner().invoke([*flags, *arguments, *folders, *outputs])
        DuckDBConnectionManager.close_all_connections()
        assert outcome.exception is None, outcome.exception
        failed = [f"{one.node.name}: {one.message}" for one in outcome.result.results if one.status in BROKEN]
        assert not failed, "\n".join(failed)
        return outcome.result

    def ask(self, query: str) -> list[tuple[Any, ...]]:
        """The rows of a query on the closed warehouse."""
        with warehouse.reading(self.file) as connection:
            return connection.execute(query).fetchall()


BROKEN = {"error", "fail", "runtime error"}


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
        for name, columns in PLAN.items():
            rows = [DEFAULTS.get(name, {}) | dict(row) for row in plan.get(name, [])]
            warehouse.write_table(connection, "plan", name, _table(rows, pa.schema(list(columns.items()))))
        warehouse.write_table(connection, "archive", "deliveries", _deliveries(lake))
        build = {"as_of": as_of, "first_period": first_period, "time_zone": "Asia/Shanghai", "plan_version": "1"}
        build |= {"name_zh": "试验厂", "name_en": "Test works"}
        warehouse.write_table(connection, "settings", "build", pa.Table.from_pylist([build]))
        regimes = pa.table({"regime": ["gbt32150", "ghgp_location"]})
        warehouse.write_table(connection, "settings", "regimes", regimes)
    return Candidate(file)


def _lake_table(rows: Rows, schema: pa.Schema) -> pa.Table:
    filled = []
    for number, row in enumerate(rows, start=2):
        seq = row.get("received_seq", 1)
        lineage = {"file_sha256": f"{seq:064x}", "sheet": "", "row_first": number, "row_last": number, "feed": "test"}
        filled.append({**lineage, "received_seq": seq, **row})
    return _table(filled, schema)


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
