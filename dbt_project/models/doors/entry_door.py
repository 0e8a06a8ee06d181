"""The entry door (入口门): what came, judged by Great Expectations on dbt's own connection. Its verdicts are rows.

No suite and no limit stands here: shapes stand in expectations/, limits come from the plan as columns.
"""


def model(dbt, session):
    dbt.config(materialized="table")
    from pipelines import doors

    # what is judged, and what says what was due, is built before the door opens
    dbt.ref("planned")
    dbt.ref("unplanned")
    dbt.ref("unversioned_changes")
    dbt.ref("fuel_stocks")
    dbt.ref("metered_periods")
    dbt.ref("histories")
    dbt.ref("frozen_meters")
    dbt.ref("meter_groups")
    dbt.ref("own_generation")
    dbt.ref("day_sums")
    dbt.ref("purchased_fuels")
    dbt.ref("properties")
    dbt.ref("assays")
    dbt.ref("laboratory_reports")
    dbt.ref("last_digits")
    dbt.ref("certificates")
    dbt.ref("green_power")
    dbt.ref("product_balances")
    dbt.ref("facilities")
    dbt.ref("submissions")
    dbt.ref("evidence")
    dbt.ref("property_histories")
    dbt.ref("repeated_days")
    dbt.ref("repeated_bills")
    dbt.ref("received_fuels")
    dbt.ref("double_bookings")
    dbt.ref("unit_prices")
    dbt.ref("slipped_days")
    dbt.ref("unexplained_changes")
    dbt.ref("cut_offs")
    dbt.ref("steam_states")
    dbt.source("plan", "controls")
    dbt.source("plan", "parameters")
    dbt.source("plan", "versions")
    tables = [
        "readings.planned",
        "readings.unplanned",
        "readings.unversioned_changes",
        "checks.fuel_stocks",
        "checks.metered_periods",
        "checks.histories",
        "checks.frozen_meters",
        "checks.meter_groups",
        "checks.own_generation",
        "checks.day_sums",
        "checks.purchased_fuels",
        "checks.properties",
        "checks.assays",
        "checks.laboratory_reports",
        "checks.last_digits",
        "checks.certificates",
        "checks.green_power",
        "checks.product_balances",
        "checks.facilities",
        "checks.submissions",
        "checks.evidence",
        "checks.property_histories",
        "checks.repeated_days",
        "checks.repeated_bills",
        "checks.received_fuels",
        "checks.double_bookings",
        "checks.unit_prices",
        "checks.slipped_days",
        "checks.unexplained_changes",
        "checks.cut_offs",
        "checks.steam_states",
        "plan.versions",
    ]
    return doors.judge(session, "entry", tables)
