"""The heavy sectors by hand: what a tonne of each material emits under each rule book, in exact fractions.

The numbers are those of the guides, written out again; no seed, no warehouse and no SQL is read.
"""

from __future__ import annotations

from fractions import Fraction

CARBON = Fraction(44, 12)
PROTOCOLS = ("ghgp_location", "ghgp_market", "iso14064")
REGIMES = ("gbt32150", "mee_ets", "ndrc", *PROTOCOLS, "cbam")
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
# what the measured properties of the made-up streams are, kind by kind: value and unit
MEASURED = {
    "carbonate_use": ("purity", "91.5", "%"),
    "alternative_fuel_combustion": ("fossil_share", "37.5", "%"),
    "bio_jet_blend": ("fossil_share", "70", "%"),
}
TYRES = {"ncv": ("31.4", "GJ/t"), "carbon_content": ("0.0232", "tC/GJ")}


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


def per_tonne(regime: str, stream_type: str, material: str) -> dict[str, Fraction]:
    """Tonnes of each gas per tonne of material, signed; {} where the regime leaves the stream out."""
    match stream_type:
        case "anode_effect":
            return _anode_effect(regime)
        case "flight_combustion":
            return _flight(regime, material)
        case "generating_unit_combustion":
            return _generating_unit(regime)
    value = _carbon_dioxide(regime, stream_type, material)
    return {} if value is None else {"CO2": value}


def _carbon_dioxide(regime: str, stream_type: str, material: str) -> Fraction | None:
    if (regime, stream_type) in LEFT_OUT:
        return None
    by_material = {
        "clinker_production": _clinker,
        "clinker_substitute": _substitute,
        "anode_consumption": _anode,
        "alternative_fuel_combustion": _tyres,
    }
    if stream_type in by_material:
        return by_material[stream_type](regime, material)
    return _by_factor(stream_type, material)


def _substitute(regime: str, material: str) -> Fraction:
    return -next(Fraction(value) for value, names in SUBSTITUTES.items() if material in names.split())


def _tyres(regime: str, material: str) -> Fraction:
    return Fraction("31.4") * Fraction("0.0232") * _oxidation(regime) * Fraction("0.375") * CARBON


def _by_factor(stream_type: str, material: str) -> Fraction:
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
        "kiln_dust": {"kiln_dust": _oxides()},
        "raw_meal_carbon": {"raw_meal": Fraction("0.003") * CARBON},
    }
    sign, purity = (-1 if stream_type == "fixed_carbon_product" else 1), Fraction("0.915")
    return sign * Fraction(table[stream_type][material]) * (purity if stream_type == "carbonate_use" else 1)


def _oxides() -> Fraction:
    return Fraction("0.65") * Fraction(44, 56) + Fraction("0.015") * Fraction(44, 40)


def _clinker(regime: str, material: str) -> Fraction:
    if regime == "ndrc":
        return _oxides()
    if regime in PROTOCOLS and material == "portland_clinker":
        return Fraction("0.525")
    return Fraction(CLINKERS[material])


def _anode(regime: str, material: str) -> Fraction | None:
    carbon = (1 - Fraction("0.02") - Fraction("0.004")) * CARBON
    if material == "primary_aluminium":
        return Fraction("0.42" if regime == "ndrc" else "0.411") * carbon
    return None if regime == "ndrc" else (1 - Fraction("0.1518")) * carbon


def _anode_effect(regime: str) -> dict[str, Fraction]:
    kilograms = ("0.034", "0.0034") if regime == "ndrc" else ("0.02", "0.0011")
    return {gas: Fraction(value) / 1000 for gas, value in zip(("CF4", "C2F6"), kilograms, strict=True)}


def _oxidation(regime: str) -> Fraction:
    return Fraction(1 if regime in (*PROTOCOLS, "cbam") else "0.98")


def _flight(regime: str, material: str) -> dict[str, Fraction]:
    if regime == "cbam":
        return {}
    heat, carbon, per_terajoule = (Fraction(text) for text in FLIGHT["jet_kerosene"])
    fossil = {"jet_kerosene": Fraction(1), "bio_jet": Fraction(0), "bio_jet_blend": Fraction("0.7")}[material]
    if regime not in PROTOCOLS:
        return {"CO2": heat * carbon * fossil * CARBON}
    by_factor = heat * per_terajoule / 10**6
    carbon_dioxide = by_factor if material == "jet_kerosene" else heat * carbon * fossil * CARBON
    return {"CO2": carbon_dioxide, "CH4": heat * Fraction("0.5") / 10**6, "N2O": heat * 2 / 10**6}


def _generating_unit(regime: str) -> dict[str, Fraction]:
    """Bituminous coal, heat value measured at 20.5 GJ/t."""
    heat = Fraction("20.5")
    if regime in PROTOCOLS:
        factors = {"CO2": "94600", "CH4": "10", "N2O": "1.5"}
        return {gas: heat * Fraction(value) / 10**6 for gas, value in factors.items()}
    carbon, oxidation = {
        "gbt32150": ("0.0261", "0.93"),
        "ndrc": ("0.02618", "0.93"),
        "mee_ets": ("0.03085", "0.99"),
        "cbam": ("0.0258", "1"),
    }[regime]
    return {"CO2": heat * Fraction(carbon) * Fraction(oxidation) * CARBON}
