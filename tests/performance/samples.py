"""The OpenEEmeter sample sites as samples of a regression: hours, days and bills of one site. It holds no expectation."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import duckdb
import numpy as np

from pipelines.performance.regression import Sample
from tests.shared_data import SHARED

FOLDER = SHARED / "data" / "eemeter_samples"
GRAINS = ("hourly", "daily", "billing_monthly", "billing_bimonthly")
HEATING_F, COOLING_F = range(50, 68), range(58, 76)

# Periods of one meter as local days (start inclusive, end exclusive) with their reading; hours add up to days first.
# The bills' stamps follow summer time, the hours do not: a bill begins on the day its local stamp names. NaN ends them.
_PERIODS = """
with read as (
    select cast(start[:10] as date) as day, try_cast(value as double) as reading
    from read_csv(?, header = true, all_varchar = true)
),
days as (
    select day, sum(reading) as reading, bool_or(reading is null or isnan(reading)) as is_gap from read group by day
),
periods as (select day as start_on, lead(day) over (order by day) as end_on, reading, is_gap from days)
select start_on, end_on, reading from periods
where not is_gap and end_on is not null and start_on >= ?::date and end_on <= ?::date order by start_on
"""
_TEMPERATURES = """
select cast(dt[:10] as date) as day, avg(cast(tempF as double)) as mean_f
from read_csv(?, header = true, all_varchar = true) group by day order by day
"""


@dataclass(frozen=True)
class Site:
    """One meter at one grain: its periods between two days, and every degree-day series a search may choose from."""

    sample: Sample
    offered: Mapping[str, Mapping[float, Any]]

    def at(self, bases: Mapping[str, float]) -> Sample:
        """The sample with its degree days at these base temperatures."""
        return self.sample.with_variables({name: self.offered[name][base] for name, base in bases.items()})


def site(meter: str, grain: str, start: str, end: str, by_month: bool = False, wanted: tuple[str, ...] = ()) -> Site:
    """The periods of `meter` that lie whole between two days. by_month: spread by day and put together as months."""
    file, weather = FOLDER / f"{meter}-{grain}.csv.gz", FOLDER / "il-tempF.csv.gz"
    with duckdb.connect() as connection:
        periods = connection.execute(_PERIODS, [str(file), start, end]).fetchall()
        temperatures = connection.execute(_TEMPERATURES, [str(weather)]).fetchnumpy()
    days, means = temperatures["day"].astype("datetime64[D]"), temperatures["mean_f"]
    if by_month:
        periods = _months(periods)
    starts = np.array([row[0] for row in periods], dtype="datetime64[D]")
    ends = np.array([row[1] for row in periods], dtype="datetime64[D]")
    sample = Sample((ends - starts).astype(float), np.array([row[2] for row in periods], float), {})
    offered = {
        "heating_degree_days": {float(b): _summed(np.maximum(b - means, 0), days, starts, ends) for b in HEATING_F},
        "cooling_degree_days": {float(b): _summed(np.maximum(means - b, 0), days, starts, ends) for b in COOLING_F},
    }
    return Site(sample, {name: bases for name, bases in offered.items() if name in (wanted or offered)})


def _summed(degrees: Any, days: Any, starts: Any, ends: Any) -> Any:
    running = np.concatenate([[0.0], np.cumsum(degrees)])
    return running[np.searchsorted(days, ends)] - running[np.searchsorted(days, starts)]


def _months(periods: list[tuple[Any, Any, float]]) -> list[tuple[Any, Any, float]]:
    """Each period spread evenly over its days, the days put together as calendar months; broken months are left out."""
    by_month: dict[Any, list[float]] = {}
    for start, end, reading in periods:
        for day in np.arange(np.datetime64(start), np.datetime64(end)):
            by_month.setdefault(day.astype("datetime64[M]"), []).append(reading / (end - start).days)
    months = []
    for month, shares in sorted(by_month.items()):
        first, after = month.astype("datetime64[D]"), (month + 1).astype("datetime64[D]")
        if len(shares) == int((after - first).astype(int)):
            months.append((first, after, sum(shares)))
    return months


def path() -> Path:
    """Where the samples lie."""
    return FOLDER
