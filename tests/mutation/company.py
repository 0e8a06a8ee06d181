"""The company that a mutant is tried on: plants of every sector, and streams whose answer is known. It gives no verdict."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date
from decimal import Decimal
from pathlib import Path
from typing import Any

from tests.accounting import cases, inventories, twins, use_cases
from tests.accounting.books import QUIET, Books
from tests.accounting.calculator import REGIMES
from tests.accounting.cases import JUNE
from tests.dbt.candidate import Candidate

SEED = 20261124
INVENTORIES = 60
MODELS = ["unit_ratios", "accounting,+fct_totals", "accounting,+fct_biogenic"]
MODELS += ["fct_inventory", "fct_totals", "fct_biogenic"]
MAY, JULY = date(2025, 5, 1), date(2025, 7, 1)


@dataclass(frozen=True)
class Company:
    """The accounted warehouse, the made-up lines in it, and their copies in other units and of split records."""

    candidate: Candidate
    lines: list[inventories.Line]
    twins: dict[str, list[tuple[inventories.Line, str]]]


def found(folder: Path) -> Company:
    """Lay the company down in `folder` and run only the models that a tonne or a total comes from, without dbt's tests."""
    books = Books()
    cases.write(books)
    use_cases.write(books)
    lines = inventories.write(books, SEED, INVENTORIES)
    copies = twins.write(books, lines, ("unit", "meters", "halves"))
    _boundaries(books)
    _assays(books)
    _anodes(books)
    _proofs(books)
    books.upstream["settings.regimes"] += [
        {"regime": regime} for regime in REGIMES if regime not in ("gbt32150", "ghgp_location")
    ]
    candidate = books.lay(folder)
    candidate.run(*QUIET, "run", "--select", *MODELS)
    return Company(candidate, lines, copies)


def _coal(books: Books, stream_id: str, facility: str, month: date, **more: Any) -> None:
    """A thousand tonnes of unmeasured bituminous coal: 1741.74957 t by the national standard."""
    books.stream(stream_id, "stationary_combustion", "bituminous_coal", facility, **more)
    books.reading(stream_id, month, "1000", "t")


def _boundaries(books: Books) -> None:
    """A works sold on the first of July, a boiler that moves to another works on that day, and a meter that only checks."""
    books.facility("M-SOLD", valid_to=JULY)
    books.facility("M-SOLD", valid_from=JULY, is_in_boundary=False, boundary_reason="已出售 / sold")
    _coal(books, "M-SOLD-COAL", "M-SOLD", JUNE)
    books.reading("M-SOLD-COAL", JULY, "1000", "t")
    books.facility("M-TOWN", "CN-GD", valid_to=JULY)
    books.facility("M-TOWN", "CN-SC", valid_from=JULY)
    books.stream("M-TOWN-POWER", "purchased_electricity", "electricity", "M-TOWN")
    books.reading("M-TOWN-POWER", JUNE, "1000", "MWh")
    books.reading("M-TOWN-POWER", JULY, "1000", "MWh")
    books.facility("M-CHECKED")
    _coal(books, "M-CHECKED-COAL", "M-CHECKED", JUNE)
    books.reading("M-CHECKED-COAL", JUNE, "990", "t", parameter="M-CHECKED-BY-BELT", role="cross_check")


def _assays(books: Books) -> None:
    """Two assays of a month and a third that never came; a heat value in kcal; carbon that is stated as CO2."""
    books.facility("M-ASSAYED")
    _coal(books, "M-ASSAYED-COAL", "M-ASSAYED", JUNE)
    for day, value in ((1, "20.4"), (11, "20.6"), (21, None)):
        start = {"period_start": JUNE.replace(day=day), "planned_id": f"M-ASSAY@{day}"}
        books.reading("M-ASSAYED-COAL", JUNE, value, "GJ/t", "ncv", **start)
    _coal(books, "M-KCAL", "M-ASSAYED", JUNE)
    books.reading("M-KCAL", JUNE, "5000", "kcal/kg", "ncv")
    _coal(books, "M-STATED-AS-CO2", "M-ASSAYED", JUNE)
    books.reading("M-STATED-AS-CO2", JUNE, "0.0957", "tCO2/GJ", "carbon_content")


def _anodes(books: Books) -> None:
    """Aluminium by output and by gross anodes: in one month of one works counted twice, in two months not."""
    for facility, other_month in (("M-TWICE", JUNE), ("M-ONCE", MAY)):
        books.facility(facility)
        for stream_id, material, month in (
            ("OUTPUT", "primary_aluminium", JUNE),
            ("GROSS", "prebaked_anode", other_month),
        ):
            books.stream(f"{facility}-{stream_id}", "anode_consumption", material, facility)
            books.reading(f"{facility}-{stream_id}", month, "1000", "t")


def _proofs(books: Books) -> None:
    """Green power by settlement, without any, and one certificate for two; one fuel by mass and by heat."""
    books.facility("M-GREEN")
    for name, record_type in (("PROVEN", "energy_attribute"), ("CLAIMED", "utility_bill")):
        books.stream(f"M-{name}", "green_electricity", "green_contract", "M-GREEN")
        books.reading(f"M-{name}", JUNE, "4000", "MWh", record_type=record_type)
        _claim(books, f"M-{name}", f"SETTLEMENT-{name}")
    for number in (1, 2):
        stream_id = f"M-CERTIFIED-{number}"
        books.stream(stream_id, "green_electricity", "green_certificate", "M-GREEN")
        books.reading(stream_id, JUNE, Decimal(50), "MWh", record_type="energy_attribute")
        _claim(books, stream_id, "GEC-1")
    books.facility("M-PATHS")
    books.stream("M-BOTH-WAYS", "stationary_combustion", "diesel", "M-PATHS")
    books.reading("M-BOTH-WAYS", JUNE, "10", "t", parameter="M-BY-MASS")
    books.reading("M-BOTH-WAYS", JUNE, "426", "GJ", parameter="M-BY-HEAT")


def _claim(books: Books, stream_id: str, source_key: str) -> None:
    """A certificate or settlement that a stream's amount rests on."""
    claim = {"record_type": "energy_attribute", "source_key": source_key, "parameter_id": f"{stream_id}-activity_data"}
    books.upstream.setdefault("readings.claims", []).append(claim)
