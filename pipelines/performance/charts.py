"""Control charts (控制图): limits from in-control points, and each chart's statistic point by point. It reads no table.

Shewhart charts for single values with Nelson's run rules (Nelson 1984), moving ranges, EWMA (Roberts 1959; NIST/SEMATECH
e-Handbook 6.3.2.4) and the tabular CUSUM (Page 1954; 6.3.2.3). A chart is not set back after an alarm.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from itertools import pairwise
from typing import Any

import numpy as np

from pipelines.performance import run_rules
from pipelines.performance.run_lengths import MEAN_RANGE, RANGE_LIMIT

Array = np.ndarray[Any, np.dtype[np.float64]]
Chosen = np.ndarray[Any, np.dtype[np.bool_]]
# points beyond this many sigmas are no part of what limits come from, whatever the chart
IN_CONTROL_SIGMAS = 3.0


@dataclass(frozen=True)
class Limits:
    """Centre and sigma, the points they come from, and in how many rounds points were left out."""

    centre: float
    sigma: float
    used: Chosen
    rounds: int


@dataclass(frozen=True)
class Point:
    """One value on its chart. side: 1 too high, -1 too low, 0 neither; began: where the run that alarms began."""

    statistic: float
    statistic_low: float | None = None
    lower: float | None = None
    upper: float | None = None
    rules: tuple[str, ...] = ()
    side: int = 0
    began: int | None = None

    @property
    def is_alarm(self) -> bool:
        return bool(self.rules)


def in_control(values: Array, window: Chosen) -> Limits:
    """Limits from the points of `window` (booleans): centre their mean, sigma the mean moving range / 1.128.

    Points beyond 3 sigmas are left out and the limits drawn again, until none is (phase I, Montgomery 6.4).
    """
    used, rounds = window.copy(), 0
    while True:
        rounds += 1
        centre, sigma = float(np.mean(values[used])), _sigma(values, used)
        kept = used & (np.abs(values - centre) <= IN_CONTROL_SIGMAS * sigma)
        if kept.sum() == used.sum() or kept.sum() < 2:
            return Limits(centre, sigma, used, rounds)
        used = kept


def _sigma(values: Array, used: Chosen) -> float:
    both = used[1:] & used[:-1]
    ranges = np.abs(np.diff(values))[both]
    return float(np.mean(ranges)) / MEAN_RANGE if len(ranges) else 0.0


def individuals(values: Array, limits: Limits, multiple: float, rules: Sequence[int]) -> list[Point]:
    """Each value against centre ± multiple × sigma, and Nelson's rules as far as they are asked for."""
    z = (values - limits.centre) / limits.sigma
    found = {rule: run_rules.fired(rule, z, multiple) for rule in sorted(rules)}
    reach = multiple * limits.sigma
    return [
        _judged(float(value), limits.centre - reach, limits.centre + reach, at, found)
        for at, value in enumerate(values)
    ]


def _judged(
    value: float, lower: float, upper: float, at: int, found: Mapping[int, Mapping[int, tuple[int, int]]]
) -> Point:
    here = {rule: fired[at] for rule, fired in found.items() if at in fired}
    sides = {side for side, _ in here.values()}
    began = min((began for _, began in here.values()), default=None)
    return Point(value, None, lower, upper, tuple(map(str, here)), sides.pop() if len(sides) == 1 else 0, began)


def _side(value: float) -> int:
    return 1 if value > 0 else -1


def moving_range(values: Array, limits: Limits) -> list[Point]:
    """Distances of neighbours against D4 mean ranges; the first value has none."""
    upper = RANGE_LIMIT * MEAN_RANGE * limits.sigma
    points = [Point(statistic=0.0, lower=0.0, upper=upper)]
    for at, (before, value) in enumerate(pairwise(values), start=1):
        distance = abs(float(value - before))
        fired = distance > upper
        side = _side(value - before) if fired else 0
        points.append(Point(distance, None, 0.0, upper, ("range",) * fired, side, at if fired else None))
    return points


def ewma(values: Array, limits: Limits, smoothing: float, multiple: float) -> list[Point]:
    """z_t = λ x_t + (1 − λ) z_(t−1) from the centre, against the exact limits, which widen with t."""
    points, z, began, side = [], limits.centre, 0, 0
    for at, value in enumerate(values):
        z = smoothing * float(value) + (1 - smoothing) * z
        spread = smoothing / (2 - smoothing) * (1 - (1 - smoothing) ** (2 * (at + 1)))
        reach = multiple * limits.sigma * float(np.sqrt(spread))
        if _side(z - limits.centre) != side:
            began, side = at, _side(z - limits.centre)
        fired = abs(z - limits.centre) > reach
        points.append(
            Point(
                *(z, None, limits.centre - reach, limits.centre + reach),
                *(("ewma",) * fired, side if fired else 0, began if fired else None),
            )
        )
    return points


def cusum(values: Array, limits: Limits, reference: float, interval: float) -> list[Point]:
    """S⁺ = max(0, S⁺ + z − k), S⁻ = max(0, S⁻ − z − k) in sigmas, against h; a run began after the sum last was 0."""
    points, high, low, high_began, low_began = [], 0.0, 0.0, 0, 0
    for at, z in enumerate((values - limits.centre) / limits.sigma):
        high_began, low_began = at if high == 0 else high_began, at if low == 0 else low_began
        high, low = max(0.0, high + float(z) - reference), max(0.0, low - float(z) - reference)
        is_high, is_low = high > interval, low > interval
        rules = ("cusum_high",) * is_high + ("cusum_low",) * is_low
        began = high_began if is_high else low_began if is_low else None
        points.append(Point(high, low, 0.0, interval, rules, int(is_high) - int(is_low), began))
    return points
