"""Faults that only a series shows, planted beside clean twins: days sent again, a shared reading, a property out of line.

The figures are simple enough to work out by hand; nothing here asks the code what it makes of them.
"""

from __future__ import annotations

from datetime import date, timedelta
from decimal import Decimal

from tests.doors.planting import FEBRUARY, JANUARY, Ground, months


def old_files(here: Ground) -> None:
    """DQ35: three days of the month before under new dates, where two may be chance; DQ38: no reading at the month's end."""
    for name, same in {"D-AGAIN": 3, "DAYS-TWIN": 2}.items():
        for at, month in enumerate((JANUARY, FEBRUARY)):
            moved = {day: 31 * at for day in range(28) if not 10 <= day < 10 + same}
            days = [Decimal(1000 + day + moved.get(day, 0)) for day in range(28)]
            planned = here.planned(name, name, month, record_type="load_profile", quantity=str(sum(days)))
            used = {"used_from": month, "used_to": month + timedelta(days=28)}
            here.add("readings.planned_meters", {"planned_id": planned, "meter_id": name} | used)
            for day, quantity in enumerate(days):
                reading = {"parameter_id": name, "record_type": "load_profile", "quantity": str(quantity)}
                here.add("readings.readings", reading | {"period_start": month + timedelta(days=day)})
        meter = {"meter_id": name, "point_id": name, "commodity": "electricity", "accuracy_class": "0.5S"}
        stretch = {"covered_from": date(2024, 1, 1), "covered_to": date(2026, 1, 1), "next_from": date(9999, 12, 31)}
        here.add("plan.meters", meter)
        here.add("readings.meter_calibrations", {"meter_id": name} | stretch)
    here.expected.add(("DQ35", "D-AGAIN@2025-02-01"))
    for name, basis in {"B-SHARED": "apportioned", "B-TWIN": "measured"}.items():
        planned = here.planned(name, name, record_type="register_reading", basis=basis)
        here.calibrated(planned, name, date(2024, 1, 1))
    here.expected.add(("DQ38", "B-SHARED@2025-01-01"))


def histories(here: Ground) -> None:
    """DQ34: a doubled month; DQ35: last month again; DQ11: a third more per product; each in a series of 14 months.

    DQ43: neither output nor the season explains the first and the last.
    """
    for name, spoilt in {"H-DOUBLE": {9: "2000.5"}, "H-AGAIN": {9: "1008.5"}, "H-TWIN": {}}.items():
        for at, month in enumerate(months(14)):
            days = {"unit": "t", "period_end": month + timedelta(days=30)}
            here.planned(name, name, month, quantity=spoilt.get(at, f"{1000 + at}.5"), **days)
    for name, more in {"I-MORE": Decimal("1.33"), "I-TWIN": Decimal(1)}.items():
        for at, month in enumerate(months(14)):
            days = {"unit": "t", "period_end": month + timedelta(days=30)}
            made = Decimal(500 + 100 * (at % 2) + at)  # up and down, and what is burnt goes with it
            here.planned(f"{name}-MADE", name, month, kind="production", quantity=str(made), **days)
            here.planned(name, name, month, quantity=str(made * 2 * (more if at == 9 else 1)), **days)
    here.expected |= {("DQ34", "H-DOUBLE@2024-10-01"), ("DQ35", "H-AGAIN@2024-10-01"), ("DQ11", "I-MORE@2024-10-01")}
    here.expected |= {("DQ43", "H-DOUBLE@2024-10-01"), ("DQ43", "I-MORE@2024-10-01")}


def property_histories(here: Ground) -> None:
    """DQ07: a value four per cent up, once; a new level that stays is no fault. DQ13: the value of the year before."""
    for name, levels in {
        "Q-GROSS": {9: Decimal("23.92")},
        "Q-TWIN": dict.fromkeys(range(7, 14), Decimal("23.92")),
    }.items():
        for at, month in enumerate(months(14)):
            value = levels.get(at, Decimal(23)) + Decimal(at % 4) / 100
            here.planned(name, name, month, quantity=str(value), kind="enthalpy", unit="kg", aggregation="mean")
            here.add("readings.readings", {"parameter_id": name, "period_start": month, "quantity": str(value)})
        here.stream(name)
    here.expected.add(("DQ07", "Q-GROSS@2024-10-01|enthalpy"))
    for name, value in {"A-YEAR": "20.15", "YEAR-TWIN": "20.16"}.items():
        claim = {"parameter_id": name, "record_type": "lab_assay", "measure": "ncv", "unit": "GJ/t"}
        here.add("readings.claims", claim | {"source_key": f"L/{name}"})
        for month, found in ((date(2024, 1, 1), "20.15"), (date(2024, 7, 1), "21.33"), (JANUARY, value)):
            here.planned(name, name, month, kind="ncv", unit="kg", aggregation="mean", record_type="lab_assay")
            key = f"{name}{month:%Y%m}"
            assay = {"record_id": key, "site_code": "L", "property": "ncv", "unit": "GJ/t", "basis": "ar"}
            assay |= {"material_code": name, "source_key": f"L/{name}", "sample_id": key, "is_current": True}
            here.add("staging.stg_lab_assays", assay | {"sampled_on": month, "tested_on": month, "quantity": found})
    here.expected.add(("DQ13", "A-YEAR202501|A-YEAR@2025-01-01"))


def bills(here: Ground) -> None:
    """DQ35: a bill of 412.37 after one of 412.37, and one as a year before; 400 twice may be chance."""
    for name, before, now in (
        ("BB-AGAIN", "412.37", "412.37"),
        ("BB-TWIN", "400", "400"),
        ("BB-NEW", "412.37", "412.38"),
    ):
        here.parameter(name, record_type="utility_bill", source_key=name)
        here.add("readings.claims", {"parameter_id": name, "record_type": "utility_bill", "source_key": name})
        for month, quantity in ((JANUARY, before), (FEBRUARY, now)):
            here.planned(name, name, month)
            bill = {"record_id": f"{name}{month:%m}", "account_id": name, "commodity": "heat", "is_current": True}
            period = {"period_start": month - timedelta(days=6), "period_end": month + timedelta(days=25)}
            here.add("staging.stg_utility_bills", bill | period | {"quantity": quantity})
    here.expected.add(("DQ35", "BB-AGAIN02|BB-AGAIN@2025-02-01"))


def bookings(here: Ground) -> None:
    """DQ39: 50 t received and 50.26 t bought, 0.5 % being 0.25 t; DQ40: 12.5 t on one day under two documents."""
    for name, bought in {"RC-MORE": "50.26", "RC-TWIN": "50.25"}.items():
        here.parameter(f"{name}-BUY", record_type="purchase", source_key=f"{name}/COAL", role="record")
        here.planned(f"{name}-BUY", name, quantity=bought, unit="t", record_type="purchase", role="record")
        month = {"facility_id": name, "material_code": "COAL", "unit": "t", "month": JANUARY}
        here.add("readings.stock_months", month | {"receipts": "50", "is_unknown": False})
    here.expected.add(("DQ39", "RC-MORE-BUY@2025-01-01"))
    cases = {  # document, movement, amount
        "TW-TWICE": [("1", "261", "-12.5"), ("2", "261", "-12.5")],
        "TW-TWIN": [("1", "261", "-12.5"), ("1", "261", "-12.5")],
        "TW-BACK-TWIN": [("1", "261", "-12.5"), ("2", "262", "12.5"), ("3", "261", "-12.5")],
        "TW-SUBTOTAL": [("1", "261", "-12.5"), ("2", "261", "-13.5"), ("", "261", "-26")],
        "TW-LEDGER-TWIN": [("", "201", "-12.5"), (None, "201", "-13.5")],  # a list that knows no documents
    }
    for name, rows in cases.items():
        here.parameter(name, record_type="stock_movement", source_key=f"L/{name}")
        here.planned(name, name, record_type="stock_movement")
        for document, movement, quantity in rows:
            row = {"site_code": "L", "source_key": f"L/{name}", "movement": movement, "document_number": document}
            row |= {"posting_date": JANUARY, "quantity": quantity, "is_current": True, "file_sha256": name}
            here.add("staging.stg_stock_movements", row)
    here.expected |= {("DQ40", "TW-TWICE@2025-01-01"), ("DQ40", "TW-SUBTOTAL@2025-01-01")}


def prices(here: Ground) -> None:
    """DQ42: a month's quantity halved while the money stays; a tariff that rises by a fifth and stays is no fault."""
    for name, quantities in {
        "PR-SLIP": ["100"] * 5 + ["50"] + ["100"] * 3,
        "PR-TWIN": ["100"] * 5 + ["83.333333"] * 4,
        "PR-NEW-TWIN": ["100"] * 2 + ["50"] + ["100"] * 2,  # five months are no history
    }.items():
        here.parameter(name, record_type="utility_bill", source_key=name)
        here.add("readings.claims", {"parameter_id": name, "record_type": "utility_bill", "source_key": name})
        for number, (month, quantity) in enumerate(zip(months(len(quantities)), quantities, strict=True)):
            here.planned(name, name, month)
            bill = {"record_id": f"{name}{number}", "account_id": name, "source_key": name, "commodity": "heat"}
            bill |= {"period_start": month, "period_end": (month + timedelta(days=31)).replace(day=1), "unit": "GJ"}
            # cents apart, so that no quantity is that of another month
            known = {
                "quantity": str(Decimal(quantity) + Decimal(number) / 100),
                "amount_cny": "5000",
                "is_current": True,
            }
            here.add("staging.stg_utility_bills", bill | known)
    here.expected.add(("DQ42", "utility_bill|PR-SLIP|heat|GJ|PR-SLIP@2024-06-01"))


def still_prices(here: Ground) -> None:
    """DQ42: a price of 50.00 in every month but one, where 9,899 was typed for 9,989; cents of rounding are no fault."""
    for name, odd in {"PR-TYPO": ("9899", "499450.00"), "PR-CENT-TWIN": ("9989", "499450.01")}.items():
        here.parameter(name, record_type="utility_bill", source_key=name)
        here.add("readings.claims", {"parameter_id": name, "record_type": "utility_bill", "source_key": name})
        for number, month in enumerate(months(7)):
            here.planned(name, name, month)
            quantity, amount = (str(9000 + number), f"{(9000 + number) * 50}.00") if number != 3 else odd
            bill = {"record_id": f"{name}{number}", "account_id": name, "source_key": name, "commodity": "heat"}
            bill |= {"period_start": month, "period_end": (month + timedelta(days=31)).replace(day=1), "unit": "GJ"}
            known = {"quantity": quantity, "amount_cny": amount, "is_current": True}
            here.add("staging.stg_utility_bills", bill | known)
    here.expected.add(("DQ42", "utility_bill|PR-TYPO|heat|GJ|PR-TYPO@2024-04-01"))


def levels(here: Ground) -> None:
    """DQ43: a month a fifth lower, where nothing else is; DQ44: a tenth of a month's use counted in the next one.

    DQ34 besides: two odd months a year apart excuse each other of nothing. A use that follows the output is no fault.
    """
    daily = {
        "LV-LOW": {8: Decimal("0.8")},
        "LV-CUT": {8: Decimal("1.1"), 9: Decimal("0.9")},
        "LV-HIDE": {2: Decimal(2), 14: Decimal("1.7")},
        "LV-TWIN": {8: Decimal("1.04"), 9: Decimal("0.96")},
    }
    for name, levels_of in daily.items():
        for number, month in enumerate(months(24)):
            days = (month.replace(day=28) + timedelta(days=4)).replace(day=1) - month
            level = levels_of.get(number, Decimal(1)) + Decimal(number * 7 % 5) / 1000
            here.planned(name, name, month, quantity=str(level * days.days * 100), basis="measured")
    here.expected |= {("DQ43", "LV-LOW@2024-09-01"), ("DQ44", "LV-CUT@2024-09-01")}
    here.expected |= {
        (control, f"LV-HIDE@{month}") for control in ("DQ34", "DQ43") for month in ("2024-03-01", "2025-03-01")
    }


def output_follows(here: Ground) -> None:
    """A facility's output and its use fall together by a quarter: neither DQ43 nor DQ44 speaks."""
    for number, month in enumerate(months(18)):
        share = Decimal("0.75") if number == 8 else Decimal(1)
        here.planned("LO-OUT", "LO-TWIN", month, quantity=str(1000 * share + number), kind="production", unit="t")
        here.planned("LO-TWIN", "LO-TWIN", month, quantity=str(500 * share + number))


def steam(here: Ground) -> None:
    """DQ29: 2,949 kJ/kg typed for 2,994 at 276 ℃; at 262 ℃ it is what such steam holds."""
    samples = [(Decimal(2960) + Decimal("2.2") * at, Decimal(262 + at)) for at in range(0, 24, 2)]
    for name, odd in {
        "ST-TYPO": (Decimal("2945.8"), Decimal(276)),
        "ST-TWIN": (Decimal("2990.8"), Decimal(276)),
    }.items():
        claim = {"parameter_id": name, "record_type": "lab_assay", "measure": "enthalpy", "unit": "kJ/kg"}
        here.add("readings.claims", claim | {"source_key": f"L/{name}"})
        for number, (month, sample) in enumerate(zip(months(12), samples, strict=True)):
            here.planned(name, name, month, kind="enthalpy", unit="kg", aggregation="mean", record_type="lab_assay")
            enthalpy, temperature = odd if number == 7 else sample
            for measure, quantity, unit in (("enthalpy", enthalpy, "kJ/kg"), ("temperature", temperature, "℃")):
                key = f"{name}{number}{measure}"
                assay = {"record_id": key, "site_code": "L", "property": measure, "unit": unit, "is_current": True}
                assay |= {"material_code": name, "source_key": f"L/{name}", "sample_id": f"{name}{number}"}
                here.add(
                    "staging.stg_lab_assays",
                    assay | {"sampled_on": month, "tested_on": month, "quantity": str(quantity)},
                )
    here.expected.add(("DQ29", "ST-TYPO7enthalpy|ST-TYPO@2024-08-01"))


def slips(here: Ground) -> None:
    """DQ34: a day read in megawatt-hours among thirty of about 1,000 kWh; one at a fortieth is a plant at rest."""
    for name, odd in {"SL-DAY": "1.011", "SL-TWIN": "25.5"}.items():
        days = [str(1000 + day) if day != 11 else odd for day in range(31)]
        quantity = str(sum(map(Decimal, days)))
        planned = here.planned(name, name, record_type="load_profile", quantity=quantity)
        here.calibrated(planned, name, date(2024, 1, 1))
        for day, read in enumerate(days):
            reading = {"parameter_id": name, "record_type": "load_profile", "quantity": read}
            here.add("readings.readings", reading | {"period_start": JANUARY + timedelta(days=day)})
    here.expected.add(("DQ34", "SL-DAY@2025-01-01"))


PLANTS = (
    old_files,
    histories,
    property_histories,
    bills,
    bookings,
    prices,
    still_prices,
    levels,
    output_follows,
    steam,
    slips,
)
