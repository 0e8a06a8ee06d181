"""The fuel stores of both plants: what was truly received, used and left in each month. It writes no file."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import dataclass
from datetime import date
from decimal import Decimal

from pipelines.example import activity, chance, days


@dataclass(frozen=True)
class Material:
    """A material in stock: its codes and names, the ledger's unit, decimals, the lorry load and the price."""

    code: str
    name: str
    unit: str
    places: int
    load: Decimal
    opening: Decimal
    price_cny: Decimal
    stream_id: str = ""


@dataclass(frozen=True)
class Month:
    """One month of one material, in the ledger's unit: opening + received - used + counted = closing."""

    material: Material
    month: date
    opening: Decimal
    received: Decimal
    used: Decimal
    counted: Decimal = Decimal(0)

    @property
    def closing(self) -> Decimal:
        return self.opening + self.received - self.used + self.counted


Stock = dict[str, list[Month]]

COAL = Material("01.01.0001", "烟煤", "吨", 2, Decimal(60), Decimal("412.60"), Decimal(862), "F-COAL")
COKE = Material("01.01.0002", "铸造焦", "吨", 2, Decimal(35), Decimal("188.35"), Decimal(2315), "F-COKE")
DIESEL = Material("01.02.0001", "0#柴油", "吨", 3, Decimal(3), Decimal("6.420"), Decimal(7420), "F-DIESEL")
GENERATOR_DIESEL = Material(
    "YL-0001", "0#柴油", "千克", 1, Decimal(2000), Decimal("1850.0"), Decimal("7.45"), "E-DIESEL"
)
PETROL = Material("YL-0002", "92#汽油", "千克", 1, Decimal(1500), Decimal("920.0"), Decimal("8.62"), "E-PETROL")
SOLVENT = Material("HX-0101", "异丙醇", "千克", 1, Decimal(640), Decimal("388.0"), Decimal("9.80"))
FLUX = Material("HX-0102", "助焊剂", "千克", 1, Decimal(200), Decimal("141.5"), Decimal("46.00"))

FOUNDRY = (COAL, COKE, DIESEL)
FUEL_STORE = (PETROL, GENERATOR_DIESEL)
CHEMICAL_STORE = (SOLVENT, FLUX)

# From this month the foundry keeps its stock in SAP; until then in Kingdee.
SAP_FROM = date(2025, 1, 1)

# What a month uses, before chance: by material code.
_USE: dict[str, Callable[[list[activity.Day]], float]] = {
    COAL.code: lambda lived: sum(map(activity.coal_t, lived)),
    COKE.code: lambda lived: sum(map(activity.coke_t, lived)),
    DIESEL.code: lambda lived: sum(0.03 + 0.21 * day.foundry for day in lived),
    GENERATOR_DIESEL.code: lambda lived: 14 * len(lived),
    PETROL.code: lambda lived: sum(27 * day.electronics for day in lived),
    SOLVENT.code: lambda lived: sum(19 * day.electronics for day in lived),
    FLUX.code: lambda lived: sum(6.5 * day.electronics for day in lived),
}


def keep(seed: int, history: Mapping[date, activity.Day]) -> Stock:
    """Every material's months, each opening where the one before closed."""
    return {material.code: _months(seed, material, history) for material in FOUNDRY + FUEL_STORE + CHEMICAL_STORE}


def _months(seed: int, material: Material, history: Mapping[date, activity.Day]) -> list[Month]:
    random = chance.stream(seed, f"stock {material.code}")
    kept: list[Month] = []
    for month in days.MONTHS:
        lived = [history[day] for day in days.days_of(month)]
        used = chance.rounded(_USE[material.code](lived) * chance.around(random, 0.04), material.places)
        opening = kept[-1].closing if kept else material.opening
        received = _received(random, material, used - opening + material.opening)
        counted = _counted(random, material, month)
        kept.append(Month(material, month, opening, received, used, counted))
    return kept


def _received(random: chance.Random, material: Material, wanted: Decimal) -> Decimal:
    """Whole lorries, each weighed: enough to bring the stock back to where it began."""
    lorries = max(0, int(wanted / material.load + Decimal("0.999")))
    weights = [chance.around(random, 0.02) for _ in range(lorries)]
    return sum((chance.rounded(float(material.load) * weight, material.places) for weight in weights), Decimal(0))


def _counted(random: chance.Random, material: Material, month: date) -> Decimal:
    """The half-yearly count finds a little more or less; the foundry books it, in SAP only."""
    if material not in FOUNDRY or month < SAP_FROM or month.month not in (6, 12):
        return Decimal(0)
    return chance.rounded(float(material.load) * 0.06 * random.random() + 0.01, material.places)
