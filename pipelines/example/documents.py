"""What laboratories, the production office, purchasing and the weather service deliver. It holds no meter and no stock."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from datetime import date, timedelta
from decimal import Decimal
from hashlib import sha256

from pipelines.example import activity, chance, days, sheets, stock
from pipelines.example.stock import COAL, COKE, Stock
from pipelines.example.truth import Planted, Share

PRODUCTION = ["工厂", "产品编码", "产品名称", "月份", "产量", "单位"]
ASSAYS = [
    "工厂",
    "物料编码",
    "样品编号",
    "采样日期",
    "检测日期",
    "收到基低位发热量(GJ/t)",
    "收到基元素碳含量(tC/t)",
    "全水分(%)",
    "收到基氢含量(%)",
    "收到基全硫(%)",
    "检测机构",
]
PURCHASES = [
    "采购单号",
    "供应商编码",
    "供应商名称",
    "工厂",
    "物料编码",
    "物料名称",
    "入库日期",
    "数量",
    "单位",
    "金额(元)",
]
EVIDENCE = ["单据类型", "单据编号", "开具单位", "起始日期", "截止日期", "文件SHA256", "说明"]
PAPERS = (
    ("结算发票", "国网示例供电公司", "铸造厂电费"),
    ("结算发票", "南京示例热力有限公司", "电子厂热费"),
    ("盘点表", "南京江锐铸造有限公司（示例）", "煤焦油品月度盘点"),
)
WEATHER = ["站点", "日期", "平均气温", "最低气温", "最高气温"]

CASTINGS, BOARDS = ("NJ-F", "CP-100", "汽车铸件"), ("NJ-E", "CP-200", "车身控制器")
BOARDS_NEGATIVE = date(2024, 5, 1)
STATION = "58238-EX"
LABORATORY = "江苏示例煤质检测有限公司"
# Net calorific value GJ/t, carbon tC per GJ, moisture %: the middle of what the laboratory finds.
FUELS = {COAL.code: (22.9, 0.0259, 9.5), COKE.code: (28.2, 0.0298, 4.0)}
# What a report on carbon states as well, for cross-checks: hydrogen %, total sulfur %.
STATED = {COAL.code: (3.9, 0.62), COKE.code: (0.72, 0.58)}
ASSAY_PARAMETERS = {COAL.code: "F-COAL", COKE.code: "F-COKE"}
# Bought materials beside the fuels: plant, supplier, code, name, unit, pieces or tonnes a delivery, CNY a unit.
MATERIALS = (
    ("NJ-F", "S1003", "安徽示例冶金材料有限公司", "02.01.0001", "生铁 Z14", "吨", 30, "3350.00"),
    ("NJ-F", "S1004", "苏州示例再生金属有限公司", "02.01.0002", "废钢", "吨", 26, "2680.00"),
    ("NJ-E", "S2001", "昆山示例电路板有限公司", "PCB-0417", "四层电路板", "件", 32_000, "18.60"),
    ("NJ-E", "S2002", "东莞示例连接器有限公司", "CON-1120", "线束连接器", "件", 60_000, "3.15"),
)
FUEL_SUPPLIERS = {
    COAL.code: ("S1001", "徐州示例煤炭销售有限公司"),
    COKE.code: ("S1002", "山西示例焦化有限公司"),
    stock.DIESEL.code: ("S1005", "南京示例石油销售有限公司"),
}
UNREADABLE = "3I.250"


def share(seed: int, history: Mapping[date, activity.Day], kept: Stock, is_faulty: bool = True) -> Share:
    """Production, assays, purchases, evidence and weather; the truth of output and of the coals' quality."""
    result = Share(is_faulty)
    _production(seed, history, result)
    _assays(seed, result)
    _purchases(seed, kept, result)
    _evidence(result)
    _weather(history, result)
    return result


def _production(seed: int, history: Mapping[date, activity.Day], result: Share) -> None:
    random = chance.stream(seed, "production")
    castings, pieces = {}, {}
    for month in days.MONTHS:
        lived = [history[day] for day in days.days_of(month)]
        cast, built = sum(map(activity.castings_t, lived)), sum(map(activity.boards, lived))
        castings[days.label(month)] = chance.rounded(cast * chance.around(random, 0.01), 1)
        pieces[days.label(month)] = chance.rounded(built * chance.around(random, 0.01), 0)
    result.monthly |= {"F-OUT": castings, "E-OUT": pieces}
    for year in (2023, 2024, 2025, 2026):
        rows = [
            [*product, month, str(amount), unit]
            for product, made, unit in ((CASTINGS, castings, "吨"), (BOARDS, pieces, "件"))
            for month, amount in made.items()
            if month.startswith(str(year))
        ]
        name = f"{days.received(year)}_产量月报_{year}.csv"
        if result.is_faulty and year == BOARDS_NEGATIVE.year:
            _turn_negative(rows, name, pieces[days.label(BOARDS_NEGATIVE)], result)
        result.deliver(name, sheets.delimited([PRODUCTION, *rows], "gb18030", "\r\n"), len(rows))


def _turn_negative(rows: list[list[str]], name: str, pieces: Decimal, result: Share) -> None:
    """The month's output typed with a minus sign: no production is negative, so the row is set aside."""
    label = days.label(BOARDS_NEGATIVE)
    number = next(n for n, row in enumerate(rows, 2) if row[1] == BOARDS[1] and row[3] == label)
    rows[number - 2][4] = f"-{pieces}"
    hours = Decimal(24 * len(days.days_of(BOARDS_NEGATIVE)))
    gap = ("E-OUT", (label,), "NUM_NEGATIVE", hours, pieces)
    result.planted.append(Planted("quarantined_row", name, "", (number,), *gap, note=f"-{pieces}"))


def _assays(seed: int, result: Share) -> None:
    """One composite sample a month of coal and of coke; the truth is what the laboratory printed."""
    random, beside = chance.stream(seed, "assays"), chance.stream(seed, "assays stated")
    rows: dict[int, list[list]] = {}
    for month in days.MONTHS:
        for code, (heat, carbon, moisture) in FUELS.items():
            sampled = days.next_month(month) - timedelta(days=2)
            ncv = chance.rounded(heat * chance.around(random, 0.025), 3)
            found = [
                ncv,
                chance.rounded(float(ncv) * carbon * chance.around(random, 0.006), 4),
                chance.rounded(moisture * chance.around(random, 0.12), 2),
            ]
            for suffix, value in zip(("NCV", "C", "MT"), found, strict=True):
                series = result.monthly.setdefault(f"{ASSAY_PARAMETERS[code]}-{suffix}", {})
                series[days.label(month)] = value
            tested = sampled + timedelta(days=6 + random.randrange(9))
            sample = f"{'M' if code == COAL.code else 'J'}-{month:%Y%m}"
            stated = [chance.rounded(middle * chance.around(beside, 0.08), 2) for middle in STATED[code]]
            rows.setdefault(month.year, []).append(["NJ-F", code, sample, sampled, tested, *found, *stated, LABORATORY])
    for year, found_rows in rows.items():
        content = sheets.workbook({"检测结果": [ASSAYS, *found_rows]}, "0.0000")
        result.deliver(f"{days.received(year)}_NJ-F_煤焦检测报告_{year}.xlsx", content, len(found_rows))


def _purchases(seed: int, kept: Stock, result: Share) -> None:
    """A year of receipts by lorry; the fuels' add up to the ledger's receipts. One quantity is not a number."""
    random = chance.stream(seed, "purchases")
    for code in FUEL_SUPPLIERS:
        booked = kept[code]
        result.monthly[f"{booked[0].material.stream_id}-BUY"] = {days.label(m.month): m.received for m in booked}
    for year in (2023, 2024, 2025, 2026):
        rows = [row for month in days.MONTHS if month.year == year for row in _bought(random, month, kept)]
        rows = [[f"CG{year}{n:05d}", *row] for n, row in enumerate(sorted(rows, key=lambda row: row[5]), 1)]
        name = f"{days.received(year)}_采购入库明细_{year}.csv"
        if result.is_faulty and year == 2024:
            number = next(n for n, row in enumerate(rows, 2) if row[5] == "废钢")
            rows[number - 2][7] = UNREADABLE
            note = f"{UNREADABLE}: a letter among the digits"
            result.planted.append(Planted("quarantined_row", name, "", (number,), code="NUM_SYNTAX", note=note))
        result.deliver(name, sheets.delimited([PURCHASES, *rows]), len(rows))


def _bought(random: chance.Random, month: date, kept: Stock) -> list[list[str]]:
    rows = []
    for code, supplier in FUEL_SUPPLIERS.items():
        booked = next(m for m in kept[code] if m.month == month)
        count = max(1, int(booked.received / booked.material.load + Decimal("0.5"))) if booked.received else 0
        for amount in chance.parts(random, booked.received, count, booked.material.places) if count else []:
            rows.append(_bought_row(random, month, "NJ-F", *supplier, booked.material, amount))
    for plant, supplier, supplier_name, code, name, unit, load, price in MATERIALS:
        for _ in range(3):
            places = 3 if unit == "吨" else 0
            amount = chance.rounded(load * chance.around(random, 0.1), places)
            material = stock.Material(code, name, unit, places, Decimal(load), Decimal(0), Decimal(price))
            rows.append(_bought_row(random, month, plant, supplier, supplier_name, material, amount))
    return rows


def _bought_row(
    random: chance.Random,
    month: date,
    plant: str,
    supplier: str,
    supplier_name: str,
    material: stock.Material,
    amount: Decimal,
) -> list[str]:
    day = month + timedelta(days=random.randrange(27))
    money = (amount * material.price_cny).quantize(Decimal("0.01"))
    place = [supplier, supplier_name, plant, material.code, material.name, day.isoformat()]
    return [*place, str(amount), material.unit, str(money)]


def _evidence(result: Share) -> None:
    """The papers a verifier asks for, by number and digest, a list a year; the scans themselves stay with their owners."""
    for year in (2023, 2024, 2025, 2026):
        rows = [row for month in days.MONTHS if month.year == year for row in _papers(month)]
        name = f"{'2026-02' if year == 2026 else f'{year + 1}-01'}_支撑材料清单_{year}.csv"
        result.deliver(name, sheets.delimited([EVIDENCE, *rows], "utf-8-sig"), len(rows))


def _papers(month: date) -> Iterator[list[str]]:
    last = days.next_month(month) - days.ONE_DAY
    for kind, issuer, subject in PAPERS:
        number = f"{'FP' if kind == '结算发票' else 'PD'}-{subject[:2]}-{month:%Y%m}"
        digest = sha256(f"example {number} {subject}".encode()).hexdigest()
        yield [kind, number, issuer, month.isoformat(), last.isoformat(), digest, subject]


def _weather(history: Mapping[date, activity.Day], result: Share) -> None:
    for year in (2023, 2024, 2025, 2026):
        chosen = {day: lived for day, lived in history.items() if day.year == year}
        rows = [[STATION, day.isoformat(), *_degrees(lived)] for day, lived in chosen.items()]
        name = f"{'2026-02' if year == 2026 else days.received(year)}_气象数据_{year}.csv"
        result.deliver(name, sheets.delimited([WEATHER, *rows]), len(rows))


def _degrees(lived: activity.Day) -> list[str]:
    return [f"{temperature:.1f}" for temperature in (lived.mean, lived.coldest, lived.warmest)]
