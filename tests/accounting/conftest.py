"""Two accounted warehouses for these tests, one dbt run each: vectors and errors, and an industry of all sectors."""

from __future__ import annotations

from dataclasses import dataclass
from decimal import Decimal
from typing import Any

import pytest

from tests.accounting import cases, inventories, real_files, twins, use_cases
from tests.accounting.books import Books
from tests.accounting.calculator import REGIMES
from tests.dbt.candidate import Candidate
from tests.once import once
from tests.shared_data import SHARED

SEED = 20261122
INVENTORIES = 150
WITH_TWINS = 24


@dataclass(frozen=True)
class Accounted:
    """The accounted warehouse and the books behind it."""

    candidate: Candidate
    books: Books

    def ask(self, query: str) -> list[tuple[Any, ...]]:
        return self.candidate.ask(query)

    def tonnes(self, regime: str, stream_id: str) -> dict[str, Any]:
        """Tonnes CO2e by gas of a stream that has one month in the books."""
        rows = self.ask(
            f"select gas, emissions_tco2e from marts.fct_inventory where regime = '{regime}' and stream_id = '{stream_id}'"
        )
        return dict(rows)


@dataclass(frozen=True)
class Industry:
    """Made-up plants of every sector under seven rule books; the twins of some of them, by kind."""

    candidate: Candidate
    lines: list[inventories.Line]
    twins: dict[str, list[tuple[inventories.Line, str]]]

    def ask(self, query: str) -> list[tuple[Any, ...]]:
        return self.candidate.ask(query)

    def stored(self) -> dict[tuple[str, str, str], tuple[Decimal | None, Decimal | None]]:
        """By regime, stream and gas: tonnes and tonnes CO2e as published."""
        rows = self.ask("select regime, stream_id, gas, emissions_t, emissions_tco2e from marts.fct_inventory")
        return {tuple(row[:3]): tuple(row[3:]) for row in rows}


@pytest.fixture(scope="session")
def accounted(tmp_path_factory: pytest.TempPathFactory) -> Accounted:
    books = Books()
    cases.write(books)
    use_cases.write(books)
    if SHARED.is_dir():
        real_files.write(books, SHARED / "data")
    return Accounted(Candidate(once(tmp_path_factory, "accounts", books.close) / "warehouse.duckdb"), books)


@pytest.fixture(scope="session")
def industry(tmp_path_factory: pytest.TempPathFactory) -> Industry:
    books = Books()
    lines = inventories.write(books, SEED, INVENTORIES)
    names = sorted({line.inventory for line in lines})[:WITH_TWINS]
    copies = twins.write(books, [line for line in lines if line.inventory in names])
    folder = once(tmp_path_factory, "industry", under_every_rule_book(books).close)
    return Industry(Candidate(folder / "warehouse.duckdb"), lines, copies)


def under_every_rule_book(books: Books) -> Books:
    """The books with all seven regimes switched on; two of them are on already."""
    more = [{"regime": regime} for regime in REGIMES if regime not in ("gbt32150", "ghgp_location")]
    books.upstream["settings.regimes"] = more
    return books
