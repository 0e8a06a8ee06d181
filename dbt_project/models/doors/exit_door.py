"""The exit door (出口门): is the answer fit to publish? Judged by Great Expectations on dbt's own connection.

No suite and no limit stands here: shapes stand in expectations/, limits come from the plan as columns.
"""


def model(dbt, session):
    dbt.config(materialized="table")
    from pipelines import doors

    # what is judged, and what says what was due, is built before the door opens
    dbt.ref("emissions")
    dbt.ref("factors_in_force")
    dbt.ref("annual_coverage")
    dbt.ref("planned")
    dbt.source("plan", "controls")
    dbt.source("plan", "parameters")
    tables = ["accounting.emissions", "accounting.factors_in_force", "doors.annual_coverage"]
    return doors.judge(session, "exit", tables)
