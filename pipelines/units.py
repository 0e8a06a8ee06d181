"""Units and fuels by whatever name they come: their dimension and the exact ratio to its base. Converts no reading.

The rules stand in seeds/every_sector/units.csv and every folder's fuels.csv; a ratio is a pair of integers: nothing rounds.
"""

from __future__ import annotations

import csv
import re
import unicodedata
from dataclasses import dataclass
from fractions import Fraction
from functools import cache
from pathlib import Path

from pipelines import rules
from pipelines.workspace import SEEDS_DIR

UNITS_FILE = SEEDS_DIR / "every_sector" / "units.csv"

# '电量(日)' is the electricity of a day, not an amount of days.
_SPANS = frozenset({"时", "日", "天", "月", "年"})
_SUPERSCRIPTS = str.maketrans("⁰¹²³⁴⁵⁶⁷⁸⁹", "0123456789")
_POWER_OF_TEN = re.compile(r"^[×xX*]?10\^?([⁰¹²³⁴⁵⁶⁷⁸⁹]+|(?<=\^)\d+)")


@dataclass(frozen=True)
class Unit:
    """A unit: 1 of it is `to_base` of `base_unit`. Units convert into each other only within one `dimension`."""

    name: str
    dimension: str
    to_base: Fraction
    base_unit: str


@dataclass(frozen=True)
class Fuel:
    """A fuel, a material, electricity or heat: the dimensions its quantities may have."""

    code: str
    dimensions: frozenset[str]


def unit_of(text: str) -> Unit | None:
    """The unit that `text` names ('千瓦时', 'KG', '10⁴Nm³' …), or None when nothing goes by that name."""
    wanted = normalised(text)
    return _exact_names().get(wanted) or _folded_names().get(wanted.casefold())


def fuel_of(text: str) -> Fuel | None:
    """The fuel that `text` names ('天然气', 'natural_gas', '0#柴油' …), or None."""
    return _fuel_names().get(normalised(text).casefold())


def ratio(source: Unit, target: Unit) -> Fraction | None:
    """How many `target` make one `source`, exactly; None across dimensions."""
    return source.to_base / target.to_base if source.dimension == target.dimension else None


def energy_of_power(unit: Unit, minutes: int) -> tuple[Unit, Fraction] | None:
    """The energy unit and factor by which a mean power over `minutes` becomes energy; None when `unit` is no power.

    kW over 15 min is 0.25 kWh; where minutes / 60 has no finite decimals (5 min) the unit is kWmin and nothing is rounded.
    """
    if unit.dimension != "power":
        return None
    energy, hours = unit_of(unit.name + "h"), Fraction(minutes, 60)
    if energy and is_finite(hours):
        return energy, hours
    kilowatts = unit.to_base
    return _exact_names()["kWmin"], kilowatts * minutes


def is_finite(value: Fraction) -> bool:
    """Whether `value` has finitely many decimals."""
    denominator = value.denominator
    for prime in (2, 5):
        while denominator % prime == 0:
            denominator //= prime
    return denominator == 1


def unit_in_header(header: str) -> Unit | None:
    """The unit in the last brackets of a column heading, '电量(kWh)'; None when it names none."""
    found = re.findall(r"[(（\[]([^()（）\[\]]+)[)）\]]", header)
    return unit_of(found[-1]) if found and found[-1] not in _SPANS else None


def normalised(text: str) -> str:
    """A unit's or fuel's name without padding, full-width letters and raised digits: '10⁴Nm³' → '10^4Nm3'."""
    bare = re.sub(r"\s+", "", text)
    power = _POWER_OF_TEN.match(bare)
    if power:
        bare = "10^" + power[1].translate(_SUPERSCRIPTS) + bare[power.end() :]
    plain = unicodedata.normalize("NFKC", bare.translate(_SUPERSCRIPTS))
    return re.sub(r"(?<=m)\^(?=[23])", "", plain)


@cache
def _units() -> list[tuple[Unit, list[str]]]:
    return [
        (
            Unit(
                row["unit"],
                row["dimension"],
                Fraction(int(row["to_base_numerator"]), int(row["to_base_denominator"])),
                row["base_unit"],
            ),
            [row["unit"], *_listed(row["aliases"])],
        )
        for row in _rows(UNITS_FILE)
    ]


@cache
def _exact_names() -> dict[str, Unit]:
    return {normalised(name): unit for unit, names in _units() for name in names}


@cache
def _folded_names() -> dict[str, Unit]:
    """Names in any letter case; one that two units share so (mg and Mg) means neither."""
    meant: dict[str, set[str]] = {}
    for name, unit in _exact_names().items():
        meant.setdefault(name.casefold(), set()).add(unit.name)
    exact = _exact_names()
    return {name: exact[normalised(found.pop())] for name, found in meant.items() if len(found) == 1}


@cache
def _fuel_names() -> dict[str, Fuel]:
    return {
        normalised(name).casefold(): Fuel(row["fuel"], frozenset(_listed(row["dimensions"])))
        for row in rules.rows("fuels")
        for name in [row["fuel"], row["name_zh"], row["name_en"], *_listed(row["aliases"])]
    }


def _rows(file: Path) -> list[dict[str, str]]:
    with file.open(encoding="utf-8", newline="") as stream:
        return list(csv.DictReader(stream))


def _listed(text: str) -> list[str]:
    return [part for part in text.split("|") if part]
