"""One meter-day of NEM12: its values, and which quality each of them has. Reads no file.

Source: AEMO, Meter Data File Format Specification NEM12 and NEM13, 4.3 (200), 4.4 (300), 4.5 (400), Appendix B (quality).
"""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass, field

MINUTES_A_DAY = 1440
_VARIES = "V"
_QUALITY = re.compile(r"A|N|[EFS]\d{2}|V")


class DayError(Exception):
    """A day that cannot be taken: `code` is its reason code."""

    def __init__(self, code: str, found: object, expected: object) -> None:
        super().__init__(code)
        self.code = code
        self.values = {"found": str(found), "expected": str(expected)}


@dataclass(frozen=True)
class Stream:
    """A 200 record: whose values follow. minutes: the length of an interval. unit: as the file writes it, or ''."""

    nmi: str
    suffix: str
    serial: str
    unit: str
    minutes: int

    @classmethod
    def of(cls, fields: Sequence[str]) -> Stream:
        """Raises ValueError or IndexError when the record names no meter, or an interval that does not divide a day."""
        minutes = int(fields[8])
        if not fields[1] or not fields[4] or minutes < 1 or MINUTES_A_DAY % minutes or minutes < MINUTES_A_DAY // 288:
            raise ValueError(fields[8])
        return cls(nmi=fields[1], suffix=fields[4], serial=fields[6], unit=fields[7], minutes=minutes)

    @property
    def count(self) -> int:
        """Intervals in a day: the market's time has no summer time, so always the same."""
        return MINUTES_A_DAY // self.minutes


@dataclass
class Day:
    """A 300 record and the 400 records below it. `rest`: everything behind the date."""

    number: int
    text: str
    stream: Stream
    date: str
    rest: Sequence[str]
    values: Sequence[str] = ()
    qualities: list[str] = field(default_factory=list)
    reason: str = ""
    _events: list[Sequence[str]] = field(default_factory=list)

    def add_event(self, line: str, fields: Sequence[str]) -> None:
        """A 400 record: it belongs to this day whatever becomes of it."""
        self.text += "\n" + line
        self._events.append(fields)

    def settle(self) -> None:
        """Fill in values, qualities and reason; raises DayError when they do not fit together."""
        count = self.stream.count
        given = next((n for n, value in enumerate(self.rest) if value[:1].isalpha()), len(self.rest))
        if given != count:
            raise DayError("NEM_INTERVAL_COUNT", given, count)
        quality, *code = self.rest[count : count + 3] or [""]
        if not _QUALITY.fullmatch(quality):
            raise DayError("NEM_QUALITY", quality, "A, N, E.., F.., S.., V")
        self.values, self.qualities = self.rest[:count], [quality] * count
        self._settle_events(quality, [code])

    def _settle_events(self, quality: str, codes: list[Sequence[str]]) -> None:
        """The 400 records must cover the whole day, and a day of varying quality must have them."""
        covered = 0
        for event in self._events:
            covered = self._apply(event, covered, codes)
        if (self._events or quality == _VARIES) and covered != self.stream.count:
            raise DayError("NEM_QUALITY", f"400: 1 … {covered}", f"1 … {self.stream.count}")
        self.reason = "; ".join(dict.fromkeys(" ".join(filter(None, code)) for code in codes if any(code)))

    def _apply(self, event: Sequence[str], covered: int, codes: list[Sequence[str]]) -> int:
        """Give the intervals of a 400 record its quality; returns the last of them. Ranges must join without a gap."""
        start, end, quality, *code = [*event[1:6], *[""] * (6 - len(event))]
        in_order = start.isdecimal() and end.isdecimal() and covered + 1 == int(start) <= int(end) <= self.stream.count
        if not in_order or not _QUALITY.fullmatch(quality) or quality == _VARIES:
            raise DayError("NEM_QUALITY", ",".join(event), f"400,{covered + 1},≤ {self.stream.count},A/N/E../F../S..")
        self.qualities[int(start) - 1 : int(end)] = [quality] * (int(end) - int(start) + 1)
        codes.append(code)
        return int(end)
