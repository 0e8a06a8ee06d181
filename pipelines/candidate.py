"""Lays down what dbt reads: lake, journal, decisions, rules, plan, the settings of one build. It computes nothing."""

from __future__ import annotations

from collections.abc import Callable
from datetime import date, datetime
from zoneinfo import ZoneInfo

import pyarrow as pa

from pipelines import archive, closing, deciding, landing, plan, publishing, rules, warehouse
from pipelines.workspace import Workspace


def reporting_date(workspace: Workspace, asked: date | None = None) -> date:
    """The build's `as_of`: the one asked for, else the workspace's own, else today in its time zone.

    This is the only place where a build looks at a clock; everything after it is a function of the date.
    """
    settings = workspace.settings
    return asked or settings.as_of or datetime.now(ZoneInfo(settings.time_zone)).date()


def lay_down(workspace: Workspace, as_of: date, tell: Callable[[str], None]) -> None:
    """Land every accepted file and fill the candidate warehouse with what the models read.

    Raises PlanError when the plan cannot be read, DiskFull when there is no room; a file that cannot be read only
    loses its own rows, each with a reason.
    """
    publishing.start_candidate(workspace)
    controlled = plan.load(workspace)
    decided = deciding.read(workspace)
    deliveries = deciding.with_releases(archive.deliveries(workspace), decided, as_of)
    landing.land_all(workspace, deliveries, on_progress=tell)
    files = landing.lake_files(workspace, deliveries)
    with warehouse.writing(workspace.candidate_warehouse) as connection:
        for name, schema in warehouse.lake_schemas().items():
            empty = workspace.lake / "empty" / f"{name}.parquet"
            warehouse.lake_view(connection, name, files.get(name, []), schema, empty)
        warehouse.write_table(connection, "archive", "deliveries", archive.delivery_table(workspace))
        for name, table in decided.items():
            warehouse.write_table(connection, "decisions", name, table)
        closing.lay_down(connection, workspace)
        rules.lay_down(connection)
        for name, table in controlled.tables.items():
            warehouse.write_table(connection, "plan", name, table)
        warehouse.write_table(connection, "settings", "build", _build_row(workspace, as_of, controlled.version))
        regimes = pa.table({"regime": pa.array(workspace.settings.regimes, pa.string())})
        warehouse.write_table(connection, "settings", "regimes", regimes)
        warehouse.write_table(connection, "settings", "allowance", _allowance(workspace))


def finish(workspace: Workspace) -> None:
    """Close the candidate for good: without the views over the lake it stands alone and names no path of this machine."""
    with warehouse.writing(workspace.candidate_warehouse) as connection:
        warehouse.drop_lake(connection)


def _build_row(workspace: Workspace, as_of: date, plan_version: str) -> pa.Table:
    settings = workspace.settings
    row = {
        "as_of": as_of,
        "first_period": settings.first_period,
        "time_zone": settings.time_zone,
        "name_zh": settings.name_zh,
        "name_en": settings.name_en,
        "plan_version": plan_version,
    }
    return pa.Table.from_pylist([row])


def _allowance(workspace: Workspace) -> pa.Table:
    """The price of an allowance that the settings give, as one row; without one no row, and the published price holds."""
    settings = workspace.settings
    schema = pa.schema([("price_cny_per_t", pa.decimal128(10, 2)), ("price_date", pa.date32())])
    own = {"price_cny_per_t": settings.allowance_price, "price_date": settings.allowance_price_date}
    return pa.Table.from_pylist([own] if settings.allowance_price is not None else [], schema=schema)
