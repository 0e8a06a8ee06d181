"""The append-only journal: what happened, one hash-chained line an event. It does not know what the events mean.

A line is canonical JSON (keys sorted, no spaces, UTF-8) with `seq` (1, 2, 3 …), `at` (UTC), `by` (the operating
system's user), `event`, `prev` (the hash of the line before; 64 zeros for the first) and `hash`: SHA-256 over the
line's own canonical JSON without `hash`. A JSON reader and SHA-256 are enough to check it.

A chain alone cannot show that its last lines were cut off, so `journal.head` beside it holds the last line's `seq` and
`hash`. Whoever may write both files can still rewrite both: only a head kept elsewhere (each build's manifest names
one) shows that.
"""

from __future__ import annotations

import fcntl
import hashlib
import json
import logging
import os
import re
from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from dataclasses import dataclass
from datetime import UTC, datetime
from pathlib import Path
from typing import Any

from pipelines.durable import naming_full_disk, sync_folder, write_all, write_whole
from pipelines.locking import user_name

GENESIS = "0" * 64
TORN = "journal_torn"
RESERVED = frozenset({"seq", "at", "by", "event", "prev", "hash"})
_BLOCK = 1 << 16
_CANONICAL = json.JSONEncoder(sort_keys=True, ensure_ascii=False, separators=(",", ":"), allow_nan=False)
_HEAD = re.compile(rb"(\d{20}) ([0-9a-f]{64})\n")
_log = logging.getLogger(__name__)

Line = dict[str, Any]


class JournalError(Exception):
    """The journal was altered or damaged. `line`: the number of the first line that is wrong, counted from 1."""

    def __init__(self, file: Path, line: int, zh: str, en: str):
        self.file, self.line = file, line
        super().__init__(
            f"日志 {file} 第 {line} 行：{zh}。日志只能追加：请从备份恢复该文件，不要手工修改。"
            f" / journal {file}, line {line}: {en}. The journal is append-only: restore the file from a backup,"
            f" do not edit it."
        )


@dataclass(frozen=True)
class Verification:
    """What `verify` found. `torn_bytes`: length of an unterminated last line, 0 when there is none.

    `is_anchored`: journal.head was there to compare with, so that cut-off last lines would have been seen.
    """

    lines: int
    last_hash: str
    torn_bytes: int
    is_anchored: bool


@dataclass(frozen=True)
class _Contents:
    """The file as read in one go under the lock: whole lines, the bytes after the last newline, and the head beside."""

    complete: list[bytes]
    torn: bytes
    head: bytes | None


def canonical(value: object) -> bytes:
    """The one way to write `value` as JSON: keys sorted, no spaces, UTF-8, no NaN. ValueError when it has none."""
    return _CANONICAL.encode(value).encode()


def append(file: Path, event: str, **fields: Any) -> Line:
    """Append one event and return its line; when this returns, the line is on the disk."""
    return append_all(file, [(event, fields)])[0]


def append_all(file: Path, events: Sequence[tuple[str, dict[str, Any]]]) -> list[Line]:
    """Append several events with one fsync, all of them or none.

    Raises JournalError when the last line is damaged or missing, DiskFull, ValueError for a field that is not JSON.
    """
    if not events:
        return []
    with naming_full_disk(file), _opened(file, os.O_RDWR | os.O_CREAT | os.O_APPEND, fcntl.LOCK_EX) as descriptor:
        previous = _end_of_chain(file, descriptor)
        lines = _chained(previous, events)
        _write_or_undo(descriptor, b"".join(canonical(line) + b"\n" for line in lines))
        if not previous:
            sync_folder(file.parent)
        _write_head(file, lines[-1])
    return lines


def read(file: Path) -> list[Line]:
    """Every line, the chain verified; JournalError names the first line that is wrong.

    An unterminated last line is what a crash during an append leaves. It was never acknowledged, so it is set aside to
    `journal.torn-<n>` and the journal itself records that (event `journal_torn`).
    """
    contents = _contents(file)
    lines = _verified(file, contents)
    if not contents.torn:
        return lines
    with naming_full_disk(file), _opened(file, os.O_RDWR | os.O_APPEND, fcntl.LOCK_EX) as descriptor:
        _end_of_chain(file, descriptor)
    return read(file)


def verify(file: Path) -> Verification:
    """Check the chain and change nothing, not even a torn last line; JournalError names the line that is wrong."""
    contents = _contents(file)
    lines = _verified(file, contents)
    last_hash = lines[-1]["hash"] if lines else GENESIS
    return Verification(len(lines), last_hash, len(contents.torn), bool(contents.head))


def head_file(file: Path) -> Path:
    """Where the last line's seq and hash stand."""
    return file.with_name("journal.head")


def _chained(previous: Line | None, events: Sequence[tuple[str, dict[str, Any]]]) -> list[Line]:
    at = datetime.now(UTC).isoformat(timespec="microseconds").replace("+00:00", "Z")
    lines: list[Line] = []
    for event, fields in events:
        if taken := RESERVED & fields.keys():
            raise ValueError(f"a journal line keeps {sorted(taken)} for itself")
        last = lines[-1] if lines else previous
        seq, before = (last["seq"] + 1, last["hash"]) if last else (1, GENESIS)
        line = {"seq": seq, "at": at, "by": user_name(), "event": event, "prev": before, **fields}
        line["hash"] = _hash_of(line)
        if json.loads(canonical(line)) != line:
            raise ValueError(f"event {event!r}: fields must be plain JSON values: {fields!r}")
        lines.append(line)
    return lines


def _hash_of(line: Line) -> str:
    return hashlib.sha256(canonical({key: value for key, value in line.items() if key != "hash"})).hexdigest()


@contextmanager
def _opened(file: Path, flags: int, lock: int) -> Iterator[int]:
    descriptor = os.open(file, flags | os.O_CLOEXEC, 0o644)
    try:
        fcntl.flock(descriptor, lock)
        yield descriptor
    finally:
        os.close(descriptor)


def _write_or_undo(descriptor: int, data: bytes) -> None:
    # A line that did not reach the disk whole is taken back, so that nobody reads what was never acknowledged.
    size = os.fstat(descriptor).st_size
    try:
        write_all(descriptor, data)
        os.fsync(descriptor)
    except BaseException:
        os.ftruncate(descriptor, size)
        raise


def _contents(file: Path) -> _Contents:
    if not file.exists():
        return _Contents([], b"", _head_text(file))
    with _opened(file, os.O_RDONLY, fcntl.LOCK_SH) as descriptor, os.fdopen(os.dup(descriptor), "rb") as stream:
        *complete, torn = stream.read().split(b"\n")
        return _Contents(complete, torn, _head_text(file))


def _verified(file: Path, contents: _Contents) -> list[Line]:
    lines: list[Line] = []
    for number, text in enumerate(contents.complete, start=1):
        line = _parsed(file, number, text)
        before = lines[-1]["hash"] if lines else GENESIS
        if line["seq"] != number or line["prev"] != before:
            raise JournalError(
                file, number, "与前一行接不上（有行被删除、插入或调换）", "does not follow from the line before it"
            )
        lines.append(line)
    _compare_with_head(file, contents.head, lines)
    return lines


def _parsed(file: Path, number: int, text: bytes) -> Line:
    try:
        line = json.loads(text.decode())
        whole = isinstance(line, dict) and line.keys() >= RESERVED
        if whole and canonical(line) == text and _hash_of(line) == line["hash"]:
            return line
    except (ValueError, RecursionError):
        pass
    raise JournalError(file, number, "内容与其哈希不符（被改动或损坏）", "its content is not what its hash says")


def _end_of_chain(file: Path, descriptor: int) -> Line | None:
    """The last line, itself verified; a torn one after it is set aside first. Does not walk the chain: `read` does."""
    text, torn = _last_line(descriptor)
    last = _parsed(file, _number_in(text), text) if text is not None else None
    _compare_with_head(file, _head_text(file), [last] if last else [])
    if not torn:
        return last
    aside = _free_torn_name(file)
    write_whole(aside, torn)
    os.ftruncate(descriptor, os.fstat(descriptor).st_size - len(torn))
    os.fsync(descriptor)
    noted = {"set_aside_as": aside.name, "torn_bytes": len(torn), "torn_sha256": hashlib.sha256(torn).hexdigest()}
    lines = _chained(last, [(TORN, noted)])
    _write_or_undo(descriptor, canonical(lines[0]) + b"\n")
    _write_head(file, lines[0])
    _log.warning("日志末行不完整，已移到 %s / the journal's last line was torn; set aside as %s", aside, aside.name)
    return lines[0]


def _last_line(descriptor: int) -> tuple[bytes | None, bytes]:
    """The last complete line without its newline (None when there is none), and the bytes after it."""
    size = os.fstat(descriptor).st_size
    length = _BLOCK
    while True:
        start = max(0, size - length)
        *complete, torn = os.pread(descriptor, size - start, start).split(b"\n")
        if start == 0 or len(complete) > 1:
            return (complete[-1] if complete else None), torn
        length *= 4


def _number_in(text: bytes) -> int:
    try:
        return int(json.loads(text)["seq"])
    except (ValueError, KeyError, TypeError):
        return 0


def _write_head(file: Path, line: Line) -> None:
    # Fixed width, one small write over the old head: it is never half old, half new. It may lag behind the journal but
    # never lead, so a head that cannot be written does not undo a line that is on the disk already.
    try:
        descriptor = os.open(head_file(file), os.O_WRONLY | os.O_CREAT | os.O_CLOEXEC, 0o644)
        try:
            os.pwrite(descriptor, f"{line['seq']:020d} {line['hash']}\n".encode(), 0)
        finally:
            os.close(descriptor)
    except OSError as error:
        _log.warning("journal.head: %s", error)


def _head_text(file: Path) -> bytes | None:
    try:
        return head_file(file).read_bytes()
    except FileNotFoundError:
        return None


def _compare_with_head(file: Path, head: bytes | None, lines: Sequence[Line]) -> None:
    """JournalError when the lines do not reach the head, or differ from it there."""
    if not head:  # not there, or a crash came between its making and its first writing
        return
    match = _HEAD.fullmatch(head)
    seq, digest = (int(match[1]), match[2].decode()) if match else (0, "")
    if seq < 1:
        raise JournalError(file, 0, "journal.head 读不懂", "journal.head cannot be read")
    if not lines or lines[-1]["seq"] < seq:
        raise JournalError(file, seq, "末尾的行不见了", "the last lines are missing")
    first = lines[0]["seq"]
    if seq >= first and lines[seq - first]["hash"] != digest:
        raise JournalError(file, seq, "与 journal.head 不符（整段被改写）", "differs from journal.head (rewritten)")


def _free_torn_name(file: Path) -> Path:
    number = 1
    while (aside := file.with_name(f"journal.torn-{number}")).exists():
        number += 1
    return aside
