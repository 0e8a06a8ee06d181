"""Typed columns and figures → records of a record type, each with the rows it came from. Types no text, judges no key."""

# pyarrow.compute makes its functions at import, unseen by the type checker
# pyright: reportAttributeAccessIssue=false
from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

import pyarrow as pa
import pyarrow.compute as pc

from pipelines import records
from pipelines.landing.columns import Reading
from pipelines.landing.figures import Figure
from pipelines.landing.meter_days import SLOTS
from pipelines.landing.structure import Grid

TEXT = pa.string()

# A day's values in eight bytes each: the same DECIMAL(18,6) in Parquet, half the memory on the way there.
CURVE = pa.list_(pa.decimal64(18, 6))

# Where a record came from while a file is being landed: the place of its row in the file, its sheet, its row numbers.
ORIGIN = [("ordinal", pa.int64()), ("sheet", TEXT), ("row_first", pa.int64()), ("row_last", pa.int64())]


@dataclass(frozen=True)
class Rows:
    """The typed rows of one table. offset: the ordinal of its first row. good: which rows have nothing against them."""

    grid: Grid
    offset: int
    typed: dict[str, pa.Array]
    good: pa.Array

    def origin(self, mask: pa.Array) -> dict[str, pa.Array]:
        """The origin of the rows in `mask`."""
        numbers = self.grid.row_numbers.filter(mask)
        ordinals = pa.array(range(self.offset, self.offset + len(self.grid)), pa.int64()).filter(mask)
        return {
            "ordinal": ordinals,
            "sheet": pa.repeat(pa.scalar(self.grid.sheet, TEXT), len(numbers)),
            "row_first": numbers,
            "row_last": numbers,
        }

    def columns(self, mask: pa.Array) -> dict[str, pa.Array]:
        """The typed columns of the rows in `mask`."""
        return {name: values.filter(mask) for name, values in self.typed.items()}


def schema_with_origin(record_type: str) -> pa.Schema:
    """The schema of a record type with its origin in place of the lineage."""
    columns = [(name, CURVE if name == "values" else kind) for name, kind in records.COLUMNS[record_type]]
    return pa.schema(ORIGIN + columns)


def records_of(rows: Rows, figures: Sequence[Figure], reading: Reading) -> pa.Table:
    """One record per good row, or per good row and measure that has a value."""
    schema = schema_with_origin(reading.feed.record_type)
    if not figures:
        return as_table(rows.origin(rows.good) | rows.columns(rows.good), schema)
    parts = [_records(rows, figure, reading, schema) for figure in figures]
    return pa.concat_tables(parts).sort_by([("ordinal", "ascending")]) if len(parts) > 1 else parts[0]


def slots_of(rows: Rows, figures: Sequence[Figure], reading: Reading) -> pa.Table:
    """One slot per good row and measure, missing values included: what meter_days gathers."""
    parts = []
    for figure in figures:
        origin, columns = rows.origin(rows.good), rows.columns(rows.good)
        named = _measured(columns, figure, reading, len(origin["ordinal"]))
        slots = {
            "ordinal": origin["ordinal"],
            "sheet": origin["sheet"],
            "row_number": origin["row_first"],
            "meter_id": named["meter_id"],
            "channel": named["channel"],
            "unit": figure.units.filter(rows.good),
            "stamp": columns["local_date"],
            "value": figure.signed.filter(rows.good).cast(records.INTERVAL_VALUE),
            "flag": figure.flags.filter(rows.good),
        }
        parts.append(pa.table(slots, schema=SLOTS))
    return pa.concat_tables(parts)


def as_table(columns: dict[str, pa.Array], schema: pa.Schema) -> pa.Table:
    """A table of that schema: columns that are not given are null."""
    length = len(columns["row_first"])
    arrays = [columns.get(field.name, pa.nulls(length, field.type)).cast(field.type) for field in schema]
    return pa.table(arrays, schema=schema)


def _records(rows: Rows, figure: Figure, reading: Reading, schema: pa.Schema) -> pa.Table:
    feed = reading.feed
    mask = pc.and_(rows.good, pc.is_valid(figure.values)) if feed.measures else rows.good
    origin = rows.origin(mask)
    columns = _measured(rows.columns(mask), figure, reading, len(origin["ordinal"]))
    values = figure.signed.filter(mask)
    columns["unit"] = figure.units.filter(mask)
    if feed.record_type == "load_profile":
        columns |= _daily(values, reading)
    else:
        columns[feed.figure] = values
    return as_table(origin | columns, schema)


def _measured(columns: dict[str, pa.Array], figure: Figure, reading: Reading, length: int) -> dict[str, pa.Array]:
    """The columns with the measure's name where the feed wants it."""
    measures = reading.feed.measures
    return columns | ({measures.into: pa.repeat(pa.scalar(figure.measure, TEXT), length)} if measures else {})


def _daily(values: pa.Array, reading: Reading) -> dict[str, pa.Array]:
    """One value a day as a list of one."""
    offsets = pa.array(range(len(values) + 1), pa.int32())
    return {
        "values": pa.ListArray.from_arrays(offsets, values.cast(records.INTERVAL_VALUE)),
        "interval_minutes": pa.repeat(pa.scalar(reading.feed.time.interval_minutes, pa.int32()), len(values)),
    }
