"""Sites whose saving is known to be 10 %: hours, days and bills give one baseline; the saving lies in the interval stated.

OpenEEmeter's sample meters (eemeter 4.1.1, metadata.json): 10,000 kWh (1,000 therm) a year before, 9,000 (900) after.
"""

from __future__ import annotations

import pytest

from pipelines.performance import regression
from pipelines.performance.regression import Difference, Model
from tests.performance.samples import Site, site
from tests.shared_data import needs_shared

pytestmark = needs_shared

BEFORE, AFTER = ("2015-11-22", "2016-12-27"), ("2017-01-04", "2018-02-01")
YEAR = ("2016-12-27", "2017-12-27")
HEATED = ("heating_degree_days",)
METERS = {"il-electricity-cdd-hdd": (), "il-gas-hdd-only": HEATED}
# grain, and whether its periods are spread by day and put together as calendar months
READ = [("hourly", False), ("daily", False), ("billing_monthly", False), ("billing_monthly", True)]
CONFIDENCE = 0.90


def fitted(meter: str, grain: str, by_month: bool) -> Model:
    before = _site(meter, grain, BEFORE, by_month)
    return regression.search(before.sample, before.offered)


def saved(meter: str, grain: str, by_month: bool) -> Difference:
    model = fitted(meter, grain, by_month)
    after = _site(meter, grain, AFTER, by_month)
    return regression.difference(model, after.at(model.bases), CONFIDENCE)


def _site(meter: str, grain: str, span: tuple[str, str], by_month: bool = False) -> Site:
    return site(meter, grain, *span, by_month=by_month, wanted=METERS[meter])


@pytest.mark.parametrize(("grain", "by_month"), READ)
@pytest.mark.parametrize("meter", METERS)
def test_ten_per_cent_lie_in_the_interval_stated(meter: str, grain: str, by_month: bool) -> None:
    found = saved(meter, grain, by_month)
    assert abs(found.saving / found.expected - 0.10) <= found.half_width / found.expected
    # an interval so wide that anything fits in would prove nothing: nought does not
    assert found.half_width < found.saving


@pytest.mark.parametrize(("meter", "naive"), [("il-electricity-cdd-hdd", 0.128), ("il-gas-hdd-only", 0.093)])
def test_a_year_on_year_comparison_says_something_else(meter: str, naive: float) -> None:
    before = _site(meter, "hourly", ("2015-12-27", "2016-12-26")).sample.emissions.sum()
    after = _site(meter, "hourly", ("2017-01-04", "2018-01-04")).sample.emissions.sum()
    assert abs(1 - after / before - naive) < 0.012


@pytest.mark.parametrize("meter", METERS)
def test_every_grain_gives_one_baseline(meter: str) -> None:
    """One year's weather through the models of every grain: a model of means per day predicts days and bills alike."""
    days = _site(meter, "daily", YEAR)
    expected = {}
    for grain, by_month in READ:
        model = fitted(meter, grain, by_month)
        expected[grain, by_month] = regression.difference(model, days.at(model.bases), CONFIDENCE).expected
    daily = expected["daily", False]
    assert abs(expected["hourly", False] / daily - 1) < 0.001
    assert abs(expected["billing_monthly", False] / daily - 1) < 0.015
    # a bill spread evenly by day knows nothing of the weather within it: months made of it are blurred, and say a bit more
    assert abs(expected["billing_monthly", True] / daily - 1) < 0.03


def test_the_interval_shuts_out_the_naive_answer() -> None:
    found = saved("il-electricity-cdd-hdd", "hourly", False)
    assert (found.saving + found.half_width) / found.expected < 0.128
