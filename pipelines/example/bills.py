"""Utility bills: electricity, gas and district heat as the suppliers charge them, one of them three per cent off the meter.

It holds no meter reading.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from datetime import date, timedelta
from decimal import Decimal
from itertools import pairwise

from pipelines.example import activity, chance, curves, days, sheets
from pipelines.example.truth import Bill, Planted, Share

HEADER = ["户号", "能源类型", "起始日期", "截止日期", "计费电量", "单位", "金额(元)", "发票号码"]
FOUNDRY_POWER, ELECTRONICS_POWER = "3299100100017", "3299200200013"
ELECTRONICS_GAS, ELECTRONICS_HEAT = "RQ-88-20071", "RL-88-01180"
COMMODITY = {
    FOUNDRY_POWER: "电力",
    ELECTRONICS_POWER: "电力",
    ELECTRONICS_GAS: "天然气",
    ELECTRONICS_HEAT: "热力",
}
PRICE_CNY = {
    FOUNDRY_POWER: Decimal("0.6825"),
    ELECTRONICS_POWER: Decimal("0.7040"),
    ELECTRONICS_GAS: Decimal("3.92"),
    ELECTRONICS_HEAT: Decimal("96.50"),
}
OFF_METER = date(2025, 7, 1)
OFF_BY = Decimal("1.03")


def share(
    seed: int,
    history: Mapping[date, activity.Day],
    drawn: curves.Curves,
    gas: Mapping[str, Decimal],
    is_faulty: bool = True,
) -> Share:
    """The bills of all accounts, a power file and a gas and heat workbook a year; the true heat by month.

    `gas`: what the electronics plant's gas meter truly counted, by month.
    """
    result = Share(is_faulty)
    heat = _daily_heat(seed, history)
    result.monthly["E-HEAT"] = {days.label(month): _sum(heat, days.days_of(month)) for month in days.MONTHS}
    cut_off = _cut_off_periods()
    result.bills = [
        *_power(seed, FOUNDRY_POWER, drawn[curves.STREAMS["F-EL"]], _calendar_periods(), is_faulty),
        *_power(seed, ELECTRONICS_POWER, drawn[curves.STREAMS["E-EL"]], cut_off),
        *_gas(seed, gas),
        *(Bill(ELECTRONICS_HEAT, start, end, _sum(heat, days.span(start, end)), "GJ") for start, end in cut_off),
    ]
    _deliver(result)
    return result


def _sum(daily: Mapping[date, Decimal], chosen: Iterable[date]) -> Decimal:
    return sum((daily[day] for day in chosen), Decimal(0))


def _calendar_periods() -> list[tuple[date, date]]:
    return [(month, days.next_month(month)) for month in days.MONTHS]


def _cut_off_periods() -> list[tuple[date, date]]:
    """From the 26th to the 25th: no bill stands in one month alone."""
    starts = [days.FIRST_BILLED_DAY, *(month.replace(day=26) for month in days.MONTHS)]
    return list(pairwise(starts))


def _daily_heat(seed: int, history: Mapping[date, activity.Day]) -> dict[date, Decimal]:
    random = chance.stream(seed, "district heat")
    return {
        day: chance.rounded(activity.heat_bought_gj(lived) * chance.around(random, 0.03), 2)
        for day, lived in history.items()
    }


def _power(
    seed: int,
    account: str,
    drawn: Mapping[date, curves.Curve],
    periods: Iterable[tuple[date, date]],
    is_faulty: bool = True,
) -> list[Bill]:
    """The grid company's own reading, with the transformer's loss: within a third of a per cent of the meter."""
    random = chance.stream(seed, f"bill {account}")
    bills = []
    for start, end in periods:
        kwh = curves.energy_mwh(drawn[day] for day in days.span(start, end)).scaleb(3)
        billed = kwh * chance.rounded(1.001 + 0.002 * (2 * random.random() - 1), 5)
        if is_faulty and account == FOUNDRY_POWER and start == OFF_METER:
            billed = kwh * OFF_BY
        bills.append(Bill(account, start, end, billed.quantize(Decimal(1)), "kWh"))
    return bills


def _gas(seed: int, gas: Mapping[str, Decimal]) -> list[Bill]:
    """The gas company reads at month end, too: within a third of a per cent of the meter."""
    random = chance.stream(seed, "gas bills")
    bills = []
    for start, end in _calendar_periods():
        billed = gas[days.label(start)] * chance.rounded(chance.around(random, 0.003), 5)
        bills.append(Bill(ELECTRONICS_GAS, start, end, billed.quantize(Decimal(1)), "Nm3"))
    return bills


def _deliver(result: Share) -> None:
    """A year's bills in two files, what came in January 2026 in one."""
    for year in (2023, 2024, 2025):
        power = [_row(bill) for bill in _ending(result.bills, year) if COMMODITY[bill.account_id] == "电力"]
        name = f"{year}-Q4_电费账单_{year}.csv"
        result.deliver(name, sheets.delimited([HEADER, *power], "gb18030", "\r\n"), len(power))
        _note_off_meter(name, power, result)
        others = [_row(bill, True) for bill in _ending(result.bills, year) if COMMODITY[bill.account_id] != "电力"]
        book = sheets.workbook({"账单": [HEADER, *others]}, "0.00")
        result.deliver(f"{year}-Q4_燃气热力账单_{year}.xlsx", book, len(others))
    january = [_row(bill) for bill in _ending(result.bills, 2026)]
    result.deliver("2026-01_能源账单_202601.csv", sheets.delimited([HEADER, *january], "gb18030"), len(january))


def _ending(bills: Iterable[Bill], year: int) -> list[Bill]:
    """The bills whose last day stands in `year`, account by account."""
    return [bill for bill in bills if (bill.end - days.ONE_DAY).year == year]


def _row(bill: Bill, cells: bool = False) -> list:
    """A bill's row: its last day is inclusive; as text for CSV, as cells for a workbook."""
    last = bill.end - timedelta(days=1)
    amount = (bill.quantity * PRICE_CNY[bill.account_id]).quantize(Decimal("0.01"))
    invoice = f"26{int(bill.start.strftime('%y%m%d')) * 7 % 1000000:06d}{bill.account_id[-4:]}"
    head = [bill.account_id, COMMODITY[bill.account_id]]
    if cells:
        return [*head, bill.start, last, bill.quantity, bill.unit, amount, invoice]
    return [*head, bill.start.isoformat(), last.isoformat(), str(bill.quantity), bill.unit, str(amount), invoice]


def _note_off_meter(name: str, rows: list[list], result: Share) -> None:
    for number, row in enumerate(rows, 2):
        if result.is_faulty and row[0] == FOUNDRY_POWER and row[2] == OFF_METER.isoformat():
            note = "billed 3 % above the meter"
            months = (days.label(OFF_METER),)
            result.planted.append(Planted("bill_off", name, "", (number,), "F-EL", months, note=note))
