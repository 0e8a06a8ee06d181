"""The fast path of delimited text: bytes → pyarrow's parallel CSV reader, all text. Declines what it cannot vouch for."""

from __future__ import annotations

import csv
import re
from collections.abc import Iterator

import numpy as np
import pyarrow as pa
from pyarrow import csv as arrow_csv

from pipelines.readers import tables
from pipelines.readers.delimited import OddRow, Split, line_count
from pipelines.readers.dialect import Dialect

_BLOCK_BYTES = 2 << 20
_MOST_ODD_ROWS = 10_000
_TAIL_BYTES = 1 << 20
_LINE_END = re.compile(rb"[\r\n]")


class _TooOdd(Exception):
    """More odd rows than this path is good for."""


def split(text: bytes, layout: Dialect) -> Split | None:
    """`text` (UTF-8) split into rows, or None when rows and lines may not be the same, as inside quoted line ends.

    Row numbers hold because empty lines are kept and, with quotes, the rows are as many as the physical lines.
    """
    if layout.framed or layout.width < 2:
        return None
    try:
        if not _closed_at_end(text, layout):
            return None
        cells, odd = _parsed(text, layout, parallel=True)
        if odd:  # the parallel reader cannot say in which lines they stand
            cells, odd = _parsed(text, layout, parallel=False)
    except (pa.ArrowInvalid, _TooOdd, csv.Error):
        return None
    rows = cells.num_rows + len(odd)
    if b'"' in text and rows != line_count(text):
        return None
    return _without_nul(text, layout, cells, odd, rows)


def _parsed(text: bytes, layout: Dialect, parallel: bool) -> tuple[pa.Table, list[OddRow]]:
    odd: list[OddRow] = []

    def set_aside(row: arrow_csv.InvalidRow) -> str:
        if len(odd) >= _MOST_ODD_ROWS:
            raise _TooOdd
        odd.append(_odd_row(row.number or 0, row.text, layout))
        return "skip"

    names = tables.column_names(layout.width)
    has_quotes = b'"' in text
    cells = arrow_csv.read_csv(
        pa.BufferReader(text),
        read_options=arrow_csv.ReadOptions(column_names=names, use_threads=parallel, block_size=_BLOCK_BYTES),
        parse_options=arrow_csv.ParseOptions(
            delimiter=layout.delimiter,
            quote_char='"' if has_quotes else False,
            double_quote=has_quotes,
            newlines_in_values=False,
            ignore_empty_lines=False,
            invalid_row_handler=set_aside,
        ),
        convert_options=arrow_csv.ConvertOptions(
            column_types=dict.fromkeys(names, pa.string()),
            null_values=[""],
            strings_can_be_null=True,
            check_utf8=False,
        ),
    )
    return cells, odd


def _closed_at_end(text: bytes, layout: Dialect) -> bool:
    """Whether the last line leaves no quote open: Arrow would take it for a whole row."""
    if b'"' not in text:
        return True
    tail = text[-_TAIL_BYTES:].rstrip(b"\r\n").replace(b"\r", b"\n")
    last = tail.rpartition(b"\n")[2].decode("utf-8", errors="ignore")
    return len(list(csv.reader([last, "end"], delimiter=layout.delimiter))) > 1


def _odd_row(number: int, text: str, layout: Dialect, code: str = "") -> OddRow:
    fields = next(csv.reader([text], delimiter=layout.delimiter), [])
    return OddRow(number, fields, text, code)


def _without_nul(text: bytes, layout: Dialect, cells: pa.Table, odd: list[OddRow], lines: int) -> Split | None:
    """The rows with those that hold a NUL byte set aside."""
    numbers = np.delete(np.arange(1, lines + 1, dtype=np.int64), [row.number - 1 for row in odd])
    if b"\0" not in text:
        return Split(cells, numbers, odd)
    damaged: dict[int, OddRow] = {}
    for number, line in _lines_with_nul(text):
        if len(damaged) >= _MOST_ODD_ROWS:
            return None
        damaged[number] = _odd_row(number, line, layout, "ENC_NUL")
    keep = ~np.isin(numbers, list(damaged))
    others = [row for row in odd if row.number not in damaged]
    merged = sorted([*others, *damaged.values()], key=lambda row: row.number)
    return Split(cells.filter(pa.array(keep)), numbers[keep], merged)


def _lines_with_nul(text: bytes) -> Iterator[tuple[int, str]]:
    """Number and text of each line that holds a NUL; once a line, the file walked once."""
    number, walked, position = 1, 0, text.find(b"\0")
    while position >= 0:
        before = text[walked:position]
        last_end = max(before.rfind(b"\n"), before.rfind(b"\r"))
        number += line_count(before[: last_end + 1]) if last_end >= 0 else 0
        end = _LINE_END.search(text, position)
        stop = end.start() if end else len(text)
        yield number, text[walked + last_end + 1 : stop].decode("utf-8")
        walked, position = stop, text.find(b"\0", stop)
