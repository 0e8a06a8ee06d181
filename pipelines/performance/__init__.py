"""Performance statistics (绩效统计): regressions by statsmodels and control charts, tables in and tables out.

Three dbt Python models call it (models/performance, models/targets). It opens no warehouse, holds no limit, picks no
variable and says nothing of causes: the plan and the rules do, in SQL.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

if TYPE_CHECKING:
    import pyarrow as pa

__all__ = ["charted", "estimated", "fitted"]


def fitted(periods: pa.Table, degree_days: pa.Table, limits: pa.Table) -> pa.Table:
    """Every regression baseline of `periods` (performance.regression_periods), in the rows of fitting.SCHEMA."""
    from pipelines.performance import fitting

    return fitting.fitted(periods, degree_days, limits)


def charted(values: pa.Table, warnings: pa.Table, limits: pa.Table) -> pa.Table:
    """Every control chart of `warnings` (plan.warnings) on its `values`, in the rows of charting.SCHEMA."""
    from pipelines.performance import charting

    return charting.charted(values, warnings, limits)


def estimated(
    periods: pa.Table, degree_days: pa.Table, months: pa.Table, assumed: pa.Table, chosen: pa.Table, spans: pa.Table,
    limits: pa.Table,
) -> pa.Table:  # fmt: skip
    """Every forecast of `months` and every measure of `spans` (models/targets), in the rows of estimating.SCHEMA."""
    from pipelines.performance import estimating

    return estimating.estimated(periods, degree_days, months, assumed, chosen, spans, limits)
