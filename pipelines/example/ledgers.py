"""Stock ledgers as Kingdee and Yonyou print them, one month late and corrected, one month missing. It knows no SAP."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date
from decimal import Decimal

from pipelines.example import days, sheets, stock
from pipelines.example.stock import Month, Stock
from pipelines.example.truth import Planted, Share

KINGDEE_HEADER = [
    "期间",
    "物料编码",
    "物料名称",
    "计量单位",
    "期初结存数量",
    "本期收入数量",
    "本期发出数量",
    "期末结存数量",
    "备注",
]
YONYOU_GROUPS = ["期初结存", "收入", "发出", "结存"]
YONYOU_TOP = ["会计期间", "存货编码", "存货名称", "计量单位", *(x for g in YONYOU_GROUPS for x in (g, ""))]
YONYOU_BELOW = ["", "", "", "", *["数量", "金额"] * 4]
# The rows above the data: title, enterprise and the two of the header.
YONYOU_ROWS_ABOVE = 4
YONYOU_MERGES = [(0, 0, 0, 11), *((2, c, 3, c) for c in range(4)), *((2, c, 2, c + 1) for c in (4, 6, 8, 10))]

FUEL_STORE = "油料库"
STORES = {FUEL_STORE: stock.FUEL_STORE, "化学品库": stock.CHEMICAL_STORE}
PETROL_MISSING = date(2024, 8, 1)
PETROL_MISTYPED = date(2025, 9, 1)
CORRECTION = "2026-01_NJ-E_收发存汇总表_202509更正.xlsx"


def share(kept: Stock, is_faulty: bool = True) -> Share:
    """The ledgers of both plants and, for every fuel in stock, the true monthly use in tonnes."""
    result = Share(is_faulty)
    for months in kept.values():
        material = months[0].material
        if material.stream_id:
            scale = Decimal("0.001") if material.unit == "千克" else Decimal(1)
            result.monthly[material.stream_id] = {days.label(m.month): m.used * scale for m in months}
    _kingdee(kept, result)
    _yonyou(kept, result)
    return result


def _kingdee(kept: Stock, result: Share) -> None:
    """The foundry until SAP: GBK, a half-year a file, with title, unit row, total and signatures."""
    firsts = [month for month in days.MONTHS if month < stock.SAP_FROM]
    for start in firsts[::6]:
        period = firsts[firsts.index(start) : firsts.index(start) + 6]
        rows = [m for month in period for material in stock.FOUNDRY for m in kept[material.code] if m.month == month]
        blank = [""] * 8
        covered = f"期间：{_chinese(start)}至{_chinese(period[-1])}"
        table = [
            ["物料收发汇总表", *blank],
            ["单位名称：南京江锐铸造有限公司（示例）", "", "", covered, *blank[:5]],
            KINGDEE_HEADER,
            *([_chinese(m.month), m.material.code, m.material.name, m.material.unit, *_shown(m), ""] for m in rows),
            ["合计", "", "", "", *_totals(rows), ""],
            ["制表：周敏", "", "", "审核：顾海峰", *blank[:5]],
        ]
        name = f"{days.quarter(period[-1])}_NJ-F_物料收发汇总表_{start:%Y%m}-{period[-1]:%Y%m}.csv"
        result.deliver(name, sheets.delimited(table, "gb18030", "\r\n"), len(rows))


def _chinese(month: date) -> str:
    return f"{month.year}年{month.month}月"


def _shown(month: Month) -> list[str]:
    """The four quantities as the ledger prints them, thousands set off."""
    return [f"{quantity:,.{month.material.places}f}" for quantity in _quantities(month)]


def _quantities(month: Month) -> tuple[Decimal, Decimal, Decimal, Decimal]:
    return month.opening, month.received, month.used, month.closing


def _totals(rows: Sequence[Month]) -> list[str]:
    return [f"{sum(column, Decimal(0)):,.3f}" for column in zip(*map(_quantities, rows), strict=True)]


def _yonyou(kept: Stock, result: Share) -> None:
    """The electronics plant: a workbook a year, a sheet a store; August 2024 lost petrol, September 2025 is mistyped."""
    for year in (2023, 2024, 2025):
        name = f"{year}-Q4_NJ-E_收发存汇总表_{year}.xlsx"
        stores = {store: _lines(kept, store, year, result.is_faulty) for store in STORES}
        _deliver_workbook(name, stores, result)
        if result.is_faulty and year == PETROL_MISSING.year:
            _note_missing_petrol(kept, name, result)
        if result.is_faulty and year == PETROL_MISTYPED.year:
            _note_mistyped_petrol(stores[FUEL_STORE], name, result)
    january = {store: _lines(kept, store, 2026, result.is_faulty) for store in STORES}
    _deliver_workbook("2026-01_NJ-E_收发存汇总表_202601.xlsx", january, result)
    if not result.is_faulty:
        return
    again = [_line(m) for m in _months(kept, FUEL_STORE) if m.month == PETROL_MISTYPED]
    _deliver_workbook(CORRECTION, {FUEL_STORE: again}, result)


def _lines(kept: Stock, store: str, year: int, is_faulty: bool) -> list[list]:
    months = [m for m in _months(kept, store) if m.month.year == year]
    if not is_faulty:
        return [_line(m) for m in months]
    known = [m for m in months if not _is_petrol(m, PETROL_MISSING)]
    return [_mistyped(m) if _is_petrol(m, PETROL_MISTYPED) else _line(m) for m in known]


def _months(kept: Stock, store: str) -> list[Month]:
    """A store's months in the order of the ledger: by month, then by material."""
    return sorted((m for material in STORES[store] for m in kept[material.code]), key=lambda m: m.month)


def _is_petrol(month: Month, first: date) -> bool:
    return month.material is stock.PETROL and month.month == first


def _line(month: Month) -> list:
    """One line of the ledger: each quantity with its amount of money."""
    head = [days.label(month.month), month.material.code, month.material.name, month.material.unit]
    amounts = [(q * month.material.price_cny).quantize(Decimal("0.01")) for q in _quantities(month)]
    return head + [cell for pair in zip(_quantities(month), amounts, strict=True) for cell in pair]


def _mistyped(month: Month) -> list:
    """The line with an issue typed too high by 900.0 kg: opening, receipt and closing are right, the issue is not."""
    line = _line(month)
    line[8] += Decimal("900.0")
    return line


def _deliver_workbook(name: str, stores: dict[str, list[list]], result: Share) -> None:
    book = {store: _page(store, lines) for store, lines in stores.items()}
    merges = dict.fromkeys(stores, YONYOU_MERGES)
    content = sheets.workbook(book, "#,##0.00", merges)
    result.deliver(name, content, sum(map(len, stores.values())))


def _page(store: str, lines: list[list]) -> list[list]:
    total = ["合计", "", "", "", *(sum(column, Decimal(0)) for column in list(zip(*lines, strict=True))[4:])]
    company = ["单位：南京江锐电子有限公司（示例）", "", "", "", f"仓库：{store}"]
    return [["收发存汇总表"], company, YONYOU_TOP, YONYOU_BELOW, *lines, total]


def _note_missing_petrol(kept: Stock, name: str, result: Share) -> None:
    used = next(m.used for m in kept[stock.PETROL.code] if m.month == PETROL_MISSING)
    hours = Decimal(24 * len(days.days_of(PETROL_MISSING)))
    gap = (stock.PETROL.stream_id, (days.label(PETROL_MISSING),), "", hours, used.scaleb(-3))
    result.planted.append(Planted("missing_month", name, FUEL_STORE, (), *gap, note="the plan has no rule for it"))


def _note_mistyped_petrol(lines: list[list], name: str, result: Share) -> None:
    """The fault stands in the year's workbook; whoever reads the correction sees the value change there."""
    label = days.label(PETROL_MISTYPED)
    first = YONYOU_ROWS_ABOVE + 1
    row = next(n for n, line in enumerate(lines, first) if line[0] == label and line[1] == stock.PETROL.code)
    note = f"{name}, row {row}: issue 900.0 kg too high"
    where = (CORRECTION, FUEL_STORE, (first,), stock.PETROL.stream_id, (label,))
    result.planted.append(Planted("revised", *where, "VALUE_REVISED", note=note))
