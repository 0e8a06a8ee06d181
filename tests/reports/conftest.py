"""The made-up enterprise, published, and its pages, made once for this folder."""

from __future__ import annotations

from collections.abc import Iterator

import duckdb
import pytest

from pipelines import reports, warehouse
from pipelines.workspace import Workspace
from tests.reports import fixture_lineage
from tests.reports.reading_pages import Page


@pytest.fixture(scope="session")
def enterprise(tmp_path_factory: pytest.TempPathFactory) -> Workspace:
    """Read it; a test that hurts a workspace makes its own."""
    return fixture_lineage.make_workspace(tmp_path_factory.mktemp("enterprise") / "works")


@pytest.fixture(scope="session")
def connection(enterprise: Workspace) -> Iterator[duckdb.DuckDBPyConnection]:
    with warehouse.reading(enterprise.published_warehouse) as opened:
        yield opened


@pytest.fixture(scope="session")
def pages(
    connection: duckdb.DuckDBPyConnection, tmp_path_factory: pytest.TempPathFactory
) -> dict[tuple[str, str], Page]:
    """(report, language) → the page."""
    written = reports.write_all(connection, tmp_path_factory.mktemp("reports"))
    named = {tuple(path.name.split(".")[:2]): path for path in written}
    return {(report, language): Page(path.read_text(encoding="utf-8")) for (report, language), path in named.items()}
