"""Made-up inventories from a seed: plants of every sector with amounts, units, gaps and assays. It computes no emission."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date
from decimal import Decimal
from random import Random
from typing import Any

from tests.accounting import plants
from tests.accounting.books import Books
from tests.accounting.calculator import PROVINCIAL_GRID
from tests.accounting.plants import Variant

# two ways to count one consumption, which no works may use at once
ANODES = ("anode_consumption", "prebaked_anode")


@dataclass(frozen=True)
class Line:
    """One stream and month of a made-up inventory, with all that an answer depends on.

    conservative, best_estimate: the two values of one amount in `unit`; apart where a part of the month is filled.
    measured: value and unit by the name that the calculator knows a property by.
    """

    inventory: str
    sector: str
    region: str
    is_ets: bool
    stream_id: str
    variant: Variant
    month: date
    unit: str
    conservative: Decimal
    best_estimate: Decimal
    measured: dict[str, tuple[Decimal, str]]


def write(books: Books, seed: int, inventories: int) -> list[Line]:
    """Add `inventories` plants to the books, each of one sector's streams and of fuel and energy; their lines."""
    random = Random(seed)
    lines = []
    for number in range(inventories):
        made = _plant(random, f"R{number:04d}")
        books.facility(made[0].inventory, made[0].region, is_ets_boundary=made[0].is_ets)
        for line in made:
            enter(books, line, line.inventory, line.stream_id)
        lines += made
    return lines


def enter(books: Books, line: Line, facility: str, stream_id: str) -> None:
    """Write one line's stream and readings into the books, under a facility and a name."""
    declare(books, line, facility, stream_id)
    books.reading(stream_id, line.month, line.best_estimate, line.unit, **proof_of(line), **gap_of(line))


def declare(books: Books, line: Line, facility: str, stream_id: str) -> None:
    """Write one line's stream and its assays into the books: all but the amount."""
    books.stream(stream_id, line.variant.stream_type, line.variant.fuel, facility, origin=line.variant.origin)
    for kind, (value, unit) in line.measured.items():
        named = next(one.kind for one in line.variant.measured if kind in (one.kind, one.known_as))
        books.reading(stream_id, line.month, value, unit, named)


def proof_of(line: Line) -> dict[str, Any]:
    """The record that green power must rest on."""
    return {"record_type": "energy_attribute"} if line.variant.stream_type == "green_electricity" else {}


def gap_of(line: Line) -> dict[str, Any]:
    """A month of which something is missing and a rule fills it, for either stance; {} for a whole month."""
    if line.conservative == line.best_estimate:
        return {}
    measured = (line.best_estimate / 2).quantize(Decimal("1e-6"))
    return {
        "basis": "substituted",
        "rule_id": "MD-04",
        "quantity": None,
        "measured_quantity": measured,
        "substitute": line.conservative,
        "fill_best_estimate": line.best_estimate - measured,
        "fill_substitute": line.conservative - measured,
        "hours_missing": Decimal(100),
    }


def _plant(random: Random, name: str) -> list[Line]:
    sector = random.choice(sorted(plants.SECTORS))
    variants = random.sample(plants.SECTORS[sector], min(random.randint(1, 4), len(plants.SECTORS[sector])))
    if {one[:2] for one in variants} > {ANODES}:
        variants = [one for one in variants if one[:2] != ANODES]
    variants += random.sample(plants.BURNT, random.randint(0, 2)) + random.sample(plants.ENERGY, random.randint(0, 2))
    region, is_ets = random.choice(sorted(PROVINCIAL_GRID)), random.random() < 0.6
    return [
        _line(random, name, sector, region, is_ets, f"{name}-{index}", variant)
        for index, variant in enumerate(variants)
    ]


def _line(random: Random, name: str, sector: str, region: str, is_ets: bool, stream_id: str, variant: Variant) -> Line:
    best = _amount(random, is_wide=not variant.measured)
    conservative = best + _decimal(random, 3, 6) if random.random() < 0.3 else best
    measured = {
        one.known_as or one.kind: (Decimal(random.randint(one.low, one.high)).scaleb(-one.decimals), one.unit)
        for one in variant.measured
    }
    month = date(random.randint(2022, 2025), random.randint(1, 12), 1)
    unit = random.choice(variant.units)
    return Line(name, sector, region, is_ets, stream_id, variant, month, unit, conservative, best, measured)


def _amount(random: Random, is_wide: bool) -> Decimal:
    # twelve decimals, and the digits of an assay, leave 128 bits less room before the point
    return _decimal(random, *random.choice([(7, 0), (7, 3), (7, 6), (5, 12) if is_wide else (5, 3)]))


def _decimal(random: Random, digits: int, decimals: int) -> Decimal:
    whole = random.randint(0, 10 ** random.randint(1, digits))
    return Decimal(whole * 10**decimals + random.randrange(10**decimals)).scaleb(-decimals)
