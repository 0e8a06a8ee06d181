"""One fault per control, planted at a facility of its own, beside a clean twin: what was put there and what must be found.

The figures are simple enough to work out by hand; nothing here asks the code what it makes of them.
"""

from __future__ import annotations

from datetime import date, timedelta
from decimal import Decimal
from typing import Any

from tests.doors import planted_histories, planted_laboratories
from tests.doors.planting import FEBRUARY, JANUARY, Ground, ratios

AS_OF = date(2026, 3, 31)
TOLERANCES = {
    "DQ01": "0.005",
    "DQ02": "0.05",
    "DQ03": "0.000001",
    "DQ05": "0.02",
    "DQ06": "0.02",
    "DQ11": "0.2",
    "DQ12": "40",
    "DQ13": "3",
    "DQ20": "0.005",
    "DQ21": "0.01",
    "DQ26": "40",
    "DQ33": "2",
    "DQ34": "0.35",
    "DQ36": "0.02",
    "DQ39": "0.005",
    "DQ42": "0.05",
    "DQ43": "0.15",
    "DQ44": "0.05",
}


def stocks(here: Ground) -> None:
    """DQ01, DQ18, DQ02, DQ36: a stock that does not add up, does not carry over, is eaten negatively, was not bought."""
    sound = {"opening": "100", "receipts": "50", "consumption": "60", "other": "0", "closing": "90", "imbalance": "0"}
    cases = {
        "S-BALANCE": {"closing": "88", "imbalance": "2"},  # tolerance 0.005 × 50 = 0.25
        "S-CARRY": {"closing_before": "100.000000000001"},
        "S-NEGATIVE": {"consumption": "-10", "closing": "160", "consumed_by_balance": "-10"},
        "S-TWIN": {"closing_before": "100"},
    }
    for facility, spoilt in cases.items():
        key = f"{facility}|COAL|2025-01-01"
        row = {"row_key": key, "facility_id": facility, "material_code": "COAL", "month": JANUARY, "unit": "t"}
        here.add("readings.stock_balances", row | sound | {"consumed_by_balance": "60"} | spoilt)
    here.expected |= {("DQ01", "S-BALANCE|COAL|2025-01-01"), ("DQ01", "S-CARRY|COAL|2025-01-01")}
    here.expected |= {("DQ18", "S-NEGATIVE|COAL|2025-01-01")}
    for facility, bought in {"P-FAR": "53.1", "P-NEAR": "51.3", "P-TWIN": "50"}.items():  # 5 % of 60 is 3, 2 % is 1.2
        key = f"{facility}|COKE|2025-01-01"
        row = {"row_key": key, "facility_id": facility, "material_code": "COKE", "month": JANUARY, "unit": "t"}
        here.add("readings.stock_balances", row | sound | {"consumed_by_balance": "60"})
        here.parameter(f"{facility}-BUY", record_type="purchase", source_key=f"{facility}/COKE", role="record")
        here.planned(f"{facility}-BUY", facility, quantity=bought, role="record", unit="t", record_type="purchase")
    far, near = "P-FAR|COKE|2025-01-01", "P-NEAR|COKE|2025-01-01"
    here.expected |= {("DQ02", far), ("DQ36", far), ("DQ36", near)}


def meters(here: Ground) -> None:
    """DQ14: used a day before it was calibrated, never calibrated, too coarse; DQ05: sub-meters above and below."""
    for name, covered, accuracy in (
        ("C-LATE", date(2025, 1, 2), "0.5S"),
        ("C-NEVER", None, "0.5S"),
        ("C-COARSE", date(2024, 1, 1), "2.5"),
        ("C-TWIN", date(2024, 1, 1), "0.5S"),
    ):
        here.calibrated(here.planned(name, name, record_type="register_reading"), name, covered, accuracy)
        if name != "C-TWIN":
            here.expected.add(("DQ14", f"{name}@2025-01-01|{name}"))
    for name, sub in {"M-ABOVE": "102.000001", "M-BELOW": "94.9", "M-TWIN": "102"}.items():
        main = {"point_id": f"{name}-MAIN", "meter_id": f"{name}-MAIN", "sub_metered_share": "0.95"}
        here.add("plan.meters", main, {"point_id": name, "meter_id": name, "main_point_id": f"{name}-MAIN"})
        for point, quantity in ((f"{name}-MAIN", "100"), (name, sub)):
            key = {"record_type": "register_reading", "source_key": point, "measure": "import"}
            here.parameter(point, **key)
            here.planned(point, name, quantity=quantity)
        if name != "M-TWIN":
            here.expected.add(("DQ05", f"{name}-MAIN@2025-01-01"))


def flows(here: Ground) -> None:
    """DQ06: own use counted twice, or all that was generated used and some sold; DQ03: a day lost; DQ16; DQ20.

    DQ16: more green power than power; DQ20: output sold twice over.
    """
    cases = {"G-TWICE": ("90", "20"), "G-TWIN": ("80", "20"), "G-COPY": ("100", "0.5"), "G-ALL-TWIN": ("100", "0")}
    for name, (used, sold) in cases.items():  # 100 generated
        here.stream(name, fuel="solar", origin="own_generated")
        power: dict[str, Any] = {"stream_type": "purchased_electricity"}
        here.planned(f"{name}-GEN", name, quantity="100", role="record", **power)
        here.planned(f"{name}-USE", name, quantity=used, **power)
        here.planned(f"{name}-SOLD", name, quantity=sold, stream_type="exported_electricity")
    here.expected |= {("DQ06", "G-TWICE|solar|2025-01-01"), ("DQ06", "G-COPY|solar|2025-01-01")}
    for name, day in {"D-LOST": "49", "D-TWIN": "50"}.items():
        here.planned(name, name)
        here.add("readings.readings", {"parameter_id": name, "period_start": JANUARY, "quantity": day})
    here.expected.add(("DQ03", "D-LOST@2025-01-01|own"))
    for name, green in {"E-GREEN": "51", "E-TWIN": "50"}.items():
        here.stream(name, fuel="electricity", origin="purchased")
        here.planned(f"{name}-BOUGHT", name, stream_type="purchased_electricity")
        here.planned(
            f"{name}-GREEN", name, quantity=green, stream_type="green_electricity", record_type="energy_attribute"
        )
    here.expected.add(("DQ16", "E-GREEN-GREEN@2025-01-01"))
    for name, sold in {"O-SOLD": "91", "O-TWIN": "90"}.items():  # 100 made, stock grows by 10; tolerance 0.5
        here.parameter(f"{name}-MADE", record_type="production_output", source_key=f"{name}/X", measure="")
        here.planned(f"{name}-MADE", name, quantity="100", kind="production", unit="t")
        for part, quantity in (("sale", sold), ("opening", "5"), ("closing", "15")):
            here.parameter(f"{name}-{part}", record_type="stock_movement", source_key=f"{name}/X", measure=part)
            here.planned(f"{name}-{part}", name, quantity=quantity, unit="t", role="record", kind="balance")
    here.expected.add(("DQ20", "O-SOLD/X|2025-01-01"))


def frozen(here: Ground) -> None:
    """DQ33: three days with one reading where the plan allows two."""
    for name, still in {"Z-FROZEN": 3, "Z-TWIN": 2}.items():
        days = [Decimal(7) if 10 <= day < 10 + still else Decimal(day) + Decimal("0.5") for day in range(31)]
        planned = here.planned(name, name, record_type="load_profile", quantity=str(sum(days)))
        here.calibrated(planned, name, date(2024, 1, 1))
        for day, quantity in enumerate(days):
            reading = {"parameter_id": name, "record_type": "load_profile", "quantity": str(quantity)}
            here.add("readings.readings", reading | {"period_start": JANUARY + timedelta(days=day)})
    here.expected.add(("DQ33", "Z-FROZEN@2025-01-01"))


def laboratory(here: Ground) -> None:
    """DQ07, DQ08, DQ29: implausible values; DQ12: tested too late; DQ13: one value three times, a number used twice."""
    for name, kind, unit, fuel, value, control in (
        ("L-NCV", "ncv", "GJ/t", "bituminous_coal", "30.6", "DQ07"),
        ("L-SHARE", "biomass_share", "1", "diesel", "1.01", "DQ08"),
        ("L-STEAM", "enthalpy", "kJ/kg", "heat", "3901", "DQ29"),
        ("L-TWIN-NCV", "ncv", "GJ/t", "bituminous_coal", "30.5", ""),
        ("L-TWIN-SHARE", "biomass_share", "1", "diesel", "1", ""),
        ("L-TWIN-STEAM", "enthalpy", "kJ/kg", "heat", "3900", ""),
    ):
        here.stream(name, fuel=fuel)
        planned = here.planned(name, name, quantity=value, kind=kind, unit=unit, aggregation="mean")
        here.add("readings.readings", {"parameter_id": name, "period_start": JANUARY, "quantity": value})
        if control:
            here.expected.add((control, f"{planned}|{kind}"))
    sampled = {"site_code": "L", "property": "ncv", "unit": "GJ/t", "basis": "ar", "is_current": True}
    for name, values, delay in (
        ("A-LATE", ["20.1"], 41),  # tested 41 days after 31 January
        ("A-SAME", ["20.1", "20.1", "20.1"], 1),
        ("A-TWIN", ["20.1", "20.1", "20.2"], 40),
    ):
        claim = {"parameter_id": name, "record_type": "lab_assay", "measure": "ncv", "unit": "GJ/t"}
        here.add("readings.claims", claim | {"source_key": f"L/{name}"})
        here.planned(name, name, kind="ncv", unit="kg", aggregation="mean", record_type="lab_assay")
        for number, value in enumerate(values):
            key = f"{name}{number}"
            assay = {"record_id": key, "material_code": name, "source_key": f"L/{name}", "sample_id": key}
            days = {"sampled_on": date(2025, 1, 10 + number), "tested_on": date(2025, 1, 31) + timedelta(days=delay)}
            here.add("staging.stg_lab_assays", sampled | assay | days | {"quantity": value})
            if name == "A-LATE":
                here.expected.add(("DQ12", f"{key}|{name}@2025-01-01"))
            if name == "A-SAME":
                here.expected.add(("DQ13", f"{key}|{name}@2025-01-01"))


def papers(here: Ground) -> None:
    """DQ16: one certificate, two streams; DQ23: a new site; DQ26: came late; DQ27: no paper; DQ32, DQ50: offenders."""
    for stream, certificate in (("W-ONE", "GEC-1"), ("W-TWO", "GEC-1"), ("W-TWIN", "GEC-2")):
        here.parameter(stream, stream_id=stream, record_type="energy_attribute")
        here.add(
            "readings.claims", {"parameter_id": stream, "record_type": "energy_attribute", "source_key": certificate}
        )
        here.planned(stream, stream, record_type="energy_attribute")
    for name, status in {"V-VOID": "已过期", "V-ODD": "有效吗", "V-TWIN": " Settled "}.items():
        here.parameter(name, stream_id=name, record_type="energy_attribute")
        here.add("readings.claims", {"parameter_id": name, "record_type": "energy_attribute", "source_key": name})
        here.planned(name, name, record_type="energy_attribute")
        proof = {"certificate_id": name, "account_id": "a", "period_start": JANUARY, "is_current": True}
        here.add("staging.stg_energy_attributes", proof | {"status": status})
        if name != "V-TWIN":
            here.expected.add(("DQ16", f"{name}|{name}@2025-01-01"))
    for certificate in ("GEC-1", "GEC-2"):
        attribute = {"certificate_id": certificate, "account_id": "a", "period_start": JANUARY, "is_current": True}
        here.add("staging.stg_energy_attributes", attribute)
    here.expected |= {("DQ16", "GEC-1|W-ONE@2025-01-01"), ("DQ16", "GEC-1|W-TWO@2025-01-01")}
    here.add("plan.facilities", {"facility_id": "KNOWN"}, {"facility_id": "L"})
    for site in ("KNOWN", "UNKNOWN"):
        here.add("staging.stg_purchases", {"site_code": site, "posting_date": date(2025, 1, 9), "is_current": True})
    here.expected.add(("DQ23", "site|UNKNOWN|2025-01-01"))
    for name, received in {"T-LATE": date(2025, 3, 14), "T-TWIN": date(2025, 3, 13)}.items():  # 1 February + 40 days
        here.planned(name, name, quantity="50")
        here.add(
            "readings.readings", {"parameter_id": name, "period_start": JANUARY, "quantity": "50", "file_sha256": name}
        )
        here.add("archive.deliveries", {"file_sha256": name, "received_at": received})
    here.add("archive.deliveries", {"file_sha256": "go-live", "received_at": date(2025, 2, 1)})
    here.expected.add(("DQ26", "T-LATE@2025-01-01"))
    document = {"document_type": "发票", "is_current": True, "evidence_sha256": "ab"}
    for name, month in {"N-GONE": FEBRUARY, "N-TWIN": JANUARY}.items():
        here.parameter(name, data_source=f"发票/{name}")
        here.planned(name, name)
        covers = {"subject": name, "period_start": month, "period_end": month + timedelta(days=28)}
        here.add("staging.stg_evidence_documents", document | covers)
    here.expected.add(("DQ27", "N-GONE@2025-01-01"))
    here.add("readings.unplanned", {"record_type": "utility_bill", "source_key": "X", "measure": ""})
    here.expected.add(("DQ32", "utility_bill/X/"))
    change = {"table_name": "meters", "changed_id": "M", "facility_id": "KNOWN", "changed_on": JANUARY}
    here.add("readings.unversioned_changes", change | {"change_id": "meters|M"})
    here.expected.add(("DQ50", "meters|M"))


def plans(here: Ground) -> None:
    """DQ04, DQ09, DQ10, DQ24, DQ25: a bill off, a quantity out of range, a gap, no version in force, one person twice."""
    cases: tuple[tuple[str, dict[str, Any], str], ...] = (
        ("R-BILL", {"cross_check_quantity": "51", "cross_check_tolerance": "0.01"}, "DQ04"),
        ("R-RANGE", {"plan_max": "49"}, "DQ09"),
        ("R-NEGATIVE", {"quantity": "-1"}, "DQ09"),
        ("R-GAP", {"quantity": None, "hours_missing": 24}, "DQ10"),
        ("R-VERSION", {"plan_version": None}, "DQ24"),
        ("R-TWIN", {"cross_check_quantity": "50.5", "cross_check_tolerance": "0.01", "plan_max": "50"}, ""),
    )
    for name, spoilt, control in cases:
        planned = here.planned(name, name, **spoilt)
        if control:
            here.expected.add((control, planned))
    here.add("plan.versions", {"version": "1", "author": "a", "reviewer": "b", "approver": "c"})
    here.add("plan.versions", {"version": "2", "author": "a", "reviewer": "b", "approver": "a"})
    here.expected.add(("DQ25", "2"))


def answers(here: Ground) -> None:
    """The exit door: DQ15, DQ16, DQ17, DQ19, DQ37 by their errors; DQ18, DQ21, DQ22, DQ28."""
    line = {"regime": "r", "month": JANUARY, "scope": "scope_1", "emissions_tco2e": "1"}
    for control, code in {
        "DQ15": "FACTOR_MISSING",
        "DQ16": "PROOF_MISSING",
        "DQ17": "TWO_PATHS",
        "DQ19": "MASS_BASIS",
        "DQ37": "METHOD_MISSING",
    }.items():
        row = {"emission_id": code, "facility_id": code, "stream_id": code, "error_code": code}
        here.add("accounting.emissions", line | row | {"emissions_tco2e": None})
        here.expected.add((control, code))
    for name, tonnes in {"X-NEGATIVE": "-0.5", "X-TWIN": "0"}.items():
        row = {"emission_id": name, "facility_id": name, "stream_id": name, "emissions_tco2e": tonnes}
        here.add("accounting.emissions", line | row)
    here.expected.add(("DQ18", "r|X-NEGATIVE|2025-01-01"))
    for name, end in {
        "K-SHORT": date(2025, 3, 1),
        "K-TWIN": FEBRUARY,
    }.items():  # in the plan for two months, and for one
        here.stream(name, valid_from=JANUARY, valid_to=end)
        here.add("accounting.emissions", line | {"emission_id": name, "facility_id": name, "stream_id": name})
    here.expected.add(("DQ28", "r|K-SHORT|2025"))
    factor = {"regime": "r", "term": "ncv", "month": JANUARY}
    here.add("accounting.factors_in_force", factor | {"error_code": "FACTOR_MISSING"}, factor | {"factor_id": "f"})
    here.expected.add(("DQ15", "r/ncv//////2025-01-01"))
    # 1000 t of bituminous coal in a kiln that made 10 000 t or 5 476 t of clinker; the statistics say a tonne more
    energy = {"kind": "activity_data", "unit": "t", "month": JANUARY, "first_date": JANUARY}
    for name, clinker, reported in (("Y-FAR", "10000", "722"), ("Y-TWIN", "6000", "714")):
        here.stream(name, fuel="bituminous_coal", stream_type="stationary_combustion")
        here.stream(f"{name}-OUT", fuel="portland_clinker", stream_type="production", facility_id=name)
        here.add(
            "accounting.parameter_months", energy | {"stream_id": name, "facility_id": name, "best_estimate": "1000"}
        )
        here.planned(f"{name}-TCE", name, quantity=reported, kind="reported_energy", unit="tce", role="record")
        made: dict[str, Any] = {
            "kind": "production",
            "unit": "t",
            "stream_id": f"{name}-OUT",
            "stream_type": "production",
        }
        here.planned(f"{name}-OUT", name, quantity=clinker, **made)
    here.expected |= {("DQ21", "Y-FAR-TCE@2025-01-01"), ("DQ22", "Y-FAR-OUT@2025-01-01|coal_equivalent")}


PLANTS = (
    stocks,
    meters,
    flows,
    frozen,
    *planted_histories.PLANTS,
    *planted_laboratories.PLANTS,
    laboratory,
    papers,
    plans,
    answers,
)


def everything() -> Ground:
    """Every plant, with the plan's controls and what all need."""
    here = Ground()
    for plant in PLANTS:
        plant(here)
    here.add("settings.build", {"as_of": AS_OF, "first_period": date(2024, 1, 1)})
    here.add("readings.unit_ratios", *ratios(("t", "MWh", "GJ/t", "1", "kJ/kg", "tce", "tC/t", "tC/GJ")))
    return here
