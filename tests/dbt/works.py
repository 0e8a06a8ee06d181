"""A small works whose every figure can be added up by hand: what came in, and the plan. It states no expected result."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import date, datetime, timedelta
from typing import Any

AS_OF, FIRST_PERIOD = date(2025, 7, 1), date(2024, 1, 1)

Row = dict[str, Any]


def days(first: date, end: date, skip: tuple[date, ...] = ()) -> Iterator[date]:
    """Every day from `first` to before `end`, without those in `skip`."""
    for number in range((end - first).days):
        day = first + timedelta(number)
        if day not in skip:
            yield day


def curve(meter_id: str, day: date, value: str, count: int = 96, blank: int = 0, **more: Any) -> Row:
    """A meter-day of `count` equal values, the last `blank` of them missing."""
    values = [value] * (count - blank) + [None] * blank
    fixed = {"meter_id": meter_id, "channel": "active_import", "interval_minutes": 15, "unit": "kWh"}
    return {**fixed, "local_date": day, "values": values, "flags": [None] * count, **more}


def load_profiles() -> list[Row]:
    rows = [curve("M1", day, "0.1") for day in days(date(2025, 1, 1), date(2025, 2, 10))]
    rows.append(curve("M1", date(2025, 2, 10), "0.1", blank=48))
    rows += [curve("M1", d, "0.1") for d in days(date(2025, 2, 11), AS_OF, (date(2025, 3, 5), date(2025, 3, 6)))]
    rows += [curve("M1", day, "0.3") for day in days(date(2024, 3, 1), date(2024, 4, 1))]
    rows.append(curve("M1", date(2025, 1, 10), "0.2", received_seq=2))
    rows.append(curve("M1", date(2025, 1, 11), "0.1", received_seq=2))
    rows.append(curve("M1", date(2025, 1, 12), "0.2", received_seq=2))
    rows.append(curve("M1", date(2025, 1, 12), "0.4", received_seq=3))
    rows += [curve("M2", day, "1", count=92 if day == date(2025, 3, 9) else 96) for day in MARCH]
    rows += [
        curve("M3", date(2025, 1, 31), "1"),
        curve("M3", date(2025, 2, 3), "1"),
        curve("MX", date(2025, 1, 1), "1"),
    ]
    rows += [curve("MV", day, "1", unit="kvarh") for day in days(date(2025, 1, 1), date(2025, 2, 1))]
    exported = [day for day in days(date(2025, 1, 1), date(2025, 4, 1)) if day != date(2025, 2, 14)]
    rows += [curve("MO", day, "0.5" if day.month == 2 else "2", channel="active_export") for day in exported]
    return rows


MARCH = list(days(date(2025, 3, 1), date(2025, 4, 1)))


def reading(meter_id: str, read_at: datetime, register: str, **more: Any) -> Row:
    fixed = {"meter_id": meter_id, "channel": "import", "unit": "m3"}
    return {**fixed, "read_at": read_at, "register": register, **more}


def register_readings() -> list[Row]:
    return [
        reading("ROLL", datetime(2025, 1, 1), "999990.5", multiplier=200, register_digits=6),
        reading("ROLL", datetime(2025, 2, 1), "10.5", multiplier=200, register_digits=6),
        reading("ROLL", datetime(2025, 3, 1), "5", multiplier=200, register_digits=6),
        reading("FAST", datetime(2025, 1, 1), "990000", register_digits=6),
        reading("FAST", datetime(2025, 2, 1), "500000", register_digits=6),
        reading("RATIO", datetime(2025, 1, 1), "100", multiplier=10),
        reading("RATIO", datetime(2025, 2, 1), "110", multiplier=10),
        reading("RATIO", datetime(2025, 3, 1), "120", multiplier=20),
        reading("OLD", datetime(2025, 1, 1), "5000", multiplier=10),
        reading("OLD", datetime(2025, 1, 15, 10), "5140", multiplier=10, event="拆表"),
        reading("NEW", datetime(2025, 1, 15, 10), "3", multiplier=1, event="装表"),
        reading("NEW", datetime(2025, 2, 1), "401", multiplier=1),
        reading("SAME", datetime(2025, 1, 1), "100"),
        reading("SAME", datetime(2025, 1, 11), "200", event="removed"),
        reading("SAME", datetime(2025, 1, 11), "7", event="installed"),
        reading("SAME", datetime(2025, 2, 1), "17"),
        reading("EIGHT", datetime(2025, 1, 1), "0"),
        reading("EIGHT", datetime(2025, 1, 31, 8, 30), "1460", multiplier=None),
        reading("EIGHT", datetime(2025, 3, 1, 8, 30), "2000"),
    ]


def bill(account_id: str, start: date, end: date, quantity: str | None, **more: Any) -> Row:
    fixed = {"account_id": account_id, "commodity": "electricity", "unit": "kWh"}
    return {**fixed, "period_start": start, "period_end": end, "quantity": quantity, **more}


def utility_bills() -> list[Row]:
    return [
        bill("A1", date(2024, 12, 16), date(2025, 1, 16), "100"),
        bill("A1", date(2025, 1, 16), date(2025, 2, 16), "-31.0000005"),
        bill("A1", date(2025, 2, 16), date(2025, 3, 19), "1000", unit="MWh"),
        bill("A2", date(2025, 1, 1), date(2025, 2, 1), "10"),
        bill("A2", date(2025, 1, 15), date(2025, 2, 15), "20"),
        bill("A3", date(2025, 1, 1), date(2025, 2, 1), "300", unit="t"),
        bill("A4", date(2025, 3, 1), date(2025, 4, 1), "300.5"),
        bill("A4", date(2025, 4, 1), date(2025, 5, 1), "288"),
        bill("A4", date(2025, 5, 1), date(2025, 6, 1), "300"),
        bill("V1", date(2025, 3, 1), date(2025, 4, 1), "310"),
    ]


def movement(material: str, code: str, day: date, quantity: str, **more: Any) -> Row:
    fixed = {"site_code": "P", "material_code": material, "movement": code, "posting_date": day, "unit": "kg"}
    return {**fixed, "quantity": quantity, **more}


def ledger(month: int, opening: str, receipt: str, consumption: str, closing: str) -> list[Row]:
    """One ledger line: a month's balances and movements, in the house sign."""
    pairs = {"opening": opening, "receipt": receipt, "consumption": "-" + consumption, "closing": closing}
    period = {"posting_date": date(2025, month, 1), "period_end": date(2025, month + 1, 1)}
    return [
        movement("COAL", code, quantity=quantity, day=date(2025, month, 1), **period)
        for code, quantity in pairs.items()
    ]


def stock_movements() -> list[Row]:
    return [
        *ledger(1, "1000", "500", "600", "900"),
        *ledger(2, "900", "1000", "700", "1195"),
        *ledger(3, "1190", "1000", "700.5", "1490"),
        *ledger(5, "1490", "0", "90", "1400"),
        movement("OIL", "261", date(2025, 1, 3), "-40", document_number="1"),
        movement("OIL", "261", date(2025, 1, 3), "-40", document_number="1"),
        movement("OIL", "262", date(2025, 1, 9), "5.5", document_number="2"),
        movement("OIL", "101", date(2025, 2, 1), "500", document_number="3"),
        movement("OIL", "261", date(2025, 3, 3), "-7", document_number="4"),
        movement("OIL", "Z71", date(2025, 3, 4), "-9", document_number="5"),
        movement("OIL", "261", date(2025, 1, 3), "-40", document_number="1", received_seq=2),
        movement("OIL", "261", date(2025, 1, 3), "-41", document_number="1", received_seq=2),
        movement("BOTH", "consumption", date(2025, 1, 1), "-10", period_end=date(2025, 2, 1)),
        movement("BOTH", "261", date(2025, 1, 20), "-4", document_number="9"),
        movement("SAND", "261", date(2025, 1, 20), "-4", document_number="10"),
    ]


def assay(sample: str, day: date, quantity: str, unit: str = "GJ/t", basis: str = "ar", name: str = "ncv") -> Row:
    fixed = {"site_code": "P", "material_code": "COAL", "property": name, "unit": unit, "basis": basis}
    return {**fixed, "sample_id": sample, "sampled_on": day, "quantity": quantity}


def lab_assays() -> list[Row]:
    return [
        assay("a", date(2025, 1, 5), "22"),
        assay("b", date(2025, 1, 15), "23"),
        assay("c", date(2025, 1, 25), "24.5", unit="MJ/kg"),
        assay("d", date(2025, 2, 5), "5000", unit="kcal/kg"),
        assay("e", date(2025, 1, 6), "29", basis="d"),
        assay("f", date(2025, 1, 6), "8", unit="%", name="moisture"),
    ]


def period_row(start: date, end: date, quantity: str | None, **more: Any) -> Row:
    return {"site_code": "P", "period_start": start, "period_end": end, "quantity": quantity, **more}


def lake() -> dict[str, list[Row]]:
    """Everything that came, by record type."""
    fuel = {"fuel_code": "GAS", "unit": "Mcf", "heat_content_unit": "mmBtu/Mcf"}
    product = {"product_code": "X", "unit": "t"}
    certificate = {
        "attribute_kind": "gec",
        "period_start": date(2025, 1, 1),
        "period_end": date(2025, 2, 1),
        "unit": "MWh",
    }
    return {
        "load_profile": load_profiles(),
        "register_reading": register_readings(),
        "utility_bill": utility_bills(),
        "stock_movement": stock_movements(),
        "lab_assay": lab_assays(),
        "fuel_consumption": [
            period_row(date(2025, 1, 1), date(2025, 2, 1), "1000", heat_content="1.03", heat_basis="ncv", **fuel),
            period_row(date(2025, 2, 1), date(2025, 3, 1), None, heat_content="1.05", heat_basis="gcv", **fuel),
        ],
        "production_output": [
            period_row(date(2025, 1, 1), date(2025, 2, 1), "10", **product),
            period_row(date(2025, 2, 1), date(2025, 3, 1), "20", **product),
            period_row(date(2025, 2, 1), date(2025, 2, 2), "1", **product),
        ],
        "energy_attribute": [{"certificate_id": f"GEC-{number}", "quantity": "5", **certificate} for number in (1, 2)],
        "weather": [{"station_id": "W1", "local_date": day, "temperature_mean_c": f"{day.day}"} for day in MARCH[:3]],
        "purchase": [
            {**movement_like, "posting_date": date(2025, 1, 7), "quantity": "3", "unit": "t"}
            for movement_like in (
                {"site_code": "P", "supplier_id": "S", "material_code": "COAL", "document_number": "1"},
            )
        ],
    }


def meter(meter_id: str, point_id: str, **more: Any) -> Row:
    return {"meter_id": meter_id, "point_id": point_id, **more}


def gas(meter_id: str, point_id: str, **more: Any) -> Row:
    return meter(meter_id, point_id, channel="import", unit="m3", **more)


def meters() -> list[Row]:
    return [
        meter("M1", "P1", rated_per_hour="0.45"),
        meter("M2", "P2"),
        meter("M3", "P3", valid_to=date(2025, 2, 1)),
        meter("MV", "PV"),
        meter("MO", "PO", channel="active_export"),
        gas("ROLL", "G-ROLL", rated_per_hour="1000"),
        gas("FAST", "G-FAST", rated_per_hour="600"),
        gas("RATIO", "G-RATIO"),
        gas("OLD", "G-SWAP", valid_to=date(2025, 1, 15)),
        gas("NEW", "G-SWAP", valid_from=date(2025, 1, 15)),
        gas("SAME", "G-SAME", multiplier=3),
        gas("EIGHT", "G-EIGHT"),
    ]


def parameter(parameter_id: str, record_type: str, source_key: str, **more: Any) -> Row:
    return {"parameter_id": parameter_id, "record_type": record_type, "source_key": source_key, **more}


def register(parameter_id: str, point_id: str, **more: Any) -> Row:
    return parameter(parameter_id, "register_reading", point_id, measure="import", unit="m3", **more)


def profile(parameter_id: str, point_id: str, **more: Any) -> Row:
    return parameter(parameter_id, "load_profile", point_id, **{"measure": "active_import", **more})


def stock(parameter_id: str, material: str, measure: str = "consumption", **more: Any) -> Row:
    return parameter(parameter_id, "stock_movement", f"P/{material}", measure=measure, **{"unit": "t", **more})


def parameters() -> list[Row]:
    heat = {"kind": "ncv", "unit": "GJ/t", "measure": "ncv"}
    checked = {"cross_check_parameter_id": "BILL-4", "cross_check_tolerance": "0.01"}
    return [
        profile("EL", "P1", unit="MWh", missing_rule="MD-04"),
        profile("EL-DAY", "P1", frequency="day", missing_rule="MD-04"),
        profile("EL-BILL", "P1", missing_rule="MD-07", **checked),
        profile("EL-NONE", "P1", role="account"),
        profile("DST", "P2"),
        profile("ENDED", "P3"),
        profile("REACTIVE", "PV"),
        profile("OUT", "PO", measure="active_export", stream_id="S-OUT", missing_rule="MD-04"),
        *(register(point, point) for point in ("G-ROLL", "G-FAST", "G-RATIO", "G-SWAP", "G-SAME", "G-EIGHT")),
        register("G-DAY", "G-EIGHT", frequency="day"),
        *(parameter(f"BILL-{number}", "utility_bill", f"A{number}") for number in (1, 2, 3, 4)),
        parameter("BILL-V1", "utility_bill", "V1", unit="kWh", valid_to=date(2025, 3, 11)),
        parameter("BILL-V2", "utility_bill", "V1", unit="MWh", valid_from=date(2025, 3, 11)),
        stock("COAL", "COAL", missing_rule="MD-04"),
        stock("COAL-OPEN", "COAL", "opening", kind="balance", role="record"),
        stock("COAL-CLOSE", "COAL", "closing", kind="balance", role="record"),
        stock("OIL", "OIL", unit="kg"),
        stock("BOTH", "BOTH"),
        parameter("NCV", "lab_assay", "P/COAL", missing_rule="MD-03", **heat),
        parameter("GAS", "fuel_consumption", "P/GAS", unit="m3"),
        parameter("GAS-NCV", "fuel_consumption", "P/GAS", kind="ncv", unit="GJ/m3", measure="heat_content"),
        parameter("MADE", "production_output", "P/X", kind="production", unit="t", missing_rule="MD-06"),
        parameter("GREEN", "energy_attribute", "GEC-*", unit="MWh", role="record"),
        parameter("AIR", "weather", "W1", kind="weather", unit="℃", role="record", frequency="day"),
    ]


def plan() -> dict[str, list[Row]]:
    """The control plan of the works."""
    controls = [("DQ01", "E"), ("DQ09", "E"), ("DQ10", "E"), ("DQ14", "E"), ("DQ23", "W"), ("DQ24", "E")]
    tested = {"result": "pass", "certificate_number": "c"}
    return {
        "facilities": [{"facility_id": "F1", "is_in_boundary": True}],
        "streams": [{"stream_id": "S1"}, {"stream_id": "S-OUT", "stream_type": "exported_electricity"}],
        "meters": meters(),
        "parameters": parameters(),
        "calibrations": [
            {"meter_id": "M1", "calibrated_on": date(2023, 1, 1), "due_on": date(2025, 2, 15), **tested},
            {"meter_id": "M1", "calibrated_on": date(2025, 2, 10), "due_on": date(2026, 2, 10), **tested},
            {"meter_id": "M1", "calibrated_on": date(2025, 4, 20), "due_on": date(2026, 4, 20), "result": "fail"},
            {"meter_id": "M1", "calibrated_on": date(2025, 5, 10), "due_on": date(2026, 5, 10), **tested},
        ],
        "controls": [
            {
                "control_id": control_id,
                "severity": severity,
                "door": "entry",
                "enforced_by": "suite",
                "tolerance": "0.005",
            }
            for control_id, severity in controls
        ],
        "versions": [
            {"version": "1", "valid_from": date(2024, 1, 1), "valid_to": date(2025, 1, 1), "author": "a"},
            {"version": "2", "valid_from": date(2025, 1, 1), "author": "a", "reviewer": "b", "approver": "c"},
        ],
    }
