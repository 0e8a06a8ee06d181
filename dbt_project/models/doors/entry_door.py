"""The entry door (入口门): what came, judged by Great Expectations on dbt's own connection. Its verdicts are rows.

No suite and no limit stands here: shapes stand in expectations/, limits come from the plan as columns.
"""


def model(dbt, session):
    dbt.config(materialized="table")
    from pipelines import doors

    # what is judged, and what says what was due, is built before the door opens
    dbt.ref("planned")
    dbt.ref("unplanned")
    dbt.ref("stock_balances")
    dbt.source("plan", "controls")
    dbt.source("plan", "parameters")
    dbt.source("plan", "versions")
    tables = ["readings.planned", "readings.unplanned", "readings.stock_balances", "plan.versions"]
    return doors.judge(session, "entry", tables)
