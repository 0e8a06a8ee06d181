"""A sheet's figures as the candidate warehouse that the accounting models read: every figure whole and measured.

It lays down rows; the models that multiply them are those of every build.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from datetime import date
from decimal import Decimal
from pathlib import Path
from typing import Any

import pyarrow as pa

from pipelines import records, rules, warehouse
from pipelines.calculating.sheet import Entry
from pipelines.plan import tables
from pipelines.workspace import Workspace

UPSTREAM = Path(__file__).with_name("upstream.sql")
FOR_EVER = date(1900, 1, 1)
HOURS = Decimal(720)  # of no consequence: every figure stands for its month whole

Row = dict[str, Any]


def lay_down(workspace: Workspace, entries: Sequence[Entry], regimes: Sequence[str], as_of: date) -> None:
    """Fill the workspace's candidate warehouse with rules, a plan of the sheet's streams, and its figures."""
    workspace.candidate.mkdir(parents=True, exist_ok=True)
    with warehouse.writing(workspace.candidate_warehouse) as connection:
        connection.execute(UPSTREAM.read_text(encoding="utf-8"))
        schema = pa.schema([*records.schema_of("load_profile"), pa.field("is_current", pa.bool_())])
        warehouse.write_table(connection, "staging", "stg_load_profiles", schema.empty_table())
        rules.lay_down(connection)
        for name, rows in _plan(entries).items():
            warehouse.write_table(connection, "plan", name, _table(rows, tables.schema_of(name)))
        build = {"as_of": as_of, "first_period": min(entry.month for entry in entries), "time_zone": "Asia/Shanghai"}
        warehouse.write_table(connection, "settings", "build", pa.Table.from_pylist([build]))
        asked = pa.table({"regime": pa.array(list(regimes), pa.string())})
        warehouse.write_table(connection, "settings", "regimes", asked)
        admitted = connection.execute("select * from readings.admitted").to_arrow_table().schema
        warehouse.write_table(connection, "readings", "admitted", _table(_admitted(entries), admitted))


def _plan(entries: Iterable[Entry]) -> dict[str, list[Row]]:
    plan: dict[str, dict[str, Row]] = {"facilities": {}, "streams": {}, "parameters": {}}
    for entry in entries:
        plan["facilities"][entry.region] = {
            **{"facility_id": entry.region, "region_code": entry.region, "valid_from": FOR_EVER},
            **{"is_in_boundary": True, "is_ets_boundary": True, "consolidation_share": Decimal(1)},
            "consolidation_approach": "operational_control",
        }
        plan["streams"][entry.key] = {
            **{"stream_id": entry.key, "facility_id": entry.region, "stream_type": entry.stream_type},
            **{"fuel": entry.subject, "origin": entry.origin, "valid_from": FOR_EVER},
        }
        plan["parameters"][_parameter(entry)] = {
            **{"parameter_id": _parameter(entry), "stream_id": entry.key, "kind": entry.parameter, "unit": entry.unit},
            **{"record_type": "energy_attribute" if entry.proof else "fuel_consumption", "measure": entry.measure},
            **{"role": "account", "frequency": "month", "valid_from": FOR_EVER},
        }
    return {name: list(rows.values()) for name, rows in plan.items()} | {"meters": [], "controls": []}


def _admitted(entries: Iterable[Entry]) -> list[Row]:
    return [
        {
            **{"planned_id": f"{_parameter(entry)}@{entry.row}", "parameter_id": _parameter(entry)},
            **{"stream_id": entry.key, "facility_id": entry.region, "kind": entry.parameter, "role": "account"},
            **{"frequency": "month", "period_start": entry.month, "unit": entry.unit, "basis": "measured"},
            **dict.fromkeys(("quantity", "measured_quantity", "best_estimate", "substitute"), entry.quantity),
            **{"fill_best_estimate": Decimal(0), "fill_substitute": Decimal(0), "failed_controls": ""},
            **{"hours_expected": HOURS, "hours_missing": Decimal(0)},
        }
        for entry in entries
    ]


def _parameter(entry: Entry) -> str:
    return "|".join(part for part in (entry.key, entry.parameter, entry.unit, entry.measure) if part)


def _table(rows: Sequence[Mapping[str, Any]], schema: pa.Schema) -> pa.Table:
    return pa.Table.from_pylist([{field.name: row.get(field.name) for field in schema} for row in rows], schema=schema)
