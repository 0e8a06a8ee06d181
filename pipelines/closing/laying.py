"""Lays the closed periods down for a build: the tables of schema `closed`, each file's bytes verified first."""

from __future__ import annotations

from pathlib import Path

import duckdb

from pipelines.asking import ask
from pipelines.closing.closed import MARTS, Closing, closings, tables_of, verify
from pipelines.warehouse import quoted
from pipelines.workspace import Workspace

HERE = Path(__file__).parent
# Table of schema `closed` → file of a closed period.
FILES = {
    "reported_emission_lines": "accounting.emission_lines",
    "reported_emissions": "accounting.emissions",
    "reported_workings": "accounting.workings",
    "reported_admitted": "readings.admitted",
    "reported_regime_admitted": "readings.regime_admitted",
    "reported_readings": "readings.readings",
}


def lay_down(connection: duckdb.DuckDBPyConnection, workspace: Workspace) -> None:
    """Schema `closed`, of every closed period; ClosingError names a file that is not what was closed."""
    lay_nothing(connection)
    for closing in closings(workspace):
        verify(workspace, closing)
        _lay(connection, workspace, closing)


def lay_nothing(connection: duckdb.DuckDBPyConnection) -> None:
    """The tables of schema `closed` without a row."""
    connection.execute((HERE / "nothing.sql").read_text(encoding="utf-8"))


def _lay(connection: duckdb.DuckDBPyConnection, workspace: Workspace, closing: Closing) -> None:
    folder = tables_of(workspace, closing)
    for table, file in FILES.items():
        columns = [row[0] for row in connection.execute(f"describe closed.{quoted(table)}").fetchall()]
        listed = ", ".join(map(quoted, columns))
        connection.execute(
            f"insert into closed.{quoted(table)} select {listed} from read_parquet({_text(folder / f'{file}.parquet')})"  # noqa: S608
        )
    places = {
        "months": folder / "closed.months.parquet",
        "regimes": folder / "settings.regimes.parquet",
        "rules": folder / "rules.regimes.parquet",
        "build": folder / "settings.build.parquet",
        "inventory": folder.parent / MARTS / "fct_inventory.parquet",
    }
    named = {"period_name": closing.name, "since": closing.period[0], "until": closing.period[1]}
    named |= {"build_id": closing.build_id, "code_version": closing.code_version, "closed_by": closing.closed_by}
    for name, place in places.items():
        connection.execute(f"create temp view closing_{name} as select * from read_parquet({_text(place)})")  # noqa: S608
    for question in ("lay_months", "lay_regimes", "lay_periods"):
        ask(connection, HERE / "questions" / f"{question}.sql", **named)
    for name in places:
        connection.execute(f"drop view closing_{name}")


def _text(path: Path) -> str:
    return "'" + str(path).replace("'", "''") + "'"
