"""What cannot be accounted says so: never zero, never a neighbour's factor, never an aborted run."""

from __future__ import annotations

from decimal import Decimal

import pytest


def faults(accounted, stream_id, regime="gbt32150"):
    return accounted.ask(f"""
        select distinct error_code, status, emissions_tco2e from marts.fct_inventory
        where regime = '{regime}' and stream_id = '{stream_id}'
    """)


@pytest.mark.parametrize(
    ("stream_id", "code"),
    [
        ("E-KOREA", "FACTOR_MISSING"),
        ("E-RAW-COAL", "FACTOR_MISSING"),
        ("E-LITRES", "UNIT_DIMENSION"),
        ("E-GROSS", "HEAT_BASIS"),
        ("E-AIR-DRIED", "MASS_BASIS"),
        ("E-TWO-ASSAYS", "MEASURED_AMBIGUOUS"),
        ("E-TWO-FACTORS", "FACTOR_AMBIGUOUS"),
        ("E-TYPE", "TREATMENT_MISSING"),
        ("E-RANGE", "ARITHMETIC_RANGE"),
    ],
)
def test_an_error_is_a_row_that_names_itself(accounted, stream_id, code):
    assert faults(accounted, stream_id) == [(code, "error", None)]
    texts = accounted.ask(f"""
        select error_zh, error_en from accounting.emissions where regime = 'gbt32150' and stream_id = '{stream_id}'
    """)
    for text in texts[0]:
        assert "2025-06" in text and "{" not in text and "gbt32150" in text


def test_a_missing_factor_names_regime_parameter_region_and_month(accounted):
    [(text,)] = accounted.ask("""
        select error_en from accounting.emissions where regime = 'ghgp_location' and stream_id = 'E-KOREA'
    """)
    for part in ("ghgp_location", "emission_factor", "electricity", "KR", "2025-06", "add a sourced row"):
        assert part in text


def test_a_gross_heat_value_is_refused_under_both_regimes(accounted):
    assert {code for code, *_ in faults(accounted, "E-GROSS", "ghgp_location")} == {"HEAT_BASIS"}


def test_a_stated_ratio_takes_gross_heat_to_net(accounted):
    """1000 t x 12.6 GJ/t gross x 0.95 x 0.028 x 0.96 x 44/12; the other regime states no ratio."""
    assert accounted.tonnes("gbt32150", "S-RATIO") == {"CO2": Decimal("1179.763200")}
    assert {code for code, *_ in faults(accounted, "S-RATIO", "ghgp_location")} == {"HEAT_BASIS"}


def test_a_missing_month_is_incomplete_and_not_zero(accounted):
    rows = accounted.ask("""
        select status, activity_quantity, emissions_tco2e, reason_en from marts.fct_inventory
        where regime = 'gbt32150' and stream_id = 'I-MISSING'
    """)
    assert [row[:3] for row in rows] == [("incomplete", None, None)]
    assert "I-MISSING-activity_data 2025-06 lacks 1 period(s) from 2025-06-01" in rows[0][3]


@pytest.mark.parametrize(
    ("stream_id", "control"), [("I-CONTROL", "DQ14"), ("I-ASSAY-CONTROL", "DQ09"), ("I-STOCK", "DQ01")]
)
def test_a_severe_finding_makes_the_line_incomplete_and_names_it(accounted, stream_id, control):
    rows = accounted.ask(f"""
        select status, emissions_tco2e > 0, contains(reason_zh, '{control}') and contains(reason_en, '{control}')
        from marts.fct_inventory where regime = 'gbt32150' and stream_id = '{stream_id}'
    """)
    assert rows == [("incomplete", True, True)]


def test_a_total_with_a_bad_line_is_incomplete_and_names_the_line(accounted):
    [(status, zh, en)] = accounted.ask("""
        select status, reason_zh, reason_en from marts.fct_totals
        where regime = 'gbt32150' and facility_id = 'F-BROKEN' and scope = 'scope_1'
    """)
    assert status == "incomplete"
    assert zh.count("2025-06") == en.count("2025-06") >= 10
    for stream in ("I-MISSING", "I-CONTROL", "E-RANGE", "E-GROSS"):
        assert f"{stream} " in zh and f"{stream} " in en


def test_a_facility_outside_is_listed_and_not_counted(accounted):
    assert accounted.tonnes("gbt32150", "S-OUT") == {}
    rows = accounted.ask("""
        select treatment, reason_en from marts.fct_exclusions where regime = 'gbt32150' and stream_id = 'S-OUT'
    """)
    assert rows == [("outside", "The facility is outside the boundary: 租赁 / leased")]


def test_an_unmeasured_property_falls_back_to_the_default_and_says_so(accounted):
    assert accounted.tonnes("gbt32150", "S-DEFAULT") == accounted.tonnes("gbt32150", "V-COAL")
    rows = accounted.ask("""
        select basis, factor_id from accounting.workings
        where emission_id = 'gbt32150|S-DEFAULT|2025-06|CO2' and term = 'ncv'
    """)
    assert rows == [("default", "gbt32151_34_2024/ncv/bituminous_coal")]


def test_the_regime_picks_the_value_of_a_gap(accounted):
    """1000 t by the conservative stance, 900 t by the best estimate."""
    rows = dict(
        accounted.ask("""
        select regime, (activity_quantity, substituted_share, measured_share) from marts.fct_inventory
        where stream_id = 'S-GAP' and gas = 'CO2'
    """)
    )
    assert rows["gbt32150"] == (Decimal(1000), Decimal("0.2"), Decimal("0.8"))
    assert rows["ghgp_location"] == (Decimal(900), Decimal("0.111111"), Decimal("0.888889"))


def test_biomass_counts_its_methane_and_nitrous_oxide_only(accounted):
    assert accounted.tonnes("gbt32150", "S-BIOMASS") == {}
    assert accounted.tonnes("ghgp_location", "S-BIOMASS") == {"CH4": Decimal("7.224"), "N2O": Decimal("10.2555")}


def test_an_earlier_grid_year_is_flagged(accounted):
    rows = accounted.ask("""
        select regime, has_earlier_year_factor from marts.fct_inventory
        where stream_id = 'V-GRID' and regime <> 'drill' order by regime
    """)
    assert rows == [("gbt32150", False), ("ghgp_location", True)]


def test_parameters_of_one_stream_add_up_before_they_are_multiplied(accounted):
    rows = accounted.ask("""
        select activity_quantity, apportioned_share, emissions_tco2e from marts.fct_inventory
        where regime = 'gbt32150' and stream_id = 'S-TWO-METERS'
    """)
    assert rows == [(Decimal(100000), Decimal("0.7"), Decimal("216.218881"))]


def test_doubling_doubles_and_another_unit_changes_nothing(accounted):
    for regime in ("gbt32150", "ghgp_location"):
        one, two = accounted.tonnes(regime, "T-COAL-ONE"), accounted.tonnes(regime, "T-COAL-TWO")
        assert all(abs(two[gas] - 2 * one[gas]) <= Decimal("0.000001") for gas in one)
        assert accounted.tonnes(regime, "T-COAL-KG") == one
        assert accounted.tonnes(regime, "T-GAS-NM3") == accounted.tonnes(regime, "T-GAS-ONE") != {}
        for unit in ("KWH", "GJ"):
            assert accounted.tonnes(regime, f"T-POWER-{unit}") == accounted.tonnes(regime, "T-POWER-ONE") != {}
