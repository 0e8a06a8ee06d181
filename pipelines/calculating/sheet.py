"""The sheet that `tanku calculate` reads: its columns, and every cell checked. It computes nothing.

One row is one figure: an amount of activity, or a measured term of it. Rows with the same key are one source stream.
"""

from __future__ import annotations

import difflib
import re
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import date
from decimal import Decimal
from pathlib import Path

from pipelines import rules, sheets, units
from pipelines.plan.tables import VOCABULARIES
from pipelines.sheets import SheetError

REQUIRED = ("sector", "stream", "parameter", "quantity", "unit", "date")
OPTIONAL = ("key", "material", "technology", "region", "origin", "measure", "proof")
NUMBER = re.compile(r"[+-]?\d+(\.\d+)?")
DATE = re.compile(r"(\d{4})-(\d{1,2})(-\d{1,2})?")


@dataclass(frozen=True)
class Entry:
    """A figure of the sheet. row: as a person counts, the header being 1. subject: the stream's material or technology."""

    row: int
    key: str
    sector: str
    stream_type: str
    subject: str
    origin: str
    region: str
    parameter: str
    quantity: Decimal
    unit: str
    month: date
    measure: str
    proof: str


def read(file: Path) -> list[Entry]:
    """The sheet's figures in order; raises SheetError that lists everything wrong with it."""
    problems: list[str] = []
    entries = [_entry(row, number, problems) for number, row in sheets.read(file, REQUIRED, OPTIONAL)]
    found = [entry for entry in entries if entry is not None]
    problems += _torn_streams(found)
    if not entries:
        problems.append("没有数据行 / there is no row below the header")
    if problems:
        raise SheetError("\n".join(f"{file.name} {problem}" for problem in problems))
    return found


def _entry(row: dict[str, str], number: int, problems: list[str]) -> Entry | None:
    cells = {name: (row.get(name) or "").strip() for name in (*REQUIRED, *OPTIONAL)}
    before = len(problems)
    stream = _known(cells["stream"], _column("stream_types", "stream_type"), number, "stream", problems)
    parameter = _known(cells["parameter"], _column("parameter_kinds", "kind"), number, "parameter", problems)
    origin = _known(cells["origin"] or "purchased", VOCABULARIES["origin"], number, "origin", problems)
    subject = _subject(cells, number, problems)
    unit = units.unit_of(cells["unit"])
    if unit is None:
        problems.append(_wrong(number, "unit", cells["unit"], "已知单位 / a known unit"))
    problems += _unfit_quantity(cells, number)
    month = _month(cells["date"])
    if month is None:
        problems.append(_wrong(number, "date", cells["date"], "YYYY-MM-DD 或 YYYY-MM / or YYYY-MM"))
    if len(problems) > before or unit is None or month is None:
        return None
    key = cells["key"] or "/".join(part for part in (cells["sector"], stream, subject, cells["region"]) if part)
    return Entry(
        *(number, key, cells["sector"], stream, subject, origin, cells["region"] or "CN", parameter),
        *(Decimal(cells["quantity"]), unit.name, month, cells["measure"], cells["proof"]),
    )


def _unfit_quantity(cells: dict[str, str], number: int) -> list[str]:
    """What forbids the figure by itself: no number, an amount below nothing, a share beyond the whole."""
    written = cells["quantity"]
    if not NUMBER.fullmatch(written):
        return [_wrong(number, "quantity", written, "数字，如 1234.5 / a number like 1234.5")]
    if cells["parameter"] == "activity_data" and Decimal(written) < 0:
        return [_wrong(number, "quantity", written, "活动数据不为负 / an amount of activity not below 0")]
    if cells["unit"] == "%" and not 0 <= Decimal(written) <= 100:
        return [_wrong(number, "quantity", written, "0 至 100 的百分数 / a percentage from 0 to 100")]
    return []


def _subject(cells: dict[str, str], number: int, problems: list[str]) -> str:
    """The material's one name in the house, else the technology as written."""
    if not cells["material"]:
        return cells["technology"]
    fuel = units.fuel_of(cells["material"])
    if fuel is None:
        nearest = _nearest(cells["material"], _column("fuels", "fuel"))
        problems.append(_wrong(number, "material", cells["material"], f"已知物料 / a known material: {nearest}"))
        return ""
    return fuel.code


def _known(value: str, allowed: Sequence[str], number: int, column: str, problems: list[str]) -> str:
    if value not in allowed:
        problems.append(_wrong(number, column, value, f"之一 / one of: {_nearest(value, allowed)}"))
    return value


def _month(text: str) -> date | None:
    found = DATE.fullmatch(text)
    if not found or not 1 <= int(found[2]) <= 12:
        return None
    return date(int(found[1]), int(found[2]), 1)


def _wrong(number: int, column: str, found: str, expected: str) -> str:
    return f"第 {number} 行 {column}：“{found}”，应为 {expected} (row {number})"


def _nearest(value: str, allowed: Sequence[str]) -> str:
    return ", ".join(difflib.get_close_matches(value, allowed, 5, 0.3) or list(allowed)[:12])


def _column(table: str, column: str) -> tuple[str, ...]:
    return tuple(dict.fromkeys(row[column] for row in rules.rows(table)))


def _torn_streams(entries: Iterable[Entry]) -> list[str]:
    """Rows of one key that do not describe one stream."""
    seen: dict[str, Entry] = {}
    torn = []
    for entry in entries:
        first = seen.setdefault(entry.key, entry)
        if _stream(entry) != _stream(first):
            torn.append(
                f"第 {entry.row} 行 key：“{entry.key}” 与第 {first.row} 行不是同一排放源，请另给 key / "
                f"describes another stream than row {first.row}: give it a key of its own"
            )
    return torn


def _stream(entry: Entry) -> tuple[str, ...]:
    return (entry.sector, entry.stream_type, entry.subject, entry.origin, entry.region)
