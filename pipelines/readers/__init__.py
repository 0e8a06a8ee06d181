"""The readers: a file's bytes → tables of text with the row numbers a person sees. No feed, warehouse or Dagster here.

One module a format. What a header is, which rows are totals and what a number means is decided downstream (landing).
The content decides the format; a name that says otherwise only earns the notice FILE_TYPE_MISMATCH.
"""

from __future__ import annotations

import dataclasses
from collections.abc import Mapping
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import pyarrow as pa

# Part of a lake file's name: raise it whenever the same bytes would give another Document.
READER_VERSION = "1"

# The row number of what the format itself says (column names of Parquet, NEM12, PACT): no line of the file holds it.
GIVEN_BY_FORMAT = 0

# Every reason code the readers use; their texts stand in seeds/every_sector/reason_codes.csv (a test compares the two).
REFUSALS = (
    "FILE_EMPTY",  # nothing in it
    "FILE_TYPE",  # not a format the readers know {found} {expected}
    "FILE_ENCRYPTED",  # asks for a password
    "FILE_PARTIAL",  # cut off: an open quote, no end of zip or Parquet {found}
    "FILE_CORRUPT",  # damaged inside {found}
    "FILE_TOO_LARGE",  # {found} {expected}
    "ENC_INVALID",  # bytes that no allowed encoding explains {found} {expected} {row}
    "ENC_MIXED",  # two encodings in one file {row}
    "ZIP_RATIO",  # {found} {expected} {member}
    "ZIP_MEMBERS",  # a zip must hold one file {found}
    "ZIP_NESTED",  # a zip inside a zip {member}
    "ZIP_PATH",  # an absolute or parent path, a link {member}
    "XML_DTD",  # a document type declaration (entity bombs) {member}
    "XL_FORMULA_NO_VALUE",  # formulas whose values were never computed {found} {sheet} {cell}
    "XL_NO_SHEET",  # no worksheet, or none with the name asked for {found} {expected}
    "NEM_NO_HEADER",  # no 100 record
    "NEM_NO_TRAILER",  # no 900 record: the file is cut off
    "NEM_NO_DATA",  # 100 and 900 with nothing between
    "JSON_SYNTAX",  # {found} {row}
    "PACT_SHAPE",  # JSON, but no product footprint {found} {expected}
    "PACT_VERSION",  # a footprint of another version than 3 {found} {expected}
)
BAD_ROWS = (
    "ROW_RAGGED",  # {found} fields instead of {expected}
    "ENC_NUL",  # a NUL byte inside
    "NEM_INTERVAL_COUNT",  # {found} values instead of {expected}
    "NEM_QUALITY",  # 400 ranges that do not cover the day, or an unknown quality {found} {expected}
    "NEM_RECORD",  # a record out of place, of unknown kind or with a broken date {found} {expected}
    "JSON_DUPLICATE_KEY",  # {field}
    "NUM_NOT_FINITE",  # NaN or Infinity {field} {found}
    "PACT_NUMBER",  # a JSON number where PACT 3 requires a string {field} {found}
    "PACT_FIELD",  # a required property is missing {field}
    "PACT_VERSION",
)
NOTICES = (
    "FILE_TYPE_MISMATCH",  # the name says {expected}, the content is {found}
    "FILE_PARTIAL",  # the last line has no line end, or the last table no end tag
    "SHEET_SKIPPED",  # field = the sheet; not the one asked for {expected}
    "XL_HIDDEN_SHEET",  # field = the sheet
    "XL_HIDDEN_ROW",  # {first} {last}: one notice per run of hidden rows
    "XL_FAR_CELL",  # {cell} {found}: left out, far from the table
    "COL_TYPE_UNSUPPORTED",  # field = a Parquet column of nested type {found}: left out
)


@dataclass(frozen=True)
class ReaderOptions:
    """How to read, where the content leaves a choice.

    encoding: 'auto' (BOM → strict UTF-8 → strict GB18030) or a Python codec name. delimiter: 'auto' (`,` `;` TAB `|`)
    or one character. sheet: a sheet name or glob (case-insensitive); the other sheets get the notice SHEET_SKIPPED.
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
    """Something a person should know: its texts are the templates of seeds/every_sector/reason_codes.csv.

    code: the reason code. row_number: the physical row, or None. field: the column or sheet meant, or ''. values: what
    the template may name besides ({found}, {expected} …), all text.
    """

    code: str
    row_number: int | None = None
    field: str = ""
    values: dict[str, str] = dataclasses.field(default_factory=dict)


@dataclass(frozen=True)
class BadRow:
    """A row that cannot be split into fields: ROW_RAGGED, ENC_NUL, NEM_INTERVAL_COUNT … `text`: the row as received."""

    row_number: int
    code: str
    text: str
    values: dict[str, str] = dataclasses.field(default_factory=dict)


@dataclass
class Table:
    """One table of text.

    sheet: its name, '' where the format has none. cells: string columns c0 … cn; null is an empty cell; text as is.
    row_numbers: the physical 1-based line or row of each row of `cells`; GIVEN_BY_FORMAT (0) marks a header that the
    format itself supplies (Parquet, NEM12, PACT JSON). Blank rows are kept, all null; bad rows are not in `cells`.
    types: the Arrow type of each column as stored, for formats that have types (Parquet); else empty.
    date_system: 1904 where the workbook counts days from 1904-01-01, else 1900. Date cells arrive as ISO text; this is
    for the dates that stand in a sheet as bare serial numbers.
    """

    sheet: str
    cells: pa.Table
    row_numbers: pa.Int64Array
    notices: list[Notice] = dataclasses.field(default_factory=list)
    bad_rows: list[BadRow] = dataclasses.field(default_factory=list)
    types: tuple[str, ...] = ()
    date_system: int = 1900


@dataclass
class Document:
    """A file as read. kind: 'delimited' | 'excel' | 'html' | 'parquet' | 'nem12' | 'pact_json'."""

    kind: str
    tables: list[Table]
    notices: list[Notice] = dataclasses.field(default_factory=list)


class Refused(Exception):
    """The whole file cannot be read: `code` is its reason code, `values` what the message template may name."""

    def __init__(self, code: str, **values: object) -> None:
        super().__init__(f"{code} {values}" if values else code)
        self.code = code
        self.values = {key: str(value) for key, value in values.items()}


def read(path: Path, options: ReaderOptions, name: str) -> Document:
    """The file at `path` as tables of text. `name` is its original name: only its extension is looked at.

    Raises Refused for a file that cannot be read as a whole (FILE_EMPTY, FILE_TYPE, FILE_ENCRYPTED, ZIP_RATIO …).
    """
    from pipelines.readers import sniffing

    return sniffing.read(path, options, name)
