"""Asks a question that stands in a `.sql` file and hands back its rows as dicts. Writes no SQL and rounds no number."""

from __future__ import annotations

import re
from pathlib import Path
from typing import Any

import duckdb

Row = dict[str, Any]


def ask(connection: duckdb.DuckDBPyConnection, question: Path, *parameters: object, **named: object) -> list[Row]:
    """The rows that the query in file `question` gives; DECIMALs arrive as Decimal, a missing value as None.

    parameters: for its `?` marks. named: for its `$name` marks; a name that the query does not use is passed over.
    """
    query = question.read_text(encoding="utf-8")
    used = {name: value for name, value in named.items() if re.search(rf"\${name}\b", query)}
    answer = connection.execute(query, used or list(parameters))
    names = [column[0] for column in answer.description or []]
    return [dict(zip(names, values, strict=True)) for values in answer.fetchall()]


def grouped(rows: list[Row], *keys: str) -> dict[tuple[Any, ...], list[Row]]:
    """The rows by the values of `keys`, both in the order in which SQL gave them."""
    groups: dict[tuple[Any, ...], list[Row]] = {}
    for row in rows:
        groups.setdefault(tuple(row[key] for key in keys), []).append(row)
    return groups
