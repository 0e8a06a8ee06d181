"""Sheets → typed rows, each knowing its line: columns, types and vocabularies are checked; rules between rows are not."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Any

from pipelines import units
from pipelines.plan.cells import BadCell, Cell, typed
from pipelines.plan.fields import Field, Kind
from pipelines.plan.problems import Problems
from pipelines.plan.sources import VERSION_FILE, Sheet
from pipelines.plan.tables import MAY_BE_ABSENT, MAY_BE_EMPTY, TABLES, VERSIONS

Vocabularies = Mapping[str, Sequence[str]]
_SHOWN = 12


@dataclass(frozen=True)
class Row:
    """One row of a table. A value in `bad` could not be read and is None; no second problem follows from it."""

    file: str
    line: int
    values: dict[str, Any]
    bad: frozenset[str] = frozenset()

    def __getitem__(self, column: str) -> Any:
        return self.values[column]


def typed_rows(sheets: Sequence[Sheet], known: Vocabularies, problems: Problems) -> dict[str, list[Row]]:
    """Every table of the plan with its rows; what is missing, unknown or unreadable goes to `problems`."""
    found: dict[str, list[Row]] = {}
    for sheet in sheets:
        if sheet.table in found:
            problems.add("TWO_SOURCES", sheet.file, None, "", found=sheet.file)
            continue
        _check_columns(sheet, problems)
        found[sheet.table] = [_row(sheet, line, cells, known, problems) for line, cells in sheet.rows]
        if not sheet.rows and sheet.table not in MAY_BE_EMPTY:
            problems.add("EMPTY_TABLE", sheet.file, sheet.header_line, "")
    for table in TABLES:
        if table not in found and table not in MAY_BE_ABSENT and sheets:
            name = VERSION_FILE if table == VERSIONS else f"{table}.csv"
            problems.add("MISSING_FILE", name, None, "", expected=name)
    return {table: found.get(table, []) for table in TABLES}


def _check_columns(sheet: Sheet, problems: Problems) -> None:
    known = [field.name for field in TABLES[sheet.table]]
    for column in dict.fromkeys(sheet.columns):
        if column not in known:
            expected = ", ".join(known)
            problems.add("UNKNOWN_COLUMN", sheet.file, sheet.header_line, column, near=known, expected=expected)
        if sheet.columns.count(column) > 1:
            problems.add("REPEATED_COLUMN", sheet.file, sheet.header_line, column)
    for field in TABLES[sheet.table]:
        if field.required and field.name not in sheet.columns:
            problems.add("MISSING_COLUMN", sheet.file, sheet.header_line, field.name)


def _row(sheet: Sheet, line: int, cells: Sequence[Cell], known: Vocabularies, problems: Problems) -> Row:
    by_column = dict(zip(sheet.columns, cells, strict=False))
    values: dict[str, Any] = {}
    bad: set[str] = set()
    for field in TABLES[sheet.table]:
        try:
            values[field.name] = _value(field, by_column.get(field.name), known)
        except BadValue as wrong:
            values[field.name] = None
            bad.add(field.name)
            if wrong.code:
                problems.add(wrong.code, sheet.file, line, field.name, **wrong.told)
    return Row(sheet.file, line, values, frozenset(bad))


class BadValue(Exception):
    """A cell without a value that may stand; `code` is '' when its problem has been told of already."""

    def __init__(self, code: str, **told: Any) -> None:
        self.code, self.told = code, told
        super().__init__(code)


def _value(field: Field, cell: Cell | None, known: Vocabularies) -> Any:
    empty = "" if field.kind in (Kind.ID, Kind.TEXT) else None
    if cell is None and field.required:  # the missing column is one problem, not one a row
        raise BadValue("")
    try:
        value = empty if cell is None else typed(cell, field.kind)
    except BadCell as bad:
        raise BadValue(bad.code, found=cell.text if cell else "") from bad
    if value == empty:
        if field.required:
            raise BadValue("EMPTY_CELL")
        return empty
    value = _own_name(field.allowed, value)
    if field.allowed and value not in known[field.allowed]:
        raise BadValue("UNKNOWN_VALUE", **not_among(value, known[field.allowed]))
    return value


def _own_name(vocabulary: str, text: Any) -> Any:
    """Units and fuels may be written by any of their names (千瓦时, 天然气); the plan keeps the one of the rules."""
    if vocabulary == "unit":
        unit = units.unit_of(text)
        return unit.name if unit else text
    if vocabulary == "fuel":
        fuel = units.fuel_of(text)
        return fuel.code if fuel else text
    return text


def not_among(found: str, allowed: Sequence[str]) -> dict[str, Any]:
    """What UNKNOWN_VALUE tells: a long list is shown in part, the nearest value is named."""
    more = " …" if len(allowed) > _SHOWN else ""
    return {"near": allowed, "found": found, "expected": ", ".join(allowed[:_SHOWN]) + more}
