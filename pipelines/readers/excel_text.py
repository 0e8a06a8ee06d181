"""Excel's stored numbers → the text a person would copy from the cell: digits kept, dates in ISO form. Opens no file."""

from __future__ import annotations

import re
from datetime import date, timedelta

# What Excel itself keeps of a number; the sixteenth and seventeenth digit of a stored double are binary noise.
SIGNIFICANT_DIGITS = 15
_EXACT_INTEGERS = 2**53

_MILLISECONDS_A_DAY = 86_400_000
_LAST_SERIAL = 2_958_465  # 9999-12-31, in the system of 1900
_DAYS_1904 = 1462
_FALSE_LEAP_DAY = 60  # serial 60 is 29 February 1900, a day that never was
_INTEGER = re.compile(r"[+-]?\d+")
_LITERALS = re.compile(r'"[^"]*"|\\.|[_*].|\[(?!h+\]|m+\]|s+\])[^\]]*\]', re.IGNORECASE)
_ELAPSED = re.compile(r"\[(h+|m+|s+)\]", re.IGNORECASE)
_ESCAPED = re.compile(r"_x([0-9A-Fa-f]{4})_")

# Built-in number formats that are dates: 27 … 36 and 50 … 58 are those of Chinese, Japanese and Korean Excel.
_BUILT_IN_DATES = frozenset([14, 15, 16, 17, *range(27, 32), 36, *range(50, 55), 57, 58])
_BUILT_IN_TIMES = frozenset([18, 19, 20, 21, 32, 33, 34, 35, 45, 47, 55, 56])


def format_kind(number_format: int, code: str | None) -> str:
    """'date', 'datetime', 'time', 'elapsed' or '' (a number), from a number format's id and its code if it has one."""
    if code is not None:
        return _kind_of_code(code)
    if number_format in _BUILT_IN_DATES:
        return "date"
    if number_format in _BUILT_IN_TIMES:
        return "time"
    return {22: "datetime", 46: "elapsed"}.get(number_format, "")


def _kind_of_code(code: str) -> str:
    bare = _LITERALS.sub("", code).split(";")[0].lower()
    if _ELAPSED.search(bare):
        return "elapsed"
    if bare == "general" or not re.search(r"[ymdhs]", bare):
        return ""
    has_day = bool(re.search(r"[yd]", bare)) or not re.search(r"[hs]", bare)
    has_time = bool(re.search(r"[hs]", bare))
    return "datetime" if has_day and has_time else "date" if has_day else "time"


def number_text(stored: str) -> str:
    """A stored number without the noise of binary fractions: 1.1000000000000001 → 1.1; 3.20101E+18 stays as it is."""
    if len(stored) <= SIGNIFICANT_DIGITS or _significant(stored) <= SIGNIFICANT_DIGITS or _INTEGER.fullmatch(stored):
        return stored
    if abs(float(stored)) >= 10**SIGNIFICANT_DIGITS:
        return stored  # an identifier that was stored as a number: leave the damage to be seen
    shortest = repr(float(stored))
    if _significant(shortest) <= SIGNIFICANT_DIGITS:
        return shortest[:-2] if shortest.endswith(".0") else shortest
    return f"{float(stored):.{SIGNIFICANT_DIGITS}g}"


def float_text(value: float) -> str:
    """A double (from .xls) as text: whole numbers without '.0'."""
    if abs(value) < _EXACT_INTEGERS and value == int(value):
        return str(int(value))
    return number_text(repr(value))


def _significant(text: str) -> int:
    mantissa = text.lower().partition("e")[0]
    return len(mantissa.lstrip("+-").replace(".", "").lstrip("0"))


def serial_text(stored: str, kind: str, date_system: int) -> str:
    """A date, time or duration cell as ISO text; a serial no calendar has stays the number it is.

    'date' → 2025-03-01 (with its time of day if it has one), 'datetime' → 2025-03-01 00:15:00, 'time' → 00:15:00,
    'elapsed' → 36:00:00.
    """
    milliseconds = round(float(stored) * _MILLISECONDS_A_DAY)
    days, clock = divmod(milliseconds, _MILLISECONDS_A_DAY)
    if milliseconds < 0 or days > _LAST_SERIAL - _DAYS_1904:
        return number_text(stored)
    if kind == "elapsed":
        return _clock_text(milliseconds)
    if kind == "time" and not days:
        return _clock_text(clock)
    day = _day_text(days, date_system)
    return f"{day} {_clock_text(clock)}" if clock or kind != "date" else day


def _day_text(days: int, date_system: int) -> str:
    if date_system == 1904:
        days += _DAYS_1904
    if days == 0:
        return "1900-01-00"
    if days == _FALSE_LEAP_DAY:
        return "1900-02-29"
    origin = date(1899, 12, 31) if days < _FALSE_LEAP_DAY else date(1899, 12, 30)
    return (origin + timedelta(days=days)).isoformat()


def _clock_text(milliseconds: int) -> str:
    seconds, rest = divmod(milliseconds, 1000)
    text = f"{seconds // 3600:02d}:{seconds // 60 % 60:02d}:{seconds % 60:02d}"
    return f"{text}.{rest:03d}" if rest else text


def unescaped(text: str) -> str:
    """OOXML's own escapes resolved: _x000D_ is a carriage return."""
    return _ESCAPED.sub(lambda match: chr(int(match[1], 16)), text) if "_x" in text else text
