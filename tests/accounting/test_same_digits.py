"""The order in which rows arrive changes nothing; and the long form of the comparison with the calculator."""

from __future__ import annotations

import shutil
import time

import pytest

from pipelines import warehouse
from tests import campaigns
from tests.accounting import inventories
from tests.accounting.books import Books, account
from tests.accounting.calculator import emissions
from tests.dbt.candidate import Candidate

COMPARED = [
    "accounting.workings",
    "accounting.emissions",
    "marts.fct_inventory",
    "marts.fct_totals",
    "marts.fct_energy",
]
SHUFFLED = ["readings.admitted", "plan.streams", "plan.facilities", "plan.parameters"]
SHUFFLED += [f"rules.{name}" for name in ("methods", "method_terms", "factors", "factor_sets")]


def test_the_order_of_rows_changes_no_digit(accounted, tmp_path):
    copy = Candidate(tmp_path / "warehouse.duckdb")
    shutil.copy(accounted.candidate.file, copy.file)
    with warehouse.writing(copy.file) as connection:
        for table in SHUFFLED:
            connection.execute(
                f"create or replace table {table} as select * from {table} order by md5({table.split('.')[1]}::varchar)"
            )
        for table in COMPARED:
            connection.execute(f"create table {table}_before as select * from {table}")
    account(copy)
    for table in COMPARED:
        assert copy.ask(f"select count(*) from {table}")[0][0] > 0
        assert (
            copy.ask(
                f"(from {table} except all from {table}_before) union all (from {table}_before except all from {table})"
            )
            == []
        )


@pytest.mark.campaign
@pytest.mark.parametrize("seed", [1, 2, 3, 4])
def test_a_thousand_inventories_agree_to_the_last_digit(tmp_path, seed):
    started = time.monotonic()
    books = Books()
    lines = inventories.write(books, seed, 1000)
    candidate = books.close(tmp_path)
    expected = {
        (regime, line.stream_id, gas): tonnes
        for line in lines
        for (regime, gas), tonnes in emissions(line.activity).items()
    }
    rows = candidate.ask("select regime, stream_id, gas, emissions_t, emissions_tco2e from marts.fct_inventory")
    assert {tuple(row[:3]): tuple(row[3:]) for row in rows} == expected
    done = f"1,000 generated inventories, {len(expected):,} emissions, against the independent calculator"
    campaigns.record(f"inventories, seed {seed}", done, "difference 0 in every one", time.monotonic() - started)
