"""A mart as CSV or Parquet, written by SQL, and files that appear whole. It lays out no workbook."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import NamedTuple

import duckdb

from pipelines.warehouse import quoted

# How a formula begins in a spreadsheet. With apostrophes before it, it is text already, and gets one more all the same:
# taking one away from whatever matches gives every text back as it was.
_ARMED = "^''*[=+\\-@\\t\\r]"


class ExportError(Exception):
    """What was asked for cannot be exported; the message is bilingual and says what to do."""

    exit_code = 2


class Column(NamedTuple):
    """A column of a mart and its DuckDB type."""

    name: str
    type: str

    @property
    def is_text(self) -> bool:
        return self.type == "VARCHAR" or self.type.endswith("[]")


def columns_of(connection: duckdb.DuckDBPyConnection, mart: str) -> list[Column]:
    """The columns of `marts.<mart>`; ExportError names the marts there are."""
    question = (
        "select column_name, data_type from information_schema.columns where table_schema = 'marts' and table_name = ?"
    )
    columns = connection.execute(f"{question} order by ordinal_position", [mart]).fetchall()
    if columns:
        return [Column(*column) for column in columns]
    listed = "select table_name from information_schema.tables where table_schema = 'marts' order by table_name"
    there = ", ".join(name for (name,) in connection.execute(listed).fetchall())
    raise ExportError(f"没有这张表：{mart}。现有：{there} / no such mart: {mart}. There are: {there}")


def write_csv(connection: duckdb.DuckDBPyConnection, mart: str, columns: list[Column], file: Path) -> None:
    """UTF-8 with BOM, unknown values empty; text that begins with = + - @ TAB or CR gets an apostrophe before it."""
    names = [column.name for column in columns]
    titles = ["\ufeff" + names[0], *names[1:]]  # the BOM leads the file because it leads its first heading
    values = [_disarmed(column) if column.is_text else quoted(column.name) for column in columns]
    shown = ", ".join(f"{value} as {quoted(title)}" for value, title in zip(values, titles, strict=True))
    query = f"select {shown} from marts.{quoted(mart)} order by all"  # noqa: S608 - names quoted by the one function
    connection.execute(f"copy ({query}) to {_literal(file)} (format csv, header true, delimiter ',', quote '\"')")


def write_parquet(connection: duckdb.DuckDBPyConnection, mart: str, columns: list[Column], file: Path) -> None:
    """Every type and digit as the warehouse holds it."""
    query = f"select * from marts.{quoted(mart)} order by all"  # noqa: S608 - names quoted by the one function
    connection.execute(f"copy ({query}) to {_literal(file)} (format parquet, compression zstd)")


@contextmanager
def whole(path: Path) -> Iterator[Path]:
    """A file beside `path` to write to, which takes its place when it is finished and is removed when it fails."""
    unfinished = path.with_name(f".{path.name}.partial")
    try:
        yield unfinished
        unfinished.replace(path)
    finally:
        unfinished.unlink(missing_ok=True)


def _disarmed(column: Column) -> str:
    text = f"{quoted(column.name)}::varchar"
    return f"case when regexp_matches({text}, '{_ARMED}') then '''' || {text} else {text} end"


def _literal(file: Path) -> str:
    return "'" + str(file).replace("'", "''") + "'"
