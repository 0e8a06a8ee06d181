"""A throw-away dbt project around the real door models: what they judge are stand-ins that pass given rows on."""

from __future__ import annotations

import json
import os
import shutil
import subprocess
import sys
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import duckdb

from pipelines import rules
from pipelines.workspace import DBT_PROJECT_DIR, PROJECT_ROOT
from tests.doors import ground

STAND_INS = tuple(ground.GIVEN)
SETTINGS = """
name: tanku
version: "0.0.0"
config-version: 2
profile: tanku
model-paths: [models]
macro-paths: [macros]
test-paths: [tests]
models:
  tanku:
    +materialized: table
    staging: {+schema: staging}
    readings: {+schema: readings}
    checks: {+schema: checks}
    accounting: {+schema: accounting}
    doors: {+schema: doors}
"""
# A dbt test that carries a control, as another room's models would have one.
CARRIES_DQ93 = """
version: 2
models:
  - name: planned
    data_tests:
      - sound_rows:
          name: keyed
          arguments: {key: [planned_id]}
          config: {meta: {control: DQ93}}
      - sound_rows:
          name: complete
          arguments: {filled: [planned_id]}
          config: {severity: warn, meta: {control: DQ95}}
"""


@dataclass(frozen=True)
class Project:
    """A dbt project in a folder, with its warehouse beside it."""

    folder: Path

    def run(self, command: str) -> dict[str, str]:
        """Run dbt in a process of its own (dbt-duckdb leaves an event loop open); each node's status by name."""
        environment = os.environ | {"TANKU_CANDIDATE": str(self.folder / "warehouse.duckdb")}
        folders = ["--project-dir", str(self.folder), "--profiles-dir", str(self.folder)]
        flags = ["--no-send-anonymous-usage-stats", "--quiet", "--no-version-check", "--log-level-file", "none"]
        line = [sys.executable, "-m", "dbt.cli.main", *flags, command, *folders]
        done = subprocess.run(line, capture_output=True, text=True, env=environment, cwd=PROJECT_ROOT, check=False)
        results = self.folder / "target" / "run_results.json"
        assert results.is_file(), done.stdout + done.stderr
        nodes = json.loads(results.read_text(encoding="utf-8"))["results"]
        return {node["unique_id"].split(".")[2]: f"{node['status']} {node['message'] or ''}" for node in nodes}

    def ask(self, query: str) -> list[tuple[Any, ...]]:
        """The rows of a query on the closed warehouse."""
        with duckdb.connect(str(self.folder / "warehouse.duckdb"), read_only=True) as connection:
            return connection.execute(query).fetchall()


def make(folder: Path, rows: Mapping[str, Sequence[Mapping[str, Any]]]) -> Project:
    """The real models of the doors and of what they judge, macros and tests in `folder`, over the given rows."""
    for room in ("models/doors", "models/checks", "macros"):
        shutil.copytree(DBT_PROJECT_DIR / room, folder / room)
    shutil.copytree(DBT_PROJECT_DIR / "tests" / "generic", folder / "tests" / "generic")
    # energy is computed by the accounts and judged here
    for name in ("profiles.yml", "models/sources.yml", "models/rules.yml", "models/accounting/energy_months.sql"):
        (folder / name).parent.mkdir(parents=True, exist_ok=True)
        shutil.copyfile(DBT_PROJECT_DIR / name, folder / name)
    (folder / "dbt_project.yml").write_text(SETTINGS, encoding="utf-8")
    for table in STAND_INS:
        schema, name = table.split(".")
        model = folder / "models" / schema / f"{name}.sql"
        model.parent.mkdir(exist_ok=True)
        model.write_text(f"select * from given.{name}", encoding="utf-8")
    (folder / "models" / "readings" / "_readings.yml").write_text(CARRIES_DQ93, encoding="utf-8")
    _lay_down(folder / "warehouse.duckdb", rows)
    return Project(folder)


def _lay_down(file: Path, rows: Mapping[str, Sequence[Mapping[str, Any]]]) -> None:
    with duckdb.connect(str(file)) as connection:
        ground.lay(connection)
        rules.lay_down(connection)
        for table, listed in rows.items():
            ground.put(connection, table, listed)
        connection.execute("create schema given")
        for table in STAND_INS:
            connection.execute(f"create table given.{table.split('.')[1]} as from {table}")
            connection.execute(f"drop table {table}")
        for table in ground.COMPUTED:
            connection.execute(f"drop table {table}")
