"""A mixed number times an integer against Python's own integers: exact far beyond 128 bits, or null, never an error."""

from __future__ import annotations

from collections.abc import Iterator
from functools import cache

import duckdb
import jinja2
import pytest
from hypothesis import HealthCheck, example, given, settings
from hypothesis import strategies as st

from pipelines.workspace import DBT_PROJECT_DIR

WIDEST_DIVISOR = 8 * 10**28
SIZES = st.integers(0, 38).flatmap(lambda digits: st.integers(-(10**digits), 10**digits))
DIVISORS = st.integers(0, 29).flatmap(lambda digits: st.integers(1, 10**digits)).filter(lambda d: d < WIDEST_DIVISOR)


@pytest.fixture(scope="module")
def connection() -> Iterator[duckdb.DuckDBPyConnection]:
    with duckdb.connect() as scratch:
        yield scratch


@cache
def product_sql() -> str:
    """The macro's SQL over the columns mixed, integer, divisor."""
    macros = (DBT_PROJECT_DIR / "macros" / f"{name}.sql" for name in ("exact_product", "change_products"))
    text = "".join(path.read_text(encoding="utf-8") for path in macros)
    call = "{{ mixed_product('mixed', 'integer', 'divisor') }}"
    return jinja2.Environment(autoescape=False).from_string(text + call).render()


def multiplied(
    connection: duckdb.DuckDBPyConnection, units: int, rest: int, integer: int, divisor: int
) -> tuple[int | None, int | None]:
    numbers = {"units": units, "rest": rest, "integer": integer, "divisor": divisor}
    columns = ", ".join(f"'{value}'::hugeint as {name}" for name, value in numbers.items())
    mixed = f"select struct_pack(units := units, rest := rest) as mixed, integer, divisor from (select {columns})"
    product = f"select {product_sql()} as product from ({mixed})"
    return connection.execute(f"select product.units, product.rest from ({product})").fetchone() or (None, None)


@settings(max_examples=300, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(units=SIZES, part=st.fractions(-1, 1), integer=SIZES, divisor=DIVISORS)
@example(units=0, part=-1, integer=10**36 - 1, divisor=WIDEST_DIVISOR - 1)
@example(units=49, part=1, integer=10**36 - 1, divisor=WIDEST_DIVISOR - 1)
@example(units=-1, part=1, integer=-(10**36) + 1, divisor=1)
@example(units=0, part=1, integer=10**36, divisor=7)
def test_a_mixed_product_is_exact_or_null(
    connection: duckdb.DuckDBPyConnection, units: int, part: object, integer: int, divisor: int
) -> None:
    rest = int(part * (divisor - 1))  # type: ignore[operator]
    whole, left = multiplied(connection, units, rest, integer, divisor)
    if whole is None or left is None:
        assert (abs(units) + 1) * abs(integer) > 49 * 10**36 or abs(integer) >= 10**36
    else:
        assert abs(left) < divisor
        assert whole * divisor + left == (units * divisor + rest) * integer
