"""A regression finds the numbers that made its data, and its intervals hold as often as they say."""

from __future__ import annotations

import numpy as np
import pytest

from pipelines.performance import regression
from pipelines.performance.regression import Sample

MONTH_LENGTHS = np.array([31, 28, 31, 30, 31, 30, 31, 31, 30, 31, 30, 31] * 3, float)
PER_DAY, PER_PIECE, PER_DEGREE_DAY = 12.0, 0.8, 1.5


def made(seed: int, noise: float = 5.0) -> Sample:
    """Three years of months whose emissions are 12 a day, 0.8 a piece and 1.5 a degree day, with noise."""
    random = np.random.default_rng(seed)
    pieces = random.uniform(800, 1200, 36)
    degree_days = 150 + 150 * np.cos(np.arange(36) / 6 * np.pi)
    clean = PER_DAY * MONTH_LENGTHS + PER_PIECE * pieces + PER_DEGREE_DAY * degree_days
    scatter = noise * np.sqrt(MONTH_LENGTHS) * random.standard_normal(36)
    return Sample(MONTH_LENGTHS, clean + scatter, {"production": pieces, "heating_degree_days": degree_days})


def test_data_without_noise_give_back_their_own_numbers() -> None:
    model = regression.fit(made(1, noise=0.0))
    assert model.results.params == pytest.approx([PER_DAY, PER_PIECE, PER_DEGREE_DAY])
    assert regression.quality(model)["r_squared"] == pytest.approx(1)


def test_quality_is_what_its_definitions_say() -> None:
    sample = made(2)
    model = regression.fit(sample)
    found = regression.quality(model)
    residual = sample.emissions - sample.days * (sample.design @ model.results.params)
    mean = sample.emissions.mean()
    assert found["cv_rmse"] == pytest.approx(np.sqrt((residual**2).sum() / 33) / mean)
    # with a constant and the days as weights the residuals of the totals add up to nothing
    assert found["nmbe"] == pytest.approx(0, abs=1e-9)
    weighted = residual / np.sqrt(sample.days)
    assert found["durbin_watson"] == pytest.approx((np.diff(weighted) ** 2).sum() / (weighted**2).sum())


def test_the_base_temperature_that_made_the_data_is_found() -> None:
    random = np.random.default_rng(3)
    mean = 15 + 12 * np.sin(np.arange(730) / 365 * 2 * np.pi) + 3 * random.standard_normal(730)
    degrees = {float(base): np.maximum(base - mean, 0) for base in range(8, 21)}
    energy = 40 + 2.5 * degrees[16.0] + random.standard_normal(730)
    sample = Sample(np.ones(730), energy, {})
    model = regression.search(sample, {"heating_degree_days": degrees})
    assert model.bases == {"heating_degree_days": 16.0}


def test_a_prediction_interval_holds_as_often_as_it_says() -> None:
    """400 times two years fitted, the third predicted month by month and as a whole, at 90 per cent."""
    months = years = 0
    for seed in range(400):
        sample = made(1000 + seed)
        before, after = sample.where(np.arange(36) < 24), sample.where(np.arange(36) >= 24)
        model = regression.fit(before)
        foreseen = regression.expected(model, after, 0.90)
        months += int(((after.emissions >= foreseen["lower"]) & (after.emissions <= foreseen["upper"])).sum())
        found = regression.difference(model, after, 0.90)
        years += abs(found.saving) <= found.half_width
    assert abs(months / (400 * 12) - 0.90) < 0.025
    # neighbouring residuals that hang together by chance widen the interval of the year, never narrow it
    assert 0.885 < years / 400 < 0.99


def test_one_period_is_predicted_as_among_many() -> None:
    sample = made(4)
    model = regression.fit(sample)
    three = regression.expected(model, sample.where(np.arange(36) < 3), 0.9)
    many = regression.expected(model, sample, 0.9)
    assert three["upper"] == pytest.approx(many["upper"][:3])


def test_variables_that_say_the_same_are_refused() -> None:
    sample = made(5)
    twice = sample.with_variables({"again": 2 * sample.variables["production"]})
    with pytest.raises(regression.NotIndependent, match="again"):
        regression.fit(twice)
