"""Tables of the marts as files for other programs, and the workbooks that people fill in. It computes no figure.

Text that a spreadsheet would run as a formula is disarmed; ids stay text, dates stay dates, decimals keep their digits.
"""

from __future__ import annotations

from pathlib import Path

import duckdb

from pipelines.exporting import tables, template, workbook
from pipelines.exporting.tables import ExportError

__all__ = ["FORMATS", "ExportError", "export", "write_template"]

FORMATS = ("csv", "xlsx", "parquet")


def export(connection: duckdb.DuckDBPyConnection, mart: str, format: str, path: Path) -> None:
    """Write `marts.<mart>` to `path`, all rows in a fixed order; `format`: one of FORMATS. An existing file is replaced.

    The file appears whole or not at all. Raises ExportError (bilingual): no such mart, no such format, too much for
    a workbook.
    """
    if format not in FORMATS:
        raise ExportError(f"格式应为其一：{', '.join(FORMATS)}。 / the format is one of: {', '.join(FORMATS)}.")
    columns = tables.columns_of(connection, mart)
    writers = {"csv": tables.write_csv, "parquet": tables.write_parquet, "xlsx": workbook.write}
    with tables.whole(path) as unfinished:
        writers[format](connection, mart, columns, unfinished)


def write_template(record_type: str, path: Path) -> None:
    """The workbook in which people fill in records of `record_type`, as its starter feed reads it.

    Raises ExportError when no template feed ships for that record type.
    """
    with tables.whole(path) as unfinished:
        template.write(record_type, unfinished)
