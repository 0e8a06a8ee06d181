"""Petrochemicals, chemicals, machinery, electronics, small sources: numbers of the guides, an independent calculator."""

from __future__ import annotations

import csv
from decimal import Decimal
from typing import Any

import pytest

from pipelines.workspace import SEEDS_DIR
from tests.accounting import sectors_light as light
from tests.accounting import sectors_light_streams as streams
from tests.accounting.books import Books
from tests.accounting.calculator import rounded
from tests.accounting.cases import JUNE
from tests.dbt.candidate import Candidate

FOLDERS = ("petrochemical", "chemical", "machinery", "electronics", "small_sources")
FURTHER_REGIMES = ("ndrc", "ghgp_market", "iso14064", "mee_ets", "cbam")
SEED = 20261123

# stream, stream type, fuel, quantity, unit, measured: (kind, value, unit)
PUBLISHED: list[tuple[Any, ...]] = [
    ("FCC", "catalyst_coke_burn", "catalyst_coke", "100000", "t"),
    ("FCC-CF", "catalyst_coke_burn", "catalyst_coke", "100000", "t", ("carbon_content", "0.94", "tC/t"),
     ("oxidation_factor", "1", "1")),
    ("FLARE-C", "flare_gas_carbon", "flare_gas", "10", "万Nm3", ("carbon_content", "5", "tC/万Nm3")),
    ("FLARE-CO2", "flare_gas_co2", "flare_gas", "10", "万Nm3", ("carbon_oxide_volume_share", "2", "%")),
    ("ACCIDENT", "flare_accident", "flare_gas", "6", "万Nm3", ("carbon_atoms_per_molecule", "1.2", "1")),
    ("REFORM-1", "catalyst_coke_before_burn", "reforming_catalyst", "100", "t", ("carbon_content", "0.0595", "tC/t")),
    ("REFORM-2", "catalyst_coke_after_burn", "reforming_catalyst", "95", "t", ("carbon_content", "0.01", "tC/t")),
    ("CALCINE-1", "carbon_input", "petroleum_coke", "1000", "t", ("carbon_content", "0.87", "tC/t")),
    ("CALCINE-2", "carbon_output", "calcined_petroleum_coke", "750", "t", ("carbon_content", "0.97", "tC/t")),
    ("CALCINE-3", "carbon_output", "petroleum_coke_dust", "50", "t", ("carbon_content", "0.97", "tC/t")),
    ("EO-1", "ethylene_oxide_feed", "ethylene", "1000", "t"),
    ("EO-2", "ethylene_oxide_product", "ethylene_oxide", "1200", "t"),
    ("DECOKE-CO2", "cracker_decoking_gas", "decoking_gas", "180000", "Nm3", ("carbon_oxide_volume_share", "8", "%")),
    ("DECOKE-CO", "cracker_decoking_gas", "decoking_gas", "180000", "Nm3", ("carbon_oxide_volume_share", "1", "%")),
    ("HNO3-HIGH", "nitric_acid", "nitric_acid_high_pressure", "1000", "t"),
    ("HNO3-MEDIUM", "nitric_acid", "nitric_acid_medium_pressure", "1000", "t"),
    ("HNO3-ATMOSPHERIC", "nitric_acid", "nitric_acid_atmospheric", "1000", "t"),
    ("HNO3-DUAL", "nitric_acid", "nitric_acid_dual_pressure", "1000", "t"),
    ("HNO3-COMBINED", "nitric_acid", "nitric_acid_combined", "1000", "t"),
    ("HNO3-LOW", "nitric_acid", "nitric_acid_low_pressure", "1000", "t"),
    ("HNO3-NSCR", "nitric_acid_nscr", "nitric_acid_high_pressure", "1000", "t"),
    ("ADIPIC", "adipic_acid", "adipic_acid_product", "1000", "t"),
    ("ADIPIC-CATALYTIC", "adipic_acid_catalytic", "adipic_acid_product", "1000", "t"),
    ("HCFC22", "hcfc22_production", "hcfc22", "1000", "t", ("by_product_share", "3", "%")),
    ("HFC23-SOLD", "hfc23_recovered", "hfc23", "5", "t"),
    ("HFC23-BURNT", "hfc23_destroyed", "hfc23", "20", "t"),
    ("HFC23-CO2", "hfc23_destruction_co2", "hfc23", "20", "t"),
    ("WELD", "co2_shielded_welding", "shielding_gas_ar80_co2_20", "10", "t"),
    ("FILLS", "fgas_filling_leak", "sf6", "1000000", "piece"),
    ("CHILLER", "fgas_release", "r410a", "100", "kg"),
    ("NF3", "electronics_gas_use_abated", "nf3", "1", "t"),
    ("NF3-BARE", "electronics_gas_use", "nf3", "1", "t"),
    ("SWITCHGEAR-1", "switchgear_capacity", "sf6", "100", "kg"),
    ("SWITCHGEAR-2", "switchgear_recovered", "sf6", "60", "kg"),
    ("WATER-IN", "wastewater_inflow", "wastewater_paper", "100000", "m3", ("cod_concentration", "5.0", "kg/m3")),
    ("WATER-OUT", "wastewater_outflow", "wastewater_paper", "100000", "m3", ("cod_concentration", "0.5", "kg/m3")),
    ("MINE", "coal_mine_gas", "coal_mine_gas_methane", "1", "万Nm3"),
    ("OXALIC", "oxalic_acid_use", "oxalic_acid", "1000", "t"),
    ("REDUCTANT", "reductant_use", "natural_gas", "1", "万Nm3"),
    ("UREA", "urea_solution_use", "urea_solution", "1000", "kg"),
    ("GRID-IN", "grid_power_supplied", "electricity", "1000", "MWh"),
    ("GRID-OUT", "grid_power_sold", "electricity", "950", "MWh"),
]  # fmt: skip
UNFIT: list[tuple[Any, ...]] = [
    ("E-WELD", "co2_shielded_welding", "shielding_gas", "10", "t"),
    ("E-HFC32", "electronics_gas_use_abated", "hfc32", "1", "t"),
    ("E-HFO", "fgas_release", "r1234yf", "1", "kg"),
    ("E-HFC23", "hcfc22_production", "hcfc22", "1", "t"),
    ("X-HCFC22", "fgas_release", "hcfc22", "1", "kg"),
]


@pytest.fixture(scope="module")
def made_up() -> tuple[Books, list[streams.Line]]:
    """The published cases, the unfit ones and a made-up stream of every kind, not yet closed."""
    books = Books()
    books.facility("F1", is_ets_boundary=True)
    books.upstream["settings.regimes"] = [{"regime": regime} for regime in FURTHER_REGIMES]
    for stream_id, stream_type, fuel, amount, unit, *measured in PUBLISHED + UNFIT:
        books.stream(stream_id, stream_type, fuel)
        books.reading(stream_id, JUNE, amount, unit)
        for kind, value, of_unit in measured:
            books.reading(stream_id, JUNE, value, of_unit, kind)
    books.stream("X-BIO", "carbon_input", "methanol", origin="biogenic")
    books.reading("X-BIO", JUNE, "1", "t")
    return books, streams.write(books, SEED)


@pytest.fixture(scope="module")
def sectors(made_up: tuple[Books, list[streams.Line]], tmp_path_factory: pytest.TempPathFactory) -> Candidate:
    return made_up[0].close(tmp_path_factory.mktemp("light"))


def tonnes(sectors: Candidate, regime: str, *listed: str, column: str = "emissions_tco2e") -> dict[str, Decimal]:
    """Tonnes by gas of one or several streams together."""
    named = ", ".join(f"'{stream}'" for stream in listed)
    return dict(
        sectors.ask(f"""
            select gas, sum({column}) from marts.fct_inventory
            where regime = '{regime}' and stream_id in ({named}) group by gas
        """)
    )


@pytest.mark.parametrize(
    ("listed", "expected", "decimals"),
    [
        (["FCC-CF"], {"CO2": "344666.7"}, 1),
        (["FCC"], {"CO2": "359333.3"}, 1),
        # 10 x 5 x 0.98 x 44/12 + 10 x 0.02 x 19.7
        (["FLARE-C", "FLARE-CO2"], {"CO2": "183.606667"}, 6),
        # 2 x 3 x 1.2 x 0.98 x 44/22.4 x 10
        (["ACCIDENT"], {"CO2": "138.6"}, 6),
        # 100 x 0.9405 x (0.0595/0.9405 - 0.01/0.99) x 0.98 x 44/12, two lines rounded on their own
        (["REFORM-1", "REFORM-2"], {"CO2": "17.96667"}, 5),
        (["CALCINE-1", "CALCINE-2", "CALCINE-3"], {"CO2": "344.66667"}, 5),
        # (1000 x 0.85 - 1200 x 0.545) x 44/12
        (["EO-1", "EO-2"], {"CO2": "718.66667"}, 5),
        (["DECOKE-CO2", "DECOKE-CO"], {"CO2": "31.914"}, 6),
        (["HNO3-HIGH"], {"N2O": "4309"}, 6),
        (["HNO3-MEDIUM"], {"N2O": "3658"}, 6),
        (["HNO3-ATMOSPHERIC"], {"N2O": "3007"}, 6),
        (["HNO3-DUAL"], {"N2O": "2480"}, 6),
        (["HNO3-COMBINED"], {"N2O": "2325"}, 6),
        (["HNO3-LOW"], {"N2O": "1550"}, 6),
        (["HNO3-NSCR"], {"N2O": "646.35"}, 6),
        (["ADIPIC"], {"N2O": "93000"}, 6),
        (["ADIPIC-CATALYTIC"], {"N2O": "6975"}, 6),
        # 1000 x 3 % - 5 - 20 = 5 t x 11700; 20 x 44/70
        (["HCFC22", "HFC23-SOLD", "HFC23-BURNT", "HFC23-CO2"], {"HFC-23": "58500", "CO2": "12.571429"}, 6),
        (["WELD"], {"CO2": "2.15686"}, 5),
        # 0.9 x 0.2 x 0.145 x 17200; 0.9 x 0.09 x 0.19 x 7390 (a printed 113.73207 has its last digits wrong)
        (["NF3"], {"NF3": "448.92", "CF4": "113.7321"}, 4),
        # a x d = 0: 0.9 x 0.2 x 17200 and 0.9 x 0.09 x 7390
        (["NF3-BARE"], {"NF3": "3096", "CF4": "598.59"}, 6),
        (["CHILLER"], {"HFC-32": "32.5", "HFC-125": "140"}, 6),
        # (100 - 60) kg x 23900 / 1000
        (["SWITCHGEAR-1", "SWITCHGEAR-2"], {"SF6": "956"}, 6),
        (["WATER-IN", "WATER-OUT"], {"CH4": "1181.25"}, 6),
        (["MINE"], {"CH4": "150.57"}, 6),
        (["OXALIC"], {"CO2": "347.604"}, 6),
        (["REDUCTANT"], {"CO2": "21.622"}, 6),
        # 1000 kg x 12/60 x 32.5 % x 44/12 / 1000
        (["UREA"], {"CO2": "0.238333"}, 6),
        # 50 MWh x 0.5500
        (["GRID-IN", "GRID-OUT"], {"CO2": "27.5"}, 6),
    ],
    ids=lambda value: value[0] if isinstance(value, list) else "",
)
def test_numbers_of_the_guides(sectors, listed, expected, decimals):
    stored = tonnes(sectors, "ndrc", *listed)
    assert {gas: round(value, decimals) for gas, value in stored.items()} == {
        gas: Decimal(text) for gas, text in expected.items()
    }


def test_a_million_fills_leak_fifty_tonnes(sectors):
    """0.342 mol x 146 g/mol is 4.9932e-5 t a fill."""
    assert tonnes(sectors, "ndrc", "FILLS", column="emissions_t") == {"SF6": Decimal("49.932")}


@pytest.mark.parametrize(
    ("stream_id", "codes"),
    [
        ("E-WELD", {("CO2", "FACTOR_MISSING")}),
        ("E-HFC32", {("CF4", ""), ("HFC-32", "FACTOR_MISSING")}),
        ("E-HFO", {("", "METHOD_MISSING")}),
        ("E-HFC23", {("HFC-23", "FACTOR_MISSING")}),
        ("X-HCFC22", set()),
        ("X-BIO", set()),
    ],
)
def test_what_has_no_factor_is_an_error_and_not_zero(sectors, stream_id, codes):
    rows = sectors.ask(f"""
        select gas, error_code from marts.fct_inventory where regime = 'ndrc' and stream_id = '{stream_id}'
    """)
    assert set(rows) == codes


def test_every_made_up_stream_agrees_under_every_regime_to_the_last_digit(sectors, made_up):
    expected = {}
    for line in made_up[1]:
        sign = -1 if line.stream_type in light.SUBTRACTED else 1
        for regime in light.regimes(line.stream_type):
            masses = light.masses(line.stream_type, line.fuel, line.amount, line.measured, regime)
            for gas, mass in masses.items():
                whole = mass * light.potential(regime, line.stream_type, gas)
                expected[regime, line.stream_id, gas] = (sign * rounded(mass), sign * rounded(whole), "")
    rows = sectors.ask("""
        select regime, stream_id, gas, emissions_t, emissions_tco2e, error_code
        from marts.fct_inventory where stream_id like 'R-%'
    """)
    assert len(expected) > 1000
    assert {tuple(row[:3]): tuple(row[3:]) for row in rows} == expected


def test_what_a_regime_leaves_out_says_why(sectors, made_up):
    out = {
        (regime, line.stream_id)
        for line in made_up[1]
        for regime in {"gbt32150", "ghgp_location", *FURTHER_REGIMES} - set(light.regimes(line.stream_type))
    }
    rows = sectors.ask("""
        select regime, stream_id from marts.fct_exclusions
        where stream_id like 'R-%' and reason_zh <> '' and reason_en <> '' and treatment = 'excluded'
    """)
    assert set(rows) == out


def test_every_stream_type_and_material_of_these_sectors_is_tried():
    tried = {(kind, fuel) for kind, variants in streams.VARIANTS.items() for fuel, _, _ in variants}
    assert {kind for kind, _ in tried} == {row["stream_type"] for row in _rows("stream_types")}
    assert {(row["stream_type"], row["fuel"]) for row in _rows("methods") if row["fuel"]} <= tried


def _rows(table: str) -> list[dict[str, str]]:
    found = []
    for folder in FOLDERS:
        with (SEEDS_DIR / folder / f"{table}.csv").open(encoding="utf-8", newline="") as lines:
            found += list(csv.DictReader(lines))
    return found
