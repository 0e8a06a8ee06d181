"""The rules as tables: the files of one name in all folders of seeds/ together, typed as dbt_project/models/rules.yml says.

A further sector or regime is a further folder. No rule is applied here; SQL does.
"""

from __future__ import annotations

import csv
from collections.abc import Mapping
from functools import cache
from pathlib import Path
from typing import Any

import duckdb
import yaml

from pipelines.warehouse import quoted
from pipelines.workspace import DBT_PROJECT_DIR, SEEDS_DIR

SCHEMA = "rules"
FOLDER_COLUMN = "rule_folder"
DECLARATIONS = DBT_PROJECT_DIR / "models" / "rules.yml"


class RulesError(Exception):
    """A file of rules that cannot be read as its table; the message names file, column and what to do (zh / en)."""


@cache
def declared() -> Mapping[str, Mapping[str, str]]:
    """Table → column → DuckDB type, in the order of the file's columns."""
    loaded = yaml.load(DECLARATIONS.read_text(encoding="utf-8"), Loader=getattr(yaml, "CSafeLoader", yaml.SafeLoader))
    tables: list[dict[str, Any]] = loaded["sources"][0]["tables"]
    return {table["name"]: {one["name"]: one["data_type"] for one in table["columns"]} for table in tables}


def files(table: str, root: Path = SEEDS_DIR) -> list[Path]:
    """Every folder's file of that table, sorted by folder."""
    return sorted(root.glob(f"*/{table}.csv"))


def rows(table: str) -> list[dict[str, str]]:
    """The rows of a table as text, `rule_folder` added: for lists of allowed values and for people."""
    found = []
    for file in files(table):
        with file.open(encoding="utf-8-sig", newline="") as lines:
            found += [row | {FOLDER_COLUMN: file.parent.name} for row in csv.DictReader(lines)]
    return found


def lay_down(connection: duckdb.DuckDBPyConnection, root: Path = SEEDS_DIR) -> None:
    """Every table of the rules into schema `rules`, an empty cell as null, `rule_folder` as its last column.

    Raises RulesError for a file whose columns or values are not those of its table.
    """
    connection.execute(f"create schema if not exists {SCHEMA}")
    for table, columns in declared().items():
        parts = [_select(file, columns) for file in files(table, root)] or [_nothing(columns)]
        try:
            connection.execute(f"create or replace table {SCHEMA}.{quoted(table)} as {' union all '.join(parts)}")
        except duckdb.Error as error:
            _blame(connection, table, columns, root)
            raise RulesError(f"规则表 {table} 无法读取 / the rules {table} cannot be read: {error}") from error


def _select(file: Path, columns: Mapping[str, str]) -> str:
    found = _header(file)
    if found != list(columns):
        raise RulesError(
            f"{file.parent.name}/{file.name}：列应为 {', '.join(columns)}，实为 {', '.join(found)}；请按表头改正。 / "
            f"its columns must be those of {DECLARATIONS.name}, found: {', '.join(found)}; put the header right."
        )
    typed = ", ".join(f"cast({quoted(name)} as {kind}) as {quoted(name)}" for name, kind in columns.items())
    name = str(file).replace("'", "''")
    options = "header = true, all_varchar = true, nullstr = '', delim = ',', quote = '\"', escape = '\"'"
    return f"select {typed}, '{file.parent.name}' as {FOLDER_COLUMN} from read_csv('{name}', {options})"  # noqa: S608


def _nothing(columns: Mapping[str, str]) -> str:
    typed = ", ".join(f"cast(null as {kind}) as {quoted(name)}" for name, kind in columns.items())
    return f"select {typed}, '' as {FOLDER_COLUMN} where false"


def _blame(connection: duckdb.DuckDBPyConnection, table: str, columns: Mapping[str, str], root: Path) -> None:
    for file in files(table, root):
        try:
            connection.execute(_select(file, columns)).fetchall()
        except duckdb.Error as error:
            told = str(error).splitlines()[0]
            raise RulesError(
                f"{file.parent.name}/{file.name}：有值与列的类型不符，请改正。 / "
                f"a value does not fit its column, put it right: {told}"
            ) from error


def _header(file: Path) -> list[str]:
    with file.open(encoding="utf-8-sig", newline="") as lines:
        return next(csv.reader(lines), [])
