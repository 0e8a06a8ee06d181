"""Rows released from quarantine by decision, read with the texts the decision gives. It decides nothing and types nothing.

Everything after goes its usual way: a released row that still cannot be typed is quarantined again, with its reason.
"""

# pyarrow.compute makes its functions at import, unseen by the type checker
# pyright: reportAttributeAccessIssue=false
from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace

import pyarrow as pa
import pyarrow.compute as pc

from pipelines.archive import Release
from pipelines.feeds import Claim, Header, comparable
from pipelines.landing.accounts import Ledger
from pipelines.readers import Document, Table

LOADED_BY_DECISION = "ROW_RELEASED"


def applied(document: Document, claim: Claim, releases: Sequence[Release]) -> Document:
    """The document with the released rows' cells replaced; the document itself is left as it is.

    A row that could not be split into fields becomes one of only the texts given. A release of a row or a heading that
    the file does not have changes nothing: `deciding` refused it when it was proposed.
    """
    if not releases:
        return document
    tables = [
        _table(table, header, [one for one in releases if one.sheet == table.sheet]) if header else table
        for table, header in zip(document.tables, claim.headers, strict=True)
    ]
    return replace(document, tables=tables)


def unknown_headings(claim: Claim, release: Release, document: Document) -> tuple[list[str], list[str]]:
    """The headings of `release` that its table does not have, and all that it has."""
    for table, header in zip(document.tables, claim.headers, strict=True):
        if header and table.sheet == release.sheet:
            known = [name.strip() for name in header.names if name.strip()]
            return [field for field, _ in release.values if comparable(field) not in header.positions], known
    return [field for field, _ in release.values], []


def say(ledger: Ledger, releases: Sequence[Release]) -> None:
    """Tell of every row that is loaded by decision: its file is accepted with that warning."""
    kept_out = {(row.sheet, row.row_number) for row in (*ledger.quarantined, *ledger.skipped)}
    for release in releases:
        if (release.sheet, release.row_number) not in kept_out:
            values = {"found": release.told(), "expected": release.decision_id}
            ledger.say(LOADED_BY_DECISION, values, release.sheet, release.row_number)


def _table(table: Table, header: Header, releases: Sequence[Release]) -> Table:
    for release in releases:
        texts = {header.positions[comparable(field)]: text for field, text in release.values}
        index = pc.index(table.row_numbers, release.row_number).as_py()
        table = _set(table, index, texts) if index >= 0 else _inserted(table, release.row_number, texts)
    return table


def _set(table: Table, index: int, texts: dict[int, str]) -> Table:
    """The table with some cells of one row replaced."""
    row = [column[index].as_py() for column in table.cells.columns]
    return replace(table, cells=_with(table.cells, index, index + 1, row, texts))


def _inserted(table: Table, number: int, texts: dict[int, str]) -> Table:
    """The table with a bad row in its place again, made of the texts given; unchanged when it has no such row."""
    if not any(bad.row_number == number for bad in table.bad_rows):
        return table
    before = pc.sum(pc.less(table.row_numbers, number)).as_py() or 0
    numbers = table.row_numbers
    return replace(
        table,
        cells=_with(table.cells, before, before, [None] * table.cells.num_columns, texts),
        row_numbers=pa.concat_arrays([numbers.slice(0, before), pa.array([number], pa.int64()), numbers.slice(before)]),
        bad_rows=[bad for bad in table.bad_rows if bad.row_number != number],
    )


def _with(cells: pa.Table, start: int, end: int, row: list[str | None], texts: dict[int, str]) -> pa.Table:
    """`cells` with rows start … end replaced by `row`, itself with `texts` in their columns; '' is an empty cell."""
    given = [(texts[at] or None) if at in texts else cell for at, cell in enumerate(row)]
    one = pa.table(
        [pa.array([cell], field.type) for cell, field in zip(given, cells.schema, strict=True)], cells.schema
    )
    return pa.concat_tables([cells.slice(0, start), one, cells.slice(end)])
