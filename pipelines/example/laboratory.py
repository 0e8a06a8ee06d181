"""What is typed into the fill-in workbook: the sold steam's state, the condensate's warmth, the diesel's biomass share.

It holds no coal and no coke: those come from a laboratory of their own.
"""

from __future__ import annotations

from collections.abc import Iterator
from datetime import date
from decimal import Decimal

from pipelines.example import chance, days, sheets, stock
from pipelines.example.truth import Share

SHEET = "数据 data"
HEADER = [
    "工厂代码",
    "物料代码",
    "样品代码",
    "检测项目",
    "检测值",
    "计量单位",
    "采样日",
    "检测日",
    "基准",
    "实验室",
    "备注",
]
PLANT, STEAM, CONDENSATE = "NJ-F", "ZQ-GR", "NS-HS"
METERING_ROOM, OIL_SUPPLIER = "动力设备部计量室", "南京示例石油销售有限公司"
# Superheated steam at 1.2 MPa (absolute): °C and kJ/kg of the two neighbouring rows of the steam table (IAPWS-IF97).
PRESSURE_MPA = Decimal("1.20")
COLDER, HOTTER = (250, Decimal("2935.6")), (300, Decimal("3046.3"))
# The supplier delivers diesel with five per cent of bio-diesel from this day on, and certifies the share month by month.
BLENDED_FROM = date(2025, 1, 1)

Row = list


def share(seed: int) -> Share:
    """A workbook a year; the truth is what was written down: kJ/kg, °C and shares by mass."""
    result = Share()
    for year in (2023, 2024, 2025, 2026):
        rows = [row for month in days.MONTHS if month.year == year for row in _month(seed, month, result)]
        content = sheets.workbook({SHEET: [HEADER, *rows]}, "0.0000")
        result.deliver(f"{days.received(year)}_NJ-F_化验与品质填报_{year}.xlsx", content, len(rows))
    return result


def _month(seed: int, month: date, result: Share) -> Iterator[Row]:
    """The month's rows, each written into the truth where the plan asks for it."""
    random = chance.stream(seed, f"steam {month}")
    warmth = chance.rounded(274 * chance.around(random, 0.05), 1)
    enthalpy = _enthalpy(warmth)
    returned = chance.rounded(82 * chance.around(random, 0.06), 1)
    known = {"F-STX-H": enthalpy, "F-COND-T": returned}
    yield _row(month, STEAM, "ZQ", "pressure", PRESSURE_MPA, "MPa", METERING_ROOM)
    yield _row(month, STEAM, "ZQ", "temperature", warmth, "℃", METERING_ROOM)
    yield _row(month, STEAM, "ZQ", "enthalpy", enthalpy, "kJ/kg", METERING_ROOM, "1.2 MPa 过热蒸汽，按蒸汽表内插")
    yield _row(month, CONDENSATE, "NS", "temperature", returned, "℃", METERING_ROOM)
    if month >= BLENDED_FROM:
        known["F-DIESEL-BIO"] = blended = chance.rounded(0.05 * chance.around(random, 0.04), 4)
        yield _row(month, stock.DIESEL.code, "CY", "biomass_share", blended, "1", OIL_SUPPLIER, "B5 柴油质量证书")
    for series, value in known.items():
        result.monthly.setdefault(series, {})[days.label(month)] = value


def _enthalpy(warmth: Decimal) -> Decimal:
    """The line between the two rows of the steam table, kJ/kg to one decimal."""
    (colder, low), (hotter, high) = COLDER, HOTTER
    return (low + (high - low) * (warmth - colder) / (hotter - colder)).quantize(Decimal("0.1"))


def _row(
    month: date, material: str, letters: str, item: str, value: Decimal, unit: str, laboratory: str, remark: str = ""
) -> Row:
    sampled = month.replace(day=15)
    sample = f"{letters}-{month:%Y%m}"
    return [PLANT, material, sample, item, value, unit, sampled, sampled, "", laboratory, remark]
