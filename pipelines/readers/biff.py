"""The records of an old Excel workbook (BIFF5, BIFF8) that values alone do not tell: errors, hidden rows, day system.

No value is decoded here. Source: [MS-XLS] 2.3 (record numbers), 2.5.10 (error codes), 2.4.126 (results of formulas).
"""

from __future__ import annotations

import struct
from collections.abc import Iterator
from dataclasses import dataclass, field

from pipelines.readers import Refused

_EOF, _FILE_PASS, _DATE_1904, _BOUND_SHEET = 0x0A, 0x2F, 0x22, 0x85
_ROW, _BOOL_ERROR, _FORMULA = 0x208, 0x205, 0x06
_IS_HIDDEN = 0x20
_ERRORS = {0: "#NULL!", 7: "#DIV/0!", 15: "#VALUE!", 23: "#REF!", 29: "#NAME?", 36: "#NUM!", 42: "#N/A"}


@dataclass
class SheetStructure:
    """errors: error text by (row 1-based, column 0-based). hidden_rows: 1-based."""

    errors: dict[tuple[int, int], str] = field(default_factory=dict)
    hidden_rows: set[int] = field(default_factory=set)


@dataclass
class WorkbookStructure:
    """date_system: 1900 or 1904. sheets: in tab order, chart sheets and modules among them."""

    date_system: int
    sheets: list[SheetStructure]


def structure(stream: bytes) -> WorkbookStructure:
    """What the workbook stream says besides values. Raises Refused FILE_ENCRYPTED when it asks for a password."""
    date_system, offsets = 1900, []
    for kind, body in _records(stream, 0):
        if kind == _FILE_PASS:
            raise Refused("FILE_ENCRYPTED", found="xls")
        if kind == _DATE_1904 and body[:2] == b"\x01\x00":
            date_system = 1904
        if kind == _BOUND_SHEET:
            offsets.append(struct.unpack_from("<I", body)[0])
    return WorkbookStructure(date_system, [_sheet(stream, offset) for offset in offsets])


def _sheet(stream: bytes, offset: int) -> SheetStructure:
    sheet = SheetStructure()
    for kind, body in _records(stream, offset):
        if kind == _ROW and len(body) >= 16 and body[12] & _IS_HIDDEN:
            sheet.hidden_rows.add(struct.unpack_from("<H", body)[0] + 1)
        error = _error(kind, body)
        if error:
            row, column = struct.unpack_from("<HH", body)
            sheet.errors[(row + 1, column)] = error
    return sheet


def _error(kind: int, body: bytes) -> str:
    """The error a cell record holds, or ''."""
    if kind == _BOOL_ERROR and len(body) >= 8 and body[7] == 1:
        return _ERRORS.get(body[6], "#ERROR!")
    if kind == _FORMULA and len(body) >= 14 and body[12:14] == b"\xff\xff" and body[6] == 2:
        return _ERRORS.get(body[8], "#ERROR!")
    return ""


def _records(stream: bytes, offset: int) -> Iterator[tuple[int, bytes]]:
    """Record numbers and bodies from `offset` to the end of that substream."""
    while offset + 4 <= len(stream):
        kind, length = struct.unpack_from("<HH", stream, offset)
        if kind == _EOF:
            return
        yield kind, stream[offset + 4 : offset + 4 + length]
        offset += 4 + length
