"""Cumulative meters read at month end: gas, heat, steam by weight and private power lines. It holds no bill.

One meter is replaced, one rolls over, one reading is missed; the grid company's curves stand elsewhere.
"""

from __future__ import annotations

from collections.abc import Mapping
from datetime import date
from decimal import Decimal
from itertools import pairwise

from pipelines.example import activity, chance, days, sheets
from pipelines.example.lines import LINES, NEW_FURNACE_GAS, OLD_FURNACE_GAS, Line, Meter
from pipelines.example.truth import Planted, Share

HEADER = ["表计编号", "抄表时间", "示数", "倍率", "位数", "事件", "单位"]
REMOVED, INSTALLED = "拆表", "装表"


REPLACED_ON = date(2024, 5, 16)
# What ran through the workshop's meter in the month before it was bought, as a part of the register.
BEFORE = Decimal("0.1")
MISSED = ("E-NG", date(2024, 4, 1))
JANUARY_FILE = "2026-01_能源计量抄表_各厂_202601.csv"

Row = list[str]


def share(
    seed: int, history: Mapping[date, activity.Day], generated: Mapping[str, Decimal], is_faulty: bool = True
) -> Share:
    """Each plant's readings, a file a year, and the true monthly quantity of each metered series.

    `generated`: what the roof of the foundry truly generated, kWh by month.
    """
    result = Share(is_faulty)
    readings: dict[str, list[Row]] = {}
    known = {"roof": {month: generated[days.label(month)] for month in days.MONTHS}}
    for line in LINES:
        used = known[line.series] = _monthly(seed, line, history, known)
        result.monthly[line.series] = {days.label(month): amount * line.scale for month, amount in used.items()}
        for month, rows in _readings(line, used, is_faulty).items():
            readings.setdefault(_file(line.plant, month), []).extend(rows)
    for name, rows in readings.items():
        encoding = "utf-8-sig" if "NJ-E" in name else "gb18030"
        result.deliver(name, sheets.delimited([HEADER, *rows], encoding), len(rows))
    _note(result, readings)
    return result


def _monthly(
    seed: int, line: Line, history: Mapping[date, activity.Day], known: Mapping[str, Mapping[date, Decimal]]
) -> dict[date, Decimal]:
    """What truly flowed in each month, in steps the register can show; a line may be a share of one before it."""
    random = chance.stream(seed, f"register {line.series}")
    used = {}
    for month in [month for month in days.MONTHS if month >= line.since]:
        if line.daily:
            whole = sum(line.daily(history[day]) for day in days.days_of(month))
        else:
            whole = float(known[line.share_of][month]) * line.share
        amount = whole * chance.around(random, line.spread)
        used[month] = chance.rounded(amount / line.meter.multiplier, line.meter.places) * line.meter.multiplier
    return used


def _readings(line: Line, used: Mapping[date, Decimal], is_faulty: bool) -> dict[date, list[Row]]:
    """The rows that become known at the end of each month; the very first reading goes with the first month."""
    meter, register = line.meter, line.meter.start
    rows: dict[date, list[Row]] = {}
    for month, amount in used.items():
        found = rows.setdefault(month, [])
        if month == line.since:
            found += _opening(line, register, is_faulty)
        if line.series == "F-NG" and month == REPLACED_ON.replace(day=1):
            meter, register = NEW_FURNACE_GAS, _replace(found, register, amount)
        else:
            register = (register + amount / meter.multiplier) % 10**meter.digits
        if not is_faulty or (line.series, days.next_month(month)) != MISSED:
            found.append(_row(meter, _month_end(line.plant, month), register))
    return rows


def _opening(line: Line, register: Decimal, is_faulty: bool) -> list[Row]:
    """The reading the first month begins with; a workshop bought brings the owner before's last month along."""
    before = line.since - days.ONE_DAY
    rows = [_row(line.meter, f"{line.since} 00:00", register)]
    if is_faulty and line.since > days.FIRST_DAY:
        rows.insert(0, _row(line.meter, f"{before.replace(day=1)} 00:00", register - line.meter.start * BEFORE))
    return rows


def _replace(found: list[Row], register: Decimal, amount: Decimal) -> Decimal:
    """The old meter comes out in the middle of the month, the new one goes in; returns what it shows at month end."""
    old, new = OLD_FURNACE_GAS, NEW_FURNACE_GAS
    before = (amount / old.multiplier * Decimal("0.5")).quantize(Decimal("0.1"))
    at = f"{REPLACED_ON.isoformat()} 14:30"
    found.append(_row(old, at, register + before, REMOVED))
    found.append(_row(new, at, new.start, INSTALLED))
    return new.start + amount - before * old.multiplier


def _row(meter: Meter, at: str, register: Decimal, event: str = "") -> Row:
    shown = f"{register:.{meter.places}f}"
    return [meter.meter_id, at, shown, str(meter.multiplier), str(meter.digits), event, meter.unit]


def _month_end(plant: str, month: date) -> str:
    """The same instant in two ways: 24:00 of the last day at the foundry, 0:00 of the next at the electronics plant."""
    following = days.next_month(month)
    return f"{following} 00:00" if plant == "NJ-E" else f"{following - days.ONE_DAY} 24:00"


def _file(plant: str, month: date) -> str:
    return JANUARY_FILE if month.year == 2026 else f"{month.year}-Q4_{plant}_能源计量抄表_{month.year}.csv"


def _note(result: Share, readings: Mapping[str, list[Row]]) -> None:
    """Writes down the replacement, the roll-over and the reading that was missed, with their rows."""
    for name, rows in readings.items():
        events = tuple(number for number, row in enumerate(rows, 2) if row[5])
        if events:
            result.planted.append(Planted("meter_replaced", name, "", events, "F-NG", (days.label(REPLACED_ON),)))
        for number, (before, after) in enumerate(pairwise(rows), 3):
            if before[0] == after[0] and Decimal(after[2]) < Decimal(before[2]):
                month = after[1][:7] if after[1].endswith("24:00") else _month_before(after[1])
                stream_id = next(line.series for line in LINES if line.meter.meter_id == after[0])
                result.planted.append(Planted("roll_over", name, "", (number,), stream_id, (month,), "REG_ROLLOVER"))
    if not result.is_faulty:
        return
    name = _file("NJ-E", MISSED[1])
    months = (_month_before(MISSED[1].isoformat()), days.label(MISSED[1]))
    note = f"no reading at {MISSED[1]} 00:00: two months stand in one interval"
    result.planted.append(Planted("missing_reading", name, "", (), MISSED[0], months, note=note))


def _month_before(at: str) -> str:
    return days.label(date.fromisoformat(at[:10]) - days.ONE_DAY)
