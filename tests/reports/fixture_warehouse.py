"""A small made-up enterprise as a finished warehouse, for the tests of what people look at. No model computed its rows.

It holds what is awkward: an incomplete facility, an error row, a facility out of the boundary, names and file names that
are markup or spreadsheet formulas, a negative stream, verdicts of every kind and a month that is missing.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterator
from datetime import date, timedelta
from decimal import Decimal
from pathlib import Path
from typing import NamedTuple

HERE = Path(__file__).parent
SCRIPT = '<script>alert("x")</script>'
FORMULA = "=cmd|' /C calc'!A0"
HOSTILE_FILE = "=cmd|' /C calc'!A0 <img src=x onerror=alert(1)>.csv"
MONTHS = [date(2024 + index // 12, index % 12 + 1, 1) for index in range(22)]
MARCH, APRIL = date(2025, 3, 1), date(2025, 4, 1)
SEASON = [118, 104, 109, 92, 88, 97, 121, 126, 99, 93, 101, 115]
GAS_SUM = Decimal("13.057975")  # 万Nm3, what CSV_TEXT adds up to
CSV_TEXT = "表号,日期,用气量(Nm3)\n" + "".join(f"G-01,2025-03-{day:02d},{4100 + 7 * day}.25\n" for day in range(1, 32))
EXPLAINED = {"regime": "gbt32150", "facility": "F1", "stream": "S1-GAS", "month": "2025-03", "gas": "CO2"}


class Stream(NamedTuple):
    """A source stream, a usual month's quantity, and the t CO2e per unit that each regime takes for it."""

    stream_id: str
    facility: str
    name_zh: str
    name_en: str
    kind: str
    fuel: str
    origin: str
    unit: str
    base: str
    factors: dict[str, str]

    @property
    def scope(self) -> str:
        return "scope_1" if "combustion" in self.kind else "scope_2"


def _both(gbt: str, ghgp: str) -> dict[str, str]:
    return {"gbt32150": gbt, "ghgp_location": ghgp}


BURNT, BOUGHT = "stationary_combustion", "purchased_electricity"
STREAMS = [
    Stream("S1-GAS", "F1", "锅炉天然气", "Boiler natural gas", BURNT, "natural_gas", "purchased", "万Nm3", "14.2",
           _both("21.62188809", "21.8403")),
    Stream("S1-COAL", "F1", "导热油炉烟煤", "Heater coal", BURNT, "bituminous_coal", "purchased", "t", "310.5",
           _both("1.7417", "2.4407")),
    Stream("S1-ELEC", "F1", "外购电力", "Purchased electricity", BOUGHT, "electricity", "purchased", "kWh", "1842300",
           _both("0.0005306", "0.0005978")),
    Stream("S1-HEAT", "F1", "外购蒸汽", "Purchased steam", "purchased_heat", "heat", "purchased", "GJ", "2270",
           _both("0.11", "0.11")),
    Stream("S1-PV", "F1", "光伏上网电量", "Exported solar power", "exported_electricity", "electricity", "own_generated",
           "kWh", "96200", {"gbt32150": "-0.0005306"}),
    Stream("S2-ELEC", "F2", "二厂外购电力", "Plant 2 electricity", BOUGHT, "electricity", "purchased", "kWh", "655000",
           _both("0.0005306", "0.0005246")),
    Stream("S2-DIESEL", "F2", FORMULA, SCRIPT, "mobile_combustion", "diesel", "purchased", "t", "6.4",
           _both("3.0959", "3.1860")),
]  # fmt: skip
FACTORS = [
    ("gbt/ncv/natural_gas", "ncv", "natural_gas", "389.31", "GJ/万Nm3", "GB/T 32151.34-2024", "confirmed"),
    ("gbt/carbon_content/natural_gas", "carbon_content", "natural_gas", "0.0153", "t/GJ", "2024", "confirmed"),
    ("gbt/oxidation_factor/natural_gas", "oxidation_factor", "natural_gas", "0.99", "", "2024", "confirmed"),
    ("cn_grid_average/2023", "emission_factor", "electricity", "0.5306", "t/MWh", "2023", "secondary"),
    ("heat_default", "emission_factor", "heat", "0.11", "t/GJ", SCRIPT, "unverified"),
    ("gbt/ncv/lpg", "ncv", "lpg", "50.179", "GJ/t", "2024", "confirmed"),
]
CONTROLS = [
    ("DQ01", "每期有数", "Every period has data", "entry", "E", "suite", "数据缺失", "补齐数据"),
    ("DQ02", "在计划范围内", "Within the planned range", "entry", "W", "suite", "超出范围", "核对并说明"),
    ("DQ14", "电表在检定期内", "Meter calibration valid", "entry", "E", "suite", "检定过期", "送检"),
    ("DQ23", "设施均已划界", "Every facility is in or out", "exit", "E", "dbt", "设施未划界", "补入计划"),
    ("DQ25", "编制审核批准三分离", "Maker, checker, approver differ", "exit", "E", "manual", "人工核对", "签字"),
]


def inventory_rows() -> list[tuple]:
    """fct_inventory: one row per regime, stream, month and gas. Plant 2 lacks March 2025 and its April is an error."""
    return [
        row
        for stream in STREAMS
        for regime, factor in stream.factors.items()
        for month in MONTHS
        for row in _gases(stream, regime, Decimal(factor), month)
    ]


def _gases(stream: Stream, regime: str, factor: Decimal, month: date) -> Iterator[tuple]:
    quantity = _quantity(stream, month)
    tonnes = None if quantity is None else (quantity * factor).quantize(Decimal("0.000001"))
    shares, status, zh, en = _standing(stream.stream_id, month)
    if status == "error":
        tonnes = None
    for gas in ("CO2", "CH4", "N2O") if regime == "ghgp_location" and stream.scope == "scope_1" else ("CO2",):
        part = tonnes if gas == "CO2" or tonnes is None else (tonnes / 1000).quantize(Decimal("0.000001"))
        yield (regime, month.year, month, stream.facility, stream.scope, stream.stream_id, stream.kind, stream.fuel, gas,
               quantity, stream.unit, part, part, *shares, status, zh, en,
               f"{regime}|{stream.stream_id}|{month:%Y-%m}|{gas}")  # fmt: skip


def _quantity(stream: Stream, month: date) -> Decimal | None:
    if (stream.stream_id, month) == ("S2-ELEC", MARCH):
        return None
    if (stream.stream_id, month) == ("S1-GAS", MARCH):
        return GAS_SUM
    return (Decimal(stream.base) * SEASON[month.month - 1] / 100).quantize(Decimal("0.0001"))


def _standing(stream_id: str, month: date) -> tuple[tuple, str, str, str]:
    """Shares (measured, apportioned, overridden, substituted), status and reason of a stream's month."""
    if (stream_id, month) == ("S2-ELEC", MARCH):
        return (None,) * 4, "incomplete", "没有电量，计划没有补数规则", "no electricity came and no rule fills the gap"
    if (stream_id, month) == ("S2-DIESEL", APRIL):
        return ("1", "0", "0", "0"), "error", "没有适用的排放因子", "no emission factor in force"
    if stream_id == "S1-HEAT" and month.month in (2, 3):
        return ("0.64", "0.36", "0", "0"), "complete", "", ""
    if (stream_id, month) == ("S1-ELEC", date(2025, 6, 1)):
        return ("0.9667", "0", "0", "0.0333"), "complete", "", ""
    if (stream_id, month) == ("S1-COAL", MARCH):
        return ("0", "0", "1", "0"), "complete", "", ""
    return ("1", "0", "0", "0"), "complete", "", ""


def total_rows() -> list[tuple]:
    """fct_totals: what is known, summed as Decimals; incomplete as soon as one line is."""
    sums: dict[tuple, Decimal] = defaultdict(Decimal)
    reasons: dict[tuple, list[tuple]] = defaultdict(list)
    for row in inventory_rows():
        key = (row[0], row[1], row[3], row[4])
        sums[key] += row[12] or 0
        reasons[key] += [row[18:20]] if row[17] != "complete" else []
    return [
        (*key, value, "incomplete" if reasons[key] else "complete", *(reasons[key][0] if reasons[key] else ("", "")))
        for key, value in sorted(sums.items())
    ]


def activity_rows() -> list[tuple]:
    """fct_activity_data: the quantities of the inventory without a regime."""
    rows = {}
    for row in inventory_rows():
        hours = 744 if row[9] is None else 24 if row[16] == "0.0333" else 0
        quantity, unit = row[9], row[10]
        rows[row[5], row[2]] = (row[5], row[3], f"P-{row[5]}", "activity_data", row[2], quantity, unit, quantity, quantity,
                                *row[13:17], hours)  # fmt: skip
    return list(rows.values())


def completeness_rows() -> list[tuple]:
    """Points over ten months: E2 is silent in March, E1 lacks two hours on the ninth of every month, G1 has two meters."""
    rows = []
    for point, facility, expected in [("E1", "F1", 96), ("E2", "F2", 96), ("G1", "F1", 1)]:
        for offset in range((date(2025, 11, 1) - date(2025, 1, 1)).days):
            day = date(2025, 1, 1) + timedelta(offset)
            lost = expected if point == "E2" and day.month == 3 else 8 if point == "E1" and day.day == 9 else 0
            meters = ["M-G1", "M-G1-B"] if point == "G1" else [f"M-{point}"]
            rows += [(point, meter, facility, day, expected, expected - lost) for meter in meters]
    return rows


def verdict_rows() -> list[tuple]:
    """Every status there is; DQ23 speaks for the enterprise as a whole and for no month."""
    known = {("DQ01", "F2", MARCH): "FAIL", ("DQ02", "F2", MARCH): "MISSING", ("DQ02", "F1", date(2024, 7, 1)): "ERROR"}
    rows = [("DQ23", None, None, "PASS", "E", 3, 3, 0, "")]
    for control, *_, severity, enforced, _, _ in CONTROLS:
        for facility, month in [
            (facility, month) for facility in ("F1", "F2") for month in MONTHS if enforced != "dbt"
        ]:
            late = (control, facility) == ("DQ14", "F2") and month >= date(2025, 8, 1)
            usual = "MANUAL" if enforced == "manual" else "FAIL" if late else "PASS"
            status = known.get((control, facility, month), usual)
            rows.append(
                (
                    control,
                    facility,
                    month,
                    status,
                    severity,
                    7,
                    7,
                    int(status == "FAIL"),
                    "cannot run" * (status == "ERROR"),
                )
            )
    return rows
