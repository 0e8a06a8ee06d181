"""A small plan without problems, written as a person would keep it; tests spoil a copy. It holds no expectation."""

from __future__ import annotations

import csv
import io
from collections.abc import Mapping, Sequence
from pathlib import Path
from typing import Any

Table = list[dict[str, Any]]

VERSION = {
    "version": "2025.1",
    "valid_from": "2025-01-01",
    "made_on": "2024-12-01",
    "author": "甲",
    "reviewer": "乙",
    "approver": "丙",
    "reason": "首次 / first",
}


def good() -> dict[str, Table]:
    """Every table with a row or two."""
    since = {"valid_from": "2023-01-01", "valid_to": ""}
    names = {"name_zh": "名", "name_en": "name"}
    electricity = {"kind": "activity_data", "unit": "kWh", "frequency": "month", **names, **since}
    return {
        "facilities": [
            {"facility_id": "F1", **names, "consolidation_share": "0.8", "region_code": "CN-JS", "is_in_boundary": "是"}
            | {"boundary_reason": "", **since}
        ],
        "streams": [
            {"stream_id": "S-EL", "facility_id": "F1", **names, "stream_type": "purchased_electricity"}
            | {"fuel": "electricity", "origin": "purchased", **since},
            {"stream_id": "S-COAL", "facility_id": "F1", **names, "stream_type": "stationary_combustion"}
            | {"fuel": "烟煤", "origin": "purchased", **since},
        ],
        "meters": [
            {"meter_id": "00320000000000000001", "point_id": "PT-1", **names, "facility_id": "F1", "unit": "kWh"}
            | {"channel": "active_import", "multiplier": "80", "interval_minutes": "15", **since},
        ],
        "parameters": [
            {"parameter_id": "EL", "stream_id": "S-EL", "record_type": "load_profile", "source_key": "PT-1"}
            | {"measure": "active_import", "role": "account", "plan_min": "1.5", "plan_max": "2000", **electricity}
            | {"cross_check_parameter_id": "EL-BILL", "cross_check_tolerance": "0.01", "missing_rule": "MD-07"},
            {"parameter_id": "EL-BILL", "stream_id": "S-EL", "record_type": "utility_bill", "source_key": "A-1"}
            | {"measure": "", "role": "cross_check", **electricity},
            {"parameter_id": "COAL", "stream_id": "S-COAL", "record_type": "stock_movement", "source_key": "F1/M1"}
            | {"measure": "consumption", "role": "account", **electricity, "unit": "吨"},
        ],
        "calibrations": [
            {
                "meter_id": "00320000000000000001",
                "calibrated_on": "2024/3/1",
                "due_on": "2030年3月1日",
                "result": "pass",
            }
        ],
        "controls": [
            {
                "control_id": "DQ10",
                **names,
                "door": "entry",
                "severity": "E",
                "enforced_by": "suite",
                "owner_role": "R1",
            }
        ],
        "roles": [{"role_id": "R1", **names, "duty": "recorder"}],
    }


def columns(rows: Table) -> list[str]:
    """Every column that a row of the table names, in order of appearance."""
    return list(dict.fromkeys(name for row in rows for name in row))


def csv_text(rows: Table, header: Sequence[str] | None = None) -> str:
    """The table as CSV text."""
    text = io.StringIO(newline="")
    writer = csv.DictWriter(text, header or columns(rows), restval="", lineterminator="\r\n")
    writer.writeheader()
    writer.writerows(rows)
    return text.getvalue()


def write(
    folder: Path, tables: Mapping[str, Table], encoding: str = "utf-8", version: Mapping[str, str] = VERSION
) -> Path:
    """The plan as plan.toml and a CSV per table in `folder`; returns the folder."""
    folder.mkdir(parents=True, exist_ok=True)
    for name, rows in tables.items():
        (folder / f"{name}.csv").write_bytes(csv_text(rows).encode(encoding))
    (folder / "plan.toml").write_text(toml(version), encoding="utf-8")
    return folder


def toml(version: Mapping[str, str]) -> str:
    """One version as TOML: dates bare, texts quoted."""
    dates = ("valid_from", "valid_to", "made_on")
    quoted = {name: value if name in dates else f'"{value}"' for name, value in version.items()}
    return "".join(f"{name} = {value}\n" for name, value in quoted.items())


def workbook(folder: Path, tables: Mapping[str, Table], plan_sheet: Sequence[Sequence[Any]] | None = None) -> Path:
    """The plan as one plan.xlsx; returns the folder. `plan_sheet`: the rows of sheet `plan`, None for none."""
    import openpyxl

    folder.mkdir(parents=True, exist_ok=True)
    book = openpyxl.Workbook()
    book.active.title = "说明"
    book.active["A1"] = "这一页不是表 / this sheet is no table"
    for name, rows in tables.items():
        sheet, header = book.create_sheet(name), columns(rows)
        sheet.append(header)
        for row in rows:
            sheet.append([row.get(column) or None for column in header])
    if plan_sheet is not None:
        sheet = book.create_sheet("plan")
        for row in plan_sheet:
            sheet.append(list(row))
    book.save(folder / "plan.xlsx")
    return folder
