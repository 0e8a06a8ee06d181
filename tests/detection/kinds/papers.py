"""What goes wrong on bills, laboratory reports, production returns, solar statements and green certificates."""

from __future__ import annotations

from datetime import date, timedelta
from decimal import Decimal

from tests.detection.files import alter, amount, written
from tests.detection.kinds.scene import Deed, Kind, Scene
from tests.detection.world import Cell, month_of

NCV, CARBON, MOISTURE = 5, 6, 7
KCAL_PER_GJ_T = Decimal("238.8459")


def bill_for_another_meter(cell: Cell, scene: Scene) -> Deed | None:
    """The bill is entered under another account of the site."""
    other = scene.other(cell)
    if not other:
        return None
    cell.row[0], other.row[0] = other.row[0], cell.row[0]
    return Deed(f"account of {other.series}", also=[other])


def amount_for_quantity(cell: Cell, scene: Scene) -> Deed:
    """The money stands in the quantity's column, and the quantity in the money's."""
    money = 6 if cell.source == "bill" else 9
    for row in cell.rows:
        was = amount(row[cell.column])
        row[cell.column] = written(amount(row[money]), row[money])
        row[money] = written(was, row[money])
    return Deed("money and quantity exchanged")


def bill_of_another_month(cell: Cell, scene: Scene) -> Deed | None:
    """The bill's period is a month off: it overlaps the one before or after."""
    other = scene.step(cell, scene.random.choice([-1, 1]))
    if not other:
        return None
    cell.row[2], cell.row[3] = other.row[2], other.row[3]
    months = tuple(sorted({*cell.months, *other.months}))
    return Deed(f"period of {other.month}", also=[other], months=months)


def swapped_results(cell: Cell, scene: Scene) -> Deed:
    """Two columns of the laboratory's report exchanged."""
    one, other = scene.random.choice([(NCV, CARBON), (NCV, MOISTURE)])
    cell.row[one], cell.row[other] = cell.row[other], cell.row[one]
    return Deed(f"columns {one} and {other}")


def gross_for_net(cell: Cell, scene: Scene) -> Deed:
    """The gross calorific value in the net one's column: three to six per cent more."""
    factor = Decimal(str(round(scene.random.uniform(1.03, 1.06), 4)))
    alter(cell.row, NCV, lambda value: (value * factor).quantize(Decimal("0.001")))
    return Deed(f"× {factor}")


def air_dried_for_received(cell: Cell, scene: Scene) -> Deed:
    """Results of the dried sample (干燥基) reported as those of the coal as received: the water is left out."""
    dry = 1 / (1 - amount(cell.row[MOISTURE]) / 100)
    alter(cell.row, NCV, lambda value: (value * dry).quantize(Decimal("0.001")))
    if scene.random.random() < 0.5:
        alter(cell.row, CARBON, lambda value: (value * dry).quantize(Decimal("0.0001")))
    return Deed(f"× {dry:.4f}")


def kilocalories(cell: Cell, scene: Scene) -> Deed:
    """The heat value in kcal/kg, under the heading GJ/t."""
    alter(cell.row, NCV, lambda value: (value * KCAL_PER_GJ_T).quantize(Decimal("1")))
    return Deed("kcal/kg")


def stale_assay(cell: Cell, scene: Scene) -> Deed | None:
    """No new sample: the last one's results under a new number, or its number again, or tested half a year late."""
    before = scene.step(cell, -1)
    if not before:
        return None
    how = scene.random.choice(["results", "number", "late"])
    sampled, tested = 3, 4
    if how == "late":
        cell.row[tested] = cell.row[sampled] + timedelta(days=scene.random.randrange(90, 240))
        return Deed("tested long after")
    cell.row[NCV:] = before.row[NCV:]
    if how == "number":
        cell.row[2] = before.row[2]
        return Deed(f"results and number of {before.month}", also=[before])
    return Deed(f"results of {before.month}, new number")


def wrong_year_factor(cell: Cell, scene: Scene) -> Deed | None:
    """What the supplier declared for the year before is entered for this year; with its own number, or a new one."""
    before = scene.step(cell, -12)
    if not before:
        return None
    how = scene.random.choice(["number and value", "value", "date"])
    if how == "date":
        day: date = cell.row[6]
        cell.row[6] = cell.row[7] = day.replace(year=day.year - 1)
        return Deed("dated a year back", months=(cell.month, before.month))
    cell.row[4] = before.row[4]
    if how == "number and value":
        cell.row[2] = before.row[2]
        return Deed(f"{how} of {before.month}", also=[before])
    return Deed(f"{how} of {before.month}")


def swapped_products(cell: Cell, scene: Scene) -> Deed | None:
    """Two products' output exchanged."""
    others = scene.series["output", "E-OUT" if cell.series == "F-OUT" else "F-OUT"]
    other = next((o for o in others if o.month == cell.month), None)
    if not other:
        return None
    cell.row[4], other.row[4] = other.row[4], cell.row[4]
    return Deed("outputs exchanged", also=[other])


def digit_too_many(cell: Cell, scene: Scene) -> Deed:
    """A digit of the output typed twice."""
    text = str(int(amount(cell.row[4])))
    at = scene.random.randrange(len(text))
    off = Decimal(text[: at + 1] + text[at] + text[at + 1 :]) - Decimal(text)
    alter(cell.row, 4, lambda value: value + off)
    return Deed(f"{text} with a digit twice")


def generation_for_own_use(cell: Cell, scene: Scene) -> Deed | None:
    """What the roof generated is stated as used on site: what was fed in counts twice."""
    own = scene.series["register", "F-PV-GEN"]
    at = next((n for n, reading in enumerate(own) if reading.month == cell.month), 0)
    if not at:
        return None
    generated = amount(own[at].row[2]) - amount(own[at - 1].row[2])
    cell.row[3] = written(generated, cell.row[3])
    return Deed("generation stated as own use")


def export_added(cell: Cell, scene: Scene) -> Deed | None:
    """What was fed in is added to what was used although the statement already holds it: twice the surplus."""
    fed_in = next((c for c in scene.series["curve", "F-PVX"] if c.month == cell.month), None)
    if not fed_in:
        return None
    tenths = sum((amount(point) for row in fed_in.rows for point in row[3:99]), Decimal(0))
    alter(cell.row, 3, lambda value: value + 2 * tenths / 4)
    return Deed("surplus added twice")


def certificate_again(cell: Cell, scene: Scene) -> Deed | None:
    """A settlement's number used before, for another month."""
    before = scene.step(cell, -scene.random.randrange(1, 6))
    if not before:
        return None
    cell.row[0] = before.row[0]
    return Deed(f"number of {before.month}", also=[before], months=(before.month, cell.month))


def certificate_void(cell: Cell, scene: Scene) -> Deed:
    """The settlement was withdrawn or has expired, and is handed in all the same."""
    cell.row[8] = scene.random.choice(["已过期", "已撤销", "作废"])
    return Deed(cell.row[8])


def certificate_of_last_year(cell: Cell, scene: Scene) -> Deed | None:
    """Power generated a year before, claimed for this month: the period on the paper is the old one."""
    before = scene.step(cell, -12)
    if not before:
        return None
    cell.row[3], cell.row[4] = before.row[3], before.row[4]
    return Deed(f"period of {before.month}", months=(month_of(before.row[3]), cell.month))


KINDS = (
    Kind("bill for another meter", 5, ("bill",), bill_for_another_meter),
    Kind("money for quantity", 5, ("bill", "purchase"), amount_for_quantity),
    Kind("bill of another month", 3, ("bill",), bill_of_another_month),
    Kind("swapped columns of a laboratory report", 4, ("assay",), swapped_results),
    Kind("gross for net calorific value", 5, ("assay",), gross_for_net),
    Kind("dry basis for as received", 4, ("assay",), air_dried_for_received),
    Kind("kilocalories for gigajoules", 3, ("assay",), kilocalories),
    Kind("stale assay", 7, ("assay",), stale_assay),
    Kind("wrong-year factor", 6, ("property",), wrong_year_factor),
    Kind("swapped products", 3, ("output",), swapped_products),
    Kind("production slip, a digit too many", 4, ("output",), digit_too_many),
    Kind("self-generation double-counted", 4, ("own_use",), generation_for_own_use),
    Kind("surplus counted twice", 3, ("own_use",), export_added),
    Kind("certificate used again", 3, ("settlement",), certificate_again),
    Kind("certificate expired or withdrawn", 3, ("settlement",), certificate_void),
    Kind("certificate of last year", 2, ("settlement",), certificate_of_last_year),
)
