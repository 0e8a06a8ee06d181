"""Writes what a closed period keeps: its marts, the tables a comparison reads, the rules, the inputs. It closes nothing."""

from __future__ import annotations

import shutil
from collections.abc import Iterable, Mapping
from datetime import date
from pathlib import Path

import duckdb

from pipelines import warehouse
from pipelines.closing.closed import INPUTS, MARTS, RULES, TABLES
from pipelines.publishing import digests
from pipelines.warehouse import quoted
from pipelines.workspace import SEEDS_DIR, Workspace

# What a comparison reads, and by what its rows are told to belong to the period.
OF_LINES = "emission_id in (select emission_id from accounting.emission_lines where {lines})"
OF_READINGS = "period_start >= $since and period_start < $until"
COMPARED: Mapping[str, str] = {
    "accounting.emission_lines": "{lines}",
    "accounting.emissions": OF_LINES,
    "accounting.workings": OF_LINES,
    "accounting.facility_shares": "facility_id in $facilities",
    "readings.admitted": "facility_id in $facilities and " + OF_READINGS,
    "readings.regime_admitted": OF_READINGS,
    "readings.readings": OF_READINGS,
    "rules.regimes": "true",
    "settings.build": "true",
    "settings.regimes": "true",
    "marts.dim_facilities": "true",
    "archive.deliveries": "true",
}
LINES = "facility_id in $facilities and month >= $since and month < $until"
# What these marts say of a period follows from what is closed, and from when it was: they are not part of it.
NOT_KEPT = frozenset({"fct_closed_periods", "fct_restatements"})

Period = tuple[date, date]


def keep(warehouse_file: Path, workspace: Workspace, folder: Path, period: Period, facilities: list[str]) -> None:
    """Everything of the period into `folder`, which must be empty."""
    for name in (MARTS, TABLES, RULES, INPUTS):
        (folder / name).mkdir(parents=True)
    with warehouse.window(warehouse_file, *period) as connection:
        for mart, where in _marts(connection, facilities):
            _write(connection, f"select * from marts.{quoted(mart)} {where}", folder / MARTS / f"{mart}.parquet")  # noqa: S608
        for (table,) in connection.execute(
            "select table_name from information_schema.tables where table_catalog = 'warehouse' and table_schema = 'rules'"
        ).fetchall():
            _write(connection, f"select * from rules.{quoted(table)}", folder / RULES / f"{table}.parquet")  # noqa: S608
    with warehouse.reading(warehouse_file) as connection:
        _keep_compared(connection, folder / TABLES, period, facilities)
    _keep_inputs(workspace, folder / INPUTS)


def digests_of(warehouse_file: Path, period: Period, facilities: list[str]) -> dict[str, str]:
    """Mart → digest of its rows of the period, of any build: equal rows, equal digest."""
    found = {}
    with warehouse.window(warehouse_file, *period) as connection:
        connection.execute("create schema closing")
        for mart, where in _marts(connection, facilities):
            connection.execute(f"create view closing.{quoted(mart)} as select * from marts.{quoted(mart)} {where}")  # noqa: S608
            columns = _columns(connection, "closing", mart)
            kept = {name: kind for name, kind in columns.items() if name not in digests.LEFT_OUT}
            found[mart] = digests.table_digest(connection, "closing", mart, kept)
    return found


def _marts(connection: duckdb.DuckDBPyConnection, facilities: list[str]) -> Iterable[tuple[str, str]]:
    """Every mart that is a table, and the condition that leaves its rows of other facilities out."""
    listed = connection.execute(
        "select table_name from information_schema.tables where table_catalog = 'warehouse'"
        " and table_schema = 'marts' and table_type = 'BASE TABLE' order by table_name"
    ).fetchall()
    chosen = ", ".join("'" + facility.replace("'", "''") + "'" for facility in facilities)
    for (mart,) in listed:
        if mart not in NOT_KEPT:
            has_facility = "facility_id" in _columns(connection, "marts", mart)
            where = f"where facility_id is null or facility_id in ('', {chosen})" if has_facility else ""
            yield mart, where


def _columns(connection: duckdb.DuckDBPyConnection, schema: str, table: str) -> dict[str, str]:
    return dict(
        connection.execute(
            "select column_name, data_type from information_schema.columns where table_schema = ? and table_name = ?"
            " and table_catalog <> 'warehouse'",
            [schema, table],
        ).fetchall()
    )


def _keep_compared(connection: duckdb.DuckDBPyConnection, folder: Path, period: Period, facilities: list[str]) -> None:
    chosen = "[" + ", ".join("'" + facility.replace("'", "''") + "'" for facility in facilities) + "]"
    given = {"$since": f"date '{period[0]}'", "$until": f"date '{period[1]}'", "$facilities": chosen}
    for table, condition in COMPARED.items():
        where = condition.format(lines=LINES)
        for name, value in given.items():
            where = where.replace(name, value)
        _write(connection, f"select * from {table} where {where}", folder / f"{table}.parquet")  # noqa: S608
    months = f"select distinct facility_id, month from accounting.emission_lines where {LINES}"  # noqa: S608
    for name, value in given.items():
        months = months.replace(name, value)
    _write(connection, months, folder / "closed.months.parquet")


def _keep_inputs(workspace: Workspace, folder: Path) -> None:
    shutil.copyfile(workspace.settings_file, folder / workspace.settings_file.name)
    for place in (workspace.plan, workspace.feeds):
        shutil.copytree(place, folder / place.name)
    shutil.copytree(SEEDS_DIR, folder / "seeds")


def _write(connection: duckdb.DuckDBPyConnection, query: str, file: Path) -> None:
    """Parquet knows no integer of 128 bits and would take a floating-point number instead: a DECIMAL holds it whole."""
    path = str(file).replace("'", "''")
    described = connection.execute(f"describe {query}").fetchall()
    wide = [quoted(row[0]) for row in described if row[1] in {"HUGEINT", "UHUGEINT"}]
    casts = ", ".join(f"cast({name} as decimal(38, 0)) as {name}" for name in wide)
    chosen = f"* replace ({casts})" if wide else "*"
    connection.execute(f"copy (select {chosen} from ({query}) order by all) to '{path}' (format parquet)")  # noqa: S608
