"""What the rest of a year comes to, and what a measure saved (预测与事后评价), with intervals: tables in, one table out.

Two kinds of rows: 'forecast' (the months that are not known, together) and 'measure'. Assumptions come from SQL, verdicts
stand in SQL.
"""


def model(dbt, session):
    dbt.config(materialized="table")
    from pipelines import performance

    return performance.estimated(
        dbt.ref("regression_periods").to_arrow_table(),
        dbt.ref("degree_days").to_arrow_table(),
        dbt.ref("forecast_months").to_arrow_table(),
        dbt.ref("assumed_degree_days").to_arrow_table(),
        dbt.ref("normalising_baselines").to_arrow_table(),
        dbt.ref("measure_spans").to_arrow_table(),
        dbt.source("rules", "performance_limits").to_arrow_table(),
    )
