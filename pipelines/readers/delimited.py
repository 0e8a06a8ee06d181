"""Delimited text → one Table: the way through the room. How rows are split stands in delimited_fast and _careful."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

import numpy as np
import pyarrow as pa

from pipelines.readers import BadRow, Document, Notice, ReaderOptions, Refused, Table, decoding, dialect, tables

MAX_COLUMNS = 16_384  # as many as a sheet has

# Up to so many odd rows the table is put together from untouched slices, beyond by one sorted gathering.
_SLICES = 200
# A column filled in more of the records than this is one that no exporter leaves out.
_MOSTLY = 0.9


@dataclass(frozen=True)
class OddRow:
    """A row whose number of fields is not the table's, or that cannot be trusted (`code`)."""

    number: int
    fields: Sequence[str]
    text: str
    code: str = ""


@dataclass(frozen=True)
class Split:
    """What both paths hand over: the rows of the right width with their line numbers, and the odd ones."""

    cells: pa.Table
    numbers: np.ndarray
    odd: Sequence[OddRow]


def read(data: bytes, options: ReaderOptions) -> Document:
    """The one table of a delimited file. Raises Refused FILE_EMPTY, ENC_INVALID, ENC_MIXED, FILE_PARTIAL (open quote)."""
    from pipelines.readers import delimited_careful, delimited_fast

    text = decoding.to_utf8(data, options.encoding).rstrip(b"\x1a")
    if not text or text.isspace():
        raise Refused("FILE_EMPTY")
    layout = dialect.detect(text, options.delimiter)
    _check_width(layout.width)
    split = delimited_fast.split(text, layout) or delimited_careful.split(text, layout)
    return Document("delimited", [_assemble(split, layout)], _partial(text))


def _check_width(width: int) -> None:
    if width > MAX_COLUMNS:
        raise Refused("FILE_TOO_LARGE", found=f"{width} columns", expected=f"≤ {MAX_COLUMNS}")


def _partial(text: bytes) -> list[Notice]:
    if text.endswith((b"\n", b"\r")):
        return []
    tail = text[-200:].decode("utf-8", errors="ignore").splitlines()[-1]
    return [Notice("FILE_PARTIAL", line_count(text), values={"found": tail})]


def line_count(text: bytes) -> int:
    """Physical lines in `text`, whatever ends them: LF, CR LF or CR."""
    ends = text.count(b"\n")
    if b"\r" in text:
        ends += text.count(b"\r") - text.count(b"\r\n")
    return ends + (not text.endswith((b"\n", b"\r")))


def _assemble(split: Split, layout: dialect.Dialect) -> Table:
    """The rows in file order: titles, footers and short rows filled up with null, ragged ones set aside."""
    bad_rows: list[BadRow] = []
    kept: list[tuple[int, Sequence[str | None]]] = []
    omissible = _omissible(split, layout) if split.odd else layout.width
    for row in split.odd:
        fields = _fitted(row, layout, omissible)
        if fields is None:
            bad_rows.append(_bad(row, layout))
        else:
            kept.append((row.number, fields))
    cells, numbers = _merged(split, kept)
    return Table(sheet="", cells=cells, row_numbers=tables.numbers(numbers), bad_rows=bad_rows)


def _omissible(split: Split, layout: dialect.Dialect) -> int:
    """From which column on every column is empty in a tenth of the rows or more: exporters leave out such ends of rows.

    Only there may a short row be filled up; elsewhere a missing field would silently shift the ones after it.
    """
    below = split.cells.slice(int(np.searchsorted(split.numbers, layout.heading_line, side="right")))
    filled = [column.is_valid().to_numpy() for column in below.columns]
    is_record = np.sum(filled, axis=0, dtype=np.int32) >= min(3, layout.width - 1)
    records = int(np.count_nonzero(is_record))
    first = layout.width
    while records and first and np.count_nonzero(filled[first - 1] & is_record) <= _MOSTLY * records:
        first -= 1
    return first


def _fitted(row: OddRow, layout: dialect.Dialect, omissible: int) -> Sequence[str | None] | None:
    """The fields of an odd row as the table takes them, or None for a ragged one."""
    fields = row.fields
    if row.code:
        return None
    if row.number < layout.heading_line or not any(fields):
        return fields
    if len(fields) > layout.width:
        return None if any(value.strip() for value in fields[layout.width :]) else fields[: layout.width]
    return fields if len(fields) >= omissible or dialect.is_side_note(fields) else None


def _bad(row: OddRow, layout: dialect.Dialect) -> BadRow:
    text = row.text.replace("\0", "␀")
    if row.code:
        return BadRow(row.number, row.code, text, {"found": "NUL", "expected": ""})
    return BadRow(row.number, "ROW_RAGGED", text, {"found": str(len(row.fields)), "expected": str(layout.width)})


def _merged(split: Split, kept: Sequence[tuple[int, Sequence[str | None]]]) -> tuple[pa.Table, np.ndarray]:
    """Full and kept odd rows in the order of their line numbers."""
    if not kept:
        return split.cells, split.numbers
    width = max(split.cells.num_columns, *(len(fields) for _, fields in kept))
    _check_width(width)
    cells = tables.widened(split.cells, width)
    others = tables.columns_of([fields for _, fields in kept], width)
    other_numbers = np.array([number for number, _ in kept], dtype=np.int64)
    positions = np.searchsorted(split.numbers, other_numbers)
    numbers = np.insert(split.numbers, positions, other_numbers)
    if len(kept) <= _SLICES:
        return _interleaved(cells, others, positions), numbers
    order = np.argsort(np.concatenate([split.numbers, other_numbers]), kind="stable")
    return pa.concat_tables([cells, others]).combine_chunks().take(pa.array(order)), numbers


def _interleaved(cells: pa.Table, others: pa.Table, positions: np.ndarray) -> pa.Table:
    pieces, start = [], 0
    for index, position in enumerate(positions.tolist()):
        pieces += [cells.slice(start, position - start), others.slice(index, 1)]
        start = position
    return pa.concat_tables([*pieces, cells.slice(start)])
