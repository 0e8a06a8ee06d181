"""Published vectors through the whole of the accounts. The numbers come from the standards, not from this code."""

from __future__ import annotations

from decimal import Decimal

import pytest


@pytest.mark.parametrize(
    ("stream_id", "tonnes", "decimals"),
    [
        ("V-COAL", "1741.7496", 4),
        ("V-GAS", "21.622", 3),
        ("V-ANTHRACITE", "1.924", 3),
        ("V-EQUATION-1", "0.1078", 12),
        ("V-EQUATION-2", "0.733333", 6),
        ("V-GRID", "3183.60", 6),
        ("V-STEAM-SOLD", "-305.47", 6),
        ("V-STEAM", "0.308", 6),
    ],
)
def test_national_standard(accounted, stream_id, tonnes, decimals):
    stored = accounted.tonnes("gbt32150", stream_id)
    assert {gas: round(value, decimals) for gas, value in stored.items()} == {"CO2": Decimal(tonnes)}


def test_one_plant_under_the_ghg_protocol(accounted):
    coal = accounted.tonnes("ghgp_location", "V-COAL")
    assert coal == {"CO2": Decimal("2440.68"), "CH4": Decimal("7.224"), "N2O": Decimal("10.2555")}
    assert sum(coal.values()) == Decimal("2458.1595")
    assert accounted.tonnes("ghgp_location", "V-GRID-ALL") == {"CO2": Decimal("5827")}


def test_the_protocol_subtracts_nothing(accounted):
    assert accounted.tonnes("ghgp_location", "V-STEAM-SOLD") == {}
    reasons = accounted.ask("""
        select treatment, reason_en from marts.fct_exclusions
        where regime = 'ghgp_location' and stream_id = 'V-STEAM-SOLD'
    """)
    assert reasons == [("excluded", "Nothing exported is subtracted from scope 2")]


def test_own_solar_power_is_exported_at_zero(accounted):
    assert accounted.tonnes("gbt32150", "V-SOLAR-SOLD") == {}


def test_diesel_in_litres_goes_through_its_density(accounted):
    """1000 L x 0.84 kg/L x 43.0 GJ/t x 74.1 kg CO2/GJ; x 3.9 kg CH4/TJ x 28."""
    stored = accounted.tonnes("ghgp_location", "V-DIESEL")
    assert stored["CO2"] == Decimal("2.676492")
    assert stored["CH4"] == Decimal("0.003944")
    assert accounted.tonnes("gbt32150", "V-DIESEL") == {"CO2": Decimal("2.600564")}


def test_equity_share_is_exact(accounted):
    rows = accounted.ask("""
        select emissions_tco2e, emissions_share_tco2e from marts.fct_totals
        where regime = 'gbt32150' and facility_id = 'F-SHARE'
    """)
    assert rows == [(Decimal("1741.749570"), Decimal("609.612350"))]


@pytest.mark.parametrize(
    ("stream_id", "tonnes"),
    [("D-LIMESTONE", "3.96"), ("D-HUNDRED", "50"), ("D-TIE-DOWN", "0.00"), ("D-TIE-UP", "0.02")],
)
def test_a_further_sector_and_regime_are_rows_only(accounted, stream_id, tonnes):
    """Ten tonnes of limestone 90 % pure at 0.44; 100 MWh at 0.5; ties go to the even neighbour at two decimals."""
    assert accounted.tonnes("drill", stream_id) == {"CO2": Decimal(tonnes)}
