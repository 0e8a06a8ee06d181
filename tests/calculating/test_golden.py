"""Every worked example in scope, through `tanku calculate`, to the digits its source prints; and none of them left out.

docs/samples/worked_examples.csv holds what an example is given, worked_results.csv what its source prints: tonnes by gas.
"""

from __future__ import annotations

import csv
import json
from collections import defaultdict
from decimal import ROUND_HALF_UP, Decimal
from pathlib import Path

import pytest

from pipelines.workspace import PROJECT_ROOT
from tests.conftest import tanku
from tests.shared_data import SHARED, needs_shared

SHEET = PROJECT_ROOT / "docs" / "samples" / "worked_examples.csv"
# Examples of the list that no sheet can hold.
ELSEWHERE = {
    "UNC-1": "tests/accounting/test_uncertainty.py",
    "UNC-2": "tests/accounting/test_vectors.py",
    "S2-1": "tests/accounting/test_vectors.py",
}
LATER = ("GHGP-", "PACT-")  # scope 3 and product footprints

Row = dict[str, str]
Tonnes = dict[tuple[str, str, str], Decimal]


def rows(file: Path) -> list[Row]:
    with file.open(encoding="utf-8", newline="") as lines:
        return list(csv.DictReader(lines))


RESULTS = rows(SHEET.with_name("worked_results.csv"))


@pytest.fixture(scope="module")
def tonnes() -> Tonnes:
    """Tonnes CO2e by regime, example and gas: one sheet of all examples, one run of the models."""
    regimes = [part for regime in sorted({row["regime"] for row in RESULTS}) for part in ("--regime", regime)]
    # a stream that another regime cannot account is an error there, and of no interest here
    told = tanku("calculate", SHEET, *regimes, "--as-of", "2026-11-22", "--json", expect=1).stdout
    found: Tonnes = defaultdict(Decimal)
    for line in json.loads(told)["lines"]:
        if line["emissions_tco2e"] is not None:
            found[line["regime"], line["key"].split("/")[0], line["gas"]] += Decimal(line["emissions_tco2e"])
    return found


def named(row: Row) -> str:
    return f"{row['example']} {row['gas']}"


@pytest.mark.parametrize("row", RESULTS, ids=named)
def test_the_printed_result_comes_out(row: Row, tonnes: Tonnes) -> None:
    """To the printed decimals; a tolerance stands where the printed result is not the product of its printed inputs."""
    found = tonnes[row["regime"], row["example"], row["gas"]]
    rounded = found.quantize(Decimal(1).scaleb(-int(row["decimals"])), ROUND_HALF_UP)
    assert abs(rounded - Decimal(row["printed"])) <= Decimal(row["tolerance"]), row["source"]


@pytest.mark.parametrize("row", [row for row in RESULTS if row["exact"]], ids=named)
def test_a_result_beside_the_printed_one_is_the_product_of_the_printed_inputs(row: Row, tonnes: Tonnes) -> None:
    """Worked out by hand to the stored six decimals."""
    assert tonnes[row["regime"], row["example"], row["gas"]] == Decimal(row["exact"])


def test_an_example_emits_no_other_gas(tonnes: Tonnes) -> None:
    asked = {(row["regime"], row["example"]) for row in RESULTS}
    expected = {(row["regime"], row["example"], row["gas"]) for row in RESULTS}
    assert {key for key in tonnes if key[:2] in asked} == expected


def test_every_example_has_figures_and_a_result() -> None:
    assert {row["key"].split("/")[0] for row in rows(SHEET)} == {row["example"] for row in RESULTS}


@needs_shared
def test_no_worked_example_is_left_out() -> None:
    text = (SHARED / "examples" / "worked_examples.json").read_text(encoding="utf-8")
    listed = {one["id"] for one in json.loads(text)}
    due = {name for name in listed if not name.startswith(LATER)}
    assert due == ({row["example"] for row in RESULTS} | ELSEWHERE.keys()) & listed
    for name, file in ELSEWHERE.items():
        assert name in (PROJECT_ROOT / file).read_text(encoding="utf-8")
