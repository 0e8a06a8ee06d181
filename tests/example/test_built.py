"""The example built and published says what is true, and of each planted fault what it should."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import date
from decimal import Decimal
from hashlib import sha256
from typing import Any

import duckdb
import pytest

from pipelines import warehouse
from pipelines.example import Truth
from pipelines.workspace import Workspace

# Two months in one interval of the register: their sum is true, each by itself is spread over the days.
SPREAD = {("E-NG", "2024-03"), ("E-NG", "2024-04")}


@pytest.fixture(scope="module")
def published(built: Workspace) -> Iterator[duckdb.DuckDBPyConnection]:
    with warehouse.reading(built.published_warehouse) as connection:
        yield connection


@pytest.fixture(scope="module")
def planned(published: duckdb.DuckDBPyConnection) -> dict[tuple[str, str], tuple[Any, ...]]:
    """(series of the truth, month) → quantity, measured quantity, hours missing, basis."""
    rows = published.sql("""
        select replace(parameter_id, '-AD', ''), strftime(period_start, '%Y-%m'), quantity, measured_quantity,
            hours_missing, basis
        from readings.planned where frequency = 'month'
    """).fetchall()
    return {(series, month): tuple(values) for series, month, *values in rows}


def test_every_month_read_is_the_true_one_or_a_planted_gap(planned: dict, truth: Truth) -> None:
    gaps = {(p.stream_id, m): p.hours_missing for p in truth.planted if p.quantity_missing for m in p.months}
    compared = 0
    for series, months in truth.monthly.items():
        if series == "E-HEAT" or series.endswith("-MT"):  # billed across months; not in the plan
            continue
        for month, true in months.items():
            if (series, month) in SPREAD:
                continue
            quantity, measured, hours, _basis = planned[series, month]
            assert measured == truth.readable(series, month), (series, month)
            assert (quantity, hours) == ((None, gaps[series, month]) if (series, month) in gaps else (true, 0))
            compared += 1
    assert compared > 1000


def test_the_missed_reading_spreads_two_months_without_loss(planned: dict, truth: Truth) -> None:
    assert {planned[key][3] for key in SPREAD} == {"apportioned"}
    spread = sum(planned[key][0] for key in SPREAD)
    assert spread == truth.monthly["E-NG"]["2024-03"] + truth.monthly["E-NG"]["2024-04"]


def test_heat_is_spread_from_its_bills(planned: dict, truth: Truth) -> None:
    billed = [bill for bill in truth.bills if bill.account_id == "RL-88-01180"]
    for month in truth.monthly["E-HEAT"]:
        first = date.fromisoformat(f"{month}-01")
        last = date(first.year + first.month // 12, first.month % 12 + 1, 1)
        days = ((bill, (min(bill.end, last) - max(bill.start, first)).days) for bill in billed)
        shares = [bill.quantity * n / (bill.end - bill.start).days for bill, n in days if n > 0]
        assert abs(planned["E-HEAT", month][1] - sum(shares)) < Decimal("0.00001")


def test_every_row_is_accounted_for(published: duckdb.DuckDBPyConnection, truth: Truth) -> None:
    rows = published.sql(
        "select file_name, outcome, codes, rows_loaded, rows_quarantined from marts.fct_deliveries"
    ).fetchall()
    found = {name: values for name, *values in rows}
    quarantined = {planted.file: planted.code for planted in truth.faults("quarantined_row")}
    unread = truth.faults("unread_file")[0]
    twice = truth.faults("duplicate_file")[0].file
    for name, records in truth.data_rows.items():
        if name == twice and name not in found:  # the same bytes are one delivery
            continue
        outcome, codes, loaded, set_aside = found[name]
        assert loaded + set_aside == records, name
        assert set_aside == (name in quarantined), name
        assert (outcome == "REJECT_FILE") == (name == unread.file), name
        assert quarantined.get(name, "") in codes


def test_the_controls_find_what_was_planted_before_2026(published: duckdb.DuckDBPyConnection, truth: Truth) -> None:
    rows = published.sql("""
        select control_id, stream_id, strftime(period_start, '%Y-%m') from marts.fct_verdict_rows
        where period_start < date '2026-01-01' and control_id in ('DQ01', 'DQ04', 'DQ09', 'DQ10', 'DQ14', 'DQ15', 'DQ16')
    """).fetchall()
    expected = {("DQ10", p.stream_id, m) for p in truth.planted if p.quantity_missing for m in p.months}
    for control, kinds in (
        ("DQ14", ["calibration_lapsed"]),
        ("DQ04", ["bill_off", "missing_reading"]),
        ("DQ16", ["certificate_twice"]),
    ):
        expected |= {(control, p.stream_id, m) for kind in kinds for p in truth.faults(kind) for m in p.months}
    assert set(rows) == expected


def test_the_unknown_meters_and_the_two_revisions_are_told(published: duckdb.DuckDBPyConnection, truth: Truth) -> None:
    unplanned = {key for (key,) in published.sql("select source_key from readings.unplanned").fetchall()}
    assert truth.faults("unknown_meter")[0].note in unplanned
    assert {"3299030000000000300019", "RQ-NJW-2019-0077"} <= unplanned, "the workshop's meters before it was bought"
    assert not [key for key in unplanned if key.startswith("NJ-F/01.")], "fuels are in the plan"
    revised = published.sql("select file_name from marts.fct_events where event = 'VALUE_REVISED'").fetchall()
    assert {name for (name,) in revised} == {
        planted.file for kind in ("revised", "deprecated_footprint") for planted in truth.faults(kind)
    }


def test_2023_and_2025_can_be_reported_and_2024_says_why_not(published: duckdb.DuckDBPyConnection) -> None:
    rows = published.sql("""
        select year, facility_id, scope, reason_zh, reason_en from marts.fct_totals
        where status <> 'complete' and year < 2026 and regime = 'gbt32150'
    """).fetchall()
    named = {(year, facility, scope): (zh, en) for year, facility, scope, zh, en in rows}
    assert named.keys() == {(2024, "NJ-E", "scope_1"), (2024, "NJ-E", "scope_2"), (2024, "NJ-F", "scope_2")}
    assert all("E-PETROL" in text for text in named[2024, "NJ-E", "scope_1"])
    assert all("E-GEC" in text and "F-" not in text for text in named[2024, "NJ-E", "scope_2"])
    assert all("F-STEAM" in text and "F-GEC" in text for text in named[2024, "NJ-F", "scope_2"])


def test_the_monthly_record_names_the_paper_that_the_plan_asks_for(published: duckdb.DuckDBPyConnection) -> None:
    rows = published.sql("""
        select evidence, count(*) from marts.fct_monthly_records
        where data_source = '盘点表/煤焦油品月度盘点' and month = date '2024-03-01' group by evidence
    """).fetchall()
    digest = sha256("example PD-煤焦-202403 煤焦油品月度盘点".encode()).hexdigest()
    # coal, coke and diesel rest on one count
    assert rows == [(f"盘点表 PD-煤焦-202403 SHA-256 {digest[:12]}", 3)]


def test_every_fuel_burnt_is_energy_used(published: duckdb.DuckDBPyConnection, truth: Truth) -> None:
    """Raw coal, coke, oil and gas all have a coefficient: what has no energy is only what has no quantity."""
    rows = published.execute("""
        select energy.stream_id, strftime(energy.month, '%Y-%m'), energy.energy_tce
        from marts.fct_energy as energy where energy.stream_type in ('stationary_combustion', 'mobile_combustion')
    """).fetchall()
    unread = {(stream, month) for stream, month, tce in rows if tce is None}
    assert len(rows) > 200
    assert unread <= {(gap.stream_id, month) for gap in truth.planted for month in gap.months}
    coal = sum(tce for stream, month, tce in rows if stream == "F-COAL" and month.startswith("2023"))
    assert abs(coal / truth.year("F-COAL", 2023) - Decimal("0.7143")) < Decimal("0.0001")
