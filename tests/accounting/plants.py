"""What a made-up plant may have, sector by sector: kinds of stream, their materials and units, and what an assay may find.

It holds no factor and computes no emission.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from typing import NamedTuple

from tests.accounting import heavy_sectors as heavy
from tests.accounting import sectors_light_streams as light
from tests.accounting.calculator import BIOGENIC, FUELS


class Measure(NamedTuple):
    """A measured property: the parameter's kind and unit, from `low` to `high` of its last digit, and how it is known."""

    kind: str
    unit: str
    low: int
    high: int
    decimals: int
    known_as: str = ""


class Variant(NamedTuple):
    """One way in which a stream may be planned and measured."""

    stream_type: str
    fuel: str
    units: tuple[str, ...]
    measured: tuple[Measure, ...] = ()
    origin: str = "purchased"


MASS, GAS, POWER, HEAT = ("t", "kg", "short_ton"), ("万Nm3", "Nm3"), ("MWh", "kWh", "万kWh"), ("GJ", "MJ", "TJ")
PURITY = (Measure("purity", "%", 1, 9999, 2),)
FOSSIL = Measure("fossil_share", "%", 1, 9999, 2)
OXIDES = (Measure("calcined_oxide", "%", 1, 9999, 2),)
BLENDED = Measure("biomass_share", "%", 1, 9999, 2)
CLEAN = (Measure("carbon_fraction", "%", 1, 9999, 2),)
CARBON = (Measure("carbon_content", "tC/t", 1, 9999, 4),)
MINUTES = (Measure("anode_effect_minutes", "1", 1, 300, 2),)
NCV, PER_HEAT = Measure("ncv", "GJ/t", 10_000, 45_000, 3), Measure("carbon_content", "tC/GJ", 1200, 3500, 5)
ENTHALPY = (Measure("enthalpy", "kJ/kg", 26_000, 28_019, 1),)
WASTE = (FOSSIL, NCV, PER_HEAT)

PETROCHEMICAL = "flare_gas_carbon flare_gas_co2 flare_accident catalyst_coke_burn catalyst_coke_before_burn \
catalyst_coke_after_burn ethylene_oxide_feed ethylene_oxide_product bitumen_oxidation cracker_decoking_gas recovered_co2"
CHEMICAL = "carbon_input carbon_output nitric_acid nitric_acid_nscr adipic_acid adipic_acid_catalytic \
adipic_acid_thermal adipic_acid_to_nitric_acid adipic_acid_to_feedstock hcfc22_production hfc23_recovered \
hfc23_destroyed hfc23_destruction_co2"
MACHINERY = "co2_shielded_welding fgas_release fgas_input fgas_output fgas_filling_leak switchgear_capacity \
switchgear_recovered grid_power_supplied grid_power_sold"
ELECTRONICS = "electronics_gas_use electronics_gas_use_abated"
SMALL = "wastewater_inflow wastewater_outflow wastewater_sludge methane_recovered coal_mine_gas coal_surface_mining \
coal_post_mining reductant_use oxalic_acid_use co2_process_loss fire_extinguisher_co2 urea_solution_use"


def _each(stream_type: str, materials: Sequence[str] | dict, *measured: tuple[Measure, ...]) -> list[Variant]:
    """Every material of a stream type in tonnes, with each of the sets of measurements, none first."""
    return [Variant(stream_type, name, ("t", "kg"), found) for name in materials for found in ((), *measured)]


def _always(stream_type: str, materials: Sequence[str], measured: tuple[Measure, ...]) -> list[Variant]:
    return [Variant(stream_type, name, ("t", "kg"), measured) for name in materials]


def _light(listed: str) -> list[Variant]:
    return [
        Variant(stream_type, fuel, (unit,), tuple(_of_light(*one) for one in measured))
        for stream_type in listed.split()
        for fuel, unit, measured in light.VARIANTS[stream_type]
    ]


def _of_light(kind: str, unit: str) -> Measure:
    return Measure(kind, unit, 1, 9999, 2 if unit == "%" else 4)


SUBSTITUTES = [name for names in heavy.SUBSTITUTES.values() for name in names.split()]
SECTORS: dict[str, list[Variant]] = {
    "power": _each("generating_unit_combustion", ["bituminous_coal"], (NCV,), CARBON),
    "steel": _each("flux_use", heavy.FLUXES)
    + _each("carbon_electrode_use", ["carbon_electrode"], CARBON)
    + _each("carbon_bearing_material_use", heavy.RAW_MATERIALS, CARBON)
    + _each("fixed_carbon_product", heavy.CARBON_HELD, CARBON),
    "cement": _each("clinker_production", heavy.CLINKERS, OXIDES)
    + _each("clinker_substitute", SUBSTITUTES)
    + _each("kiln_dust", ["kiln_dust"], OXIDES)
    + _each("raw_meal_carbon", ["raw_meal"])
    + _always("alternative_fuel_combustion", ["municipal_waste"], WASTE),
    "glass": _each("batch_carbonate_use", heavy.GLASS) + _each("carbon_powder_use", ["carbon_powder"]),
    "aluminium": _each("anode_consumption", ["primary_aluminium", "prebaked_anode"], CLEAN)
    + _each("anode_effect", ["primary_aluminium"])
    + _always("anode_effect", list(heavy.CELLS), MINUTES),
    "paper": _each("limestone_use", ["limestone"])
    + _always("carbonate_use", ["limestone", "dolomite", "magnesite", "soda_ash"], PURITY),
    "aviation": _each("flight_combustion", ["jet_kerosene", "bio_jet"])
    + _always("flight_combustion", ["bio_jet_blend"], (FOSSIL,)),
    "petrochemical": _light(PETROCHEMICAL),
    "chemical": _light(CHEMICAL),
    "machinery": _light(MACHINERY),
    "electronics": _light(ELECTRONICS),
    "small_sources": _light(SMALL),
}


def _burnt() -> Iterator[Variant]:
    for fuel in FUELS["gbt32150"]:
        units, per = (GAS, "万Nm3") if fuel == "natural_gas" else (MASS, "t")
        ncv = Measure("ncv", f"GJ/{per}", 300_000, 600_000, 3) if fuel == "natural_gas" else NCV
        whole = Measure("carbon_content", f"tC/{per}", 4000, 8000, 4, "carbon_per_quantity")
        for measured in ((), (ncv,), (PER_HEAT,), (ncv, PER_HEAT), (whole,)):
            yield Variant("stationary_combustion", fuel, units, measured)

    yield Variant("stationary_combustion", "diesel", MASS, (BLENDED,))
    for fuel in BIOGENIC:
        yield Variant("stationary_combustion", fuel, MASS, (), "biogenic")
        yield Variant("stationary_combustion", fuel, MASS, (NCV,), "biogenic")


def _energy() -> Iterator[Variant]:
    yield Variant("purchased_electricity", "electricity", POWER)
    yield Variant("purchased_electricity", "solar", POWER, (), "own_generated")
    yield Variant("exported_electricity", "electricity", POWER)
    yield Variant("exported_electricity", "solar", POWER, (), "own_generated")
    yield Variant("exported_electricity", "natural_gas", POWER, (), "own_generated")
    for proof in ("green_contract", "green_certificate", "direct_line"):
        yield Variant("green_electricity", proof, POWER)
    for stream_type in ("purchased_heat", "exported_heat"):
        yield Variant(stream_type, "heat", HEAT)
        yield Variant(stream_type, "heat", ("t", "kg"), ENTHALPY)


BURNT, ENERGY = list(_burnt()), list(_energy())
