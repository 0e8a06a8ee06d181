"""Writes a made-up fleet of meters: its workspace, plan and 96-point load curves as CSV. It measures nothing."""

from __future__ import annotations

from datetime import date, timedelta
from pathlib import Path

import duckdb

from pipelines import founding
from pipelines.workspace import Workspace
from tests import plan_writing

FIRST_DAY = date(2025, 1, 1)
METERS_PER_FILE = 100
POINTS = range(1, 97)


def found(root: Path, meters: int, days: int) -> Workspace:
    """A workspace whose plan names `meters` meters, each with one monthly parameter, as plants account."""
    workspace = founding.found(root)
    plan_writing.write_settings(workspace, "bench", ["gbt32150"], FIRST_DAY, FIRST_DAY + timedelta(days=days))
    plan_writing.fill(
        workspace,
        facilities=[plan_writing.facility("F1", "CN-JS", FIRST_DAY)],
        streams=[plan_writing.stream("S1", "F1", "purchased_electricity", "electricity", FIRST_DAY)],
        meters=[_meter(number) for number in range(meters)],
        parameters=[_parameter(number) for number in range(meters)],
        calibrations=[_calibration(number) for number in range(meters)],
    )
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


def _meter(number: int) -> dict[str, object]:
    return {
        "meter_id": f"M{number:06d}",
        "point_id": f"P{number:06d}",
        "name_zh": f"电表{number}",
        "name_en": f"Meter {number}",
        "facility_id": "F1",
        "commodity": "electricity",
        "channel": "active_import",
        "unit": "kWh",
        "multiplier": 1,
        "interval_minutes": 15,
        "rated_per_hour": 2000,
        "accuracy_class": "0.5",
        "maximum_permissible_error": "0.005",
        # every tenth meter is the main meter of the next nine
        "main_point_id": f"P{number - number % 10:06d}" if number % 10 else "",
        "sub_metered_share": "" if number % 10 else "0.5",
        "valid_from": FIRST_DAY,
    }


def _parameter(number: int) -> dict[str, object]:
    return plan_writing.parameter(
        "S1",
        "load_profile",
        f"P{number:06d}",
        "kWh",
        parameter_id=f"A{number:06d}",
        measure="active_import",
        frequency="month",
        plan_min=0,
        plan_max=48000 * 31,
        missing_rule="MD-04",
        calibration_rule="MD-05",
        valid_from=FIRST_DAY,
    )


def _calibration(number: int) -> dict[str, object]:
    return {
        "meter_id": f"M{number:06d}",
        "calibrated_on": "2024-01-01",
        "due_on": "2030-01-01",
        "result": "pass",
        "certificate_number": f"C{number:06d}",
        "laboratory": "计量院",
    }
