"""Made-up inventories from a seed: streams with amounts, units, gaps and measured properties. It computes no emission."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date
from decimal import Decimal
from random import Random

from tests.accounting.books import Books
from tests.accounting.calculator import PROVINCIAL_GRID, Activity

SOLID = ["anthracite", "bituminous_coal", "lignite", "coke", "fuel_oil", "diesel", "lpg"]
UNITS = {
    "mass": ["t", "kg", "short_ton"],
    "gas": ["万Nm3", "Nm3"],
    "electricity": ["MWh", "kWh", "万kWh"],
    "heat": ["GJ", "MJ", "TJ"],
}


@dataclass(frozen=True)
class Line:
    """One stream and month of a made-up inventory, as its emission lines will be named."""

    inventory: str
    stream_id: str
    month: date
    activity: Activity


def write(books: Books, seed: int, inventories: int) -> list[Line]:
    """Add `inventories` facilities of a few streams each to the books; the lines as the calculator wants them."""
    random = Random(seed)
    lines = []
    for number in range(inventories):
        facility = books.facility(f"R{number:04d}", random.choice(sorted(PROVINCIAL_GRID)))
        region = books.facilities[-1]["region_code"]
        for index in range(random.randint(1, 4)):
            lines.append(_line(books, random, facility, region, f"{facility}-{index}"))
    return lines


def _line(books: Books, random: Random, facility: str, region: str, stream_id: str) -> Line:
    stream_type, fuel, units = _kind(random)
    month = date(random.randint(2022, 2025), random.randint(1, 12), 1)
    unit = random.choice(units)
    # twelve decimals leave 128 bits less room before the point
    best = _decimal(random, *random.choice([(7, 0), (7, 3), (7, 6), (5, 12)]))
    conservative = best + _decimal(random, 3, 6) if random.random() < 0.3 else best
    measured = _measured(random, fuel) if stream_type == "stationary_combustion" else {}
    books.stream(stream_id, stream_type, fuel, facility)
    gap = {} if conservative == best else _gap(best, conservative)
    books.reading(stream_id, month, best, unit, **gap)
    per = "t" if fuel != "natural_gas" else "万Nm3"
    kinds = {
        "ncv": ("ncv", f"GJ/{per}"),
        "carbon_content": ("carbon_content", "tC/GJ"),
        "carbon_per_quantity": ("carbon_content", f"tC/{per}"),
    }
    for name, value in measured.items():
        kind, measured_unit = kinds[name]
        books.reading(stream_id, month, value, measured_unit, kind)
    activity = Activity(stream_type, fuel, region, month.year, conservative, best, unit, measured)
    return Line(facility, stream_id, month, activity)


def _kind(random: Random) -> tuple[str, str, list[str]]:
    match random.randint(0, 5):
        case 0 | 1:
            return "stationary_combustion", random.choice(SOLID), UNITS["mass"]
        case 2:
            return "stationary_combustion", "natural_gas", UNITS["gas"]
        case 3:
            return random.choice(["purchased_electricity", "exported_electricity"]), "electricity", UNITS["electricity"]
    return random.choice(["purchased_heat", "exported_heat"]), "heat", UNITS["heat"]


def _measured(random: Random, fuel: str) -> dict[str, Decimal]:
    ncv = _decimal(random, 3, 3, low=300) if fuel == "natural_gas" else _decimal(random, 2, 3, low=10)
    return random.choice(
        [
            {},
            {"ncv": ncv},
            {"carbon_content": Decimal(random.randint(1200, 3500)).scaleb(-5)},
            {"ncv": ncv, "carbon_content": Decimal(random.randint(1200, 3500)).scaleb(-5)},
            {"carbon_per_quantity": Decimal(random.randint(4000, 8000)).scaleb(-4)},
        ]
    )


def _gap(best: Decimal, conservative: Decimal) -> dict[str, object]:
    """A month of which something is missing and a rule fills it, for either stance."""
    measured = best / 2
    measured = measured.quantize(Decimal("1e-6"))
    return {
        "basis": "substituted",
        "rule_id": "MD-04",
        "quantity": None,
        "measured_quantity": measured,
        "best_estimate": best,
        "substitute": conservative,
        "fill_best_estimate": best - measured,
        "fill_substitute": conservative - measured,
        "hours_missing": Decimal(100),
    }


def _decimal(random: Random, digits: int, decimals: int, low: int = 0) -> Decimal:
    whole = random.randint(low, 10 ** random.randint(1, digits)) if low == 0 else random.randint(low, 2 * low)
    return Decimal(whole * 10**decimals + random.randrange(10**decimals)).scaleb(-decimals)
