"""What goes wrong at meters and with their papers: registers, day curves, certificates of calibration."""

from __future__ import annotations

from datetime import date, timedelta
from decimal import Decimal

from tests.detection.files import Row, alter, amount, written
from tests.detection.kinds.scene import Deed, Kind, Scene
from tests.detection.world import Cell

POINTS = slice(3, 99)


def roll_over_as_negative(cell: Cell, scene: Scene) -> Deed | None:
    """The register went over its top and the difference was written down as it came out: below zero."""
    digits = scene.random.choice([5, 6])
    value = amount(cell.row[cell.column])
    if value >= 10**digits:
        return None
    cell.row[cell.column] = written(value - 10**digits, cell.row[cell.column])
    return Deed(f"less 10^{digits}")


def roll_over_unknown(cell: Cell, scene: Scene) -> Deed | None:
    """The register goes over its top in this month; whoever keeps the list believes it has one digit more."""
    own = scene.series[cell.source, cell.series]
    before = scene.step(cell, -1)
    if not before or before.row[0] != cell.row[0] or cell.series in ("F-NG", "E-NG"):
        return None
    top = Decimal(10) ** int(cell.row[4])
    used = amount(cell.row[2]) - amount(before.row[2])
    shift = top - amount(before.row[2]) - used * Decimal(str(round(scene.random.uniform(0.2, 0.8), 2)))
    first = scene.inbox.rows(own[0].file)
    opening = next((row for row in first if row[0] == cell.row[0] and row[1].endswith("01-01 00:00")), None)
    for row in [*([opening] if opening and opening is not own[0].row else []), *(other.row for other in own)]:
        row[2] = written((amount(row[2]) + shift) % top, row[2])
        row[4] = str(int(row[4]) + 1)
    return Deed("rolls over; digits stated one too many")


def swapped_meters(cell: Cell, scene: Scene) -> Deed | None:
    """Two meters' figures stand in each other's place, once."""
    other = scene.other(cell)
    if not other:
        return None
    for mine, theirs in zip(cell.rows, other.rows, strict=False):
        if cell.source == "curve":
            mine[POINTS], theirs[POINTS] = theirs[POINTS], mine[POINTS]
        else:
            mine[cell.column], theirs[cell.column] = theirs[cell.column], mine[cell.column]
    return Deed(f"with {other.series}", also=[other])


def frozen_register(cell: Cell, scene: Scene) -> Deed | None:
    """The reading of the month before once more: the meter stood still, or nobody went to look."""
    before = scene.step(cell, -1)
    if not before or before.row[0] != cell.row[0]:
        return None
    cell.row[2] = before.row[2]
    return Deed("reading as the month before")


def frozen_curve(cell: Cell, scene: Scene) -> Deed | None:
    """The meter stuck for days: one value, or one day over and over, or nothing but zeros."""
    how, count = scene.random.choice(["value", "day", "zero"]), scene.random.randrange(4, 16)
    if len(cell.rows) <= count + 1:
        return None
    start = scene.random.randrange(len(cell.rows) - count)
    first = cell.rows[start][POINTS]
    stuck = {"value": [first[48]] * 96, "day": first, "zero": ["0.0"] * 96}[how]
    for row in cell.rows[start : start + count]:
        row[POINTS] = list(stuck)
    return Deed(f"{count} days of one {how}")


def consumption_for_register(cell: Cell, scene: Scene) -> Deed | None:
    """The month's consumption stands where the register's reading belongs."""
    before = scene.step(cell, -1)
    if not before or before.row[0] != cell.row[0]:
        return None
    used = amount(cell.row[2]) - amount(before.row[2])
    cell.row[2] = written(used, cell.row[2])
    return Deed("consumption instead of the reading")


def register_for_consumption(cell: Cell, scene: Scene) -> Deed | None:
    """The register as read stands where the month's consumption belongs."""
    other = next((own[0] for (source, _), own in scene.series.items() if source == "register"), None)
    if not other:
        return None
    shown = Decimal(scene.random.randrange(200_000, 900_000))
    cell.row[cell.column] = written(shown, cell.row[cell.column])
    return Deed("register's reading for the consumption")


def multiplier_slip(cell: Cell, scene: Scene) -> Deed:
    """The multiplier typed wrong at one reading: left out, or that of another transformer."""
    was = cell.row[3]
    cell.row[3] = scene.random.choice([x for x in ("1", "10", "40", "60", "100") if x != was])
    return Deed(f"multiplier {was} → {cell.row[3]}")


def missing_reading(cell: Cell, scene: Scene) -> Deed | None:
    """Nobody read the meter at this month's end."""
    if not scene.step(cell, 1):
        return None
    rows = scene.inbox.rows(cell.file)
    rows[:] = [row for row in rows if row is not cell.row]
    return Deed("no reading", gone=cell.rows)


def missing_days(cell: Cell, scene: Scene) -> Deed:
    """One to four days are not in the export."""
    start, count = scene.random.randrange(len(cell.rows) - 4), scene.random.randrange(1, 5)
    lost = cell.rows[start : start + count]
    rows = scene.inbox.rows(cell.file)
    rows[:] = [row for row in rows if not any(row is gone for gone in lost)]
    return Deed(f"{count} days lost", gone=lost)


def unit_slip_in_days(cell: Cell, scene: Scene) -> Deed:
    """Some days in watts, or in megawatts, among days in kilowatts."""
    start, count = scene.random.randrange(len(cell.rows) - 7), scene.random.randrange(2, 8)
    factor = Decimal(scene.random.choice(["1000", "0.001", "10"]))
    for row in cell.rows[start : start + count]:
        for column in range(3, 99):
            alter(row, column, lambda value: value * factor)
    return Deed(f"{count} days × {factor}")


def swapped_directions(cell: Cell, scene: Scene) -> Deed | None:
    """Import and export of one meter exchanged for a month."""
    other = next((o for o in scene.others(cell) if {cell.series, o.series} == {"F-EL", "F-PVX"}), None)
    if not other:
        return None
    for row in cell.rows:
        row[2] = other.rows[0][2] if row[2] != other.rows[0][2] else row[2]
    theirs = "1" if cell.series == "F-EL" else "5"
    for row in other.rows:
        row[2] = theirs
    return Deed("import and export exchanged", also=[other])


def last_month_relabelled(cell: Cell, scene: Scene) -> Deed | None:
    """Last month's days sent again under this month's dates."""
    before = scene.step(cell, -1)
    if not before:
        return None
    for n, row in enumerate(cell.rows):
        row[POINTS] = list(before.rows[n % len(before.rows)][POINTS])
    return Deed(f"days of {before.month}")


def date_turned(cell: Cell, scene: Scene) -> Deed | None:
    """Day and month of a reading's date exchanged."""
    day, month = cell.row[1][8:10], cell.row[1][5:7]
    if int(day) > 12 or day == month:
        return None
    turned = f"{cell.row[1][:5]}{day}-{month}{cell.row[1][10:]}"
    was, cell.row[1] = cell.row[1], turned
    return Deed(f"{was} → {turned}", months=(*cell.months, turned[:7]))


def calibration_lapsed(cell: Cell, scene: Scene) -> Deed | None:
    """The certificate that covers the month is not renewed: its line ends, or begins, at another date."""
    rows = scene.inbox.rows("plan/calibrations.csv")
    month, meter = f"{cell.month}-15", cell.row[0]
    covering = [row for row in rows[1:] if row[0] == meter and row[1] <= month < row[2]]
    if len(covering) != 1:
        return None
    certificate: Row = covering[0]
    ends = date.fromisoformat(f"{cell.month}-05") + timedelta(days=scene.random.randrange(15))
    was, certificate[2] = certificate[2], ends.isoformat()
    later = sorted(row[1] for row in rows[1:] if row[0] == meter and row[1] > certificate[1])
    until = min([was, *later, "2026-01-31"])
    own = scene.series[cell.source, cell.series]
    months = tuple(o.month for o in own if cell.month <= o.month <= until[:7] and o.row[0] == meter)
    return Deed(f"ends {certificate[2]} instead of {was}", months=months, files=("plan/calibrations.csv",))


KINDS = (
    Kind("roll-over taken as negative", 5, ("own_use", "bill", "register"), roll_over_as_negative),
    Kind("roll-over with a digit too many", 2, ("register",), roll_over_unknown),
    Kind("swapped meters", 8, ("register", "curve"), swapped_meters),
    Kind("frozen meter, register", 5, ("register",), frozen_register),
    Kind("frozen meter, curve", 8, ("curve",), frozen_curve),
    Kind("consumption typed for the register", 4, ("register",), consumption_for_register),
    Kind("register taken for consumption", 4, ("own_use", "bill"), register_for_consumption),
    Kind("multiplier slip", 6, ("register",), multiplier_slip),
    Kind("missing reading", 5, ("register",), missing_reading),
    Kind("missing days", 6, ("curve",), missing_days),
    Kind("unit slip in some days", 6, ("curve",), unit_slip_in_days),
    Kind("import and export swapped", 3, ("curve",), swapped_directions),
    Kind("last month's days again", 5, ("curve",), last_month_relabelled),
    Kind("day and month of a reading swapped", 4, ("register",), date_turned),
    Kind("calibration lapsed", 4, ("register", "curve"), calibration_lapsed),
)
