"""The macros of exact arithmetic against fractions: no digit differs, and what does not fit is null, never an error."""

from __future__ import annotations

from collections.abc import Iterator
from decimal import Decimal, localcontext
from fractions import Fraction
from typing import Any

import duckdb
import jinja2
import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from pipelines.workspace import DBT_PROJECT_DIR
from tests.dbt.test_readings import rounded

LARGEST = 10**13
QUANTITIES = st.decimals(-LARGEST, LARGEST, allow_nan=False, places=12)
RATIOS = st.tuples(st.integers(-(10**12), 10**12), st.integers(1, 10**12))


@pytest.fixture(scope="module")
def connection() -> Iterator[duckdb.DuckDBPyConnection]:
    with duckdb.connect() as scratch:
        yield scratch


def rendered(call: str) -> str:
    source = (DBT_PROJECT_DIR / "macros" / "exact.sql").read_text(encoding="utf-8")
    return jinja2.Environment(autoescape=False).from_string(source + "{{ " + call + " }}").render()


def asked(connection: duckdb.DuckDBPyConnection, call: str, **values: Any) -> Any:
    columns = ", ".join(f"{value} as {name}" for name, value in values.items())
    row = connection.execute(f"select {rendered(call)} from (select {columns})").fetchone()
    assert row
    return row[0]


def wide(value: Decimal) -> str:
    return f"cast('{value:f}' as decimal(38, 12))"


def huge(value: int) -> str:
    return f"cast('{value}' as hugeint)"


def whole_digits(value: Decimal) -> Decimal:
    """Compared at 60 digits: Python's own 28 would round."""
    with localcontext() as context:
        context.prec = 60
        return value + 0


@settings(max_examples=300, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(quantity=QUANTITIES, ratio=RATIOS, decimals=st.integers(1, 12))
def test_a_share_is_the_fraction_rounded_once(
    connection: duckdb.DuckDBPyConnection, quantity: Decimal, ratio: tuple[int, int], decimals: int
) -> None:
    numerator, denominator = ratio
    found = asked(
        connection, f"exact_share('q', 'n', 'd', {decimals})", q=wide(quantity), n=huge(numerator), d=huge(denominator)
    )
    with localcontext() as context:
        context.prec = 60
        expected = rounded(Fraction(quantity) * numerator / denominator, decimals)
    if found is None:
        assert abs(Fraction(quantity) * 10**12 * numerator) > 10**37 or abs(expected) >= 10**25
    else:
        assert whole_digits(found) == expected


@settings(max_examples=200, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(ratio=RATIOS, decimals=st.integers(1, 12))
def test_a_ratio_is_the_fraction_rounded_once(
    connection: duckdb.DuckDBPyConnection, ratio: tuple[int, int], decimals: int
) -> None:
    numerator, denominator = ratio
    found = asked(connection, f"exact_ratio('n', 'd', {decimals})", n=huge(numerator), d=huge(denominator))
    assert found == rounded(Fraction(numerator, denominator), decimals)


@pytest.mark.parametrize(("value", "expected"), [("0.5", "1"), ("-0.5", "-1"), ("1.5", "2"), ("0.4999", "0")])
def test_a_half_goes_away_from_zero(connection: duckdb.DuckDBPyConnection, value: str, expected: str) -> None:
    millionths = Decimal(value).scaleb(-6)
    assert asked(connection, "exact_share('q', 1, 1, 6)", q=wide(millionths)) == Decimal(expected).scaleb(-6)


@pytest.mark.parametrize(
    ("quantity", "numerator", "denominator"),
    [
        (Decimal("9" * 26), 10**30, 1),
        (Decimal("9" * 26), 1, 1),
        (Decimal("9" * 20), 10**12, 10**3),
        (Decimal(1), 1, 0),
        (Decimal(1), 1, 10**38),
    ],
)
def test_what_does_not_fit_is_null_and_never_an_error(
    connection: duckdb.DuckDBPyConnection, quantity: Decimal, numerator: int, denominator: int
) -> None:
    arguments = {"q": wide(quantity), "n": huge(numerator), "d": huge(denominator)}
    assert asked(connection, "exact_share('q', 'n', 'd', 12)", **arguments) is None


def test_the_same_unit_computes_nothing(connection: duckdb.DuckDBPyConnection) -> None:
    largest = Decimal("9" * 26 + "." + "9" * 12)
    assert whole_digits(asked(connection, "convert('q', 'n', 'n')", q=wide(largest), n="1")) == largest


@pytest.mark.parametrize(("seconds", "expected"), [(0, "0"), (900, "0.25"), (1200, "0.333333"), (86400 * 366, "8784")])
def test_seconds_become_hours(connection: duckdb.DuckDBPyConnection, seconds: int, expected: str) -> None:
    assert asked(connection, "hours('s')", s=seconds) == Decimal(expected)
