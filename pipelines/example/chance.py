"""Chance from a seed: named streams of random numbers. It knows nothing of the enterprise.

Only `random()` and what is built on it by plain arithmetic is drawn (no normal deviates, no sines): the same seed gives
the same bytes on every platform.
"""

from __future__ import annotations

from decimal import Decimal
from random import Random


def stream(seed: int, name: str) -> Random:
    """The random numbers of one purpose: adding a draw in one place does not shift the draws of another."""
    return Random(f"{seed}/{name}")


def around(random: Random, spread: float) -> float:
    """A factor near 1, between 1 - spread and 1 + spread."""
    return 1 + spread * (2 * random.random() - 1)


def rounded(amount: float, places: int) -> Decimal:
    """An invented amount as the exact decimal that is written down: half up, `places` decimals."""
    return Decimal(int(amount * 10**places + 0.5)).scaleb(-places)


def parts(random: Random, total: Decimal, count: int, places: int) -> list[Decimal]:
    """`total` in `count` positive parts of about the same size, adding up to it exactly."""
    weights = [around(random, 0.25) for _ in range(count)]
    shares = [rounded(float(total) * weight / sum(weights), places) for weight in weights[:-1]]
    return [*shares, total - sum(shares, Decimal(0))]
