"""The factor tables as they are loaded: their own printed products and changes, and a source for every row."""

from __future__ import annotations

import csv
from collections import Counter
from decimal import Decimal
from fractions import Fraction

import pytest

from pipelines.workspace import SEEDS_DIR
from tests.accounting.calculator import rounded

# tCO2 per t or per 10^4 Nm3 = heat value x carbon content x oxidation x 44/12, to four decimals (GB/T 32151.34-2024, C.1)
PRODUCTS = {
    **{"anthracite": "2.5215", "bituminous_coal": "1.7417", "lignite": "1.1729", "washed_coal": "2.2082"},
    **{"other_washed_coal": "1.0519", "briquette": "1.9360", "other_coal_products": "2.1081", "coke": "2.8604"},
    **{"petroleum_coke": "3.2115", "crude_oil": "3.0202", "fuel_oil": "3.1705", "gasoline": "2.9251"},
    **{"diesel": "3.0959", "kerosene": "3.0334", "lng": "2.8313", "lpg": "3.1013", "naphtha": "3.1981"},
    **{"coal_tar": "2.6446", "crude_benzol": "3.4109", "other_petroleum_products": "2.9488"},
    **{"natural_gas": "21.6219", "blast_furnace_gas": "8.4811", "converter_gas": "15.1240"},
    **{"coke_oven_gas": "8.8638", "refinery_gas": "3.0389", "other_gas": "2.3148"},
}


def rows() -> list[dict[str, str]]:
    listed = []
    for file in SEEDS_DIR.glob("*/factors.csv"):
        with file.open(encoding="utf-8", newline="") as text:
            listed += list(csv.DictReader(text))
    return listed


def values(factor_set: str, parameter: str) -> dict[str, Fraction]:
    chosen = [row for row in rows() if row["factor_set"] == factor_set and row["parameter"] == parameter]
    return {row["subject"]: Fraction(row["value"]) for row in chosen}


@pytest.mark.parametrize(("fuel", "printed"), PRODUCTS.items(), ids=str)
def test_a_fuels_product_is_the_printed_one(fuel, printed):
    parts = [values("gbt32151_34_2024", name)[fuel] for name in ("ncv", "carbon_content", "oxidation_factor")]
    assert rounded(parts[0] * parts[1] * parts[2] * Fraction(44, 12), 4) == Decimal(printed)


def test_no_fuel_of_the_national_table_is_left_out():
    assert values("gbt32151_34_2024", "ncv").keys() == PRODUCTS.keys()


def test_provinces_that_fell_and_rose_are_as_published():
    """2023 against 2022: 20 provinces fell and 10 rose; the nation fell by 1.1 %."""
    grid = [row for row in rows() if row["factor_set"] == "cn_grid_province"]
    by_year = {
        year: {row["region_code"]: Decimal(row["value"]) for row in grid if row["data_year"] == year}
        for year in ("2021", "2022", "2023")
    }
    assert {len(provinces) for provinces in by_year.values()} == {30}
    changes = Counter(by_year["2023"][region] > value for region, value in by_year["2022"].items())
    assert changes == {False: 20, True: 10}
    nation = {row["data_year"]: Decimal(row["value"]) for row in rows() if row["factor_set"] == "cn_grid_average"}
    assert round((nation["2023"] / nation["2022"] - 1) * 100, 1) == Decimal("-1.1")


def test_every_factor_names_its_source_and_how_far_it_is_checked():
    for row in rows():
        assert row["source_document"], row
        assert row["verification_status"] in {"confirmed", "secondary", "unverified"}, row


def test_every_value_is_what_was_printed():
    for row in rows():
        printed = Decimal(row["value_text"].replace(" ", ""))
        assert Decimal(row["value"]) == (printed / 100 if row["unit_printed"] == "%" else printed), row


def test_factor_ids_are_unique():
    assert not [name for name, count in Counter(row["factor_id"] for row in rows()).items() if count > 1]
