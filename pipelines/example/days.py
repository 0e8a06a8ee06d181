"""The calendar the example lives in: its months, shut-downs and delivery dates. It holds no quantity."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import date, timedelta

FIRST_DAY = date(2023, 1, 1)
AS_OF = date(2026, 2, 15)
# Electricity and heat are billed from the 26th to the 25th: the first bill reaches back into the year before.
FIRST_BILLED_DAY = date(2022, 12, 26)
ONE_DAY = timedelta(days=1)
# The workshop NJ-W belongs to the enterprise from this day on; its meters had been read before.
ACQUIRED = date(2024, 7, 1)

SPRING_FESTIVALS = (
    (date(2023, 1, 20), date(2023, 1, 28)),
    (date(2024, 2, 8), date(2024, 2, 18)),
    (date(2025, 1, 27), date(2025, 2, 5)),
    (date(2026, 2, 14), date(2026, 2, 24)),
)
HOLIDAYS = frozenset({(1, 1), (5, 1), (10, 1), (10, 2), (10, 3)})


def span(start: date, end: date) -> Iterator[date]:
    """The days from `start` up to, not including, `end`."""
    while start < end:
        yield start
        start += ONE_DAY


def next_month(first: date) -> date:
    """The first day of the month after the one `first` stands in."""
    return date(first.year + first.month // 12, first.month % 12 + 1, 1)


def months(start: date, end: date) -> list[date]:
    """The first days of the months from `start` up to, not including, `end`."""
    firsts = []
    while start < end:
        firsts.append(start)
        start = next_month(start)
    return firsts


# The months that are over by the date of the account: three whole years and the January after them.
MONTHS = months(FIRST_DAY, AS_OF.replace(day=1))


def label(month: date) -> str:
    """A month as the truth names it: 2024-03."""
    return f"{month:%Y-%m}"


def days_of(month: date) -> list[date]:
    """Every day of the month that begins on `month`."""
    return list(span(month, next_month(month)))


def received(year: int) -> str:
    """How the name of a year's file opens: it came when the year was over."""
    return "2026-01" if year == 2026 else f"{year}-Q4"


def quarter(day: date) -> str:
    """The quarter a day stands in, as file names open: 2024-Q1."""
    return f"{day.year}-Q{(day.month + 2) // 3}"


def is_spring_festival(day: date) -> bool:
    """Whether the plants stand still for the Spring Festival (春节)."""
    return any(start <= day < end for start, end in SPRING_FESTIVALS)


def is_holiday(day: date) -> bool:
    """Whether the day is one of the fixed public holidays."""
    return (day.month, day.day) in HOLIDAYS
