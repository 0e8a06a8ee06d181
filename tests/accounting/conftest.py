"""One accounted warehouse for all of these tests: the vectors, the errors and the made-up inventories in one dbt run."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any

import pytest

from tests.accounting import cases, inventories, real_files
from tests.accounting.books import Books
from tests.dbt.candidate import Candidate
from tests.shared_data import SHARED

SEED = 20261122
INVENTORIES = 240


@dataclass(frozen=True)
class Accounted:
    """The accounted warehouse, the made-up lines it holds, and the books behind it."""

    candidate: Candidate
    lines: list[inventories.Line]
    books: Books

    def ask(self, query: str) -> list[tuple[Any, ...]]:
        return self.candidate.ask(query)

    def tonnes(self, regime: str, stream_id: str) -> dict[str, Any]:
        """Tonnes CO2e by gas of a stream that has one month in the books."""
        rows = self.ask(
            f"select gas, emissions_tco2e from marts.fct_inventory where regime = '{regime}' and stream_id = '{stream_id}'"
        )
        return dict(rows)


@pytest.fixture(scope="session")
def accounted(tmp_path_factory: pytest.TempPathFactory) -> Accounted:
    books = Books()
    cases.write(books)
    if SHARED.is_dir():
        real_files.write(books, SHARED / "data")
    lines = inventories.write(books, SEED, INVENTORIES)
    return Accounted(books.close(tmp_path_factory.mktemp("accounts")), lines, books)
