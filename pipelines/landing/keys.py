"""Business keys that stand twice in one file: equal rows are counted once, different ones are both set aside."""

# pyarrow.compute makes its functions at import, unseen by the type checker
# pyright: reportAttributeAccessIssue=false
from __future__ import annotations

import duckdb
import numpy as np
import pyarrow as pa
import pyarrow.compute as pc

from pipelines import records

TEXT = pa.string()
_SEPARATOR = "\x1f"

_REPEATED = """
    select ordinal from keyed
    where key in (select key from keyed group by key having count(*) > 1)
"""

_VERDICTS = """
    with told as (
        select ordinal, row_first, key, md5(cast(content as varchar)) as content from keyed
    ),
    counted as (
        select
            ordinal,
            content,
            count(*) over (partition by key) as claimants,
            count(*) over (partition by key, content) as twins,
            first_value(ordinal) over same_key as first_ordinal,
            first_value(row_first) over same_key as first_row,
            last_value(row_first) over same_key as last_row
        from told
        window same_key as (
            partition by key order by ordinal rows between unbounded preceding and unbounded following
        )
    ),
    judged as (
        select *, case
            when claimants > twins then 'KEY_CONFLICT'
            when ordinal > first_ordinal then 'ROW_DUPLICATE'
        end as code
        from counted
    )
    select ordinal, code, (case when ordinal = first_ordinal then last_row else first_row end)::varchar as found
    from judged
    where code is not null
    order by ordinal
"""


def repeated(connection: duckdb.DuckDBPyConnection, table: pa.Table, record_type: str) -> pa.Array:
    """Which rows of `table` share their business key with another: a mask."""
    keys = keys_of(table, record_type)
    if len(keys) < 2 or pc.count_distinct(keys).as_py() == len(keys):
        return pa.repeat(pa.scalar(False), table.num_rows)
    connection.register("keyed", pa.table({"ordinal": range(table.num_rows), "key": keys}))
    found = connection.execute(_REPEATED).to_arrow_table().column("ordinal").to_numpy()
    connection.unregister("keyed")
    mask = np.zeros(table.num_rows, bool)
    mask[found] = True
    return pa.array(mask)


def verdicts(connection: duckdb.DuckDBPyConnection, table: pa.Table, record_type: str) -> pa.Table:
    """ordinal, code, found (the other row) of every record of `table` that is KEY_CONFLICT or ROW_DUPLICATE.

    `table` has the record type's columns and an origin; record types whose keys repeat legitimately are not judged.
    """
    columns = [name for name, _ in records.COLUMNS[record_type]]
    keyed = pa.table(
        {
            "ordinal": table.column("ordinal"),
            "row_first": table.column("row_first"),
            "key": keys_of(table, record_type),
            "content": table.select(columns).combine_chunks().to_struct_array(),
        }
    )
    connection.register("keyed", keyed)
    found = connection.execute(_VERDICTS).to_arrow_table()
    connection.unregister("keyed")
    return found


def keys_of(table: pa.Table, record_type: str) -> pa.Array:
    """The business key of every row as one text; a null part is an empty one."""
    parts = [pc.fill_null(table.column(name).cast(TEXT), "") for name in records.BUSINESS_KEYS[record_type]]
    joined = pc.binary_join_element_wise(*parts, _SEPARATOR)
    return joined.combine_chunks() if isinstance(joined, pa.ChunkedArray) else joined
