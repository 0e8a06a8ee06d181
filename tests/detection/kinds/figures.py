"""Slips of the hand and the keyboard in one figure: units, points, digits, signs, twice, last month's, left out."""

from __future__ import annotations

from decimal import Decimal

from tests.detection.files import alter, amount, each, written
from tests.detection.kinds.scene import Deed, Kind, Scene
from tests.detection.world import Cell

SINGLE = ("bill", "output", "own_use", "settlement")
MANY = ("movement", "purchase", "curve")
MEASURED = ("assay", "property")
# Units that people take for one another: as written in the files → as written by mistake.
MISTAKEN = {"kWh": "MWh", "MWh": "kWh", "GJ": "MWh", "Nm3": "万立方米", "吨": "千克", "千克": "吨", "TO": "KG"}
UNIT_COLUMNS = {"register": 6, "bill": 5, "own_use": 4, "settlement": 6, "output": 5, "ledger": 3, "movement": 8}
UNIT_COLUMNS |= {"purchase": 8}


def times(cell: Cell, factor: Decimal) -> None:
    """The cell's figure times a factor; of a day curve every point, of a ledger's row all its quantities."""
    columns = cell.extra.get("columns", (cell.column,))
    if cell.source == "curve":
        columns = range(3, 99)
    for column in columns:
        each(cell.rows, column, lambda value: value * factor)


def unit_slip(cell: Cell, scene: Scene) -> Deed:
    """Written in a unit a thousand times smaller or larger than the paper says."""
    factor = Decimal(scene.random.choice(["1000", "0.001"]))
    times(cell, factor)
    return Deed(f"× {factor}", months=cell.extra.get("both", ()))


def point_slip(cell: Cell, scene: Scene) -> Deed:
    """The decimal point one place off, or a digit too many or too few at the end."""
    factor = Decimal(scene.random.choice(["10", "0.1"]))
    each(cell.rows, cell.column, lambda value: value * factor)
    return Deed(f"× {factor}")


def wrong_unit(cell: Cell, scene: Scene) -> Deed | None:
    """The unit beside the figure is another one; the figure is right."""
    column = UNIT_COLUMNS[cell.source]
    wrong = MISTAKEN.get(cell.row[column])
    if not wrong:
        return None
    was = cell.row[column]
    for row in cell.rows:
        row[column] = wrong
    return Deed(f"{was} → {wrong}", months=cell.extra.get("both", ()))


def ten_thousand(cell: Cell, scene: Scene) -> Deed | None:
    """Gas in ten thousands of cubic metres (万立方米) under a heading of cubic metres, or the other way round."""
    if cell.series not in ("E-NG", "F-NG", "W-NG"):
        return None
    factor = Decimal(scene.random.choice(["0.0001", "10000"]))
    alter(cell.row, cell.column, lambda value: value * factor)
    return Deed(f"× {factor}")


def digits_transposed(cell: Cell, scene: Scene) -> Deed | None:
    """Two neighbouring digits before the point have changed places."""
    whole = str(int(amount(cell.row[cell.column])))
    pairs = [n for n in range(len(whole) - 1) if whole[n] != whole[n + 1]]
    if not pairs:
        return None
    at = scene.random.choice(pairs)
    swapped = whole[:at] + whole[at + 1] + whole[at] + whole[at + 2 :]
    difference = Decimal(swapped) - Decimal(whole)
    alter(cell.row, cell.column, lambda value: value + difference)
    return Deed(f"{whole} → {swapped}")


def decimal_comma(cell: Cell, scene: Scene) -> Deed | None:
    """Typed with a comma where the point belongs."""
    value = amount(cell.row[cell.column])
    value = value if value != int(value) else value + Decimal("0.5")
    cell.row[cell.column] = f"{value.normalize():f}".replace(".", ",")
    return Deed(cell.row[cell.column])


def sign(cell: Cell, scene: Scene) -> Deed:
    """A minus where none belongs, or none where one does."""
    times(cell, Decimal(-1)) if cell.source != "ledger" else alter(cell.row, cell.column, lambda value: -value)
    return Deed("× −1")


def doubled_month(cell: Cell, scene: Scene) -> Deed:
    """The month counted twice in one figure."""
    if cell.source == "curve":
        times(cell, Decimal(2))
    else:
        each(cell.rows, cell.column, lambda value: value * 2)
    return Deed("× 2")


def last_month_again(cell: Cell, scene: Scene) -> Deed | None:
    """The month before copied into this month's row: only the date is new."""
    before = scene.step(cell, -1)
    if not before:
        return None
    for column in cell.extra.get("columns", (cell.column,)):
        cell.row[column] = written(amount(before.row[column]), cell.row[column])
    return Deed(f"as in {before.month}", months=cell.extra.get("both", ()))


def missing_row(cell: Cell, scene: Scene) -> Deed:
    """The month's row or rows were left out."""
    for sheet in scene.inbox.sheets(cell.file):
        rows = scene.inbox.rows(cell.file, sheet)
        rows[:] = [row for row in rows if not any(row is gone for gone in cell.rows)]
    return Deed("left out", gone=cell.rows)


def missing_rows_within(cell: Cell, scene: Scene) -> Deed | None:
    """Some rows in the middle were lost on the way: a tenth to a half of the month's."""
    count = max(1, round(len(cell.rows) * scene.random.uniform(0.1, 0.5)))
    if len(cell.rows) < 4:
        return None
    start = scene.random.randrange(1, len(cell.rows) - count)
    lost = cell.rows[start : start + count]
    rows = scene.inbox.rows(cell.file)
    rows[:] = [row for row in rows if not any(row is gone for gone in lost)]
    return Deed(f"{count} of {len(cell.rows)} rows lost", gone=lost)


def wrong_year(cell: Cell, scene: Scene) -> Deed | None:
    """The row carries the year before: in January people write it for weeks."""
    column = {"output": 3, "own_use": 2, "ledger": 0}[cell.source]
    text = str(cell.row[column])
    year = int(text[:4])
    cell.row[column] = f"{year - 1}{text[4:]}"
    told = (cell.month, f"{year - 1}{cell.month[4:]}")
    return Deed(f"{text} → {cell.row[column]}", months=told)


def cumulative(cell: Cell, scene: Scene) -> Deed | None:
    """The year's sum so far stands where the month's figure belongs."""
    own = [other for other in scene.series[cell.source, cell.series] if other.month[:4] == cell.month[:4]]
    so_far = [other for other in own if other.month <= cell.month]
    if len(so_far) < 2:
        return None
    total = sum((amount(other.row[other.column]) for other in so_far), Decimal(0))
    cell.row[cell.column] = written(total, cell.row[cell.column])
    return Deed(f"sum of {len(so_far)} months")


KINDS = (
    Kind("unit slip, thousandfold", 14, (*SINGLE, *MANY, "ledger", "register"), unit_slip),
    Kind("decimal point or digit slipped", 10, (*SINGLE, *MEASURED, "ledger"), point_slip),
    Kind("wrong unit beside the figure (kg/t, kWh/MWh, GJ/MWh)", 10, tuple(UNIT_COLUMNS), wrong_unit),
    Kind("cubic metres by the ten thousand", 4, ("bill", "register"), ten_thousand),
    Kind("digits transposed", 10, (*SINGLE, "ledger", "register", *MEASURED), digits_transposed),
    Kind("decimal comma", 7, (*SINGLE, "ledger", *MEASURED), decimal_comma, is_alone=True),
    Kind("sign", 8, (*SINGLE, "ledger", "movement", "curve", *MEASURED), sign),
    Kind("doubled month", 10, (*SINGLE, "ledger", "movement", "curve"), doubled_month),
    Kind("last month's figure again", 8, (*SINGLE, "ledger"), last_month_again),
    Kind("missing row", 8, (*SINGLE, "ledger", *MEASURED, "movement"), missing_row),
    Kind("rows missing in the middle", 7, ("movement", "purchase", "curve"), missing_rows_within),
    Kind("wrong year in the date", 5, ("output", "own_use", "ledger"), wrong_year),
    Kind("cumulative figure taken for the month's", 6, SINGLE, cumulative),
)
