"""Excel's stored numbers as text: digits, dates, durations. Opens no workbook."""

from __future__ import annotations

from datetime import date, datetime, timedelta
from decimal import Decimal

import pytest
from hypothesis import given
from hypothesis import strategies as st

from pipelines.readers.excel_text import float_text, format_kind, number_text, serial_text, unescaped


@pytest.mark.parametrize(
    ("stored", "text"),
    [
        ("100.5", "100.5"),
        ("0032", "0032"),
        ("3.20101E+18", "3.20101E+18"),
        ("3201010000000010101", "3201010000000010101"),  # a script wrote all digits: all are there
        ("3.2010100000000102E+18", "3.2010100000000102E+18"),  # a damaged identifier must stay recognisable
        ("1.1000000000000001", "1.1"),  # how Excel itself stores 1.1
        ("0.30000000000000004", "0.3"),  # 0.1 + 0.2: a person sees 0.3
        ("400.49999999999994", "400.5"),
        ("0.33333333333333331", "0.333333333333333"),
        ("-12345.678900000001", "-12345.6789"),
        ("9.9999999999999995E-7", "1e-06"),
        ("200.00000000000001", "200"),
    ],
)
def test_a_number_keeps_its_digits_and_loses_the_noise(stored: str, text: str) -> None:
    assert number_text(stored) == text


@given(st.decimals(allow_nan=False, allow_infinity=False, places=6, min_value=-(10**8), max_value=10**8))
def test_what_was_typed_comes_back_after_excels_seventeen_digits(typed: Decimal) -> None:
    stored = f"{float(typed):.17g}"
    assert Decimal(number_text(stored)) == typed
    assert Decimal(float_text(float(typed))) == typed


def test_whole_numbers_of_old_excel_have_no_point() -> None:
    assert [float_text(value) for value in (300.0, -0.5, 1e14, 3.2e18)] == ["300", "-0.5", "100000000000000", "3.2e+18"]


@pytest.mark.parametrize(
    ("number_format", "code", "kind"),
    [
        (0, None, ""),
        (2, None, ""),
        (14, None, "date"),
        (22, None, "datetime"),
        (31, None, "date"),  # yyyy"年"m"月"d"日"
        (32, None, "time"),
        (46, None, "elapsed"),
        (57, None, "date"),
        (164, "yyyy/m/d h:mm", "datetime"),
        (165, 'yyyy"年"m"月"', "date"),
        (166, "[$-804]yyyy-mm-dd;@", "date"),
        (167, "[h]:mm:ss", "elapsed"),
        (168, "mm:ss.0", "time"),
        (169, '#,##0.00" kWh/day"', ""),
        (170, "[Red]0.00_);\\(0.00\\)", ""),
        (171, "General", ""),
        (172, "0.0\\d", ""),
        (173, '上午/下午h"时"mm"分"', "time"),
    ],
)
def test_which_formats_show_dates(number_format: int, code: str | None, kind: str) -> None:
    assert format_kind(number_format, code) == kind


@pytest.mark.parametrize(
    ("stored", "kind", "system", "text"),
    [
        ("45717", "date", 1900, "2025-03-01"),
        ("44255", "date", 1904, "2025-03-01"),
        ("45717", "datetime", 1900, "2025-03-01 00:00:00"),
        ("45717.010416666664", "datetime", 1900, "2025-03-01 00:15:00"),
        ("45717.0104166667", "date", 1900, "2025-03-01 00:15:00"),
        ("45717.9999999999", "datetime", 1900, "2025-03-02 00:00:00"),
        ("0.5", "time", 1900, "12:00:00"),
        ("1.5", "elapsed", 1900, "36:00:00"),
        ("45717.500005787", "datetime", 1900, "2025-03-01 12:00:00.500"),
        ("0", "date", 1900, "1900-01-00"),
        ("1", "date", 1900, "1900-01-01"),
        ("60", "date", 1900, "1900-02-29"),
        ("61", "date", 1900, "1900-03-01"),
        ("-1", "date", 1900, "-1"),
        ("99999999", "date", 1900, "99999999"),
    ],
)
def test_a_date_cell_is_iso_text(stored: str, kind: str, system: int, text: str) -> None:
    assert serial_text(stored, kind, system) == text


@given(
    st.datetimes(min_value=datetime(1900, 3, 1), max_value=datetime(2200, 1, 1)).map(
        lambda at: at.replace(microsecond=0)
    )
)
def test_every_second_survives_the_fraction_of_a_day(at: datetime) -> None:
    serial = (at - datetime(1899, 12, 30)) / timedelta(days=1)
    assert serial_text(repr(serial), "datetime", 1900) == at.isoformat(sep=" ")


@given(st.dates(min_value=date(1904, 1, 1), max_value=date(2200, 1, 1)))
def test_both_day_systems_name_the_same_day(day: date) -> None:
    assert serial_text(str((day - date(1899, 12, 30)).days), "date", 1900) == day.isoformat()
    assert serial_text(str((day - date(1904, 1, 1)).days), "date", 1904) == day.isoformat()


def test_escapes_of_the_format_are_resolved() -> None:
    assert unescaped("two_x000D_\nlines") == "two\r\nlines"
