"""NEM12 and NEM13, the meter data files of Australia's market → a Table of meter-days and one of register reads.

Source: AEMO, Meter Data File Format Specification NEM12 and NEM13, sections 4 (NEM12: records 100 to 500) and 5 (NEM13).
Units are passed on as the file gives them; nothing is converted or added up here.
"""

from __future__ import annotations

import csv
from collections.abc import Sequence
from datetime import datetime

from pipelines.readers import BadRow, Document, Refused, Table, decoding, tables
from pipelines.readers.nem12_intervals import Day, DayError, Stream

_LENGTHS = {
    8: ("%Y%m%d", "%Y-%m-%d"),
    12: ("%Y%m%d%H%M", "%Y-%m-%d %H:%M:00"),
    14: ("%Y%m%d%H%M%S", "%Y-%m-%d %H:%M:%S"),
}
_INTERVAL_COLUMNS = ("nmi", "suffix", "serial", "unit", "interval_minutes", "date")
REGISTER_COLUMNS = (
    *("nmi", "suffix", "serial", "direction", "previous_register", "previous_date", "previous_quality"),
    *("current_register", "current_date", "quality", "reason", "quantity", "unit"),
)
_REGISTER_FIELDS = 20


def read(data: bytes) -> Document:
    """The meter-days (300 with its 400s) and register reads (250) of a file; a row's number is its 300 or 250 line.

    Raises Refused NEM_NO_HEADER (no 100 first), NEM_NO_TRAILER (no 900 last: cut off), NEM_NO_DATA, FILE_EMPTY.
    """
    text = decoding.to_utf8(data).decode("utf-8")
    lines = text.replace("\r\n", "\n").replace("\r", "\n").split("\n")
    records = [(number, line, _fields(line)) for number, line in enumerate(lines, start=1) if line.strip(" ,\t\x1a")]
    if not records:
        raise Refused("FILE_EMPTY")
    if records[0][2][0] != "100":
        raise Refused("NEM_NO_HEADER", found=records[0][1][:40], row=records[0][0])
    if records[-1][2][0] != "900":
        raise Refused("NEM_NO_TRAILER", found=records[-1][1][:40], row=records[-1][0])
    walker = _Walker()
    for number, line, fields in records:
        walker.take(number, line, fields)
    return Document("nem12", walker.tables())


def _fields(line: str) -> list[str]:
    return [field.strip() for field in next(csv.reader([line]))]


def instant_text(text: str) -> str:
    """A date or instant of the format (8, 12 or 14 digits) in ISO form; raises ValueError for any other."""
    compact, iso = _LENGTHS.get(len(text), ("", ""))
    if not compact or not text.isdecimal():
        raise ValueError(text)
    return datetime.strptime(text, compact).strftime(iso)


class _Walker:
    """Goes through the records in order; what is wrong with a day is kept with all the lines of that day."""

    def __init__(self) -> None:
        self._stream: Stream | None = None
        self._day: Day | None = None
        self._days: list[Day] = []
        self._registers: list[tuple[int, list[str]]] = []
        self._bad: list[BadRow] = []
        self._ended = False
        self._count = 0  # intervals of the finest stream, its days good or bad

    def take(self, number: int, line: str, fields: Sequence[str]) -> None:
        kind = fields[0]
        if kind == "400" and self._day:
            self._day.add_event(line, fields)
        elif kind not in ("500", "550"):  # what field crews were asked to do: no quantity in it
            self._close_day()
            self._take_record(number, line, fields)

    def tables(self) -> list[Table]:
        """The tables that hold rows; raises Refused NEM_NO_DATA when nothing stands between 100 and 900."""
        if not (self._days or self._registers or self._bad):
            raise Refused("NEM_NO_DATA", found="100, 900", expected="200 + 300 / 250")
        found = []
        if self._days or not self._registers:
            found.append(_interval_table(self._days, self._count))
        if self._registers:
            rows = [row for _, row in self._registers]
            found.append(tables.table_with_header(REGISTER_COLUMNS, rows, [number for number, _ in self._registers]))
        found[0].bad_rows = self._bad
        return found

    def _take_record(self, number: int, line: str, fields: Sequence[str]) -> None:
        kind = fields[0]
        if self._ended and kind not in ("100", "900"):
            self._fault(number, line, "after 900")
        elif kind == "100":
            self._open_file(number, line, fields)
        elif kind == "200":
            self._open_stream(number, line, fields)
        elif kind == "300":
            self._open_day(number, line, fields)
        elif kind == "250":
            self._take_register(number, line, fields)
        elif kind == "900":
            self._ended = True
        else:
            self._fault(number, line, kind)

    def _open_file(self, number: int, line: str, fields: Sequence[str]) -> None:
        """Some distributors send several files in one: each begins with its own header."""
        if len(fields) < 2 or fields[1].upper() not in ("NEM12", "NEM13"):
            raise Refused("NEM_NO_HEADER", found=line[:40], row=number)
        self._ended, self._stream = False, None

    def _open_stream(self, number: int, line: str, fields: Sequence[str]) -> None:
        try:
            self._stream = Stream.of(fields)
            self._count = max(self._count, self._stream.count)
        except (ValueError, IndexError):
            self._stream = None
            self._fault(number, line, "200")

    def _open_day(self, number: int, line: str, fields: Sequence[str]) -> None:
        if self._stream is None:
            self._fault(number, line, "300 without 200")
            return
        try:
            day = instant_text(fields[1] if len(fields) > 1 else "")
        except ValueError:
            self._fault(number, line, fields[1] if len(fields) > 1 else "")
            return
        self._day = Day(number, line, self._stream, day, fields[2:])

    def _close_day(self) -> None:
        day, self._day = self._day, None
        if day is None:
            return
        try:
            day.settle()
            self._days.append(day)
        except DayError as error:
            self._bad.append(BadRow(day.number, error.code, day.text, error.values))

    def _take_register(self, number: int, line: str, fields: Sequence[str]) -> None:
        if len(fields) < _REGISTER_FIELDS:
            self._fault(number, line, f"{len(fields)} fields")
            return
        try:
            self._registers.append((number, _register_row(fields)))
        except ValueError as error:
            self._fault(number, line, str(error))

    def _fault(self, number: int, line: str, found: str) -> None:
        values = {"found": found, "expected": "100, 200, 300, 400, 500 / 250, 550, 900"}
        self._bad.append(BadRow(number, "NEM_RECORD", line, values))


def _register_row(fields: Sequence[str]) -> list[str]:
    """Record 250: what the two register reads were, and the quantity the file states (it may not be their difference)."""
    nmi, suffix, serial, direction = fields[1], fields[4], fields[6], fields[7]
    previous, previous_at, previous_quality = fields[8:11]
    current, current_at, quality, reason = fields[13:17]
    reads = [previous, instant_text(previous_at), previous_quality, current, instant_text(current_at), quality]
    return [nmi, suffix, serial, direction, *reads, reason, fields[18], fields[19]]


def _interval_table(days: Sequence[Day], count: int) -> Table:
    """One row a meter-day; `count`: as many value and quality columns as the finest stream of the file needs."""
    ordinals = range(1, count + 1)
    header = [*_INTERVAL_COLUMNS, *(f"v{n}" for n in ordinals), *(f"q{n}" for n in ordinals), "reason"]
    return tables.table_with_header(header, [_day_row(day, count) for day in days], [day.number for day in days])


def _day_row(day: Day, count: int) -> list[str | None]:
    stream, room = day.stream, [None] * (count - day.stream.count)
    head = [stream.nmi, stream.suffix, stream.serial, stream.unit, str(stream.minutes), day.date]
    return [*head, *day.values, *room, *day.qualities, *room, day.reason]
