"""Rows that name one interval each → one record per meter, channel and local day, a list of values. Types no text.

The stamp is a reading of the wall clock: summer time, 24:00, and midnights that carry the old date are settled here.
"""

# pyarrow.compute makes its functions at import, unseen by the type checker
# pyright: reportAttributeAccessIssue=false
from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date, timedelta
from zoneinfo import ZoneInfo

import duckdb
import numpy as np
import pyarrow as pa
import pyarrow.compute as pc

from pipelines.feeds.contract import INTERVAL_BEGIN, TimeRule
from pipelines.landing.zones import ClockChange, clock_changes

SLOTS = pa.schema(
    [
        ("ordinal", pa.int64()),
        ("sheet", pa.string()),
        ("row_number", pa.int64()),
        ("meter_id", pa.string()),
        ("channel", pa.string()),
        ("unit", pa.string()),
        ("stamp", pa.timestamp("us")),
        ("value", pa.decimal128(18, 6)),
        ("flag", pa.string()),
    ]
)


@dataclass(frozen=True)
class MeterDays:
    """`records`: the meter-days. `verdicts`: ordinal, code, found (text) of every row that is not among them."""

    records: pa.Table
    verdicts: pa.Table


# A midnight that follows the afternoon of its own date is that day's end, stamped with the old date; file order decides.
_STAMPED = """
    create or replace temp table stamped as
    with midnights as (
        select * exclude (stamp_before), coalesce(
            cast(stamp as time) = time '00:00:00'
            and cast(stamp_before as date) = cast(stamp as date) and hour(stamp_before) >= 12,
            false
        ) as is_old_midnight
        from slots
    ),
    settled as (
        select * replace (
            case when is_old_midnight and $label = 'interval_end_midnight_old_date' then stamp + interval 1 day
            else stamp end as stamp
        )
        from midnights
    )
    select
        *,
        cast(stamp as date) as day,
        60 * hour(stamp) + minute(stamp) as wall_minute,
        is_old_midnight and $label = 'interval_end' as is_mislabelled
    from settled
"""

# On the day the clocks go back a stamp comes twice: its first row in the file is the first time round.
_OCCURRENCES = """
    create or replace temp table occurrences as
    select ordinal, series, row_number() over (partition by series, stamp order by ordinal) as occurrence
    from stamped
    where day in (select day from changes where shift < 0)
"""

# An end label of elapsed 0 is the last interval of the day before, however long that day was.
_PLACED = """
    create or replace temp table placed as
    with clocked as (
        select
            stamped.*,
            changes.shift,
            changes.begins,
            changes.ends,
            coalesce(before.shift, 0) as shift_before,
            occurrences.occurrence
        from stamped
        left join changes on stamped.day = changes.day
        left join changes as before on stamped.day - 1 = before.day
        left join occurrences on stamped.ordinal = occurrences.ordinal and stamped.series = occurrences.series
    ),
    counted as (
        select *, wall_minute + case
            when shift > 0 and wall_minute >= ends then -shift
            when shift < 0 and (wall_minute >= ends or (wall_minute >= begins and occurrence = 2)) then -shift
            else 0
        end as elapsed
        from clocked
    )
    select
        ordinal, sheet, row_number, series, unit, stamp, value, flag,
        case when $is_end and elapsed = 0 then day - 1 else day end as local_date,
        case
            when $is_end and elapsed = 0 then (1440 - shift_before) // $interval - 1
            else elapsed // $interval - $is_end::int
        end as slot,
        case
            when shift > 0 and wall_minute >= begins and wall_minute < ends then 'TS_NONEXISTENT'
            when second(stamp) != 0 or elapsed % $interval != 0 then 'TS_OFF_GRID'
            when is_mislabelled then 'TS_MIDNIGHT_OLD_DATE'
        end as code
    from counted
"""

# Only slots that several rows name, and days in several units, are looked at row by row.
_CONTESTED = """
    create or replace temp table contested as
    with repeated as (
        select series, local_date, slot from placed where code is null group by all having count(*) > 1
    ),
    mixed as (
        select series, local_date, min(unit) || ', ' || max(unit) as units
        from placed
        group by all
        having min(unit) != max(unit)
    ),
    drawn as (
        select placed.*, mixed.units
        from placed
        left join mixed on placed.series = mixed.series and placed.local_date = mixed.local_date
        left join repeated on placed.series = repeated.series
            and placed.local_date = repeated.local_date and placed.slot = repeated.slot
        where placed.code is null and (mixed.units is not null or repeated.slot is not null)
    ),
    counted as (
        select
            *,
            count(*) over same_slot as claimants,
            count(*) over (partition by series, local_date, slot, value, unit, flag) as twins,
            min(ordinal) over same_slot as first_ordinal,
            min(row_number) over same_slot as first_row,
            max(row_number) over same_slot as last_row
        from drawn
        window same_slot as (partition by series, local_date, slot)
    )
    select series, ordinal, case
        when units is not null then 'UNIT_MIXED'
        when claimants > twins then 'KEY_CONFLICT'
        when ordinal > first_ordinal then 'ROW_DUPLICATE'
    end as verdict, case
        when units is not null then units
        when first_row = row_number then last_row::varchar
        else first_row::varchar
    end as found
    from counted
"""

# A row may hold several measures: one wrong measure sets the row aside, but only all of them together make it a duplicate.
_VERDICTS = """
    with told as (
        select ordinal, code as verdict, strftime(stamp, '%Y-%m-%d %H:%M:%S') as found from placed where code is not null
        union all
        select ordinal, verdict, found from contested where verdict is not null
    ),
    measures as (
        select ordinal, count(*) as measures
        from placed
        where ordinal in (select ordinal from told)
        group by ordinal
    ),
    by_row as (
        select
            ordinal,
            arg_min(verdict, verdict) filter (where verdict != 'ROW_DUPLICATE') as fault,
            arg_min(found, verdict) filter (where verdict != 'ROW_DUPLICATE') as fault_found,
            count(*) filter (where verdict = 'ROW_DUPLICATE') as duplicates,
            min(found) as other_row
        from told
        group by ordinal
    )
    select ordinal, coalesce(fault, 'ROW_DUPLICATE') as code, coalesce(fault_found, other_row) as found
    from by_row
    inner join measures using (ordinal)
    where fault is not null or duplicates = measures
    order by ordinal
"""

_RECORDS = """
    with kept as (
        select placed.* from placed
        left join verdicts on placed.ordinal = verdicts.ordinal
        left join contested on placed.ordinal = contested.ordinal and placed.series = contested.series
        where verdicts.ordinal is null and contested.verdict is null
    ),
    days as (
        select
            series, local_date, any_value(unit) as unit,
            array_to_string(list_sort(list_distinct(list(sheet))), ' + ') as sheet,
            min(row_number) as row_first, max(row_number) as row_last,
            list(value order by slot) as present, list(flag order by slot) as present_flags,
            list(slot order by slot) as slots, count(flag) > 0 as has_flags, min(ordinal) as first_ordinal
        from kept
        group by series, local_date
    ),
    sized as (
        select days.*, series.meter_id, series.channel, (1440 - coalesce(changes.shift, 0)) // $interval as expected
        from days
        inner join series on days.series = series.series
        left join changes on days.local_date = changes.day
    )
    select
        sheet, row_first, row_last, meter_id, channel, local_date, $interval::int as interval_minutes, unit,
        case
            when len(slots) = expected then present
            else list_transform(range(0, expected), lambda i: present[list_position(slots, i)])
        end as values,
        case
            when not has_flags then null
            when len(slots) = expected then present_flags
            else list_transform(range(0, expected), lambda i: present_flags[list_position(slots, i)])
        end as flags
    from sized
    order by first_ordinal, series
"""


def gathered(connection: duckdb.DuckDBPyConnection, slots: pa.Table, time: TimeRule) -> MeterDays:
    """The meter-days of `slots` (schema SLOTS, in file order)."""
    coded, series = _with_series(slots)
    days = pc.unique(slots.column("stamp").cast(pa.date32(), safe=False)).to_pylist()
    for name, table in {"slots": coded, "series": series, "changes": _changes(time.zone, days)}.items():
        connection.register(name, table)
    interval = {"interval": time.interval_minutes}
    connection.execute(_STAMPED, {"label": time.label})
    connection.execute(_OCCURRENCES)
    connection.execute(_PLACED, interval | {"is_end": time.label != INTERVAL_BEGIN})
    connection.execute(_CONTESTED)
    verdicts = connection.execute(_VERDICTS).to_arrow_table()
    connection.register("verdicts", verdicts)
    records = connection.execute(_RECORDS, interval).to_arrow_table()
    for name in ("slots", "series", "changes", "verdicts"):
        connection.unregister(name)
    connection.execute("drop table stamped; drop table occurrences; drop table placed; drop table contested")
    return MeterDays(records, verdicts)


def _with_series(slots: pa.Table) -> tuple[pa.Table, pa.Table]:
    """The slots by the number of their meter and channel, each with the stamp of that series' row before; the series."""
    names = pc.binary_join_element_wise(slots.column("meter_id"), slots.column("channel"), "\x1f")
    encoded = names.combine_chunks().dictionary_encode()
    codes = encoded.indices.to_numpy(zero_copy_only=False)
    parts = [name.split("\x1f") for name in encoded.dictionary.to_pylist()]
    series = pa.table(
        {
            "series": pa.array(range(len(parts)), pa.int32()),
            "meter_id": pa.array([meter for meter, _ in parts], pa.string()),
            "channel": pa.array([channel for _, channel in parts], pa.string()),
        }
    )
    columns = {name: slots.column(name) for name in SLOTS.names if name not in ("meter_id", "channel")}
    columns |= {
        "series": encoded.indices,
        "stamp_before": _stamps_before(slots.column("stamp").combine_chunks(), codes),
    }
    return pa.table(columns), series


def _stamps_before(stamps: pa.Array, codes: np.ndarray) -> pa.Array:
    """Of every row the stamp of the row before it in the same series; null for the first."""
    order = np.argsort(codes, kind="stable")
    same = np.zeros(len(order), bool)
    same[1:] = codes[order][1:] == codes[order][:-1]
    before = np.full(len(order), -1)
    before[order[1:]] = np.where(same[1:], order[:-1], -1)
    return stamps.take(pa.array(before, mask=before < 0))


def _changes(zone: ZoneInfo, days: Iterable[date | None]) -> pa.Table:
    """The clock changes on the days seen and on those beside them, where an end label may belong."""
    seen = {day for day in days if day}
    seen |= {day + timedelta(days=step) for day in seen for step in (-1, 1)}
    found: list[ClockChange] = clock_changes(zone, sorted(seen))
    kinds = [("day", pa.date32()), ("shift", pa.int64()), ("begins", pa.int64()), ("ends", pa.int64())]
    return pa.table({name: pa.array([getattr(one, name) for one in found], kind) for name, kind in kinds})
