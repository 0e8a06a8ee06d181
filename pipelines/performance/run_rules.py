"""Nelson's run rules (判异准则): which patterns of neighbouring values are out of control. It knows no limits' origin.

Lloyd S. Nelson, The Shewhart Control Chart: Tests for Special Causes, Journal of Quality Technology 16 (1984), 237–239; the
same eight stand in GB/T 17989.2 (ISO 7870-2) and Minitab. A pattern fires with its last value, which belongs to it.
"""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

import numpy as np

Array = np.ndarray[Any, np.dtype[np.float64]]
# windows of values (in sigmas from the centre), the limit → which fire, and on which side (1 high, -1 low, 0 neither)
Rule = Callable[[Array, float], tuple[Any, Any]]


def _beyond_limit(z: Array, multiple: float) -> tuple[Any, Any]:
    return np.abs(z[:, -1]) > multiple, np.sign(z[:, -1])


def _one_side(z: Array, _: float) -> tuple[Any, Any]:
    return np.all(z > 0, axis=1) | np.all(z < 0, axis=1), np.sign(z[:, -1])


def _trend(z: Array, _: float) -> tuple[Any, Any]:
    steps = np.diff(z, axis=1)
    return np.all(steps > 0, axis=1) | np.all(steps < 0, axis=1), np.sign(steps[:, -1])


def _alternating(z: Array, _: float) -> tuple[Any, Any]:
    steps = np.diff(z, axis=1)
    return np.all(steps[:, 1:] * steps[:, :-1] < 0, axis=1), np.zeros(len(z))


def _most_beyond(sigmas: float, needed: int) -> Rule:
    def fires(z: Array, _: float) -> tuple[Any, Any]:
        side = np.sign(z[:, -1])
        beyond = side[:, None] * z > sigmas
        return beyond[:, -1] & (beyond.sum(axis=1) >= needed), side

    return fires


def _calm(z: Array, _: float) -> tuple[Any, Any]:
    return np.all(np.abs(z) < 1, axis=1), np.zeros(len(z))


def _wild(z: Array, _: float) -> tuple[Any, Any]:
    return np.all(np.abs(z) > 1, axis=1), np.zeros(len(z))


# how many values each rule looks at, and what holds of them
RULES: dict[int, tuple[int, Rule]] = {
    1: (1, _beyond_limit),
    2: (9, _one_side),
    3: (6, _trend),
    4: (14, _alternating),
    5: (3, _most_beyond(2.0, 2)),
    6: (5, _most_beyond(1.0, 4)),
    7: (15, _calm),
    8: (8, _wild),
}
LONGEST = max(length for length, _ in RULES.values())


def fired(rule: int, z: Array, multiple: float) -> dict[int, tuple[int, int]]:
    """Where the rule fires in the series `z`: position → (side, the position at which its pattern begins).

    Before the first value nothing was out: two of the first two beyond 2 sigmas are two of three already.
    """
    length, fires = RULES[rule]
    preceded = np.concatenate([np.full(length - 1, np.nan), z])
    found, sides = fires(np.lib.stride_tricks.sliding_window_view(preceded, length), multiple)
    return {int(at): (int(sides[at]), max(int(at) - length + 1, 0)) for at in np.flatnonzero(found)}


def simulated_run_length(multiple: float, rules: list[int], runs: int = 4000, seed: int = 1984) -> float:
    """Mean number of independent normal values up to the first that fires one of the rules, over seeded runs.

    For the rules whose false alarms no chain of zones works out (3, 4); its standard error is about its value / √runs.
    """
    random = np.random.default_rng(seed)
    recent, total, length = np.full((runs, LONGEST), np.nan), 0, 0
    while len(recent):
        length += 1
        recent = np.column_stack([recent[:, 1:], random.standard_normal(len(recent))])
        ended = np.zeros(len(recent), dtype=bool)
        for rule in rules:
            width, fires = RULES[rule]
            ended |= fires(recent[:, LONGEST - width :], multiple)[0]
        total += length * int(ended.sum())
        recent = recent[~ended]
    return total / runs
