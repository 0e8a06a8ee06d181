"""What may enter a total and what may not: transfers, resale, own streams, biomass, a zero factor."""

from __future__ import annotations

from decimal import Decimal

import pytest

CHINA_2023, JIANGSU_2023 = Decimal("0.5306"), Decimal("0.5827")


def biogenic(accounted, stream_id):
    return accounted.ask(f"""
        select regime, biogenic_co2_t, status from marts.fct_biogenic where stream_id = '{stream_id}' order by regime
    """)


def test_biomass_is_shown_apart_and_only_its_other_gases_are_counted(accounted):
    """100 t x 15.6 GJ/t x 112, 0.030 and 0.004 kg/GJ (2006 IPCC Guidelines, volume 2), GWP 28 and 265."""
    assert biogenic(accounted, "U-WOOD") == [
        (regime, Decimal("174.72"), "complete") for regime in ("gbt32150", "ghgp_location")
    ]
    assert accounted.tonnes("gbt32150", "U-WOOD") == {}
    assert accounted.tonnes("ghgp_location", "U-WOOD") == {"CH4": Decimal("1.3104"), "N2O": Decimal("1.6536")}


@pytest.mark.parametrize("regime", ["gbt32150", "ghgp_location"])
@pytest.mark.parametrize("unit", ["SHARE", "PERCENT"])
def test_a_blend_counts_its_fossil_part_and_shows_the_rest_apart(accounted, regime, unit):
    """The fossil part is 95 % of the same diesel without bio-diesel; 5 t x 27.0 GJ/t x 70.8 kg/GJ stand apart."""
    plain, blend = (accounted.tonnes(regime, f"U-DIESEL-{name}") for name in ("PLAIN", unit))
    assert abs(blend["CO2"] - plain["CO2"] * Decimal("0.95")) <= Decimal("0.000001")
    assert {gas: tonnes for gas, tonnes in blend.items() if gas != "CO2"} == {
        gas: tonnes for gas, tonnes in plain.items() if gas != "CO2"
    }
    assert (regime, Decimal("9.558"), "complete") in biogenic(accounted, f"U-DIESEL-{unit}")


def test_biogenic_carbon_is_in_no_total(accounted):
    assert accounted.ask("""
        select (select count(*) from marts.fct_inventory where scope = 'biogenic' or gas like '%biogenic%'),
            (select count(*) from marts.fct_totals where scope = 'biogenic'),
            (select count(*) from marts.fct_biogenic) > 0
    """) == [(0, 0, True)]


def test_a_transfer_between_own_sites_stays_in_the_sites(accounted):
    assert accounted.tonnes("gbt32150", "U-LINE-OUT") == {"CO2": -50 * CHINA_2023}
    assert accounted.tonnes("gbt32150", "U-LINE-IN") == {"CO2": 49 * CHINA_2023}
    assert accounted.tonnes("ghgp_location", "U-LINE-OUT") == {}
    assert accounted.tonnes("ghgp_location", "U-LINE-IN") == {"CO2": 49 * JIANGSU_2023}


@pytest.mark.parametrize(
    ("regime", "transferred"), [("gbt32150", (49 - 50) * CHINA_2023), ("ghgp_location", 49 * JIANGSU_2023)]
)
def test_the_group_leaves_out_both_ends_of_its_own_transfers(accounted, regime, transferred):
    [(sites, transfers, group)] = accounted.ask(f"""
        select sites_tco2e, transfers_tco2e, group_tco2e from marts.fct_group_totals
        where regime = '{regime}' and year = 2025 and scope = 'scope_2'
    """)
    [(without,)] = accounted.ask(f"""
        select sum(emissions_tco2e) from marts.fct_inventory
        where regime = '{regime}' and year = 2025 and scope = 'scope_2' and stream_id not like 'U-LINE-%'
    """)
    assert (transfers, group) == (transferred, without)
    assert sites == group + transfers


def test_a_transfer_to_a_site_outside_the_boundary_is_an_export(accounted):
    assert accounted.ask("select count(*) from marts.fct_transfers where stream_id like 'U-AWAY%'") == [(0,)]
    assert accounted.tonnes("gbt32150", "U-AWAY-OUT") == {"CO2": -7 * CHINA_2023}


def test_power_resold_leaves_what_was_consumed(accounted):
    assert accounted.tonnes("gbt32150", "U-RESOLD") == {"CO2": -100 * CHINA_2023}
    assert accounted.tonnes("ghgp_location", "U-RESOLD") == {"CO2": -100 * JIANGSU_2023}


@pytest.mark.parametrize(("stream_id", "code"), [("U-OWN", "OWN_STREAM"), ("U-ZERO", "ZERO_FACTOR")])
@pytest.mark.parametrize("regime", ["gbt32150", "ghgp_location"])
def test_what_must_not_be_counted_is_an_error_that_names_itself(accounted, stream_id, code, regime):
    rows = accounted.ask(f"""
        select distinct error_code, status, emissions_tco2e,
            contains(reason_zh, '{stream_id}') and contains(reason_en, '2025-06')
        from marts.fct_inventory where regime = '{regime}' and stream_id = '{stream_id}'
    """)
    assert rows == [(code, "error", None, True)]
