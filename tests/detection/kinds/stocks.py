"""What goes wrong in stores and ledgers: counts, openings, columns, subtotals, movements booked twice or elsewhere."""

from __future__ import annotations

from decimal import Decimal

from tests.detection.files import alter, amount, written
from tests.detection.kinds.scene import Deed, Kind, Scene
from tests.detection.world import MATERIALS, Cell

OPENING, RECEIVED, USED, CLOSING = range(4)


def _column(cell: Cell, which: int) -> int:
    return cell.extra["columns"][which]


def swapped_columns(cell: Cell, scene: Scene) -> Deed:
    """Two of the ledger's columns exchanged: receipts and issues, or opening and closing."""
    one, other = scene.random.choice([(RECEIVED, USED), (OPENING, CLOSING), (USED, CLOSING)])
    here, there = _column(cell, one), _column(cell, other)
    cell.row[here], cell.row[there] = cell.row[there], cell.row[here]
    return Deed(f"columns {here} and {there}", months=cell.extra["both"])


def wrong_stock_count(cell: Cell, scene: Scene) -> Deed | None:
    """The pile was counted wrong by a tenth to a half of a month's use; the issue was worked out from the count."""
    after = scene.step(cell, 1)
    if not after or after.extra["layout"] != cell.extra["layout"]:
        return None
    share = Decimal(str(round(scene.random.uniform(0.1, 0.5), 3))) * scene.random.choice([1, -1])
    off = (amount(cell.row[_column(cell, USED)]) * share).quantize(Decimal("0.1"))
    alter(cell.row, _column(cell, CLOSING), lambda value: value - off)
    alter(cell.row, _column(cell, USED), lambda value: value + off)
    alter(after.row, _column(after, OPENING), lambda value: value - off)
    alter(after.row, _column(after, USED), lambda value: value - off)
    return Deed(f"counted {-off}", also=[after], months=cell.extra["both"])


def wrong_closing(cell: Cell, scene: Scene) -> Deed:
    """The closing stock typed wrong by hand, nothing else: it fits neither this month nor the next."""
    share = Decimal(str(round(scene.random.uniform(0.03, 0.6), 3))) * scene.random.choice([1, -1])
    off = (amount(cell.row[_column(cell, CLOSING)]) * share).quantize(Decimal("0.1")) or Decimal(1)
    alter(cell.row, _column(cell, CLOSING), lambda value: value + off)
    return Deed(f"closing {off:+}", months=cell.extra["both"])


def opening_not_closing(cell: Cell, scene: Scene) -> Deed | None:
    """The month opens with another stock than the one before closed with; its own sum is right, the issue is not."""
    if not scene.step(cell, -1):
        return None
    share = Decimal(str(round(scene.random.uniform(0.05, 0.5), 3))) * scene.random.choice([1, -1])
    off = (amount(cell.row[_column(cell, USED)]) * share).quantize(Decimal("0.1")) or Decimal(1)
    alter(cell.row, _column(cell, OPENING), lambda value: value + off)
    alter(cell.row, _column(cell, USED), lambda value: value + off)
    return Deed(f"opening {off:+}")


def subtotal_as_data(cell: Cell, scene: Scene) -> Deed:
    """A subtotal among the rows that carries the material's code, as pivot tables print it."""
    sheet = next(s for s in scene.inbox.sheets(cell.file) if any(r is cell.row for r in scene.inbox.rows(cell.file, s)))
    rows = scene.inbox.rows(cell.file, sheet)
    at = max(n for n, row in enumerate(rows) if any(row is own for own in cell.rows))
    total = list(cell.rows[-1])
    sum_of = [other for other in scene.series[cell.source, cell.series] if other.file == cell.file]
    until = [other for other in sum_of if other.month <= cell.month]
    for column in cell.extra.get("columns", (cell.column,)):
        summed = sum((amount(row[column]) for other in until for row in other.rows), Decimal(0))
        total[column] = written(summed, total[column])
    if cell.source == "movement":
        total[11] = ""
    if cell.source == "purchase":
        total[0] = ""
    rows.insert(at + 1, total)
    cell.rows = [*cell.rows, total]
    return Deed(f"sum of {len(until)} months as one more row")


def booked_twice(cell: Cell, scene: Scene) -> Deed | None:
    """A movement or a delivery entered a second time under a new number: the largest of the month."""
    is_stock = cell.source == "movement"
    column, number = (7, 11) if is_stock else (7, 0)
    rows = [row for row in cell.rows if not is_stock or row[1] in ("201", "261")]
    if not rows:
        return None
    largest = max(rows, key=lambda row: abs(amount(row[column])))
    again = list(largest)
    again[number] = f"{'49' if is_stock else 'CG'}{scene.random.randrange(10**8):08d}"
    page = scene.inbox.rows(cell.file)
    page.insert(next(n for n, row in enumerate(page) if row is largest) + 1, again)
    cell.rows = [*cell.rows, again]
    return Deed(f"{again[column]} twice")


def another_material(cell: Cell, scene: Scene) -> Deed | None:
    """Rows booked on another material's code: coal for coke, diesel for coal."""
    other = scene.other(cell)
    if not other:
        return None
    column = 1 if cell.source == "ledger" else 4
    if cell.source == "ledger":
        names = 1, 2
        for name in names:
            cell.row[name], other.row[name] = other.row[name], cell.row[name]
        return Deed(f"with {other.series}", also=[other], months=cell.extra["both"])
    code = next(code for code, series in MATERIALS.items() if series == other.series)
    spoilt = cell.rows[: max(1, len(cell.rows) // 2)]
    for row in spoilt:
        row[column], row[column + 1] = code, other.rows[0][column + 1]
    return Deed(f"{len(spoilt)} rows on {other.series}", also=[other])


def date_turned(cell: Cell, scene: Scene) -> Deed | None:
    """Day and month exchanged in the dates of the days up to the twelfth."""
    column = 0 if cell.source == "movement" else 6
    turned, months = 0, set(cell.months)
    for row in cell.rows:
        year, month, day = str(row[column]).split("-")
        if int(day) > 12 or day == month:
            continue
        text = f"{year}-{day}-{month}"
        row[column] = text if isinstance(row[column], str) else row[column].replace(month=int(day), day=int(month))
        turned += 1
        months.add(text[:7])
    return Deed(f"{turned} dates turned", months=tuple(sorted(months))) if turned else None


KINDS = (
    Kind("swapped columns of a ledger", 6, ("ledger",), swapped_columns),
    Kind("wrong stock count", 5, ("ledger",), wrong_stock_count),
    Kind("closing stock mistyped", 5, ("ledger",), wrong_closing),
    Kind("opening is not the last closing", 4, ("ledger",), opening_not_closing),
    Kind("subtotal counted as data", 6, ("ledger", "output", "own_use", "movement", "purchase"), subtotal_as_data),
    Kind("booked twice", 5, ("movement", "purchase"), booked_twice),
    Kind("booked on another material", 4, ("ledger", "movement", "purchase"), another_material),
    Kind("day and month of bookings swapped", 4, ("movement", "purchase"), date_turned),
)
