"""Two real files as staged rows, parsed here and not by the landing: a steel plant's year and EIA fuel records."""

from __future__ import annotations

import csv
from datetime import date, datetime
from decimal import Decimal
from pathlib import Path
from typing import Any

from tests.accounting.books import Books

STEEL = "steel_gwangyang/Steel_industry_data.csv"
EIA = "eia923_pudl_subset/derived/generation_fuel_eia923_2011_2020.csv"
CHANNELS = {"active_import": ("Usage_kWh", "kWh"), "reported_co2": ("CO2(tCO2)", "tCO2")}
UNITS = {"coal": "short_ton", "gas": "Mcf", "oil": "bbl"}


def write(books: Books, data: Path) -> None:
    """Add both to the books: the steel plant in the plan, the fuel records outside it."""
    books.facility("F-STEEL", "KR")
    books.stream("STEEL-POWER", "purchased_electricity", "electricity", "F-STEEL")
    common = {"stream_id": "STEEL-POWER", "record_type": "load_profile", "source_key": "STEEL-MAIN"}
    books.parameters.append(common | {"parameter_id": "STEEL-AD", "measure": "active_import", "unit": "kWh"})
    reported = {"kind": "reported_emissions", "role": "record", "measure": "reported_co2", "unit": "tCO2"}
    books.parameters.append(common | reported | {"parameter_id": "STEEL-CO2"})
    meter = {"meter_id": "steel", "point_id": "STEEL-MAIN", "facility_id": "F-STEEL", "interval_minutes": 15}
    books.meters.append(meter)
    books.staged["load_profile"] = _steel_days(data / STEEL)
    books.staged["fuel_consumption"] = _fuel_records(data / EIA)


def _steel_days(file: Path) -> list[dict[str, Any]]:
    with file.open(encoding="utf-8-sig", newline="") as text:
        rows = list(csv.DictReader(text))
    days = []
    for day in _batches(rows, 96):
        # the file's own order decides: 96 rows a day, the last stamped 0:00 of the same day
        when = datetime.strptime(day[0]["date"].split()[0], "%d/%m/%Y").date()
        days += [
            {
                "meter_id": "steel",
                "channel": channel,
                "local_date": when,
                "interval_minutes": 15,
                "unit": unit,
                "values": [Decimal(row[column]) for row in day],
                "is_current": True,
            }
            for channel, (column, unit) in CHANNELS.items()
        ]
    return days


def _fuel_records(file: Path) -> list[dict[str, Any]]:
    with file.open(encoding="utf-8", newline="") as text:
        rows = list(csv.DictReader(text))
    return [
        {
            "source_key": f"{row['plant_id_eia']}/{row['energy_source_code']}/{row['prime_mover_code']}",
            "period_start": date.fromisoformat(row["report_date"][:10]),
            "period_end": date.fromisoformat(row["report_date"][:10]),
            "quantity": _decimal(row["fuel_consumed_units"]),
            "unit": UNITS[row["fuel_type_code_pudl"]],
            "heat_content": _decimal(row["fuel_mmbtu_per_unit"]),
            "heat_content_unit": f"mmBtu/{UNITS[row['fuel_type_code_pudl']]}",
            "energy_reported": _decimal(row["fuel_consumed_mmbtu"]),
            "energy_unit": "mmBtu",
            "is_current": True,
        }
        for row in rows
        if row["fuel_type_code_pudl"] in UNITS
    ]


def _decimal(text: str) -> Decimal | None:
    return Decimal(text) if text else None


def _batches(rows: list[dict[str, str]], size: int) -> list[list[dict[str, str]]]:
    return [rows[start : start + size] for start in range(0, len(rows), size)]
