"""The factor tables against figures typed from outside: printed products, published changes, worked examples."""

from __future__ import annotations

from collections import Counter, defaultdict
from decimal import Decimal
from fractions import Fraction
from itertools import combinations

import pytest

from pipelines import rules
from tests.accounting.calculator import rounded
from tests.accounting.test_factors import PRODUCTS as NATIONAL_STANDARD

CARBON_TO_CO2 = Fraction(44, 12)
STATUSES = {"confirmed", "secondary", "unverified"}
# What stands where a unit would: shares, ratios, factors up and down.
UNITLESS = {"%", "1", "-", "×/÷"}
NEVER_UNITLESS = {"ncv", "emission_factor", "gwp", "density", "enthalpy"}

# tCO2 per t or per 10^4 Nm3 as printed beside each table: heat value x carbon content x oxidation x 44/12, four decimals.
NDRC_INDUSTRY = {
    **{"anthracite": "2.3228", "bituminous_coal": "2.0715", "lignite": "1.4241", "washed_coal": "2.2818"},
    **{"other_washed_coal": "1.2886", "briquette": "1.9360", "coke": "2.8518", "crude_oil": "3.0783"},
    **{"fuel_oil": "3.0472", "gasoline": "3.0425", "diesel": "3.1451", "kerosene": "3.1517", "jet_kerosene": "3.1517"},
    **{"naphtha": "2.9488", "petroleum_coke": "3.0633", "other_petroleum_products": "2.8883", "coal_tar": "2.6446"},
    **{"crude_benzol": "3.4109", "refinery_gas": "3.0423", "lpg": "2.9538", "lng": "2.3253", "natural_gas": "21.6219"},
    **{"coke_oven_gas": "8.5828", "blast_furnace_gas": "9.6865", "converter_gas": "14.3210"},
    **{"carbide_furnace_gas": "15.9470", "other_gas": "2.3179"},
}
NDRC_STEEL_CEMENT = {
    **{"anthracite": "1.9238", "bituminous_coal": "1.7471", "lignite": "1.3877", "washed_coal": "2.2073"},
    **{"other_washed_coal": "0.7010", "briquette": "1.9360", "other_coal_products": "1.9360", "coke": "2.8519"},
    **{"lng": "2.5877", "coke_oven_gas": "7.6224", "blast_furnace_gas": "8.4811", "converter_gas": "15.1240"},
    **{"other_gas": "2.3148"},
}
MEE_ETS = {
    **{"anthracite": "2.2588", "bituminous_coal": "2.1708", "lignite": "1.4834", "coal_gangue": "0.7646"},
    **{"coal_slime": "1.1454", "coke": "3.0060", "petroleum_coke": "3.2115", "crude_oil": "3.0172"},
    **{"fuel_oil": "3.1705", "gasoline": "2.9251", "diesel": "3.0959", "kerosene": "3.0334"},
    **{"aviation_gasoline": "3.1025", "jet_kerosene": "3.1532", "lng": "3.1829", "lpg": "3.1013"},
    **{"coal_tar": "2.6446", "crude_benzol": "3.4109", "refinery_gas": "3.0082", "natural_gas": "21.6502"},
    **{"blast_furnace_gas": "8.4811", "converter_gas": "15.1240", "coke_oven_gas": "7.6362", "other_gas": "2.3148"},
}
PRINTED = {
    "ndrc_industry": NDRC_INDUSTRY,
    "ndrc_steel_cement": NDRC_STEEL_CEMENT,
    "mee_ets_2024": MEE_ETS,
    "gbt32151_34_2024": NATIONAL_STANDARD,
}
# No product stands beside the oil products of that table.
UNPRINTED = {
    "ndrc_steel_cement": {
        *("crude_oil", "fuel_oil", "gasoline", "diesel", "kerosene", "lpg", "coal_tar", "crude_benzol", "refinery_gas")
    }
}

ROWS = rules.rows("factors")


def chosen(factor_set: str, parameter: str, **having: str) -> list[dict[str, str]]:
    wanted = {"factor_set": factor_set, "parameter": parameter, **having}
    return [row for row in ROWS if all(row[column] == text for column, text in wanted.items())]


def value(factor_set: str, parameter: str, **having: str) -> Fraction:
    (row,) = chosen(factor_set, parameter, **having)
    return Fraction(row["value"])


def grid(factor_set: str, year: str, region: str = "CN") -> Decimal:
    (row,) = chosen(factor_set, "emission_factor", data_year=year, region_code=region)
    return Decimal(row["value"])


@pytest.mark.parametrize(
    ("factor_set", "fuel", "printed"),
    [(name, fuel, printed) for name, table in PRINTED.items() for fuel, printed in table.items()],
)
def test_a_fuels_product_is_the_printed_one(factor_set: str, fuel: str, printed: str) -> None:
    parts = [value(factor_set, name, subject=fuel) for name in ("ncv", "carbon_content", "oxidation_factor")]
    assert rounded(parts[0] * parts[1] * parts[2] * CARBON_TO_CO2, 4) == Decimal(printed)


@pytest.mark.parametrize("factor_set", PRINTED)
def test_no_fuel_of_a_table_is_left_out_or_half_there(factor_set: str) -> None:
    for parameter in ("ncv", "carbon_content", "oxidation_factor"):
        subjects = [row["subject"] for row in chosen(factor_set, parameter)]
        assert Counter(subjects) == Counter(PRINTED[factor_set].keys() | UNPRINTED.get(factor_set, set()))


def test_reductants_are_those_the_guides_print() -> None:
    """NDRC, non-ferrous: anthracite 1.924 tCO2/t, natural gas 21.622 tCO2/10^4 Nm3."""
    for factor_set, fuel, printed in (
        ("ndrc_steel_cement", "anthracite", "1.924"),
        ("ndrc_industry", "natural_gas", "21.622"),
    ):
        parts = [value(factor_set, name, subject=fuel) for name in ("ncv", "carbon_content", "oxidation_factor")]
        assert rounded(parts[0] * parts[1] * parts[2] * CARBON_TO_CO2, 3) == Decimal(printed)


@pytest.mark.parametrize(
    ("factor_set", "region", "published"),
    [
        ("cn_grid_average", "CN", "-1.1"),
        ("cn_grid_residual", "CN", "4.1"),
        ("cn_grid_region", "CN-REGION-EAST", "-2.1"),
        ("cn_grid_region", "CN-REGION-NORTH", "-6.1"),
        ("cn_grid_region", "CN-REGION-CENTRAL", "-2.3"),
        ("cn_grid_region", "CN-REGION-NORTHWEST", "-5.4"),
        ("cn_grid_region", "CN-REGION-SOUTH", "4.5"),
        ("cn_grid_region", "CN-REGION-SOUTHWEST", "9.0"),
    ],
)
def test_the_grid_moved_as_published_in_2023(factor_set: str, region: str, published: str) -> None:
    change = (grid(factor_set, "2023", region) / grid(factor_set, "2022", region) - 1) * 100
    assert round(change, 1) == Decimal(published)


def test_the_northeast_moved_as_published_from_unrounded_data() -> None:
    change = (
        grid("cn_grid_region", "2023", "CN-REGION-NORTHEAST") / grid("cn_grid_region", "2022", "CN-REGION-NORTHEAST")
        - 1
    ) * 100
    assert abs(change + 8) < Decimal("0.1")


def test_twenty_provinces_fell_and_ten_rose() -> None:
    provinces = {row["region_code"] for row in chosen("cn_grid_province", "emission_factor")}
    assert len(provinces) == 30
    rose = {one for one in provinces if grid("cn_grid_province", "2023", one) > grid("cn_grid_province", "2022", one)}
    listed = "HN FJ JX GD GX CQ SC GZ YN QH"
    assert rose == {f"CN-{code}" for code in listed.split()}
    assert all(grid("cn_grid_province", "2021", one) > 0 for one in provinces)


def test_a_report_years_grid_factor_is_the_designated_one() -> None:
    designated = {"2021": "0.5810", "2022": "0.5703", "2023": "0.5703", "2024": "0.5366", "2025": "0.5306"}
    found = chosen("cn_grid_ets", "emission_factor", subject="electricity", region_code="CN")
    assert {row["valid_from"][:4]: row["value_text"] for row in found} == designated
    for row in found:
        assert row["valid_from"].endswith("-01-01")
        assert row["valid_to"] in {"", f"{int(row['valid_from'][:4]) + 1}-01-01"}
    assert [row["valid_from"] for row in found if not row["valid_to"]] == ["2025-01-01"]


@pytest.mark.parametrize(("blend", "published"), [("R-410A", 2088), ("R-404A", 3922), ("R-407C", 1774)])
def test_a_blends_gwp_is_the_published_one(blend: str, published: int) -> None:
    """Annex I of Regulation (EU) 517/2014, on the fourth assessment: the shares and five gases at once."""
    shares = {
        row["gas"]: Fraction(row["value"])
        for row in chosen("refrigerant_blends", "gas_content", subject=blend.lower().replace("-", ""))
    }
    assert sum(shares.values()) == 1
    total = sum(share * value("ipcc_ar4", "gwp", gas=gas) for gas, share in shares.items())
    assert rounded(total, 0) == published


def test_worked_examples_that_rest_on_a_gwp() -> None:
    """MEE and NDRC aluminium per t Al; the electronics form's mixed set; NDRC waste water (56 250 kg CH4)."""
    for factor_set, cf4, c2f6, expected in (
        ("ipcc_ar5", "0.02", "0.0011", "0.14481"),
        ("ipcc_sar", "0.034", "0.0034", "0.25228"),
    ):
        total = Fraction(cf4) * value(factor_set, "gwp", gas="CF4") + Fraction(c2f6) * value(
            factor_set, "gwp", gas="C2F6"
        )
        assert rounded(total / 1000, 5) == Decimal(expected)
    leak = Fraction("0.9") * Fraction("0.2") * (1 - Fraction("0.9") * Fraction("0.95"))
    by_product = Fraction("0.9") * Fraction("0.09") * (1 - Fraction("0.9") * Fraction("0.9"))
    assert rounded(leak * value("ipcc_ar4", "gwp", gas="NF3"), 2) == Decimal("448.92")
    assert rounded(by_product * value("ipcc_ar4", "gwp", gas="CF4"), 5) == Decimal("113.73210")
    assert rounded(56250 * value("ipcc_sar", "gwp", gas="CH4") / 1000, 2) == Decimal("1181.25")


def test_every_assessment_knows_the_basket() -> None:
    """Eighteen gases; the second assessment has neither HFC-245fa nor NF3."""
    basket = {row["gas"] for row in chosen("ipcc_ar6", "gwp")}
    assert len(basket) == 18
    for factor_set, lacking in (("ipcc_sar", {"HFC-245fa", "NF3"}), ("ipcc_ar4", set()), ("ipcc_ar5", set())):
        assert basket - {row["gas"] for row in chosen(factor_set, "gwp")} == lacking
    fossil = {name: value(f"ipcc_{name}_origin", "gwp", gas="CH4", subject="fossil") for name in ("ar5", "ar6")}
    assert fossil == {"ar5": Fraction(30), "ar6": Fraction("29.8")}
    assert (
        value("ipcc_ar6_origin", "gwp", gas="CH4", subject="biogenic")
        < value("ipcc_ar6", "gwp", gas="CH4")
        < fossil["ar6"]
    )


def test_ipcc_carbon_contents_give_the_printed_co2_factors() -> None:
    """Table 1.4 is table 1.3 times 44/12, to three significant digits; and each default lies in its own range."""
    found = {row["subject"]: row for row in chosen("ipcc_2006", "emission_factor", gas="CO2")}
    assert len(found) == 22
    for subject, row in found.items():
        carbon = value("ipcc_2006", "carbon_content", subject=subject)
        exact = Decimal((carbon * 1000 * CARBON_TO_CO2).numerator) / Decimal(
            (carbon * 1000 * CARBON_TO_CO2).denominator
        )
        assert Decimal(f"{exact:.3g}") == Decimal(row["value"]), subject
        assert within(subject, "carbon_content", carbon)
        assert within(subject, "ncv", value("ipcc_2006", "ncv", subject=subject, denominator_unit="t"))


def within(subject: str, parameter: str, default: Fraction) -> bool:
    low, high = (value("ipcc_2006_range", f"{parameter}_{end}", subject=subject) for end in ("low", "high"))
    return low < default < high


def test_power_coal_defaults_give_the_worked_example() -> None:
    """100 000 t of coal: heat value 20.5 measured and carbon not; neither measured; the step down of 8.08 %."""
    power = {"factor_set": "mee_ets_power", "subject": "power_coal"}
    oxidation, ncv = (value(parameter=name, **power) for name in ("oxidation_factor", "ncv"))
    now, before = (value(parameter="carbon_content", edition=edition, **power) for edition in ("2022", "2021"))
    tonnes = 100000 * now * oxidation * CARBON_TO_CO2
    assert rounded(Fraction("20.5") * tonnes, 3) == Decimal("229570.275")
    assert rounded(ncv * tonnes, 3) == Decimal("299001.285")
    assert rounded((now / before - 1) * 100, 2) == Decimal("-8.08")


# Molar masses of the carbonates, g/mol, and how many CO2 (44.01) leave each.
MOLAR = {
    **{"caco3": ("100.09", 1), "mgco3": ("84.31", 1), "camgco32": ("184.40", 2), "na2co3": ("105.99", 1)},
    **{"nahco3": ("84.007", 1), "feco3": ("115.85", 1), "mnco3": ("114.95", 1), "baco3": ("197.34", 1)},
    **{"li2co3": ("73.89", 1), "k2co3": ("138.21", 1), "srco3": ("147.63", 1)},
}


@pytest.mark.parametrize("carbonate", MOLAR)
def test_a_carbonates_factor_is_its_chemistry(carbonate: str) -> None:
    mass, molecules = MOLAR[carbonate]
    exact = Fraction("44.01") * molecules / Fraction(mass)
    assert abs(value("carbonates", "emission_factor", subject=carbonate) - exact) < Fraction("0.0004")
    assert abs(value("gbt32151_34_2024", "emission_factor", subject=carbonate) - exact) < Fraction("0.001")


def test_desulphurisation_and_steam_give_the_published_vectors() -> None:
    """GB/T 32151.34 equation 10: 10 t of desulphuriser; 1.75 MPa between its neighbours; 1000 t of steam at 1.0 MPa."""
    share, turned = (value("carbonates", name, subject="desulphurisation") for name in ("purity", "conversion"))
    limestone = value("gbt32151_34_2024", "emission_factor", subject="caco3")
    assert rounded(10 * share * limestone * turned, 2) == Decimal("3.96")
    steam = {
        pressure: value("steam_saturated", "enthalpy", subject=f"{pressure} MPa") for pressure in ("1.0", "1.7", "1.8")
    }
    assert (steam["1.7"] + steam["1.8"]) / 2 == Fraction("2794.45")
    assert steam["1.0"] * 1000 / 1000 == Fraction("2777.0")


def test_saturated_steam_has_its_one_maximum_near_three_megapascal() -> None:
    curve = sorted(
        (Fraction(row["subject"].split()[0]), Fraction(row["value"])) for row in chosen("steam_saturated", "enthalpy")
    )
    top = max(range(len(curve)), key=lambda place: curve[place][1])
    heights = [height for _, height in curve]
    assert curve[top][0] == 3
    assert heights[: top + 1] == sorted(heights[: top + 1])
    assert heights[top:] == sorted(heights[top:], reverse=True)


def test_every_factor_has_a_unit_a_source_and_a_status() -> None:
    known = {row["unit"] for row in rules.rows("units")}
    for row in ROWS:
        assert row["source_document"].strip(), row["factor_id"]
        assert row["verification_status"] in STATUSES, row["factor_id"]
        units = {row["numerator_unit"], row["denominator_unit"]} - {""}
        # a bare number can only be a share
        assert units or row["unit_printed"] in UNITLESS or 0 <= Decimal(row["value"]) <= 1, row["factor_id"]
        assert len(units) == 2 or row["parameter"] not in NEVER_UNITLESS, row["factor_id"]
        assert units <= known, row["factor_id"]


def test_no_two_factors_answer_one_need() -> None:
    """The same set, parameter, subject, gas, region and dimension: told apart by what the regimes select by."""
    dimension = {row["unit"]: row["dimension"] for row in rules.rows("units")} | {"": ""}
    selections = defaultdict(set)
    for row in rules.rows("factor_sets"):
        selections[row["factor_set"], row["parameter"]].add(row["selection"])
    alike = defaultdict(list)
    for row in ROWS:
        key = [row[name] for name in ("factor_set", "parameter", "subject", "gas", "region_code")]
        alike[*key, dimension[row["denominator_unit"]]].append(row)
    for (factor_set, parameter, *_), rivals in alike.items():
        for one, other in combinations(rivals, 2):
            for selection in selections[factor_set, parameter] or {"any"}:
                assert told_apart(one, other, selection), (one["factor_id"], other["factor_id"], selection)


def told_apart(one: dict[str, str], other: dict[str, str], selection: str) -> bool:
    ends = [row["valid_to"] or "9999" for row in (one, other)]
    if max(one["valid_from"], other["valid_from"]) >= min(ends):
        return True
    by_date = one["published_on"] != other["published_on"]
    by_year = one["data_year"] != other["data_year"]
    return {"latest_published": by_date, "data_year_or_earlier": by_year or by_date, "any": by_date or by_year}.get(
        selection, False
    )
