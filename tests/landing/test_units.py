"""Units by any of their names, converted exactly; the fuels and the dimensions they may have."""

from __future__ import annotations

from fractions import Fraction

import pytest

from pipelines import units


@pytest.mark.parametrize(
    ("text", "name"),
    [
        ("千瓦时", "kWh"),
        ("度", "kWh"),
        ("KWH", "kWh"),
        ("万度", "万kWh"),
        ("Nm³", "Nm3"),
        ("10⁴Nm³", "万Nm3"),
        ("万立方米", "万m3"),
        ("㎥", "m3"),
        ("KG", "kg"),
        ("TO", "t"),
        ("吨", "t"),
        ("大卡", "kcal"),
        ("百万千焦", "GJ"),
        ("吨标准煤", "tce"),
        ("°C", "℃"),
        ("Mg", "t"),
        ("mg", "mg"),
        ("KVARH", "kvarh"),
    ],
)
def test_units_have_many_names(text, name):
    found = units.unit_of(text)
    assert found is not None and found.name == name


@pytest.mark.parametrize("text", ["", "MG", "furlong", "ST", "104Nm3", "桶/日"])
def test_what_is_no_unit_or_two(text):
    assert units.unit_of(text) is None


# From definitions: 1 kWh = 3.6 MJ; 1 cal_IT = 4.1868 J; 1 tce = 29.3076 GJ (GB/T 2589); 1 lb = 0.45359237 kg; 1 US gallon =
# 231 cubic inches of 2.54 cm; 1 ft = 0.3048 m; 1 Btu_IT = 1055.05585262 J; 1 bbl = 42 US gallons.
@pytest.mark.parametrize(
    ("source", "target", "factor"),
    [
        ("MWh", "kWh", Fraction(1000)),
        ("kWh", "MJ", Fraction("3.6")),
        ("kcal", "kJ", Fraction("4.1868")),
        ("tce", "GJ", Fraction("29.3076")),
        ("lb", "kg", Fraction("0.45359237")),
        ("short_ton", "lb", Fraction(2000)),
        ("long_ton", "lb", Fraction(2240)),
        ("gal", "L", Fraction(231) * Fraction("2.54") ** 3 / 1000),
        ("bbl", "gal", Fraction(42)),
        ("Mcf", "m3", 1000 * Fraction("0.3048") ** 3),
        ("mmBtu", "kJ", Fraction("1055055.85262")),
        ("therm", "mmBtu", Fraction(1, 10)),
        ("万Nm3", "Nm3", Fraction(10000)),
        ("m3_20C", "Nm3", Fraction("273.15") / Fraction("293.15")),
        ("MJ/Nm3", "GJ/万Nm3", Fraction(10)),
        ("kcal/kg", "GJ/t", Fraction("0.0041868")),
        ("kgCO2/kWh", "tCO2/MWh", Fraction(1)),
    ],
)
def test_ratios_are_exact(source, target, factor):
    assert units.ratio(units.unit_of(source), units.unit_of(target)) == factor


def test_across_dimensions_there_is_no_ratio():
    assert units.ratio(units.unit_of("t"), units.unit_of("Nm3")) is None
    assert units.ratio(units.unit_of("m3"), units.unit_of("Nm3")) is None


@pytest.mark.parametrize(
    ("power", "minutes", "energy", "factor"),
    [
        ("kW", 15, "kWh", "1/4"),
        ("MW", 30, "MWh", "1/2"),
        ("kW", 60, "kWh", "1"),
        ("kW", 5, "kWmin", "5"),
        ("MW", 5, "kWmin", "5000"),
    ],
)
def test_mean_power_becomes_energy_without_rounding(power, minutes, energy, factor):
    unit, found = units.energy_of_power(units.unit_of(power), minutes)
    assert (unit.name, found) == (energy, Fraction(factor))


def test_no_energy_comes_of_what_is_no_power():
    assert units.energy_of_power(units.unit_of("kWh"), 15) is None


@pytest.mark.parametrize(
    ("heading", "name"),
    [("电量(kWh)", "kWh"), ("消耗量（10⁴Nm³）", "万Nm3"), ("CO2(tCO2)", "tCO2"), ("电量", None), ("电量(日)", None)],
)
def test_the_unit_in_a_heading(heading, name):
    found = units.unit_in_header(heading)
    assert (found.name if found else None) == name


@pytest.mark.parametrize(
    ("name", "code", "dimension"),
    [
        ("天然气", "natural_gas", "normal_volume"),
        ("柴油", "diesel", "mass"),
        ("0#柴油", "diesel", "volume"),
        ("蒸汽", "heat", "energy"),
        ("电力", "electricity", "energy"),
        ("Bituminous coal", "bituminous_coal", "mass"),
    ],
)
def test_fuels_have_names_and_dimensions(name, code, dimension):
    found = units.fuel_of(name)
    assert found is not None and found.code == code and dimension in found.dimensions


def test_diesel_does_not_come_in_normal_cubic_metres():
    assert "normal_volume" not in units.fuel_of("柴油").dimensions
    assert "energy_per_mass" not in units.fuel_of("蒸汽").dimensions
