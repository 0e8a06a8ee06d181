"""The heavy sectors by hand: what a tonne of each material emits under each rule book, in exact fractions.

The numbers are those of the guides, written out again; no seed, no warehouse and no SQL is read. `measured` holds what an
assay says, in fractions of one, GJ/t or tC/t.
"""

from __future__ import annotations

from fractions import Fraction

from tests.accounting.calculator import CARBON_TO_CO2 as CARBON
from tests.accounting.calculator import PROTOCOLS, REGIMES, Measured

FIFTH_ASSESSMENT = {"CO2": "1", "CH4": "28", "N2O": "265", "CF4": "6630", "C2F6": "11100"}
GWP = dict.fromkeys(REGIMES, FIFTH_ASSESSMENT) | {
    "ndrc": {"CO2": "1", "CH4": "21", "N2O": "310", "CF4": "6500", "C2F6": "9200"},
    "iso14064": {"CO2": "1", "CH4": "27.9", "N2O": "273", "CF4": "7380", "C2F6": "12400"},
}

# tCO2 per t
FLUXES = {"limestone": "0.440", "dolomite": "0.471"}
RAW_MATERIALS = {
    **{"pig_iron": "0.172", "direct_reduced_iron": "0.073", "ferronickel": "0.037", "high_carbon_ferrochrome": "0.348"},
    **{"ferrochrome": "0.275", "ferromolybdenum": "0.018", "ferrosilicon": "0.007", "silicomanganese": "0.092"},
    **{"low_carbon_silicomanganese": "0.011", "high_carbon_ferromanganese": "0.275", "steel_scrap": "0.037"},
    **{"micro_carbon_ferromanganese": "0.004"},
}
CARBON_HELD = {"pig_iron": "0.172", "crude_steel": "0.0154", "methanol": "1.375"}
CLINKERS = {"portland_clinker": "0.535", "white_clinker": "0.550"}
CLINKERS |= {"sulphoaluminate_clinker": "0.413", "aluminate_clinker": "0.292"}
SUBSTITUTES = {
    "0.600": "desulphurisation_powder slaked_lime",
    "0.480": "carbide_slag magnesium_slag",
    "0.375": "lime_mud calcium_fluoride_sludge phosphorus_slag",
    "0.305": "vanadium_titanium_slag nitrogen_slag incineration_fly_ash ferroalloy_slag",
    "0.245": "desulphurisation_gypsum phosphogypsum titanogypsum fluorogypsum borogypsum moulding_gypsum "
    "citric_acid_residue",
    "0.215": "steel_slag nickel_slag",
    "0.135": "manganese_slag zinc_slag tin_slag",
    "0.055": "sewage_sludge aluminium_slag pyrite_cinder copper_slag lead_zinc_slag coal_fly_ash red_mud",
}
GLASS = {"soda_ash": "0.41492", "limestone": "0.43971", "dolomite": "0.47732"}
# heat value GJ/t, carbon tC/GJ; then the protocol's kg CO2 per TJ
FLIGHT = {"jet_kerosene": ("44.1", "0.0195", "71500")}
LEFT_OUT = {("ndrc", "clinker_substitute"), ("mee_ets", "kiln_dust"), ("mee_ets", "raw_meal_carbon")}
# kg CF4 per tonne and minute of anode effect, and C2F6 by weight of it, by kind of cell
CELLS = {"aluminium_cwpb": ("0.143", "0.121"), "aluminium_swpb": ("0.272", "0.252")}
# heat value, carbon per heat and oxidation of bituminous coal that is not measured
UNIT_COAL = {
    "gbt32150": ("19.570", "0.0261", "0.93"),
    "ndrc": ("23.204", "0.02618", "0.93"),
    "mee_ets": ("26.7", "0.03085", "0.99"),
    "cbam": ("25.8", "0.0258", "1"),
}


def pairs() -> list[tuple[str, str]]:
    """Every stream type of these sectors with every material it has a factor for."""
    listed = {
        "flux_use": FLUXES,
        "carbon_electrode_use": ["carbon_electrode"],
        "carbon_bearing_material_use": RAW_MATERIALS,
        "fixed_carbon_product": CARBON_HELD,
        "clinker_production": CLINKERS,
        "clinker_substitute": [name for names in SUBSTITUTES.values() for name in names.split()],
        "kiln_dust": ["kiln_dust"],
        "raw_meal_carbon": ["raw_meal"],
        "alternative_fuel_combustion": ["municipal_waste"],
        "batch_carbonate_use": GLASS,
        "carbon_powder_use": ["carbon_powder"],
        "carbonate_use": ["limestone", "dolomite", "magnesite", "soda_ash"],
        "anode_consumption": ["primary_aluminium", "prebaked_anode"],
        "anode_effect": ["primary_aluminium"],
        "limestone_use": ["limestone"],
        "flight_combustion": ["jet_kerosene", "bio_jet", "bio_jet_blend"],
        "generating_unit_combustion": ["bituminous_coal"],
    }
    return [(stream_type, material) for stream_type, materials in listed.items() for material in materials]


def per_tonne(regime: str, stream_type: str, material: str, measured: Measured) -> dict[str, Fraction]:
    """Tonnes of each gas per tonne of material, signed; {} where the regime leaves the stream out."""
    match stream_type:
        case "anode_effect":
            return _anode_effect(regime, material, measured)
        case "flight_combustion":
            return _flight(regime, material, measured)
        case "generating_unit_combustion":
            return _generating_unit(regime, measured)
    if (regime, stream_type) in LEFT_OUT:
        return {}
    value = _carbon_dioxide(regime, stream_type, material, measured)
    return {} if value is None else {"CO2": value}


def _carbon_dioxide(regime: str, stream_type: str, material: str, measured: Measured) -> Fraction | None:
    match stream_type:
        case "clinker_production":
            return _clinker(regime, material, measured)
        case "clinker_substitute":
            return -next(Fraction(value) for value, names in SUBSTITUTES.items() if material in names.split())
        case "anode_consumption":
            return _anode(regime, material, measured)
        case "alternative_fuel_combustion":
            heat = measured["ncv"] * measured["carbon_content"]
            return heat * _oxidation(regime) * measured["fossil_share"] * CARBON
    return _by_factor(stream_type, material, measured)


def _by_factor(stream_type: str, material: str, measured: Measured) -> Fraction:
    pure = {"limestone": "0.4397", "dolomite": "0.4773", "magnesite": "0.5220", "soda_ash": "0.4149"}
    table = {
        "flux_use": FLUXES,
        "carbon_electrode_use": {"carbon_electrode": "3.663"},
        "carbon_bearing_material_use": RAW_MATERIALS,
        "fixed_carbon_product": CARBON_HELD,
        "batch_carbonate_use": GLASS,
        "limestone_use": {"limestone": "0.405"},
        "carbonate_use": pure,
        "carbon_powder_use": {"carbon_powder": CARBON},
        "kiln_dust": {"kiln_dust": _oxides(measured)},
        "raw_meal_carbon": {"raw_meal": Fraction("0.003") * CARBON},
    }
    factor = Fraction(table[stream_type][material])
    if "carbon_content" in measured:
        factor = measured["carbon_content"] * CARBON
    return (-1 if stream_type == "fixed_carbon_product" else 1) * factor * measured.get("purity", Fraction(1))


def _oxides(measured: Measured) -> Fraction:
    if "calcined_oxide" in measured:
        return measured["calcined_oxide"] * Fraction(44, 56)
    return Fraction("0.65") * Fraction(44, 56) + Fraction("0.015") * Fraction(44, 40)


def _clinker(regime: str, material: str, measured: Measured) -> Fraction:
    if regime == "ndrc" or (regime != "mee_ets" and "calcined_oxide" in measured):
        return _oxides(measured)
    if regime in PROTOCOLS and material == "portland_clinker":
        return Fraction("0.525")
    return Fraction(CLINKERS[material])


def _anode(regime: str, material: str, measured: Measured) -> Fraction | None:
    carbon = measured.get("carbon_fraction", 1 - Fraction("0.02") - Fraction("0.004")) * CARBON
    if material == "primary_aluminium":
        return Fraction("0.42" if regime == "ndrc" else "0.411") * carbon
    return None if regime == "ndrc" else (1 - Fraction("0.1518")) * carbon


def _anode_effect(regime: str, material: str, measured: Measured) -> dict[str, Fraction]:
    if "anode_effect_minutes" in measured and regime not in ("ndrc", "mee_ets"):
        slope, weight = (Fraction(value) for value in CELLS[material])
        tetrafluoromethane = slope / 1000 * measured["anode_effect_minutes"]
        return {"CF4": tetrafluoromethane, "C2F6": tetrafluoromethane * weight}
    kilograms = ("0.034", "0.0034") if regime == "ndrc" else ("0.02", "0.0011")
    return {gas: Fraction(value) / 1000 for gas, value in zip(("CF4", "C2F6"), kilograms, strict=True)}


def _oxidation(regime: str) -> Fraction:
    return Fraction(1 if regime in (*PROTOCOLS, "cbam") else "0.98")


def _flight(regime: str, material: str, measured: Measured) -> dict[str, Fraction]:
    if regime == "cbam":
        return {}
    heat, carbon, per_terajoule = (Fraction(text) for text in FLIGHT["jet_kerosene"])
    fossil = {"jet_kerosene": Fraction(1), "bio_jet": Fraction(0)}.get(
        material, measured.get("fossil_share", Fraction(1))
    )
    if regime not in PROTOCOLS:
        return {"CO2": heat * carbon * fossil * CARBON}
    by_factor = heat * per_terajoule / 10**6
    carbon_dioxide = by_factor if material == "jet_kerosene" else heat * carbon * fossil * CARBON
    return {"CO2": carbon_dioxide, "CH4": heat * Fraction("0.5") / 10**6, "N2O": heat * 2 / 10**6}


def _generating_unit(regime: str, measured: Measured) -> dict[str, Fraction]:
    """Bituminous coal; the protocols take the carbon measured, else the default of its heat, and CH4 and N2O by heat."""
    if regime in PROTOCOLS:
        heat = measured.get("ncv", Fraction("25.8"))
        factors = {"CO2": "94600", "CH4": "10", "N2O": "1.5"}
        masses = {gas: heat * Fraction(value) / 10**6 for gas, value in factors.items()}
        return masses | ({"CO2": measured["carbon_content"] * CARBON} if "carbon_content" in measured else {})
    default, carbon, oxidation = (Fraction(value) for value in UNIT_COAL[regime])
    per_tonne = measured.get("carbon_content", measured.get("ncv", default) * carbon)
    return {"CO2": per_tonne * oxidation * CARBON}
