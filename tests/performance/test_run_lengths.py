"""False alarms: what is worked out agrees with the tables of the literature and with seeded simulations of the charts."""

from __future__ import annotations

import time
from collections.abc import Callable

import numpy as np
import pytest

from pipelines.performance import charts, run_lengths, run_rules
from pipelines.performance.charts import Limits, Point
from tests import campaigns

KNOWN = Limits(0.0, 1.0, np.ones(0, dtype=bool), 1)
RUNS = 1500

PUBLISHED = [
    # Champ and Woodall 1987, table 1: 1 of 1; with 2 of 3; with 4 of 5; with both
    (run_lengths.individuals(3.0, [1]), 370.40),
    (run_lengths.individuals(3.0, [1, 5]), 225.44),
    (run_lengths.individuals(3.0, [1, 6]), 166.05),
    (run_lengths.individuals(3.0, [1, 5, 6]), 132.89),
    # Montgomery, Introduction to Statistical Quality Control, table 9.3 (k = 0.5) and Hawkins 1993 (k = 0.25, h = 8.01)
    (run_lengths.cusum(0.5, 4.0), 168.0),
    (run_lengths.cusum(0.5, 5.0), 465.0),
    (run_lengths.cusum(0.25, 8.01), 370.0),
    # Lucas and Saccucci 1990: these λ and L are tabled for 500
    (run_lengths.ewma_steady(0.05, 2.615), 500.0),
    (run_lengths.ewma_steady(0.10, 2.814), 500.0),
    (run_lengths.ewma_steady(0.20, 2.962), 500.0),
    (run_lengths.ewma_steady(0.40, 3.054), 500.0),
]


@pytest.mark.parametrize(("found", "printed"), PUBLISHED)
def test_the_tables_of_the_literature(found: float, printed: float) -> None:
    assert found == pytest.approx(printed, rel=0.0025)


def simulated(chart: Callable[[np.ndarray], list[Point]], block: int, seed: int = 20260101) -> tuple[float, float]:
    """Mean number of values up to the first alarm over RUNS seeded runs, and its standard error."""
    random = np.random.default_rng(seed)
    lengths = []
    for _ in range(RUNS):
        values = random.standard_normal(block)
        while not (alarms := [at for at, point in enumerate(chart(values), start=1) if point.is_alarm]):
            values = np.concatenate([values, random.standard_normal(len(values))])
        lengths.append(alarms[0])
    return float(np.mean(lengths)), float(np.std(lengths) / np.sqrt(RUNS))


CHARTS = {
    # charts of little patience, so that the runs are short; the equations are the same
    "cusum": (lambda z: charts.cusum(z, KNOWN, 0.5, 2.5), run_lengths.cusum(0.5, 2.5)),
    "ewma": (lambda z: charts.ewma(z, KNOWN, 0.2, 2.0), run_lengths.ewma(0.2, 2.0)),
    "moving_range": (lambda z: charts.moving_range(z, KNOWN), run_lengths.moving_range()),
    "individuals": (
        lambda z: charts.individuals(z, KNOWN, 3.0, [1, 2, 5, 6, 7, 8]),
        run_lengths.individuals(3.0, [1, 2, 5, 6, 7, 8]),
    ),
}


PLANNED = {
    "CUSUM k 0.5 h 5": (lambda z: charts.cusum(z, KNOWN, 0.5, 5.0), run_lengths.cusum(0.5, 5.0)),
    "EWMA λ 0.2 L 3": (lambda z: charts.ewma(z, KNOWN, 0.2, 3.0), run_lengths.ewma(0.2, 3.0)),
    "individuals L 3": (lambda z: charts.individuals(z, KNOWN, 3.0, [1]), run_lengths.individuals(3.0, [1])),
    "individuals L 3 rules 1 2 5 6": (
        lambda z: charts.individuals(z, KNOWN, 3.0, [1, 2, 5, 6]),
        run_lengths.individuals(3.0, [1, 2, 5, 6]),
    ),
}


@pytest.mark.parametrize("name", CHARTS)
def test_a_simulation_of_the_chart_confirms_its_run_length(name: str) -> None:
    chart, stated = CHARTS[name]
    mean, error = simulated(chart, block=128)
    assert stated is not None
    assert abs(mean - stated) < 3 * error, f"simulated {mean:.1f} ± {error:.1f}, stated {stated:.1f}"


@pytest.mark.campaign
@pytest.mark.parametrize("name", PLANNED)
def test_the_example_plans_charts_by_simulation(name: str) -> None:
    started = time.monotonic()
    chart, stated = PLANNED[name]
    mean, error = simulated(chart, block=512)
    told = f"simulated {mean:.1f} ± {error:.1f}, stated {stated:.1f}"
    assert abs(mean - stated) < 3 * error, told
    done = f"{RUNS:,} seeded runs of the chart up to its first false alarm"
    campaigns.record(f"run length, {name}", done, told, time.monotonic() - started)


def test_the_simulation_of_rules_agrees_with_their_chain() -> None:
    """The one used in a build for the rules of order, where both know the answer."""
    stated = run_lengths.individuals(3.0, [1, 2, 5, 6])
    assert stated is not None
    assert run_rules.simulated_run_length(3.0, [1, 2, 5, 6]) == pytest.approx(stated, rel=3 / np.sqrt(4000))
    assert run_lengths.individuals(3.0, [1, 3]) is None
