"""Regressions (回归) on what energy and emissions depend on, by statsmodels: tables in, one table out.

Three kinds of rows: 'regression' (one per baseline), 'coefficient' and 'period' (expected emissions). No variable is
computed here and no limit stands here.
"""


def model(dbt, session):
    dbt.config(materialized="table")
    from pipelines import performance

    return performance.fitted(
        dbt.ref("regression_periods").to_arrow_table(),
        dbt.ref("degree_days").to_arrow_table(),
        dbt.source("rules", "performance_limits").to_arrow_table(),
    )
