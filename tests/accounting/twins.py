"""Copies of made-up lines that mean the same, or twice as much: other units, split amounts, a zero. It judges nothing."""

from __future__ import annotations

from collections.abc import Callable, Collection, Iterable
from dataclasses import replace
from decimal import Decimal

from tests.accounting.books import Books
from tests.accounting.inventories import Line, declare, enter, gap_of, proof_of

# what one unit is in another, as a power of ten
OTHER_UNITS = {
    **{"t": ("kg", 3), "kg": ("t", -3), "万Nm3": ("Nm3", 4), "Nm3": ("万Nm3", -4)},
    **{"MWh": ("kWh", 3), "kWh": ("MWh", -3), "万kWh": ("kWh", 4)},
    **{"GJ": ("MJ", 3), "MJ": ("GJ", -3), "TJ": ("GJ", 3)},
    **{"%": ("1", -2), "GJ/t": ("kJ/kg", 3), "kJ/kg": ("GJ/t", -3)},
}
SMALLEST = -12
THIRD = Decimal("0.333")


def write(books: Books, lines: Iterable[Line], kinds: Collection[str] = ()) -> dict[str, list[tuple[Line, str]]]:
    """Every kind of twin of every line that can have it, in facilities of their own: line and twin's name, by kind."""
    made: dict[str, list[tuple[Line, str]]] = {kind: [] for kind in kinds or KINDS}
    for line in lines:
        for kind in made:
            facility, stream_id = f"{line.inventory}-{kind}", f"{line.stream_id}-{kind}"
            if facility not in {row["facility_id"] for row in books.facilities}:
                books.facility(facility, line.region, is_ets_boundary=line.is_ets)
            if KINDS[kind](books, line, facility, stream_id):
                made[kind].append((line, stream_id))
    return made


def _in_other_units(books: Books, line: Line, facility: str, stream_id: str) -> bool:
    """False where the unit has no other that a power of ten away holds the same digits."""
    if line.unit not in OTHER_UNITS:
        return False
    unit, power = OTHER_UNITS[line.unit]
    amounts = [_moved(amount, power) for amount in (line.conservative, line.best_estimate)]
    if any(_decimals(amount) < SMALLEST for amount in amounts):
        return False
    measured = {kind: _in_other_unit(*one) for kind, one in line.measured.items()}
    twin = replace(line, unit=unit, conservative=amounts[0], best_estimate=amounts[1], measured=measured)
    enter(books, twin, facility, stream_id)
    return True


def _in_other_unit(value: Decimal, unit: str) -> tuple[Decimal, str]:
    other, power = OTHER_UNITS.get(unit, (unit, 0))
    return _moved(value, power), other


def _moved(value: Decimal, power: int) -> Decimal:
    """The value with its point moved, written out: DuckDB's binding of parameters reads 7E+3 as 7."""
    return Decimal(f"{value.scaleb(power):f}")


def _by_two_meters(books: Books, line: Line, facility: str, stream_id: str) -> bool:
    declare(books, line, facility, stream_id)
    for number, part in enumerate(_parts(line)):
        proof = proof_of(line)
        parameter = f"{stream_id}-{number}"
        books.reading(
            stream_id, line.month, part.best_estimate, line.unit, parameter=parameter, **proof, **gap_of(part)
        )
    return True


def _in_two_halves(books: Books, line: Line, facility: str, stream_id: str) -> bool:
    """Two records of one parameter: up to the fifteenth, and from the sixteenth on."""
    declare(books, line, facility, stream_id)
    for day, part in zip((16, 1), _parts(line), strict=True):
        start = {"period_start": line.month.replace(day=day), "planned_id": f"{stream_id}@{line.month}/{day}"}
        books.reading(stream_id, line.month, part.best_estimate, line.unit, **start, **proof_of(line), **gap_of(part))
    return True


def _with_a_zero(books: Books, line: Line, facility: str, stream_id: str) -> bool:
    enter(books, line, facility, stream_id)
    books.reading(stream_id, line.month, "0", line.unit, parameter=f"{stream_id}-zero", **proof_of(line))
    return True


def _doubled(books: Books, line: Line, facility: str, stream_id: str) -> bool:
    twice = replace(line, conservative=line.conservative * 2, best_estimate=line.best_estimate * 2)
    enter(books, twice, facility, stream_id)
    return True


def _parts(line: Line) -> tuple[Line, Line]:
    """A third and the rest, of both values of the amount."""
    third = [(amount * THIRD).quantize(Decimal("1e-6")) for amount in (line.conservative, line.best_estimate)]
    first = replace(line, conservative=third[0], best_estimate=third[1])
    rest = replace(line, conservative=line.conservative - third[0], best_estimate=line.best_estimate - third[1])
    return first, rest


def _decimals(amount: Decimal) -> int:
    exponent = amount.normalize().as_tuple().exponent
    assert isinstance(exponent, int), amount
    return exponent


KINDS: dict[str, Callable[[Books, Line, str, str], bool]] = {
    "unit": _in_other_units,
    "meters": _by_two_meters,
    "halves": _in_two_halves,
    "zero": _with_a_zero,
    "double": _doubled,
}
