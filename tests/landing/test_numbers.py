"""Text → exact number or reason code."""

from __future__ import annotations

from decimal import Decimal
from fractions import Fraction

import pyarrow as pa
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from pipelines import units, warehouse
from pipelines.landing import decimal_marks, numbers
from pipelines.landing.numbers import NumberRule
from pipelines.readers import Refused

SIGNED = NumberRule(refuses_negative=False)


@pytest.fixture(scope="module")
def connection():
    with warehouse.scratch() as scratch:
        yield scratch


def judged(connection, text: str | None, rule: NumberRule = SIGNED):
    found = numbers.judge(connection, pa.array([text], pa.string()), rule)
    return found.values[0].as_py(), found.codes[0].as_py()


@pytest.mark.parametrize(
    ("text", "value"),
    [
        ("0", "0"),
        ("00.10", "0.1"),
        (".5", "0.5"),
        ("+200.25", "200.25"),
        ("-3", "-3"),
        ("(100.5)", "-100.5"),
        ("1.234,5-".replace(".", "").replace(",", "."), "-1234.5"),
        ("100.20 -", "-100.2"),
        ("5 CR", "-5"),
        ("5 DR", "5"),
        ("−5", "-5"),
        ("１２．５", "12.5"),
        ("1,234.5", "1234.5"),
        ("1,234,567", "1234567"),
        ("1 234.5", "1234.5"),
        ("1\u00a0234.5", "1234.5"),
        ("1'234.5", "1234.5"),
        ("       4,518.80", "4518.8"),
        ("\u300012\t", "12"),
        ("1.005E+02", "100.5"),
        ("2.0025e2", "200.25"),
        ("0.123456789012", "0.123456789012"),
        ("1.10000000000000000", "1.1"),
        ("999999999999999", "999999999999999"),
    ],
)
def test_what_is_a_number(connection, text, value):
    assert judged(connection, text) == (Decimal(value), None)


@pytest.mark.parametrize(
    ("text", "code"),
    [
        (None, "NUM_BLANK"),
        ("", "NUM_BLANK"),
        ("  ", "NUM_BLANK"),
        *(
            (token, "NUM_SENTINEL")
            for token in ("N/A", "n/a", "NULL", "-9999", "-9999.0", "-", "—", "无", "not-supplied")
        ),
        *((token, "NUM_SENTINEL") for token in ("NO", "NE", "IE", "NA", "C")),
        *((text, "NUM_NOT_FINITE") for text in ("NaN", "inf", "-Infinity", "1.#INF", "1.#QNAN")),
        *((text, "XL_ERROR_CELL") for text in ("#DIV/0!", "#N/A", "#REF!", "#VALUE!")),
        *(
            (text, "NUM_SYNTAX")
            for text in ("=100.5", "400.", "1_000", "1,23,456", "12,34.5", "Bad Input", "1.2.3", "5-5", "--5")
        ),
        *((text, "NUM_SYNTAX") for text in ("0x10", "1e", "(5", "5)", "1,234,5", "True", "1 2")),
        ("0.1234567890123", "NUM_PRECISION"),
        ("1e-20", "NUM_PRECISION"),
        ("1e30", "NUM_RANGE"),
        ("1234567890123456", "NUM_RANGE"),
    ],
)
def test_what_is_none(connection, text, code):
    assert judged(connection, text) == (None, code)


def test_a_negative_is_refused_where_it_may_not_be(connection):
    rule = NumberRule()
    assert judged(connection, "-1", rule) == (None, "NUM_NEGATIVE")
    assert judged(connection, "(1)", rule) == (None, "NUM_NEGATIVE")
    assert judged(connection, "-0.0", rule) == (Decimal(0), None)


def test_a_decimal_comma_turns_both_marks_round(connection):
    rule = NumberRule(mark=",", refuses_negative=False)
    assert judged(connection, "1.234,500-", rule) == (Decimal("-1234.5"), None)
    assert judged(connection, "1.234", rule) == (Decimal(1234), None)
    assert judged(connection, "100,5", rule) == (Decimal("100.5"), None)
    assert judged(connection, "1,234.5", rule) == (None, "NUM_SYNTAX")


def test_units_inside_cells_convert_within_a_dimension(connection):
    rule = NumberRule(unit=units.unit_of("kWh"))
    assert judged(connection, "100kWh", rule) == (Decimal(100), None)
    assert judged(connection, "1.5 MWh", rule) == (Decimal(1500), None)
    assert judged(connection, "1.5万kWh", rule) == (Decimal(15000), None)
    assert judged(connection, "5 t", rule) == (None, "UNIT_DIMENSION")
    assert judged(connection, "7 MJ", rule) == (None, "UNIT_INEXACT")
    assert judged(connection, "5 furlongs", rule) == (None, "NUM_SYNTAX")
    assert judged(connection, "22℃", NumberRule(unit=units.unit_of("℃"))) == (Decimal(22), None)


def test_a_factor_never_rounds(connection):
    quarter = NumberRule(decimals=6, factor=Fraction(1, 4))
    assert judged(connection, "1.2345", quarter) == (Decimal("0.308625"), None)
    assert judged(connection, "1.23460", quarter) == (Decimal("0.30865"), None)
    assert judged(connection, "0.000001", quarter) == (None, "NUM_PRECISION")


def test_a_product_too_large_to_store_is_said_and_nothing_stops(connection):
    rule = NumberRule(factor=Fraction("1.05505585262"))
    found = numbers.judge(connection, pa.array(["2", "999999999999999"]), rule)
    assert found.values.to_pylist() == [Decimal("2.11011170524"), None]
    assert found.codes.to_pylist() == [None, "NUM_RANGE"]


def test_whole_numbers_only_where_asked(connection):
    assert judged(connection, "6", NumberRule(decimals=0)) == (Decimal(6), None)
    assert judged(connection, "6.5", NumberRule(decimals=0)) == (None, "NUM_PRECISION")


@settings(max_examples=60, deadline=None)
@given(st.lists(st.decimals(min_value=-(10**14), max_value=10**14, places=12), min_size=1, max_size=40))
def test_any_decimal_comes_back_to_the_digit(values):
    texts = [f"{value:f}" for value in values] + [f"{value:,f}" for value in values]
    with warehouse.scratch() as connection:
        found = numbers.judge(connection, pa.array(texts), SIGNED)
    assert found.values.to_pylist() == values + values
    assert found.codes.null_count == len(texts)


@settings(max_examples=60, deadline=None)
@given(st.lists(st.text(max_size=12), min_size=1, max_size=40))
def test_any_text_is_a_number_or_has_a_reason(texts):
    with warehouse.scratch() as connection:
        found = numbers.judge(connection, pa.array(texts), SIGNED)
    for value, code in zip(found.values.to_pylist(), found.codes.to_pylist(), strict=True):
        assert (value is None) != (code is None)


@pytest.mark.parametrize(
    ("cells", "mark"),
    [
        (["100.5", "7"], "."),
        (["1,234.5", "7"], "."),
        (["1,234", "0.5"], "."),
        (["1,234,567"], "."),
        (["5", "1.234"], "."),
        (["100,5", "2"], ","),
        (["0,512"], ","),
        (["1.234,500-"], ","),
        (["1.234.567", "5,5"], ","),
    ],
)
def test_the_decimal_mark_shows_in_the_shapes(connection, cells, mark):
    assert decimal_marks.decimal_mark(connection, [("用量", pa.array(cells))]) == mark


@pytest.mark.parametrize("cells", [["1,234"], ["1.234", "1,234"], ["1.5", "2,5"]])
def test_what_can_mean_two_things_is_refused(connection, cells):
    with pytest.raises(Refused) as raised:
        decimal_marks.decimal_mark(connection, [("用量", pa.array(cells))])
    assert (raised.value.code, raised.value.values["field"]) == ("NUM_AMBIGUOUS", "用量")


def test_another_column_may_decide(connection):
    columns = [("期初", pa.array(["1,234"])), ("期末", pa.array(["12.5"]))]
    assert decimal_marks.decimal_mark(connection, columns) == "."
