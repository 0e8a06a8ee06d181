"""The records of wide load profiles: typed keys beside the lists of their points. The lists themselves: points.py."""

# pyarrow.compute makes its functions at import, unseen by the type checker
# pyright: reportAttributeAccessIssue=false
from __future__ import annotations

from dataclasses import replace
from datetime import date

import pyarrow as pa
import pyarrow.compute as pc

from pipelines.feeds import Points
from pipelines.landing import figures, identifiers, points
from pipelines.landing.assembling import as_table, schema_with_origin
from pipelines.landing.columns import Reading, texts_of
from pipelines.landing.findings import Findings
from pipelines.landing.points import Curve, PointCells
from pipelines.landing.structure import Grid
from pipelines.landing.zones import MINUTES_A_DAY, day_minutes
from pipelines.readers import Notice

TEXT = pa.string()


def records_of(
    grid: Grid, offset: int, typed: dict[str, pa.Array], reading: Reading, findings: Findings
) -> list[pa.Table]:
    """One record per row whose key and points can be read; a blank point is a missing value, not a wrong row."""
    feed = reading.feed
    assert feed.points is not None
    fixed = None if figures.has_own_units(grid, reading) else feed.unit.constant
    rule, unit = figures.rule_of(reading, feed.points.prefix, fixed)
    units = figures.unit_names(grid, reading, unit, typed, findings)
    minutes = typed.pop("interval_minutes")
    minutes = pc.fill_null(minutes, feed.time.interval_minutes) if feed.points.last is not None else minutes
    days = _minutes_of_days(typed["local_date"], reading)
    flags = _flag_texts(grid, reading)
    good = findings.good
    parts = []
    for interval in pc.unique(minutes.filter(good)).to_pylist():
        cells = _cells(grid, feed.points, feed.flag_points, MINUTES_A_DAY // interval, feed.missing_flags)
        rows = pc.indices_nonzero(pc.and_(good, pc.equal(minutes, interval))).cast(pa.int64())
        for curve in points.curves(reading.connection, grid.cells, rows, cells, rule, reading.mark):
            settled = _fitted(_flagged(curve, flags), days.take(curve.rows), interval)
            _note(settled, grid, cells, findings)
            parts.append(_records(settled, grid, offset, typed, units, interval, reading))
    return parts


def _cells(grid: Grid, values: Points, flags: Points | None, count: int, missing: frozenset[str]) -> PointCells:
    """The columns of a day's points, and of its flags where the file has them."""
    return PointCells(_columns(grid, values, count), _columns(grid, flags, count) if flags else [], missing)


def _columns(grid: Grid, wide: Points, count: int) -> list[str]:
    positions = [grid.position_of([wide.heading(wide.first + n)]) for n in range(count)]
    return [] if None in positions else [f"c{position}" for position in positions]


def _minutes_of_days(days: pa.Array, reading: Reading) -> pa.Array:
    """How long each row's local day is."""
    encoded = days.dictionary_encode()
    lengths = [
        day_minutes(reading.feed.time.zone, day) if isinstance(day, date) else None
        for day in encoded.dictionary.to_pylist()
    ]
    return pa.array(lengths, pa.int64()).take(encoded.indices)


def _flag_texts(grid: Grid, reading: Reading) -> pa.Array | None:
    """One text a row that flags its points, a character each; one of another length is left out and said."""
    source, values = reading.feed.sources.get("flags"), reading.feed.points
    if source is None or values is None or grid.position_of(source.headers) is None:
        return None
    texts, count = identifiers.trimmed(texts_of(source, grid, reading.file_name)), len(values.headers())
    lengths = pc.utf8_length(texts)
    wrong = pc.index(pc.fill_null(pc.not_equal(lengths, count), False), True).as_py()
    if wrong >= 0:
        values_said = {"found": str(lengths[wrong].as_py()), "expected": str(count)}
        heading, row = grid.heading_of(source), grid.row_numbers[wrong].as_py()
        reading.notice(grid.sheet, Notice("FLAG_LENGTH", row, heading, values_said))
    return pc.if_else(pc.equal(lengths, count), texts, pa.scalar(None, TEXT))


def _flagged(curve: Curve, texts: pa.Array | None) -> Curve:
    """The curve with the flags its row carries as one text; what stood in place of a value is kept before them."""
    if texts is None:
        return curve
    encoded = texts.take(curve.rows).dictionary_encode()
    listed = pa.array([list(text) for text in encoded.dictionary.to_pylist()], points.FLAGS).take(encoded.indices)
    has_own = pc.any(pc.is_valid(pc.list_flatten(curve.flags))).as_py()
    return replace(curve, flags=_merged(curve.flags, listed) if has_own else listed)


def _merged(first: pa.Array, second: pa.Array) -> pa.Array:
    merged = []
    for own, given in zip(first.to_pylist(), second.to_pylist(), strict=True):
        merged.append(
            [a if a is not None else b for a, b in zip(own, given, strict=True)] if own and given else own or given
        )
    return pa.array(merged, points.FLAGS)


def _fitted(curve: Curve, lengths: pa.Array, interval: int) -> Curve:
    """A short day keeps only its own points; points it cannot have, or has not, are INTERVAL_COUNT."""
    irregular = pc.indices_nonzero(pc.not_equal(lengths, MINUTES_A_DAY)).to_pylist()
    if not irregular:
        return curve
    values, flags, codes = curve.values.to_pylist(), curve.flags.to_pylist(), curve.codes.to_pylist()
    found = curve.found.to_pylist()
    for row in irregular:
        expected = lengths[row].as_py() // interval
        if codes[row] is None and (expected > len(values[row]) or any(v is not None for v in values[row][expected:])):
            codes[row], found[row] = "INTERVAL_COUNT", str(len(values[row]))
        values[row] = values[row][:expected]
        flags[row] = flags[row] and flags[row][:expected]
    return Curve(
        curve.rows,
        pa.array(values, points.VALUES),
        pa.array(flags, points.FLAGS),
        pa.array(codes, TEXT),
        curve.wrong_points,
        pa.array(found, TEXT),
    )


def _note(curve: Curve, grid: Grid, cells: PointCells, findings: Findings) -> None:
    """The rows whose points cannot be read, each under the heading of its first wrong point."""
    wrong = pc.indices_nonzero(pc.is_valid(curve.codes)).to_pylist()
    if not wrong:
        return
    rows = [curve.rows[index].as_py() for index in wrong]
    headings = [cells.values[curve.wrong_points[index].as_py() or 0] for index in wrong]
    codes = _placed([curve.codes[index].as_py() for index in wrong], rows, len(grid))
    fields = _placed([grid.header.names[int(cell[1:])] for cell in headings], rows, len(grid))
    found = _placed([curve.found[index].as_py() for index in wrong], rows, len(grid))
    findings.add(codes, fields, found, str(points.INTERVAL_DECIMALS))


def _placed(texts: list[str | None], rows: list[int], length: int) -> pa.Array:
    """`texts` at the places `rows`, null elsewhere."""
    column: list[str | None] = [None] * length
    for row, text in zip(rows, texts, strict=True):
        column[row] = text
    return pa.array(column, TEXT)


def _records(
    curve: Curve,
    grid: Grid,
    offset: int,
    typed: dict[str, pa.Array],
    units: pa.Array,
    interval: int,
    reading: Reading,
) -> pa.Table:
    good = pc.is_null(curve.codes)
    places = curve.rows.filter(good)
    columns = {name: values.take(places) for name, values in typed.items()}
    columns |= {
        "ordinal": pc.add(places, offset),
        "sheet": pa.repeat(pa.scalar(grid.sheet, TEXT), len(places)),
        "row_first": grid.row_numbers.take(places),
        "row_last": grid.row_numbers.take(places),
        "interval_minutes": pa.repeat(pa.scalar(interval, pa.int32()), len(places)),
        "unit": units.take(places),
        "values": curve.values.filter(good) if len(places) < len(good) else curve.values,
        "flags": curve.flags.filter(good) if len(places) < len(good) else curve.flags,
    }
    return as_table(columns, schema_with_origin(reading.feed.record_type))
