"""Streams with a known answer or a known error, one month each: published vectors and planted faults. It judges nothing."""

from __future__ import annotations

from datetime import date
from decimal import Decimal
from typing import Any

from tests.accounting.books import Books

JUNE = date(2025, 6, 1)
LARGEST = Decimal("99999999999999999999999999.123456789012")


def write(books: Books) -> None:
    """Add every case to the books."""
    books.facility("F1")
    books.facility("F-SHARE", consolidation_approach="equity_share", consolidation_share="0.35")
    books.facility("F-KR", "KR")
    books.facility("F-OUT", is_in_boundary=False, boundary_reason="租赁 / leased")
    books.facility("F-BROKEN")
    books.facility("F-STOCK")
    _vectors(books)
    _stances(books)
    _faults(books)
    _twins(books)
    _drill(books)


def _fuel(books: Books, stream_id: str, fuel: str, amount: str | Decimal | None, unit: str, **more: Any) -> None:
    facility, origin = more.pop("facility", "F1"), more.pop("origin", "purchased")
    books.stream(stream_id, str(more.pop("stream_type", "stationary_combustion")), fuel, str(facility), origin=origin)
    books.reading(stream_id, JUNE, amount, unit, **more)


def _vectors(books: Books) -> None:
    _fuel(books, "V-COAL", "bituminous_coal", "1000", "t")
    _fuel(books, "V-GAS", "natural_gas", "1", "万Nm3")
    _fuel(books, "V-ANTHRACITE", "anthracite", "1", "t")
    books.reading("V-ANTHRACITE", JUNE, "20.304", "GJ/t", "ncv")
    books.reading("V-ANTHRACITE", JUNE, "0.02749", "tC/GJ", "carbon_content")
    _fuel(books, "V-EQUATION-1", "natural_gas", "2", "万Nm3")
    books.reading("V-EQUATION-1", JUNE, "0.015", "tC/万Nm3", "carbon_content")
    books.reading("V-EQUATION-1", JUNE, "98", "%", "oxidation_factor")
    _fuel(books, "V-EQUATION-2", "coke", "10", "t")
    books.reading("V-EQUATION-2", JUNE, "0.02", "tC/t", "carbon_content")
    books.reading("V-EQUATION-2", JUNE, "1", "1", "oxidation_factor")
    _fuel(books, "V-GRID", "electricity", "6000", "MWh", stream_type="purchased_electricity")
    _fuel(books, "V-GRID-ALL", "electricity", "10000", "MWh", stream_type="purchased_electricity")
    _fuel(books, "V-STEAM-SOLD", "heat", "1000", "t", stream_type="exported_heat")
    books.reading("V-STEAM-SOLD", JUNE, "2777.0", "kJ/kg", "ncv")
    _fuel(books, "V-STEAM", "heat", "1000", "kg", stream_type="purchased_heat")
    books.reading("V-STEAM", JUNE, "2800", "kJ/kg", "ncv")
    _fuel(books, "V-DIESEL", "diesel", "1000", "L", stream_type="mobile_combustion")
    _fuel(books, "V-SOLAR-SOLD", "solar", "500", "MWh", stream_type="exported_electricity", origin="own_generated")
    _fuel(books, "V-SHARE", "bituminous_coal", "1000", "t", facility="F-SHARE")


def _stances(books: Books) -> None:
    _fuel(books, "S-DEFAULT", "bituminous_coal", "1000", "t")
    books.reading("S-DEFAULT", JUNE, None, "GJ/t", "ncv", basis="default", rule_id="MD-03")
    _fuel(books, "S-GAP", "bituminous_coal", "900", "t", basis="substituted", rule_id="MD-04", quantity=None,
          measured_quantity=Decimal(800), best_estimate=Decimal(900), substitute=Decimal(1000),
          fill_best_estimate=Decimal(100), fill_substitute=Decimal(200))  # fmt: skip
    _fuel(books, "S-BIOMASS", "bituminous_coal", "1000", "t", origin="biogenic")
    _fuel(books, "S-TWO-METERS", "natural_gas", "30000", "Nm3", parameter="S-TWO-METERS-A")
    books.reading("S-TWO-METERS", JUNE, "70000", "Nm3", parameter="S-TWO-METERS-B", basis="apportioned")
    _fuel(books, "S-OUT", "bituminous_coal", "1000", "t", facility="F-OUT")


def _faults(books: Books) -> None:
    _fuel(books, "E-KOREA", "electricity", "10", "MWh", stream_type="purchased_electricity", facility="F-KR")
    _fuel(books, "E-RAW-COAL", "raw_coal", "10", "t", facility="F-BROKEN")
    _fuel(books, "E-LITRES", "lpg", "10", "L", facility="F-BROKEN")
    _fuel(books, "E-GROSS", "bituminous_coal", "10", "t", facility="F-BROKEN")
    books.reading("E-GROSS", JUNE, "24.1", "GJ/t", "ncv", measure="heat_content_higher")
    _fuel(books, "E-AIR-DRIED", "bituminous_coal", "10", "t", facility="F-BROKEN")
    books.reading("E-AIR-DRIED", JUNE, "0.61", "tC/t", "carbon_content", measure="carbon_content_ad")
    _fuel(books, "E-TWO-ASSAYS", "bituminous_coal", "10", "t", facility="F-BROKEN")
    books.reading("E-TWO-ASSAYS", JUNE, "24.1", "GJ/t", "ncv", parameter="E-TWO-ASSAYS-1")
    books.reading("E-TWO-ASSAYS", JUNE, "24.2", "GJ/t", "ncv", parameter="E-TWO-ASSAYS-2")
    _fuel(books, "E-TWO-FACTORS", "coal_slime", "10", "t", facility="F-BROKEN")
    _fuel(books, "E-TYPE", "", "10", "t", stream_type="levitation", facility="F-BROKEN")
    _fuel(books, "E-RANGE", "bituminous_coal", LARGEST, "t", facility="F-BROKEN")
    _fuel(books, "I-MISSING", "bituminous_coal", None, "t", facility="F-BROKEN", hours_missing=Decimal(720))
    _fuel(books, "I-CONTROL", "bituminous_coal", "10", "t", facility="F-BROKEN", failed_controls="DQ14")
    _fuel(books, "I-ASSAY-CONTROL", "bituminous_coal", "10", "t", facility="F-BROKEN")
    books.reading("I-ASSAY-CONTROL", JUNE, "24.1", "GJ/t", "ncv", failed_controls="DQ09")
    _fuel(books, "I-STOCK", "bituminous_coal", "10", "t", facility="F-STOCK")
    unbalanced = {
        "control_id": "DQ01",
        "severity": "E",
        "table_name": "readings.stock_balances",
        "row_key": "F-STOCK|coal",
    }
    books.upstream["doors.entry_failures"] = [unbalanced | {"facility_id": "F-STOCK", "month": JUNE}]
    slime = {"factor_set": "gbt32151_34_2024", "parameter": "ncv", "subject": "coal_slime", "value": Decimal("12.5")}
    slime |= {"numerator_unit": "GJ", "denominator_unit": "t", "heat_basis": "net", "value_text": "12.5"}
    slime |= {"source_document": "drill", "verification_status": "unverified"}
    ratio = {"factor_set": "gbt32151_34_2024", "factor_id": "ratio", "parameter": "net_per_gross", "subject": "lignite"}
    ratio |= {"value": Decimal("0.95"), "value_text": "0.95", "heat_basis": "net"}
    ratio |= {"source_document": "drill", "verification_status": "unverified"}
    _fuel(books, "S-RATIO", "lignite", "1000", "t")
    books.reading("S-RATIO", JUNE, "12.6", "GJ/t", "ncv", measure="heat_content_gcv")
    books.rules.setdefault("factors", []).extend(
        [ratio] + [slime | {"factor_id": f"slime-{number}"} for number in (1, 2)]
    )


def _twins(books: Books) -> None:
    """The same fuel once, doubled, and in other units; the same energy in other units."""
    for name, quantity, unit in [("ONE", "123.456789", "t"), ("TWO", "246.913578", "t"), ("KG", "123456.789", "kg")]:
        _fuel(books, f"T-COAL-{name}", "bituminous_coal", quantity, unit)
    for name, quantity, unit in [("ONE", "1.23456789", "万Nm3"), ("NM3", "12345.6789", "Nm3")]:
        _fuel(books, f"T-GAS-{name}", "natural_gas", quantity, unit)
    for name, quantity, unit in [
        ("ONE", "1.23456789", "MWh"),
        ("KWH", "1234.56789", "kWh"),
        ("GJ", "4.444444404", "GJ"),
    ]:
        _fuel(books, f"T-POWER-{name}", "electricity", quantity, unit, stream_type="purchased_electricity")


def _drill(books: Books) -> None:
    """A regime and a sector that are rows only: limestone, a grid factor of 0.5, rounding to two decimals, half to even."""
    regime = {"regime": "drill", "edition": "1", "boundary": "enterprise", "gases": "CO2", "rounding_stage": "line"}
    regime |= {"missing_data_stance": "best_estimate", "report_month": 3, "report_day": 31}
    regime |= {"name_zh": "演练", "name_en": "Drill"}
    books.rules["regimes"] = [regime | {"rounding_mode": "half_even", "rounding_decimals": 2}]
    books.upstream["settings.regimes"] = [{"regime": "drill"}]
    books.rules["stream_types"] = [{"stream_type": "carbonate", "scope": "scope_1"}]
    treated = {"regime": "drill", "treatment": "counted"}
    books.rules["regime_treatments"] = [
        treated | {"stream_type": name} for name in ("carbonate", "purchased_electricity")
    ]
    method = {"regime": "drill", "gas": "CO2", "priority": 1, "sign": 1, "scope": "scope_1"}
    books.rules["methods"] = [
        method | {"stream_type": "carbonate", "method_id": "carbonate"},
        method | {"stream_type": "purchased_electricity", "method_id": "electricity", "subject": "electricity"},
    ]
    books.rules["method_terms"] = [
        {"method_id": "carbonate", "term_order": 1, "term": "purity"},
        {"method_id": "carbonate", "term_order": 2, "term": "emission_factor", "per": "quantity"},
    ]
    chosen = {
        "regime": "drill",
        "priority": 1,
        "factor_set": "drill",
        "selection": "valid_in_month",
        "region_rule": "any",
    }
    books.rules["factor_sets"] = [chosen | {"parameter": name} for name in ("purity", "emission_factor")]
    source = {"factor_set": "drill", "source_document": "drill", "verification_status": "unverified"}
    factor = source | {"parameter": "emission_factor", "numerator_unit": "tCO2"}
    books.rules.setdefault("factors", []).extend(
        [
            source | {"factor_id": "drill-purity", "parameter": "purity", "value": Decimal("0.9")},
            factor
            | {"factor_id": "drill-stone", "subject": "limestone", "value": Decimal("0.44"), "denominator_unit": "t"},
            factor
            | {"factor_id": "drill-grid", "subject": "electricity", "value": Decimal("0.5"), "denominator_unit": "MWh"},
        ]
    )
    _fuel(books, "D-LIMESTONE", "limestone", "10", "t", stream_type="carbonate")
    for name, quantity in [("HUNDRED", "100"), ("TIE-DOWN", "0.01"), ("TIE-UP", "0.03")]:
        _fuel(books, f"D-{name}", "electricity", quantity, "MWh", stream_type="purchased_electricity")
