"""Reads the example's files again with nothing but csv, json and openpyxl. It shares no code with what wrote them."""

from __future__ import annotations

import csv
import io
from collections import defaultdict
from collections.abc import Iterator
from datetime import date, datetime
from decimal import Decimal
from itertools import pairwise
from pathlib import Path
from typing import Any

from openpyxl import load_workbook

Months = dict[str, Decimal]


def delimited(file: Path) -> list[list[str]]:
    """Every row of a CSV file, GBK or UTF-8."""
    content = file.read_bytes()
    try:
        text = content.decode("utf-8-sig")
    except UnicodeDecodeError:
        text = content.decode("gb18030")
    return list(csv.reader(io.StringIO(text, newline="")))


def sheets(file: Path) -> dict[str, list[tuple[Any, ...]]]:
    """Every row of every sheet."""
    book = load_workbook(file, read_only=False, data_only=True)
    return {sheet.title: list(sheet.iter_rows(values_only=True)) for sheet in book.worksheets}


def number(cell: Any) -> Decimal:
    """A cell as a decimal: text with thousands commas, or a number."""
    return Decimal(str(cell).replace(",", ""))


def day(cell: Any) -> date:
    """A cell as a date: ISO text, or a date cell."""
    return cell.date() if isinstance(cell, datetime) else date.fromisoformat(cell)


def curves(inbox: Path) -> dict[tuple[str, str, str], list[Decimal | None]]:
    """(meter, data type, day) → 96 mean kW, the newest file's; every curve file read in the order of its name."""
    found: dict[tuple[str, str, str], list[Decimal | None]] = {}
    for file in sorted(inbox.glob("*用电负荷曲线*.csv")):
        for row in delimited(file)[1:]:
            found[row[0], row[2], row[1]] = [Decimal(cell) if cell else None for cell in row[3:]]
    return found


def curve_months(inbox: Path, meter: str, data_type: str) -> Months:
    """MWh by month of one register, whatever points came."""
    months: Months = defaultdict(Decimal)
    for (found_meter, found_type, found_day), points in curves(inbox).items():
        if (found_meter, found_type) == (meter, data_type):
            months[found_day[:7]] += sum((point for point in points if point is not None), Decimal(0)) / 4 / 1000
    return months


def register_readings(inbox: Path) -> Iterator[tuple[str, datetime, Decimal, Decimal, int, str]]:
    """Meter, instant, register, multiplier, digits, event; 24:00 is the next day's 0:00."""
    for file in sorted(inbox.glob("*能源计量抄表*.csv")):
        for meter, at, register, multiplier, digits, event, _unit in delimited(file)[1:]:
            midnight = at.endswith("24:00")
            instant = datetime.fromisoformat(at.replace("24:00", "00:00"))
            if midnight:
                instant = datetime.fromordinal(instant.toordinal() + 1)
            yield meter, instant, Decimal(register), Decimal(multiplier), int(digits), event


def register_months(inbox: Path, *meters: str) -> Months:
    """Month → quantity of one point whose meters followed one another; an interval counts where it begins."""
    months: Months = defaultdict(Decimal)
    for meter in meters:
        readings = sorted(r for r in register_readings(inbox) if r[0] == meter)
        for before, after in pairwise(readings):
            advance = after[2] - before[2]
            if advance < 0:
                advance += 10 ** before[4]
            months[before[1].strftime("%Y-%m")] += advance * before[3]
    return months


def kingdee(inbox: Path) -> list[list[str]]:
    """Every ledger line of the foundry, month as 2023-01 first."""
    lines = []
    for file in sorted(inbox.glob("*物料收发汇总表*.csv")):
        for row in delimited(file)[3:]:
            if row[0].endswith("月"):
                year, month = row[0].removesuffix("月").split("年")
                lines.append([f"{year}-{int(month):02d}", *row[1:]])
    return lines


def yonyou(inbox: Path) -> dict[tuple[str, str], list[Any]]:
    """(month, material) → the newest ledger line of the electronics plant."""
    lines = {}
    for file in sorted(inbox.glob("*收发存汇总表*.xlsx")):
        for rows in sheets(file).values():
            for row in rows[4:]:
                if row[0] != "合计":
                    lines[row[0], row[1]] = list(row)
    return lines


def movements(inbox: Path) -> list[tuple[Any, ...]]:
    """Every goods movement of SAP's list."""
    return [row for file in sorted(inbox.glob("*MB51*.xlsx")) for row in sheets(file)["Sheet1"][1:]]


def bills(inbox: Path) -> list[tuple[str, date, date, Decimal, str]]:
    """Account, first day, last day (inclusive), quantity, unit."""
    rows: list[Any] = []
    for file in sorted(inbox.glob("*账单*")):
        rows += delimited(file)[1:] if file.suffix == ".csv" else sheets(file)["账单"][1:]
    return [(row[0], day(row[2]), day(row[3]), number(row[4]), row[5]) for row in rows]
