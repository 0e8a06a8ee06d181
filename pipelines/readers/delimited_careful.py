"""The careful path of delimited text: quotes, line ends inside fields, NUL, framed lists. One row at a time."""

from __future__ import annotations

import csv
import io
from collections.abc import Iterator, Sequence

import numpy as np
import pyarrow as pa

from pipelines.readers import Refused, dialect, tables
from pipelines.readers.delimited import OddRow, Split
from pipelines.readers.dialect import Dialect

_BATCH_ROWS = 20_000
_END = "\x03end of file\x03"


class _Lines:
    """The physical lines of a text, remembered until the row they make up has been read."""

    def __init__(self, text: bytes, framed: bool) -> None:
        self._stream = io.TextIOWrapper(io.BytesIO(text), encoding="utf-8", newline="")
        self._framed = framed
        self.count = 0
        self._row: list[str] = []

    def __iter__(self) -> Iterator[str]:
        for line in self._stream:
            self.count += 1
            self._row.append(line)
            yield dialect.unframed(line.rstrip("\r\n")) + "\n" if self._framed else line
        yield _END

    def take(self) -> str:
        """The lines read since the last call, as received."""
        text = "".join(self._row).rstrip("\r\n")
        self._row.clear()
        return text


def split(text: bytes, layout: Dialect) -> Split:
    """`text` (UTF-8) split into rows. Raises Refused FILE_PARTIAL when a quote is still open at the end of the file."""
    batches: list[pa.Table] = []
    numbers: list[int] = []
    odd: list[OddRow] = []
    full: list[Sequence[str]] = []
    for number, fields, raw in _rows(text, layout):
        if "\0" in raw:
            odd.append(OddRow(number, fields, raw, "ENC_NUL"))
        elif len(fields) != layout.width and fields:
            odd.append(OddRow(number, fields, raw))
        else:
            full.append(fields)
            numbers.append(number)
            if len(full) >= _BATCH_ROWS:
                batches.append(tables.columns_of(full, layout.width))
                full.clear()
    batches.append(tables.columns_of(full, layout.width))
    return Split(pa.concat_tables(batches), np.array(numbers, dtype=np.int64), odd)


def _rows(text: bytes, layout: Dialect) -> Iterator[tuple[int, list[str], str]]:
    """Each row's first line number, its fields and its text."""
    lines = _Lines(text, layout.framed)
    quoting = csv.QUOTE_NONE if layout.framed else csv.QUOTE_MINIMAL
    start = 1
    try:
        for fields in csv.reader(lines, delimiter=layout.delimiter, quoting=quoting):
            if fields == [_END]:
                return
            if fields and fields[-1].endswith(_END):  # swallowed by a field whose quote is still open
                raise Refused("FILE_PARTIAL", found=lines.take()[:80], row=start)
            yield start, fields, lines.take()
            start = lines.count + 1
    except csv.Error as error:  # a field beyond all measure: its quote never closes
        raise Refused("FILE_PARTIAL", found=str(error), row=start) from error
