"""A DuckDB with every table that a door judges, empty."""

from __future__ import annotations

from collections.abc import Iterator

import duckdb
import pytest

from tests.doors import ground


@pytest.fixture
def session() -> Iterator[duckdb.DuckDBPyConnection]:
    """The connection a door would be given by dbt."""
    with duckdb.connect() as connection:
        ground.lay(connection)
        yield connection
