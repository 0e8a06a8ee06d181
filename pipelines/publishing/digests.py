"""The fingerprint of a table's content: equal content, equal digest, on any machine. It computes no figure.

A digest is SHA-256 over the column names (sorted) and then the SHA-256 of every row's text, sorted: the order of rows
and columns does not matter, the number of equal rows does. A row's text is, column by column, `<bytes>:<text>` or `N`
for NULL, so that no two rows share one. Numbers are DECIMAL text with all digits of their type; instants are
microseconds since 1970. Views are left out: they show nothing that the tables do not hold.
"""

from __future__ import annotations

import hashlib
from typing import TYPE_CHECKING

from pipelines.warehouse import quoted

if TYPE_CHECKING:
    import duckdb

# When and where a build ran, not what it found out: the same content built again differs in these.
LEFT_OUT = frozenset({"received_at", "journalled_at", "built_at", "sealed_at", "published_at", "build_id", "path"})
_ROWS_AT_A_TIME = 100_000

_COLUMNS = """
    select table_name, column_name, data_type
    from information_schema.columns
    join information_schema.tables using (table_schema, table_name)
    where table_schema = ? and table_type = 'BASE TABLE'
    order by table_name, column_name
"""


def mart_digests(
    connection: duckdb.DuckDBPyConnection, schema: str = "marts", left_out: frozenset[str] = LEFT_OUT
) -> dict[str, str]:
    """The digest (hex) of every table in `schema`, by table name; empty when the schema is not there."""
    return {
        table: table_digest(connection, schema, table, {name: kind for name, kind in columns if name not in left_out})
        for table, columns in _tables(connection, schema).items()
    }


def schema_digest(connection: duckdb.DuckDBPyConnection, schema: str = "marts") -> str:
    """SHA-256 (hex) over the names and types of every table's columns: which version of the marts this is."""
    text = "\n".join(
        f"{table}\t{name}\t{kind}" for table, columns in _tables(connection, schema).items() for name, kind in columns
    )
    return hashlib.sha256(text.encode()).hexdigest()


def table_digest(connection: duckdb.DuckDBPyConnection, schema: str, table: str, columns: dict[str, str]) -> str:
    """The digest of one table over `columns` (name → SQL type)."""
    names = sorted(columns)
    digest = hashlib.sha256("".join(f"{len(name)}:{name}" for name in names).encode())
    row = " || ".join(_text_of(name, columns[name]) for name in names) or "''"
    query = f"select unhex(sha256({row})) as row_hash from {quoted(schema)}.{quoted(table)} order by row_hash"  # noqa: S608
    reader = connection.execute(query).to_arrow_reader(_ROWS_AT_A_TIME)
    for batch in reader:
        digest.update(b"".join(batch.column(0).to_pylist()))
    return digest.hexdigest()


def _tables(connection: duckdb.DuckDBPyConnection, schema: str) -> dict[str, list[tuple[str, str]]]:
    tables: dict[str, list[tuple[str, str]]] = {}
    for table, name, kind in connection.execute(_COLUMNS, [schema]).fetchall():
        tables.setdefault(table, []).append((name, kind))
    return tables


def _text_of(name: str, kind: str) -> str:
    text = f"{quoted(name)}::varchar"
    if kind.startswith("TIMESTAMP"):
        # The text of an instant with a zone depends on the session's zone, its microseconds do not.
        text = f"epoch_us({quoted(name)})::varchar"
    elif kind == "BLOB":
        text = f"hex({quoted(name)})"
    return f"coalesce(strlen({text}) || ':' || {text}, 'N')"
