"""What a source states against what its own detail gives, on real files with known gaps."""

from __future__ import annotations

from decimal import Decimal

from tests.shared_data import needs_shared


@needs_shared
def test_a_steel_plants_own_emissions_are_eight_percent_short(accounted):
    """403.81 t are reported; 959,636.71 kWh at the file's own median of 0.4589 t/MWh are more."""
    [(stated, recomputed, gap, flagged)] = accounted.ask("""
        select stated, recomputed, gap_ratio, is_flagged from marts.fct_reconciliations
        where kind = 'reported_emissions' and period_end - period_start > 31
    """)
    [(ratio, energy)] = accounted.ask("""
        select value, (select sum(quantity) from accounting.reported_intervals) from accounting.computed_factors
    """)
    assert stated == Decimal("403.81")
    assert round(ratio * 1000, 4) == Decimal("0.4589")
    assert energy == Decimal("959636.71")
    assert abs(recomputed - ratio * energy) <= Decimal("0.0000005")
    assert Decimal("0.08") < gap < Decimal("0.09")
    assert flagged


@needs_shared
def test_every_month_of_the_steel_plant_is_compared(accounted):
    months = accounted.ask("""
        select count(*), sum(stated) from marts.fct_reconciliations
        where kind = 'reported_emissions' and period_end - period_start <= 31
    """)
    assert months == [(12, Decimal("403.81"))]


@needs_shared
def test_the_ratio_of_a_plant_is_never_used_in_the_accounts(accounted):
    used = accounted.ask(
        "select count(*) from accounting.factors_in_force where factor_id like 'plant_reported_ratio%'"
    )
    held = accounted.ask("select subject_printed from marts.dim_factors where factor_set = 'plant_reported_ratio'")
    assert used == [(0,)]
    assert held == [("文件自身比值的中位数 / the file's own median ratio",)]


@needs_shared
def test_fuel_records_whose_heat_is_not_quantity_times_heat_content(accounted):
    """23 of the file's burning rows are more than 1 % apart."""
    rows = accounted.ask("""
        select count(*) filter (where is_flagged), count(*) filter (where stated <> 0) from marts.fct_reconciliations
        where kind = 'fuel_energy'
    """)
    assert rows == [(23, 1259)]


@needs_shared
def test_values_of_a_profile_carry_their_local_start(accounted):
    rows = accounted.ask("""
        select count(*), min(interval_start), max(interval_start), sum(quantity)
        from marts.load_profile_values where channel = 'active_import'
    """)
    assert [str(value) for value in rows[0]] == ["35040", "2018-01-01 00:00:00", "2018-12-31 23:45:00", "959636.710000"]
