"""Made-up streams of every kind of source in the lighter sectors, from a seed. It computes no emission."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from decimal import Decimal
from fractions import Fraction
from random import Random

from tests.accounting import sectors_light as light
from tests.accounting.books import Books
from tests.accounting.calculator import IN_TABLE_UNITS
from tests.accounting.cases import JUNE

# what is measured: the kind of parameter and its unit
CARBON, GAS_CARBON = ("carbon_content", "tC/t"), ("carbon_content", "tC/万Nm3")
OXIDATION, ATOMS = ("oxidation_factor", "%"), ("carbon_atoms_per_molecule", "1")
OXIDE, MADE, COD = ("carbon_oxide_volume_share", "%"), ("by_product_share", "%"), ("cod_concentration", "kg/m3")
UNABATED, UNUSED, LOST = ("unabated_share", "%"), ("unused_share", "%"), ("loss_share", "%")
CO2_CONTENT = ("co2_content", "tCO2/t")

Variant = tuple[str, str, tuple[tuple[str, str], ...]]


def each(fuels: Sequence[str], unit: str, *measured: tuple[str, str]) -> list[Variant]:
    """The same unit and measurements for several fuels."""
    return [(fuel, unit, measured) for fuel in fuels]


COKE = [*each(["catalyst_coke"], "t", CARBON), *each(["catalyst_coke"], "kg", CARBON, OXIDATION)]
FLARE = [*each(["flare_gas"], "万Nm3", GAS_CARBON), *each(["flare_gas"], "Nm3", GAS_CARBON, OXIDATION)]
OXIDES = [*each(["flare_gas"], "Nm3", OXIDE), *each(["decoking_gas"], "万Nm3", OXIDE)]
BALANCE = (
    each([*light.CARBON], "t") + each(["petroleum_coke"], "t", CARBON) + each(["synthesis_gas"], "万Nm3", GAS_CARBON)
)
NITRIC, ADIPIC = each([*light.NITRIC], "t"), each(["adipic_acid_product"], "t")
GASES = each([*light.PURE], "kg") + each([*light.BLENDS], "t")
ETCHED = each([fuel for fuel in (*light.BY_PRODUCTS, "sf6", "cf4") if fuel != "hfc32"], "kg")
WASTEWATER = each([*light.CORRECTION], "m3", COD)
WELDING = each(["carbon_dioxide", "shielding_gas_ar80_co2_20"], "kg") + each(["shielding_gas"], "t", CO2_CONTENT)

VARIANTS: dict[str, list[Variant]] = {
    "flare_gas_carbon": FLARE,
    "flare_gas_co2": OXIDES,
    "flare_accident": FLARE + each(["flare_gas"], "万Nm3", ATOMS),
    "catalyst_coke_burn": COKE + each(["catalyst_coke"], "t"),
    "catalyst_coke_before_burn": COKE,
    "catalyst_coke_after_burn": COKE,
    "carbon_input": BALANCE,
    "carbon_output": BALANCE,
    "ethylene_oxide_feed": each(["ethylene"], "t"),
    "ethylene_oxide_product": each(["ethylene_oxide"], "kg"),
    "bitumen_oxidation": each(["asphalt"], "t"),
    "cracker_decoking_gas": OXIDES,
    "recovered_co2": OXIDES,
    "nitric_acid": NITRIC,
    "nitric_acid_nscr": NITRIC + each(["nitric_acid_combined"], "t", UNABATED),
    "adipic_acid": ADIPIC,
    "adipic_acid_catalytic": ADIPIC + each(["adipic_acid_product"], "kg", UNABATED),
    "adipic_acid_thermal": ADIPIC,
    "adipic_acid_to_nitric_acid": ADIPIC,
    "adipic_acid_to_feedstock": ADIPIC,
    "hcfc22_production": each(["hcfc22"], "t", MADE),
    "hfc23_recovered": each(["hfc23"], "t"),
    "hfc23_destroyed": each(["hfc23"], "t"),
    "hfc23_destruction_co2": each(["hfc23"], "kg"),
    "co2_shielded_welding": WELDING,
    "fgas_release": GASES,
    "fgas_input": GASES,
    "fgas_output": GASES,
    "fgas_filling_leak": each([*light.MOLAR_MASS], "piece"),
    "electronics_gas_use": ETCHED + each(["hfc32"], "kg", UNUSED),
    "electronics_gas_use_abated": ETCHED + each(["hfc32", "nf3"], "kg", UNUSED, UNABATED),
    "switchgear_capacity": each(["sf6"], "kg"),
    "switchgear_recovered": each(["sf6"], "kg"),
    "grid_power_supplied": each(["electricity"], "MWh"),
    "grid_power_sold": each(["electricity"], "kWh"),
    "wastewater_inflow": WASTEWATER,
    "wastewater_outflow": WASTEWATER,
    "wastewater_sludge": each([*light.CORRECTION], "t"),
    "methane_recovered": each(["methane"], "万Nm3"),
    "coal_mine_gas": each(["coal_mine_gas_methane"], "Nm3"),
    "coal_surface_mining": each(["surface_mined_coal"], "t"),
    "coal_post_mining": each(["surface_mined_coal", "high_gas_mined_coal", "low_gas_mined_coal"], "t"),
    "reductant_use": each(["semi_coke", "coke", "anthracite"], "t") + each(["natural_gas"], "万Nm3"),
    "oxalic_acid_use": each(["oxalic_acid"], "t"),
    "co2_process_loss": each(["carbon_dioxide"], "t", LOST),
    "fire_extinguisher_co2": each(["carbon_dioxide"], "kg"),
    "urea_solution_use": each(["urea_solution"], "kg"),
}


@dataclass(frozen=True)
class Line:
    """One stream's month in the tables' own units."""

    stream_id: str
    stream_type: str
    fuel: str
    amount: Fraction
    measured: dict[str, Fraction]


def write(books: Books, seed: int) -> list[Line]:
    """A stream of every kind, fuel and measurement into the books, each with a random amount."""
    random = Random(seed)
    return [_line(books, random, f"R-{number:03d}", *one) for number, one in enumerate(_every_variant())]


def _every_variant() -> Iterator[tuple[str, Variant]]:
    return ((stream_type, variant) for stream_type, variants in VARIANTS.items() for variant in variants)


def _line(books: Books, random: Random, stream_id: str, stream_type: str, variant: Variant) -> Line:
    fuel, unit, kinds = variant
    books.stream(stream_id, stream_type, fuel)
    quantity = Decimal(random.randint(1, 10 ** random.randint(5, 10))).scaleb(-4)
    books.reading(stream_id, JUNE, quantity, unit)
    measured = {}
    for kind, of_unit in kinds:
        value = Decimal(random.randint(1, 9999)).scaleb(-2 if of_unit == "%" else -4)
        books.reading(stream_id, JUNE, value, of_unit, kind)
        measured[kind] = Fraction(value) * IN_TABLE_UNITS[of_unit]
    return Line(stream_id, stream_type, fuel, Fraction(quantity) * IN_TABLE_UNITS[unit], measured)
