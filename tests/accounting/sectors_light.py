"""Petrochemicals, chemicals, machinery, electronics and small sources in exact fractions, with literal factors of its own.

It reads no seed, no warehouse and no SQL. `masses` gives tonnes of each gas; `regimes` which rule books count a stream.
"""

from __future__ import annotations

from fractions import Fraction

from tests.accounting.calculator import CARBON_TO_CO2, Masses, Measured, grid, rounded

PER_VOLUME = Fraction("19.7")
CARBON = {
    **{"acetonitrile": "0.5852", "acrylonitrile": "0.6664", "butadiene": "0.888", "carbon_black": "0.970"},
    **{"ethylene": "0.856", "dichloroethane": "0.245", "ethylene_glycol": "0.387", "ethylene_oxide": "0.545"},
    **{"hydrogen_cyanide": "0.4444", "methanol": "0.375", "methane": "0.749", "ethane": "0.856", "propane": "0.817"},
    **{"propylene": "0.8563", "vinyl_chloride": "0.384", "urea": "0.200", "ammonium_bicarbonate": "0.1519"},
    **{"calcium_carbide": "0.314"},
}
NITRIC = {
    **{
        "nitric_acid_high_pressure": "0.0139",
        "nitric_acid_medium_pressure": "0.0118",
        "nitric_acid_atmospheric": "0.0097",
    },
    **{"nitric_acid_dual_pressure": "0.0080", "nitric_acid_combined": "0.0075", "nitric_acid_low_pressure": "0.0050"},
}
REMOVED = {
    **{"nitric_acid": "0", "nitric_acid_nscr": "0.85", "adipic_acid": "0", "adipic_acid_catalytic": "0.925"},
    **{"adipic_acid_thermal": "0.985", "adipic_acid_to_nitric_acid": "0.985", "adipic_acid_to_feedstock": "0.94"},
}
PURE = {
    **{"hfc23": "HFC-23", "hfc32": "HFC-32", "hfc125": "HFC-125", "hfc134a": "HFC-134a", "hfc143a": "HFC-143a"},
    **{"hfc152a": "HFC-152a", "hfc227ea": "HFC-227ea", "hfc236fa": "HFC-236fa", "hfc245fa": "HFC-245fa"},
    **{"cf4": "CF4", "c2f6": "C2F6", "c3f8": "C3F8", "c_c4f8": "c-C4F8", "sf6": "SF6", "nf3": "NF3"},
}
BLENDS = {
    "r410a": {"HFC-32": "0.5", "HFC-125": "0.5"},
    "r404a": {"HFC-125": "0.44", "HFC-134a": "0.04", "HFC-143a": "0.52"},
    "r407c": {"HFC-32": "0.23", "HFC-125": "0.25", "HFC-134a": "0.52"},
}
# utilisation U, collected a x destroyed d
ETCHED = {
    **{"nf3": ("0.8", "0.9", "0.95"), "sf6": ("0.8", "0.9", "0.9"), "cf4": ("0.1", "0.9", "0.9")},
    **{"c2f6": ("0.4", "0.9", "0.9"), "c3f8": ("0.6", "0.9", "0.9"), "c_c4f8": ("0.9", "0.9", "0.9")},
    "hfc23": ("0.6", "0.9", "0.9"),
}
BY_PRODUCTS = {
    **{"nf3": {"CF4": "0.09"}, "c2f6": {"CF4": "0.2"}, "c3f8": {"CF4": "0.1"}, "c_c4f8": {"CF4": "0.1", "C2F6": "0.1"}},
    **{"hfc23": {"CF4": "0.07"}, "hfc32": {"CF4": "0.08"}, "c4f6": {"C2F6": "0.2"}, "c5f8": {"C2F6": "0.04"}},
    "c_c4f8o": {"C3F8": "0.04"},
}
CORRECTION = {
    **{"wastewater_aerobic": "0", "wastewater_aerobic_overloaded": "0.3", "wastewater_anaerobic_reactor": "0.8"},
    **{"wastewater_shallow_lagoon": "0.2", "wastewater_deep_lagoon": "0.8", "wastewater_discharged": "0.1"},
    **{"wastewater_paper": "0.5", "wastewater_food": "0.7", "wastewater_tobacco": "0.3", "wastewater_beverage": "0.5"},
}
REDUCTANTS = {"semi_coke": "2.853", "coke": "2.862", "anthracite": "1.924", "natural_gas": "21.622"}
MINED = {
    ("coal_surface_mining", "surface_mined_coal"): "1.34",
    ("coal_post_mining", "high_gas_mined_coal"): "2.01",
    ("coal_post_mining", "low_gas_mined_coal"): "0.6",
    ("coal_post_mining", "surface_mined_coal"): "0.34",
}
MOLAR_MASS = {"sf6": 146, "hfc134a": 102}
SUBTRACTED = {
    *("catalyst_coke_after_burn", "carbon_output", "ethylene_oxide_product", "recovered_co2", "hfc23_recovered"),
    *("hfc23_destroyed", "fgas_output", "switchgear_recovered", "grid_power_sold", "wastewater_outflow"),
    *("wastewater_sludge", "methane_recovered"),
}
CBAM = {
    *("flare_gas_carbon", "flare_gas_co2", "flare_accident", "carbon_input", "carbon_output"),
    *("nitric_acid", "nitric_acid_nscr"),
}
ENTERPRISE = ("gbt32150", "ndrc", "ghgp_location", "ghgp_market", "iso14064")
ASSESSMENT = {"gbt32150": 5, "ndrc": 2, "ghgp_location": 5, "ghgp_market": 5, "iso14064": 6, "cbam": 5}
# by assessment report: second, fourth, fifth, sixth
POTENTIALS = {
    "CO2": ("1", "1", "1", "1"),
    "CH4": ("21", "25", "28", "27.9"),
    "N2O": ("310", "298", "265", "273"),
    "HFC-23": ("11700", "14800", "12400", "14600"),
    "HFC-32": ("650", "675", "677", "771"),
    "HFC-125": ("2800", "3500", "3170", "3740"),
    "HFC-134a": ("1300", "1430", "1300", "1530"),
    "HFC-143a": ("3800", "4470", "4800", "5810"),
    "HFC-152a": ("140", "124", "138", "164"),
    "HFC-227ea": ("2900", "3220", "3350", "3600"),
    "HFC-236fa": ("6300", "9810", "8060", "8690"),
    "HFC-245fa": ("", "1030", "858", "962"),
    "CF4": ("6500", "7390", "6630", "7380"),
    "C2F6": ("9200", "12200", "11100", "12400"),
    "C3F8": ("7000", "8830", "8900", "9290"),
    "c-C4F8": ("8700", "10300", "9540", "10200"),
    "SF6": ("23900", "22800", "23500", "25200"),
    "NF3": ("", "17200", "16100", "17400"),
}


def regimes(stream_type: str) -> list[str]:
    """The rule books that count or subtract a stream type; the national ETS takes in none of these sectors."""
    if stream_type == "fire_extinguisher_co2":
        return ["iso14064"]
    if stream_type == "recovered_co2":
        return ["gbt32150", "ndrc"]
    return [*ENTERPRISE, *(["cbam"] if stream_type in CBAM else [])]


def potential(regime: str, stream_type: str, gas: str) -> Fraction:
    """The regime's GWP of a gas; under the NDRC guides the fourth report's for electronics and for what the second lacks."""
    report = ASSESSMENT[regime]
    values: dict[int, str] = dict(zip((2, 4, 5, 6), POTENTIALS[gas], strict=True))
    if regime == "ndrc" and (stream_type.startswith("electronics") or not values[2]):
        report = 4
    return Fraction(values[report])


def masses(
    stream_type: str,
    fuel: str,
    amount: Fraction,
    measured: Measured,
    regime: str,
    region: str = "CN-JS",
    year: int = 2025,
) -> Masses:
    """Tonnes of each gas, unsigned, from an amount in the table's own unit (t, 10^4 Nm3, m3, MWh, fills)."""
    for family in (_petrochemical, _chemical, _gases, _small):
        found = family(stream_type, fuel, amount, measured)
        if found is not None:
            return found
    assert stream_type in {"grid_power_supplied", "grid_power_sold"}, stream_type
    return {"CO2": amount * grid(regime, region, year)}


def _petrochemical(stream_type: str, fuel: str, amount: Fraction, measured: Measured) -> Masses | None:
    oxidation = measured.get("oxidation_factor", Fraction("0.98"))
    match stream_type:
        case "flare_gas_carbon" | "catalyst_coke_burn" | "catalyst_coke_before_burn" | "catalyst_coke_after_burn":
            per_unit = measured.get("carbon_content", Fraction(1)) * oxidation * CARBON_TO_CO2
        case "flare_accident" if "carbon_content" in measured:
            per_unit = measured["carbon_content"] * oxidation * CARBON_TO_CO2
        case "flare_accident":
            per_unit = measured["carbon_atoms_per_molecule"] * oxidation * 44 / Fraction("22.4") * 10
        case "flare_gas_co2" | "cracker_decoking_gas" | "recovered_co2":
            per_unit = measured["carbon_oxide_volume_share"] * PER_VOLUME
        case "carbon_input" | "carbon_output":
            carbon = measured["carbon_content"] if measured else Fraction(CARBON[fuel])
            per_unit = carbon * CARBON_TO_CO2
        case "ethylene_oxide_feed" | "ethylene_oxide_product":
            per_unit = Fraction({"ethylene": "0.85", "ethylene_oxide": "0.545"}[fuel]) * CARBON_TO_CO2
        case "bitumen_oxidation":
            per_unit = Fraction("0.03")
        case _:
            return None
    return {"CO2": amount * per_unit}


def _chemical(stream_type: str, fuel: str, amount: Fraction, measured: Measured) -> Masses | None:
    if stream_type in REMOVED:
        made = Fraction(NITRIC.get(fuel, "0.300"))
        return {"N2O": amount * made * measured.get("unabated_share", 1 - Fraction(REMOVED[stream_type]))}
    match stream_type:
        case "hcfc22_production":
            return {"HFC-23": amount * measured["by_product_share"]}
        case "hfc23_recovered" | "hfc23_destroyed":
            return {"HFC-23": amount}
        case "hfc23_destruction_co2":
            return {"CO2": amount * Fraction(44, 70)}
    return None


def _gases(stream_type: str, fuel: str, amount: Fraction, measured: Measured) -> Masses | None:
    match stream_type:
        case "co2_shielded_welding":
            mixed = Fraction("0.2") * 44 / (Fraction("0.2") * 44 + Fraction("0.8") * 40)
            # a computed factor is rounded once, to 12 decimals
            known = {"carbon_dioxide": Fraction(1), "shielding_gas_ar80_co2_20": Fraction(rounded(mixed, 12))}
            return {"CO2": amount * (measured["co2_content"] if measured else known[fuel])}
        case "fgas_release" | "fgas_input" | "fgas_output":
            parts = BLENDS.get(fuel) or {PURE[fuel]: "1"}
            return {gas: amount * Fraction(share) for gas, share in parts.items()}
        case "fgas_filling_leak":
            return {PURE[fuel]: amount * Fraction("0.342") * MOLAR_MASS[fuel] / 10**6}
        case "switchgear_capacity" | "switchgear_recovered":
            return {"SF6": amount}
        case "electronics_gas_use" | "electronics_gas_use_abated":
            return _etched(fuel, Fraction("0.9") * amount, measured, stream_type.endswith("abated"))
    return None


def _etched(fuel: str, used: Fraction, measured: Measured, is_abated: bool) -> Masses:
    made = {gas: used * Fraction(share) for gas, share in BY_PRODUCTS.get(fuel, {}).items()}
    if fuel in PURE:
        unused = measured["unused_share"] if "unused_share" in measured else 1 - Fraction(ETCHED[fuel][0])
        made[PURE[fuel]] = used * unused
    return {gas: mass * (_left(gas, measured, fuel) if is_abated else 1) for gas, mass in made.items()}


def _left(gas: str, measured: Measured, fuel: str) -> Fraction:
    if PURE.get(fuel) == gas and "unabated_share" in measured:
        return measured["unabated_share"]
    _, collected, destroyed = ETCHED[next(code for code, name in PURE.items() if name == gas)]
    return 1 - Fraction(collected) * Fraction(destroyed)


def _small(stream_type: str, fuel: str, amount: Fraction, measured: Measured) -> Masses | None:
    return _methane(stream_type, fuel, amount, measured) or _carbon_dioxide(stream_type, fuel, amount, measured)


def _methane(stream_type: str, fuel: str, amount: Fraction, measured: Measured) -> Masses | None:
    match stream_type:
        case "wastewater_inflow" | "wastewater_outflow":
            oxygen_demand = measured["cod_concentration"] / 1000
            per_unit = oxygen_demand * Fraction("0.25") * Fraction(CORRECTION[fuel])
        case "wastewater_sludge":
            per_unit = Fraction("0.25") * Fraction(CORRECTION[fuel])
        case "methane_recovered" | "coal_mine_gas":
            per_unit = Fraction("7.17")
        case "coal_surface_mining" | "coal_post_mining":
            per_unit = Fraction(MINED[stream_type, fuel]) / 1000
        case _:
            return None
    return {"CH4": amount * per_unit}


def _carbon_dioxide(stream_type: str, fuel: str, amount: Fraction, measured: Measured) -> Masses | None:
    match stream_type:
        case "reductant_use":
            per_unit = Fraction(REDUCTANTS[fuel])
        case "oxalic_acid_use":
            per_unit = Fraction("0.349") * Fraction("0.996")
        case "co2_process_loss":
            per_unit = measured["loss_share"]
        case "fire_extinguisher_co2":
            per_unit = Fraction(1)
        case "urea_solution_use":
            per_unit = Fraction(12, 60) * Fraction("0.325") * CARBON_TO_CO2
        case _:
            return None
    return {"CO2": amount * per_unit}
