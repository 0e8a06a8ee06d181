"""Writes small .xls files (BIFF8 in a compound file) byte by byte, for the reader's tests. Not a general writer.

Written from [MS-XLS] and [MS-CFB], independently of the code under test.
"""

from __future__ import annotations

import struct
from collections.abc import Sequence

SECTOR = 512
END, FREE, FAT = 0xFFFFFFFE, 0xFFFFFFFF, 0xFFFFFFFD


class Error(int):
    """An error value, by its code in the file: 0x07 is #DIV/0!, 0x2A is #N/A."""


class FormulaError(Error):
    """The same as the result of a formula."""


class DateSerial(float):
    """A number shown as a date (built-in format 14)."""


def record(kind: int, body: bytes = b"") -> bytes:
    return struct.pack("<HH", kind, len(body)) + body


def cell(row: int, column: int, value: object, texts: list[str]) -> bytes:
    style = 1 if isinstance(value, DateSerial) else 0
    place = struct.pack("<HHH", row, column, style)
    if isinstance(value, FormulaError):
        result = bytes([2, 0, int(value), 0, 0, 0, 0xFF, 0xFF])
        return record(0x0006, place + result + struct.pack("<HIH", 0, 0, 3) + b"\x1e\x01\x00")
    if isinstance(value, Error):
        return record(0x0205, place + bytes([int(value), 1]))
    if isinstance(value, bool):
        return record(0x0205, place + bytes([int(value), 0]))
    if isinstance(value, str):
        texts.append(value)
        return record(0x00FD, place + struct.pack("<I", len(texts) - 1))
    return record(0x0203, place + struct.pack("<d", float(value)))  # type: ignore[arg-type]


def sheet_stream(
    rows: Sequence[Sequence[object]], hidden: Sequence[int], merges: Sequence[tuple], texts: list
) -> bytes:
    body = record(0x0809, struct.pack("<HHHHII", 0x0600, 0x0010, 0, 0, 0, 0x0600))
    for number, values in enumerate(rows):
        flags = 0x20 if number + 1 in hidden else 0
        body += record(0x0208, struct.pack("<HHHHHHHH", number, 0, len(values), 255, 0, 0, 0x100 | flags, 15))
    for number, values in enumerate(rows):
        for column, value in enumerate(values):
            if value is not None:
                body += cell(number, column, value, texts)
    if merges:
        ranges = b"".join(struct.pack("<HHHH", *merge) for merge in merges)
        body += record(0x00E5, struct.pack("<H", len(merges)) + ranges)
    return body + record(0x000A)


def workbook_stream(
    sheets: dict[str, Sequence[Sequence[object]]],
    hidden_rows: Sequence[int] = (),
    hidden_sheets: Sequence[str] = (),
    merges: Sequence[tuple] = (),
    date_1904: bool = False,
    password: bool = False,
) -> bytes:
    texts: list[str] = []
    bodies = [sheet_stream(rows, hidden_rows, merges, texts) for rows in sheets.values()]
    start = record(0x0809, struct.pack("<HHHHII", 0x0600, 0x0005, 0, 0, 0, 0x0600))
    if password:
        start += record(0x002F, struct.pack("<HHH", 0, 0x1234, 0x5678))
    start += record(0x0022, struct.pack("<H", int(date_1904)))
    start += record(0x00E0, struct.pack("<HHHBBBBIIH", 0, 0, 0, 0, 0, 0, 0, 0, 0, 0))
    start += record(0x00E0, struct.pack("<HHHBBBBIIH", 0, 14, 0, 0, 0, 0, 0, 0, 0, 0))
    strings = b"".join(struct.pack("<HB", len(text), 1) + text.encode("utf-16-le") for text in texts)
    end = record(0x00FC, struct.pack("<II", len(texts), len(texts)) + strings) + record(0x000A)
    names = [(name, name.encode("utf-16-le")) for name in sheets]
    offset = len(start) + sum(12 + len(encoded) for _, encoded in names) + len(end)
    for (name, encoded), body in zip(names, bodies, strict=True):
        state = 1 if name in hidden_sheets else 0
        start += record(0x0085, struct.pack("<IBBBB", offset, state, 0, len(name), 1) + encoded)
        offset += len(body)
    return start + end + b"".join(bodies)


def entry(name: str, kind: int, child: int, start: int, size: int) -> bytes:
    encoded = name.encode("utf-16-le")
    head = encoded.ljust(64, b"\0") + struct.pack("<HBBIII", len(encoded) + 2, kind, 1, FREE, FREE, child)
    return head + bytes(36) + struct.pack("<IQ", start, size)


def compound(stream: bytes, name: str = "Workbook", short: bool = False) -> bytes:
    """A compound file with one stream: in its short sectors (`short`, below 4096 bytes), else padded to plain ones."""
    size = len(stream) if short else max(len(stream), 4096)
    data = stream.ljust(-(-size // SECTOR) * SECTOR, b"\0")
    count = len(data) // SECTOR
    # sectors: 0 allocation table, 1 directory, 2 table of short sectors, 3 … the data
    table = [FAT, END, END, *[4 + index for index in range(count - 1)], END]
    shorts = [*range(1, len(data) // 64), END] if short else []
    root = entry("Root Entry", 5, 1, 3 if short else END, len(data) if short else 0)
    directory = root + entry(name, 2, FREE, 0 if short else 3, size)
    header = b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1" + bytes(16) + struct.pack("<HHHHH6x", 0x3E, 3, 0xFFFE, 9, 6)
    header += struct.pack("<IIIIIIIII", 0, 1, 1, 0, 4096, 2 if short else END, int(short), END, 0)
    header += struct.pack("<109I", 0, *[FREE] * 108)
    parts = [struct.pack(f"<{len(table)}I", *table), directory, struct.pack(f"<{len(shorts)}I", *shorts)]
    fill = [b"\xff", b"\0", b"\xff"]
    return header + b"".join(part.ljust(SECTOR, byte) for part, byte in zip(parts, fill, strict=True)) + data
