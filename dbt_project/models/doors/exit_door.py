"""The exit door (出口门): is the answer fit to publish? Judged by Great Expectations on dbt's own connection.

No suite and no limit stands here: shapes stand in expectations/, limits come from the plan as columns.
"""


def model(dbt, session):
    dbt.config(materialized="table")
    from pipelines import doors

    # what is judged, and what says what was due, is built before the door opens
    dbt.ref("emission_errors")
    dbt.ref("factors_in_force")
    dbt.ref("annual_coverage")
    dbt.ref("mass_balances")
    dbt.ref("energy_totals")
    dbt.ref("specific_consumptions")
    dbt.ref("unused_measurements")
    dbt.ref("planned")
    dbt.source("plan", "controls")
    dbt.source("plan", "parameters")
    tables = [
        "checks.emission_errors",
        "accounting.factors_in_force",
        "doors.annual_coverage",
        "checks.mass_balances",
        "checks.energy_totals",
        "checks.specific_consumptions",
        "checks.unused_measurements",
    ]
    return doors.judge(session, "exit", tables)
