"""One plant under every regime: the worked example of three rule books, and what each makes of exports and green power."""

from __future__ import annotations

from decimal import Decimal

import pytest

from tests.accounting.books import Books
from tests.accounting.cases import JUNE
from tests.dbt.candidate import Candidate

REGIMES = ["gbt32150", "mee_ets", "ndrc", "ghgp_location", "ghgp_market", "iso14064", "cbam"]
PROVEN = {"role": "account", "record_type": "energy_attribute"}


@pytest.fixture(scope="module")
def plant(tmp_path_factory: pytest.TempPathFactory) -> Candidate:
    """1000 t bituminous coal unmeasured; 10 000 MWh from the grid, 4000 of it settled green; solar; 1000 t steam sold."""
    books = Books()
    books.facility("F1", is_ets_boundary=True)
    books.upstream["settings.regimes"] = [{"regime": regime} for regime in REGIMES[1:3] + REGIMES[4:]]
    books.stream("COAL", "stationary_combustion", "bituminous_coal")
    books.reading("COAL", JUNE, "1000", "t")
    books.stream("GRID", "purchased_electricity", "electricity")
    books.reading("GRID", JUNE, "10000", "MWh")
    books.stream("GREEN", "green_electricity", "green_contract")
    books.reading("GREEN", JUNE, "4000", "MWh")
    books.parameters[-1].update(PROVEN)
    books.stream("CLAIMED", "green_electricity", "green_contract")
    books.reading("CLAIMED", JUNE, "100", "MWh")
    books.parameters[-1].update(PROVEN | {"record_type": "utility_bill"})
    for number in (1, 2):  # one certificate that two streams count
        books.stream(f"SITE-{number}", "green_electricity", "green_certificate")
        books.reading(f"SITE-{number}", JUNE, "50", "MWh")
        books.parameters[-1].update(PROVEN)
        claim = {
            "record_type": "energy_attribute",
            "source_key": "GEC-1",
            "parameter_id": f"SITE-{number}-activity_data",
        }
        books.upstream.setdefault("readings.claims", []).append(claim)
    books.stream("BOTH-WAYS", "stationary_combustion", "diesel")
    books.reading("BOTH-WAYS", JUNE, "10", "t", parameter="BY-MASS")
    books.reading("BOTH-WAYS", JUNE, "426", "GJ", parameter="BY-HEAT")
    books.stream("SOLAR", "purchased_electricity", "solar", origin="own_generated")
    books.reading("SOLAR", JUNE, "1500", "MWh")
    books.stream("SOLAR-SOLD", "exported_electricity", "solar", origin="own_generated")
    books.reading("SOLAR-SOLD", JUNE, "500", "MWh")
    books.stream("STEAM-SOLD", "exported_heat", "heat")
    books.reading("STEAM-SOLD", JUNE, "1000", "t")
    books.reading("STEAM-SOLD", JUNE, "2777.0", "kJ/kg", "enthalpy")
    return books.close(tmp_path_factory.mktemp("plant"))


def tonnes(plant: Candidate, regime: str) -> dict[str, Decimal]:
    """Tonnes CO2e by stream to four decimals, those with an error left out."""
    query = f"""
        select stream_id, sum(emissions_tco2e) from marts.fct_inventory
        where regime = '{regime}' and status <> 'error' group by stream_id
    """
    return {stream: total.quantize(Decimal("0.0001")) for stream, total in plant.ask(query)}


@pytest.mark.parametrize(
    ("regime", "expected"),
    [
        ("gbt32150", {"COAL": "1741.7496", "GRID": "5306", "GREEN": "-2122.4", "STEAM-SOLD": "-305.47"}),
        ("mee_ets", {"COAL": "2170.84", "GRID": "5306", "STEAM-SOLD": "-296.26"}),
        ("ghgp_location", {"COAL": "2458.1595", "GRID": "5827"}),
        ("ghgp_market", {"COAL": "2458.1595", "GRID": "6096", "GREEN": "-2438.4"}),
        ("cbam", {"COAL": "2440.68"}),
        ("iso14064", {"COAL": "2458.4433", "GRID": "5827"}),
        ("ndrc", {"COAL": "2071.5093", "GRID": "5500", "STEAM-SOLD": "-296.2586"}),
    ],
)
def test_one_plant_seven_rule_books(plant: Candidate, regime: str, expected: dict[str, str]) -> None:
    """methodology.md, test vector 44; ISO and CBAM by hand from the same IPCC rows, NDRC from set A and East China."""
    assert tonnes(plant, regime) == {name: Decimal(value) for name, value in expected.items()}


def test_the_published_totals(plant: Candidate) -> None:
    assert sum(tonnes(plant, "gbt32150").values()) == Decimal("4619.8796")
    assert sum(tonnes(plant, "mee_ets").values()) == Decimal("7180.58")  # 7180.5807, each line rounded to two decimals
    market = tonnes(plant, "ghgp_market")
    assert market["GRID"] + market["GREEN"] == Decimal("3657.6")


def test_green_power_without_certificate_or_settlement_is_an_error(plant: Candidate) -> None:
    query = "select regime, error_code, status from marts.fct_inventory where stream_id = 'CLAIMED' order by regime"
    assert plant.ask(query) == [(regime, "PROOF_MISSING", "error") for regime in ("gbt32150", "ghgp_market")]


def test_one_certificate_serves_once(plant: Candidate) -> None:
    query = "select distinct stream_id, error_code from marts.fct_inventory where stream_id like 'SITE-%' order by 1"
    assert plant.ask(query) == [("SITE-1", "CERTIFICATE_TWICE"), ("SITE-2", "CERTIFICATE_TWICE")]


def test_the_same_fuel_by_mass_and_by_heat_is_an_error(plant: Candidate) -> None:
    query = "select distinct error_code, emissions_tco2e from marts.fct_inventory where stream_id = 'BOTH-WAYS'"
    assert plant.ask(query) == [("TWO_PATHS", None)]


def test_what_is_left_out_says_why(plant: Candidate) -> None:
    query = "select count(*), count(nullif(reason_zh, '')), count(nullif(reason_en, '')) from marts.fct_exclusions"
    ((rows, zh, en),) = plant.ask(query)
    assert rows == zh == en > 0
    kept = "select distinct stream_id from marts.fct_exclusions where regime = 'mee_ets' order by 1"
    left_out = ["CLAIMED", "GREEN", "SITE-1", "SITE-2", "SOLAR", "SOLAR-SOLD"]
    assert plant.ask(kept) == [(stream,) for stream in left_out]


def bridge(plant: Candidate, one: str, other: str) -> dict[str, Decimal]:
    """What each item adds on the way from one regime to the other, to four decimals."""
    query = f"""
        select item, difference_tco2e from marts.fct_regime_bridge
        where from_regime = '{one}' and to_regime = '{other}'
    """
    return {item: tonnes.quantize(Decimal("0.0001")) for item, tonnes in plant.ask(query)}


def test_any_two_regimes_are_bridged_exactly(plant: Candidate) -> None:
    query = """
        with totals as (select regime, sum(emissions_tco2e) as tonnes from marts.fct_inventory group by regime),
        items as (
            select from_regime, to_regime, sum(difference_tco2e) as tonnes
            from marts.fct_regime_bridge group by from_regime, to_regime
        )
        select items.tonnes - (tos.tonnes - froms.tonnes)
        from items
        inner join totals as froms on items.from_regime = froms.regime
        inner join totals as tos on items.to_regime = tos.regime
    """
    residuals = plant.ask(query)
    assert len(residuals) == len(REGIMES) * (len(REGIMES) - 1) // 2
    assert {residual for (residual,) in residuals} == {Decimal(0)}


def test_the_national_standard_and_the_ets_differ_by_named_items(plant: Candidate) -> None:
    """By hand: set C for set D, green power at the grid average, 83.74 kJ/kg taken off, every line to two decimals."""
    assert bridge(plant, "gbt32150", "mee_ets") == {
        "fuel_defaults": Decimal("429.0897"),
        "green_power": Decimal("2122.4"),
        "heat": Decimal("9.2114"),
        "rounding": Decimal("-0.0007"),
    }


def test_the_two_ways_of_scope_2_differ_by_grid_factor_and_green_power(plant: Candidate) -> None:
    assert bridge(plant, "ghgp_location", "ghgp_market") == {
        "grid_factor": Decimal("269"),
        "green_power": Decimal("-2438.4"),
    }


def test_the_national_standard_and_the_protocol_differ_by_gases_and_exports(plant: Candidate) -> None:
    items = bridge(plant, "gbt32150", "ghgp_location")
    assert items["gases_covered"] == Decimal("17.4795")
    assert items["export_netting"] == Decimal("305.47")
    assert items["fuel_defaults"] == Decimal("698.9304")
    assert items["grid_factor"] == Decimal("521")
    assert items["green_power"] == Decimal("2122.4")
