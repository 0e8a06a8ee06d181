"""Control charts against the worked examples of the handbooks, and the run rules against patterns drawn for them."""

from __future__ import annotations

import numpy as np
import pytest

from pipelines.performance import charts, run_rules
from pipelines.performance.charts import Limits

# NIST/SEMATECH e-Handbook 6.3.2.3 (tabular CUSUM) and 6.3.2.4 (EWMA): data and tables as printed.
CUSUM_DATA = [
    *(324.925, 324.675, 324.725, 324.350, 325.350, 325.225, 324.125, 324.525, 325.225, 324.600),
    *(324.625, 325.150, 328.325, 327.250, 327.825, 328.500, 326.675, 327.775, 326.875, 328.350),
]
CUSUM_HIGH = [0, 0, 0, 0, 0.03, 0, 0, 0, 0, 0, 0, 0, 3.01, 4.94, 7.45, 10.63, 11.99, 14.44, 16.00, 19.04]
EWMA_DATA = [
    *(52.0, 47.0, 53.0, 49.3, 50.1, 47.0, 51.0, 50.1, 51.2, 50.5),
    *(49.6, 47.6, 49.9, 51.3, 47.8, 51.2, 52.6, 52.4, 53.6, 52.1),
]
EWMA_PRINTED = [
    *(50.60, 49.52, 50.56, 50.18, 50.16, 49.21, 49.75, 49.85, 50.26, 50.33),
    *(50.11, 49.36, 49.52, 50.05, 49.38, 49.92, 50.73, 51.23, 51.94, 51.99),
]
# NIST/SEMATECH e-Handbook 6.3.2.2 (individuals): flow rates of ten batches.
FLOW = [49.6, 47.6, 49.9, 51.3, 47.8, 51.2, 52.6, 52.4, 53.6, 52.1]

STANDARD = Limits(0.0, 1.0, np.ones(0, dtype=bool), 1)


def known(centre: float, sigma: float) -> Limits:
    return Limits(centre, sigma, np.ones(0, dtype=bool), 1)


def test_the_handbooks_cusum() -> None:
    """k = 0.3175, h = 4.1959 about 325, in the units of the data: here in sigmas of 0.635."""
    sigma = 0.635
    points = charts.cusum(np.array(CUSUM_DATA), known(325.0, sigma), 0.5, 4.1959 / sigma)
    assert [point.statistic * sigma for point in points] == pytest.approx(CUSUM_HIGH, abs=0.011)
    alarms = [number for number, point in enumerate(points, start=1) if point.is_alarm]
    assert alarms == list(range(14, 21))
    # the sum was last nought at the twelfth: the shift began with the thirteenth, as the handbook's data were made
    assert points[13].began == 12 and points[13].side == 1


def test_the_handbooks_ewma() -> None:
    points = charts.ewma(np.array(EWMA_DATA), known(50.0, 2.0539), 0.3, 3.0)
    assert [point.statistic for point in points] == pytest.approx(EWMA_PRINTED, abs=0.011)
    assert (points[-1].lower, points[-1].upper) == pytest.approx((47.4115, 52.5884), abs=0.001)
    assert not [point for point in points if point.is_alarm]
    # the exact limits of the first point are those of λ x alone
    assert points[0].upper == pytest.approx(50 + 3 * 2.0539 * 0.3)


def test_the_handbooks_limits_of_single_values() -> None:
    limits = charts.in_control(np.array(FLOW), np.ones(10, dtype=bool))
    points = charts.individuals(np.array(FLOW), limits, 3.0, [1])
    assert limits.centre == pytest.approx(50.81)
    assert limits.sigma * 1.128 == pytest.approx(1.8778, abs=1e-4)
    assert (points[0].lower, points[0].upper) == pytest.approx((45.8159, 55.8041), abs=2e-3)
    assert not [point for point in points if point.is_alarm]


# Each of Nelson's eight rules, drawn so that it fires at the last value and no earlier.
PATTERNS = {
    1: [0.5, -0.5, 3.1],
    2: [0.3, -0.1, *[0.4, 0.2, 0.5, 0.1, 0.6, 0.3, 0.2, 0.4, 0.1]],
    3: [0.0, -0.9, -0.6, -0.2, 0.1, 0.5, 0.8],
    4: [0.1, 0.5, *[-0.4, 0.4] * 6],
    5: [0.0, 2.2, 0.3, 2.1],
    6: [-0.2, 1.2, 1.4, -0.3, 1.1, 1.5],
    7: [1.2, *[0.5, -0.5, 0.2] * 5],
    8: [0.2, *[1.5, -1.4, 1.2, -1.3] * 2],
}


@pytest.mark.parametrize("rule", PATTERNS)
def test_a_rule_fires_on_its_pattern(rule: int) -> None:
    z = np.array(PATTERNS[rule])
    assert list(run_rules.fired(rule, z, 3.0)) == [len(z) - 1]


@pytest.mark.parametrize("rule", PATTERNS)
def test_a_rule_is_blind_to_which_side_is_up(rule: int) -> None:
    z = np.array(PATTERNS[rule])
    (up, began), (down, began_down) = (run_rules.fired(rule, one, 3.0)[len(z) - 1] for one in (z, -z))
    assert (up, began) == (-down, began_down)


@pytest.mark.parametrize(
    ("rule", "spoilt"),
    [
        (2, [*[0.4] * 8]),  # eight are not nine
        (3, [0.0, 0.1, 0.2, 0.3, 0.4]),  # five are not six
        (5, [2.1, 0.1, 0.2, 2.1]),  # two of four
        (5, [2.2, -2.2, 0.1]),  # on two sides
        (6, [1.2, 1.4, -0.3, -0.1, 1.5]),  # three of five
        (7, [0.5] * 14),
        (8, [1.5] * 7),
    ],
)
def test_a_rule_is_silent_short_of_its_pattern(rule: int, spoilt: list[float]) -> None:
    assert not run_rules.fired(rule, np.array(spoilt), 3.0)


def first_alarm(z: np.ndarray) -> int | None:
    """Where rules 1, 2, 5 and 6 first fire, value by value and in their own words: an oracle that shares no code."""
    for at in range(1, len(z) + 1):
        for seen in (z[:at], -z[:at]):
            last_nine = seen[-9:]
            if (
                seen[-1] > 3
                or sum(seen[-3:] > 2) >= 2
                or sum(seen[-5:] > 1) >= 4
                or (len(last_nine) == 9 and min(last_nine) > 0)
            ):
                return at
    return None


@pytest.mark.parametrize("start", [[2.5, 2.1, 0.0], [-1.5, -1.2, -2.4, -1.1], [2.5, -2.5, 2.1]])
def test_a_pattern_may_be_complete_before_its_window_is(start: list[float]) -> None:
    found = [
        at for at, point in enumerate(charts.individuals(np.array(start), STANDARD, 3.0, [5, 6]), 1) if point.is_alarm
    ]
    assert found[:1] == [first_alarm(np.array(start))]


def test_the_first_alarm_is_where_the_rules_words_put_it() -> None:
    random = np.random.default_rng(20261123)
    for _ in range(300):
        z = random.standard_normal(120) + random.choice([0, 0, 0.5, 1.5])
        points = charts.individuals(z, STANDARD, 3.0, [1, 2, 5, 6])
        assert next((at for at, point in enumerate(points, 1) if point.is_alarm), None) == first_alarm(z)


def test_points_out_of_control_are_no_part_of_the_limits() -> None:
    """Twenty quiet values and one far out: the limits are those of the quiet ones, found in a second round."""
    quiet = np.array([0.1, -0.2, 0.3, -0.1, 0.2, -0.3, 0.1, 0.0, -0.1, 0.2] * 2)
    values = np.append(quiet, 9.0)
    limits = charts.in_control(values, np.ones(21, dtype=bool))
    alone = charts.in_control(quiet, np.ones(20, dtype=bool))
    assert list(np.flatnonzero(~limits.used)) == [20]
    assert (limits.centre, limits.sigma) == pytest.approx((alone.centre, alone.sigma))
    assert limits.rounds == 2


def test_a_small_shift_is_seen_by_the_sums_and_not_by_the_single_values() -> None:
    random = np.random.default_rng(20260101)
    values = np.concatenate([random.standard_normal(24), 1.0 + 0.6 * random.standard_normal(24)])
    assert not [p for p in charts.individuals(values, STANDARD, 3.0, [1])[24:] if p.is_alarm]
    first = next(at for at, point in enumerate(charts.cusum(values, STANDARD, 0.5, 5.0)) if point.is_alarm)
    assert 24 < first < 40
    assert charts.cusum(values, STANDARD, 0.5, 5.0)[first].began in range(22, 28)


def test_a_moving_range_beyond_its_limit_alarms() -> None:
    points = charts.moving_range(np.array([0.0, 0.5, 4.5, 4.4]), known(0.0, 1.0))
    assert [point.is_alarm for point in points] == [False, False, True, False]
    assert points[0].upper == pytest.approx(3.267 * 1.128)
