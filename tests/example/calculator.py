"""The example's emissions once more, from its truth and from printed factors, in plain fractions. It shares no code.

Factors: GB/T 32151.34-2024 table C.1 and Annex C; 2006 IPCC Guidelines, volume 2, tables 1.2, 1.4, 2.3 and 3.2.2; grid
factors as the ministry published them; AR5. Every line is rounded once, half up, to a millionth of a tonne.
"""

from __future__ import annotations

from collections.abc import Iterator
from decimal import ROUND_HALF_UP, Decimal
from fractions import Fraction

from pipelines.example import Truth

Line = tuple[str, str, str]  # stream, month, gas

CARBON = Fraction(44, 12)
GWP = {"CO2": 1, "CH4": 28, "N2O": 265}
# tCO2/MWh: the national average in force when the year's report was due (31 March of the next year); Jiangsu's and the
# nation's without market-traded non-fossil power, both of 2023, the newest there is.
CHINA = {"2023": "0.5703", "2024": "0.5366", "2025": "0.5306", "2026": "0.5306"}
GRID = {
    "gbt32150": CHINA,
    "ghgp_location": dict.fromkeys(CHINA, "0.5827"),
    "ghgp_market": dict.fromkeys(CHINA, "0.6096"),
}
HEAT = "0.11"  # tCO2/GJ
WATER = Fraction("4.1868")  # kJ/(kg K)
# GB/T: GJ per unit, tC/GJ, oxidation. A natural-gas unit is ten thousand Nm3.
GBT = {
    "natural_gas": ("389.31", "0.0153", "0.99"),
    "bituminous_coal": ("19.570", "0.0261", "0.93"),
    "coke": ("28.435", "0.0295", "0.93"),
    "diesel": ("42.652", "0.0202", "0.98"),
    "gasoline": ("43.070", "0.0189", "0.98"),
}
# IPCC: GJ per unit, and kg per TJ of each gas, burnt in place and on the road.
IPCC_HEAT = {"natural_gas": "389.31", "bituminous_coal": "25.8", "coke": "28.2", "diesel": "43.0", "gasoline": "44.3"}
IPCC_CO2 = {"natural_gas": 56100, "bituminous_coal": 94600, "coke": 107000, "diesel": 74100, "gasoline": 69300}
IPCC_OTHER = {
    "F-NG": ("1", "0.1"),
    "E-NG": ("1", "0.1"),
    "W-NG": ("1", "0.1"),
    "F-COAL": ("10", "1.5"),
    "F-COKE": ("10", "1.5"),
    "E-DIESEL": ("3", "0.6"),
    "F-DIESEL": ("3.9", "3.9"),
    "E-PETROL": ("25", "8"),
}
FUELS = {
    "F-NG": "natural_gas",
    "E-NG": "natural_gas",
    "W-NG": "natural_gas",
    "F-COAL": "bituminous_coal",
    "F-COKE": "coke",
    "F-DIESEL": "diesel",
    "E-DIESEL": "diesel",
    "E-PETROL": "gasoline",
}
POWER_BOUGHT = ("F-EL", "E-EL", "W-EL", "E-CHP")
# Sold or proven green; which of them a regime takes off its scope 2.
TAKEN_OFF = {
    "gbt32150": ("F-CHPX", "E-TEN", "E-GREEN"),
    "ghgp_location": ("E-TEN",),
    "ghgp_market": ("E-TEN", "E-GREEN"),
}
HEAT_BOUGHT = ("F-STEAM", "E-HEAT")
GREEN = ("E-GREEN",)


def lines(truth: Truth, regime: str, months: list[str]) -> dict[Line, Decimal]:
    """Tonnes CO2e of every line of a regime whose quantity the files still tell; green power by certificate is left out."""
    found = {}
    for month in months:
        for stream_id, gas, tonnes in _month(truth, regime, month):
            found[stream_id, month, gas] = rounded(tonnes)
    return found


def rounded(tonnes: Fraction) -> Decimal:
    """Half up at the sixth decimal, away from zero, as a person rounds."""
    exact = Decimal(tonnes.numerator * 10**12) / Decimal(tonnes.denominator)
    return exact.scaleb(-12).quantize(Decimal("0.000001"), ROUND_HALF_UP)


def billed_by_day(truth: Truth, account_id: str, month: str) -> Fraction:
    """What the bills from the 26th to the 25th put into a calendar month when each is spread evenly over its days."""
    total = Fraction(0)
    for bill in truth.bills:
        if bill.account_id == account_id:
            days = [bill.start.toordinal() + offset for offset in range((bill.end - bill.start).days)]
            inside = sum(type(bill.start).fromordinal(day).strftime("%Y-%m") == month for day in days)
            total += Fraction(bill.quantity) * inside / len(days)
    return total


def _month(truth: Truth, regime: str, month: str) -> Iterator[tuple[str, str, Fraction]]:
    for stream_id in FUELS:
        quantity = _quantity(truth, stream_id, month)
        if quantity is not None:
            yield from _burnt(truth, regime, stream_id, month, quantity)
    grid = Fraction(GRID[regime][month[:4]])
    for stream_id, sign in [*((s, 1) for s in POWER_BOUGHT), *((s, -1) for s in TAKEN_OFF[regime])]:
        quantity = _quantity(truth, stream_id, month)
        if quantity is not None:
            yield stream_id, "CO2", sign * quantity * grid
    for stream_id in HEAT_BOUGHT:
        heat = (
            billed_by_day(truth, "RL-88-01180", month) if stream_id == "E-HEAT" else _quantity(truth, stream_id, month)
        )
        if heat is not None:
            yield stream_id, "CO2", heat * Fraction(HEAT)
    if regime == "gbt32150":
        yield "F-HX", "CO2", -Fraction(truth.monthly["F-HX"][month]) * Fraction(HEAT)
        steam_gj = Fraction(truth.monthly["F-STX"][month]) * Fraction(truth.monthly["F-STX-H"][month]) / 1000
        yield "F-STX", "CO2", -steam_gj * Fraction(HEAT)
        water_gj = Fraction(truth.monthly["F-COND"][month]) * Fraction(truth.monthly["F-COND-T"][month]) * WATER / 1000
        yield "F-COND", "CO2", water_gj * Fraction(HEAT)


def _quantity(truth: Truth, stream_id: str, month: str) -> Fraction | None:
    if month not in truth.monthly[stream_id]:
        return None
    readable = truth.readable(stream_id, month)
    return None if readable is None else Fraction(readable)


def _burnt(
    truth: Truth, regime: str, stream_id: str, month: str, quantity: Fraction
) -> Iterator[tuple[str, str, Fraction]]:
    """What a fuel gives: measured heat values and carbon where the plan accounts by them, printed ones elsewhere.

    Of blended diesel only the fossil part's CO2 is counted.
    """
    fuel = FUELS[stream_id]
    fossil = 1 - Fraction(truth.monthly.get(f"{stream_id}-BIO", {}).get(month, 0))
    units = quantity / 10_000 if fuel == "natural_gas" else quantity
    measured = truth.monthly.get(f"{stream_id}-NCV", {}).get(month)
    if regime == "gbt32150":
        heat, carbon, oxidation = (Fraction(printed) for printed in GBT[fuel])
        per_unit = Fraction(measured or heat) * carbon
        if stream_id == "F-COAL":
            per_unit = Fraction(truth.monthly["F-COAL-C"][month])
        yield stream_id, "CO2", units * per_unit * oxidation * fossil * CARBON
        return
    heat_tj = units * Fraction(measured or IPCC_HEAT[fuel]) / 1000
    co2 = heat_tj * IPCC_CO2[fuel] / 1000 * fossil
    if stream_id == "F-COAL":
        co2 = units * Fraction(truth.monthly["F-COAL-C"][month]) * CARBON
    yield stream_id, "CO2", co2
    for gas, per_tj in zip(("CH4", "N2O"), IPCC_OTHER[stream_id], strict=True):
        yield stream_id, gas, heat_tj * Fraction(per_tj) / 1000 * GWP[gas]
