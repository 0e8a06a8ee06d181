"""Control charts (控制图) by the plan's parameters: tables in, one table out.

Two kinds of rows: 'chart' (limits and false-alarm rate) and 'point'. What is plotted is computed before, what an alarm means
after, in SQL.
"""


def model(dbt, session):
    dbt.config(materialized="table")
    from pipelines import performance

    return performance.charted(
        dbt.ref("charted_values").to_arrow_table(),
        dbt.source("plan", "warnings").to_arrow_table(),
        dbt.source("rules", "performance_limits").to_arrow_table(),
    )
