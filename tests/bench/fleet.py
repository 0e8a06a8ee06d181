"""Writes a made-up fleet of meters: its workspace, plan and 96-point load curves as CSV. It measures nothing."""

from __future__ import annotations

import csv
from datetime import date, timedelta
from pathlib import Path

import duckdb

from pipelines import founding
from pipelines.workspace import Workspace

FIRST_DAY = date(2025, 1, 1)
METERS_PER_FILE = 100
POINTS = range(1, 97)

SETTINGS = """\
[enterprise]
name_zh = "测速企业"
name_en = "Bench enterprise"
time_zone = "Asia/Shanghai"
[build]
regimes = ["gbt32150"]
first_period = {first}
as_of = {as_of}
"""

ONE_ROW_TABLES = {
    "facilities": {
        "facility_id": "F1",
        "name_zh": "工厂",
        "name_en": "Plant",
        "legal_entity": "测速企业",
        "credit_code": "91320100MA00000000",
        "consolidation_approach": "operational_control",
        "consolidation_share": "1",
        "region_code": "CN-JS",
        "is_in_boundary": "true",
        "is_ets_boundary": "false",
        "valid_from": "2020-01-01",
    },
    "streams": {
        "stream_id": "S1",
        "facility_id": "F1",
        "name_zh": "外购电力",
        "name_en": "Purchased electricity",
        "stream_type": "purchased_electricity",
        "fuel": "electricity",
        "origin": "purchased",
        "valid_from": "2020-01-01",
    },
}


def found(root: Path, meters: int, days: int) -> Workspace:
    """A workspace whose plan names `meters` meters, each with one daily parameter."""
    workspace = founding.found(root)
    as_of = FIRST_DAY + timedelta(days=days)
    workspace.settings_file.write_text(SETTINGS.format(first=FIRST_DAY, as_of=as_of), encoding="utf-8")
    rows = {
        **{name: [row] for name, row in ONE_ROW_TABLES.items()},
        "meters": [_meter(number) for number in range(meters)],
        "parameters": [_parameter(number) for number in range(meters)],
        "calibrations": [_calibration(number) for number in range(meters)],
    }
    for name, table in rows.items():
        _fill(workspace.plan / f"{name}.csv", table)
    return workspace


def write_curves(workspace: Workspace, meters: int, days: int) -> list[Path]:
    """The fleet's curves in the inbox, mean kW with three decimals, one file per hundred meters."""
    points = ", ".join(f"((hash(meter, day, {point}) % 1000000) / 1000)::decimal(9, 3) as P{point}" for point in POINTS)
    files = []
    for start in range(0, meters, METERS_PER_FILE):
        file = workspace.inbox / f"curves_{start:05d}.csv"
        stop = min(start + METERS_PER_FILE, meters)
        duckdb.sql(f"""
            copy (
                select 'M' || lpad(meter::varchar, 6, '0') as ASSET_NO,
                    (date '{FIRST_DAY}' + day::int)::date as DATA_DATE, 1 as DATA_TYPE, {points}
                from range({start}, {stop}) m(meter), range({days}) d(day)
            ) to '{file}' (header)
        """)
        files.append(file)
    return files


def _meter(number: int) -> dict[str, str]:
    return {
        "meter_id": f"M{number:06d}",
        "point_id": f"P{number:06d}",
        "name_zh": f"电表{number}",
        "name_en": f"Meter {number}",
        "facility_id": "F1",
        "commodity": "electricity",
        "channel": "active_import",
        "unit": "kWh",
        "multiplier": "1",
        "interval_minutes": "15",
        "rated_per_hour": "2000",
        "valid_from": "2020-01-01",
    }


def _parameter(number: int) -> dict[str, str]:
    return {
        "parameter_id": f"A{number:06d}",
        "stream_id": "S1",
        "name_zh": "外购电量",
        "name_en": "Electricity purchased",
        "kind": "activity_data",
        "record_type": "load_profile",
        "source_key": f"P{number:06d}",
        "measure": "active_import",
        "unit": "kWh",
        "role": "account",
        "frequency": "day",
        "plan_min": "0",
        "plan_max": "48000",
        "missing_rule": "MD-04",
        "valid_from": "2020-01-01",
    }


def _calibration(number: int) -> dict[str, str]:
    return {
        "meter_id": f"M{number:06d}",
        "calibrated_on": "2024-01-01",
        "due_on": "2030-01-01",
        "result": "pass",
        "certificate_number": f"C{number:06d}",
        "laboratory": "计量院",
    }


def _fill(file: Path, rows: list[dict[str, str]]) -> None:
    """Rows under the header that the blank plan already has."""
    with file.open(encoding="utf-8-sig", newline="") as blank:
        columns = next(csv.reader(blank))
    with file.open("w", encoding="utf-8", newline="") as full:
        writer = csv.DictWriter(full, columns, restval="")
        writer.writeheader()
        writer.writerows(rows)
