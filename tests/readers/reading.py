"""What the readers' tests say again and again: read these bytes, show this table. Holds no expectation."""

from __future__ import annotations

from pathlib import Path

import pytest

from pipelines.readers import Document, ReaderOptions, Refused, Table, read

Rows = list[list[str | None]]


def document_of(folder: Path, content: bytes, name: str = "file.csv", **options: str) -> Document:
    """`content` read as a file named `name`."""
    path = folder / "stored-without-its-name"
    path.write_bytes(content)
    return read(path, ReaderOptions(**options), name)


def only_table(folder: Path, content: bytes, name: str = "file.csv", **options: str) -> Table:
    """The one table of `content`."""
    (table,) = document_of(folder, content, name, **options).tables
    return table


def refusal(folder: Path, content: bytes, name: str = "file.csv", **options: str) -> Refused:
    """How `content` is refused."""
    with pytest.raises(Refused) as caught:
        document_of(folder, content, name, **options)
    return caught.value


def rows_of(table: Table) -> Rows:
    """The cells of a table, row by row."""
    return [list(row.values()) for row in table.cells.to_pylist()]


def numbered(table: Table) -> dict[int, list[str | None]]:
    """The cells of a table by physical row number."""
    return dict(zip(table.row_numbers.to_pylist(), rows_of(table), strict=True))


def codes(document: Document) -> list[str]:
    """Every notice and bad row of a document, by code."""
    found = [notice.code for notice in document.notices]
    for table in document.tables:
        found += [notice.code for notice in table.notices] + [row.code for row in table.bad_rows]
    return found
