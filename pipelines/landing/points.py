"""Wide rows, one column a point of the day → lists of values and flags. A clean row is typed whole, an odd one by value.

One regular expression over a row's joined cells tells the two apart, so that a year of 2,000 meters takes seconds.
"""

# pyarrow.compute makes its functions at import, unseen by the type checker
# pyright: reportAttributeAccessIssue=false
from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace

import duckdb
import numpy as np
import pyarrow as pa
import pyarrow.compute as pc

from pipelines import records
from pipelines.landing import decimal_marks, numbers
from pipelines.landing.numbers import INTERVAL_DECIMALS, NumberRule

VALUES = pa.list_(records.INTERVAL_VALUE)
FLAGS = pa.list_(pa.string())
_ROWS_AT_A_TIME = 100_000
_WHOLE_DIGITS = 12


@dataclass(frozen=True)
class Curve:
    """Rows of one interval length as lists. `rows`: their places among all rows given.

    A row that cannot be read has a code, the number of the point it is about, and what stood there; its lists are null.
    """

    rows: pa.Array
    values: pa.Array
    flags: pa.Array
    codes: pa.Array
    wrong_points: pa.Array
    found: pa.Array


@dataclass(frozen=True)
class PointCells:
    """The columns of the points and of their flags, in the order of the day. missing: flags that say 'no value here'."""

    values: list[str]
    flags: list[str]
    missing: frozenset[str]


def curves(
    connection: duckdb.DuckDBPyConnection,
    cells: pa.Table,
    rows: pa.Array,
    points: PointCells,
    rule: NumberRule,
    mark: str,
) -> Iterator[Curve]:
    """The curves of the rows at `rows` in `cells`. mark: the feed's decimal mark, or 'auto'."""
    chosen = cells.select([*dict.fromkeys([*points.values, *points.flags])])
    parts = [_part(chosen, rows, start) for start in range(0, len(rows), _ROWS_AT_A_TIME)]
    odd: list[tuple[pa.Array, pa.Table]] = []
    if mark != ",":
        query, unlike = _clean_query(points, rule), _odd(rule)
        for places, table in parts:
            answer = _clean(connection, table, query, unlike)
            is_odd = pc.is_null(answer.column("values")).combine_chunks()
            yield from _clean_curve(places, answer, is_odd)
            odd.append((places.filter(is_odd), table.filter(is_odd)))
    else:
        odd = parts
    odd = [part for part in odd if len(part[0])]
    if odd:
        yield _careful(connection, odd, points, rule, mark)


def _part(chosen: pa.Table, rows: pa.Array, start: int) -> tuple[pa.Array, pa.Table]:
    """Some consecutive rows: shared with the file's table where nothing lies between them, else copied."""
    places = rows.slice(start, _ROWS_AT_A_TIME)
    first, last = places[0].as_py(), places[-1].as_py()
    if last - first + 1 == len(places):
        return places, chosen.slice(first, len(places))
    return places, chosen.take(places)


def _clean(connection: duckdb.DuckDBPyConnection, table: pa.Table, query: str, unlike: str) -> pa.Table:
    """`values` and `flags` of one part; null values where the row is not plain numbers and blanks."""
    connection.register("part", table)
    # A table is built on all threads, an answer would be fetched on one.
    connection.execute(f"create or replace temp table curves as {query}", {"odd": unlike})
    # Values of eight bytes, as DuckDB and Parquet hold them.
    connection.execute("set arrow_output_version = '1.5'")
    answer = connection.execute("select * from curves").to_arrow_table()
    connection.execute("reset arrow_output_version; drop table curves")
    connection.unregister("part")
    return answer


def _clean_query(points: PointCells, rule: NumberRule) -> str:
    """One pass over a part: judge each row by its joined cells, cast the plain ones, list them."""
    joined = f"concat_ws('|', {', '.join(points.values)})"
    digits, times = _places(rule), _times(rule)
    values = ", ".join(_point(n, points, digits, times) for n in range(len(points.values)))
    flags = f"list_value({', '.join(points.flags)})" if points.flags else "null::varchar[]"
    return (
        f"select case when not regexp_matches({joined}, $odd) then list_value({values}) end as values, {flags} as flags"  # noqa: S608 - column names are our own c0, c1 …
        " from part"
    )


def _point(number: int, points: PointCells, digits: int, times: str) -> str:
    """One point as SQL; null where its flag says that nothing was measured."""
    value = f"try_cast({points.values[number]} as decimal({_WHOLE_DIGITS + digits}, {digits}))"
    value = f"try_cast({value}{times} as decimal(18, 6))"
    if points.missing and points.flags:
        listed = ", ".join("'" + flag.replace("'", "''") + "'" for flag in sorted(points.missing))
        return f"case when coalesce({points.flags[number]}, '') not in ({listed}) then {value} end"
    return value


def _times(rule: NumberRule) -> str:
    """The factor as an exact SQL literal to multiply with."""
    if rule.factor == 1:
        return ""
    factor = numbers.as_decimal(rule.factor)
    scale = max(0, -int(factor.as_tuple().exponent))
    return f" * {factor:f}::decimal({max(len(factor.as_tuple().digits), scale) + 1}, {scale})"


def _places(rule: NumberRule) -> int:
    """The decimals a plain number may have so that its product with the factor still has six at most."""
    exponent = int(numbers.as_decimal(rule.factor).as_tuple().exponent)
    return max(0, INTERVAL_DECIMALS + min(exponent, 0))


def _odd(rule: NumberRule) -> str:
    """What no row of plain numbers and blanks holds; cells are joined by a pipe, so that a comma inside one is seen."""
    places = _places(rule)
    whole = _WHOLE_DIGITS - len(str(int(rule.factor)))
    parts = [r"[.](\||$)", rf"[.][0-9]{{{places + 1}}}", rf"[0-9]{{{whole + 1}}}", r"[.][0-9]*[.]", r"^\|*$"]
    if rule.refuses_negative:
        return "|".join([r"[^0-9.|]", *parts])
    return "|".join([r"[^0-9.|\-]", r"[0-9.\-]-", r"-(\||$|9{4,6}([.]0+)?(\||$))", *parts])


def _clean_curve(places: pa.Array, answer: pa.Table, is_odd: pa.Array) -> Iterator[Curve]:
    plain = pc.invert(is_odd)
    if not pc.any(plain).as_py():
        return
    kept = answer if not pc.any(is_odd).as_py() else answer.filter(plain)
    nothing = pa.nulls(kept.num_rows, pa.string())
    values, flags = (kept.column(name).combine_chunks() for name in ("values", "flags"))
    rows = places.filter(plain) if kept is not answer else places
    yield Curve(rows, values, flags, nothing, pa.nulls(kept.num_rows, pa.int64()), nothing)


def _careful(
    connection: duckdb.DuckDBPyConnection,
    odd: Sequence[tuple[pa.Array, pa.Table]],
    points: PointCells,
    rule: NumberRule,
    mark: str,
) -> Curve:
    """Rows looked at value by value: a blank or a placeholder is a missing value, anything unreadable sets the row aside."""
    rows = pa.concat_arrays([places for places, _ in odd])
    table = pa.concat_tables([part for _, part in odd])
    texts = _row_by_row(table, points.values)
    if mark == "auto":
        mark = decimal_marks.decimal_mark(connection, [(points.values[0], texts)])
    judged = numbers.judge(connection, texts, replace(rule, mark=mark))
    count = len(points.values)
    flags = _row_by_row(table, points.flags) if points.flags else pa.nulls(len(texts), pa.string())
    is_missing = pc.is_in(judged.codes, pa.array(sorted(numbers.MISSING)))
    if points.missing:
        is_missing = pc.or_(is_missing, pc.is_in(flags, pa.array(sorted(points.missing))))
    codes = pc.if_else(is_missing, pa.scalar(None, pa.string()), judged.codes)
    values = pc.if_else(is_missing, pa.scalar(None, judged.values.type), judged.values)
    is_placeholder = pc.equal(pc.fill_null(judged.codes, ""), "NUM_SENTINEL")
    flags = pc.coalesce(pc.if_else(is_placeholder, texts, pa.scalar(None, pa.string())), flags)
    return _judged_curve(rows, count, values.cast(records.INTERVAL_VALUE), flags, codes, texts)


def _judged_curve(
    rows: pa.Array, count: int, values: pa.Array, flags: pa.Array, codes: pa.Array, texts: pa.Array
) -> Curve:
    """Flat cells, row after row, as one list a row; a row is judged by its first wrong point."""
    wrong = pc.is_valid(codes).to_numpy(zero_copy_only=False).reshape(len(rows), count)
    is_blank = pc.and_(pc.is_null(values), pc.is_null(flags)).to_numpy(zero_copy_only=False).reshape(len(rows), count)
    first = np.where(wrong.any(axis=1), wrong.argmax(axis=1), -1)
    at = pa.array(np.maximum(first, 0) + np.arange(len(rows)) * count)
    has_wrong = pa.array(first >= 0)
    row_codes = pc.if_else(has_wrong, codes.take(at), pa.scalar(None, pa.string()))
    row_codes = pc.if_else(pa.array(is_blank.all(axis=1)), pa.scalar("NUM_BLANK"), row_codes)
    offsets = pa.array(np.arange(len(rows) + 1) * count, pa.int32())
    return Curve(
        rows,
        pa.ListArray.from_arrays(offsets, values),
        pa.ListArray.from_arrays(offsets, flags),
        row_codes,
        pa.array(np.maximum(first, 0)),
        pc.if_else(has_wrong, texts.take(at), pa.scalar(None, pa.string())),
    )


def _row_by_row(table: pa.Table, names: Sequence[str]) -> pa.Array:
    """The cells of some columns in one array: all of the first row, then all of the second …"""
    columns = pa.concat_arrays([table.column(name).combine_chunks() for name in names])
    order = np.arange(len(columns)).reshape(len(names), table.num_rows).T.ravel()
    return columns.take(pa.array(order))
