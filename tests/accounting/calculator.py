"""An independent calculator: the standards' formulas in exact fractions, with its own literal table of factors.

It reads no seed, no warehouse and no SQL; the pipeline must agree with it to the last stored digit. Here: burning fuel,
electricity and heat under seven rule books; what the sectors add stands in heavy_sectors and sectors_light.
"""

from __future__ import annotations

from collections.abc import Mapping
from decimal import Decimal
from fractions import Fraction

NATIONAL_BOOKS = ("gbt32150", "mee_ets", "ndrc")
PROTOCOLS = ("ghgp_location", "ghgp_market", "iso14064")
REGIMES = (*NATIONAL_BOOKS, *PROTOCOLS, "cbam")
CARBON_TO_CO2 = Fraction(44, 12)
HEAT_FACTOR = Fraction("0.11")
# GJ of steam count from this enthalpy on, kJ/kg
HEAT_REFERENCE = {"mee_ets": Fraction("83.74"), "ndrc": Fraction("83.74")}

# heat value (GJ per t or 10^4 Nm3), carbon content (tC/GJ), oxidation (%): GB/T 32151.34-2024 table C.1, the ETS guides
# of 2024, the NDRC guides of the chemical and machinery family
FUELS = {
    "gbt32150": {
        "anthracite": ("26.7", "0.0274", "94"),
        "bituminous_coal": ("19.570", "0.0261", "93"),
        "lignite": ("11.9", "0.0280", "96"),
        "coke": ("28.435", "0.0295", "93"),
        "fuel_oil": ("41.816", "0.0211", "98"),
        "diesel": ("42.652", "0.0202", "98"),
        "lpg": ("50.179", "0.0172", "98"),
        "natural_gas": ("389.31", "0.0153", "99"),
    },
    "mee_ets": {
        "anthracite": ("22.867", "0.02749", "98"),
        "bituminous_coal": ("23.076", "0.02618", "98"),
        "lignite": ("14.759", "0.02797", "98"),
        "coke": ("28.435", "0.02942", "98"),
        "fuel_oil": ("41.816", "0.0211", "98"),
        "diesel": ("42.652", "0.0202", "98"),
        "lpg": ("50.179", "0.0172", "98"),
        "natural_gas": ("389.31", "0.01532", "99"),
    },
    "ndrc": {
        "anthracite": ("24.515", "0.02749", "94"),
        "bituminous_coal": ("23.204", "0.02618", "93"),
        "lignite": ("14.449", "0.028", "96"),
        "coke": ("28.446", "0.0294", "93"),
        "fuel_oil": ("40.19", "0.0211", "98"),
        "diesel": ("43.33", "0.0202", "98"),
        "lpg": ("47.31", "0.0172", "99"),
        "natural_gas": ("389.31", "0.0153", "99"),
    },
}
# IPCC 2006: heat value (GJ/t; natural gas per 10^4 Nm3 from the national table), kg CO2, CH4 and N2O per TJ
IPCC = {
    "anthracite": ("26.7", "98300", "10", "1.5"),
    "bituminous_coal": ("25.8", "94600", "10", "1.5"),
    "lignite": ("11.9", "101000", "10", "1.5"),
    "coke": ("28.2", "107000", "10", "1.5"),
    "fuel_oil": ("40.4", "77400", "3", "0.6"),
    "diesel": ("43.0", "74100", "3", "0.6"),
    "lpg": ("47.3", "63100", "1", "0.1"),
    "natural_gas": ("389.31", "56100", "1", "0.1"),
}
# the same of what grew, its CO2 apart from all totals
BIOGENIC = {
    "wood": ("15.6", "112000", "30", "4"),
    "charcoal": ("29.5", "112000", "200", "4"),
    "black_liquor": ("11.8", "95300", "3", "2"),
    "biodiesel": ("27.0", "70800", "3", "0.6"),
}
# tCO2/MWh: what is designated for, or published when, the year is reported; the factors by the year of their data
DESIGNATED = {2022: "0.5703", 2023: "0.5703", 2024: "0.5366", 2025: "0.5306"}
RESIDUAL = {2021: "0.5942", 2022: "0.5856", 2023: "0.6096"}
REGIONAL_GRID = {
    "CN-JS": {2021: "0.5992", 2022: "0.5617", 2023: "0.5500"},
    "CN-GD": {2021: "0.4326", 2022: "0.3869", 2023: "0.4042"},
    "CN-SC": {2021: "0.2113", 2022: "0.2268", 2023: "0.2472"},
}
PROVINCIAL_GRID = {
    "CN-JS": {2021: "0.6451", 2022: "0.5978", 2023: "0.5827"},
    "CN-GD": {2021: "0.4715", 2022: "0.4403", 2023: "0.4419"},
    "CN-SC": {2021: "0.1255", 2022: "0.1404", 2023: "0.1564"},
}
# each unit in the table's own: t or 10^4 Nm3 of fuel, MWh of electricity, GJ of heat, m3 of water, pieces, parts of one
IN_TABLE_UNITS = {
    **{"t": Fraction(1), "kg": Fraction(1, 1000), "short_ton": Fraction("0.90718474")},
    **{"万Nm3": Fraction(1), "Nm3": Fraction(1, 10000), "m3": Fraction(1), "piece": Fraction(1)},
    **{"MWh": Fraction(1), "kWh": Fraction(1, 1000), "万kWh": Fraction(10)},
    **{"GJ": Fraction(1), "MJ": Fraction(1, 1000), "TJ": Fraction(1000)},
    **{"%": Fraction(1, 100), "1": Fraction(1)},
    **dict.fromkeys(
        ["GJ/t", "GJ/万Nm3", "tC/GJ", "tC/t", "tC/万Nm3", "tN2O/t", "tCO2/t", "kg/m3", "kJ/kg"], Fraction(1)
    ),
}

Measured = Mapping[str, Fraction]
Masses = dict[str, Fraction]


def rounded(value: Fraction, decimals: int = 6) -> Decimal:
    """A fraction as a decimal, half away from zero."""
    scaled = abs(value) * 10**decimals
    whole = (2 * scaled.numerator + scaled.denominator) // (2 * scaled.denominator)
    return (Decimal(whole) if value >= 0 else -Decimal(whole)).scaleb(-decimals)


def grid(regime: str, region: str, year: int) -> Fraction:
    """tCO2/MWh that a rule book takes for a region and year; of the data's years the newest not later than it."""
    if regime in ("gbt32150", "mee_ets"):
        return Fraction(DESIGNATED[year])
    years = {"ndrc": REGIONAL_GRID[region], "ghgp_market": RESIDUAL}.get(regime, PROVINCIAL_GRID[region])
    return Fraction(years[max(known for known in years if known <= year)])


def burnt(regime: str, fuel: str, amount: Fraction, measured: Measured) -> Masses:
    """Tonnes of each gas of burning an amount in table units; {} where the rule book leaves the stream out.

    measured: ncv GJ/t or GJ/10^4 Nm3, carbon_content tC/GJ, carbon_per_quantity tC/t or tC/10^4 Nm3, biomass_share of one.
    """
    if fuel in BIOGENIC:
        masses = _by_energy(BIOGENIC[fuel], amount, measured) if regime in PROTOCOLS else {}
        return {gas: mass for gas, mass in masses.items() if gas != "CO2"}
    if regime in NATIONAL_BOOKS:
        masses = {"CO2": amount * _oxidised_carbon(FUELS[regime][fuel], measured) * CARBON_TO_CO2}
    else:
        masses = _by_energy(IPCC[fuel], amount, measured)
    if regime == "cbam":
        masses = {"CO2": masses["CO2"]}
    return masses | {"CO2": masses["CO2"] * (1 - measured.get("biomass_share", Fraction(0)))}


def grown(fuel: str, amount: Fraction, measured: Measured) -> Fraction:
    """Tonnes of CO2 from what grew, alike in every rule book: of a biomass fuel, or of the bio-diesel in a diesel."""
    if fuel in BIOGENIC:
        return _by_energy(BIOGENIC[fuel], amount, measured)["CO2"]
    return _by_energy(BIOGENIC["biodiesel"], amount * measured.get("biomass_share", Fraction(0)), {})["CO2"]


def _oxidised_carbon(defaults: tuple[str, str, str], measured: Measured) -> Fraction:
    """Tonnes of carbon oxidised per unit of fuel, measured before default."""
    ncv, carbon, oxidation = (Fraction(text) for text in defaults)
    if "carbon_per_quantity" in measured:
        return measured["carbon_per_quantity"] * oxidation / 100
    return measured.get("ncv", ncv) * measured.get("carbon_content", carbon) * oxidation / 100


def _by_energy(defaults: tuple[str, str, str, str], amount: Fraction, measured: Measured) -> Masses:
    default_ncv, *per_terajoule = (Fraction(text) for text in defaults)
    heat = amount * measured.get("ncv", default_ncv)
    masses = {gas: heat * factor / 10**6 for gas, factor in zip(("CO2", "CH4", "N2O"), per_terajoule, strict=True)}
    if "carbon_per_quantity" in measured:
        masses["CO2"] = amount * measured["carbon_per_quantity"] * CARBON_TO_CO2
    elif "carbon_content" in measured:
        masses["CO2"] = heat * measured["carbon_content"] * CARBON_TO_CO2
    return masses


def heat(regime: str, amount: Fraction, measured: Measured) -> Fraction:
    """Tonnes CO2 of an amount of heat: GJ, or t of steam with its enthalpy in kJ/kg."""
    if "enthalpy" in measured:
        amount = amount * (measured["enthalpy"] - HEAT_REFERENCE.get(regime, 0)) / 1000
    return amount * HEAT_FACTOR
