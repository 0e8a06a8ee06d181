"""`tanku baseline recalculate`: the GHG Protocol's own examples, thresholds, pro rata, and an independent calculation."""

from __future__ import annotations

import json
import random
from datetime import date
from decimal import Decimal
from pathlib import Path
from typing import Any

import pytest

from pipelines import recalculating
from pipelines.sheets import SheetError
from pipelines.workspace import PROJECT_ROOT
from tests.conftest import tanku

SAMPLES = PROJECT_ROOT / "docs" / "samples"
HEAD = "unit,year,emissions_tco2e,event,happened_on,existed_since,is_scope_shift_covered\n"


def answer(tmp_path: Path, text: str, base_year: int | None = None, threshold: str | None = None) -> dict[str, Any]:
    file = tmp_path / "sheet.csv"
    file.write_text(HEAD + text, encoding="utf-8")
    return recalculating.recalculate(file, base_year, Decimal(threshold) if threshold else None)


@pytest.mark.parametrize(
    ("sample", "base", "recalculated", "years"),
    [
        # GHG Protocol Corporate Standard, revised edition, chapter 5, figures 6 to 8: companies Gamma, Beta and Teta
        ("acquisition", 50, 65, {2001: (50, 65), 2002: (60, 80), 2003: (80, 80)}),
        ("divestment", 75, 50, {2001: (75, 50), 2002: (90, 60), 2003: (60, 60)}),
        ("younger_unit", 50, 50, {2001: (50, 50), 2002: (60, 75), 2003: (80, 80)}),
    ],
)
def test_the_examples_of_the_corporate_standard(sample: str, base: int, recalculated: int, years: dict) -> None:
    found = json.loads(tanku("baseline", "recalculate", SAMPLES / f"recalculation_{sample}.csv", "--json").stdout)
    assert (Decimal(found["base_tco2e"]), Decimal(found["recalculated_base_tco2e"])) == (base, recalculated)
    told = {row["year"]: (Decimal(row["reported_tco2e"]), Decimal(row["recalculated_tco2e"])) for row in found["years"]}
    assert told == years


def test_small_changes_count_together(tmp_path: Path) -> None:
    """3 % and 3 % are 6 %: with the second both are recalculated; a third of 1 % waits."""
    text = "A,2020,100,,,,\n" + "".join(f"{unit},2020,{t},,,,\n" for unit, t in (("B", 3), ("C", 3), ("D", 1)))
    moves = [("B", "2021-01-01"), ("C", "2022-01-01"), ("D", "2023-01-01")]
    text += "".join(f"{unit},,,acquisition,{day},2010-01-01,\n" for unit, day in moves)
    found = answer(tmp_path, text)
    assert found["base_tco2e"] == 100 and found["recalculated_base_tco2e"] == 106 and found["pending_tco2e"] == 1
    alone = [(row["is_significant"], row["is_significant_together"], row["is_recalculated"]) for row in found["events"]]
    assert alone == [(False, False, True), (False, True, True), (False, False, False)]
    assert [row["cumulative_share"] for row in found["events"]] == [
        Decimal("0.03"),
        Decimal("0.06"),
        Decimal("0.009434"),
    ]


def test_exactly_the_threshold_is_significant(tmp_path: Path) -> None:
    text = "A,2020,100,,,,\nB,2020,5,,,,\nB,,,acquisition,2021-01-01,2010-01-01,\n"
    assert answer(tmp_path, text)["recalculated_base_tco2e"] == 105
    assert answer(tmp_path, text.replace("B,2020,5,", "B,2020,4.999999,"))["recalculated_base_tco2e"] == 100
    assert answer(tmp_path, text, threshold="0.1")["recalculated_base_tco2e"] == 100


@pytest.mark.parametrize(
    ("event", "covered", "treatment", "recalculated"),
    [
        ("outsourcing", "false", "structural", 80),
        ("outsourcing", "true", "covered_by_scopes", 100),
        ("insourcing", "false", "structural", 100),
        ("insourcing", "true", "covered_by_scopes", 80),
        ("closure", "", "organic", 100),
        ("new_plant", "", "organic", 100),
        ("capacity", "", "performance", 100),
    ],
)
def test_what_moves_a_base_and_what_does_not(
    tmp_path: Path, event: str, covered: str, treatment: str, recalculated: int
) -> None:
    found = answer(tmp_path, f"A,2020,80,,,,\nB,2020,20,,,,\nB,,,{event},2021-01-01,2010-01-01,{covered}\n")
    assert [row["treatment"] for row in found["events"]] == [treatment]
    assert found["recalculated_base_tco2e"] == recalculated
    assert all(row["reason_zh"] and row["reason_en"] for row in found["events"])


def test_a_unit_that_existed_without_a_figure_is_not_known(tmp_path: Path) -> None:
    found = answer(tmp_path, "A,2020,100,,,,\nA,2021,100,,,,\nB,2021,50,,,,\nB,,,acquisition,2021-01-01,2010-01-01,\n")
    assert found["events"][0]["treatment"] == "unknown" and found["events"][0]["effect_tco2e"] is None
    assert found["recalculated_base_tco2e"] == 100


def test_the_year_of_the_change_by_both_options(tmp_path: Path) -> None:
    """Acquired on 1 July: half a year. All-year: 120 against 110; same-year: 110 against 105 (base 100 + 10 × 6/12)."""
    text = "A,2020,100,,,,\nB,2020,10,,,,\nA,2021,100,,,,\nB,2021,20,,,,\nA,2022,100,,,,\nB,2022,20,,,,\n"
    years = answer(tmp_path, text + "B,,,acquisition,2021-07-01,2010-01-01,\n")["years"]
    told = [
        (row["reported_tco2e"], row["base_all_year_tco2e"], row["all_year_tco2e"], row["base_same_year_tco2e"])
        for row in years
    ]
    assert told == [(100, 100, 100, 100), (110, 110, 120, 105), (120, 110, 120, 110)]
    late = answer(tmp_path, text + "B,,,acquisition,2021-07-02,2010-01-01,\n")["years"][1]
    assert late["reported_tco2e"] == round(Decimal(100) + Decimal(20) * 5 / 12, 6)


@pytest.mark.parametrize("seed", range(5))
def test_random_companies_by_hand(tmp_path: Path, seed: int) -> None:
    """The same rules, worked out here event by event."""
    chance = random.Random(seed)
    text, base, events = "OWN,2020,1000,,,,\n", Decimal(1000), []
    for number in range(12):
        unit, tonnes = f"U{number}", Decimal(chance.randint(1, 80))
        kind = chance.choice(("acquisition", "divestment", "closure", "insourcing"))
        covered, since = chance.choice(("true", "false")), chance.choice((2015, 2021))
        day = date(2022 + number // 4, 1 + 3 * (number % 4), 1)
        text += f"{unit},2020,{tonnes},,,,\n{unit},,,{kind},{day},{since}-01-01,{covered}\n"
        if kind in ("divestment", "closure"):
            base += tonnes
        events.append((kind, tonnes, covered == "true", since > 2020))
    value, pending = base, Decimal(0)
    for kind, tonnes, covered, is_young in events:
        sign = {"acquisition": 1, "insourcing": 1, "divestment": -1, "closure": 0}[kind]
        effect = sign * tonnes * (not is_young) * (not (covered and kind == "insourcing"))
        pending += effect
        if effect and (abs(effect) >= value * Decimal("0.05") or abs(pending) >= value * Decimal("0.05")):
            value, pending = value + pending, Decimal(0)
    found = answer(tmp_path, text)
    assert (found["base_tco2e"], found["recalculated_base_tco2e"]) == (base, value)


@pytest.mark.parametrize(
    ("text", "told"),
    [
        ("A,2020,x,,,,\n", "emissions_tco2e"),
        ("A,2020,1,,,,\nA,2020,2,,,,\n", "第 2 行"),
        ("A,2020,1,,,,\nB,,,acquisition,2021-01-01,,\n", "a unit with emissions: A"),
        ("A,2020,1,,,,\nA,,,aquisition,2021-01-01,,\n", "acquisition"),
        ("A,2020,1,,,,\nA,,,acquisition,2021-13-01,,\n", "happened_on"),
        ("A,2020,,,,,\n", "must not be empty"),
        (",,,,,,\n", "no row of emissions"),
    ],
)
def test_a_sheet_that_cannot_be_used_is_refused(tmp_path: Path, text: str, told: str) -> None:
    with pytest.raises(SheetError, match=told):
        answer(tmp_path, text)


@pytest.mark.parametrize(
    "text",
    [
        # bought after the base year, and sold before it: nobody's emissions are the company's own
        "B,2020,100,,,,\nB,,,acquisition,2021-01-01,2010-01-01,\n",
        "B,2020,100,,,,\nB,,,divestment,2019-06-01,2010-01-01,\n",
    ],
)
def test_a_base_year_without_any_unit_of_the_company_is_no_base_of_nought(tmp_path: Path, text: str) -> None:
    with pytest.raises(SheetError, match=r"基准年 2020 没有属于本企业的单元.*--base-year.*no unit belonged"):
        answer(tmp_path, text)


def test_a_unit_that_emitted_nothing_is_a_base_of_nought(tmp_path: Path) -> None:
    assert answer(tmp_path, "A,2020,0,,,,\nA,2021,5,,,,\n")["base_tco2e"] == 0


def test_a_unit_that_comes_twice_counts_by_its_first_coming_and_is_reported_by_its_last(tmp_path: Path) -> None:
    text = "A,2020,100,,,,\nB,2020,50,,,,\nA,2022,100,,,,\nB,2022,50,,,,\nB,,,acquisition,2019-01-01,2010-01-01,\n"
    found = answer(tmp_path, text + "B,,,acquisition,2022-07-01,2010-01-01,\n")
    assert found["base_tco2e"] == 150
    assert [row["reported_tco2e"] for row in found["years"]] == [100, 125]


def test_the_command_refuses_in_both_languages(tmp_path: Path) -> None:
    file = tmp_path / "sheet.csv"
    file.write_text("unit,year\nA,2020\n")
    stderr = tanku("baseline", "recalculate", file, expect=2).stderr
    assert "缺 emissions_tco2e" in stderr and "lacking: emissions_tco2e" in stderr
    file.write_text(HEAD + "A,2020,1,,,,\n")
    assert "2019" in tanku("baseline", "recalculate", file, "--base-year", 2019, expect=2).stderr
    tanku("baseline", "recalculate", file, "--threshold", "5", expect=2)
    assert "基准年 / base year 2020" in tanku("baseline", "recalculate", file).stdout
