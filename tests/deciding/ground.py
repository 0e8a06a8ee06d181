"""An enterprise with the house's plan and a published warehouse of a few rows to decide about. It states no result."""

from __future__ import annotations

import shutil
from collections.abc import Iterable, Mapping
from datetime import date
from pathlib import Path
from typing import Any

import duckdb
import pyarrow as pa

from pipelines import deciding, rules, warehouse
from pipelines.deciding import standing
from pipelines.workspace import HOUSE_PLAN_DIR, Workspace

AS_OF, LATER = date(2026, 2, 1), date(2026, 12, 31)
WHOLE = ("due_days", "passes_to_close")
# Role holders of the house's plan.
RECORDER, OTHER_RECORDER, CHECKER, OTHER_CHECKER, APPROVER = "王倩", "周敏", "陈思远", "顾海峰", "陆建国"

PUBLISHED = """
create schema readings;
create schema marts;
create table readings.planned as
    select 'F-COAL-AD' as parameter_id, date '2024-05-01' as period_start, date '2024-06-01' as period_end, 't' as unit,
        410.5::decimal(38, 12) as quantity, 410.5::decimal(38, 12) as measured_quantity, 'measured' as basis
    union all
    select 'F-EL-DAY', date '2024-05-01' + i::int, date '2024-05-02' + i::int, 'kWh', 7, 7, 'measured' from range(3) r(i);
create table marts.fct_substitutions as
    select 'F-NG-AD' as parameter_id, date '2024-03-01' as period_start, 'MD-04' as rule_id
    union all select 'F-NG-AD', date '2024-07-01', 'MD-04';
create table marts.fct_period_states as
    select * from (values
        ('NJ-F', date '2024-05-01', 'gbt32150', 'open', 100.25::decimal(38, 6), true, '', ''),
        ('NJ-F', date '2024-05-01', 'mee_ets', 'open', 90.125::decimal(38, 6), true, '', ''),
        ('NJ-E', date '2024-08-01', 'gbt32150', 'open', null, false, '汽油缺失', 'petrol is missing')
    ) as t(facility_id, month, regime, state, emissions_tco2e, is_reportable, reason_zh, reason_en);
create table marts.fct_nonconformities as
    select 'DQ10@NJ-F@2024-03' as nonconformity_id, 'DQ10' as control_id, 'NJ-F' as facility_id, 'open' as status,
        'E' as severity, date '2024-04-30' as due_on, date '2024-03-01' as first_failed_month,
        date '2024-03-01' as last_failed_month;
create table marts.fct_similar_failures as
    select 'DQ10@NJ-F@2024-03' as nonconformity_id, 'facility' as scope, 'NJ-E' as facility_id, null as parameter_id,
        false as is_own_facility, 'found' as result;
"""


def enterprise(root: Path) -> Workspace:
    """A workspace with the house's plan and a published warehouse."""
    workspace = Workspace(root)
    for folder in workspace.folders():
        folder.mkdir(parents=True, exist_ok=True)
    shutil.copytree(HOUSE_PLAN_DIR, workspace.plan, dirs_exist_ok=True)
    workspace.published.mkdir()
    with duckdb.connect(str(workspace.published_warehouse)) as connection:
        connection.execute(PUBLISHED)
    return workspace


def propose(workspace: Workspace, name: str = RECORDER, **given: Any) -> str:
    """An override of the coal of May 2024, but for what is given."""
    said = {"parameter_id": "F-COAL-AD", "period": "2024-05", "value": "399.75", "unit": "t", "reason": "磅单漏记一车"}
    said |= {"expires": LATER, "as_of": AS_OF} | given
    return deciding.override(workspace, name=name, **said)[0]


def states(workspace: Workspace, as_of: date = AS_OF) -> dict[str, str]:
    """Decision → its state on that date, as the models say."""
    rows = deciding.listed(deciding.read(workspace), as_of, "standings")
    return {row["decision_id"]: row["state"] for row in rows}


def lay(
    connection: duckdb.DuckDBPyConnection,
    decided: Mapping[str, pa.Table],
    as_of: date,
    **tables: Iterable[Mapping[str, Any]],
) -> None:
    """The decisions, the rules, the date and `tables` under their bare names."""
    for name, table in decided.items():
        connection.register(name, table)
    connection.register("build", pa.table({"as_of": pa.array([as_of], pa.date32())}))
    connection.register("decision_duties", pa.Table.from_pylist(rules.rows("decision_duties")))
    for name, rows in tables.items():
        connection.register(name, pa.Table.from_pylist(list(rows)))


def nonconformity_rules() -> pa.Table:
    """The rules as the build types them."""
    found = pa.Table.from_pylist(rules.rows("nonconformity_rules"))
    return found.cast(pa.schema([(n, pa.int32() if n in WHOLE else pa.string()) for n in found.column_names]))


def model(connection: duckdb.DuckDBPyConnection, path: str) -> None:
    """The dbt model at `path` as a table of its own name, its ref()s and source()s the tables of this connection."""

    class Named(dict[str, str]):
        def __missing__(self, name: str) -> str:
            return name

    name = path.rpartition("/")[2]
    connection.execute(f"create or replace table {name} as {warehouse.render_model(f'{path}.sql', Named())}")


def standings(connection: duckdb.DuckDBPyConnection) -> None:
    """The models that say what is in force."""
    for name in standing.MODELS:
        model(connection, f"decisions/{name}")
