"""The only module that opens DuckDB: the scratch in memory, the candidate to write, the published warehouse to read.

It knows no file format and computes no figure.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from contextlib import contextmanager
from datetime import date
from pathlib import Path

import duckdb
import jinja2
import pyarrow as pa

from pipelines import records
from pipelines.workspace import DBT_PROJECT_DIR, Workspace

THREADS = 2
MEMORY_LIMIT = "3GB"

_QUIET = """
set enable_progress_bar = false;
set autoinstall_known_extensions = false;
set autoload_known_extensions = false
"""


def quoted(identifier: str) -> str:
    """An identifier as SQL takes it, whatever it holds: the one place where names enter SQL text."""
    return '"' + identifier.replace('"', '""') + '"'


@contextmanager
def scratch(threads: int = THREADS) -> Iterator[duckdb.DuckDBPyConnection]:
    """A DuckDB in memory that can reach no file and no network: for typing a batch and asking it questions."""
    connection = duckdb.connect(
        ":memory:", config={"threads": threads, "memory_limit": MEMORY_LIMIT, "preserve_insertion_order": True}
    )
    try:
        connection.execute(_QUIET)
        connection.execute("set enable_external_access = false")
        yield connection
    finally:
        connection.close()


@contextmanager
def writing(file: Path) -> Iterator[duckdb.DuckDBPyConnection]:
    """The candidate warehouse, opened to write; checkpointed and closed on the way out."""
    connection = duckdb.connect(str(file), config={"threads": THREADS, "memory_limit": MEMORY_LIMIT})
    try:
        connection.execute(_QUIET)
        yield connection
        connection.execute("checkpoint")
    finally:
        connection.close()


@contextmanager
def reading(file: Path) -> Iterator[duckdb.DuckDBPyConnection]:
    """A closed warehouse, opened read-only: no lock is taken and none is waited for."""
    connection = duckdb.connect(str(file), read_only=True, config={"threads": THREADS})
    try:
        connection.execute(_QUIET)
        yield connection
    finally:
        connection.close()


# What a table of the marts is dated by: the first of these that it has.
_DATED_BY = ("month", "local_date", "period_start")


@contextmanager
def window(file: Path, since: date, until: date) -> Iterator[duckdb.DuckDBPyConnection]:
    """A closed warehouse seen through a period, `until` exclusive: what a mart dates otherwise is not there.

    A row of a mart without a date belongs to no period and is there. Every other schema is seen whole, but for
    settings.build, whose days are those of the period.
    """
    connection = duckdb.connect(":memory:", config={"threads": THREADS})
    try:
        connection.execute(_QUIET)
        attached = str(file).replace("'", "''")
        # under the name it was built by: its own views name it
        connection.execute(f"attach '{attached}' as warehouse (read_only)")
        for statement in _views(connection, since, until):
            connection.execute(statement)
        yield connection
    finally:
        connection.close()


@contextmanager
def side_by_side(earlier: Path, later: Path) -> Iterator[duckdb.DuckDBPyConnection]:
    """Two closed warehouses as `earlier` and `later`, and an empty database in memory to work in.

    Either is a DuckDB file or a folder of `<schema>.<table>.parquet`. A build's own views are not to be asked: they name
    the database by the name that it was built under.
    """
    connection = duckdb.connect(":memory:", config={"threads": THREADS, "memory_limit": MEMORY_LIMIT})
    try:
        connection.execute(_QUIET)
        for name, place in (("earlier", earlier), ("later", later)):
            _attach(connection, name, place)
        yield connection
    finally:
        connection.close()


def _attach(connection: duckdb.DuckDBPyConnection, name: str, place: Path) -> None:
    if place.is_file():
        attached = str(place).replace("'", "''")
        connection.execute(f"attach '{attached}' as {name} (read_only)")
        return
    connection.execute(f"attach ':memory:' as {name}")
    for file in sorted(place.glob("*.parquet")):
        schema, _, table = file.stem.partition(".")
        path = str(file).replace("'", "''")
        connection.execute(f"create schema if not exists {name}.{quoted(schema)}")
        target = f"{name}.{quoted(schema)}.{quoted(table)}"
        described = connection.execute(f"describe select * from read_parquet('{path}')").fetchall()  # noqa: S608
        # an integer of 128 bits, which Parquet does not know
        wide = [quoted(row[0]) for row in described if row[1] == "DECIMAL(38,0)"]
        casts = ", ".join(f"cast({column} as hugeint) as {column}" for column in wide)
        chosen = f"* replace ({casts})" if wide else "*"
        connection.execute(f"create view {target} as select {chosen} from read_parquet('{path}')")  # noqa: S608


def _views(connection: duckdb.DuckDBPyConnection, since: date, until: date) -> list[str]:
    """A view a table, in the order of their names."""
    listed = connection.execute("""
        select table_schema, table_name, list(column_name) from information_schema.columns
        where table_catalog = 'warehouse' group by all order by all
    """).fetchall()
    statements = [
        f"create schema if not exists {quoted(schema)}" for schema in sorted({row[0] for row in listed} - {"main"})
    ]
    for schema, table, columns in listed:
        name = f"{quoted(schema)}.{quoted(table)}"
        dated = next((column for column in _DATED_BY if column in columns), None) if schema == "marts" else None
        where = f" where {dated} is null or {dated} >= '{since}' and {dated} < '{until}'" if dated else ""
        chosen = "*"
        if (schema, table) == ("settings", "build"):
            chosen = f"* replace (date '{since}' as first_period, least(as_of, date '{until}' - 1) as as_of)"
        statements.append(f"create view {name} as select {chosen} from warehouse.{name}{where}")  # noqa: S608 - quoted
    return statements


def write_table(connection: duckdb.DuckDBPyConnection, schema: str, table: str, rows: pa.Table) -> None:
    """`rows` as table `schema.table`, replaced if it stood there."""
    connection.register("incoming", rows)
    target = f"{quoted(schema)}.{quoted(table)}"
    connection.execute(f"create schema if not exists {quoted(schema)}")
    connection.execute(f"create or replace table {target} as select * from incoming")  # noqa: S608 - quoted above
    connection.unregister("incoming")


def lake_view(
    connection: duckdb.DuckDBPyConnection, name: str, files: Sequence[Path], schema: pa.Schema, empty: Path
) -> None:
    """View `lake.<name>` over the accepted Parquet files.

    With none, it stands over `empty`, a Parquet file of `schema` without rows: a glob that finds nothing is an error.
    """
    if not files:
        _write_empty(empty, schema)
    listed = ", ".join("'" + str(file).replace("'", "''") + "'" for file in (files or [empty]))
    connection.execute("create schema if not exists lake")
    connection.execute(
        f"create or replace view lake.{quoted(name)} as select * from read_parquet([{listed}])"  # noqa: S608
    )


def drop_lake(connection: duckdb.DuckDBPyConnection) -> None:
    """Drop the views over the lake: a published warehouse stands alone and names no path of this machine."""
    connection.execute("drop schema if exists lake cascade")


def lake_schemas() -> Mapping[str, pa.Schema]:
    """Every table of schema `lake` with its Arrow schema."""
    return {
        **{name: records.schema_of(name) for name in records.RECORD_TYPES},
        "quarantined_row": records.QUARANTINED_ROW,
        "skipped_row": records.SKIPPED_ROW,
        "file_account": records.FILE_ACCOUNT,
        "file_message": records.FILE_MESSAGE,
    }


def render_model(model: str, tables: Mapping[str, str]) -> str:
    """The SQL of a dbt model outside dbt, so that a question asked before a build uses the model's own arithmetic.

    `model`: path below dbt_project/models, e.g. 'readings/register_intervals.sql'. `tables`: what each ref() or
    source() name stands for; a name that is not there is a KeyError.
    """
    loader = jinja2.FileSystemLoader([DBT_PROJECT_DIR / "macros"])
    environment = jinja2.Environment(loader=loader, autoescape=False)
    environment.globals.update(
        ref=lambda name: tables[name], source=lambda _, name: tables[name], config=lambda **_: ""
    )
    macros = "".join(path.read_text(encoding="utf-8") for path in sorted((DBT_PROJECT_DIR / "macros").glob("*.sql")))
    text = (DBT_PROJECT_DIR / "models" / model).read_text(encoding="utf-8")
    return environment.from_string(macros + text).render()


def published(workspace: Workspace) -> Path:
    """The published warehouse file; raises FileNotFoundError (bilingual) when nothing has been published yet."""
    if not workspace.published_warehouse.is_file():
        raise FileNotFoundError(
            "还没有发布过数据仓库，请先运行 tanku build。 / nothing has been published yet: run `tanku build` first."
        )
    return workspace.published_warehouse


def _write_empty(file: Path, schema: pa.Schema) -> None:
    import pyarrow.parquet as pq

    file.parent.mkdir(parents=True, exist_ok=True)
    pq.write_table(schema.empty_table(), file)
