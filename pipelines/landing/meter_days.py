"""Rows that name one interval each → one record per meter, channel and local day, a list of values. Types no text.

The stamp is a reading of the wall clock: summer time, 24:00, and midnights that carry the old date are settled here.
"""

# pyarrow.compute makes its functions at import, unseen by the type checker
# pyright: reportAttributeAccessIssue=false
from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import timedelta
from zoneinfo import ZoneInfo

import duckdb
import pyarrow as pa
import pyarrow.compute as pc

from pipelines.feeds.contract import TimeRule
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
    with ordered as (
        select *, lag(stamp) over (partition by meter_id, channel order by ordinal) as stamp_before from slots
    ),
    midnights as (
        select * exclude (stamp_before), coalesce(
            cast(stamp as time) = time '00:00:00'
            and cast(stamp_before as date) = cast(stamp as date) and hour(stamp_before) >= 12,
            false
        ) as is_old_midnight
        from ordered
    ),
    settled as (
        select * replace (
            case when is_old_midnight and $label = 'interval_end_midnight_old_date' then stamp + interval 1 day
            else stamp end as stamp
        )
        from midnights
    ),
    clocked as (
        select
            settled.*,
            cast(stamp as date) as day,
            60 * hour(stamp) + minute(stamp) as wall_minute,
            row_number() over (partition by meter_id, channel, stamp order by ordinal) as occurrence,
            changes.shift,
            changes.begins,
            changes.ends
        from settled
        left join changes on cast(stamp as date) = changes.day
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
        ordinal, sheet, row_number, meter_id, channel, unit, stamp, value, flag, day, elapsed,
        case
            when shift > 0 and wall_minute >= begins and wall_minute < ends then 'TS_NONEXISTENT'
            when second(stamp) != 0 or elapsed % $interval != 0 then 'TS_OFF_GRID'
            when is_old_midnight and $label = 'interval_end' then 'TS_MIDNIGHT_OLD_DATE'
        end as code
    from counted
"""

# An end label of elapsed 0 is the last interval of the day before, however long that day was.
_PLACED = """
    create or replace temp table placed as
    with labelled as (
        select stamped.*, coalesce(before.shift, 0) as shift_before
        from stamped
        left join changes as before on stamped.day - 1 = before.day
    ),
    slotted as (
        select
            * exclude (day, elapsed, shift_before),
            case when $is_end and elapsed = 0 then day - 1 else day end as local_date,
            case
                when $is_end and elapsed = 0 then (1440 - shift_before) // $interval - 1
                else elapsed // $interval - $is_end::int
            end as slot
        from labelled
    ),
    counted as (
        select
            *,
            count(*) filter (where code is null) over same_slot as claimants,
            count(*) filter (where code is null) over same_value as twins,
            min(ordinal) filter (where code is null) over same_slot as first_ordinal,
            min(row_number) filter (where code is null) over same_slot as first_row,
            max(row_number) filter (where code is null) over same_slot as last_row,
            min(unit) over same_day as one_unit,
            max(unit) over same_day as other_unit
        from slotted
        window
            same_slot as (partition by meter_id, channel, local_date, slot),
            same_value as (partition by meter_id, channel, local_date, slot, value, unit, flag),
            same_day as (partition by meter_id, channel, local_date)
    )
    select *, case
        when code is not null then code
        when one_unit != other_unit then 'UNIT_MIXED'
        when claimants > twins then 'KEY_CONFLICT'
        when claimants > 1 and ordinal > first_ordinal then 'ROW_DUPLICATE'
    end as verdict
    from counted
"""

# A row may hold several measures: one wrong measure sets the row aside, but only all of them together make it a duplicate.
_VERDICTS = """
    with by_row as (
        select
            ordinal,
            min(verdict) filter (where verdict != 'ROW_DUPLICATE') as fault,
            count(*) filter (where verdict = 'ROW_DUPLICATE') = count(*) as is_duplicate,
            any_value(stamp) as stamp,
            min(case when first_row = row_number then last_row else first_row end) as other_row,
            min(one_unit || ', ' || other_unit) as both_units
        from placed
        group by ordinal
    )
    select ordinal, coalesce(fault, 'ROW_DUPLICATE') as code, case
        when fault = 'UNIT_MIXED' then both_units
        when fault like 'TS_%' then strftime(stamp, '%Y-%m-%d %H:%M:%S')
        else other_row::varchar
    end as found
    from by_row
    where fault is not null or is_duplicate
    order by ordinal
"""

_RECORDS = """
    with kept as (
        select * from placed
        where verdict is null and ordinal not in (select ordinal from placed where verdict != 'ROW_DUPLICATE')
    ),
    days as (
        select
            meter_id, channel, local_date, any_value(unit) as unit,
            array_to_string(list_sort(list_distinct(list(sheet))), ' + ') as sheet,
            min(row_number) as row_first, max(row_number) as row_last,
            list(value order by slot) as present, list(flag order by slot) as present_flags,
            list(slot order by slot) as slots, count(flag) > 0 as has_flags, min(ordinal) as first_ordinal
        from kept
        group by meter_id, channel, local_date
    ),
    sized as (
        select days.*, (1440 - coalesce(changes.shift, 0)) // $interval as expected
        from days
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
    order by first_ordinal
"""


def gathered(connection: duckdb.DuckDBPyConnection, slots: pa.Table, time: TimeRule) -> MeterDays:
    """The meter-days of `slots` (schema SLOTS, in file order)."""
    changes = _changes(time.zone, pc.unique(slots.column("stamp").cast(pa.date32(), safe=False)).to_pylist())
    connection.register("slots", slots)
    connection.register("changes", changes)
    interval = time.interval_minutes
    connection.execute(_STAMPED, {"label": time.label, "interval": interval})
    connection.execute(_PLACED, {"is_end": time.label != "interval_begin", "interval": interval})
    verdicts = connection.execute(_VERDICTS).to_arrow_table()
    records = connection.execute(_RECORDS, {"interval": interval}).to_arrow_table()
    for name in ("slots", "changes"):
        connection.unregister(name)
    connection.execute("drop table stamped; drop table placed")
    return MeterDays(records, verdicts)


def _changes(zone: ZoneInfo, days: Iterable) -> pa.Table:
    """The clock changes on the days seen and on those before them, where an end label may belong."""
    seen = {day for day in days if day}
    seen |= {day + timedelta(days=step) for day in seen for step in (-1, 1)}
    found: list[ClockChange] = clock_changes(zone, sorted(seen))
    kinds = [("day", pa.date32()), ("shift", pa.int64()), ("begins", pa.int64()), ("ends", pa.int64())]
    return pa.table({name: pa.array([getattr(one, name) for one in found], kind) for name, kind in kinds})
