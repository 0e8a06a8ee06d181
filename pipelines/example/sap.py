"""SAP's list of goods movements (MB51) at the foundry from 2025 on: signed quantities, no item number.

It knows no ledger.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from datetime import date, timedelta
from decimal import Decimal

from pipelines.example import chance, days, sheets, stock
from pipelines.example.stock import Material, Month, Stock
from pipelines.example.truth import Planted, Share

HEADER = [
    "Posting Date",
    "Movement Type",
    "Plant",
    "Storage Location",
    "Material",
    "Material Description",
    "Batch",
    "Qty in Un. of Entry",
    "Unit of Entry",
    "Cost Center",
    "G/L Account",
    "Material Document",
    "Text",
    "Reference",
    "Reason for Movement",
    "Purchase Order",
]
PLANT = "NJ-F"
PIG_IRON = Material("02.01.0001", "生铁 Z14", "吨", 3, Decimal(30), Decimal(0), Decimal(3350))
HALF_YEARS = {"2025-Q2": (1, 6), "2025-Q4": (7, 12)}

Row = list


def share(seed: int, kept: Stock) -> Share:
    """A workbook for each half of 2025 and one for January 2026."""
    result = Share()
    rows = {m: list(_month(seed, kept, m)) for m in days.MONTHS if m >= stock.SAP_FROM}
    for prefix, (first, last) in HALF_YEARS.items():
        chosen = [row for m, found in rows.items() if m.year == 2025 and first <= m.month <= last for row in found]
        _deliver(f"{prefix}_NJ-F_MB51_2025{first:02d}-2025{last:02d}.xlsx", chosen, result)
    _deliver("2026-01_NJ-F_MB51_202601.xlsx", rows[date(2026, 1, 1)], result)
    return result


def _deliver(name: str, rows: Sequence[Row], result: Share) -> None:
    result.deliver(name, sheets.workbook({"Sheet1": [HEADER, *rows]}, "0.000"), len(rows))
    seen: set[tuple] = set()
    twins = [n for n, row in enumerate(rows, 2) if tuple(row) in seen or seen.add(tuple(row))]
    note = "equal, legitimate rows: two withdrawals of the same amount in one document"
    result.planted.append(Planted("identical_rows", name, "Sheet1", tuple(twins), "F-DIESEL", note=note))


def _month(seed: int, kept: Stock, first: date) -> Iterator[Row]:
    """A month's movements in the order of posting."""
    random = chance.stream(seed, f"movements {first}")
    months = [m for material in stock.FOUNDRY for m in kept[material.code] if m.month == first]
    found = [
        row for month in months for row in (*_receipts(random, month), *_issues(random, month), *_counts(random, month))
    ]
    found += _pig_iron(random, first)
    return iter(sorted(found, key=lambda row: row[0]))


def _receipts(random: chance.Random, month: Month) -> list[Row]:
    """Lorry by lorry; once in a while a delivery is booked twice and taken back (102)."""
    material, rows = month.material, []
    count = max(1, int(month.received / material.load + Decimal("0.5"))) if month.received else 0
    for amount in chance.parts(random, month.received, count, material.places) if count else []:
        day = _working_day(random, month.month)
        rows.append(_row(random, day, "101", material, amount, order=f"45{random.randrange(10**8):08d}"))
    if rows and random.random() < 0.2:
        again = rows[0].copy()
        again[11] = _document(random)
        rows.append(again)
        rows.append(_taken_back(random, again, "102"))
    return rows


def _issues(random: chance.Random, month: Month) -> list[Row]:
    """Weekly issues to orders, one of them too large and partly returned (262); diesel is drawn by cost centre (201)."""
    if month.material is stock.DIESEL:
        return _withdrawals(random, month)
    returned = chance.rounded(float(month.used) * 0.02 * (0.5 + random.random()), month.material.places)
    issued = chance.parts(random, month.used + returned, 5, month.material.places)
    rows = [
        _row(random, month.month + timedelta(days=3 + 6 * n), "261", month.material, -amount, text="生产领用")
        for n, amount in enumerate(issued)
    ]
    rows.append(_row(random, month.month + timedelta(days=26), "262", month.material, returned, text="退料"))
    return rows


def _withdrawals(random: chance.Random, month: Month) -> list[Row]:
    """Ten drawings of diesel, one booked wrongly and cancelled (202), two of them equal in every column."""
    twin = chance.rounded(float(month.used) * 0.08, month.material.places)
    amounts = chance.parts(random, month.used - 2 * twin, 8, month.material.places)
    rows = [
        _row(random, month.month + timedelta(days=1 + 3 * n), "201", month.material, -amount, center="CC-5300")
        for n, amount in enumerate(amounts)
    ]
    pair = _row(
        random, month.month + timedelta(days=25), "201", month.material, -twin, center="CC-5300", text="叉车加油"
    )
    wrong = _row(random, month.month + timedelta(days=12), "201", month.material, -twin, center="CC-5400")
    return [*rows, pair, pair.copy(), wrong, _taken_back(random, wrong, "202")]


def _counts(random: chance.Random, month: Month) -> list[Row]:
    if not month.counted:
        return []
    day = days.next_month(month.month) - days.ONE_DAY
    row = _row(random, day, "701", month.material, month.counted, text="半年盘点")
    row[14] = "0001"
    return [row]


def _pig_iron(random: chance.Random, first: date) -> list[Row]:
    """A material that is no fuel: it stands in the list and no parameter asks for it."""
    rows = []
    for n in range(4):
        day = first + timedelta(days=2 + 7 * n)
        amount = chance.rounded(28 + 4 * random.random(), 3)
        rows.append(_row(random, day, "101", PIG_IRON, amount, order=f"45{random.randrange(10**8):08d}"))
        rows.append(_row(random, day + days.ONE_DAY, "261", PIG_IRON, -amount, text="生产领用"))
    return rows


def _taken_back(random: chance.Random, row: Row, movement: str) -> Row:
    """The movement that cancels `row`, on the same day."""
    back = row.copy()
    back[1], back[7], back[11], back[12] = movement, -row[7], _document(random), "冲销"
    return back


def _row(
    random: chance.Random,
    day: date,
    movement: str,
    material: Material,
    quantity: Decimal,
    text: str = "",
    center: str = "",
    order: str = "",
) -> Row:
    store, account = ("1001", "") if order else ("1001", "5001020100")
    head = [day, movement, PLANT, store, material.code, material.name, ""]
    return [*head, quantity, "TO", center, account, _document(random), text, "", "", order]


def _document(random: chance.Random) -> str:
    return f"49{random.randrange(10**8):08d}"


def _working_day(random: chance.Random, first: date) -> date:
    return first + timedelta(days=random.randrange(27))
