"""What the independent calculators say of a made-up line under every rule book; it reads neither seed nor warehouse."""

from __future__ import annotations

from collections.abc import Iterable
from decimal import Decimal
from fractions import Fraction

from tests.accounting import calculator, heavy_sectors, sectors_light
from tests.accounting.calculator import IN_TABLE_UNITS, NATIONAL_BOOKS, PROTOCOLS, REGIMES, Masses, Measured, rounded
from tests.accounting.inventories import Line

HEAVY = {"power", "steel", "cement", "glass", "aluminium", "paper", "aviation"}
# which of the seven rule books subtract green power, by the kind of proof
GREEN = {
    "green_contract": {"gbt32150", "ghgp_market"},
    "green_certificate": {"gbt32150", "ghgp_market"},
    "direct_line": {"gbt32150", "mee_ets", *PROTOCOLS},
}
SCOPE_2 = {"purchased_electricity", "exported_electricity", "green_electricity", "purchased_heat", "exported_heat"}
SCOPE_2 |= {"grid_power_supplied", "grid_power_sold"}

Key = tuple[str, str, str]


def answers(lines: Iterable[Line]) -> dict[Key, tuple[Decimal, Decimal]]:
    """By regime, stream and gas: signed tonnes of the gas and tonnes CO2e, each rounded once as the rule book says."""
    return {
        (regime, line.stream_id, gas): (rounded(mass, _decimals(regime)), rounded(whole, _decimals(regime)))
        for line in lines
        for regime in REGIMES
        for gas, (mass, whole) in exact(line, regime).items()
    }


def exact(line: Line, regime: str) -> dict[str, tuple[Fraction, Fraction]]:
    """By gas: signed tonnes and tonnes CO2e before any rounding; {} where the rule book leaves the line out."""
    if regime == "mee_ets" and not line.is_ets:
        return {}
    masses = _masses(line, regime, *_known(line, regime))
    return {gas: (mass, mass * _potential(line, regime, gas)) for gas, mass in masses.items()}


def grown(lines: Iterable[Line]) -> dict[tuple[str, str], Decimal]:
    """By regime and stream: tonnes of CO2 from biomass, which stand in no total, where a line has any."""
    return {
        (regime, line.stream_id): rounded(calculator.grown(line.variant.fuel, *_known(line, regime)), _decimals(regime))
        for line in lines
        if line.variant.fuel in calculator.BIOGENIC or "biomass_share" in line.measured
        for regime in REGIMES
        if regime != "mee_ets" or line.is_ets
    }


def scope_of(line: Line) -> str:
    """Energy from outside is scope 2, all else scope 1."""
    return "scope_2" if line.variant.stream_type in SCOPE_2 else "scope_1"


def _known(line: Line, regime: str) -> tuple[Fraction, Measured]:
    """The amount that a rule book's stance takes, and what is measured, in table units."""
    stance = line.best_estimate if regime in PROTOCOLS else line.conservative
    measured = {kind: Fraction(value) * IN_TABLE_UNITS[unit] for kind, (value, unit) in line.measured.items()}
    return Fraction(stance) * IN_TABLE_UNITS[line.unit], measured


def _decimals(regime: str) -> int:
    return 2 if regime == "mee_ets" else 6


def _potential(line: Line, regime: str, gas: str) -> Fraction:
    if gas in ("CO2", "CH4", "N2O") or line.sector in HEAVY:
        return Fraction(heavy_sectors.GWP[regime][gas])
    return sectors_light.potential(regime, line.variant.stream_type, gas)


def _masses(line: Line, regime: str, amount: Fraction, measured: Measured) -> Masses:
    stream_type, fuel = line.variant[:2]
    if stream_type == "stationary_combustion":
        return calculator.burnt(regime, fuel, amount, measured)
    if stream_type.endswith("_heat"):
        return _signed(_sign_of_energy(line, regime), {"CO2": calculator.heat(regime, amount, measured)})
    if stream_type.endswith("_electricity"):
        sign = _sign_of_energy(line, regime)
        return _signed(sign, {"CO2": amount * calculator.grid(regime, line.region, line.month.year)} if sign else {})
    if line.sector in HEAVY:
        factors = heavy_sectors.per_tonne(regime, stream_type, fuel, measured)
        return {gas: amount * factor for gas, factor in factors.items()}
    if regime not in sectors_light.regimes(stream_type):
        return {}
    masses = sectors_light.masses(stream_type, fuel, amount, measured, regime, line.region, line.month.year)
    return _signed(-1 if stream_type in sectors_light.SUBTRACTED else 1, masses)


def _sign_of_energy(line: Line, regime: str) -> int:
    """1 counted, -1 subtracted, 0 left out: nothing indirect under CBAM, no export under the protocols, no own solar."""
    stream_type, fuel = line.variant[:2]
    if regime == "cbam" or (stream_type.startswith("exported") and regime not in NATIONAL_BOOKS) or fuel == "solar":
        return 0
    if stream_type == "green_electricity":
        return -1 if regime in GREEN[fuel] else 0
    return -1 if stream_type.startswith("exported") else 1


def _signed(sign: int, masses: Masses) -> Masses:
    return {gas: sign * mass for gas, mass in masses.items()} if sign else {}
