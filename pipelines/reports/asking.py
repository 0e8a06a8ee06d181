"""Asks one of the questions (`questions/*.sql`) and hands back its rows as dicts. Writes no SQL and rounds no number."""

from __future__ import annotations

from pathlib import Path
from typing import Any

import duckdb

QUESTIONS = Path(__file__).parent / "questions"

Row = dict[str, Any]


def ask(connection: duckdb.DuckDBPyConnection, question: str, *parameters: object) -> list[Row]:
    """The rows of `questions/<question>.sql`; DECIMALs arrive as Decimal, a missing value as None."""
    text = (QUESTIONS / f"{question}.sql").read_text(encoding="utf-8")
    answer = connection.execute(text, list(parameters))
    names = [column[0] for column in answer.description or []]
    return [dict(zip(names, values, strict=True)) for values in answer.fetchall()]


def grouped(rows: list[Row], *keys: str) -> dict[tuple, list[Row]]:
    """The rows by the values of `keys`, both in the order in which SQL gave them."""
    groups: dict[tuple, list[Row]] = {}
    for row in rows:
        groups.setdefault(tuple(row[key] for key in keys), []).append(row)
    return groups
