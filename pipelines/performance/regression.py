"""A baseline regression (ISO 50006 / GB/T 36713): emissions on production and weather. It reads no table and judges nothing.

Every grain goes one way: means per day, weighted by the days of the period (CalTRACK 3.6 for bills), so that days, months
and bills of any length give one model. Least squares, tests and intervals are statsmodels'.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from itertools import product
from typing import Any

import numpy as np

Array = np.ndarray[Any, np.dtype[np.float64]]
Chosen = np.ndarray[Any, np.dtype[np.bool_]]
CONSTANT = "constant"


class NotIndependent(Exception):
    """A variable does not vary, or follows from the others: there is no one answer. The message lists them."""


@dataclass(frozen=True)
class Sample:
    """Periods in their order: length in days, emissions (or energy), and each variable's sum over the period."""

    days: Array
    emissions: Array
    variables: Mapping[str, Array]

    def where(self, chosen: Chosen) -> Sample:
        """The periods that `chosen` (booleans) picks."""
        variables = {name: values[chosen] for name, values in self.variables.items()}
        return Sample(self.days[chosen], self.emissions[chosen], variables)

    def with_variables(self, more: Mapping[str, Array]) -> Sample:
        """The same periods with further variables, or other values of the same."""
        return Sample(self.days, self.emissions, {**self.variables, **more})

    @property
    def design(self) -> Array:
        """The constant and each variable's mean per day, one row a period."""
        columns = [values / self.days for values in self.variables.values()]
        return np.column_stack([np.ones_like(self.days), *columns])


@dataclass(frozen=True)
class Model:
    """A fitted regression: statsmodels' results, what it was fitted on, and the base temperatures that were chosen."""

    results: Any
    sample: Sample
    bases: Mapping[str, float]

    @property
    def names(self) -> list[str]:
        return [CONSTANT, *self.sample.variables]


@dataclass(frozen=True)
class Difference:
    """Expected minus actual over several periods together, with the half width of its interval."""

    expected: float
    actual: float
    half_width: float

    @property
    def saving(self) -> float:
        return self.expected - self.actual


def fit(sample: Sample) -> Model:
    """Weighted least squares of the means per day, each period with the weight of its days. Raises NotIndependent."""
    from statsmodels.regression.linear_model import WLS

    if np.linalg.matrix_rank(sample.design) < sample.design.shape[1]:
        raise NotIndependent(", ".join(sample.variables))
    weights: Any = sample.days  # its stub takes one number only
    results = WLS(sample.emissions / sample.days, sample.design, weights=weights).fit()
    return Model(results, sample, {})


def search(sample: Sample, offered: Mapping[str, Mapping[float, Array]]) -> Model:
    """The model with those base temperatures that explain most, by adjusted R² (CalTRACK 3.4.3.3).

    offered: degree-day variable → base temperature → its sum over each period. A model in which energy falls with degree
    days is passed over where another is left; among equals the lowest bases win. Raises NotIndependent.
    """
    names = sorted(offered)
    moving = {name: {base: sums for base, sums in offered[name].items() if np.ptp(sums) > 0} for name in names}
    offered = {name: moving[name] or offered[name] for name in names}
    models = []
    for bases in product(*(sorted(offered[name]) for name in names)):
        chosen = dict(zip(names, bases, strict=True))
        found = fit(sample.with_variables({name: offered[name][base] for name, base in chosen.items()}))
        models.append(Model(found.results, found.sample, chosen))
    return max(models, key=lambda model: (_is_physical(model, names), round(model.results.rsquared_adj, 9)))


def _is_physical(model: Model, degree_days: Sequence[str]) -> bool:
    slopes = dict(zip(model.names, model.results.params, strict=True))
    return all(slopes[name] >= 0 for name in degree_days)


def quality(model: Model) -> dict[str, float]:
    """How well it fits. CV(RMSE) and NMBE on the periods' totals (ASHRAE Guideline 14-2014, 5.2.11.3).

    autocorrelation: of neighbouring residuals (ρ), which widens intervals. stability_p: the CUSUM test of Ploberger and
    Krämer on the residuals; small means that the parameters moved within the baseline.
    """
    from statsmodels.stats.diagnostic import breaks_cusumolsresid
    from statsmodels.stats.stattools import durbin_watson

    results, sample = model.results, model.sample
    residual = sample.emissions - sample.days * results.fittedvalues
    freedom, mean = results.df_resid, float(np.mean(sample.emissions))
    return {
        "r_squared": results.rsquared,
        "adjusted_r_squared": results.rsquared_adj,
        "f_statistic": results.fvalue,
        "f_p": results.f_pvalue,
        "residual_sd": float(np.sqrt(np.sum(residual**2) / freedom)),
        "cv_rmse": float(np.sqrt(np.sum(residual**2) / freedom)) / mean,
        "nmbe": float(np.sum(residual)) / (freedom * mean),
        "durbin_watson": float(durbin_watson(results.wresid)),
        "autocorrelation": autocorrelation(results.wresid),
        "stability_p": float(breaks_cusumolsresid(results.wresid, ddof=results.df_model + 1)[1]),
        "condition_number": float(results.condition_number),
    }


def autocorrelation(residuals: Array) -> float:
    """Correlation of neighbouring residuals (ρ, lag 1); 0 where they do not vary."""
    from statsmodels.tsa.stattools import acf

    if np.ptp(residuals) == 0:
        return 0.0
    found: Any = acf(residuals, nlags=1, fft=False)
    return float(found[1])


def expected(model: Model, sample: Sample, confidence: float) -> dict[str, Array]:
    """Each period's expected emissions with the standard error of a new observation and its prediction interval."""
    frame = _prediction(model, sample).summary_frame(alpha=1 - confidence)
    error = np.sqrt(frame["mean_se"].to_numpy() ** 2 + model.results.scale / sample.days)
    mean, lower, upper = (frame[name].to_numpy() * sample.days for name in ("mean", "obs_ci_lower", "obs_ci_upper"))
    return {"expected": mean, "standard_error": error * sample.days, "lower": lower, "upper": upper}


def _prediction(model: Model, sample: Sample) -> Any:
    # statsmodels takes weights as many as there are columns for a mistake: one row more, dropped again, keeps it from that
    design, weights = sample.design, sample.days
    if len(weights) == design.shape[1]:
        design, weights = np.vstack([design, design[-1:]]), np.append(weights, weights[-1])
        return _Shortened(model.results.get_prediction(design, weights=weights))
    return model.results.get_prediction(design, weights=weights)


@dataclass(frozen=True)
class _Shortened:
    """A prediction whose last row was only put there."""

    prediction: Any

    def summary_frame(self, alpha: float) -> Any:
        return self.prediction.summary_frame(alpha=alpha).iloc[:-1]


def difference(model: Model, sample: Sample, confidence: float) -> Difference:
    """Expected minus actual over all periods of `sample` together (IPMVP option C, avoided energy use).

    The interval holds the model's own error and the scatter of the periods; where residuals hang together, both grow by
    (1 + ρ) / (1 − ρ), as ASHRAE Guideline 14-2014 annex B.3 counts observations.
    """
    from scipy import stats

    together = sample.design.T @ sample.days
    own = float(np.ravel(model.results.t_test(together).sd)[0]) ** 2
    scatter = model.results.scale * float(np.sum(sample.days))
    rho = min(max(autocorrelation(model.results.wresid), 0.0), 0.99)
    quantile = float(stats.t.ppf((1 + confidence) / 2, model.results.df_resid))
    return Difference(
        expected=float(together @ model.results.params),
        actual=float(np.sum(sample.emissions)),
        half_width=quantile * float(np.sqrt((own + scatter) * (1 + rho) / (1 - rho))),
    )
