"""`tanku factors`: which factor, from where, since when; as a person asks it."""

from __future__ import annotations

import json
import unicodedata
from collections.abc import Mapping
from pathlib import Path
from typing import Any

import pytest

from pipelines import rules
from tests.conftest import tanku


def asked(*options: str) -> list[dict[str, Any]]:
    return json.loads(tanku("factors", *options, "--json").stdout)


def values(found: list[dict[str, Any]]) -> Mapping[str, str]:
    return {row["factor_set"]: row["value_text"] for row in found}


def sets_of(regime: str, parameter: str) -> set[str]:
    """What a regime names for a parameter, and what holds in every regime."""
    return {
        row["factor_set"]
        for row in rules.rows("factor_sets")
        if row["regime"] in ("", regime) and row["parameter"] == parameter
    }


def test_the_official_heat_values_of_one_fuel_stand_side_by_side() -> None:
    found = asked("--fuel", "diesel", "--parameter", "ncv")
    printed = {"gbt32151_34_2024": "42.652", "mee_ets_2024": "42.652", "ndrc_industry": "43.33", "ipcc_2006": "43.0"}
    assert printed.items() <= values(found).items()
    assert {row["parameter"] for row in found} == {"ncv"}


def test_a_factor_comes_with_its_unit_source_and_status() -> None:
    (found,) = [
        row for row in asked("--fuel", "natural_gas", "--parameter", "ncv") if row["factor_set"] == "mee_ets_2024"
    ]
    assert (found["value"], found["unit"], found["unit_printed"]) == ("389.31", "GJ/万Nm3", "GJ/10⁴Nm³")
    assert (found["verification_status"], found["edition"]) == ("secondary", "V01-2024")
    assert "生态环境部" in found["source_document"] and found["source_locator"]
    assert found["uses"] is None


def test_a_fuel_goes_by_any_of_its_names() -> None:
    assert asked("--fuel", "0号柴油") == asked("--fuel", "diesel")


def test_a_fuel_has_no_gwp_but_what_holds_for_every_fuel_of_a_table() -> None:
    found = asked("--fuel", "diesel")
    assert {row["factor_id"] for row in found if row["subject"] is None} == {"ipcc_2006/oxidation_factor"}
    assert "gwp" not in {row["parameter"] for row in found}


def test_a_subject_that_is_no_fuel_can_be_asked_for() -> None:
    assert values(asked("--fuel", "CaCO3")) == {"carbonates": "0.4397", "gbt32151_34_2024": "0.440"}


def test_a_regime_shows_only_the_sets_it_names() -> None:
    regime = "gbt32150"
    found = asked("--fuel", "diesel", "--parameter", "ncv", "--regime", regime)
    assert found
    assert {row["factor_set"] for row in found} <= sets_of(regime, "ncv")
    assert all(row["uses"] for row in found)


def test_a_regime_says_what_a_factor_is_used_for_and_how_it_is_selected() -> None:
    (found,) = asked("--fuel", "heat", "--parameter", "emission_factor", "--regime", "gbt32150")
    purchased = {"stream_type": "purchased_heat", "priority": 1, "selection": "valid_in_month", "region_rule": "any"}
    assert purchased in found["uses"]


@pytest.mark.parametrize(("day", "expected"), [("2021-12-31", "0.03356"), ("2022-01-01", "0.03085")])
def test_a_day_shows_what_is_valid_on_it(day: str, expected: str) -> None:
    found = asked("--fuel", "bituminous_coal", "--parameter", "carbon_content", "--on", day)
    assert values(found)["mee_ets_power"] == expected
    assert [row["factor_set"] for row in found].count("mee_ets_power") == 1


@pytest.mark.parametrize(("year", "expected"), [("2021", "0.5810"), ("2024", "0.5366"), ("2026", "0.5306")])
def test_the_ets_grid_factor_of_a_report_year(year: str, expected: str) -> None:
    found = asked(
        "--fuel", "electricity", "--parameter", "emission_factor", "--regime", "mee_ets", "--on", f"{year}-07-01"
    )
    assert values(found)["cn_grid_ets"] == expected


def test_a_region_alone_shows_its_own_grids_factors() -> None:
    found = asked("--region", "CN-JS")
    assert {row["region_code"] for row in found} == {"CN-JS", "CN-REGION-EAST", "CN"}
    province = {row["data_year"]: row["value_text"] for row in found if row["factor_set"] == "cn_grid_province"}
    assert province == {2021: "0.6451", 2022: "0.5978", 2023: "0.5827"}


def test_a_fuel_without_a_region_fits_every_region() -> None:
    assert asked("--fuel", "diesel", "--region", "cn-js") == asked("--fuel", "diesel")


@pytest.mark.parametrize(
    ("regime", "region"),
    [("ghgp_location", "CN-JS"), ("ndrc", "CN-REGION-EAST"), ("gbt32150", "CN"), ("mee_ets", "CN")],
)
def test_each_regime_looks_at_its_own_grid(regime: str, region: str) -> None:
    found = asked("--fuel", "electricity", "--parameter", "emission_factor", "--region", "CN-JS", "--regime", regime)
    assert {row["region_code"] for row in found} == {region}


@pytest.mark.parametrize(
    ("option", "wrong", "nearest"),
    [
        ("--fuel", "deisel", "diesel"),
        ("--regime", "gbt3215", "gbt32150"),
        ("--parameter", "nvc", "ncv"),
        ("--region", "CN-JSU", "CN-JS"),
    ],
)
def test_an_unknown_name_is_refused_with_the_nearest(option: str, wrong: str, nearest: str) -> None:
    told = tanku("factors", option, wrong, expect=2)
    assert not told.stdout
    assert f"'{wrong}'" in told.stderr and nearest in told.stderr.split("nearest: ")[1].strip().split(", ")
    assert "没有名为" in told.stderr and "Traceback" not in told.stderr


def test_a_day_is_a_date() -> None:
    assert "2024-13" in tanku("factors", "--on", "2024-13", expect=2).stderr


def test_the_page_is_aligned_bilingual_and_names_sources_and_notes(tmp_path: Path) -> None:
    page = tanku(
        "factors", "--fuel", "lng", "--parameter", "carbon_content", TANKU_WORKSPACE=str(tmp_path / "none")
    ).stdout
    table, sources, notes, count = page.strip().split("\n\n")
    head, *lines = table.splitlines()
    assert [word for word in ("参数 parameter", "数值 value", "因子集 set", "核实 checked") if word not in head] == []
    place = columns(head[: head.index("数值 value")])
    starts = {text[at(text, place) :].split()[0] for text in lines}
    assert {"0.0153", "0.01720", "0.01530", "15.3"} <= starts
    assert sources.startswith("来源 / sources\n[1] ") and "GB/T 32151.34-2024 — 附录 C 表 C.1" in sources
    assert "mee_ets_2024/carbon_content/lng: " in notes
    assert count == f"{len(lines)} 个因子 / factors"


def test_nothing_found_is_said() -> None:
    assert "none" in tanku("factors", "--fuel", "diesel", "--parameter", "gwp").stdout
    assert asked("--fuel", "diesel", "--parameter", "gwp") == []


def columns(text: str) -> int:
    return sum(2 if unicodedata.east_asian_width(letter) in "WF" else 1 for letter in text)


def at(text: str, place: int) -> int:
    """Which letter stands in that column of a terminal."""
    return next(index for index in range(len(text)) if columns(text[:index]) == place)
