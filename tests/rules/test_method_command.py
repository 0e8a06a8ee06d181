"""`tanku method SECTOR`: every row of methods.csv is told as a formula, with its own default factors and sources."""

from __future__ import annotations

import json

import pytest

from pipelines import methods, rules
from tests.conftest import tanku


@pytest.mark.parametrize("folder", methods.folders())
def test_every_method_of_a_folder_is_told(folder: str) -> None:
    written = [row for row in rules.rows("methods") if row["rule_folder"] == folder]
    told = methods.method(folder)
    assert len(told.formulas) == len(written)
    text = told.as_text()
    for row in written:
        assert row["stream_type"] in text and row["source_document"] in text


@pytest.mark.parametrize("folder", methods.folders())
def test_no_formula_is_without_its_terms(folder: str) -> None:
    terms = {row["method_id"] for row in rules.rows("method_terms")}
    assert not [row["method_id"] for row in methods.method(folder).formulas if row["method_id"] not in terms]


def test_a_formula_names_its_own_factors() -> None:
    told = json.loads(tanku("method", "steel", "--json").stdout)
    (formula,) = [
        one
        for one in told["formulas"]
        if one["stream_type"] == "carbon_electrode_use" and one["method_id"] == "material_by_factor"
    ]
    (term,) = [term for term in formula["terms"] if term["term"] == "emission_factor"]
    assert [(one["value_text"], one["unit_printed"]) for one in term["defaults"]] == [("3.663", "tCO2/t")]


def test_an_unknown_sector_names_the_nearest() -> None:
    assert "steel" in tanku("method", "stel", expect=2).stderr
    assert "cement" in tanku("method").stdout.splitlines()
