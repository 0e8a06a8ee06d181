"""An independent calculator: the standards' formulas in exact fractions, with its own literal table of factors.

It reads no seed, no warehouse and no SQL; the pipeline must agree with it to the last stored digit.
"""

from __future__ import annotations

from dataclasses import dataclass, field
from decimal import Decimal
from fractions import Fraction

CARBON_TO_CO2 = Fraction(44, 12)
HEAT_FACTOR = Fraction("0.11")
GWP = {"CO2": Fraction(1), "CH4": Fraction(28), "N2O": Fraction(265)}

# GB/T 32151.34-2024, table C.1: heat value (GJ per t or 10^4 Nm3), carbon content (tC/GJ), oxidation (%)
NATIONAL = {
    "anthracite": ("26.7", "0.0274", "94"),
    "bituminous_coal": ("19.570", "0.0261", "93"),
    "lignite": ("11.9", "0.0280", "96"),
    "coke": ("28.435", "0.0295", "93"),
    "fuel_oil": ("41.816", "0.0211", "98"),
    "diesel": ("42.652", "0.0202", "98"),
    "lpg": ("50.179", "0.0172", "98"),
    "natural_gas": ("389.31", "0.0153", "99"),
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
NATIONAL_GRID_BY_REPORT = {2022: "0.5703", 2023: "0.5703", 2024: "0.5366", 2025: "0.5306"}
PROVINCIAL_GRID = {
    "CN-JS": {2021: "0.6451", 2022: "0.5978", 2023: "0.5827"},
    "CN-GD": {2021: "0.4715", 2022: "0.4403", 2023: "0.4419"},
    "CN-SC": {2021: "0.1255", 2022: "0.1404", 2023: "0.1564"},
}
# each unit in the table's own: t or 10^4 Nm3 of fuel, MWh of electricity, GJ of heat
IN_TABLE_UNITS = {
    "t": Fraction(1),
    "kg": Fraction(1, 1000),
    "short_ton": Fraction("0.90718474"),
    "万Nm3": Fraction(1),
    "Nm3": Fraction(1, 10000),
    "MWh": Fraction(1),
    "kWh": Fraction(1, 1000),
    "万kWh": Fraction(10),
    "GJ": Fraction(1),
    "MJ": Fraction(1, 1000),
    "TJ": Fraction(1000),
}


@dataclass(frozen=True)
class Activity:
    """One stream's month: the conservative quantity and the best estimate of one amount, and what was measured of it.

    measured: kind → value in the table's own units (ncv GJ/t or GJ/10^4 Nm3, carbon_content tC/GJ, carbon_per_quantity).
    """

    stream_type: str
    fuel: str
    region: str
    year: int
    conservative: Decimal
    best_estimate: Decimal
    unit: str
    measured: dict[str, Decimal] = field(default_factory=dict)


def emissions(activity: Activity) -> dict[tuple[str, str], tuple[Decimal, Decimal]]:
    """By regime and gas: tonnes of the gas and tonnes CO2e, each rounded once to six decimals, half away from zero."""
    national = {("gbt32150", gas): mass for gas, mass in _national(activity).items()}
    protocol = {("ghgp_location", gas): mass for gas, mass in _protocol(activity).items()}
    return {key: (rounded(mass), rounded(mass * GWP[key[1]])) for key, mass in (national | protocol).items()}


def rounded(value: Fraction, decimals: int = 6) -> Decimal:
    """A fraction as a decimal, half away from zero."""
    scaled = abs(value) * 10**decimals
    whole = (2 * scaled.numerator + scaled.denominator) // (2 * scaled.denominator)
    return (Decimal(whole) if value >= 0 else -Decimal(whole)).scaleb(-decimals)


def _amount(quantity: Decimal, unit: str) -> Fraction:
    return Fraction(quantity) * IN_TABLE_UNITS[unit]


def _national(activity: Activity) -> dict[str, Fraction]:
    amount = _amount(activity.conservative, activity.unit)
    match activity.stream_type:
        case "stationary_combustion":
            return {"CO2": amount * _national_carbon(activity) * CARBON_TO_CO2}
        case "purchased_electricity":
            return {"CO2": amount * Fraction(NATIONAL_GRID_BY_REPORT[activity.year])}
        case "exported_electricity":
            return {"CO2": -amount * Fraction(NATIONAL_GRID_BY_REPORT[activity.year])}
        case "purchased_heat":
            return {"CO2": amount * HEAT_FACTOR}
        case "exported_heat":
            return {"CO2": -amount * HEAT_FACTOR}
    raise ValueError(activity.stream_type)


def _national_carbon(activity: Activity) -> Fraction:
    """Tonnes of carbon oxidised per unit of fuel, measured before default."""
    ncv, carbon, oxidation = (Fraction(text) for text in NATIONAL[activity.fuel])
    if "carbon_per_quantity" in activity.measured:
        return Fraction(activity.measured["carbon_per_quantity"]) * oxidation / 100
    ncv = Fraction(activity.measured.get("ncv", ncv))
    return ncv * Fraction(activity.measured.get("carbon_content", carbon)) * oxidation / 100


def _protocol(activity: Activity) -> dict[str, Fraction]:
    amount = _amount(activity.best_estimate, activity.unit)
    match activity.stream_type:
        case "stationary_combustion":
            return _protocol_combustion(activity, amount)
        case "purchased_electricity":
            years = PROVINCIAL_GRID[activity.region]
            return {"CO2": amount * Fraction(years[max(year for year in years if year <= activity.year)])}
        case "purchased_heat":
            return {"CO2": amount * HEAT_FACTOR}
    return {}


def _protocol_combustion(activity: Activity, amount: Fraction) -> dict[str, Fraction]:
    default_ncv, *per_terajoule = (Fraction(text) for text in IPCC[activity.fuel])
    heat = amount * Fraction(activity.measured.get("ncv", default_ncv))
    masses = {gas: heat * factor / 10**6 for gas, factor in zip(GWP, per_terajoule, strict=True)}
    if "carbon_per_quantity" in activity.measured:
        masses["CO2"] = amount * Fraction(activity.measured["carbon_per_quantity"]) * CARBON_TO_CO2
    elif "carbon_content" in activity.measured:
        masses["CO2"] = heat * Fraction(activity.measured["carbon_content"]) * CARBON_TO_CO2
    return masses
