"""Which encoding a text file is in, and its bytes as UTF-8. Nothing is ever replaced or dropped; no field is split here."""

from __future__ import annotations

import codecs
import re

import pyarrow as pa

from pipelines.readers import Refused

_BYTE_ORDER_MARKS = (
    (codecs.BOM_UTF8, "utf-8"),
    (codecs.BOM_UTF32_LE, "utf-32-le"),
    (codecs.BOM_UTF32_BE, "utf-32-be"),
    (codecs.BOM_UTF16_LE, "utf-16-le"),
    (codecs.BOM_UTF16_BE, "utf-16-be"),
)
_UNICODE_BY_MARK = ("utf-16", "utf-32", "utf-8-sig")

# Three Chinese characters in UTF-8, one after the other. In GB18030 such a run of nine bytes would be rare characters
# in an order no text has; it is the mark of a UTF-8 piece appended to a GBK file.
_UTF8_RUN = re.compile(rb"(?:[\xe4-\xe9][\x80-\xbf]{2}){3}")


def to_utf8(data: bytes, encoding: str = "auto", declared: str = "") -> bytes:
    """`data` as UTF-8 bytes without a byte order mark.

    encoding 'auto': byte order mark → strict UTF-8 → `declared` (what the file says of itself; it may lie) → strict
    GB18030. Raises Refused ENC_INVALID when none fits, ENC_MIXED when a GBK file holds a UTF-8 piece.
    """
    marked, content = _split_mark(data)
    if marked:
        return _transcode(content, marked)
    if encoding.lower() not in ("", "auto"):
        return _transcode(data, encoding)
    if is_utf8(data):
        return data
    return _from_declared(data, declared) or _from_gb18030(data)


def is_utf8(data: bytes) -> bool:
    """Whether `data` is strictly valid UTF-8 (checked by Arrow without making a second copy)."""
    if data.isascii():
        return True
    offsets = pa.array([0, len(data)], pa.int64()).buffers()[1]
    whole = pa.Array.from_buffers(pa.large_binary(), 1, [None, offsets, pa.py_buffer(data)])
    try:
        whole.cast(pa.large_string())
    except pa.ArrowInvalid:
        return False
    return True


def _split_mark(data: bytes) -> tuple[str, bytes]:
    for mark, encoding in _BYTE_ORDER_MARKS:
        if data.startswith(mark):
            return encoding, data[len(mark) :]
    return "", data


def _transcode(data: bytes, encoding: str) -> bytes:
    try:
        if codecs.lookup(encoding).name == "utf-8" and is_utf8(data):
            return data
        return data.decode(encoding).encode("utf-8")
    except LookupError as error:
        raise Refused("ENC_INVALID", found=encoding, expected="UTF-8, GB18030", row="", offset="") from error
    except UnicodeError as error:
        raise _invalid(data, error, encoding) from error


def _from_declared(data: bytes, declared: str) -> bytes | None:
    if not declared or declared.lower().startswith(_UNICODE_BY_MARK):
        return None
    try:
        return data.decode(declared).encode("utf-8")
    except (LookupError, UnicodeError):
        return None


def _from_gb18030(data: bytes) -> bytes:
    try:
        text = data.decode("gb18030")
    except UnicodeDecodeError as error:
        raise _invalid(data, error, "UTF-8, GB18030") from error
    foreign = _UTF8_RUN.search(data)
    if foreign:
        told = {"found": "GB18030 + UTF-8", "expected": "GB18030", "offset": foreign.start()}
        raise Refused("ENC_MIXED", row=_line(data, foreign.start()), **told)
    return text.encode("utf-8")


def _invalid(data: bytes, error: UnicodeError, expected: str) -> Refused:
    start = getattr(error, "start", 0)
    found = data[start : start + 4].hex(" ")
    return Refused("ENC_INVALID", found=found, expected=expected, row=_line(data, start), offset=start)


def _line(data: bytes, position: int) -> int:
    return data.count(b"\n", 0, position) + 1
