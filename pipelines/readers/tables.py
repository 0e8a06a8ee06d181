"""Lists of text → a Table of Arrow columns c0 … cn. Knows no file format."""

# pyarrow.compute makes its functions at import, unseen by the type checker
# pyright: reportAttributeAccessIssue=false
from __future__ import annotations

from collections.abc import Sequence

import numpy as np
import pyarrow as pa
import pyarrow.compute as pc

from pipelines.readers import GIVEN_BY_FORMAT, Table

Row = Sequence[str | None]


def column_names(width: int) -> list[str]:
    """c0 … c(width-1)."""
    return [f"c{index}" for index in range(width)]


def columns_of(rows: Sequence[Row], width: int) -> pa.Table:
    """`rows` as `width` string columns; short rows are filled with null, empty text is null."""
    padded = [row if len(row) == width else [*row, *[None] * (width - len(row))] for row in rows]
    by_column = zip(*padded, strict=True) if padded else [()] * width
    return pa.table([_text_column(column) for column in by_column], names=column_names(width))


def _text_column(values: Row) -> pa.Array:
    column = pa.array(values, pa.string())
    return pc.if_else(pc.equal(column, ""), pa.scalar(None, pa.string()), column)


def numbers(values: Sequence[int] | np.ndarray) -> pa.Int64Array:
    """Physical row numbers as Arrow."""
    return pa.array(values, pa.int64())


def table_of(sheet: str, rows: Sequence[Row], row_numbers: Sequence[int]) -> Table:
    """A Table of `rows`, as wide as the widest of them."""
    width = max((len(row) for row in rows), default=0)
    return Table(sheet=sheet, cells=columns_of(rows, width), row_numbers=numbers(row_numbers))


def table_with_header(header: Sequence[str], rows: Sequence[Row], row_numbers: Sequence[int]) -> Table:
    """A Table whose first row is the header that the format itself gives (row number 0)."""
    return table_of("", [list(header), *rows], [GIVEN_BY_FORMAT, *row_numbers])


def widened(cells: pa.Table, width: int) -> pa.Table:
    """`cells` with all-null columns added on the right up to `width`; existing columns are not copied."""
    if cells.num_columns == width:
        return cells
    empty = pa.chunked_array([pa.nulls(cells.num_rows, pa.string())])
    arrays = [*cells.columns, *[empty] * (width - cells.num_columns)]
    return pa.table(arrays, names=column_names(width))
