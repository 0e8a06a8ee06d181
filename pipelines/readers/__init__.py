"""The readers: a file's bytes → tables of text with the row numbers a person sees. They know no feed, warehouse or Dagster.

One module a format. What a header is, which rows are totals and what a number means is decided downstream (landing).
The content decides the format; a name that says otherwise only earns the notice FILE_TYPE_MISMATCH.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

import pyarrow as pa

# Part of a lake file's name: raise it whenever the same bytes would give another Document.
READER_VERSION = "1"

# A row number for what the format itself says (column names of Parquet, NEM12, PACT): no line of the file holds it.
GIVEN_BY_FORMAT = 0


@dataclass(frozen=True)
class ReaderOptions:
    """How to read, where the content leaves a choice.

    encoding: 'auto' (BOM → strict UTF-8 → strict GB18030) or a Python codec name. delimiter: 'auto' (`,` `;` TAB `|`) or
    one character. sheet: a sheet name or glob (case-insensitive); the other sheets get the notice SHEET_SKIPPED.
    """

    encoding: str = "auto"
    delimiter: str = "auto"
    sheet: str = "*"

    @classmethod
    def of(cls, options: Mapping[str, Any]) -> ReaderOptions:
        """The readers' share of a feed's `[reader]` table; the keys that are landing's business are passed over."""
        return cls(**{key: str(options[key]) for key in ("encoding", "delimiter", "sheet") if key in options})


@dataclass(frozen=True)
class Notice:
    """Something a person should know: its texts are the templates of seeds/common/reason_codes.csv.

    code: the reason code. row_number: the physical row, or None. field: the column or sheet meant, or ''. values: what
    the template may name besides ({found}, {expected} …), all text.
    """

    code: str
    row_number: int | None = None
    field: str = ""
    values: dict[str, str] = field(default_factory=dict)


@dataclass(frozen=True)
class BadRow:
    """A row that cannot be split into fields: ROW_RAGGED, ENC_NUL, NEM_INTERVAL_COUNT … `text` is the row as received."""

    row_number: int
    code: str
    text: str
    values: dict[str, str] = field(default_factory=dict)


@dataclass
class Table:
    """One table of text.

    sheet: its name, '' where the format has none. cells: string columns c0 … cn; null is an empty cell; text as received.
    row_numbers: the physical 1-based line or row of each row of `cells`; GIVEN_BY_FORMAT (0) marks a header that the
    format itself supplies (Parquet, NEM12, PACT JSON). Blank rows are kept, all null; bad rows are not in `cells`.
    types: the Arrow type of each column as stored, for formats that have types (Parquet); else empty.
    """

    sheet: str
    cells: pa.Table
    row_numbers: pa.Int64Array
    notices: list[Notice] = field(default_factory=list)
    bad_rows: list[BadRow] = field(default_factory=list)
    types: tuple[str, ...] = ()


@dataclass
class Document:
    """A file as read. kind: 'delimited' | 'excel' | 'html' | 'parquet' | 'nem12' | 'pact_json'."""

    kind: str
    tables: list[Table]
    notices: list[Notice] = field(default_factory=list)


class Refused(Exception):
    """The whole file cannot be read: `code` is its reason code, `values` what the message template may name."""

    def __init__(self, code: str, **values: object) -> None:
        super().__init__(f"{code} {values}" if values else code)
        self.code = code
        self.values = {key: str(value) for key, value in values.items()}


def read(path: Path, options: ReaderOptions, name: str) -> Document:
    """The file at `path` as tables of text. `name` is its original name: only its extension is looked at, for a warning.

    Raises Refused for a file that cannot be read as a whole (FILE_EMPTY, FILE_TYPE, FILE_ENCRYPTED, ZIP_RATIO …).
    """
    from pipelines.readers import sniffing

    return sniffing.read(path, options, name)
