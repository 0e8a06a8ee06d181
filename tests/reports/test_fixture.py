"""The made-up warehouse is shaped like the real one: its marts have no column that the contracts do not promise."""

from __future__ import annotations

import duckdb
import yaml

from pipelines.workspace import DBT_PROJECT_DIR


def test_the_made_up_marts_keep_the_contracts(connection: duckdb.DuckDBPyConnection) -> None:
    promised = {
        model["name"]: {column["name"] for column in model["columns"]}
        for file in (DBT_PROJECT_DIR / "models" / "marts").glob("*.yml")
        for model in yaml.safe_load(file.read_text(encoding="utf-8")).get("models", [])
    }
    held = "select table_name, column_name from information_schema.columns where table_schema = 'marts'"
    rows = connection.execute(held).fetchall()
    assert len(rows) > 150
    assert not [(table, column) for table, column in rows if column not in promised[table]]
