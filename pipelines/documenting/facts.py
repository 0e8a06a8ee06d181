"""Gathers what the pages say: stream types, treatments, formulas, terms, factors, worked examples. SQL gave it all."""

from __future__ import annotations

import csv
from pathlib import Path
from typing import Any

import duckdb

from pipelines import calculating
from pipelines.asking import Row, ask, grouped

QUESTIONS = Path(__file__).with_name("questions")


def gather(connection: duckdb.DuckDBPyConnection, results: Path) -> dict[str, Any]:
    """Every fact of every page, as the templates look it up; `results`: what the sources of the worked examples print."""
    types = _asked(connection, "stream_types")
    regimes = _asked(connection, "regimes")
    formulas = _formulas(_asked(connection, "methods"))
    terms = _by_one(_asked(connection, "terms"), "method_id")
    return {
        "types": {row["stream_type"]: row for row in types},
        "sectors": {folder: rows for (folder,), rows in grouped(types, "rule_folder").items()},
        "regimes": {row["regime"]: row for row in regimes},
        "fuels": {row["fuel"]: row for row in _asked(connection, "fuels")},
        "treatments": _by_one(_asked(connection, "treatments"), "stream_type"),
        "formulas": formulas,
        "terms": terms,
        "asked": {name: _asked_terms(found, terms) for name, found in formulas.items()},
        "defaults": _defaults(_asked(connection, "defaults")),
        "sums": _by_one(_asked(connection, "factor_sums"), "parameter"),
        "under": _by_one(_asked(connection, "treatments_of_regimes"), "regime"),
        "examples": _examples(connection, results),
    }


def _asked(connection: duckdb.DuckDBPyConnection, name: str) -> list[Row]:
    return ask(connection, QUESTIONS / f"{name}.sql")


def _by_one(rows: list[Row], key: str) -> dict[Any, list[Row]]:
    return {value: found for (value,), found in grouped(rows, key).items()}


def _formulas(rows: list[Row]) -> dict[str, list[dict[str, Any]]]:
    """Stream type → its different products, each with every case in which it is used."""
    found: dict[str, list[dict[str, Any]]] = {}
    for (stream_type, method_id, sign), cases in grouped(rows, "stream_type", "method_id", "sign").items():
        gases = list(dict.fromkeys(gas for case in cases for gas in case["gases"]))
        formula = {"method_id": method_id, "sign": sign, "gases": gases, "cases": cases}
        found.setdefault(stream_type, []).append(formula)
    return found


def _asked_terms(formulas: list[dict[str, Any]], terms: dict[str, list[Row]]) -> list[Row]:
    """The terms of all formulas of a stream type, each that differs once."""
    every = [term for formula in formulas for term in terms[formula["method_id"]]]
    return list({tuple(value for key, value in term.items() if key != "method_id"): term for term in every}.values())


def _defaults(rows: list[Row]) -> dict[str, list[dict[str, Any]]]:
    """Stream type → its terms, each with the factors that stand in where nothing is measured."""
    found: dict[str, list[dict[str, Any]]] = {}
    for (stream_type, term), factors in grouped(rows, "stream_type", "term").items():
        found.setdefault(stream_type, []).append({"term": term, "factors": factors})
    return found


def _examples(connection: duckdb.DuckDBPyConnection, results: Path) -> dict[str, list[dict[str, Any]]]:
    """Sector → its worked examples: what the source prints, and the lines that the models made of the same figures."""
    with results.open(encoding="utf-8", newline="") as file:
        printed = grouped(list(csv.DictReader(file)), "example", "regime")
    sectors = {row["stream_type"]: row["rule_folder"] for row in _asked(connection, "stream_types")}
    found: dict[str, list[dict[str, Any]]] = {}
    lines = [line for line in calculating.lines(connection) if line["emissions_tco2e"] is not None]
    by_example = grouped([line | {"example": line["key"].split("/")[0]} for line in lines], "example", "regime")
    for (example, regime), rows in printed.items():
        made = by_example[example, regime]
        one = {"name": example, "regime": regime, "printed": rows, "lines": made}
        found.setdefault(sectors[made[0]["stream"]], []).append(one)
    return found
