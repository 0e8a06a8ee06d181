"""How a number, a share, a date or a received text is printed. Knows no table and no language's words.

What is printed is the DECIMAL itself, cut for the eye; the whole value stands beside it in the page (`<data value>`).
Thousands are parted by a thin space, the minus sign is U+2212. A missing value is a dash, never 0.
"""

from __future__ import annotations

import re
import unicodedata
from datetime import date, datetime, timedelta
from decimal import ROUND_HALF_UP, Context, Decimal

from markupsafe import Markup

THIN_SPACE = "\u2009"
MINUS = "\u2212"
UNKNOWN = Markup('<span class="unknown">—</span>')

# wider than any DECIMAL(38, s): the default context would cut a long quantity or refuse it
_WIDE = Context(prec=80)
_BIDI = {"LRE", "RLE", "LRO", "RLO", "PDF", "LRI", "RLI", "FSI", "PDI"}


def number(value: Decimal | int | None, decimals: int = 2) -> Markup:
    """`value` for the eye, with at most `decimals` decimals, the exact value in the element's `value`.

    A value that is not 0 never reads as 0: below the last printed decimal all its decimals are shown.
    """
    if value is None:
        return UNKNOWN
    exact = Decimal(value)
    return Markup('<data value="{}">{}</data>').format(plain(exact), _for_the_eye(exact, decimals))


def quantity(value: Decimal | None, decimals: int = 4) -> Markup:
    """A quantity in its own unit: up to `decimals` decimals, trailing zeros left out."""
    if value is None:
        return UNKNOWN
    text = _for_the_eye(value, decimals)
    text = text.rstrip("0").rstrip(".") if "." in text else text
    return Markup('<data value="{}">{}</data>').format(plain(value), text)


def plain(value: Decimal | int) -> str:
    """Every digit of `value`, without exponent and without padding zeros: what a test or a spreadsheet can compare."""
    text = format(Decimal(value), "f")
    text = text.rstrip("0").rstrip(".") if "." in text else text
    return "0" if text in {"-0", ""} else text


def percent(part: Decimal | int | None, whole: Decimal | int | None = 1) -> str:
    """`part` of `whole` in percent with one decimal; never 100 % or 0 % unless it is exactly so; '—' of nothing."""
    if part is None or not whole:
        return "—"
    exact = Decimal(part) * 100 / Decimal(whole)
    shown = exact.quantize(Decimal("0.1"), ROUND_HALF_UP)
    if shown == 100 and part < whole:
        text = "> 99.9"
    elif shown == 0 and part > 0:
        text = "< 0.1"
    else:
        text = _signed(exact, 0 if part in (0, whole) else 1)
    return f"{text}{THIN_SPACE}%"


def width(part: Decimal | None, whole: Decimal | None) -> str:
    """`part` of `whole` as a CSS width: for drawing only."""
    if not part or not whole:
        return "0"
    return format((Decimal(part) * 100 / Decimal(whole)).quantize(Decimal("0.01")), "f")


def month(value: date | None) -> str:
    return "" if value is None else f"{value:%Y-%m}"


def moment(value: datetime | None) -> str:
    """An instant (UTC) to the minute."""
    return "" if value is None else f"{value:%Y-%m-%d %H:%M}"


def period(start: date | None, end: date | None) -> str:
    """The days from `start` up to but not `end`: '2025-03' for a whole month, else first and last day."""
    if start is None or end is None:
        return "" if start is None else f"{start}"
    last = end - timedelta(days=1)
    if start.day == 1 and end == (start + timedelta(days=32)).replace(day=1):
        return month(start)
    return f"{start}" if last <= start else days(start, last)


def days(first: date | None, last: date | None) -> str:
    """From the first to the last day, both counted."""
    return "" if first is None else f"{first} – {last}"


def received(text: object) -> str:
    """Text from outside with what cannot be seen made visible: control characters and reversals of direction."""
    return "" if text is None else "".join(_visible(character) for character in str(text))


def brief(text: object, length: int = 48) -> str:
    """Received text cut to `length`, a decimal without padding zeros."""
    shown = received(text)
    shown = re.sub(r"^(-?\d+)\.(\d*?)0+$", lambda found: found[1] + (f".{found[2]}" if found[2] else ""), shown)
    return shown if len(shown) <= length else f"{shown[:length]}…"


def _for_the_eye(value: Decimal, decimals: int) -> str:
    rounded = value.quantize(Decimal(1).scaleb(-decimals), ROUND_HALF_UP, _WIDE)
    return _signed(value, None) if rounded == 0 and value != 0 else _signed(rounded, decimals)


def _signed(value: Decimal, decimals: int | None) -> str:
    size = value.copy_abs()
    text = plain(size) if decimals is None else str(size.quantize(Decimal(1).scaleb(-decimals), ROUND_HALF_UP, _WIDE))
    whole, _, fraction = text.partition(".")
    whole = f"{int(whole):,}".replace(",", THIN_SPACE)
    sign = MINUS if value < 0 else ""
    return f"{sign}{whole}.{fraction}" if fraction else f"{sign}{whole}"


def _visible(character: str) -> str:
    hidden = unicodedata.category(character) == "Cc" or unicodedata.bidirectional(character) in _BIDI
    if hidden and character not in "\n\t":
        return f"⟨U+{ord(character):04X}⟩"
    return character
