"""What must not move the accounts: other units, split records, a zero beside, the order of rows, one thread or two."""

from __future__ import annotations

import shutil
from collections.abc import Iterator
from decimal import Decimal
from fractions import Fraction
from pathlib import Path

import pytest

from pipelines import warehouse
from pipelines.workspace import DBT_PROJECT_DIR
from tests.accounting.answers import exact
from tests.accounting.books import account
from tests.accounting.calculator import REGIMES, rounded
from tests.accounting.conftest import Industry
from tests.dbt.candidate import Candidate

DECIMALS = {regime: 2 if regime == "mee_ets" else 6 for regime in REGIMES}
COMPARED = [
    "accounting.workings",
    "accounting.emissions",
    "marts.fct_inventory",
    "marts.fct_totals",
    "marts.fct_energy",
    "marts.fct_regime_bridge",
]
SHUFFLED = ["readings.admitted", "plan.streams", "plan.facilities", "plan.parameters"]
SHUFFLED += [f"rules.{name}" for name in ("methods", "method_terms", "factors", "factor_sets", "regime_treatments")]


def pairs(industry: Industry, kind: str) -> Iterator[tuple[str, str, tuple, tuple]]:
    """Regime and stream with the figures of a line and of its twin, gas by gas."""
    stored = industry.stored()
    gases: dict[tuple[str, str], set[str]] = {}
    for regime, stream, gas in stored:
        gases.setdefault((regime, stream), set()).add(gas)
    for line, twin in industry.twins[kind]:
        for regime in REGIMES:
            assert gases.get((regime, twin)) == gases.get((regime, line.stream_id)), (regime, line, twin)
            for gas in gases.get((regime, twin), ()):
                yield regime, line.stream_id, stored[regime, line.stream_id, gas], stored[regime, twin, gas]


@pytest.mark.parametrize(("kind", "least"), [("unit", 400), ("meters", 500), ("halves", 500), ("zero", 500)])
def test_what_means_the_same_gives_the_same(industry, kind, least):
    compared = list(pairs(industry, kind))
    assert len(compared) > least
    assert [one for one in compared if one[2] != one[3]] == []


def test_doubling_the_activity_doubles_the_emissions(industry):
    """Within the one rounding; and exactly where the tonnes need none."""
    compared = list(pairs(industry, "double"))
    assert len(compared) > 500
    for regime, stream_id, once, twice in compared:
        assert all(
            abs(two - 2 * one) <= Decimal(1).scaleb(-DECIMALS[regime]) for one, two in zip(once, twice, strict=True)
        ), stream_id
    unrounded = 0
    stored = industry.stored()
    for line, twin in industry.twins["double"]:
        for regime in REGIMES:
            for gas, masses in exact(line, regime).items():
                for place, mass in enumerate(masses):
                    if rounded(mass, DECIMALS[regime]) == mass:
                        unrounded += 1
                        assert stored[regime, twin, gas][place] == 2 * stored[regime, line.stream_id, gas][place]
    assert unrounded > 20


def test_before_the_rounding_doubling_is_exact(industry):
    """The product of the workings, in fractions, of twice the amount is twice the product."""
    multiplied: dict[str, Fraction] = {}
    for emission, digits, scale, numerator, denominator in industry.ask("""
        select emission_id, digits, scale, numerator, denominator from accounting.workings
    """):
        term = Fraction(int(digits) * int(numerator), int(denominator) * 10**scale)
        multiplied[emission] = multiplied.get(emission, Fraction(1)) * term
    names = {twin: line.stream_id for line, twin in industry.twins["double"]}
    doubled = {
        emission: emission.replace(emission.split("|")[1], names[emission.split("|")[1]], 1)
        for emission in multiplied
        if emission.split("|")[1] in names
    }
    assert len(doubled) > 500
    assert [twin for twin, one in doubled.items() if multiplied[twin] != 2 * multiplied[one]] == []


@pytest.fixture
def one_thread(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """dbt and DuckDB itself use one thread: the project's profile has no such setting, so a copy of it gets one."""
    project = shutil.copytree(
        DBT_PROJECT_DIR, tmp_path / "dbt_project", ignore=shutil.ignore_patterns("target", "logs")
    )
    profile = (project / "profiles.yml").read_text(encoding="utf-8")
    assert profile.count("settings:\n") == 1
    slow = profile.replace("settings:\n", "settings:\n        threads: 1\n")
    (project / "profiles.yml").write_text(slow, encoding="utf-8")
    monkeypatch.setattr("tests.dbt.candidate.DBT_PROJECT_DIR", project)
    monkeypatch.setenv("TANKU_THREADS", "1")


def test_neither_the_order_of_rows_nor_one_thread_changes_a_digit(industry, tmp_path, one_thread):
    copy = Candidate(tmp_path / "warehouse.duckdb")
    shutil.copy(industry.candidate.file, copy.file)
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
