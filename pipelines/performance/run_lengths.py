"""False alarms of a control chart: its average run length in control (ARL₀), worked out from its parameters.

Everything is in standard deviations of independent normal values whose mean and sigma are known; what autocorrelation or few
points do to it is not worked out here. Means of renewal: a chain of states where the chart has states, else the integral
equation of the statistic by Gauss–Legendre nodes (Crowder 1987; Brook and Evans 1972).
"""

from __future__ import annotations

from collections.abc import Sequence
from functools import cache
from itertools import pairwise
from typing import Any

import numpy as np

Array = np.ndarray[Any, np.dtype[np.float64]]
NODES = 80
# Nelson's rules that look at order, not at zones: no finite chain of zones knows them
ORDERED_RULES = frozenset({3, 4})
# of ranges of two: their mean in sigmas (d2) and the upper limit in mean ranges (D4)
MEAN_RANGE, RANGE_LIMIT = 1.128, 3.267


@cache
def _legendre(count: int) -> tuple[Array, Array]:
    return np.polynomial.legendre.leggauss(count)


def _nodes(low: float, high: float, count: int = NODES) -> tuple[Array, Array]:
    points, weights = _legendre(count)
    return (high - low) / 2 * points + (high + low) / 2, (high - low) / 2 * weights


def _density(x: Any) -> Any:
    return np.exp(-0.5 * np.square(x)) / np.sqrt(2 * np.pi)


def _below(x: Any) -> Any:
    from scipy.special import ndtr

    return ndtr(x)


def cusum(reference: float, interval: float) -> float:
    """Both sides of a tabular CUSUM with reference value k and decision interval h, each in sigmas."""
    return cusum_one_sided(reference, interval) / 2


def cusum_one_sided(reference: float, interval: float) -> float:
    """One side: L(u) = 1 + L(0)Φ(k − u) + ∫₀ʰ L(v) φ(v + k − u) dv, from u = 0 (Page's scheme)."""
    at, weights = _nodes(0.0, interval)
    start = np.concatenate([[0.0], at])
    onward = np.empty((len(start), len(start)))
    onward[:, 0] = _below(reference - start)
    onward[:, 1:] = _density(at[None, :] + reference - start[:, None]) * weights[None, :]
    return float(np.linalg.solve(np.eye(len(start)) - onward, np.ones(len(start)))[0])


def ewma(smoothing: float, multiple: float) -> float:
    """An EWMA with smoothing λ and the exact limits ± L σ √(λ/(2 − λ) · (1 − (1 − λ)^2t)), which widen with t."""
    widest = multiple * np.sqrt(smoothing / (2 - smoothing))
    at, weights = _nodes(-widest, widest)
    step = _density((at[None, :] - (1 - smoothing) * at[:, None]) / smoothing) / smoothing
    afterwards = np.linalg.solve(np.eye(NODES) - step * weights[None, :], np.ones(NODES))
    survived, total, length = None, 1.0, 0
    while True:
        length += 1
        limit = widest * np.sqrt(1 - (1 - smoothing) ** (2 * length))
        here, share = _nodes(-limit, limit)
        if survived is None:
            reached = _density(here / smoothing) / smoothing
        else:
            before, density = survived
            reached = (
                _density((here[None, :] - (1 - smoothing) * before[:, None]) / smoothing) / smoothing
            ).T @ density
        survived = (here, reached * share)
        if widest - limit < 1e-9 * widest:
            return total + float(np.interp(here, at, afterwards) @ survived[1])
        total += float(survived[1].sum())


def ewma_steady(smoothing: float, multiple: float) -> float:
    """The same with constant limits ± L σ √(λ/(2 − λ)) from the first point on, as tables print it."""
    widest = multiple * np.sqrt(smoothing / (2 - smoothing))
    at, weights = _nodes(-widest, widest)
    step = _density((at[None, :] - (1 - smoothing) * at[:, None]) / smoothing) / smoothing
    afterwards = np.linalg.solve(np.eye(NODES) - step * weights[None, :], np.ones(NODES))
    return float(1 + (_density(at / smoothing) / smoothing * weights) @ afterwards)


def moving_range() -> float:
    """Ranges of two neighbours above D4 mean ranges: L(x) = 1 + ∫ L(y) φ(y) dy over |y − x| within the limit."""
    limit = RANGE_LIMIT * MEAN_RANGE
    at, weights = _nodes(-8.0, 8.0, 4 * NODES)
    near = np.abs(at[None, :] - at[:, None]) <= limit
    onward = near * (_density(at) * weights)[None, :]
    lengths = np.linalg.solve(np.eye(len(at)) - onward, np.ones(len(at)))
    return float(1 + (_density(at) * weights) @ lengths)


def individuals(multiple: float, rules: Sequence[int]) -> float | None:
    """Single values against ± `multiple` sigmas and Nelson's run rules, as a chain over zones (Champ and Woodall 1987).

    None where a rule looks at the order of values (3, 4): there a simulation says how often it cries out.
    """
    if ORDERED_RULES & set(rules):
        return None
    edges = [-np.inf, -multiple, -2.0, -1.0, 0.0, 1.0, 2.0, multiple, np.inf]
    chances = [float(_below(high) - _below(low)) for low, high in pairwise(edges)]
    states: dict[tuple[int, ...], int] = {(0,) * 8: 0}
    waiting, moves = [(0,) * 8], []
    while waiting:
        state = waiting.pop()
        for zone, chance in zip((-4, -3, -2, -1, 1, 2, 3, 4), chances, strict=True):
            after = _after(state, zone, rules)
            if after is None or chance <= 0:
                continue
            if after not in states:
                states[after] = len(states)
                waiting.append(after)
            moves.append((states[state], states[after], chance))
    return _mean_steps(len(states), moves)


def _mean_steps(size: int, moves: list[tuple[int, int, float]]) -> float:
    from scipy.sparse import coo_array, eye_array
    from scipy.sparse.linalg import spsolve

    origins, ends, chances = zip(*moves, strict=True)
    onward = coo_array((chances, (origins, ends)), shape=(size, size)).tocsc()
    lengths: Any = spsolve((eye_array(size) - onward).tocsc(), np.ones(size))
    return float(lengths[0])


def _after(state: tuple[int, ...], zone: int, rules: Sequence[int]) -> tuple[int, ...] | None:
    """The state after a value in `zone` (sign × sigmas begun, 4 beyond the limit), or None when a rule fires.

    A state: values in a row on one side (signed), the last two beyond 2σ above and below (bits), the last four beyond 1σ
    above and below (bits), values in a row within 1σ, and beyond it. What no rule asks for stays 0.
    """
    side, two_up, two_down, four_up, four_down, calm, wild, _ = state
    up, far = zone > 0, abs(zone)
    if 1 in rules and far == 4:
        return None
    if 2 in rules:
        side = side + (1 if up else -1) if (side > 0) == up and side else (1 if up else -1)
        if abs(side) >= 9:
            return None
    if 5 in rules:
        two_up, fires_up = _window(two_up, up and far >= 3, kept=2, needed=2)
        two_down, fires_down = _window(two_down, not up and far >= 3, kept=2, needed=2)
        if fires_up or fires_down:
            return None
    if 6 in rules:
        four_up, fires_up = _window(four_up, up and far >= 2, kept=4, needed=4)
        four_down, fires_down = _window(four_down, not up and far >= 2, kept=4, needed=4)
        if fires_up or fires_down:
            return None
    calm = calm + 1 if 7 in rules and far == 1 else 0
    wild = wild + 1 if 8 in rules and far > 1 else 0
    if calm >= 15 or wild >= 8:
        return None
    return side, two_up, two_down, four_up, four_down, calm, wild, 0


def _window(bits: int, hit: bool, kept: int, needed: int) -> tuple[int, bool]:
    """The last `kept` values as bits with this one put in, and whether it is the one that makes them `needed`."""
    fires = hit and bits.bit_count() + 1 >= needed
    return (bits << 1 | hit) & ((1 << kept) - 1), fires
