"""Faults of laboratories' papers, planted beside clean twins: no accreditation, half a report, digits that a person chose.

The figures are simple enough to work out by hand; nothing here asks the code what it makes of them.
"""

from __future__ import annotations

from datetime import date, timedelta
from typing import Any

from tests.doors.planting import FEBRUARY, JANUARY, Ground

# the laboratory's accreditation ends on 1 February, that day not included
LABORATORY = {"laboratory": "示例检测", "accreditation": "CMA", "valid_from": date(2024, 1, 1), "valid_to": FEBRUARY}
WHOLE = ("carbon_content", "hydrogen", "moisture", "ncv", "sulfur")


def _sampled(here: Ground, name: str, fuel: str = "bituminous_coal", **given: Any) -> None:
    """A stream of a fuel whose carbon content the plan takes from laboratory reports, one planned January."""
    here.stream(name, fuel=fuel)
    claim = {"parameter_id": name, "record_type": "lab_assay", "measure": "carbon_content", "unit": "tC/t"}
    here.add("readings.claims", claim | {"source_key": f"L/{name}"})
    here.planned(
        name, name, kind="carbon_content", unit="kg", aggregation="mean", record_type="lab_assay", quantity="0.6"
    )


def _report(here: Ground, name: str, tested_on: date, laboratory: str, properties: tuple[str, ...]) -> str:
    """One report with one value a property; the record of its carbon content."""
    for number, one in enumerate(properties):
        assay = {"record_id": f"{name}-{one}", "site_code": "L", "material_code": name, "source_key": f"L/{name}"}
        assay |= {"sample_id": name, "property": one, "unit": "tC/t", "basis": "ar", "is_current": True}
        days = {"sampled_on": date(2025, 1, 20), "tested_on": tested_on, "laboratory": laboratory}
        here.add("staging.stg_lab_assays", assay | days | {"quantity": f"0.{hash_of(name)}{number}"})
    return f"{name}-carbon_content|{name}@2025-01-01"


def hash_of(name: str) -> int:
    """Three digits of a name, so that no two samples have the same results."""
    return 100 + sum(map(ord, name)) % 900


def accreditations(here: Ground) -> None:
    """DQ12: tested on the day the accreditation had ended, by a laboratory nobody knows, by one not named."""
    here.add("plan.laboratories", LABORATORY)
    last_day = FEBRUARY - timedelta(days=1)
    for name, fuel, tested_on, laboratory, is_wrong in (
        ("CMA-ENDED", "bituminous_coal", FEBRUARY, "示例检测", True),
        ("CMA-OTHER", "bituminous_coal", last_day, "另一检测", True),
        ("CMA-NONE", "bituminous_coal", last_day, "", True),
        ("CMA-TWIN", "bituminous_coal", last_day, " 示例检测", False),
        # nothing is asked of the report on a gas
        ("CMA-GAS", "natural_gas", FEBRUARY, "另一检测", False),
    ):
        _sampled(here, name, fuel)
        key = _report(here, name, tested_on, laboratory, WHOLE)
        if is_wrong:
            here.expected.add(("DQ12", key))


def reports(here: Ground) -> None:
    """DQ41: a report without hydrogen."""
    for name, properties in {"REP-HALF": tuple(one for one in WHOLE if one != "hydrogen"), "REP-TWIN": WHOLE}.items():
        _sampled(here, name)
        key = _report(here, name, date(2025, 1, 30), "示例检测", properties)
        if name == "REP-HALF":
            here.expected.add(("DQ41", key))


def digits(here: Ground) -> None:
    """DQ13: sixty values that end in 1 and 6 only (chi-square 240); each digit six times; too few; too narrow."""
    for name, count, ends, step in (
        ("END-CHOSEN", 60, (1, 6), 7),
        ("END-TWIN", 60, tuple(range(10)), 7),
        ("END-FEW", 49, (1, 6), 7),
        ("END-NARROW", 60, (1, 6), 0),
    ):
        claim = {"parameter_id": name, "record_type": "lab_assay", "measure": "ash", "unit": "%"}
        here.add("readings.claims", claim | {"source_key": f"L/{name}"})
        planned = here.planned(name, name, kind="ash", unit="kg", aggregation="mean", record_type="lab_assay")
        for number in range(count):
            # 1021, 1096, 1161 …: tens that move on, and the last digit that somebody likes
            value = 1000 + 10 * step * (number % 13) + ends[number % len(ends)]
            assay = {
                "record_id": f"{name}{number:02}",
                "site_code": "L",
                "material_code": name,
                "source_key": f"L/{name}",
            }
            assay |= {"sample_id": f"{name}{number:02}", "property": "ash", "unit": "%", "basis": "ar"}
            day = JANUARY + timedelta(days=number // 2)
            here.add(
                "staging.stg_lab_assays",
                assay | {"sampled_on": day, "tested_on": day, "quantity": f"{value / 100}", "is_current": True},
            )
        if name == "END-CHOSEN":
            here.expected.add(("DQ13", planned))


def passed_over(here: Ground) -> None:
    """DQ15: a heat value that is measured every month while the account takes a default, and nobody says why."""
    here.add("settings.regimes", {"regime": "r"})
    for name, reason, basis in (
        ("OVER-SILENT", " ", "default"),
        ("OVER-TWIN", "样品没有缩分 / the sample is not a composite", "default"),
        ("OVER-TAKEN", "", "measured"),
    ):
        here.parameter(name, stream_id=name, kind="ncv", role="record", record_only_reason=reason)
        planned = here.planned(name, name, kind="ncv", unit="kg", aggregation="mean", role="record")
        here.add("accounting.emission_terms", {"measured_id": f"r|{name}|2025-01-01|ncv", "basis": basis})
        if name == "OVER-SILENT":
            here.expected.add(("DQ15", f"r/{planned}"))


PLANTS = (accreditations, reports, digits, passed_over)
