"""What the enterprise tells others of the same months: finished goods sold and in store, and the energy return (205-1).

Both are second sources for the account's own figures. It invents no output and no energy: it retells the other shares.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from decimal import Decimal

from pipelines.example import chance, days, sheets
from pipelines.example.truth import Share

MOVEMENTS = ["工厂代码", "物料代码", "物料说明", "移动种类", "过账日", "移动数量", "计量单位"]
ENERGY = ["工厂", "能源品种", "月份", "消耗量", "单位"]
RETURNED = "综合能源消费量"
# Product: series of its output, plant, code, name, unit, decimals, what lay in store on the first day.
PRODUCTS = (
    ("F-OUT", "NJ-F", "CP-100", "汽车铸件", "吨", 1, Decimal("486.5")),
    ("E-OUT", "NJ-E", "CP-200", "车身控制器", "件", 0, Decimal(21400)),
)
# The electronics plant's statistician: tonnes of coal equivalent a unit (GB/T 2589-2020), what is sold is taken off.
COAL_EQUIVALENTS = {
    "E-EL": Decimal("0.1229"),
    "E-CHP": Decimal("0.1229"),
    "E-TEN": Decimal("-0.1229"),
    "E-HEAT": Decimal("0.03412"),
    "E-NG": Decimal("0.00133"),
    "E-DIESEL": Decimal("1.4571"),
    "E-PETROL": Decimal("1.4714"),
}

Movement = tuple[str, str, Decimal]


def share(seed: int, told: Iterable[Share]) -> Share:
    """A store ledger and an energy return a year, and the true figures of both by month."""
    monthly = {series: months for one in told for series, months in one.monthly.items()}
    result = Share()
    moved = {product[0]: _store(seed, product, monthly[product[0]], result) for product in PRODUCTS}
    result.monthly["E-TCE"] = {month: _coal_equivalent(monthly, month) for month in map(days.label, days.MONTHS)}
    for year in sorted({month.year for month in days.MONTHS}):
        _deliver_movements(moved, year, result)
        _deliver_return(result.monthly["E-TCE"], year, result)
    return result


def _store(seed: int, product: tuple, made: Mapping[str, Decimal], result: Share) -> list[Movement]:
    """Every month's opening, output taken in, sales and closing: what is not sold stays in store."""
    series, *_, places, opening = product
    random = chance.stream(seed, f"sales of {series}")
    moved: list[Movement] = []
    for month in days.MONTHS:
        label = days.label(month)
        available = opening + made[label]
        sold = chance.rounded(float(made[label]) * chance.around(random, 0.04), places)
        closing = max(available - sold, Decimal(0))
        last = (days.next_month(month) - days.ONE_DAY).isoformat()
        moved += [("opening", month.isoformat(), opening), ("receipt", last, made[label])]
        moved += [("sale", last, available - closing), ("closing", last, closing)]
        for part, amount in (("OPEN", opening), ("SOLD", available - closing), ("CLOSE", closing)):
            result.monthly.setdefault(f"{series}-{part}", {})[label] = amount
        opening = closing
    return moved


def _deliver_movements(moved: Mapping[str, list[Movement]], year: int, result: Share) -> None:
    rows = [
        [plant, code, name, movement, day, -amount if movement == "sale" else amount, unit]
        for series, plant, code, name, unit, *_ in PRODUCTS
        for movement, day, amount in moved[series]
        if day.startswith(str(year))
    ]
    content = sheets.workbook({"数据 data": [MOVEMENTS, *rows]})
    result.deliver(f"{days.received(year)}_成品收发存填报_{year}.xlsx", content, len(rows))


def _coal_equivalent(monthly: Mapping[str, Mapping[str, Decimal]], month: str) -> Decimal:
    """The month's energy as the statistical return has it, tce to two decimals."""
    total = sum((monthly[series][month] * factor for series, factor in COAL_EQUIVALENTS.items()), Decimal(0))
    return total.quantize(Decimal("0.01"))


def _deliver_return(returned: Mapping[str, Decimal], year: int, result: Share) -> None:
    rows = [
        ["NJ-E", RETURNED, month, str(tce), "tce"] for month, tce in returned.items() if month.startswith(str(year))
    ]
    content = sheets.delimited([ENERGY, *rows], "utf-8-sig")
    result.deliver(f"{days.received(year)}_NJ-E_能源统计报表205-1_{year}.csv", content, len(rows))
