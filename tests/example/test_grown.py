"""What goes wrong in practice, once built: own power, transfers, a tenant, green claims, a site bought, a leap day.

Figures by hand come from the truth and from factors as printed.
"""

from __future__ import annotations

import csv
from collections.abc import Iterator
from datetime import date, timedelta
from decimal import Decimal
from fractions import Fraction
from typing import Any

import duckdb
import pytest

from pipelines import warehouse
from pipelines.example import Truth
from pipelines.workspace import PROJECT_ROOT, Workspace
from tests.example import calculator

ACQUIRED = date(2024, 7, 1)
WORKSHOP_MAIN = "3299030000000000300019"


@pytest.fixture(scope="module")
def published(built: Workspace) -> Iterator[duckdb.DuckDBPyConnection]:
    with warehouse.reading(built.published_warehouse) as connection:
        yield connection


@pytest.fixture(scope="module")
def ask(published: duckdb.DuckDBPyConnection) -> Any:
    return lambda query, *values: published.execute(query, values).fetchall()


def rules(table: str) -> list[dict[str, str]]:
    """The rows of a table of the rules, of every folder."""
    files = sorted((PROJECT_ROOT / "seeds").glob(f"*/{table}.csv"))
    return [row for file in files for row in csv.DictReader(file.open(encoding="utf-8", newline=""))]


# -- own solar power ---------------------------------------------------------------------------------------------------


@pytest.mark.parametrize("stream_id", ["F-PV", "F-PVX"])
def test_own_solar_power_is_in_no_account_and_says_why(ask: Any, stream_id: str) -> None:
    rows = ask(
        "select regime, treatment, reason_zh, reason_en from marts.fct_exclusions where stream_id = ?", stream_id
    )
    assert {(regime, treatment) for regime, treatment, *_ in rows} == {(r, "excluded") for r in calculator.GRID}
    assert all(zh and en for *_, zh, en in rows)
    assert ask("select count(*) from marts.fct_inventory where stream_id = ?", stream_id) == [(0,)]


def test_every_rule_book_leaves_own_solar_power_out() -> None:
    regimes = {row["regime"] for row in rules("regimes")}
    treatments = [row for row in rules("regime_treatments") if row["stream_type"] == "purchased_electricity"]
    own = [row for row in treatments if row["origin"] in ("", "own_generated") and row["fuel"] in ("", "solar")]
    best = {row["regime"]: row for row in sorted(own, key=lambda row: (row["origin"] != "", row["fuel"] != ""))}
    assert len(regimes) == 7 and {r: best[r]["treatment"] for r in regimes} == dict.fromkeys(regimes, "excluded")


# -- the private line between two sites, the tenant --------------------------------------------------------------------


def test_the_line_loss_is_seen_and_is_no_finding(ask: Any) -> None:
    rows = ask("select gap_ratio, is_flagged from marts.fct_reconciliations where stream_id = 'E-CHP'")
    assert len(rows) == 37
    assert all(Decimal("0.009") < gap < Decimal("0.013") and not flagged for gap, flagged in rows)


def test_the_group_leaves_out_both_ends_of_the_private_line(ask: Any, truth: Truth) -> None:
    """The sites keep them: the foundry subtracts what it sent, the electronics plant counts what it received."""
    sent, received = truth.year("F-CHPX", 2024), truth.year("E-CHP", 2024)
    expected = {
        "gbt32150": (received - sent) * Decimal("0.5366"),
        "ghgp_location": received * Decimal("0.5827"),
        "ghgp_market": received * Decimal("0.6096"),
    }
    rows = ask("""
        select regime, sites_tco2e, transfers_tco2e, group_tco2e from marts.fct_group_totals
        where year = 2024 and scope = 'scope_2'
    """)
    assert {regime for regime, *_ in rows} == expected.keys()
    for regime, sites, transfers, group in rows:
        assert abs(transfers - expected[regime]) < Decimal("0.0001") and sites - transfers == group
    assert received < sent


def test_the_tenants_power_leaves_scope_2_under_every_rule_book(ask: Any, truth: Truth) -> None:
    rows = ask("""
        select regime, sum(emissions_tco2e), bool_and(status = 'complete') from marts.fct_inventory
        where stream_id = 'E-TEN' and year = 2024 group by regime
    """)
    resold = truth.year("E-TEN", 2024)
    for regime, tonnes, complete in rows:
        factor = Decimal(calculator.GRID[regime]["2024"])
        assert complete and abs(tonnes + resold * factor) < Decimal("0.0001")
    assert len(rows) == 3


# -- steam sold, condensate returned, heat and power split -------------------------------------------------------------


def test_superheated_steam_is_sold_by_its_own_enthalpy_and_its_condensate_is_added_back(ask: Any, truth: Truth) -> None:
    """GB/T counts heat from 0: tonnes x kJ/kg; water tonnes x °C x 4.1868; 0.11 tCO2/GJ; the Protocol nets no export."""
    months = [f"2024-{month:02d}" for month in range(1, 13)]
    steam = sum(truth.monthly["F-STX"][m] * truth.monthly["F-STX-H"][m] / 1000 for m in months)
    water = sum(truth.monthly["F-COND"][m] * truth.monthly["F-COND-T"][m] * Decimal("4.1868") / 1000 for m in months)
    rows = ask("""
        select stream_id, regime, sum(emissions_tco2e), bool_and(status = 'complete') from marts.fct_inventory
        where stream_id in ('F-STX', 'F-COND') and year = 2024 group by stream_id, regime order by stream_id
    """)
    assert [(stream_id, regime, complete) for stream_id, regime, _, complete in rows] == [
        ("F-COND", "gbt32150", True),
        ("F-STX", "gbt32150", True),
    ]
    assert abs(rows[0][2] - water * Decimal("0.11")) < Decimal("0.0001")
    assert abs(rows[1][2] + steam * Decimal("0.11")) < Decimal("0.0001")
    told = ask("select count(*) from marts.fct_exclusions where stream_id in ('F-STX', 'F-COND') and reason_en <> ''")
    assert told == [(4,)]


@pytest.mark.parametrize("regime", calculator.GRID)
def test_the_boilers_emissions_split_by_the_heat_that_was_supplied(ask: Any, truth: Truth, regime: str) -> None:
    """Heat takes supplied / produced of the coal's tonnes, power the rest (NDRC: 供热比)."""
    rows = ask("""
        select strftime(month, '%Y-%m'), heat_emissions_tco2e, power_emissions_tco2e, power_generated_mwh, status
        from marts.fct_chp_split where stream_id = 'F-COAL' and regime = ?
    """, regime)  # fmt: skip
    assert {month for month, *_ in rows} == set(truth.monthly["F-COAL"])
    coal = calculator.lines(truth, regime, list(truth.monthly["F-COAL"]))
    for month, heat, power, generated, status in rows:
        whole = sum(tonnes for line, tonnes in coal.items() if line[:2] == ("F-COAL", month))
        share = truth.monthly["F-COAL-HS"][month] / truth.monthly["F-COAL-HP"][month]
        assert heat + power == whole and abs(heat - whole * share) <= Decimal("0.000001")
        assert Decimal("0.02") < power / whole < Decimal("0.06")
        assert (generated, status) == (truth.monthly["F-CHPX"][month], "complete")


# -- green power -------------------------------------------------------------------------------------------------------


def test_the_contract_counts_where_it_may_and_the_certificate_claimed_twice_nowhere(ask: Any) -> None:
    rows = ask("""
        select stream_id, error_code, count(*), min(month), max(month), string_agg(distinct regime, ' ' order by regime)
        from marts.fct_inventory where stream_type = 'green_electricity' group by stream_id, error_code order by stream_id
    """)
    august, both = (date(2024, 8, 1), date(2024, 8, 1)), "gbt32150 ghgp_market"
    assert rows == [
        ("E-GEC", "CERTIFICATE_TWICE", 2, *august, both),
        ("E-GREEN", "", 2 * 25, date(2024, 1, 1), date(2026, 1, 1), both),
        ("F-GEC", "CERTIFICATE_TWICE", 2, *august, both),
    ]
    told = ask("select stream_id from marts.fct_exclusions where regime = 'ghgp_location' and fuel like 'green%'")
    assert {stream_id for (stream_id,) in told} == {"E-GEC", "E-GREEN", "F-GEC"}


def test_the_doubly_claimed_certificate_spoils_one_month_of_two_sites(ask: Any, truth: Truth) -> None:
    rows = ask("""
        select distinct facility_id, strftime(month, '%Y-%m') from marts.fct_inventory where status = 'error'
    """)
    assert set(rows) == {
        ({"E": "NJ-E", "F": "NJ-F"}[planted.stream_id[0]], month)
        for planted in truth.faults("certificate_twice")
        for month in planted.months
    }


def test_power_proven_green_is_still_energy_that_was_used(ask: Any, truth: Truth) -> None:
    """It is a part of what was bought: only the tenant's power leaves the site again."""
    rows = ask("select stream_id, sum(energy_gj) from marts.fct_energy where year(month) = 2024 group by stream_id")
    energy = dict(rows)
    assert {energy[stream_id] for stream_id in ("E-GREEN", "E-GEC", "F-GEC", "F-PVX")} == {0}
    assert energy["E-EL"] == truth.year("E-EL", 2024) * Decimal("3.6")
    assert energy["E-TEN"] == -truth.year("E-TEN", 2024) * Decimal("3.6")
    assert energy["F-PV"] == truth.year("F-PV", 2024) * Decimal("3.6")


# -- bills across months, the workshop, blended diesel -----------------------------------------------------------------


def test_a_bill_from_the_26th_to_the_25th_is_spread_by_day(ask: Any, truth: Truth) -> None:
    rows = ask("""
        select strftime(period_start, '%Y-%m'), measured_quantity, basis from readings.planned
        where parameter_id = 'E-EL-BILL' and period_start between date '2023-01-01' and date '2025-12-01'
    """)
    assert len(rows) == 36 and {basis for *_, basis in rows} == {"apportioned"}
    for month, quantity, _ in rows:
        share = calculator.billed_by_day(truth, "3299200200013", month) / 1000
        assert abs(Fraction(quantity) - share) < Fraction(1, 10_000), month


def test_nothing_was_due_of_the_workshop_before_it_was_bought(ask: Any) -> None:
    for table, column in (
        ("readings.planned", "period_start"),
        ("marts.fct_inventory", "month"),
        ("marts.fct_meter_completeness", "local_date"),
    ):
        assert ask(f"select min({column}) from {table} where facility_id = 'NJ-W'") == [(ACQUIRED,)]
    assert ask("select status from marts.fct_totals where facility_id = 'NJ-W' and year < 2026 group by all") == [
        ("complete",)
    ]
    before = ask("select row_count, first_date, last_date from readings.unplanned where source_key = ?", WORKSHOP_MAIN)
    assert before == [(30, date(2024, 6, 1), date(2024, 6, 30))]


def test_the_diesels_biogenic_carbon_stands_apart_from_the_day_it_is_blended(ask: Any, truth: Truth) -> None:
    """2006 IPCC: bio-diesel has 27.0 GJ/t and 70 800 kg CO2/TJ."""
    shares = truth.monthly["F-DIESEL-BIO"]
    rows = ask(
        "select regime, strftime(month, '%Y-%m'), biogenic_co2_t from marts.fct_biogenic where stream_id = 'F-DIESEL'"
    )
    found = {(regime, month): tonnes for regime, month, tonnes in rows}
    assert {month for _, month in found} == set(shares) and {regime for regime, _ in found} == set(calculator.TAKEN_OFF)
    for (_, month), tonnes in found.items():
        exact = Fraction(truth.monthly["F-DIESEL"][month]) * Fraction(shares[month]) * 27 * Fraction("0.0708")
        assert tonnes == calculator.rounded(exact)


# -- the leap year -----------------------------------------------------------------------------------------------------


def test_a_leap_year_has_35136_quarter_hours_a_meter(ask: Any) -> None:
    rows = ask("""
        select meter_id, channel, count(*), count(*) filter (where month(interval_start) = 2) from marts.load_profile_values
        where year(interval_start) = 2024 group by all
    """)
    slots = {(meter, channel): counted for meter, channel, *counted in rows}
    assert slots.pop((WORKSHOP_MAIN, "active_import")) == [(30 + 184) * 96, 0]
    assert len(slots) == 5 and set(map(tuple, slots.values())) == {(35_136, 2_784)}
    days = ask("""
        select sum(values_expected), sum(values_present) from marts.fct_meter_completeness
        where point_id = 'E-E-MAIN' and year(local_date) = 2024
    """)
    assert days == [(35_136, 35_136)]


def test_every_day_of_the_accounts_has_the_same_date_of_the_year_before(ask: Any) -> None:
    rows = ask("select local_date, month, year, days_in_month, same_date_last_year from marts.dim_dates order by 1")
    first, end = date(2023, 1, 1), date(2026, 2, 15)
    assert [row[0] for row in rows] == [first + timedelta(n) for n in range((end - first).days)]
    for day, month, year, days_in_month, same in rows:
        assert (month, year) == (day.replace(day=1), day.year)
        assert days_in_month == ((month + timedelta(31)).replace(day=1) - month).days
        leap = (day.month, day.day) == (2, 29)
        assert same == (date(day.year - 1, 2, 28) if leap else day.replace(year=day.year - 1))


def test_month_to_date_compares_29_days_with_28_on_the_leap_day_only(ask: Any) -> None:
    rows = ask("""
        select days.local_date, day(days.local_date) as days_here, count(before.local_date) as days_there
        from marts.dim_dates as days
        inner join marts.dim_dates as before
            on before.month = date_trunc('month', days.same_date_last_year)
            and before.local_date <= days.same_date_last_year
        group by all
    """)
    assert [row for row in rows if row[1] != row[2]] == [(date(2024, 2, 29), 29, 28)]
    assert len(rows) == (date(2026, 2, 15) - date(2024, 1, 1)).days


def test_power_to_date_on_the_leap_day_stands_beside_the_whole_february_before(ask: Any, truth: Truth) -> None:
    daily = """
        select sum(profiles.quantity) from readings.profile_days as profiles
        inner join marts.dim_dates as days on days.local_date = date '2024-02-29'
        where profiles.parameter_id = 'F-EL-AD' and profiles.period_start between {} and {}
    """
    here = ask(daily.format("days.month", "days.local_date"))
    there = ask(daily.format("date_trunc('month', days.same_date_last_year)", "days.same_date_last_year"))
    assert (here, there) == ([(truth.monthly["F-EL"]["2024-02"],)], [(truth.monthly["F-EL"]["2023-02"],)])
