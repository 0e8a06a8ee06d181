"""The questions that the reports ask of the marts, one SQL file each. Nothing is printed here."""

from __future__ import annotations

from pathlib import Path

import duckdb

from pipelines import asking


def ask(connection: duckdb.DuckDBPyConnection, question: str) -> list[asking.Row]:
    """The rows of `<question>.sql`."""
    return asking.ask(connection, Path(__file__).parent / f"{question}.sql")
