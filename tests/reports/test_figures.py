"""How numbers are printed: nothing unknown reads as 0, nothing known reads as 0 or 100 % that is not."""

from __future__ import annotations

from datetime import date
from decimal import Decimal

import pytest

from pipelines.reports import figures

THIN = figures.THIN_SPACE


def shown(markup: str) -> str:
    return markup.split(">")[1].split("<")[0]


@pytest.mark.parametrize(
    ("value", "text"),
    [
        ("1234567.895", f"1{THIN}234{THIN}567.90"),
        ("0.005", "0.01"),
        ("-1234.5", f"\u22121{THIN}234.50"),
        ("0.000001", "0.000001"),
        ("-0.004", "\u22120.004"),
        ("0", "0.00"),
        ("999.995", f"1{THIN}000.00"),
        ("1" * 26 + ".123456", THIN.join(["11", *["111"] * 8]) + ".12"),
    ],
)
def test_a_number_for_the_eye(value: str, text: str) -> None:
    markup = figures.number(Decimal(value))
    assert shown(markup) == text
    assert Decimal(markup.split('"')[1]) == Decimal(value), "the exact value stands beside it"


def test_unknown_is_a_dash() -> None:
    assert "—" in figures.number(None)
    assert "—" in figures.quantity(None)
    assert figures.percent(None, 5) == figures.percent(Decimal(0), 0) == "—"


@pytest.mark.parametrize(
    ("part", "whole", "text"),
    [
        ("99.96", "100", f"> 99.9{THIN}%"),
        ("100", "100", f"100{THIN}%"),
        ("0", "100", f"0{THIN}%"),
        ("0.04", "100", f"< 0.1{THIN}%"),
        ("12.345", "100", f"12.3{THIN}%"),
        ("-3", "100", f"\u22123.0{THIN}%"),
        ("104", "100", f"104.0{THIN}%"),
    ],
)
def test_a_share_never_pretends(part: str, whole: str, text: str) -> None:
    assert figures.percent(Decimal(part), Decimal(whole)) == text


def test_quantities_drop_padding_only() -> None:
    assert shown(figures.quantity(Decimal("13.057900000000"))) == "13.0579"
    assert shown(figures.quantity(Decimal("1200.000000000000"))) == f"1{THIN}200"
    assert shown(figures.quantity(Decimal("0.000001000000"))) == "0.000001"


def test_periods_read_as_people_say_them() -> None:
    assert figures.period(date(2025, 3, 1), date(2025, 4, 1)) == "2025-03"
    assert figures.period(date(2024, 12, 1), date(2025, 1, 1)) == "2024-12"
    assert figures.period(date(2025, 3, 5), date(2025, 3, 6)) == "2025-03-05"
    assert figures.period(date(2025, 3, 5), date(2025, 4, 5)) == "2025-03-05 – 2025-04-04"
    assert figures.period(None, None) == ""


def test_what_cannot_be_seen_is_shown() -> None:
    assert figures.received("a\u202eb\x00c") == "a⟨U+202E⟩b⟨U+0000⟩c"
    assert figures.brief("-12.500000000000") == "-12.5"
    assert figures.brief("100") == "100"
    assert figures.brief("x" * 60).endswith("x…")
