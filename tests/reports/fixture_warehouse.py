"""A small made-up enterprise as a finished warehouse, for the tests of what people look at. No model computed its rows.

It holds what is awkward: an incomplete facility, an error row, a facility out of the boundary, names and file names that
are markup or spreadsheet formulas, a negative stream, a quantity of zero and a month that is missing.
"""

from __future__ import annotations

import hashlib
from collections import defaultdict
from collections.abc import Iterable
from datetime import date, datetime, timedelta
from decimal import Decimal
from pathlib import Path

import duckdb

from pipelines.workspace import Workspace

SCRIPT = '<script>alert("x")</script>'
FORMULA = "=cmd|' /C calc'!A0"
HOSTILE_FILE = "=cmd|' /C calc'!A0 <img src=x onerror=alert(1)>.csv"
AS_OF = date(2025, 11, 22)
MONTHS = [date(2024 + index // 12, index % 12 + 1, 1) for index in range(22)]
SEASON = [118, 104, 109, 92, 88, 97, 121, 126, 99, 93, 101, 115]
EXPLAINED = {"regime": "gbt32150", "facility": "F1", "stream": "S1-GAS", "month": "2025-03", "gas": "CO2"}
CSV_TEXT = "电表编号,日期,用气量(Nm3)\n" + "".join(
    f"G-01,2025-03-{day:02d},{4100 + 7 * day}.25\n" for day in range(1, 32)
)

FACILITIES = [
    ("F1", "苏州一厂", "Suzhou plant 1", "碳库示例制造有限公司", "CN-JS", True, "", True, None),
    ("F2", "宁波二厂", "Ningbo plant 2", "碳库示例制造有限公司", "CN-ZJ", True, "", False, None),
    ("F3", f"南通仓库{SCRIPT}", f"Nantong depot {SCRIPT}", "碳库示例制造有限公司", "CN-JS", False,
     "租赁，由出租方核算 / leased, accounted by the landlord", False, "126.400000"),
]  # fmt: skip
# stream: facility, names, type, fuel, origin, unit, base quantity, t CO2e per unit in each regime (None: not accounted)
STREAMS = {
    "S1-GAS": ("F1", "锅炉天然气", "Boiler natural gas", "stationary_combustion", "natural_gas", "purchased",
               "万Nm3", "14.2", {"gbt32150": "21.6219", "ghgp_location": "21.8403"}),
    "S1-COAL": ("F1", "导热油炉烟煤", "Thermal-oil heater coal", "stationary_combustion", "bituminous_coal", "purchased",
                "t", "310.5", {"gbt32150": "1.7417", "ghgp_location": "2.4407"}),
    "S1-ELEC": ("F1", "外购电力", "Purchased electricity", "purchased_electricity", "electricity", "purchased",
                "kWh", "1842300", {"gbt32150": "0.0005306", "ghgp_location": "0.0005978"}),
    "S1-HEAT": ("F1", "外购蒸汽", "Purchased steam", "purchased_heat", "heat", "purchased",
                "GJ", "2270", {"gbt32150": "0.11", "ghgp_location": "0.11"}),
    "S1-PV": ("F1", "光伏上网电量", "Exported solar power", "exported_electricity", "electricity", "own_generated",
              "kWh", "96200", {"gbt32150": "-0.0005306"}),
    "S2-ELEC": ("F2", "二厂外购电力", "Plant 2 electricity", "purchased_electricity", "electricity", "purchased",
                "kWh", "655000", {"gbt32150": "0.0005306", "ghgp_location": "0.0005246"}),
    "S2-DIESEL": ("F2", FORMULA, SCRIPT, "mobile_combustion", "diesel", "purchased",
                  "t", "6.4", {"gbt32150": "3.0959", "ghgp_location": "3.1860"}),
}  # fmt: skip
FACTORS = [
    ("D-NG-NCV", "ncv", "natural_gas", "CN", "389.31", "GJ/万Nm3", "GB/T 32151.34-2024", "confirmed"),
    ("D-NG-CC", "carbon_content", "natural_gas", "CN", "0.0153", "tC/GJ", "GB/T 32151.34-2024", "confirmed"),
    ("D-NG-OF", "oxidation_factor", "natural_gas", "CN", "0.99", "1", "GB/T 32151.34-2024", "confirmed"),
    ("G-2023", "emission_factor", "electricity", "CN", "0.5306", "tCO2/MWh", "2023", "transcribed"),
    ("H-DEF", "emission_factor", "heat", "CN", "0.11", "tCO2/GJ", SCRIPT, "unverified"),
    ("UNUSED", "ncv", "lpg", "CN", "50.179", "GJ/t", "GB/T 32151.34-2024", "confirmed"),
]
CONTROLS = [
    ("DQ01", "每期有数", "Every period has data", "9.2.2", "entry", "E", "suite", "数据缺失", "补齐数据"),
    ("DQ02", "在计划范围内", "Within the planned range", "9.2.2", "entry", "W", "suite", "超出范围", "核对并说明"),
    ("DQ14", "电表在检定期内", "Meter calibration valid", "9.2.2", "entry", "E", "suite", "检定过期", "送检"),
    ("DQ25", "编制审核批准三分离", "Maker, checker, approver differ", "8.5.2", "exit", "E", "manual", "人工核对", "签字"),
]  # fmt: skip


def months_of(year: int) -> list[date]:
    return [month for month in MONTHS if month.year == year]


def inventory_rows() -> list[tuple]:
    """fct_inventory, one row per regime, stream, month and gas; plant 2 lacks March 2025 and its April is an error."""
    rows = []
    for stream, (facility, _, _, kind, fuel, _, unit, base, factors) in STREAMS.items():
        scope = "scope_1" if "combustion" in kind else "scope_2"
        for regime, factor in factors.items():
            for month in MONTHS:
                rows += _month_rows(regime, month, facility, scope, stream, kind, fuel, unit, Decimal(base), factor)
    return rows


def _month_rows(regime, month, facility, scope, stream, kind, fuel, unit, base, factor) -> Iterable[tuple]:
    quantity = (base * SEASON[month.month - 1] / 100).quantize(Decimal("0.0001"))
    tonnes = (quantity * Decimal(factor)).quantize(Decimal("0.000001"))
    shares, status, zh, en = ("1", "0", "0"), "complete", "", ""
    if stream == "S1-HEAT" and month.month in (2, 3):
        shares = ("0.64", "0.36", "0")
    if stream == "S1-ELEC" and month == date(2025, 6, 1):
        shares = ("0.9667", "0", "0.0333")
    if stream == "S2-ELEC" and month == date(2025, 3, 1):
        quantity = tonnes = None
        shares, status = (None, None, None), "incomplete"
        zh, en = (
            "2025-03 没有电量，计划没有补数规则",
            "2025-03: no electricity came and the plan has no rule for the gap",
        )
    if stream == "S2-DIESEL" and month == date(2025, 4, 1):
        tonnes, status, zh, en = None, "error", "没有适用的排放因子", "no emission factor in force"
    for gas in ["CO2", "CH4", "N2O"] if regime == "ghgp_location" and scope == "scope_1" else ["CO2"]:
        part = tonnes if gas == "CO2" or tonnes is None else (tonnes / 1000).quantize(Decimal("0.000001"))
        yield (regime, month.year, month, facility, scope, stream, kind, fuel, gas, quantity, unit, part, part, *shares,
               status, zh, en, f"{regime}|{stream}|{month:%Y-%m}|{gas}")  # fmt: skip


def total_rows() -> list[tuple]:
    """fct_totals: what is known, summed as Decimals; incomplete as soon as one line is."""
    sums: dict[tuple, Decimal] = defaultdict(Decimal)
    reasons: dict[tuple, list] = defaultdict(list)
    for row in inventory_rows():
        key = (row[0], row[1], row[3], row[4])
        sums[key] += row[12] or 0
        if row[16] != "complete":
            reasons[key].append(row[17:19])
    return [
        (*key, value, "incomplete" if reasons[key] else "complete", *(reasons[key][0] if reasons[key] else ("", "")))
        for key, value in sorted(sums.items())
    ]


def activity_rows() -> list[tuple]:
    rows, seen = [], set()
    for row in inventory_rows():
        if (row[5], row[2]) not in seen:
            seen.add((row[5], row[2]))
            missing = {"S1-ELEC": 24, "S2-ELEC": 744}.get(row[5], 0) if None in row[13:16] or row[15] == "0.0333" else 0
            rows.append((row[5], row[3], f"P-{row[5]}", row[2], row[9], row[10], row[9], row[9], *row[13:16], missing))
    return rows


def completeness_rows() -> list[tuple]:
    rows = []
    for point, facility, interval in [("E1", "F1", 15), ("E2", "F2", 15), ("G1", "F1", 1440)]:
        for offset in range((date(2025, 10, 31) - date(2025, 1, 1)).days + 1):
            day = date(2025, 1, 1) + timedelta(offset)
            expected = 1440 // interval
            lost = point == "E2" and day.month == 3
            present = 0 if lost else expected - 8 if point == "E1" and day.day == 9 and expected > 8 else expected
            rows.append((point, f"M-{point}", facility, day, expected, present))
    return rows


def verdict_rows() -> list[tuple]:
    rows = []
    for control, *_, severity, enforced, _, _ in CONTROLS:
        for facility in ("F1", "F2"):
            for month in MONTHS:
                status = "MANUAL" if enforced == "manual" else "PASS"
                if facility == "F2" and (control, month) == ("DQ01", date(2025, 3, 1)):
                    status = "FAIL"
                if facility == "F2" and (control, month) == ("DQ02", date(2025, 3, 1)):
                    status = "MISSING"
                if facility == "F2" and control == "DQ14" and month >= date(2025, 8, 1):
                    status = "FAIL"
                if facility == "F1" and (control, month) == ("DQ02", date(2024, 7, 1)):
                    status = "ERROR"
                rows.append((control, facility, month, status, severity, 7, 1 if status == "FAIL" else 0))
    return rows


def delivery_rows(sha: str) -> list[tuple]:
    other = hashlib.sha256(b"other").hexdigest()
    refused = hashlib.sha256(b"refused").hexdigest()
    return [
        (1, sha, "天然气日用量_2025-03.csv", "gas_daily", "load_profile", "ACCEPT", "", 31, 31, 0, 0, 31, 0, len(CSV_TEXT.encode())),
        (2, other, HOSTILE_FILE, "erp_movements", "stock_movement", "QUARANTINE_ROWS", "NUM_SYNTAX;DATE_INVALID", 120, 112, 3, 5, 110, 2, 9123),
        (4, refused, "不明文件.xlsx", None, None, "REJECT_FILE", "HDR_UNKNOWN", 0, 0, 0, 0, 0, 0, 20480),
    ]  # fmt: skip


def archive_rows(sha: str) -> list[tuple]:
    received = [
        (row[0], row[1], row[2], row[13], datetime(2025, 4, 2, 8, row[0]), "received", None, "")
        for row in delivery_rows(sha)
    ]
    again = (3, sha, "天然气 副本.csv", len(CSV_TEXT.encode()), datetime(2025, 4, 3), "duplicate", 1, "")
    return [*received, again]


def working_rows() -> list[tuple]:
    """The product of the one figure that tests walk home: quantity × NCV × carbon content × oxidation factor × 44/12."""
    emission = "gbt32150|S1-GAS|2025-03|CO2"
    quantity = next(row[9] for row in inventory_rows() if row[19] == emission)
    rows = [(emission, 0, "quantity", str(quantity), None, None, "万Nm3", None, "", "", "", "", "P-S1-GAS")]
    for order, (factor, term, *_, value, unit, edition, status) in enumerate(FACTORS[:3], 1):
        rows.append(
            (
                emission,
                order,
                term,
                value,
                None,
                None,
                unit,
                factor,
                edition,
                "GB/T 32151.34-2024",
                "table C.1",
                status,
                None,
            )
        )
    rows.append((emission, 4, "molar_ratio", "44/12", 44, 12, "tCO2/tC", None, "", "", "", "", None))
    for factor, term, *_, value, unit, edition, status in FACTORS[3:5]:
        other = {"G-2023": "S1-ELEC", "H-DEF": "S1-HEAT"}[factor]
        rows.append(
            (f"gbt32150|{other}|2025-03|CO2", 1, term, value, None, None, unit, factor, edition, "x", "y", status, None)
        )
    return rows


def reading_rows(sha: str) -> list[tuple]:
    rows = []
    for day in range(1, 32):
        start = date(2025, 3, day)
        amount = Decimal(4100 + 7 * day) + Decimal("0.25")
        rows.append((f"R{day:02d}", "P-S1-GAS", start, start + timedelta(1), amount / 10000, "万Nm3", 24, 0, "measured",
                     "load_profile", sha, "", day + 1, day + 1, None, None, None, amount, "Nm3", None))  # fmt: skip
    return rows


def admitted_rows() -> list[tuple]:
    return [
        (f"{row[2]}|{row[3]:%Y-%m}", row[2], row[0], row[1], "activity_data", "account", row[3], _next_month(row[3]), "month",
         row[5], row[4], row[4], 720, row[11], "1", row[6], row[7], "measured" if row[4] is not None else "missing",
         None, None, None, "")
        for row in activity_rows()
    ]  # fmt: skip


def _next_month(month: date) -> date:
    return (month + timedelta(32)).replace(day=1)


def tables(sha: str) -> dict[str, list[tuple]]:
    """Every table with its rows; `sha`: the SHA-256 of the one archived file."""
    inventory = inventory_rows()
    totals_zh = "没有电量"
    return {
        "settings.build": [(AS_OF, date(2024, 1, 1), "Asia/Shanghai", "碳库示例制造有限公司", "Tanku Example Manufacturing", "1")],
        "settings.regimes": [("gbt32150",), ("ghgp_location",)],
        "rules.stream_types": [("stationary_combustion", "scope_1", "固定燃烧", "Stationary combustion"), ("mobile_combustion", "scope_1", "移动燃烧", "Mobile combustion"), ("purchased_electricity", "scope_2", "购入电力", "Purchased electricity"), ("exported_electricity", "scope_2", "输出电力", "Exported electricity"), ("purchased_heat", "scope_2", "购入热力", "Purchased heat")],
        "rules.fuels": [("natural_gas", "天然气", "Natural gas"), ("bituminous_coal", "烟煤", "Bituminous coal"), ("diesel", "柴油", "Diesel"), ("electricity", "电力", "Electricity"), ("heat", "热力", "Heat")],
        "plan.roles": [("energy", "能源主管", "Energy manager", "动力部", "张三", "recorder")],
        "archive.deliveries": archive_rows(sha),
        "readings.readings": reading_rows(sha),
        "readings.unplanned": [("load_profile", "E9", "active_import", 31, HOSTILE_FILE, f"表计 E9 不在计划中{SCRIPT}", f"meter E9 is not in the plan {SCRIPT}")],
        "readings.admitted": admitted_rows(),
        "accounting.workings": working_rows(),
        "accounting.emissions": [(r[19], r[0], r[5], r[3], r[2], r[8], r[4], r[11], r[12], "FACTOR_NONE" if r[16] == "error" else None, r[17], r[18]) for r in inventory],
        "marts.dim_facilities": FACILITIES,
        "marts.dim_streams": [(key, *value[:6]) for key, value in STREAMS.items()],
        "marts.dim_parameters": [(f"P-{key}", key, v[1] + "用量", v[2] + " consumption", "activity_data", "load_profile", key, "", v[6], "account", "month") for key, v in STREAMS.items()],
        "marts.dim_controls": [(c, zh, en, clause, door, severity, by, None, fix, f"mend: {en}", "energy", why, f"{en}: not met") for c, zh, en, clause, door, severity, by, why, fix in CONTROLS],
        "marts.dim_factors": [(*f[:7], f"{f[6]} 附录 C", "表 C.1 / table C.1", f[7], None, None) for f in FACTORS],
        "marts.dim_regimes": [("gbt32150", "GB/T 32150 企业核算", "GB/T 32150 enterprise accounts", "2024", "CO2", "conservative", "subtract", "national, latest published"), ("ghgp_location", "温室气体核算体系（基于位置）", "GHG Protocol, location-based", "2015", "AR5", "best_estimate", "exclude", "provincial, activity year")],
        "marts.fct_inventory": inventory,
        "marts.fct_totals": total_rows(),
        "marts.fct_activity_data": activity_rows(),
        "marts.fct_energy": [("F1", "S1-GAS", "natural_gas", month, Decimal("5528.2") + month.month, Decimal("188.9") + month.month) for month in MONTHS] + [("F2", "S2-DIESEL", "diesel", month, Decimal("272.97"), Decimal("9.33")) for month in MONTHS],
        "marts.fct_meter_completeness": completeness_rows(),
        "marts.fct_deliveries": delivery_rows(sha),
        "marts.fct_quarantine": [(HOSTILE_FILE, "", 7 + n, "NUM_SYNTAX", "数量", "1_000", f"第 {7 + n} 行：数量读不懂{SCRIPT}", f"row {7 + n}: the quantity cannot be read {SCRIPT}", "261,煤,1_000", hashlib.sha256(b"other").hexdigest()) for n in range(3)],
        "marts.fct_verdicts": verdict_rows(),
        "marts.fct_verdict_rows": [("DQ01", "E", "F2", "S2-ELEC", "P-S2-ELEC", date(2025, 3, 1), date(2025, 4, 1), None, f"{totals_zh}{SCRIPT}", f"no reading came {SCRIPT}"), *[("DQ14", "E", "F2", "S2-ELEC", "P-S2-ELEC", date(2025, m, 1), date(2025, m + 1, 1), "2025-07-31", "检定于 2025-07-31 到期", "calibration was due on 2025-07-31") for m in (8, 9, 10)]],
        "marts.fct_substitutions": [("F1", "S1-ELEC", "P-S1-ELEC", date(2025, 6, 1), date(2025, 7, 1), "MD-04", 24, Decimal("1787031"), Decimal("1850112.5"), Decimal("1861340.25"), "kwh")],
        "marts.fct_events": [("VALUE_REVISED", HOSTILE_FILE, "stock_movement", "1001/COAL/261/2025-02-03/5000001/1", "-12.5", "-13.75", 2)],
        "marts.fct_reconciliations": [("bill_against_meter", "F1", "S1-ELEC", date(2025, 5, 1), Decimal("1621224"), Decimal("1639000"), "kWh", Decimal("0.010965"), True, "账单比电表少 1.1 %", "the bill states 1.1 % less than the meter"), ("total_row", "F1", "S1-GAS", date(2025, 3, 1), Decimal("130571.75"), Decimal("130571.75"), "Nm3", Decimal("0"), False, "", "")],
    }  # fmt: skip


def fill(connection: duckdb.DuckDBPyConnection, sha: str) -> None:
    """The schema and every row into an empty database."""
    connection.execute((Path(__file__).parent / "fixture_schema.sql").read_text(encoding="utf-8"))
    for table, rows in tables(sha).items():
        marks = ", ".join("?" * len(rows[0]))
        connection.executemany(f"insert into {table} values ({marks})", rows)


def make_workspace(root: Path) -> Workspace:
    """A workspace whose one archived file backs the figure EXPLAINED, with its warehouse already published."""
    root.mkdir(parents=True, exist_ok=True)
    (root / "tanku.toml").write_text(
        '[enterprise]\nname_zh = "示例"\nname_en = "Example"\n'
        '[build]\nregimes = ["gbt32150", "ghgp_location"]\nfirst_period = 2024-01-01\n',
        encoding="utf-8",
    )
    workspace = Workspace.at(root)
    content = CSV_TEXT.encode()
    sha = hashlib.sha256(content).hexdigest()
    archived = workspace.archive / sha[:2] / sha
    archived.parent.mkdir(parents=True)
    archived.write_bytes(content)
    build = workspace.builds / "b1"
    build.mkdir(parents=True)
    with duckdb.connect(str(build / "warehouse.duckdb")) as connection:
        fill(connection, sha)
    workspace.published.symlink_to(Path("builds") / "b1")
    return workspace
