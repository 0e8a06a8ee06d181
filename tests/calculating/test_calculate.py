"""`tanku calculate` on the shipped samples and on spoilt sheets: published totals come out, and what is wrong is named."""

from __future__ import annotations

import json
from decimal import Decimal
from pathlib import Path

import pytest

from pipelines.workspace import PROJECT_ROOT
from tests.conftest import tanku

SAMPLES = PROJECT_ROOT / "docs" / "samples"
AS_OF = ("--as-of", "2026-11-22")


def answer(file: Path, *regimes: str) -> dict:
    chosen = [part for regime in regimes for part in ("--regime", regime)]
    return json.loads(tanku("calculate", file, *chosen, *AS_OF, "--json").stdout)


def tonnes(found: dict, regime: str) -> dict[str, Decimal]:
    counted = [line for line in found["lines"] if line["regime"] == regime and line["emissions_tco2e"]]
    return {line["key"]: Decimal(line["emissions_tco2e"]) for line in counted}


def test_one_plant_under_two_rule_books() -> None:
    """methodology.md, test vector 44."""
    found = answer(SAMPLES / "one_plant.csv", "gbt32150", "mee_ets")
    assert round(sum(tonnes(found, "gbt32150").values()), 4) == Decimal("4619.8796")
    assert sum(tonnes(found, "mee_ets").values()) == Decimal("7180.58")
    totals = {(row["regime"], row["scope"]): Decimal(row["emissions_tco2e"]) for row in found["totals"]}
    assert totals["gbt32150", "scope_1"] == Decimal("1741.749570")
    left_out = [line for line in found["lines"] if line["status"] == "excluded"]
    assert [(line["regime"], line["key"]) for line in left_out] == [("mee_ets", "green")]
    assert left_out[0]["reason_zh"] and left_out[0]["reason_en"]


def test_every_term_names_its_source() -> None:
    (boiler,) = [line for line in answer(SAMPLES / "one_plant.csv", "gbt32150")["lines"] if line["key"] == "boiler"]
    terms = {step["term"]: step for step in boiler["workings"]}
    assert list(terms) == ["quantity", "ncv", "carbon_content", "oxidation_factor", "molar_ratio"]
    assert (terms["ncv"]["value"], terms["ncv"]["unit"]) == ("19.570", "GJ/t")
    assert (terms["oxidation_factor"]["value"], terms["oxidation_factor"]["unit"]) == ("93", "%")
    assert terms["ncv"]["verification_status"] == "confirmed"
    assert "GB/T 32151.34-2024" in terms["ncv"]["source_document"]


def test_factors_that_nobody_checked_are_named() -> None:
    """Table C.1 of GB/T 32151.34 was seen; the guide of the national ETS only as others transcribe it."""
    ets = answer(SAMPLES / "one_plant.csv", "mee_ets")["unconfirmed_factors"]
    named = {row["factor_id"]: row["verification_status"] for row in ets}
    used = {
        step["factor_id"]
        for line in answer(SAMPLES / "one_plant.csv", "mee_ets")["lines"]
        for step in line["workings"]
        if step["factor_id"] and step["verification_status"] != "confirmed"
    }
    assert named and named.keys() == used
    told = tanku("calculate", SAMPLES / "one_plant.csv", "--regime", "mee_ets", *AS_OF).stdout
    listed = told.split("factors used that are not confirmed")[1]
    assert all(factor in listed for factor in named)


def test_what_is_measured_stands_for_the_default() -> None:
    """methodology.md, test vector 7: 20.304 x 0.02749 x 0.94 x 44/12 = 1.9238."""
    found = answer(SAMPLES / "measured_coal.csv", "gbt32150")
    assert round(tonnes(found, "gbt32150")["coal"], 4) == Decimal("1.9238")


def test_the_examples_of_the_border_adjustment() -> None:
    """EU Commission, CBAM communication template for installations, sheet B_EmInst: 827 820 and 10 640.74 t."""
    assert tonnes(answer(SAMPLES / "raw_meal.csv", "cbam"), "cbam") == {
        "heavy fuel oil": Decimal("827820"),
        "raw meal": Decimal("10640.74"),
    }


HEAD = "sector,stream,material,parameter,quantity,unit,date\n"


@pytest.mark.parametrize(
    ("row", "column"),
    [
        ("x,stationary_combustoin,coke,activity_data,1,t,2025-01", "stream"),
        ("x,stationary_combustion,unobtainium,activity_data,1,t,2025-01", "material"),
        ("x,stationary_combustion,coke,amount,1,t,2025-01", "parameter"),
        ('x,stationary_combustion,coke,activity_data,"1,000",t,2025-01', "quantity"),
        ("x,stationary_combustion,coke,activity_data,-1,t,2025-01", "quantity"),
        ("x,stationary_combustion,coke,oxidation_factor,100.01,%,2025-01", "quantity"),
        ("x,stationary_combustion,coke,activity_data,1,furlong,2025-01", "unit"),
        ("x,stationary_combustion,coke,activity_data,1,t,2025-13", "date"),
    ],
)
def test_a_spoilt_cell_is_named(tmp_path: Path, row: str, column: str) -> None:
    sheet = tmp_path / "sheet.csv"
    sheet.write_text(f"{HEAD}x,stationary_combustion,coke,activity_data,1,t,2025-01\n{row}\n", encoding="utf-8")
    told = tanku("calculate", sheet, expect=2).stderr
    assert f"第 3 行 {column}" in told and "row 3" in told


def test_rows_of_one_key_must_be_one_stream(tmp_path: Path) -> None:
    sheet = tmp_path / "sheet.csv"
    rows = [f"k,x,stationary_combustion,{fuel},activity_data,1,t,2025-01\n" for fuel in ("coke", "diesel")]
    sheet.write_text("key," + HEAD + "".join(rows), encoding="utf-8")
    assert "第 3 行 key" in tanku("calculate", sheet, expect=2).stderr


def test_a_missing_column_and_an_unknown_regime_are_named(tmp_path: Path) -> None:
    sheet = tmp_path / "sheet.csv"
    sheet.write_text("sector,stream,parameter,quantity,unit\n", encoding="utf-8")
    assert "date" in tanku("calculate", sheet, expect=2).stderr
    assert "gbt32150" in tanku("calculate", SAMPLES / "one_plant.csv", "--regime", "gbt", expect=2).stderr


def test_a_line_in_error_is_told_and_is_no_zero(tmp_path: Path) -> None:
    sheet = tmp_path / "sheet.csv"
    sheet.write_text(HEAD + "x,stationary_combustion,biogas,activity_data,1,t,2025-01\n", encoding="utf-8")
    told = tanku("calculate", sheet, "--regime", "gbt32150", "--json", *AS_OF, expect=1).stdout
    (line,) = json.loads(told)["lines"]
    assert (line["status"], line["error_code"], line["emissions_tco2e"]) == ("error", "FACTOR_MISSING", None)
