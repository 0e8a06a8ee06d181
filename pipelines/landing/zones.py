"""How long a local day is, and where on it the clocks change. Knows no meter and no file."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import UTC, date, datetime, time, timedelta
from zoneinfo import ZoneInfo

MINUTES_A_DAY = 1440


@dataclass(frozen=True)
class ClockChange:
    """A day on which the clocks change. shift: +60 where they go forward (a 23-hour day), -60 where they go back.

    `begins` and `ends`, in minutes of the wall clock: forward, the times that do not exist; back, those that come twice.
    """

    day: date
    shift: int
    begins: int
    ends: int


def day_minutes(zone: ZoneInfo, day: date) -> int:
    """The minutes of a local day: 1440, or 1380 and 1500 where the clocks change by an hour."""
    start, end = (datetime.combine(one, time(), zone).astimezone(UTC) for one in (day, day + timedelta(days=1)))
    return int((end - start) / timedelta(minutes=1))


def clock_changes(zone: ZoneInfo, days: Iterable[date]) -> list[ClockChange]:
    """The clock changes among `days`."""
    return [_change(zone, day) for day in days if day_minutes(zone, day) != MINUTES_A_DAY]


def _change(zone: ZoneInfo, day: date) -> ClockChange:
    """Walk the day in UTC, minute by minute, until the offset differs."""
    instant = datetime.combine(day, time(), zone).astimezone(UTC)
    before = instant.astimezone(zone).utcoffset() or timedelta(0)
    while (after := instant.astimezone(zone).utcoffset() or timedelta(0)) == before:
        instant += timedelta(minutes=1)
    shift = int((after - before) / timedelta(minutes=1))
    at = instant + before
    minute = at.hour * 60 + at.minute
    return ClockChange(day, shift, *((minute, minute + shift) if shift > 0 else (minute + shift, minute)))
