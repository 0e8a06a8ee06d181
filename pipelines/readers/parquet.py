"""Parquet → one Table: every value as exact text, the stored types beside it. Knows no text format."""

# pyarrow.compute makes its functions at import, unseen by the type checker
# pyright: reportAttributeAccessIssue=false
from __future__ import annotations

import pyarrow as pa
import pyarrow.compute as pc
import pyarrow.parquet as pq

from pipelines.readers import GIVEN_BY_FORMAT, Document, Notice, Refused, Table, tables

MAGIC = b"PAR1"
MAX_BYTES = 4 << 30  # unpacked


def read(data: bytes) -> Document:
    """The table of a Parquet file, its column names as a header row of number 0, its rows counted from 1.

    Raises Refused FILE_PARTIAL (no footer: the file is cut off) and FILE_CORRUPT (a page fails its checksum).
    """
    if not data.endswith(MAGIC) or len(data) < 12:
        raise Refused("FILE_PARTIAL", found="Parquet")
    try:
        return _document(data)
    except (pa.ArrowException, OSError, ValueError) as error:
        raise Refused("FILE_CORRUPT", found=f"Parquet: {error}") from error


def _document(data: bytes) -> Document:
    file = pq.ParquetFile(pa.BufferReader(data), page_checksum_verification=True)
    _check_size(file.metadata)
    stored = file.read()
    stored.validate(full=True)
    flat = [position for position, column in enumerate(stored.columns) if not pa.types.is_nested(column.type)]
    texts = [text_column(stored.column(position)) for position in flat]
    names = [stored.column_names[position] for position in flat]
    return Document("parquet", [_table(names, texts, stored, flat)])


def _check_size(metadata: pq.FileMetaData) -> None:
    size = sum(metadata.row_group(group).total_byte_size for group in range(metadata.num_row_groups))
    if size > MAX_BYTES:
        raise Refused("FILE_TOO_LARGE", found=f"{size} B", expected=f"≤ {MAX_BYTES} B")


def _table(names: list[str], texts: list[pa.ChunkedArray], stored: pa.Table, flat: list[int]) -> Table:
    header = tables.columns_of([names], len(names))
    cells = pa.concat_tables([header, pa.table(texts, names=tables.column_names(len(names)))])
    numbers = tables.numbers(range(GIVEN_BY_FORMAT, stored.num_rows + 1))
    nested = [field for field in stored.schema if pa.types.is_nested(field.type)]
    return Table(
        sheet="",
        cells=cells,
        row_numbers=numbers,
        notices=[
            Notice("COL_TYPE_UNSUPPORTED", field=field.name, values={"found": str(field.type)}) for field in nested
        ],
        types=tuple(str(stored.schema.field(position).type) for position in flat),
    )


def text_column(column: pa.ChunkedArray) -> pa.ChunkedArray:
    """`column` as text without loss: shortest digits that give the same double, all digits of a decimal, ISO dates."""
    if pa.types.is_dictionary(column.type):
        column = column.cast(column.type.value_type)
    if pa.types.is_timestamp(column.type):
        column = _instant_text(column)
    elif pa.types.is_binary(column.type) or pa.types.is_large_binary(column.type):
        column = column.cast(pa.large_binary()).cast(pa.large_string())
    text = column.cast(pa.string())
    return pc.if_else(pc.equal(text, ""), pa.scalar(None, pa.string()), text)


def _instant_text(column: pa.ChunkedArray) -> pa.ChunkedArray:
    """2025-03-01 00:15:00, a fraction of a second only where there is one, and +08:00 where the column has a zone."""
    zone = "%z" if column.type.tz else ""
    text = pc.strftime(column, format=f"%Y-%m-%d %H:%M:%S{zone}")
    whole = pc.replace_substring_regex(text, pattern=r"\.0+([+-]\d{4})?$", replacement=r"\1")
    return pc.replace_substring_regex(whole, pattern=r"([+-]\d\d)(\d\d)$", replacement=r"\1:\2")
