"""The pipeline against the independent calculators: plants of every sector under seven rule books, digit by digit."""

from __future__ import annotations

import time
from collections import defaultdict
from decimal import Decimal
from fractions import Fraction

import pytest

from tests import campaigns
from tests.accounting import inventories, plants
from tests.accounting.answers import answers, grown, scope_of
from tests.accounting.books import Books
from tests.accounting.calculator import REGIMES, rounded
from tests.accounting.conftest import Industry, under_every_rule_book


def test_every_made_up_line_agrees_to_the_last_digit(industry):
    expected = answers(industry.lines)
    plain = {line.stream_id for line in industry.lines}
    assert {key: tonnes for key, tonnes in industry.stored().items() if key[1] in plain} == expected


def test_what_grew_stands_apart_to_the_last_digit(industry):
    expected = grown(industry.lines)
    plain = {line.stream_id for line in industry.lines}
    rows = industry.ask("select regime, stream_id, biogenic_co2_t, status from marts.fct_biogenic")
    assert {tuple(row[:2]): row[2] for row in rows if row[1] in plain} == expected
    assert {row[3] for row in rows} == {"complete"} and len(expected) > 100


def test_the_sample_knows_every_sector_and_every_rule_book(industry):
    """A sector that the calculator or the accounts left out altogether would agree in silence."""
    sector_of = {line.stream_id: line.sector for line in industry.lines}
    types = {line.variant.stream_type for line in industry.lines}
    of_sectors = {one.stream_type: sector for sector, variants in plants.SECTORS.items() for one in variants}
    accounted = {(regime, sector_of[stream]) for regime, stream, _ in answers(industry.lines)}
    assert {regime for regime, _ in accounted} == set(REGIMES)
    assert {of_sectors[name] for name in types if name in of_sectors} == set(plants.SECTORS)
    assert len(accounted) > 75


def test_every_made_up_line_is_complete(industry):
    rows = industry.ask("select count(*), count(*) filter (where status = 'complete') from marts.fct_inventory")
    assert rows[0][0] == rows[0][1] > 5000


def test_the_totals_are_the_calculators_own(industry):
    """Site, year and scope, added up from the calculators' lines; no number of the warehouse is used."""
    line_of = {line.stream_id: line for line in industry.lines}
    totals: dict[tuple[str, int, str, str], Decimal] = defaultdict(Decimal)
    for (regime, stream_id, _), (_, equivalent) in answers(industry.lines).items():
        line = line_of[stream_id]
        totals[regime, line.month.year, line.inventory, scope_of(line)] += equivalent
    rows = industry.ask("""
        select regime, year, facility_id, scope, emissions_tco2e from marts.fct_totals where facility_id not like '%-%'
    """)
    assert {tuple(row[:4]): row[4] for row in rows} == totals


@pytest.mark.parametrize(
    "parts",
    [
        "regime, year, facility_id, scope, stream_id",
        "regime, year, facility_id, scope, gas",
        "regime, year, facility_id, scope, month",
        "regime, year, facility_id, scope, stream_type",
        "regime, year, facility_id, scope",
    ],
)
def test_parts_add_up_to_the_totals(industry, parts):
    apart = industry.ask(f"""
        with parts as (select {parts}, sum(emissions_tco2e) as tonnes from marts.fct_inventory group by all),
        summed as (select regime, year, facility_id, scope, sum(tonnes) as tonnes from parts group by all)
        select regime, year, facility_id, scope, totals.emissions_tco2e, summed.tonnes
        from marts.fct_totals as totals
        full join summed using (regime, year, facility_id, scope)
        where totals.emissions_tco2e is distinct from summed.tonnes
    """)
    assert apart == []


def test_shares_of_every_known_line_add_up_to_one(industry):
    wrong = industry.ask("""
        select emission_id from marts.fct_inventory
        where activity_quantity is not null and error_code = ''
            and abs(measured_share + apportioned_share + substituted_share - 1) > 0.000001
    """)
    assert wrong == []


def products(industry: Industry, last_term: int) -> dict[str, Fraction]:
    """The workings of every line multiplied in fractions, as far as a term's place; no sign, no rounding."""
    found: dict[str, Fraction] = {}
    for emission, digits, scale, numerator, denominator in industry.ask(f"""
        select emission_id, digits, scale, numerator, denominator from accounting.workings
        where term_order < {last_term} order by emission_id
    """):
        found[emission] = found.get(emission, Fraction(1)) * Fraction(
            int(digits) * int(numerator), int(denominator) * 10**scale
        )
    return found


@pytest.mark.parametrize(("column", "last_term"), [("emissions_t", 1000), ("emissions_tco2e", 9999)])
def test_every_figure_prints_as_its_product(industry, column, last_term):
    """The workings alone, multiplied in fractions, give the stored tonnes of every line."""
    multiplied = products(industry, last_term)
    stored = industry.ask(f"select emission_id, abs({column}) from accounting.emissions")
    assert len(stored) > 5000
    assert [
        row for row in stored if rounded(multiplied[row[0]], 2 if row[0].startswith("mee_ets") else 6) != row[1]
    ] == []


@pytest.mark.campaign
@pytest.mark.parametrize("seed", [1, 2, 3, 4])
def test_a_thousand_inventories_agree_to_the_last_digit(tmp_path, seed):
    started = time.monotonic()
    books = under_every_rule_book(Books())
    lines = inventories.write(books, seed, 1000)
    candidate = books.close(tmp_path)
    expected = answers(lines)
    rows = candidate.ask("select regime, stream_id, gas, emissions_t, emissions_tco2e from marts.fct_inventory")
    assert {tuple(row[:3]): tuple(row[3:]) for row in rows} == expected
    done = f"1,000 generated inventories of 12 sectors under 7 rule books, {len(expected):,} emissions, against the \
independent calculators"
    campaigns.record(f"inventories, seed {seed}", done, "difference 0 in every one", time.monotonic() - started)
