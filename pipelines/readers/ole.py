"""The compound file (OLE) around old Office files: which streams it holds, and their bytes. Knows no Excel."""

from __future__ import annotations

import struct
from dataclasses import dataclass

from pipelines.readers import Refused

MAGIC = b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1"
_LAST_SECTOR = 0xFFFFFFFA
_ROOT, _STREAM = 5, 2


@dataclass(frozen=True)
class _Entry:
    kind: int
    start: int
    size: int


class CompoundFile:
    """Streams by name. Raises Refused FILE_PARTIAL when sectors named by the file are not there."""

    def __init__(self, data: bytes) -> None:
        self._data = data
        try:
            self._open()
        except (struct.error, IndexError, ValueError) as error:
            raise Refused("FILE_PARTIAL", found=f"OLE: {error}") from error

    @property
    def names(self) -> frozenset[str]:
        """The names of the streams."""
        return frozenset(name for name, entry in self._entries.items() if entry.kind == _STREAM)

    def stream(self, name: str) -> bytes:
        """The bytes of one stream."""
        entry = self._entries[name]
        try:
            if entry.size < self._cutoff:
                return self._chain(entry.start, self._short_table, self._short_data, self._short_size)[: entry.size]
            return self._chain(entry.start, self._table, self._sectors, self._size)[: entry.size]
        except (IndexError, ValueError) as error:
            raise Refused("FILE_PARTIAL", found=f"OLE: {error}") from error

    def _open(self) -> None:
        header = self._data[:512]
        shift, short_shift = struct.unpack_from("<HH", header, 30)
        if shift not in (9, 12) or short_shift != 6:
            raise ValueError(f"sectors of 2^{shift} bytes")
        self._size, self._short_size = 1 << shift, 1 << short_shift
        directory, self._cutoff, short_start = struct.unpack_from("<I4xII", header, 48)
        self._sectors = self._data[self._size :]
        self._table = self._sector_table(header)
        self._entries = self._directory(self._chain(directory, self._table, self._sectors, self._size))
        root = next((entry for entry in self._entries.values() if entry.kind == _ROOT), _Entry(_ROOT, _LAST_SECTOR, 0))
        self._short_table = _integers(self._chain(short_start, self._table, self._sectors, self._size))
        self._short_data = self._chain(root.start, self._table, self._sectors, self._size)

    def _sector_table(self, header: bytes) -> tuple[int, ...]:
        """Which sector follows which, gathered from the sectors the header lists and those it chains to."""
        listed = list(struct.unpack_from("<109I", header, 76))
        following, count = struct.unpack_from("<II", header, 68)
        for _ in range(min(count, len(self._data) // self._size)):
            more = _integers(self._sector(following))
            listed += more[:-1]
            following = more[-1]
        used = [number for number in listed if number < _LAST_SECTOR]
        return _integers(b"".join(self._sector(number) for number in used))

    def _sector(self, number: int) -> bytes:
        sector = self._sectors[number * self._size : (number + 1) * self._size]
        if len(sector) < self._size:
            raise IndexError(f"sector {number} is missing")
        return sector

    @staticmethod
    def _chain(start: int, table: tuple[int, ...], data: bytes, size: int) -> bytes:
        pieces: list[bytes] = []
        while start < _LAST_SECTOR:
            if len(pieces) > len(table):
                raise ValueError("a chain of sectors runs in a circle")
            pieces.append(data[start * size : (start + 1) * size])
            start = table[start]
        return b"".join(pieces)

    @staticmethod
    def _directory(data: bytes) -> dict[str, _Entry]:
        entries = {}
        for offset in range(0, len(data) - 127, 128):
            length, kind = struct.unpack_from("<HB", data, offset + 64)
            name = data[offset : offset + max(length - 2, 0)].decode("utf-16-le", errors="ignore")
            start, size = struct.unpack_from("<II", data, offset + 116)
            entries.setdefault(name, _Entry(kind, start, size))
        return entries


def _integers(data: bytes) -> tuple[int, ...]:
    return struct.unpack(f"<{len(data) // 4}I", data[: len(data) // 4 * 4])
