"""A file's records beside what the workspace holds: the same, new, or revised. It reads the lake and stores nothing."""

# pyarrow.compute makes its functions at import, unseen by the type checker
# pyright: reportAttributeAccessIssue=false
from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import Path

import duckdb
import pyarrow as pa
import pyarrow.compute as pc
import pyarrow.dataset as ds

from pipelines import records
from pipelines.landing import keys

# Beyond so many different texts a filter costs more than it saves.
_MOST_TEXTS = 1_000

_COMPARED = """
    with numbered_held as (
        select *, case when $repeats then row_number() over (
            partition by file_sha256, key order by sheet, row_first
        ) else 1 end as occurrence
        from held
    ),
    current_held as (
        select * from numbered_held
        qualify row_number() over (partition by key, occurrence order by received_seq desc) = 1
    ),
    numbered_fresh as (
        select *, case when $repeats then row_number() over (partition by key order by sheet, row_first) else 1 end
            as occurrence
        from fresh
    )
    select
        count(*) as fresh,
        count(*) filter (where held.content = fresh.content) as same,
        count(*) filter (where held.content != fresh.content) as revised,
        min(fresh.key) filter (where held.content != fresh.content) as example
    from numbered_fresh as fresh
    left join current_held as held on fresh.key = held.key and fresh.occurrence = held.occurrence
"""

_DIGESTED = """
    select * exclude (content), md5(cast(content as varchar)) as content from rows
"""


@dataclass(frozen=True)
class Compared:
    """How many records the file has, how many are held with the same values, how many with others; one key of those."""

    fresh: int
    same: int
    revised: int
    example: str


def compare(
    connection: duckdb.DuckDBPyConnection, table: pa.Table, record_type: str, files: Sequence[Path]
) -> Compared:
    """`table` (with its origin) against the records in `files`, of which the newest delivery of a key counts."""
    held = _held(table, record_type, files)
    connection.register("fresh", _digested(connection, table, record_type, {}))
    lineage = {"file_sha256": held.column("file_sha256"), "received_seq": held.column("received_seq")}
    connection.register("held", _digested(connection, held, record_type, lineage))
    repeats = record_type in records.REPEATABLE
    row = connection.execute(_COMPARED, {"repeats": repeats}).to_arrow_table().to_pylist()[0]
    example = (row["example"] or "").replace("\x1f", " ")
    return Compared(row["fresh"], row["same"], row["revised"], example)


def _held(table: pa.Table, record_type: str, files: Sequence[Path]) -> pa.Table:
    """The held records that can have a key of `table`."""
    schema = records.schema_of(record_type)
    if not files:
        return schema.empty_table()
    return ds.dataset([str(file) for file in files], schema=schema).to_table(filter=_filter(table, record_type))


def _filter(table: pa.Table, record_type: str) -> ds.Expression | None:
    """Few texts are listed, dates are bounded: the rest of the lake need not be read."""
    parts = []
    for name in records.BUSINESS_KEYS[record_type]:
        column = table.column(name)
        if pa.types.is_temporal(column.type) and column.null_count == 0:
            bounds = pc.min_max(column)
            parts.append((ds.field(name) >= bounds["min"]) & (ds.field(name) <= bounds["max"]))
        elif pa.types.is_string(column.type) and column.null_count == 0:
            texts = pc.unique(column)
            if len(texts) <= _MOST_TEXTS:
                parts.append(ds.field(name).isin(texts))
    condition = None
    for part in parts:
        condition = part if condition is None else condition & part
    return condition


def _digested(
    connection: duckdb.DuckDBPyConnection, table: pa.Table, record_type: str, lineage: dict[str, pa.ChunkedArray]
) -> pa.Table:
    """Key, digest of the content and place of every record. Equal decimals have equal text, whatever width they came in."""
    schema = pa.schema(records.COLUMNS[record_type])
    content = table.select(schema.names).cast(schema).combine_chunks().to_struct_array()
    columns = {
        "key": keys.keys_of(table, record_type),
        "content": content,
        "sheet": table.column("sheet"),
        "row_first": table.column("row_first"),
        **lineage,
    }
    connection.register("rows", pa.table(columns))
    answer = connection.execute(_DIGESTED).to_arrow_table()
    connection.unregister("rows")
    return answer
