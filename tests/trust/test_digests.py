"""Digests: equal content gives equal digests, whatever order it lies in; any other content gives another."""

from __future__ import annotations

import datetime
import hashlib
from collections.abc import Iterator
from decimal import Decimal

import duckdb
import pytest

from pipelines.publishing import digests

BASE = """
    select * from (values
        ('排放', 1.50::decimal(18, 6), date '2026-01-31', [1.5, null]::decimal(9, 3)[], true, 9007199254740993::bigint),
        (null, null, null, null, null, null),
        ('', -0.000001, date '1999-12-31', [], false, -1),
        ('', -0.000001, date '1999-12-31', [], false, -1)
    ) as t(name, quantity, day, list, flag, count)
"""


@pytest.fixture
def connection() -> Iterator[duckdb.DuckDBPyConnection]:
    with duckdb.connect() as opened:
        opened.execute("create schema marts")
        yield opened


def digest_of(connection: duckdb.DuckDBPyConnection, query: str, table: str = "t", **options: object) -> str:
    connection.execute(f"create or replace table marts.{table} as {query}")
    return digests.mart_digests(connection, **options)[table]


def test_a_digest_can_be_computed_without_us(connection: duckdb.DuckDBPyConnection) -> None:
    """The written definition, followed in plain Python over the same rows."""
    found = digest_of(connection, "select name, quantity, day, flag, count from (" + BASE + ")")
    rows = [
        (9007199254740993, datetime.date(2026, 1, 31), "true", "排放", Decimal("1.500000")),
        (None, None, None, None, None),
        (-1, datetime.date(1999, 12, 31), "false", "", Decimal("-0.000001")),
        (-1, datetime.date(1999, 12, 31), "false", "", Decimal("-0.000001")),
    ]

    def text(value: object) -> str:
        if value is None:
            return "N"
        shown = f"{value:f}" if isinstance(value, Decimal) else str(value)
        return f"{len(shown.encode())}:{shown}"

    names = ["count", "day", "flag", "name", "quantity"]
    expected = hashlib.sha256("".join(f"{len(name)}:{name}" for name in names).encode())
    for row in sorted(hashlib.sha256("".join(map(text, row)).encode()).digest() for row in rows):
        expected.update(row)
    assert found == expected.hexdigest()


@pytest.mark.parametrize(
    "same",
    [
        BASE + " order by quantity desc nulls first",
        "select count, flag, list, day, quantity, name from (" + BASE + ")",
        "select *, 'b' as build_id, now() as received_at, random()::varchar as path from (" + BASE + ")",
    ],
    ids=["rows in another order", "columns in another order", "left-out columns"],
)
def test_what_does_not_matter(connection: duckdb.DuckDBPyConnection, same: str) -> None:
    assert digest_of(connection, BASE) == digest_of(connection, same)


@pytest.mark.parametrize(
    "other",
    [
        "select distinct * from (" + BASE + ")",
        "select * replace (coalesce(name, '') as name) from (" + BASE + ")",
        "select * replace (coalesce(name, 'N') as name) from (" + BASE + ")",
        "select * replace (quantity + 0.000001 as quantity) from (" + BASE + ")",
        "select * replace (quantity::decimal(18, 7) as quantity) from (" + BASE + ")",
        "select * replace (list_reverse(list) as list) from (" + BASE + ")",
        "select * rename (name as title) from (" + BASE + ")",
        "select *, null as another from (" + BASE + ")",
        "from (" + BASE + ") where name is not null",
    ],
)
def test_what_does_matter(connection: duckdb.DuckDBPyConnection, other: str) -> None:
    assert digest_of(connection, BASE) != digest_of(connection, other)


def test_text_cannot_wander_between_columns(connection: duckdb.DuckDBPyConnection) -> None:
    seen = {
        digest_of(connection, f"select {a} as a, {b} as b")
        for a, b in [
            ("'x'", "'y'"),
            ("'xy'", "''"),
            ("''", "'xy'"),
            ("'x1:y'", "null"),
            ("'x'", "'1:y'"),
            ("null", "'N'"),
        ]
    }
    assert len(seen) == 6


def test_lists_are_told_apart_from_the_text_inside_them(connection: duckdb.DuckDBPyConnection) -> None:
    lists = ["['a, b']", "['a', 'b']", "['NULL']", "[null]::varchar[]", "['']", "[]::varchar[]", "['[]']"]
    assert len({digest_of(connection, f"select {one} as a") for one in lists}) == len(lists)


def test_neither_the_session_nor_the_number_of_threads_matters(connection: duckdb.DuckDBPyConnection) -> None:
    query = """
        select i::varchar as id, (i * 1.37)::decimal(38, 6) as quantity,
            timestamptz '2026-03-29 00:00:00+00' + to_hours(i) as at_zone, timestamp '2026-03-29' + to_hours(i) as at_local
        from range(50000) as r(i)
    """
    connection.execute("set timezone = 'Asia/Shanghai'; set threads = 1")
    first = digest_of(connection, query)
    connection.execute("set timezone = 'America/New_York'; set threads = 2; set preserve_insertion_order = false")
    assert digests.mart_digests(connection)["t"] == first
    assert digest_of(connection, query + " order by random()") == first


def test_every_table_of_the_schema_and_only_those(connection: duckdb.DuckDBPyConnection) -> None:
    connection.execute('create table marts.one as select 1 as x; create table marts."two; drop" as select 2 as "y""z"')
    connection.execute("create view marts.shown as select * from marts.one; create table main.other as select 1 as x")
    found = digests.mart_digests(connection)
    assert found.keys() == {"one", "two; drop"}
    assert digests.mart_digests(connection, schema="nothing") == {}


def test_the_version_of_the_marts_is_names_and_types(connection: duckdb.DuckDBPyConnection) -> None:
    def version(query: str) -> str:
        digest_of(connection, query)
        return digests.schema_digest(connection)

    assert version("select 1 as x") == version("select 2 as x")
    assert len({version("select 1 as x"), version("select 1::bigint as x"), version("select 1 as y")}) == 3
