"""Journal lines → the decisions as typed tables. It reads what was journalled and leaves nothing out; it judges nothing."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping
from datetime import date, datetime
from decimal import Decimal
from typing import Any

import pyarrow as pa

from pipelines.archive import journal
from pipelines.deciding.events import EVENTS, MANY, TABLES

Row = dict[str, Any]


def tables(lines: Iterable[journal.Line]) -> dict[str, pa.Table]:
    """Every table of TABLES, filled from those lines that are decisions; one without rows is there all the same."""
    rows: dict[str, list[Row]] = {name: [] for name in TABLES}
    for line in lines:
        for table, fixed in EVENTS.get(line["event"], {}).items():
            rows[table] += _rows(line, table, fixed)
        if line["event"] in EVENTS:
            rows["lines"].append(_fields(line) | {"decision_id": id_of(line), "details": _details(line)})
    return {name: pa.Table.from_pylist(_typed(rows[name], schema), schema=schema) for name, schema in TABLES.items()}


def id_of(line: journal.Line) -> str:
    """The name of a decision: `D` and the number of its journal line."""
    return f"D{line['seq']}"


def _rows(line: journal.Line, table: str, fixed: Mapping[str, str]) -> Iterator[Row]:
    row = _fields(line) | dict(fixed)
    # a substitution is made by its rule's author; whoever journals it answers for it
    if table == "proposals" and "made_by" in line:
        row |= {"person": line["made_by"], "role_id": "", "duty": ""}
    if table not in MANY:
        yield row
        return
    field, key, value = MANY[table]
    for name, text in line.get(field, {}).items():
        yield row | {key: name, value: text}


def _fields(line: journal.Line) -> Row:
    named = {"recorded_seq": line["seq"], "recorded_at": line["at"], "os_user": line["by"], "line_hash": line["hash"]}
    own = id_of(line)
    # an answer is about another decision, a reply about a finding; whoever opens one gives it its own name
    return {"finding_id": own, "decision_id": own} | line | named


def _details(line: journal.Line) -> str:
    own = {name: value for name, value in line.items() if name not in journal.RESERVED}
    return journal.canonical(own).decode()


def _typed(rows: list[Row], schema: pa.Schema) -> list[Row]:
    return [{field.name: _value(row.get(field.name), field.type) for field in schema} for row in rows]


def _value(value: Any, kind: pa.DataType) -> Any:
    """As the column holds it. A text that is not there is '', anything else null."""
    if pa.types.is_string(kind):
        return "" if value is None else value
    if value is None or value == "":
        return None
    if pa.types.is_date(kind):
        return date.fromisoformat(value)
    if pa.types.is_timestamp(kind):
        return datetime.fromisoformat(value).replace(tzinfo=None)
    return Decimal(value) if pa.types.is_decimal(kind) else value
