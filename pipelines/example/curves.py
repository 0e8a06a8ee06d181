"""Electricity: the 96-point power curves of the plants as the grid company exports them, and the faults in them.

It holds no bill and no register.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from datetime import date
from decimal import Decimal

from pipelines.example import activity, chance, days, sheets
from pipelines.example.truth import Planted, Share

IMPORT, EXPORT = "1", "5"
POINTS = 96
HEADER = ["ASSET_NO", "DATA_DATE", "DATA_TYPE", *(f"P{point}" for point in range(1, POINTS + 1))]

FOUNDRY_MAIN = "3299010000000000100017"
FOUNDRY_MELTING = "3299010000000000100025"
ELECTRONICS_MAIN = "3299020000000000200013"
ELECTRONICS_SMT = "3299020000000000200021"
WORKSHOP_MAIN = "3299030000000000300019"
# What the roof generates: no register of the grid company's, but the same quarter hours.
ROOF = ("roof", "")
# The charging piles of the foundry's car park: in the grid company's export, not in the plan.
CHARGING_PILES = "3299010000000000100991"

# A register of one meter: (meter, data type). A day's curve is 96 means in tenths of a kilowatt.
Register = tuple[str, str]
Curve = list[int]
Curves = dict[Register, dict[date, Curve]]

STREAMS: dict[str, Register] = {
    "F-EL": (FOUNDRY_MAIN, IMPORT),
    "F-PVX": (FOUNDRY_MAIN, EXPORT),
    "E-EL": (ELECTRONICS_MAIN, IMPORT),
    "W-EL": (WORKSHOP_MAIN, IMPORT),
}
SINCE = {"W-EL": days.ACQUIRED}
FOUNDRY_REGISTERS = [(FOUNDRY_MAIN, IMPORT), (FOUNDRY_MAIN, EXPORT), (FOUNDRY_MELTING, IMPORT)]
ELECTRONICS_REGISTERS = [(ELECTRONICS_MAIN, IMPORT), (ELECTRONICS_SMT, IMPORT)]
WORKSHOP_REGISTERS = [(WORKSHOP_MAIN, IMPORT)]

# The foundry melts at night, when power is cheap: per cent of the day's mean, hour by hour.
SHAPE = (108, 110, 110, 109, 107, 104, 98, 96, 100, 102, 98, 92, 94, 97, 98, 97, 95, 90, 84, 86, 92, 98, 104, 107)
SUN = (0.50, 0.58, 0.66, 0.74, 0.78, 0.74, 0.80, 0.78, 0.70, 0.62, 0.54, 0.48)
PANELS_KW = 4000

# From a Saturday on: the Sunday in it would have sent power to the grid.
OUTAGE = (date(2023, 8, 5), date(2023, 8, 10))
MISSING_DAY = date(2023, 6, 18)
BLANKS = {
    ((FOUNDRY_MAIN, IMPORT), date(2023, 3, 15)): range(30, 34),
    ((ELECTRONICS_MAIN, IMPORT), date(2023, 11, 2)): range(61, 63),
}
# The grid company's export of the workshop reaches back into the month before it was bought.
EXPORTED_FROM = date(2024, 6, 1)
OVERLAP = (date(2024, 6, 1), date(2024, 7, 1))
CHARGED = (date(2025, 4, 1), date(2025, 7, 1))


def share(seed: int, curves: Curves, is_faulty: bool = True) -> Share:
    """The curve files of both plants, and the true monthly MWh of the streams they measure."""
    result = Share(is_faulty)
    for stream_id, register in STREAMS.items():
        result.monthly[stream_id] = monthly_mwh(curves[register], SINCE.get(stream_id, days.FIRST_DAY))
    _foundry_files(seed, curves, result)
    _electronics_files(curves, result)
    _workshop_files(curves, result)
    return result


def draw(seed: int, history: Mapping[date, activity.Day]) -> Curves:
    """Every register's curve of every day, without a fault."""
    random = chance.stream(seed, "curves")
    curves: Curves = {register: {} for register in [*FOUNDRY_REGISTERS, *ELECTRONICS_REGISTERS, ROOF]}
    for day, lived in history.items():
        curves[ROOF][day] = [_tenths(_sun_kw(day, point) * lived.cloud) for point in range(POINTS)]
        bought, sold, melting = _foundry_day(random, day, lived)
        curves[FOUNDRY_MAIN, IMPORT][day] = bought
        curves[FOUNDRY_MAIN, EXPORT][day] = sold
        curves[FOUNDRY_MELTING, IMPORT][day] = melting
        main, surface_mount = _electronics_day(random, day, lived)
        curves[ELECTRONICS_MAIN, IMPORT][day] = main
        curves[ELECTRONICS_SMT, IMPORT][day] = surface_mount
    curves[WORKSHOP_MAIN, IMPORT] = _workshop_days(seed, history)
    return curves


def monthly_mwh(curves: Mapping[date, Curve], since: date = days.FIRST_DAY) -> dict[str, Decimal]:
    """The true energy of one register by month from `since` on, MWh."""
    chosen = [month for month in days.MONTHS if month >= since]
    return {days.label(month): energy_mwh(curves[day] for day in days.days_of(month)) for month in chosen}


def energy_mwh(curves: Iterable[Curve]) -> Decimal:
    """The energy of some days: tenths of a kilowatt over a quarter of an hour, in MWh, exact."""
    return Decimal(25 * sum(map(sum, curves))).scaleb(-6)


def _foundry_day(random: chance.Random, day: date, lived: activity.Day) -> tuple[Curve, Curve, Curve]:
    """Import, export and the melting shop: the sun's surplus goes to the grid when the plant stands still."""
    bought, sold, melting = [], [], []
    for point in range(POINTS):
        load = 3300 * (0.08 + 0.92 * lived.foundry) * SHAPE[point // 4] / 100 * chance.around(random, 0.03)
        net = load - _sun_kw(day, point) * lived.cloud
        bought.append(_tenths(max(net, 0.0)))
        sold.append(_tenths(max(-net, 0.0)))
        melting.append(_tenths(load * 0.57 * chance.around(random, 0.02)))
    return bought, sold, melting


def _electronics_day(random: chance.Random, day: date, lived: activity.Day) -> tuple[Curve, Curve]:
    """The whole plant and its surface-mount lines: clean rooms run day and night, cooling follows the weather."""
    main, surface_mount = [], []
    cooling = 14 * max(0.0, lived.mean - 20)
    for point in range(POINTS):
        lines = 860 * lived.electronics * chance.around(random, 0.02)
        lights = 190 if 32 <= point < 72 and day.weekday() < 5 else 60
        main.append(_tenths(lines + 880 * lived.electronics + cooling + lights))
        surface_mount.append(_tenths(lines))
    return main, surface_mount


def _workshop_days(seed: int, history: Mapping[date, activity.Day]) -> dict[date, Curve]:
    """The workshop's meter from a month before it was bought: one shift and the half of a second, furnaces kept warm."""
    random = chance.stream(seed, "workshop curve")
    drawn = {}
    for day in days.span(EXPORTED_FROM, days.AS_OF):
        shifts = [430 if 32 <= point < 68 else 260 if 68 <= point < 84 else 45 for point in range(POINTS)]
        level = history[day].foundry
        drawn[day] = [_tenths(60 + shift * level * chance.around(random, 0.04)) for shift in shifts]
    return drawn


def _sun_kw(day: date, point: int) -> float:
    """Clear-sky power of the roof at a quarter hour: a parabola from six to eighteen."""
    hours_from_noon = ((point + 0.5) / 4 - 12) / 6.2
    return PANELS_KW * SUN[day.month - 1] * max(0.0, 1 - hours_from_noon * hours_from_noon)


def _tenths(kilowatts: float) -> int:
    return int(kilowatts * 10 + 0.5)


def _foundry_files(seed: int, curves: Curves, result: Share) -> None:
    """One file a quarter, plain UTF-8; the second quarter of 2024 comes twice, that of 2025 names a meter too many."""
    for start in days.months(days.FIRST_DAY, days.AS_OF)[::3]:
        end = min(_months_later(start, 3), days.AS_OF)
        name = f"{_opening(start, end)}_NJ-F_用电负荷曲线_{start:%Y%m}.csv"
        rows = _rows(curves, FOUNDRY_REGISTERS, start, end, result.is_faulty)
        if result.is_faulty and start == CHARGED[0]:
            rows += _charging_piles(seed, len(rows), name, result)
        result.deliver(name, sheets.delimited([HEADER, *rows]), len(rows))
        _note_gaps(curves, rows, name, start, end, FOUNDRY_REGISTERS, result)
    if result.is_faulty:
        _send_again(result)


def _send_again(result: Share) -> None:
    first, again = "2024-Q2_NJ-F_用电负荷曲线_202404.csv", "2024-Q3_NJ-F_用电负荷曲线_补发(1).csv"
    result.deliver(again, result.files[first], result.data_rows[first])
    result.planted.append(Planted("duplicate_file", again, code="FILE_DUPLICATE", note=first))


def _electronics_files(curves: Curves, result: Share) -> None:
    """One file a half-year, with a byte order mark and Windows line ends; the second of 2024 repeats June."""
    for start in days.months(days.FIRST_DAY, days.AS_OF)[::6]:
        end = min(_months_later(start, 6), days.AS_OF)
        name = f"{_opening(start, end)}_NJ-E_用电负荷曲线_{start:%Y%m}.csv"
        shown = OVERLAP[0] if result.is_faulty and start == OVERLAP[1] else start
        rows = _rows(curves, ELECTRONICS_REGISTERS, shown, end, result.is_faulty)
        result.deliver(name, sheets.delimited([HEADER, *rows], "utf-8-sig", "\r\n"), len(rows))
        _note_gaps(curves, rows, name, start, end, ELECTRONICS_REGISTERS, result)
        if shown != start:
            repeated = tuple(n for n, row in enumerate(rows, 2) if row[1] < start.isoformat())
            note = "values as in the half-year before"
            result.planted.append(Planted("overlap", name, rows=repeated, months=("2024-06",), note=note))


def _workshop_files(curves: Curves, result: Share) -> None:
    """One file a half-year, as the electronics plant's; the first has June 2024 too, which is another owner's."""
    for start in [month for month in days.months(days.FIRST_DAY, days.AS_OF)[::6] if month >= days.ACQUIRED]:
        end = min(_months_later(start, 6), days.AS_OF)
        name = f"{_opening(start, end)}_NJ-W_用电负荷曲线_{start:%Y%m}.csv"
        is_early = result.is_faulty and start == days.ACQUIRED
        rows = _rows(curves, WORKSHOP_REGISTERS, EXPORTED_FROM if is_early else start, end)
        result.deliver(name, sheets.delimited([HEADER, *rows], "utf-8-sig", "\r\n"), len(rows))
        if is_early:
            before = tuple(n for n, row in enumerate(rows, 2) if row[1] < start.isoformat())
            note = "June 2024: the workshop was not the enterprise's yet"
            result.planted.append(Planted("before_acquisition", name, rows=before, months=("2024-06",), note=note))


def _rows(
    curves: Curves, registers: Sequence[Register], start: date, end: date, is_faulty: bool = True
) -> list[list[str]]:
    """What the export holds: a day the meter was out is not there, a point that was lost is blank."""
    rows = []
    for register in registers:
        for day in days.span(start, end):
            if is_faulty and _is_out(register, day):
                continue
            blanks = BLANKS.get((register, day), ()) if is_faulty else ()
            values = curves[register][day]
            points = ["" if point in blanks else f"{v // 10}.{v % 10}" for point, v in enumerate(values, 1)]
            rows.append([register[0], day.isoformat(), register[1], *points])
    return rows


def _is_out(register: Register, day: date) -> bool:
    if register[0] == FOUNDRY_MAIN:
        return OUTAGE[0] <= day < OUTAGE[1]
    return register == (ELECTRONICS_MAIN, IMPORT) and day == MISSING_DAY


def _charging_piles(seed: int, before: int, name: str, result: Share) -> list[list[str]]:
    random = chance.stream(seed, "charging piles")
    rows = []
    for day in days.span(*CHARGED):
        points = [f"{40 * random.random():.1f}" if 30 < point < 80 else "0.0" for point in range(POINTS)]
        rows.append([CHARGING_PILES, day.isoformat(), IMPORT, *points])
    numbers = tuple(range(before + 2, before + 2 + len(rows)))
    result.planted.append(Planted("unknown_meter", name, rows=numbers, code="METER_UNPLANNED", note=CHARGING_PILES))
    return rows


def _note_gaps(
    curves: Curves,
    rows: list[list[str]],
    name: str,
    start: date,
    end: date,
    registers: Sequence[Register],
    result: Share,
) -> None:
    """Writes down what this file does not say of the streams it measures."""
    for stream_id, register in STREAMS.items():
        if not result.is_faulty or register not in registers:
            continue
        out = [day for day in days.span(start, end) if _is_out(register, day)]
        if out:
            kind = "outage" if len(out) > 1 else "missing_day"
            lost = energy_mwh(curves[register][day] for day in out)
            result.planted.append(_gap(kind, name, (), stream_id, out[0], Decimal(24 * len(out)), lost))
        for (blank_register, day), points in BLANKS.items():
            if blank_register == register and start <= day < end:
                values = curves[register][day]
                lost = energy_mwh([[values[point - 1] for point in points]])
                found = (1 + _position(rows, register, day),)
                hours = Decimal(len(points)) / 4
                result.planted.append(_gap("blank_points", name, found, stream_id, day, hours, lost))


def _gap(
    kind: str, name: str, rows: tuple[int, ...], stream_id: str, day: date, hours: Decimal, lost: Decimal
) -> Planted:
    months = (days.label(day),)
    return Planted(kind, name, "", rows, stream_id, months, "", hours, lost, f"from {day.isoformat()}")


def _position(rows: list[list[str]], register: Register, day: date) -> int:
    """The 1-based place of a register's day among the rows."""
    return next(n for n, row in enumerate(rows, 1) if row[:3] == [register[0], day.isoformat(), register[1]])


def _months_later(start: date, count: int) -> date:
    for _ in range(count):
        start = days.next_month(start)
    return start


def _opening(start: date, end: date) -> str:
    """How the file's name opens, so that names sort in the order of receipt."""
    return "2026-02" if end == days.AS_OF else days.quarter(end - days.ONE_DAY)
