"""The sheet that `tanku baseline recalculate` reads: units' emissions by year and events, every cell checked.

A row is emissions (unit, year, emissions_tco2e) or an event (unit, event, happened_on). It computes nothing.
"""

from __future__ import annotations

import difflib
from collections.abc import Mapping, Sequence
from pathlib import Path
from typing import Any

import pyarrow as pa

from pipelines import rules, sheets
from pipelines.plan.cells import BadCell, Cell, typed
from pipelines.plan.tables import Kind
from pipelines.sheets import SheetError

REQUIRED = ("unit", "year", "emissions_tco2e", "event", "happened_on")
OPTIONAL = ("existed_since", "is_scope_shift_covered")
KINDS = {
    **{"unit": Kind.ID, "year": Kind.INTEGER, "emissions_tco2e": Kind.DECIMAL, "event": Kind.TEXT},
    **{"happened_on": Kind.DATE, "existed_since": Kind.DATE, "is_scope_shift_covered": Kind.BOOLEAN},
}
EXPECTED = {
    **{"year": "2024", "emissions_tco2e": "25.5", "happened_on": "2024-07-01", "existed_since": "2019-01-01"},
    **{"is_scope_shift_covered": "true / false", "unit": "文本编号 / an id as text"},
}
TONNES = pa.decimal128(28, 6)
UNITS = pa.schema([("unit", pa.string()), ("year", pa.int32()), ("tco2e", TONNES)])
EVENTS = pa.schema(
    [
        *(("event_id", pa.string()), ("unit", pa.string()), ("event_kind", pa.string()), ("happened_on", pa.date32())),
        *(("existed_since", pa.date32()), ("is_scope_shift_covered", pa.bool_())),
    ]
)

Row = dict[str, Any]


def read(file: Path) -> tuple[list[Row], list[Row]]:
    """The units' years and the events, in the sheet's order; raises SheetError that lists everything wrong with it."""
    problems: list[str] = []
    units: list[Row] = []
    events: list[Row] = []
    for number, line in sheets.read(file, REQUIRED, OPTIONAL):
        row = _row(line, number, problems)
        if row["event"]:
            events.append(row | {"event_id": f"{number:06d}", "event_kind": row["event"]})
        elif any(value not in ("", None) for value in row.values()):
            units.append(row | {"row": number, "tco2e": row["emissions_tco2e"]})
    problems += _twice(units) + _unit_without_years(units, events)
    if not units and not problems:
        problems.append("没有排放量行（unit, year, emissions_tco2e） / there is no row of emissions")
    if problems:
        raise SheetError("\n".join(f"{file.name} {problem}" for problem in problems))
    return units, events


def table(rows: Sequence[Mapping[str, Any]], schema: pa.Schema) -> pa.Table:
    """Rows in the columns of `schema`; what a row lacks is null."""
    return pa.Table.from_pylist([{field.name: row.get(field.name) for field in schema} for row in rows], schema=schema)


def _row(line: dict[str, str], number: int, problems: list[str]) -> Row:
    row: Row = {}
    for name, kind in KINDS.items():
        text = (line.get(name) or "").strip()
        try:
            row[name] = typed(Cell(text), kind)
        except BadCell:
            problems.append(_wrong(number, name, text, f"如 / like {EXPECTED[name]}"))
            row[name] = None
    if row["event"]:
        _known_event(row, number, problems)
        needed = ("unit", "happened_on")
    elif any((line.get(name) or "").strip() for name in KINDS):
        needed = ("unit", "year", "emissions_tco2e")
    else:
        return row
    for name in needed:
        if row[name] in ("", None) and not (line.get(name) or "").strip():
            problems.append(_wrong(number, name, "", "不能为空 / must not be empty"))
    return row


def _known_event(row: Row, number: int, problems: list[str]) -> None:
    kinds = [one["event_kind"] for one in rules.rows("event_kinds")]
    if row["event"] not in kinds:
        near = difflib.get_close_matches(row["event"], kinds, 3, 0.5) or kinds
        problems.append(_wrong(number, "event", row["event"], f"之一 / one of: {', '.join(near)}"))


def _twice(units: Sequence[Row]) -> list[str]:
    seen: dict[tuple[Any, Any], int] = {}
    told = []
    for row in units:
        first = seen.setdefault((row["unit"], row["year"]), row["row"])
        if first != row["row"]:
            found = f"{row['unit']} {row['year']}"
            told.append(_wrong(row["row"], "year", found, f"与第 {first} 行不同 / not a second time after row {first}"))
    return told


def _unit_without_years(units: Sequence[Row], events: Sequence[Row]) -> list[str]:
    known = list(dict.fromkeys(row["unit"] for row in units if row["unit"]))
    return [
        _wrong(int(row["event_id"]), "unit", row["unit"], f"有排放量的单元 / a unit with emissions: {', '.join(known)}")
        for row in events
        if row["unit"] and row["unit"] not in known
    ]


def _wrong(number: int, column: str, found: str, expected: str) -> str:
    return f"第 {number} 行 {column}：“{found}”，应为 {expected} (row {number})"
